"""The home of a unit to take along."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from collegium.guide import policies
from collegium.guide.presenters.report import present_report
from collegium.people.views.frame import PlaceRequest, of_unit


@require_safe
@of_unit(policies.check_can_view_guide)
def unit_report(request: PlaceRequest) -> HttpResponse:
    """Show a unit on one sheet of paper."""
    return render(request, "guide/report.html", {"page": present_report(request.actor, request.place)})


@require_safe
@of_unit(policies.check_can_view_guide)
def unit_slide(request: PlaceRequest, panel_key: str) -> HttpResponse:
    """Show one picture of a unit, the size of a slide."""
    return render(request, "guide/slide.html", {"page": present_report(request.actor, request.place, panel_key)})
