"""Turns a `CollegiumError` into a page that says what happened, what was kept and what to do."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from collegium.base.errors import CollegiumError
from collegium.site import views


class ErrorPagesMiddleware:
    """Answers an error that a person caused with its own page and status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer our own errors; leave all others to Django."""
        return views.error_page(request, error) if isinstance(error, CollegiumError) else None
