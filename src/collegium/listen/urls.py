"""The addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "listen"
urlpatterns: list[URLPattern] = [
    # instruments
    # pulses: preparing, opening, watching
    # answering
    # results
]
