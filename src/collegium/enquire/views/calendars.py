"""The school calendar of a unit: reading and changing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.base.errors import sentence
from collegium.enquire import policies
from collegium.enquire.errors import Invalid
from collegium.enquire.forms.calendars import FileForm, make_rows, said
from collegium.enquire.presenters import calendars as presenter
from collegium.enquire.queries import calendars as queries
from collegium.enquire.services import calendars as services
from collegium.people.queries import units
from collegium.people.views.frame import PlaceRequest, get_or_post, of_unit, sent

LARGEST = 1024 * 1024


@require_safe
@of_unit(policies.check_can_view_enquiries)
def calendar(request: PlaceRequest) -> HttpResponse:
    """Show when terms and holidays are."""
    page = presenter.present_calendar(request.actor, request.place)
    return render(request, "enquire/calendar.html", {"page": page})


@get_or_post
@of_unit(policies.check_can_keep_calendar)
def calendar_change(request: PlaceRequest) -> HttpResponse:
    """Say when terms and holidays are; a calendar file adds rows, and nothing is kept before they were looked at."""
    own = queries.list_own(request.place)
    rows = make_rows(sent(request), own or queries.get_kept(request.place).rows)
    problem = ""
    if request.method == "POST" and rows.is_valid():
        try:
            if file := request.FILES.get("calendar"):
                rows = make_rows(None, [*said(rows), *services.read_holidays(file.read(LARGEST))])
            else:
                unit = units.get_unit_for(request.actor, request.place)
                services.keep_calendar(actor=request.actor, unit=unit, spans=said(rows))
                messages.success(request, _("The calendar is kept."))
                return redirect("enquire:calendar", request.place.slug)
        except Invalid as error:
            problem = sentence(error)
    page = presenter.present_calendar(request.actor, request.place)
    known: dict[str, Any] = {"page": page, "rows": rows, "file": FileForm(), "problem": problem}
    status = 422 if problem or (rows.is_bound and not rows.is_valid()) else 200
    return render(request, "enquire/calendar_form.html", known, status=status)
