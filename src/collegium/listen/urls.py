"""The addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, path

from collegium.listen.views import answering

app_name = "listen"
urlpatterns: list[URLPattern] = [
    # instruments
    # pulses: preparing, opening, watching
    # answering
    path("a/<str:token>/", answering.answer_by_link, name="answer_by_link"),
    path("listen/<uuid:pulse_id>/answer/", answering.answer, name="answer"),
    path("p/<uuid:pulse_id>/", answering.answer_by_code, name="answer_by_code"),
    path("p/<uuid:pulse_id>/answer/", answering.answer_sheet, name="answer_sheet"),
    path("p/<uuid:pulse_id>/thanks/", answering.answer_thanks, name="answer_thanks"),
    # results
]
