"""The addresses of the room."""

from __future__ import annotations

from django.urls import URLPattern, path

from collegium.guide.views import catalogue

app_name = "guide"

urlpatterns: list[URLPattern] = [
    path("u/<slug:slug>/guide/indicators/", catalogue.indicators, name="indicators"),
    path("u/<slug:slug>/guide/indicators.csv", catalogue.indicators_file, name="indicators_file"),
    path("u/<slug:slug>/guide/indicators/<str:indicator_key>/", catalogue.indicator, name="indicator"),
]
