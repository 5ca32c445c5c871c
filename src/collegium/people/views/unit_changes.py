"""What stewards change of units and their ties."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.base import time
from collegium.people import policies
from collegium.people.forms import changes
from collegium.people.presenters.forms import form_of_unit
from collegium.people.queries import units
from collegium.people.services import ties
from collegium.people.services import units as unit_services
from collegium.people.views.frame import PlaceRequest, answer_form, get_or_post, of_unit, pick, sent


@get_or_post
@of_unit(policies.check_can_steward)
def unit_add(request: PlaceRequest) -> HttpResponse:
    """Add a unit inside this one."""
    within = units.get_unit_for(request.actor, request.place)

    def act(cleaned: dict[str, Any]) -> str:
        unit = unit_services.add_unit(
            actor=request.actor, within=within, **{**cleaned, "starts_on": cleaned["starts_on"] or time.today()}
        )
        return reverse("people:unit_home", args=[unit.slug])

    page = form_of_unit(
        request.place,
        "people:unit_organisation",
        heading=_("Add a unit"),
        lede=_("A team, a school or another unit that is part of %(unit)s.") % {"unit": within.name},
        submit=_("Add the unit"),
    )
    return answer_form(
        request,
        form=changes.NewUnitForm(sent(request), within=within.kind),
        page=page,
        act=act,
        done=_("The unit is there."),
    )


@get_or_post
@of_unit(policies.check_can_steward)
def unit_rename(request: PlaceRequest) -> HttpResponse:
    """Change what a unit is called."""
    unit = units.get_unit_for(request.actor, request.place)
    url = reverse("people:unit_home", args=[unit.slug])

    def act(cleaned: dict[str, Any]) -> str:
        unit_services.rename_unit(actor=request.actor, unit=unit, **cleaned)
        return url

    page = form_of_unit(
        request.place,
        "people:unit_organisation",
        heading=_("What is it called?"),
        lede=_("The address of its pages stays as it is, so links go on working."),
        submit=_("Save"),
    )
    form = changes.UnitForm(sent(request), initial={"name": unit.name, "identifier": unit.identifier})
    return answer_form(request, form=form, page=page, act=act, done=_("Saved."))


@get_or_post
@of_unit(policies.check_can_steward)
def unit_end(request: PlaceRequest) -> HttpResponse:
    """End a unit."""
    unit = units.get_unit_for(request.actor, request.place)

    def act(cleaned: dict[str, Any]) -> str:
        unit_services.end_unit(actor=request.actor, unit=unit, on=cleaned["ends_on"])
        return reverse("people:unit_home", args=[unit.slug])

    page = form_of_unit(
        request.place,
        "people:unit_organisation",
        heading=_("End this unit?"),
        lede=_("For a team that is dissolved or a school that closes."),
        submit=_("End the unit"),
        is_danger=True,
        consequences=(
            _("Its posts, groups, roles and ties end on the same day."),
            _("Nothing is deleted: every page can still be read as it was before."),
            _("It can be taken back from the trail of changes, with all that ended with it."),
        ),
    )
    form = changes.EndForm(sent(request), initial={"ends_on": time.today()})
    return answer_form(request, form=form, page=page, act=act, done=_("The unit has ended."))


@get_or_post
@of_unit(policies.check_can_steward)
def tie_add(request: PlaceRequest) -> HttpResponse:
    """Tie this unit to another one."""
    search = changes.SearchForm(
        request.GET, label=_("Find the other unit"), hint=_("Part of its name, as it is in your community.")
    )
    found = units.list_unit_candidates(request.actor, request.place, search.text) if search.text else []
    unit = units.get_unit_for(request.actor, request.place)

    def act(cleaned: dict[str, Any]) -> str:
        other, relation = cleaned.pop("other"), cleaned.pop("relation")
        upper, lower = (other, unit) if relation == changes.PART_OF else (unit, other)
        kind = "partner" if relation == changes.PARTNER else "contains"
        ties.add_tie(actor=request.actor, upper=upper, lower=lower, kind=kind, **cleaned)
        return reverse("people:unit_organisation", args=[unit.slug])

    page = form_of_unit(
        request.place,
        "people:unit_organisation",
        heading=_("Tie it to another unit"),
        lede=_("Being part of a unit gives its stewards a say here, so stewards of both must agree to it."),
        submit=_("Tie them"),
    )
    parents = units.list_parents([one.id for one in found], request.place.as_of)
    form = changes.TieForm(sent(request), found=found, parents=parents)
    return pick(request, form=form, search=search, page=page, act=act, done=_("The units are tied."))


@get_or_post
@of_unit(policies.check_can_steward)
def tie_change(request: PlaceRequest, tie_id: uuid.UUID) -> HttpResponse:
    """Say how binding a tie is from today on."""
    tie = units.get_tie_for(request.actor, request.place, tie_id)
    back = reverse("people:unit_organisation", args=[request.place.slug])

    def act(cleaned: dict[str, Any]) -> str:
        ties.change_governance(actor=request.actor, tie=tie, **cleaned)
        return back

    page = form_of_unit(
        request.place,
        "people:unit_organisation",
        heading=_("How binding is this tie?"),
        lede=_("From today on. How it was before stays on record."),
        submit=_("Save"),
    )
    form = changes.GovernanceForm(sent(request), initial={"governance": tie.governance})
    return answer_form(request, form=form, page=page, act=act, done=_("Saved."))


@get_or_post
@of_unit(policies.check_can_steward)
def tie_end(request: PlaceRequest, tie_id: uuid.UUID) -> HttpResponse:
    """End a tie."""
    tie = units.get_tie_for(request.actor, request.place, tie_id)

    def act(cleaned: dict[str, Any]) -> str:
        ties.end_tie(actor=request.actor, tie=tie, on=cleaned["ends_on"])
        return reverse("people:unit_organisation", args=[request.place.slug])

    page = form_of_unit(
        request.place,
        "people:unit_organisation",
        heading=_("End this tie?"),
        lede=_("Between %(upper)s and %(lower)s.") % {"upper": tie.upper.name, "lower": tie.lower.name},
        submit=_("End the tie"),
        is_danger=True,
        consequences=(
            _("If one is part of the other, its stewards lose their say in it from that day on."),
            _("Nothing is deleted, and it can be taken back from the trail of changes."),
        ),
    )
    form = changes.EndForm(sent(request), initial={"ends_on": time.today()})
    return answer_form(request, form=form, page=page, act=act, done=_("The tie has ended."))
