"""The home of a unit: built from the registries of indicators and panels alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from collegium.base import indicators, panels, readings
from collegium.base.panels import Sentence
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Stat:
    """One indicator as the page draws it."""

    label: str
    value: float | None
    interval: tuple[float, float] | None
    n: int | None
    style: str
    note: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePanel:
    """One panel with what its template sees."""

    key: str
    title: str
    template: str
    content: dict[str, Any]
    url: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """The home of a unit."""

    unit: UnitFrame
    stats: tuple[Stat, ...]
    panels: tuple[HomePanel, ...]


def present_home(actor: Actor, place: Place) -> HomePage:
    """Ask every indicator and every panel; what several of them read is looked up once."""
    with indicators.sharing():
        return _present(actor, place)


def _present(actor: Actor, place: Place) -> HomePage:
    frame = frame_of(actor, place)
    # A school is quickly counted, and whoever has just added somebody sees the number change.
    stored = {} if frame.lists_people else readings.get_today(place.unit_id, place.as_of)
    return HomePage(
        unit=frame,
        stats=tuple(
            _stat(indicator, place, frame, stored.get(indicator.key))
            for indicator in indicators.list_indicators()
            if indicator.at_home and indicators.sees(indicator, actor, place)
        ),
        panels=tuple(_panels(actor, place)),
    )


def _stat(indicator: indicators.Indicator, place: Place, frame: UnitFrame, stored: indicators.Reading | None) -> Stat:
    # The pages behind the numbers name people: a number is a link for those alone who may open it.
    is_link = indicator.page and frame.can_view_people
    reading = stored or indicators.read(indicator.key, place.unit_id, place.as_of)
    return Stat(
        label=str(indicator.title),
        value=reading.value,
        interval=reading.interval,
        n=reading.n,
        style=indicator.unit_of_measure,
        note=reading.note,
        url=reverse(indicator.page, args=[place.slug]) + frame.query if is_link else "",
    )


def _panels(actor: Actor, place: Place) -> list[HomePanel]:
    shown = []
    for panel in panels.list_panels():
        content = panel.build(actor, place, place.as_of)
        if content is not None:
            shown.append(
                HomePanel(
                    key=panel.key.replace(".", "-"),
                    title=str(panel.title),
                    template=content.template,
                    content=content.context,
                    url=content.url,
                    sentences=content.sentences,
                )
            )
    return shown
