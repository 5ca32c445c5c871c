"""What would be brought in, before it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.base import prose
from collegium.decide.files.histories import Past
from collegium.decide.services.importing import is_too_long
from collegium.decide.services.matters import QUESTION_LIMIT
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of

SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRow:
    """One decision that would be brought in."""

    question: str
    closed_on: dt.date | None
    votes: str
    first: str
    is_too_long: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BringPage:
    """What a file holds, as it would be kept."""

    unit: UnitFrame
    rows: tuple[PastRow, ...]
    kept: str
    keep_url: str
    back_url: str
    question_limit: int = QUESTION_LIMIT
    text_limit: int = prose.LIMIT

    @property
    def too_long(self) -> int:
        """How many of them will be left out."""
        return sum(row.is_too_long for row in self.rows)


def present_preview(actor: Actor, place: Place, pasts: Sequence[Past], kept: str) -> BringPage:
    """Return the page of a preview."""
    return BringPage(
        unit=frame_of(actor, place),
        rows=tuple(_row(past) for past in pasts),
        kept=kept,
        keep_url=reverse("decide:bring_keep", args=[place.slug]),
        back_url=reverse("decide:bring", args=[place.slug]),
    )


def _row(past: Past) -> PastRow:
    of = _("%(cast)s of %(asked)s") % {"cast": past.cast, "asked": past.asked}
    if past.is_ranking:
        figures = [f"{rank}. {', '.join(options)}" for rank, options in past.places]
    else:
        figures = [f"{option} {number}" for option, number in past.figures]
    more = ["…"] if len(figures) > SHOWN else []
    return PastRow(
        question=past.question,
        closed_on=past.closed_on,
        votes=str(past.cast) if past.asked is None else of,
        first="; ".join([*figures[:SHOWN], *more]),
        is_too_long=is_too_long(past),
    )
