"""Pages of the site itself: health, readiness, errors."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from collegium.base.errors import CollegiumError, NotFound, word
from collegium.people.sign_in_errors import TooManyRequests


def health(_request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def ready(_request: HttpRequest) -> HttpResponse:
    """Say whether the database answers and is up to date."""
    try:
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return JsonResponse({"ready": False, "database": "unreachable"}, status=503)
    if waiting:
        return JsonResponse({"ready": False, "database": "migrations waiting", "migrations": waiting}, status=503)
    return JsonResponse({"ready": True, "database": "ok"})


def error_page(request: HttpRequest, error: CollegiumError) -> HttpResponse:
    """Show what a person can do about an error of ours."""
    return render(request, "site/error.html", {"words": word(error), "status": error.status}, status=error.status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Show the same page for every address that leads nowhere for this reader."""
    return error_page(request, NotFound())


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that something was tried too often, and what to do."""
    return error_page(request, TooManyRequests())


def server_error(request: HttpRequest) -> HttpResponse:
    """Show a page that needs nothing that may be broken."""
    # Without the request, because what a context processor asks for may be what is broken.
    return HttpResponse(render_to_string("site/500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain a form whose protection ran out, and what was kept."""
    return error_page(request, CollegiumError("form_expired"))
