"""The home of a unit on paper: one page for governors, and each of its pictures by itself, the size of a slide."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from collegium.guide.errors import NotFound
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame
from collegium.people.presenters.home import HomePanel, Stat, present_home

# What leads on, or names what changed, belongs on a screen.
NOT_ON_PAPER = frozenset({"people-first_steps", "people-lately", "people-stewardship", "guide-system"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """A unit on one sheet, as the reader may see it on a day."""

    unit: UnitFrame
    day: dt.date
    stats: tuple[Stat, ...]
    panels: tuple[HomePanel, ...]
    slides: tuple[tuple[str, str], ...]
    report_url: str


def present_report(actor: Actor, place: Place, panel_key: str = "") -> ReportPage:
    """Return the report of a unit, or one of its panels; NotFound where there is no such panel for this reader."""
    home = present_home(actor, place)
    panels = tuple(panel for panel in home.panels if panel.key not in NOT_ON_PAPER)
    shown = tuple(panel for panel in panels if panel_key in ("", panel.key))
    if panel_key and not shown:
        raise NotFound
    return ReportPage(
        unit=home.unit,
        day=place.as_of,
        stats=home.stats,
        panels=shown,
        slides=tuple((panel.title, _slide(place, panel, home.unit)) for panel in panels),
        report_url=reverse("guide:unit_report", args=[place.slug]) + home.unit.query,
    )


def _slide(place: Place, panel: HomePanel, frame: UnitFrame) -> str:
    return reverse("guide:unit_slide", args=[place.slug, panel.key]) + frame.query
