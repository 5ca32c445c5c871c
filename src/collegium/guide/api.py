"""What programs can read of what is measured: the catalogue, and readings over time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from collegium.base import indicators
from collegium.base.indicators import Indicator
from collegium.base.readings import Dated
from collegium.guide import policies
from collegium.guide.presenters import catalogue
from collegium.guide.queries import evidence
from collegium.people.actors import Actor
from collegium.people.api import Day, ProgramRequest
from collegium.people.places import Place
from collegium.people.queries import places

router = Router(tags=["indicators"])


class IndicatorItem(Schema):
    """What can be measured of a unit, and what it means."""

    key: str
    title: str
    unit_of_measure: str
    room: str
    definition: str
    formula: str
    how_to_read: str
    how_not_to_read: str


class ReadingItem(Schema):
    """What one indicator was on a day, and until the next reading; `value` is null where it was not known."""

    indicator: str
    on: dt.date = Field(description="The first day on which it was so.")
    value: float | None
    low: float | None
    high: float | None
    n: int | None
    source: str
    note: str


class ReadingList(Schema):
    """The readings of a unit that you may see, each indicator by itself, the oldest first."""

    unit: str
    items: list[ReadingItem]


@router.get("/indicators", response=list[IndicatorItem], url_name="indicators", summary="List what is measured")
def list_indicators(request: ProgramRequest) -> list[dict[str, str]]:
    """The same catalogue, in the same words, as on the page “Indicators”."""
    return [_describe(each) for each in indicators.list_indicators()]


def _describe(indicator: Indicator) -> dict[str, str]:
    meaning = indicator.meaning
    return {
        "key": indicator.key,
        "title": str(indicator.title),
        "unit_of_measure": indicator.unit_of_measure,
        "room": catalogue.name_room(indicator),
        "definition": str(meaning.definition),
        "formula": str(meaning.formula),
        "how_to_read": str(meaning.how_to_read),
        "how_not_to_read": str(meaning.how_not_to_read),
    }


class Asked(Schema):
    """Which readings are wanted; everything may be left open."""

    indicator: list[str] = Field([], description="Keys of indicators; without any, all.")
    since: Day | None = None
    until: Day | None = None


@router.get("/units/{slug:slug}/readings", response=ReadingList, url_name="readings", summary="Read a unit over time")
def list_readings(request: ProgramRequest, slug: str, asked: Query[Asked]) -> dict[str, Any]:
    """A line for each day on which a reading changed; it holds until the next. What you may not see is left out."""
    place = _place(request.actor, slug)
    wanted = [each for each in indicators.list_indicators() if not asked.indicator or each.key in asked.indicator]
    with indicators.sharing():
        found = evidence.list_history_for(request.actor, place, wanted)
    rows = [(each, row) for each in wanted for row in found.get(each.key, ()) if _is_asked(row, asked)]
    return {"unit": place.slug, "items": [_reading(each, row) for each, row in rows]}


@router.get("/units/{slug:slug}/readings.csv", url_name="readings_csv", summary="Read a unit over time, as a file")
def list_readings_csv(request: ProgramRequest, slug: str) -> HttpResponse:
    """All of them as a sheet (CSV), the same as can be downloaded from the page “Indicators”."""
    place = _place(request.actor, slug)
    with indicators.sharing():
        lines = "".join(catalogue.write_history(request.actor, [place]))
    return HttpResponse(lines, content_type="text/csv; charset=utf-8")


def _place(actor: Actor, slug: str) -> Place:
    place = places.get_place_for(actor, slug)
    policies.check_can_view_guide(actor, place)
    return place


def _is_asked(row: Dated, asked: Asked) -> bool:
    return (asked.since is None or row.on >= asked.since) and (asked.until is None or row.on <= asked.until)


def _reading(indicator: Indicator, row: Dated) -> dict[str, Any]:
    found = row.reading
    low, high = found.interval or (None, None)
    return {
        "indicator": indicator.key,
        "on": row.on,
        "value": found.value,
        "low": low,
        "high": high,
        "n": found.n,
        "source": found.source,
        "note": found.note,
    }
