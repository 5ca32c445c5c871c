"""What of a wave may leave in a file: the marks and lines of its map, without names, numbered anew each time."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from collegium.connect import policies
from collegium.connect.files import Format, PersonRow, TieFile, TieRow
from collegium.connect.presenters.web_frame import WebFrame, frame_web
from collegium.connect.presenters.web_map import picture_groups, picture_people
from collegium.connect.queries.analyses import Analysis
from collegium.connect.reporting.pictures import Picture, PictureLayer
from collegium.people.actors import Actor
from collegium.people.presenters.frame import UnitFrame
from collegium.people.rosters import RowRef

_NOWHERE = RowRef("", 0)
TYPES = {
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPage:
    """What can be downloaded of a wave."""

    frame: WebFrame
    marks: str  # "people", "groups", or nothing at all
    count: int
    back_url: str

    @property
    def unit(self) -> UnitFrame:
        """The unit, for what stands around every page about one."""
        return self.frame.unit


def present_export(actor: Actor, analysis: Analysis, picture: Picture | None) -> ExportPage:
    """Show what a download holds."""
    return ExportPage(
        frame=frame_web(actor, analysis),
        marks=picture.kind if picture else "",
        count=len(picture.x) if picture else 0,
        back_url=reverse("connect:web", args=[analysis.place.slug, analysis.wave.id]),
    )


def draw_for_export(actor: Actor, analysis: Analysis) -> Picture | None:
    """Return the map that may leave: marks of people for those of the school, of its groups for all others.

    Names that somebody lets this reader see are not among it, nor what stands beside such a mark: a file is passed on.
    """
    drawn = analysis.people_map() if policies.can_view_marks(actor, analysis.place) else None
    picture = picture_people(drawn, analysis, {}) if drawn is not None else None
    if picture is not None:
        return picture
    found = analysis.group_map()
    return None if found is None or not len(found) else picture_groups(found, analysis, actor)


def make_file(picture: Picture) -> TieFile:
    """Return the marks and lines of a map as people and ties."""
    of_people = picture.kind == "people"
    order = list(range(len(picture.x)))
    if of_people:
        # The order on the map is the same for everybody and every time; the numbers of a file lead nowhere.
        secrets.SystemRandom().shuffle(order)
    place = {mark: number for number, mark in enumerate(order)}
    layers = [layer for layer in picture.layers if not layer.note]
    return TieFile(
        people=tuple(_person(picture, mark, number) for number, mark in enumerate(order)),
        layers=tuple(layer.title for layer in layers),
        ties=tuple(tie for number, layer in enumerate(layers) for tie in _ties(layer, place, number, of_people)),
    )


def _person(picture: Picture, mark: int, number: int) -> PersonRow:
    if picture.kind != "people":
        return PersonRow(picture.groups[mark].title, _NOWHERE)
    group, level = picture.group[mark], picture.level[mark]
    return PersonRow(
        id=str(number + 1),
        ref=_NOWHERE,
        team=picture.groups[group].title if group >= 0 else "",
        level=picture.level_keys[level] if level >= 0 else "",
    )


def _ties(layer: PictureLayer, place: dict[int, int], number: int, both_ways: bool) -> Iterator[TieRow]:
    """The lines of a layer. Between people they have no direction, so each is written both ways."""
    ends = list(zip(layer.ends[::2], layer.ends[1::2], strict=True))
    counts: Sequence[int | None] = layer.counts or [None] * len(ends)
    for (one, other), count in zip(ends, counts, strict=True):
        if one == other:
            continue
        weight = None if count is None else float(count)
        yield TieRow(place[one], place[other], weight, number, _NOWHERE)
        if both_ways:
            yield TieRow(place[other], place[one], weight, number, _NOWHERE)


def name_file(analysis: Analysis, form: Format) -> str:
    """Return what a download is called."""
    return f"{analysis.place.slug}-ties-{analysis.wave.closed_on:%Y-%m-%d}.{form.extension}"
