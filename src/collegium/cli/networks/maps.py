"""The map of a report: marks of people in one school, of schools or teams otherwise; as vague as on a page."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from django.utils.translation import gettext as _

from collegium.connect.report_words import name_level, name_parts, shorten
from collegium.connect.reporting import (
    GroupMap,
    LayerReport,
    PeopleMap,
    Report,
    Rules,
    Seen,
    Web,
    draw_groups,
    draw_people,
    say_of_marks,
)
from collegium.connect.reporting.pictures import Picture, PictureGroup, PictureLayer
from collegium.connect.reporting.svg import write_svg
from collegium.science.networks.network import NO_GROUP

MOST_MARKS = 5_000  # of people on one map


class Maps:
    """The maps of a web: everybody has one place in those of all kinds of tie, laid out when it is first needed.

    Who answered, and so which groups there are, is the same for all layers of a file.
    """

    def __init__(self, web: Web, report: Report) -> None:
        self.web, self.report = web, report
        self._seen = Seen(web=web, layer=web.layers[0], core=web.asked, rules=Rules(k=report.k))

    @cached_property
    def _people(self) -> PeopleMap:
        return draw_people(self.web, self.web.asked)

    @cached_property
    def _groups(self) -> GroupMap:
        return draw_groups(self.web, self._seen.groups)

    def draw(self, layer: LayerReport) -> tuple[str, str]:
        """Return the map of one kind of tie as SVG, and what its marks are; nothing where there is nothing to draw."""
        if self._seen.apart == "team" and self.web.n <= MOST_MARKS and not layer.is_confidential:
            people = _picture_people(self._people, self.web, self.report, layer)
            if people is not None:
                return write_svg(people, layer=layer.key), _(
                    "Each mark is a person, without a name. Its colour is the team where enough people share it."
                )
        if not self._seen.groups.can_be_compared:
            return "", ""
        picture = _picture_groups(self._groups, self._seen.apart, layer)
        return write_svg(picture, layer=layer.key), _(
            "A mark is as large as it has people, an arrow as wide as there are ties."
        )


def _picture_people(drawn: PeopleMap, web: Web, report: Report, layer: LayerReport) -> Picture | None:
    said = say_of_marks(drawn.team, drawn.level, k=report.k)
    if not said.drawn.all() or not len(drawn):
        return None
    teams = [int(team) for team in np.unique(said.team) if team != NO_GROUP]
    place = {team: number for number, team in enumerate(teams)}
    lines = next(each for each in drawn.lines if each.key == layer.key)
    return Picture(
        kind="people",
        title=_("Who turns to whom"),
        x=drawn.x.tolist(),
        y=drawn.y.tolist(),
        group=[place.get(int(team), NO_GROUP) for team in said.team],
        level=said.level.tolist(),
        groups=[
            PictureGroup(
                key=str(number), title=web.teams[team], short=web.teams[team], people=int((said.team == team).sum())
            )
            for number, team in enumerate(teams)
        ],
        layers=[PictureLayer(key=layer.key, title=layer.title, ends=lines.ends.reshape(-1).tolist())],
        levels=[name_level(level) for level in web.levels],
    )


def _picture_groups(drawn: GroupMap, kind: str, layer: LayerReport) -> Picture:
    lines = next(each for each in drawn.lines if each.key == layer.key)
    return Picture(
        kind="groups",
        title=_("Who turns to whom"),
        x=drawn.x.tolist(),
        y=drawn.y.tolist(),
        group=list(range(len(drawn))),
        level=[NO_GROUP] * len(drawn),
        size=drawn.sizes.tolist(),
        groups=[
            PictureGroup(key=str(n), title=name_parts(parts, kind), short=shorten(parts, kind), people=int(size))
            for n, (parts, size) in enumerate(zip(drawn.parts, drawn.sizes, strict=True))
        ],
        layers=[
            PictureLayer(
                key=layer.key,
                title=layer.title,
                ends=lines.ends.reshape(-1).tolist(),
                counts=[] if lines.counts is None else lines.counts.tolist(),
            )
        ],
    )
