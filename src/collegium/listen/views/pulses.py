"""Preparing, opening and watching a pulse."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.listen import policies
from collegium.listen.enums import PulseState
from collegium.listen.forms.pulses import LimitForm, Offered, OpenForm, PulseForm
from collegium.listen.presenters.pulses import present_listen
from collegium.listen.presenters.pulses_form import initial_of, present_form
from collegium.listen.presenters.pulses_opening import present_opening
from collegium.listen.presenters.pulses_preview import present_preview
from collegium.listen.presenters.pulses_running import present_naming, present_watch
from collegium.listen.queries import asking, pulses
from collegium.listen.queries import opening as opening_queries
from collegium.listen.services import drafting, naming, opening, preparing, recurring
from collegium.people.forms.changes import ConfirmForm
from collegium.people.places import Place
from collegium.people.presenters.forms import FormPage
from collegium.people.queries import units
from collegium.people.views.frame import (
    ActorRequest,
    PlaceRequest,
    answer_form,
    answer_work,
    get_or_post,
    handed_over,
    of_unit,
    sent,
    signed_in,
)


def _url(name: str, place: Place, *args: Any) -> str:
    return reverse(f"listen:{name}", args=[place.slug, *args])


def _around(place: Place) -> dict[str, Any]:
    """Return where a question about a pulse is asked from."""
    return {
        "back_url": _url("unit_listen", place),
        "back_title": _("Listen"),
        "home_url": reverse("people:unit_home", args=[place.slug]),
        "home_title": place.name,
    }


@require_safe
@of_unit(policies.check_can_view_pulses)
def unit_listen(request: PlaceRequest) -> HttpResponse:
    """Show the pulses of a unit."""
    page = present_listen(request.actor, request.place, request.GET.get("page", ""))
    return render(request, "listen/pulse_list.html", {"page": page})


# --- preparing --------------------------------------------------------------------------------------------------------
def _form(request: PlaceRequest, initial: dict[str, Any]) -> PulseForm:
    offered = Offered(
        instruments=pulses.list_instruments(request.actor, request.place),
        units=pulses.list_units_to_ask(request.place),
        groups=pulses.list_groups_to_ask(request.actor, request.place),
    )
    return PulseForm(sent(request), offered=offered, initial=initial)


@get_or_post
@of_unit(policies.check_can_run_pulse)
def pulse_add(request: PlaceRequest) -> HttpResponse:
    """Prepare a pulse, afresh or from an earlier one."""
    unit = units.get_unit_for(request.actor, request.place)

    def act(cleaned: dict[str, Any]) -> str:
        pulse = drafting.save_draft(actor=request.actor, unit=unit, **cleaned)
        return _url("pulse_preview", request.place, pulse.id)

    form = _form(request, _from_address(request, request.GET))
    page = present_form(request.actor, request.place, None)
    return answer_form(request, form=form, page=page, act=act, done=_("It is prepared. Nobody has been asked yet."))


def _from_address(request: PlaceRequest, query: QueryDict) -> dict[str, Any]:
    """Return what the address says to begin from: an earlier pulse, or certain questions."""
    earlier = pulses.find_earlier(request.actor, request.place, query.get("from", ""))
    if earlier is not None:
        return initial_of(earlier, is_again=True)
    questions = {"instrument": query["instrument"]} if query.get("instrument") else {}
    return {**questions, **handed_over(request, "why")}


@get_or_post
@of_unit(policies.check_can_run_pulse)
def pulse_change(request: PlaceRequest, pulse_id: uuid.UUID) -> HttpResponse:
    """Change a draft."""
    pulse = pulses.get_pulse_for(request.actor, request.place, pulse_id)
    if pulse.state != PulseState.DRAFT and request.method != "POST":
        return redirect("listen:pulse_watch", request.place.slug, pulse.id)
    preview = _url("pulse_preview", request.place, pulse.id)

    def act(cleaned: dict[str, Any]) -> str:
        drafting.save_draft(actor=request.actor, unit=pulse.unit, pulse=pulse, **cleaned)
        return preview

    page = present_form(request.actor, request.place, pulse)
    return answer_form(request, form=_form(request, initial_of(pulse)), page=page, act=act, done=_("Saved."))


@get_or_post
@of_unit(policies.check_can_run_pulse)
def pulse_discard(request: PlaceRequest, pulse_id: uuid.UUID) -> HttpResponse:
    """Discard a draft."""
    pulse = pulses.get_pulse_for(request.actor, request.place, pulse_id)
    back = _url("unit_listen", request.place)

    def act(_cleaned: dict[str, Any]) -> str:
        preparing.discard_pulse(actor=request.actor, pulse=pulse)
        return back

    page = FormPage(
        kicker=request.place.name,
        heading=_("Discard this draft?"),
        lede=pulse.title,
        submit=_("Discard it"),
        **_around(request.place),
        is_danger=True,
        consequences=(_("Nobody has been asked, so nobody notices."), _("It cannot be brought back.")),
    )
    return answer_form(request, form=ConfirmForm(sent(request)), page=page, act=act, done=_("The draft is gone."))


# --- opening ----------------------------------------------------------------------------------------------------------
@get_or_post
@of_unit(policies.check_can_run_pulse)
def pulse_preview(request: PlaceRequest, pulse_id: uuid.UUID) -> HttpResponse:
    """Show what a draft will be, and open it."""
    pulse = pulses.get_pulse_for(request.actor, request.place, pulse_id)
    if pulse.state != PulseState.DRAFT:
        if request.method == "POST":  # pressed twice, or by two people
            messages.info(request, _("It is open already. Everybody has been asked once."))
        return redirect("listen:pulse_watch", request.place.slug, pulse.id)
    if opening_queries.is_under_way(pulse):
        page: Any = present_opening(request.actor, request.place, pulse)
        return render(request, "listen/opening.html", {"page": page})
    plan = asking.plan(pulse)
    asked = [person for cell in plan.cells for person in cell.people]

    def act(cleaned: dict[str, Any]) -> str:
        slips = opening.Slips(people=frozenset(cleaned["by_slip"]), is_everybody=cleaned["all_by_slip"])
        is_open = opening.begin_opening(actor=request.actor, pulse=pulse, asked=len(asked), slips=slips)
        return _url("pulse_watch" if is_open else "pulse_preview", request.place, pulse.id)

    page = present_preview(request.actor, request.place, pulse, plan)
    form = OpenForm(sent(request), asked=asked, names=pulses.list_names(asked))
    done = _("The pulse is open.") if len(asked) <= opening.MOST_AT_ONCE else _("The pulse is being opened.")
    return answer_form(request, form=form, page=page, act=act, done=done, template="listen/pulse_preview.html")


@require_safe
@of_unit(policies.check_can_run_pulse)
def pulse_opening(request: PlaceRequest, pulse_id: uuid.UUID) -> HttpResponse:
    """Answer how far the opening of a large pulse has come; go on once it is done."""
    pulse = pulses.get_pulse_for(request.actor, request.place, pulse_id)
    page = present_opening(request.actor, request.place, pulse)
    return answer_work(request, page)


# --- while it is open -------------------------------------------------------------------------------------------------
@require_safe
@of_unit(policies.check_can_run_pulse)
def pulse_watch(request: PlaceRequest, pulse_id: uuid.UUID) -> HttpResponse:
    """Show how a pulse goes."""
    pulse = pulses.get_opened_for(request.actor, request.place, pulse_id)
    page = present_watch(request.actor, request.place, pulse)
    return render(request, "listen/pulse_watch.html", {"page": page})


@get_or_post
@of_unit(policies.check_can_agree)
def pulse_naming(request: PlaceRequest, pulse_id: uuid.UUID) -> HttpResponse:
    """Let those above see the unit's name and result, or take that back."""
    pulse = pulses.get_opened_for(request.actor, request.place, pulse_id)
    unit = units.get_unit_for(request.actor, request.place)
    has_agreed = pulses.has_agreed(request.place, pulse)

    def act(_cleaned: dict[str, Any]) -> str:
        change = naming.take_back_consent if has_agreed else naming.give_consent
        change(actor=request.actor, pulse=pulse, unit=unit)
        return _url("unit_listen", request.place)

    page = present_naming(request.place, pulse, has_agreed=has_agreed)
    done = _("Taken back.") if has_agreed else _("You have agreed.")
    return answer_form(request, form=ConfirmForm(sent(request)), page=page, act=act, done=done)


@get_or_post
@of_unit(policies.check_can_run_pulse)
def series_end(request: PlaceRequest, series_id: uuid.UUID) -> HttpResponse:
    """Let a recurring pulse come back no more."""
    series = pulses.get_series_for(request.actor, request.place, series_id)
    back = _url("unit_listen", request.place)

    def act(_cleaned: dict[str, Any]) -> str:
        recurring.end_series(actor=request.actor, series=series)
        return back

    page = FormPage(
        kicker=request.place.name,
        heading=_("Let it come back no more?"),
        lede=series.title,
        submit=_("End it"),
        **_around(request.place),
        is_danger=True,
        consequences=(
            _("No further pulse of it begins. One that is open goes on until it closes, and its results come out."),
            _("Results so far stay, and can be compared with those of a later pulse with the same questions."),
        ),
    )
    return answer_form(request, form=ConfirmForm(sent(request)), page=page, act=act, done=_("It comes back no more."))


# --- oneself ----------------------------------------------------------------------------------------------------------
@get_or_post
@signed_in
def my_asking(request: ActorRequest) -> HttpResponse:
    """Say how often one may be asked."""
    back = reverse("people:my_part")

    def act(cleaned: dict[str, Any]) -> str:
        recurring.limit_asking(actor=request.actor, **cleaned)
        return back

    page = FormPage(
        kicker=_("My part"),
        heading=_("How often may pulses ask you?"),
        lede=_("This is about pulses that come back by themselves. One that somebody opens once asks you in any case."),
        submit=_("Save"),
        back_url=back,
        back_title=_("My part"),
    )
    form = LimitForm(sent(request), initial={"weeks_between": pulses.get_own_limit(request.actor)})
    return answer_form(request, form=form, page=page, act=act, done=_("Saved."))
