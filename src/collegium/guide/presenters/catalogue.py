"""The catalogue of what is measured: every indicator with what it is now, what it means, and how it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from collegium.base import indicators, navigation, sheets
from collegium.base.figures import Moment, Series, Style
from collegium.base.indicators import Indicator, Reading
from collegium.base.readings import Dated
from collegium.guide import words
from collegium.guide.queries import evidence
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of

HEAD = ("unit", "indicator", "name", "on", "value", "low", "high", "n", "source", "note")
STYLES: dict[str, Style] = {"score": "score", "percent": "percent", "count": "count"}


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRow:
    """One line of the catalogue."""

    title: str
    url: str
    room: str
    definition: str
    value: str
    source: str
    is_known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CataloguePage:
    """Everything that is measured of a unit, as far as the reader may see it."""

    unit: UnitFrame
    known: tuple[IndicatorRow, ...]
    unknown: tuple[IndicatorRow, ...]
    file_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorPage:
    """One indicator: what it is, how to read it and how not to, and how it has been."""

    unit: UnitFrame
    key: str
    title: str
    definition: str
    formula: str
    how_to_read: str
    how_not_to_read: str
    room: str
    room_url: str
    now: str
    source: str
    figure: Series | None
    catalogue_url: str


def present_catalogue(actor: Actor, place: Place) -> CataloguePage:
    """Return the catalogue of a unit."""
    frame = frame_of(actor, place)
    with indicators.sharing():
        wanted = evidence.list_visible(actor, place)
        found = evidence.read_now(place, wanted)
    rows = [_row(each, found[each.key], frame) for each in wanted]
    return CataloguePage(
        unit=frame,
        known=tuple(row for row in rows if row.is_known),
        unknown=tuple(row for row in rows if not row.is_known),
        file_url=reverse("guide:indicators_file", args=[place.slug]) + frame.query,
    )


def _row(indicator: Indicator, reading: Reading, frame: UnitFrame) -> IndicatorRow:
    return IndicatorRow(
        title=str(indicator.title),
        url=reverse("guide:indicator", args=[frame.slug, indicator.key]) + frame.query,
        room=name_room(indicator),
        definition=str(indicator.meaning.definition),
        value=words.write_reading(indicator, reading),
        source=reading.source,
        is_known=reading.value is not None,
    )


def name_room(indicator: Indicator) -> str:
    """Return what the rail calls the room of an indicator."""
    entries = {entry.key.partition(".")[0]: entry.title for entry in reversed(navigation.list_entries())}
    named = _("People") if indicator.room == "people" else entries.get(indicator.room, indicator.room)
    return str(named)


def present_indicator(actor: Actor, place: Place, indicator: Indicator) -> IndicatorPage:
    """Return the page of one indicator."""
    frame = frame_of(actor, place)
    now = evidence.read_now(place, [indicator])[indicator.key]
    history = evidence.list_history_for(actor, place, [indicator]).get(indicator.key, [])
    meaning = indicator.meaning
    return IndicatorPage(
        unit=frame,
        key=indicator.key,
        title=str(indicator.title),
        definition=str(meaning.definition),
        formula=str(meaning.formula),
        how_to_read=str(meaning.how_to_read),
        how_not_to_read=str(meaning.how_not_to_read),
        room=name_room(indicator),
        room_url=reverse(indicator.page, args=[place.slug]) + frame.query if indicator.page else "",
        now=words.write_reading(indicator, now),
        source=now.source,
        figure=_draw(indicator, history),
        catalogue_url=reverse("guide:indicators", args=[place.slug]) + frame.query,
    )


def _draw(indicator: Indicator, history: Sequence[Dated]) -> Series | None:
    """Draw the readings of the last days on which something changed; a single one is no line."""
    if sum(each.reading.value is not None for each in history) < 2:
        return None
    return Series(
        title=str(indicator.title),
        key=indicator.key,
        style=STYLES.get(indicator.unit_of_measure, "measure"),
        moments=tuple(_moment(each) for each in history),
        sentence=_("Each point is a day on which the reading changed; it holds until the next."),
    )


def _moment(dated: Dated) -> Moment:
    reading = dated.reading
    low, high = reading.interval or (None, None)
    return Moment(
        label=date_format(dated.on, "DATE_FORMAT"),
        value=reading.value,
        low=low,
        high=high,
        n=reading.n,
        words="" if reading.value is not None else reading.note or _("not known"),
    )


def write_history(actor: Actor, places: Iterable[Place]) -> Iterator[str]:
    """Write every stored reading of some units that the actor may see, as CSV, a line for each day it changed."""
    yield sheets.write_line(HEAD)
    for place in places:
        wanted = tuple(indicators.list_indicators())
        history = evidence.list_history_for(actor, place, wanted)
        for indicator in wanted:
            for row in history.get(indicator.key, ()):
                yield sheets.write_line(_cells(place, indicator, row))


def _cells(place: Place, indicator: Indicator, row: Dated) -> tuple[str | float | None, ...]:
    found = row.reading
    low, high = found.interval or (None, None)
    title = str(indicator.title)
    return (
        place.name, indicator.key, title, row.on.isoformat(), found.value, low, high, found.n, found.source, found.note
    )  # fmt: skip
