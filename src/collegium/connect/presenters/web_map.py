"""A map as one reader may see it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.base.sentences import join
from collegium.connect import policies
from collegium.connect.queries import analyses
from collegium.connect.queries.analyses import Analysis
from collegium.connect.report_words import count, name_level, name_parts, shorten
from collegium.connect.reporting.figures import LayerReport
from collegium.connect.reporting.maps import GroupMap, Lines, PeopleMap
from collegium.connect.reporting.marks import say_of_marks
from collegium.connect.reporting.pictures import Picture, PictureGroup, PictureLayer
from collegium.people.actors import Actor
from collegium.people.enums import Level
from collegium.science.networks.network import NO_GROUP
from collegium.science.results import IntArray

MOST_NAMED = 3  # neighbours of a group that its words name


def draw_for(actor: Actor, analysis: Analysis, *, groups: bool = False) -> Picture | None:
    """Return the map of people for those of the school, of its groups for everybody else who may see the page."""
    if not groups and policies.can_view_marks(actor, analysis.place):
        drawn = analysis.people_map()
        named = analyses.list_named_for(actor, analysis.wave.id)
        picture = picture_people(drawn, analysis, named) if drawn is not None else None
        if picture is not None:
            return picture
    found = analysis.group_map()
    return None if found is None or not len(found) else picture_groups(found, analysis, actor)


def picture_people(drawn: PeopleMap, analysis: Analysis, named: Mapping[int, str]) -> Picture | None:
    """Return marks with what k of them share, and the names of those who let theirs be seen."""
    report = analysis.report
    has_name = np.isin(drawn.people, np.array(list(named), dtype=np.int64))
    said = say_of_marks(drawn.team, drawn.level, k=report.k, named=has_name)
    kept = np.flatnonzero(said.drawn)
    if not len(kept):
        return None
    titles: list[str] = analysis.maps["teams"]
    teams = sorted(
        (int(team) for team in np.unique(said.team[kept]) if team != NO_GROUP), key=lambda team: titles[team]
    )
    place = {team: number for number, team in enumerate(teams)}
    levels = list(Level.values)
    sizes = [int((said.team[kept] == team).sum()) for team in teams]
    return Picture(
        kind="people",
        title=_("Who turns to whom at %(unit)s") % {"unit": analysis.place.name},
        x=drawn.x[kept].tolist(),
        y=drawn.y[kept].tolist(),
        group=[place.get(int(team), NO_GROUP) for team in said.team[kept]],
        level=said.level[kept].tolist(),
        groups=tuple(
            PictureGroup(key=str(number), title=titles[team], short=titles[team], people=size)
            for number, (team, size) in enumerate(zip(teams, sizes, strict=True))
        ),
        layers=tuple(_people_layer(layer, drawn.lines, kept, len(drawn)) for layer in report.layers),
        levels=[name_level(level) for level in levels],
        level_keys=levels,
        names={
            number: named[int(drawn.people[mark])]
            for number, mark in enumerate(kept)
            if int(drawn.people[mark]) in named
        },
        words={
            "somebody": _("A colleague"),
            "lines": _("Joined to: %(list)s.") % {"list": "{list}"},
            "none": _("Joined to nobody here."),
            "elsewhere": _("others"),
        },
    )


def _people_layer(layer: LayerReport, lines: tuple[Lines, ...], kept: IntArray, marks: int) -> PictureLayer:
    found = next((each for each in lines if each.key == layer.key), None)
    note = ""
    if found is None:
        ends = np.zeros((0, 2), dtype=np.int64)
        note = (
            _("What is known here is not drawn from person to person: it would say which marks they are.")
            if layer.origin == "known"
            else _("Who talks to whom in confidence is not drawn from person to person. The teams show it together.")
        )
    else:
        place = np.full(marks, NO_GROUP, dtype=np.int64)
        place[kept] = np.arange(len(kept))
        ends = place[found.ends]
        ends = ends[(ends != NO_GROUP).all(axis=1)]
    return PictureLayer(key=layer.key, title=layer.title, ends=ends.reshape(-1).tolist(), note=note)


def picture_groups(drawn: GroupMap, analysis: Analysis, actor: Actor) -> Picture:
    """Return teams, or schools, as marks as large as they are, with the ties between them."""
    kind = "school" if analysis.groups_are == "schools" else "team"
    titles = [name_parts(parts, kind) for parts in drawn.parts]
    return Picture(
        kind="groups",
        title=_("Who turns to whom at %(unit)s") % {"unit": analysis.place.name},
        x=drawn.x.tolist(),
        y=drawn.y.tolist(),
        group=list(range(len(drawn))),
        level=[NO_GROUP] * len(drawn),
        size=drawn.sizes.tolist(),
        groups=tuple(
            PictureGroup(
                key=str(number),
                title=title,
                short=shorten(parts, kind),
                people=int(size),
                url=_url_of_school(actor, analysis, parts),
            )
            for number, (title, parts, size) in enumerate(zip(titles, drawn.parts, drawn.sizes, strict=True))
        ),
        layers=tuple(
            PictureLayer(
                key=layer.key,
                title=layer.title,
                ends=lines.ends.reshape(-1).tolist(),
                counts=[] if lines.counts is None else lines.counts.tolist(),
                words=say_of_groups(drawn, lines, titles),
            )
            for layer in analysis.report.layers
            for lines in drawn.lines
            if lines.key == layer.key
        ),
    )


def _url_of_school(actor: Actor, analysis: Analysis, parts: tuple[str, ...]) -> str:
    """Return where a school opens into its people, for those who belong to it."""
    unit_id, slug = analysis.maps.get("schools", {}).get(parts[0], ("", "")) if len(parts) == 1 else ("", "")
    if not unit_id or not {uuid.UUID(unit_id)} & (actor.member_of | set(actor.given)):
        return ""
    return reverse("connect:unit_connect", args=[slug])


def say_of_groups(drawn: GroupMap, lines: Lines, titles: list[str]) -> tuple[str, ...]:
    """Say of each group in words what the map shows: its people, its ties within, and with whom it has most."""
    counts = np.zeros((len(drawn), len(drawn)), dtype=np.int64)
    if lines.counts is not None and len(lines.ends):
        counts[lines.ends[:, 0], lines.ends[:, 1]] = lines.counts
    return tuple(_say_of_group(place, counts, drawn, titles) for place in range(len(drawn)))


def _say_of_group(place: int, counts: IntArray, drawn: GroupMap, titles: list[str]) -> str:
    size, within = int(drawn.sizes[place]), int(counts[place, place])
    text = ngettext("%(title)s: %(n)s person", "%(title)s: %(n)s people", size) % {
        "title": titles[place],
        "n": count(size),
    }
    text += ", " + ngettext("%(n)s tie within", "%(n)s ties within", within) % {"n": count(within)}
    for ties, words, nobody in (
        (counts[place], _("turns to %(list)s"), _("turns to no other")),
        (counts[:, place], _("is turned to by %(list)s"), _("is turned to by no other")),
    ):
        others = [int(other) for other in np.argsort(-ties, kind="stable") if other != place and ties[other]]
        named = [f"{titles[other]} ({count(int(ties[other]))})" for other in others[:MOST_NAMED]]
        if len(others) > MOST_NAMED:
            rest = len(others) - MOST_NAMED
            named.append(ngettext("%(n)s other", "%(n)s others", rest) % {"n": count(rest)})
        text += "; " + (words % {"list": join(named)} if named else nobody)
    return text + "."
