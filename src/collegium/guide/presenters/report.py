"""The home of a unit for governors: a page, the same as PDF, and each of its pictures the size of a slide."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from collegium.guide import words
from collegium.guide.errors import NotFound
from collegium.guide.sheet import Sheet, SheetNumber, SheetPart
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
    file_url: str


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
        file_url=reverse("guide:unit_report_file", args=[place.slug]) + home.unit.query,
    )


def present_sheet(page: ReportPage) -> Sheet:
    """Return what the PDF of a report says: the same numbers, and each panel in sentences."""
    address = settings.BASE_URL + page.report_url
    lede = _("How it stands on %(day)s: each number with what it rests on.")
    return Sheet(
        language=get_language() or settings.LANGUAGE_CODE,
        kicker=capfirst(page.unit.kind_label),
        title=page.unit.name,
        lede=lede % {"day": date_format(page.day, "DATE_FORMAT")},
        numbers=tuple(_number(stat) for stat in page.stats),
        parts=tuple(
            SheetPart(title=panel.title, sentences=tuple(" ".join(str(said.text).split()) for said in panel.sentences))
            for panel in page.panels
        ),
        source=_("The same with its pictures: %(address)s") % {"address": address},
        more=_("There is more than one page holds. All of it, with its pictures: %(address)s") % {"address": address},
    )


def _number(stat: Stat) -> SheetNumber:
    if stat.value is None:
        return SheetNumber(label=stat.label, value="", beside=stat.note or _("not known yet"))
    between = words.write_range(stat.interval, stat.style)
    rests = (
        _("very likely %(range)s") % {"range": between} if between else "",
        "" if stat.n is None else words.write_n(stat.n),
        stat.note,
    )
    value = words.write_value(stat.value, stat.style)
    return SheetNumber(label=stat.label, value=value, beside="; ".join(part for part in rests if part))


def _slide(place: Place, panel: HomePanel, frame: UnitFrame) -> str:
    return reverse("guide:unit_slide", args=[place.slug, panel.key]) + frame.query
