"""All addresses."""

from django.urls import include, path

from collegium.site import api, api_reference, appearance, gallery, views

urlpatterns = [
    path("healthz", views.health, name="health"),
    path("readyz", views.ready, name="ready"),
    path("appearance", appearance.choose, name="appearance"),
    path("gallery/", gallery.show, name="gallery"),
    path("api/", api_reference.show, name="api_reference"),
    path("api/v1/", api.api.urls),
    path("", include("collegium.people.sign_in_urls")),
    path("", include("collegium.people.urls")),
    path("", include("collegium.talk.urls")),
    path("", include("collegium.listen.urls")),
    path("", include("collegium.connect.urls")),
    path("", include("collegium.intend.urls")),
    path("", include("collegium.decide.urls")),
    path("", include("collegium.enquire.urls")),
    path("", include("collegium.guide.urls")),
]

handler404 = "collegium.site.views.not_found"
handler429 = "collegium.site.views.too_many_requests"
handler500 = "collegium.site.views.server_error"
