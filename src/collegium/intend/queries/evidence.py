"""Numbers that a challenge may cite, and how those it cites stand today."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from collegium.base import indicators, numbers, readings, time
from collegium.base.indicators import Indicator, Reading
from collegium.base.numbers import ONLY, Number, Ref
from collegium.intend.enums import CitationKind, Measured
from collegium.intend.errors import NotFound
from collegium.intend.models import Challenge, Citation
from collegium.people.actors import Actor
from collegium.people.places import Place

_KINDS = {"listen": CitationKind.FACET, "connect": CitationKind.NETWORK}


@dataclass(frozen=True, slots=True, kw_only=True)
class Citable:
    """A number that somebody may cite, as it is today: an indicator of the unit, or a number of one single thing.

    `code` is what a form sends for it; `whole` is what a number of a single thing is of.
    """

    code: str
    kind: str
    key: str
    title: str
    unit_of_measure: str
    reading: Reading
    whole: str = ""
    source_id: uuid.UUID | None = None
    indicator: Indicator | None = None


class Kept(Protocol):
    """A row that keeps which number it is about, and how that was."""

    id: Any
    kind: Any
    key: Any
    source_id: Any
    unit_id: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A number that is cited, as it was, and as it is for this reader: None where it is not theirs to see now."""

    citation: Any
    indicator: Indicator | None = None
    number: Number | None = None
    now: Reading | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What tells whether a challenge was met, as it stands today: an indicator, or a measure of an enquiry."""

    indicator: Indicator | None = None
    number: Number | None = None
    reading: Reading


def list_measures_for(actor: Actor, place: Place) -> list[Indicator]:
    """Return the indicators of a unit that somebody may be shown, whether or not they have a value."""
    with indicators.sharing():
        return [each for each in indicators.list_indicators() if indicators.sees(each, actor, place)]


def list_enquired_for(actor: Actor, place: Place) -> Sequence[Number]:
    """Return the measures of enquiries in a unit that the actor may read."""
    return numbers.list_kind_for(actor, place, CitationKind.MEASURE)


def list_known_for(actor: Actor, place: Place, keys: Collection[str] = ()) -> list[Citable]:
    """Return the indicators of a unit that have a value today and that the actor may be shown: all, or some of them."""
    stored = readings.get_today(place.unit_id, place.as_of)
    found = []
    with indicators.sharing():
        for each in indicators.list_indicators():
            if (keys and each.key not in keys) or not indicators.sees(each, actor, place):
                continue
            reading = stored.get(each.key) or indicators.read(each.key, place.unit_id, place.as_of)
            if reading.value is not None:
                found.append(_of_indicator(each, reading))
    return found


def list_citable_for(actor: Actor, place: Place) -> list[Citable]:
    """Return every number about a unit that the actor may cite: its indicators, then numbers of single things."""
    singles = numbers.list_numbers_for(actor, place)
    return list_known_for(actor, place) + [
        Citable(
            code=f"{kind}:{number.ref.source_id}:{number.ref.key}",
            kind=kind,
            key=number.ref.key,
            title=number.title,
            unit_of_measure=number.unit_of_measure,
            reading=number.reading,
            whole=number.whole,
            source_id=number.ref.source_id,
        )
        for kind, number in singles
        if number.reading.value is not None
    ]


def _of_indicator(indicator: Indicator, reading: Reading) -> Citable:
    return Citable(
        code=indicator.key,
        kind=_KINDS.get(indicator.room, CitationKind.INDICATOR),
        key=indicator.key,
        title=str(indicator.title),
        unit_of_measure=indicator.unit_of_measure,
        reading=reading,
        indicator=indicator,
    )


def list_cited_for(actor: Actor, place: Place, challenge: Challenge) -> list[Cited]:
    """Return what a challenge cites, as it was then and as it is now.

    A number of a result is shown to those who may see it today, then as now: citing it has published nothing.
    """
    rows = Citation.objects.filter(challenge=challenge, withdrawn_at__isnull=True, community_id=actor.community_id)
    return read_cited_for(actor, place, list(rows.order_by("cited_at", "id")))


def read_cited_for(actor: Actor, place: Place, cited: Sequence[Kept]) -> list[Cited]:
    """Return numbers that were kept as they were, with how they are now for this reader."""
    known = {each.key: each for each in indicators.list_indicators()}
    stored = readings.get_today(place.unit_id, time.today()) if cited else {}
    singles = _find_singles(actor, place, cited)
    found = []
    with indicators.sharing():
        for row in cited:
            number, indicator = singles.get((row.kind, row.source_id, row.key)), None
            now = number.reading if number else None
            if row.source_id is None and row.key in known:
                indicator = known[row.key]
                if indicators.sees(indicator, actor, place):
                    now = stored.get(row.key) or indicators.read(row.key, row.unit_id, time.today())
            found.append(Cited(citation=row, indicator=indicator, number=number, now=now))
    return found


def _find_singles(actor: Actor, place: Place, rows: Sequence[Kept]) -> dict[tuple[str, uuid.UUID | None, str], Number]:
    wanted: dict[str, set[Ref]] = defaultdict(set)
    for row in rows:
        if row.source_id is not None:
            wanted[row.kind].add(Ref(row.source_id, row.key))
    return {
        (kind, ref.source_id, ref.key): number
        for kind, refs in sorted(wanted.items())
        for ref, number in numbers.find_numbers_for(actor, place, kind, refs).items()
    }


def find_telling_for(actor: Actor, place: Place, challenge: Challenge) -> Telling | None:
    """Return the number that tells whether a challenge was met; None where a statement does, or it is not theirs."""
    if challenge.measured == Measured.ENQUIRY and challenge.measure_id is not None:
        offered = numbers.find_numbers_for(actor, place, CitationKind.MEASURE, [Ref(challenge.measure_id, ONLY)])
        return next((Telling(number=each, reading=each.reading) for each in offered.values()), None)
    indicator = next((each for each in indicators.list_indicators() if each.key == challenge.indicator_key), None)
    if challenge.measured != Measured.INDICATOR or indicator is None or not indicator.visible(actor, place):
        return None
    stored = readings.get_today(place.unit_id, time.today()).get(indicator.key)
    return Telling(indicator=indicator, reading=stored or indicator.read(place.unit_id, time.today()))


def get_citation_for(actor: Actor, challenge: Challenge, citation_id: uuid.UUID) -> Citation:
    """Return what a challenge cites; NotFound when it does not, or no longer."""
    rows = Citation.objects.filter(id=citation_id, challenge=challenge, community_id=actor.community_id)
    found = rows.filter(withdrawn_at__isnull=True).select_related("challenge__unit").first()
    if found is None:
        raise NotFound
    return found
