"""The next moves of a unit: at most three, each with its numbers; what waits and why; what came of earlier ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from collegium.base import openings
from collegium.base.indicators import Indicator, Reading
from collegium.guide import policies, words
from collegium.guide.enums import MoveAnswer
from collegium.guide.models import MoveRecord
from collegium.guide.moves import Move
from collegium.guide.presenters.evidence import Number, number_of, read_kept
from collegium.guide.queries import moves as queries
from collegium.guide.queries.moves import Suggestions
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of

UNKNOWN_SHOWN = 6
ASKED = {
    "everybody": gettext_lazy("everybody here"),
    "leaders": gettext_lazy("those who lead"),
    "stewards": gettext_lazy("those who look after it"),
    "teams": gettext_lazy("teams"),
    "facilitators": gettext_lazy("people who lead a group or a team"),
    "newcomers": gettext_lazy("newcomers and those beside them"),
    "heads": gettext_lazy("whoever heads it"),
}
EFFORTS = {
    "an hour": gettext_lazy("an hour"),
    "an afternoon": gettext_lazy("an afternoon"),
    "a few weeks": gettext_lazy("a few weeks"),
    "a term": gettext_lazy("a term"),
}
# What would tell where nothing is known, by the room that measures it.
WOULD_TELL = {
    "listen": gettext_lazy("A pulse that at least five answer."),
    "connect": gettext_lazy("A tie survey that at least half of those asked answer."),
    "people": gettext_lazy("People and posts as they stand."),
    "intend": gettext_lazy("A challenge or a promise that is written down here."),
    "decide": gettext_lazy("A decision that is taken here."),
    "enquire": gettext_lazy("An enquiry that is begun here."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveCard:
    """A move as the page shows it."""

    key: str
    title: str
    because: str
    numbers: tuple[Number, ...]
    claim: str
    constructs: str
    first_step: str
    effort: str
    asks: str
    beside: str
    answer_url: str
    start_url: str
    start_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredMove:
    """A move that was answered, the numbers then and now, and what came of it."""

    title: str
    answer: str
    day: str
    reason: str
    until: str
    numbers: tuple[tuple[str, str, str], ...]  # what, then, now
    came_of_it: str
    is_open: bool
    finish_url: str
    back_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidePage:
    """The guide of a unit."""

    unit: UnitFrame
    warnings: tuple[MoveCard, ...]
    moves: tuple[MoveCard, ...]
    waiting: tuple[str, ...]
    waits_for: str
    more: int
    unknown: tuple[tuple[str, str], ...]
    unknown_more: int
    under_way: tuple[AnsweredMove, ...]
    answered: tuple[AnsweredMove, ...]


def present_guide(actor: Actor, place: Place) -> GuidePage:
    """Return the page of the next moves."""
    frame = frame_of(actor, place)
    found = queries.suggest_for(actor, place)
    choice = found.choice
    taken = queries.count_taken_beside(place, [move.key for move in choice.moves])
    unknown = queries.list_unknown(found)
    answered = [_answered(actor, place, record, found, frame) for record in found.records]
    return GuidePage(
        unit=frame,
        warnings=tuple(card(actor, place, move, found, frame) for move in choice.warnings),
        moves=tuple(card(actor, place, move, found, frame, taken.get(move.key, 0)) for move in choice.moves),
        waiting=tuple(_(move.title) for move in choice.waiting),
        waits_for=_waits_for(found),
        more=len(choice.beside),
        unknown=tuple((str(each.title), str(WOULD_TELL.get(each.room, ""))) for each in unknown[:UNKNOWN_SHOWN]),
        unknown_more=max(0, len(unknown) - UNKNOWN_SHOWN),
        under_way=tuple(each for each in answered if each.is_open and each.finish_url),
        answered=tuple(each for each in answered if not (each.is_open and each.finish_url)),
    )


def _waits_for(found: Suggestions) -> str:
    if found.trust_is_low:
        return _("Trust is clearly low. These build on trust, so they wait until it has grown.")
    if found.trust_is_unknown:
        return _("How trust stands is not known, or not yours to see. These build on trust, so they wait until it is.")
    return ""


def card(
    actor: Actor, place: Place, move: Move, found: Suggestions, frame: UnitFrame, taken_beside: int = 0
) -> MoveCard:
    """Return a move with the numbers that led to it."""
    opening = openings.find_opening(move.opens) if frame.is_today else None
    may_start = opening is not None and opening.can(actor, place)
    may_answer = frame.is_today and policies.can_answer_moves(actor, place)
    return MoveCard(
        key=move.key,
        title=_(move.title),
        because=_(move.because),
        numbers=tuple(number_of(found.visible[key], found.readings[key], place) for key in move.indicators),
        claim=_(move.claim),
        constructs=", ".join(move.constructs),
        first_step=_(move.first_step),
        effort=str(EFFORTS[move.effort]),
        asks=str(ASKED[move.asks]),
        beside=_write_beside(taken_beside),
        answer_url=reverse("guide:move", args=[place.slug, move.key]) if may_answer else "",
        start_url=start_address(place, move) if may_start else "",
        start_title=str(opening.title) if opening is not None else "",
    )


def start_address(place: Place, move: Move) -> str:
    """Return where a move begins in the house, with its reason handed over; an empty text where no room has a place."""
    opening = openings.find_opening(move.opens)
    if opening is None:
        return ""
    return opening.address(place.slug, title=_(move.title), reason=f"{_(move.because)} {_(move.first_step)}")


def _write_beside(taken: int) -> str:
    if not taken:
        return ""
    return ngettext(
        "%(n)s other unit of your district or alliance has taken this up.",
        "%(n)s other units of your district or alliance have taken this up.",
        taken,
    ) % {"n": taken}


def _answered(actor: Actor, place: Place, record: MoveRecord, found: Suggestions, frame: UnitFrame) -> AnsweredMove:
    is_open = record.finished_at is None and queries.holds(record, place.as_of)
    may = frame.is_today and policies.can_answer_moves(actor, place)
    taken = record.answer == MoveAnswer.TAKEN
    args = [place.slug, record.id]
    return AnsweredMove(
        title=_(record.title),
        answer=str(MoveAnswer(record.answer).label),
        day=_write_day(localtime(record.answered_at).date()),
        reason=record.reason,
        until=_write_day(record.until) if record.until else "",
        numbers=tuple(_then_and_now(record.evidence, found.visible, found.readings)),
        came_of_it=record.came_of_it,
        is_open=is_open,
        finish_url=reverse("guide:move_finish", args=args) if may and is_open and taken else "",
        back_url=reverse("guide:move_back", args=args) if may and is_open else "",
    )


def _then_and_now(
    evidence: Sequence[Mapping[str, object]], visible: Mapping[str, Indicator], readings: Mapping[str, Reading]
) -> list[tuple[str, str, str]]:
    """Return what was and what is, of the indicators that this reader may see."""
    rows = []
    for row in evidence:
        indicator = visible.get(str(row["key"]))
        if indicator is not None:
            then = words.write_reading(indicator, read_kept(row))
            rows.append((str(indicator.title), then, words.write_reading(indicator, readings[indicator.key])))
    return rows


def _write_day(day: dt.date) -> str:
    return str(date_format(day, "DATE_FORMAT"))
