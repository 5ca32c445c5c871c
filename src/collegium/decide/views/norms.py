"""How a unit decides, and whose decisions are whose."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.decide import policies
from collegium.decide.enums import Method
from collegium.decide.forms.matters import NormsForm, RightForm, WhyForm, capitalised
from collegium.decide.presenters import frame
from collegium.decide.presenters import norms as presenter
from collegium.decide.queries import norms as queries
from collegium.decide.services import norms as services
from collegium.people.enums import UnitKind
from collegium.people.queries import units
from collegium.people.views.frame import PlaceRequest, answer_form, get_or_post, of_unit, sent


@require_safe
@of_unit(policies.check_can_view_norms)
def norms(request: PlaceRequest) -> HttpResponse:
    """Show how a unit and its groups decide."""
    return render(request, "decide/norms.html", {"page": presenter.present_norms(request.actor, request.place)})


@get_or_post
@of_unit(policies.check_can_write_norms)
def norms_write(request: PlaceRequest) -> HttpResponse:
    """Write down how a unit or a group decides."""
    unit = units.get_unit_for(request.actor, request.place)
    groups = {str(group.id): group for group in queries.list_groups_for(request.actor, request.place)}
    back = reverse("decide:norms", args=[request.place.slug])

    def act(cleaned: dict[str, Any]) -> str:
        group = groups.get(cleaned.pop("group"))
        services.write_norms(actor=request.actor, unit=unit, group=group, words=services.Words(**cleaned))
        return back

    form = NormsForm(
        sent(request),
        groups=[(key, group.name) for key, group in groups.items()],
        methods=capitalised(Method.choices),
        whole=unit.name,
        initial=presenter.fill_form(unit.id, request.GET.get("group", ""), groups),
    )
    page = frame.form_of_unit(
        request.place,
        heading=_("How do we decide?"),
        lede=_("Written once, read before every decision, and changed when it does not serve any more."),
        submit=_("Write it down"),
        back_url=back,
        back_title=_("How we decide"),
    )
    return answer_form(request, form=form, page=page, act=act, done=_("It is written down."))


@require_safe
@of_unit(policies.check_can_view_norms)
def rights(request: PlaceRequest) -> HttpResponse:
    """Show which decisions are taken where."""
    return render(request, "decide/rights.html", {"page": presenter.present_rights(request.actor, request.place)})


def _write_right(request: PlaceRequest, right: Any = None) -> HttpResponse:
    seats = {seat.key: seat for seat in queries.list_seats(request.actor, request.place)}
    unit = units.get_unit_for(request.actor, request.place)
    back = reverse("decide:rights", args=[request.place.slug])

    def act(cleaned: dict[str, Any]) -> str:
        seat = seats[cleaned.pop("holder")]
        services.write_right(actor=request.actor, unit=unit, holder=seat.unit, each=seat.each, right=right, **cleaned)
        return back

    form = RightForm(
        sent(request),
        holders=[(key, capfirst(services.name_seat(seat))) for key, seat in seats.items()],
        levels=capitalised(UnitKind.choices),
        initial=presenter.fill_right(right),
    )
    page = frame.form_of_unit(
        request.place,
        heading=_("Whose decision is it?"),
        lede=_("As low as is sensible. Where it is taken higher, everybody can read why."),
        submit=_("Write it down"),
        back_url=back,
        back_title=_("Whose decision it is"),
    )
    return answer_form(request, form=form, page=page, act=act, done=_("It is in the register."))


@get_or_post
@of_unit(policies.check_can_write_norms)
def right_add(request: PlaceRequest) -> HttpResponse:
    """Write a line of the register."""
    return _write_right(request)


@get_or_post
@of_unit(policies.check_can_write_norms)
def right_change(request: PlaceRequest, right_id: uuid.UUID) -> HttpResponse:
    """Change a line of the register."""
    return _write_right(request, queries.get_right_for(request.actor, request.place, right_id))


@require_POST
@of_unit(policies.check_can_write_norms)
def right_withdraw(request: PlaceRequest, right_id: uuid.UUID) -> HttpResponse:
    """Take a line out of the register."""
    right = queries.get_right_for(request.actor, request.place, right_id)
    services.withdraw_right(actor=request.actor, right=right)
    return HttpResponseRedirect(reverse("decide:rights", args=[request.place.slug]))


@get_or_post
@of_unit(policies.check_can_start)
def right_move(request: PlaceRequest, right_id: uuid.UUID) -> HttpResponse:
    """Ask that a decision be taken lower down: a question of its own."""
    right = queries.get_right_for(request.actor, request.place, right_id)

    def act(cleaned: dict[str, Any]) -> str:
        return frame.address_of(services.ask_to_move_down(actor=request.actor, right=right, **cleaned))

    page = frame.form_of_unit(
        request.place,
        heading=_("Ask to decide this lower down"),
        lede=right.what,
        submit=_("Ask it"),
        back_url=reverse("decide:rights", args=[request.place.slug]),
        back_title=_("Whose decision it is"),
    )
    done = _("It is a question for everybody here now, with your proposal.")
    return answer_form(request, form=WhyForm(sent(request)), page=page, act=act, done=done)
