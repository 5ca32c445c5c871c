"""What is suggested to a unit, and what became of what was suggested before."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from collegium.base import indicators, time
from collegium.base.indicators import Indicator, Reading
from collegium.guide import moves as rules
from collegium.guide import policies
from collegium.guide.enums import MoveAnswer
from collegium.guide.errors import Conflict, NotFound
from collegium.guide.models import MoveRecord
from collegium.guide.moves import Choice, Given, Move, MoveKind
from collegium.guide.queries import evidence, reviews
from collegium.people.actors import Actor
from collegium.people.models import UnitTie
from collegium.people.places import Place

# What was declined is suggested again after a year: people change, and so do reasons.
DECLINED_FOR = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """What is suggested, the readings behind it, and the answers that still hold."""

    choice: Choice
    readings: Mapping[str, Reading]
    visible: Mapping[str, Indicator]
    records: tuple[MoveRecord, ...]
    trust_is_low: bool
    trust_is_unknown: bool


def suggest_for(actor: Actor, place: Place) -> Suggestions:
    """Choose for a reader: rules see what the reader may see, as of the day of the place."""
    needed = {key for move in rules.list_shipped() for key in move.indicators} | {rules.TRUST}
    with indicators.sharing():
        visible = {each.key: each for each in evidence.list_visible(actor, place) if each.key in needed}
        readings = evidence.read_now(place, visible.values())
    records = _records(place)
    given = _given(place, readings, records)
    return Suggestions(
        choice=rules.choose(rules.list_shipped(), given),
        readings=readings,
        visible=visible,
        records=tuple(records),
        trust_is_low=given.trust_is_low,
        trust_is_unknown=given.trust_is_unknown,
    )


def _records(place: Place) -> list[MoveRecord]:
    """Return the answers of a unit, those that were there on the day, the latest first."""
    end = time.start_of(place.as_of + dt.timedelta(days=1))
    rows = MoveRecord.objects.filter(unit_id=place.unit_id, answered_at__lt=end)
    return list(rows.order_by("-answered_at", "id")[:60])


def _given(place: Place, readings: Mapping[str, Reading], records: Iterable[MoveRecord]) -> Given:
    closed, busy = set(), set()
    for record in records:
        if record.finished_at is None and holds(record, place.as_of):
            closed.add(record.move_key)
            if record.answer == MoveAnswer.TAKEN and _ends_on(record) >= place.as_of:
                busy.add(record.asks)
    outcomes = reviews.find_outcomes(place.unit_id, place.as_of)
    return Given(
        kind=place.kind,
        readings=readings,
        phase=outcomes["phase"].outcome if "phase" in outcomes else "",
        stage=outcomes["stage"].outcome if "stage" in outcomes else "",
        closed=frozenset(closed),
        busy=frozenset(busy),
    )


def holds(record: MoveRecord, day: dt.date) -> bool:
    """Say whether an answer keeps its move from being suggested on a day."""
    if record.until is not None:
        return day < record.until
    return record.answer == MoveAnswer.TAKEN or day < record.answered_at.date() + DECLINED_FOR


def _ends_on(record: MoveRecord) -> dt.date:
    return record.answered_at.date() + dt.timedelta(weeks=record.weeks)


def get_suggested_for(actor: Actor, place: Place, key: str) -> tuple[Move, Suggestions]:
    """Return a move that is suggested to a unit now; NotFound where there is no such move, Conflict where it is not."""
    found = suggest_for(actor, place)
    everything = {move.key: move for move in rules.list_shipped() if move.kind is MoveKind.MOVE}
    if key not in everything or not policies.can_view_guide(actor, place):
        raise NotFound
    if everything[key] not in (*found.choice.moves, *found.choice.beside, *found.choice.waiting):
        raise Conflict("move_not_suggested")
    return everything[key], found


def get_record_for(actor: Actor, place: Place, record_id: uuid.UUID) -> MoveRecord:
    """Return an answer of a unit; NotFound where there is none that the actor may see."""
    record = MoveRecord.objects.filter(id=record_id, unit_id=place.unit_id, community_id=actor.community_id).first()
    if record is None or not policies.can_view_guide(actor, place):
        raise NotFound
    return record


def count_taken_beside(place: Place, keys: Iterable[str]) -> dict[str, int]:
    """Return how many other units under the same ones have taken these moves up; which ones is theirs to tell."""
    parents = UnitTie.objects.on(place.as_of).filter(lower_id=place.unit_id, kind="contains").values("upper_id")
    beside = UnitTie.objects.on(place.as_of).filter(upper_id__in=parents, kind="contains").values("lower_id")
    taken = MoveRecord.objects.filter(
        Q(unit_id__in=beside), ~Q(unit_id=place.unit_id), move_key__in=list(keys), answer=MoveAnswer.TAKEN
    )
    return dict(taken.order_by().values_list("move_key").annotate(Count("unit_id", distinct=True)))


def list_unknown(found: Suggestions) -> list[Indicator]:
    """Return the indicators that rules rest on, that the reader may see, and of which nothing is known."""
    return [each for key, each in found.visible.items() if found.readings[key].value is None]


def name_indicator(key: str) -> str:
    """Return what an indicator is called; its key where no room has it any more."""
    try:
        return str(indicators.get_indicator(key).title)
    except KeyError:
        return key
