"""A district or an alliance as one picture."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from collegium.guide import policies
from collegium.guide.presenters import system as presenter
from collegium.people.views.frame import PlaceRequest, of_unit


@require_safe
@of_unit(policies.check_can_view_guide)
def system(request: PlaceRequest) -> HttpResponse:
    """Show the schools of a unit and what joins them."""
    page = presenter.present_system(request.actor, request.place, request.GET.get("show", ""))
    return render(request, "guide/system.html", {"page": page})


@require_safe
@of_unit(policies.check_can_view_guide)
def system_svg(request: PlaceRequest) -> HttpResponse:
    """Give the picture as a file that stands by itself."""
    drawing = presenter.write_file(request.actor, request.place, request.GET.get("show", ""))
    response = HttpResponse(drawing, content_type="image/svg+xml; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    return response
