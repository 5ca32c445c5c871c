"""The map by itself, and the same in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from collegium.connect.presenters.web_frame import WebFrame, frame_web
from collegium.connect.presenters.web_map import draw_for
from collegium.connect.presenters.web_matrix import Matrix, present_matrix
from collegium.connect.queries.analyses import Analysis
from collegium.connect.reporting.pictures import Picture
from collegium.people.actors import Actor
from collegium.people.presenters.frame import UnitFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something the map can be narrowed to."""

    value: str
    title: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPage:
    """A map with what narrows it. `by` says whether marks are people or groups, where there is a choice."""

    frame: WebFrame
    title: str
    is_there: bool
    by: str
    by_choices: tuple[Choice, ...]
    layers: tuple[Choice, ...]
    teams: tuple[Choice, ...]
    levels: tuple[Choice, ...]
    note: str
    about: str
    data_url: str
    svg_url: str
    file: str

    @property
    def unit(self) -> UnitFrame:
        """The unit, for what stands around every page about one."""
        return self.frame.unit


def present_map(actor: Actor, analysis: Analysis, chosen: Mapping[str, str]) -> MapPage:
    """Return the map as this reader may see it."""
    frame = frame_web(actor, analysis, chosen.get("layer", ""), page="web_map")
    picture = draw_for(actor, analysis, groups=chosen.get("by") == "groups")
    by = picture.kind if picture else "groups"
    key = frame.layer.key if frame.layer else ""
    has_people = frame.can_view_marks and analysis.kinds_of_map == {"people", "groups"}
    query = {name: value for name in ("layer", "team", "level", "by") if (value := chosen.get(name, ""))}
    layer = picture.find_layer(key) if picture else None
    return MapPage(
        frame=frame,
        title=picture.title if picture else "",
        is_there=picture is not None,
        by=by,
        by_choices=_choices([("people", _("people")), ("groups", _groups_word(analysis))], by) if has_people else (),
        layers=_choices([(tab.key, tab.title) for tab in frame.tabs], key),
        teams=_choices(_teams(picture), chosen.get("team", "")),
        levels=_choices(_levels(picture), chosen.get("level", "")),
        note=layer.note if layer else "",
        about=say_what_marks_are(by, frame.k),
        data_url=_with(frame.addresses.data, {"by": by}),
        svg_url=_with(frame.addresses.svg, {**query, "by": by}),
        file=f"{frame.unit.slug}-{analysis.wave.closed_on:%Y-%m-%d}-map",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPlace:
    """A map as it stands on the page of a unit."""

    title: str
    note: str
    about: str
    data_url: str
    svg_url: str


def place_map(analysis: Analysis, frame: WebFrame) -> MapPlace | None:
    """Return the map for the page of a unit without reading it: the browser asks for it by itself."""
    kinds = analysis.kinds_of_map if frame.can_view_marks else analysis.kinds_of_map & {"groups"}
    if not kinds or frame.layer is None:
        return None
    by = "people" if "people" in kinds else "groups"
    return MapPlace(
        title=_("Who turns to whom at %(unit)s") % {"unit": analysis.place.name},
        note="",
        about=say_what_marks_are(by, frame.k),
        data_url=_with(frame.addresses.data, {"by": by, "layer": frame.layer.key}),
        svg_url=_with(frame.addresses.svg, {"by": by, "layer": frame.layer.key}),
    )


def _groups_word(analysis: Analysis) -> str:
    return _("schools") if analysis.groups_are == "schools" else _("teams")


def _with(url: str, query: Mapping[str, str]) -> str:
    return f"{url.partition('?')[0]}?{urlencode(query)}"


def _choices(values: list[tuple[str, str]], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(value=value, title=title, is_chosen=value == chosen) for value, title in values)


def _teams(picture: Picture | None) -> list[tuple[str, str]]:
    return [(each.key, each.title) for each in picture.groups] if picture and picture.kind == "people" else []


def _levels(picture: Picture | None) -> list[tuple[str, str]]:
    """Return the levels that are said of any mark: of others nothing could be narrowed."""
    if picture is None or picture.kind != "people":
        return []
    said = set(picture.level)
    pairs = zip(picture.level_keys, picture.levels, strict=True)
    return [(key, title) for place, (key, title) in enumerate(pairs) if place in said]


def say_what_marks_are(by: str, k: int) -> str:
    """Say what a mark and a line are, and what is kept back."""
    if by == "groups":
        return _(
            "A mark is a team or school, as large as it has people; an arrow goes from those who turn to those who are"
            " turned to, and is as wide as there are ties. Whatever has fewer than %(k)s people is put together."
        ) % {"k": k}
    return _(
        "A mark is a colleague without a name, unless they let you see it. Team and level are said where at least"
        " %(k)s share them. A line joins two of whom one turns to the other; who asks whom is not drawn. Who asked not"
        " to be drawn is not here."
    ) % {"k": k}


# --- the same in words ------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class WordsPage:
    """What the map shows, without the map."""

    frame: WebFrame
    sentences: tuple[str, ...]
    matrices: tuple[Matrix, ...]

    @property
    def unit(self) -> UnitFrame:
        """The unit, for what stands around every page about one."""
        return self.frame.unit


def present_words(actor: Actor, analysis: Analysis, layer_key: str) -> WordsPage:
    """Return every group with its ties in words, and the tables of groups by groups."""
    frame = frame_web(actor, analysis, layer_key, page="web_words")
    picture = draw_for(actor, analysis, groups=True)
    layer = picture.find_layer(frame.layer.key) if picture and frame.layer else None
    sections = frame.layer.sections if frame.layer else ()
    return WordsPage(
        frame=frame,
        sentences=tuple(layer.words) if layer else (),
        matrices=tuple(present_matrix(section.between) for section in sections if section.between),
    )
