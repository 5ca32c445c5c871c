"""The next moves of a unit, and what becomes of them."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.guide import policies
from collegium.guide.forms.moves import AnswerForm, FinishForm
from collegium.guide.presenters import answering
from collegium.guide.presenters import moves as presenter
from collegium.guide.queries import moves as queries
from collegium.guide.services import answering_moves
from collegium.people.forms.changes import ConfirmForm
from collegium.people.places import Place
from collegium.people.views.frame import PlaceRequest, answer_form, get_or_post, of_unit, sent


def _guide(place: Place) -> str:
    return reverse("guide:unit_guide", args=[place.slug])


@require_safe
@of_unit(policies.check_can_view_guide)
def unit_guide(request: PlaceRequest) -> HttpResponse:
    """Show what would be sensible next, and why."""
    return render(request, "guide/guide.html", {"page": presenter.present_guide(request.actor, request.place)})


@get_or_post
@of_unit(policies.check_can_answer_moves)
def move(request: PlaceRequest, move_key: str) -> HttpResponse:
    """Show a suggested move by itself, and take up, put off or decline it."""
    found, suggestions = queries.get_suggested_for(request.actor, request.place, move_key)

    def act(cleaned: dict[str, Any]) -> str:
        answering_moves.answer_move(actor=request.actor, place=request.place, key=found.key, **cleaned)
        return answering.lead_on(request.actor, request.place, found, cleaned["answer"])

    page = answering.present_answering(request.actor, request.place, found, suggestions)
    form = AnswerForm(sent(request))
    return answer_form(
        request, form=form, page=page.form, act=act, done=_("It is kept."), template="guide/move.html",
        extra={"move": page.card},
    )  # fmt: skip


@get_or_post
@of_unit(policies.check_can_answer_moves)
def move_finish(request: PlaceRequest, record_id: uuid.UUID) -> HttpResponse:
    """Say what came of a move."""
    kept = queries.get_record_for(request.actor, request.place, record_id)

    def act(cleaned: dict[str, Any]) -> str:
        answering_moves.finish_move(actor=request.actor, place=request.place, kept=kept, **cleaned)
        return _guide(request.place)

    page = answering.present_finishing(request.place, kept)
    return answer_form(request, form=FinishForm(sent(request)), page=page, act=act, done=_("It is kept."))


@get_or_post
@of_unit(policies.check_can_answer_moves)
def move_back(request: PlaceRequest, record_id: uuid.UUID) -> HttpResponse:
    """Take an answer back."""
    kept = queries.get_record_for(request.actor, request.place, record_id)

    def act(_cleaned: dict[str, Any]) -> str:
        answering_moves.take_back(actor=request.actor, place=request.place, kept=kept)
        return _guide(request.place)

    page = answering.present_taking_back(request.place, kept)
    return answer_form(request, form=ConfirmForm(sent(request)), page=page, act=act, done=_("It is taken back."))
