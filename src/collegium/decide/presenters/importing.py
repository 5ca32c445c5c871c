"""What would be brought in, before it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.decide.files.histories import Past
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


@dataclass(frozen=True, slots=True, kw_only=True)
class BringPage:
    """What a file holds, as it would be kept."""

    unit: UnitFrame
    rows: tuple[PastRow, ...]
    kept: str
    keep_url: str
    back_url: str


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
    )
