"""Connect of a unit: the map, three numbers in words, and the sections behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from collegium.connect import policies
from collegium.connect.presenters.web_frame import WebFrame, frame_web
from collegium.connect.presenters.web_own import OwnStanding, present_own
from collegium.connect.presenters.web_pages import MapPlace, place_map
from collegium.connect.presenters.web_sections import SectionBlock, present_section
from collegium.connect.queries import analyses
from collegium.connect.queries import waves as surveys
from collegium.connect.queries.analyses import Analysis, WaveName
from collegium.connect.report_words import Said, write_headlines, write_likeness
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of

MOST_GROUPS = 16  # a wider table is read on a page of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherWave:
    """Another wave of the same unit."""

    title: str
    closed_on: object
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebPage:
    """Connect of a unit."""

    frame: WebFrame
    headlines: tuple[Said, ...]
    sections: tuple[SectionBlock, ...]
    map: MapPlace | None
    own: OwnStanding | None
    likeness: tuple[str, ...]
    waves: tuple[OtherWave, ...]

    @property
    def unit(self) -> UnitFrame:
        """The unit, for what stands around every page about one."""
        return self.frame.unit


@dataclass(frozen=True, slots=True, kw_only=True)
class NoWebPage:
    """Connect of a unit of which nothing is known yet: what will be here, and where to begin or to look."""

    unit: UnitFrame
    school: str
    school_url: str
    begin_url: str
    is_asking: bool
    surveys_url: str


def present_web(actor: Actor, analysis: Analysis, waves: Sequence[WaveName], layer_key: str = "") -> WebPage:
    """Return what a wave says of a unit, one kind of tie at a time."""
    frame = frame_web(actor, analysis, layer_key)
    layer = frame.layer
    before = analysis.report.before
    return WebPage(
        frame=frame,
        headlines=tuple(write_headlines(layer, frame.k, before)) if layer else (),
        sections=_sections(frame, before),
        map=place_map(analysis, frame),
        own=present_own(actor, analysis, layer) if layer else None,
        likeness=tuple(write_likeness(analysis.report, layer.key)) if layer else (),
        waves=tuple(
            OtherWave(
                title=each.title,
                closed_on=each.closed_on,
                url=reverse("connect:web", args=[analysis.place.slug, each.id]),
            )
            for each in waves
            if each.id != analysis.wave.id
        ),
    )


def _sections(frame: WebFrame, before: str) -> tuple[SectionBlock, ...]:
    layer = frame.layer
    return tuple(
        present_section(each, layer, k=frame.k, before=before, most_groups=MOST_GROUPS)
        for each in (layer.sections if layer else ())
        if layer
    )


def present_nothing(actor: Actor, place: Place) -> NoWebPage:
    """Return the page of a unit that no wave says anything about."""
    school = analyses.find_school_of_team(place)
    return NoWebPage(
        unit=frame_of(actor, place),
        school=school.name if school else "",
        school_url=reverse("connect:unit_connect", args=[school.slug]) if school else "",
        begin_url=reverse("connect:wave_add", args=[place.slug]) if policies.can_open_wave(actor, place) else "",
        is_asking=surveys.has_open(place.unit_id),
        surveys_url=reverse("connect:waves", args=[place.slug]),
    )
