"""What stands around the forms about a move, and where one goes from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.base import openings
from collegium.guide.enums import MoveAnswer
from collegium.guide.models import MoveRecord
from collegium.guide.moves import Move
from collegium.guide.presenters.moves import MoveCard, card, start_address
from collegium.guide.queries.moves import Suggestions
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.forms import FormPage
from collegium.people.presenters.frame import frame_of


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweringPage:
    """A move by itself, and the form under it."""

    form: FormPage
    card: MoveCard


def _around(place: Place) -> dict[str, Any]:
    return {
        "kicker": place.name,
        "home_url": reverse("people:unit_home", args=[place.slug]),
        "home_title": place.name,
        "back_url": reverse("guide:unit_guide", args=[place.slug]),
        "back_title": _("Guide"),
    }


def present_answering(actor: Actor, place: Place, move: Move, found: Suggestions) -> AnsweringPage:
    """Return the page on which a move is answered."""
    form = FormPage(**_around(place), heading=_(move.title), lede=_(move.because), submit=_("Keep this"))
    return AnsweringPage(form=form, card=card(actor, place, move, found, frame_of(actor, place)))


def present_finishing(place: Place, kept: MoveRecord) -> FormPage:
    """Return the page that asks what came of a move."""
    return FormPage(
        **_around(place),
        heading=_(kept.title),
        lede=_("What came of it stands beside the numbers of then and now, for whoever comes after you."),
        submit=_("Keep this"),
    )


def present_taking_back(place: Place, kept: MoveRecord) -> FormPage:
    """Return the page that asks whether to take an answer back."""
    return FormPage(
        **_around(place),
        heading=_("Take this answer back?"),
        lede=_("“%(title)s” may then be suggested again at once. What was answered stays in the list.")
        % {"title": _(kept.title)},
        submit=_("Take it back"),
    )


def lead_on(actor: Actor, place: Place, move: Move, answer: str) -> str:
    """Return where to go after answering: to where a move that was taken up begins, if the house has a place for it."""
    opening = openings.find_opening(move.opens)
    if answer == MoveAnswer.TAKEN and opening is not None and opening.can(actor, place):
        return start_address(place, move)
    return reverse("guide:unit_guide", args=[place.slug])
