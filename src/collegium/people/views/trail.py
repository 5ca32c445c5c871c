"""The trail of changes: to read, to take away, to take an ending back."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.base import time
from collegium.people import policies
from collegium.people.forms.changes import ConfirmForm
from collegium.people.forms.filters import TrailFilterForm
from collegium.people.presenters.forms import form_of_unit
from collegium.people.presenters.happenings import tell
from collegium.people.presenters.trail import present_trail, write_trail
from collegium.people.queries import trail
from collegium.people.reauthentication import require_recent
from collegium.people.services import trail as trail_services
from collegium.people.services import undo
from collegium.people.views.frame import PlaceRequest, answer_form, get_or_post, of_unit, sent


def _read_filter(request: PlaceRequest) -> tuple[TrailFilterForm, trail.TrailFilter]:
    form = TrailFilterForm(request.GET)
    return form, trail.TrailFilter(
        kind=form.value("kind"),
        person=form.value("person"),
        since=form.value("since") or None,
        until=form.value("until") or None,
    )


@require_safe
@of_unit(policies.check_can_view_trail)
def unit_audit(request: PlaceRequest) -> HttpResponse:
    """Show what was changed in a unit, when and by whom."""
    form, narrow = _read_filter(request)
    query = request.GET.copy()
    query.pop("page", None)
    page = present_trail(
        request.actor, request.place, narrow, page=request.GET.get("page", ""), query=query.urlencode()
    )
    return render(request, "people/unit_audit.html", {"page": page, "filter": form})


@require_POST
@of_unit(policies.check_can_view_trail)
def unit_audit_export(request: PlaceRequest) -> HttpResponse:
    """Give the trail as CSV."""
    require_recent(request, back=reverse("people:unit_audit", args=[request.place.slug]))
    _form, narrow = _read_filter(request)
    trail_services.record_export(actor=request.actor, place=request.place)
    # Not streamed: a stream would be read after the request has left the scope of its community.
    lines = "".join(write_trail(request.place, narrow))
    response = HttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{request.place.slug}-trail-{time.today():%Y-%m-%d}.csv"'
    return response


@get_or_post
@of_unit(policies.check_can_lead)
def ending_undo(request: PlaceRequest, event_id: uuid.UUID) -> HttpResponse:
    """Take an ending back."""
    event = trail.get_event_for(request.actor, request.place, event_id)
    section = "people:unit_audit" if policies.can_view_trail(request.actor, request.place) else "people:unit_groups"

    def act(_cleaned: dict[str, Any]) -> str:
        undo.undo_ending(actor=request.actor, place=request.place, event=event)
        return reverse(section, args=[request.place.slug])

    page = form_of_unit(
        request.place,
        section,
        heading=_("Take this ending back?"),
        lede=tell([event])[0].text + ".",
        submit=_("Take it back"),
        consequences=(
            _("It will hold again from then on, as if it had not ended."),
            _("What ended together with it comes back too."),
            _("The trail keeps both the ending and that it was taken back."),
        ),
    )
    return answer_form(request, form=ConfirmForm(sent(request)), page=page, act=act, done=_("It holds again."))
