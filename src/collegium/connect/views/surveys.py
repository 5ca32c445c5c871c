"""Opening a tie survey, following it, stopping it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.connect import policies
from collegium.connect.enums import WaveState
from collegium.connect.forms.surveys import SurveyForm
from collegium.connect.presenters import surveys as presenter
from collegium.connect.queries import asking, waves
from collegium.connect.services import surveying
from collegium.listen.forms.pulses import Offered
from collegium.listen.queries import pulses
from collegium.people.forms.changes import ConfirmForm
from collegium.people.presenters.forms import FormPage
from collegium.people.views.frame import (
    PlaceRequest,
    answer_form,
    answer_work,
    get_or_post,
    handed_over,
    of_unit,
    sent,
)


@require_safe
@of_unit(policies.check_can_view_waves)
def wave_list(request: PlaceRequest) -> HttpResponse:
    """Show the tie surveys of a unit."""
    page = presenter.present_surveys(request.actor, request.place)
    return render(request, "connect/wave_list.html", {"page": page})


@require_safe
@of_unit(policies.check_can_view_waves)
def wave(request: PlaceRequest, survey_id: uuid.UUID) -> HttpResponse:
    """Show what a survey asks, and how far it has come."""
    found = waves.get_survey_for(request.actor, request.place, survey_id)
    opening = presenter.present_opening(request.actor, request.place, found)
    if opening.is_under_way:
        return render(request, "listen/opening.html", {"page": opening})
    page = presenter.present_survey(request.actor, request.place, found)
    return render(request, "connect/wave.html", {"page": page})


@require_safe
@of_unit(policies.check_can_view_waves)
def wave_opening(request: PlaceRequest, survey_id: uuid.UUID) -> HttpResponse:
    """Answer how far the opening of a large survey has come; go on once it is done."""
    found = waves.get_survey_for(request.actor, request.place, survey_id)
    return answer_work(request, presenter.present_opening(request.actor, request.place, found))


@get_or_post
@of_unit(policies.check_can_open_wave)
def wave_add(request: PlaceRequest) -> HttpResponse:
    """Open a survey."""
    unit = waves.get_unit_to_fill(request.actor, request.place)

    def act(cleaned: dict[str, Any]) -> str:
        opened = surveying.open_survey(actor=request.actor, unit=unit, **cleaned)
        if opened.state == WaveState.OPENING:
            messages.info(request, _("It is being opened. Invitations go out by mail when everybody is written down."))
        else:
            messages.success(request, _("It is open. Invitations go out by mail."))
        return reverse("connect:wave", args=[request.place.slug, opened.id])

    form = SurveyForm(
        sent(request),
        offered=Offered(
            instruments=asking.list_instruments(request.actor, request.place),
            units=pulses.list_units_to_ask(request.place),
            groups=pulses.list_groups_to_ask(request.actor, request.place),
        ),
        is_of_schools=request.place.kind not in presenter.SCHOOL_AND_BELOW,
        initial=handed_over(request, "why"),
    )
    page = presenter.present_form(request.actor, request.place)
    return answer_form(request, form=form, page=page, act=act, done="")


@get_or_post
@of_unit(policies.check_can_run_wave)
def wave_stop(request: PlaceRequest, survey_id: uuid.UUID) -> HttpResponse:
    """Stop a survey that should not have been opened."""
    found = waves.get_own_survey_for(request.actor, request.place, survey_id)
    url = reverse("connect:wave", args=[request.place.slug, found.id])

    def act(_cleaned: dict[str, Any]) -> str:
        surveying.stop_wave(actor=request.actor, wave=found)
        return reverse("connect:waves", args=[request.place.slug])

    page = FormPage(
        **{**presenter.around(request.place), "back_url": url, "back_title": found.title},
        heading=_("Stop this tie survey?"),
        lede=found.title,
        submit=_("Stop it"),
        is_danger=True,
        consequences=(
            _("Everything that was handed in so far is deleted and is shown nowhere."),
            _("Nobody can answer any more. That cannot be undone; you can open a new survey."),
        ),
    )
    return answer_form(request, form=ConfirmForm(sent(request)), page=page, act=act, done=_("It was stopped."))
