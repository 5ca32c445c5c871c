"""Maps: where the marks of people, teams and schools lie, and the lines between them. Made once for all readers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from collegium.connect.reporting.grouping import Groups
from collegium.connect.reporting.web import Layer, Web
from collegium.science.networks.layout import lay_out
from collegium.science.networks.network import NO_GROUP, Network
from collegium.science.results import BoolArray, FloatArray, IntArray, Locked

# Places are whole numbers on a square of this size: fine enough for paper, short enough to send.
SIDE = 10_000
MARGIN = 400


@dataclass(frozen=True, kw_only=True, eq=False)
class Lines(Locked):
    """The lines of one layer, as rows of two marks. Between people they have no direction and no weight.

    Between groups a row goes from those who turn to those who are turned to, and `counts` says how many ties it is. Of
    a confidential layer, and of what the house knows, there are none between people.
    """

    key: str
    ends: IntArray
    counts: IntArray | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class PeopleMap(Locked):
    """Where each person lies who may be drawn: `people` are their numbers in the web."""

    people: IntArray
    x: IntArray
    y: IntArray
    team: IntArray
    level: IntArray
    lines: tuple[Lines, ...]

    def __len__(self) -> int:
        return len(self.people)

    def without(self, people: Collection[int]) -> PeopleMap:
        """Return the map without some people, by their numbers in the web, and without their lines."""
        kept = np.flatnonzero(~np.isin(self.people, np.array(list(people), dtype=np.int64)))
        place = np.full(len(self), NO_GROUP, dtype=np.int64)
        place[kept] = np.arange(len(kept))
        lines = []
        for each in self.lines:
            ends = place[each.ends]
            lines.append(Lines(key=each.key, ends=ends[(ends != NO_GROUP).all(axis=1)]))
        columns = {name: getattr(self, name)[kept] for name in ("people", "x", "y", "team", "level")}
        return PeopleMap(lines=tuple(lines), **columns)


@dataclass(frozen=True, kw_only=True, eq=False)
class GroupMap(Locked):
    """Where each group lies, what it is made of and how many people are in it."""

    parts: tuple[tuple[str, ...], ...]
    sizes: IntArray
    x: IntArray
    y: IntArray
    lines: tuple[Lines, ...]

    def __len__(self) -> int:
        return len(self.parts)


def list_drawn(layers: Sequence[Layer]) -> list[Layer]:
    """Return the layers whose ties are drawn from person to person.

    What is said in confidence is not. Nor is what the house knows: who is in a group stands on its page by name, and
    lines between its people would say which marks they are.
    """
    return [layer for layer in layers if not layer.is_confidential and layer.origin != "known"]


def join_layers(layers: Sequence[Layer], n: int) -> Network:
    """Return the ties that are in any of the layers: the map keeps its places whichever of them is looked at."""
    rows = [layer.network.edges for layer in layers]
    edges = np.unique(np.concatenate(rows), axis=0) if rows else np.zeros((0, 2), dtype=np.int64)
    return Network(n=n, edges=edges)


def draw_people(web: Web, members: BoolArray, *, start: FloatArray | None = None) -> PeopleMap:
    """Place the members who may be drawn. `start` holds places of an earlier map, as long as the web, NaN for new ones.

    Who declines to be drawn has no part in it: not even the places of others tell of their ties.
    """
    people = np.flatnonzero(members & web.shown)
    drawn = list_drawn(web.layers)
    joined = join_layers([_only(layer, people) for layer in drawn], len(people))
    x, y = _place(joined, None if start is None else start[people], web.team[people])
    return PeopleMap(
        people=people,
        x=x,
        y=y,
        team=web.team[people],
        level=web.level[people],
        lines=tuple(Lines(key=layer.key, ends=layer.network.subset(people).pairs) for layer in drawn),
    )


def _only(layer: Layer, people: IntArray) -> Layer:
    return Layer(key=layer.key, title=layer.title, network=layer.network.subset(people), origin=layer.origin)


def draw_groups(web: Web, groups: Groups) -> GroupMap:
    """Place groups of at least k by the ties between them, and count the ties of every layer."""
    counted = [(layer.key, count_between(layer.network, groups)) for layer in web.layers]
    total = sum((table for _key, table in counted), np.zeros((len(groups), len(groups)), dtype=np.int64))
    np.fill_diagonal(total, 0)
    edges = np.argwhere(total > 0)
    weights = total[edges[:, 0], edges[:, 1]].astype(np.float64) if len(edges) else None
    x, y = _place(Network(n=len(groups), edges=edges.reshape(-1, 2), weights=weights))
    lines = []
    for key, table in counted:
        ends = np.argwhere(table > 0)
        lines.append(Lines(key=key, ends=ends.reshape(-1, 2), counts=table[ends[:, 0], ends[:, 1]]))
    return GroupMap(parts=groups.parts, sizes=groups.sizes, x=x, y=y, lines=tuple(lines))


def count_between(network: Network, groups: Groups) -> IntArray:
    """Return how many ties go from each group to each, those within on the diagonal."""
    ends = groups.codes[network.edges]
    known = (ends != NO_GROUP).all(axis=1)
    table: IntArray = np.zeros((len(groups), len(groups)), dtype=np.int64)
    np.add.at(table, (ends[known, 0], ends[known, 1]), 1)
    return table


def _place(
    network: Network, start: FloatArray | None = None, groups: IntArray | None = None
) -> tuple[IntArray, IntArray]:
    """Return whole places on the square, away from its edges."""
    before = None if start is None else (start - MARGIN) / (SIDE - 2 * MARGIN)
    places = lay_out(network, groups=groups, start=before).places
    found = np.rint(places * (SIDE - 2 * MARGIN) + MARGIN).astype(np.int64)
    return found[:, 0], found[:, 1]
