"""The home of a unit to take along."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from collegium.guide import policies
from collegium.guide.presenters.report import present_report, present_sheet
from collegium.guide.sheet import draw_sheet
from collegium.people.views.frame import PlaceRequest, of_unit


@require_safe
@of_unit(policies.check_can_view_guide)
def unit_report(request: PlaceRequest) -> HttpResponse:
    """Show a unit on one sheet of paper."""
    return render(request, "guide/report.html", {"page": present_report(request.actor, request.place)})


@require_safe
@of_unit(policies.check_can_view_guide)
def unit_report_file(request: PlaceRequest) -> HttpResponse:
    """Send a unit as one page of PDF."""
    page = present_report(request.actor, request.place)
    headers = {"Content-Disposition": f'attachment; filename="{page.unit.slug}-{page.day.isoformat()}.pdf"'}
    return HttpResponse(draw_sheet(present_sheet(page)), content_type="application/pdf", headers=headers)


@require_safe
@of_unit(policies.check_can_view_guide)
def unit_slide(request: PlaceRequest, panel_key: str) -> HttpResponse:
    """Show one picture of a unit, the size of a slide."""
    return render(request, "guide/slide.html", {"page": present_report(request.actor, request.place, panel_key)})
