"""The addresses of the room."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "connect"

urlpatterns: list[URLPattern] = [
    # opening and following a tie survey
    # answering
    # my ties
    # files in and out
    # what it says
]
