"""What is measured, one by one and as a file."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from collegium.guide import policies
from collegium.guide.presenters import catalogue as presenter
from collegium.guide.queries import evidence, within
from collegium.people.views.frame import PlaceRequest, of_unit


@require_safe
@of_unit(policies.check_can_view_guide)
def indicators(request: PlaceRequest) -> HttpResponse:
    """Show everything that is measured of a unit, and what each of it means."""
    page = presenter.present_catalogue(request.actor, request.place)
    return render(request, "guide/indicators.html", {"page": page})


@require_safe
@of_unit(policies.check_can_view_guide)
def indicator(request: PlaceRequest, indicator_key: str) -> HttpResponse:
    """Show one indicator: what it is now, how it was, how to read it."""
    found = evidence.get_indicator_for(request.actor, request.place, indicator_key)
    page = presenter.present_indicator(request.actor, request.place, found)
    return render(request, "guide/indicator.html", {"page": page})


@require_safe
@of_unit(policies.check_can_view_guide)
def indicators_file(request: PlaceRequest) -> HttpResponse:
    """Give what was read of a unit, and of those within it that the reader may see, over time."""
    units = within.list_places_for(request.actor, request.place)
    # Not streamed: a stream would be read after the request has left the scope of its community.
    lines = "".join(presenter.write_history(request.actor, units))
    response = HttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{request.place.slug}-indicators.csv"'
    response["Cache-Control"] = "private, no-store"
    return response
