"""Where to draw people on a map, so that who is tied stands near."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from collegium.science.errors import UnusableInput
from collegium.science.networks.cohesion import components
from collegium.science.networks.network import Network
from collegium.science.results import BoolArray, FloatArray, IntArray, Locked

# Rounds of moving everybody; in large webs each takes long, and the picture is settled early.
ROUNDS, ROUNDS_OF_MANY, MANY = 400, 300, 2000
ROUNDS_FROM_BEFORE, HEAT = 20, 0.1
_CHANCE = Lock()
GAP = 0.6  # between parts, in the distance of two people who are tied


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layout(Locked):
    """Places on a square map: across and down, from 0 to 1, a row for each person."""

    places: FloatArray
    method: str


def lay_out(
    network: Network,
    *,
    groups: Sequence[int] | npt.NDArray[Any] | None = None,
    start: npt.ArrayLike | None = None,
    seed: int = 1,
) -> Layout:
    """Return places for everybody, the same for the same web.

    Parameters
    ----------
    network : Network
        Ties of either direction pull people together; weights play no part.
    groups : array of int, one for each person, optional
        People of the same group begin beside each other; -1 where not known.
    start : array of float, (people, 2), optional
        Places in an earlier picture, NaN for people who were not in it. Whoever was stays about where they were.
    seed : int
        Of where people begin, at least 0.

    Returns
    -------
    Layout
        Everybody from 0 to 1 in both directions. Parts that no tie joins lie beside each other, the largest first.

    Raises
    ------
    UnusableInput
        If groups or start do not fit the people, places are infinite, or the seed is below 0.

    Notes
    -----
    Fruchterman and Reingold's forces for each part, on a grid where there are many people. Parts are put into squares
    whose area grows with their people, and the squares in rows. From an earlier picture each part moves a little, and
    is then shifted and scaled back to where it was.

    References
    ----------
    Fruchterman and Reingold (1991), Graph drawing by force-directed placement, Software: Practice and Experience 21,
    1129-1164.

    Examples
    --------
    >>> found = lay_out(Network.of(3, [(0, 1), (1, 2)]))
    >>> found.places.shape, bool(((found.places >= 0) & (found.places <= 1)).all())
    ((3, 2), True)
    """
    UnusableInput.unless(seed >= 0, "seed", "A seed is at least 0.", seed=seed)
    codes = np.zeros(network.n, dtype=np.int64) if groups is None else network.codes(groups)
    chance = np.random.default_rng(seed)
    if start is None:
        return Layout(places=_afresh(network, codes, chance), method="layout: afresh")
    before = np.asarray(start, dtype=np.float64)
    UnusableInput.unless(
        before.shape == (network.n, 2) and not np.isinf(before).any(),
        "shape",
        "An earlier picture has two numbers for each person, NaN for whoever was not in it.",
    )
    known: BoolArray = np.logical_not(np.isnan(before).any(axis=1))
    if not known.any():
        return Layout(places=_afresh(network, codes, chance), method="layout: afresh")
    return Layout(places=_from_before(network, before, known, chance), method="layout: from an earlier picture")


def _afresh(network: Network, codes: IntArray, chance: np.random.Generator) -> FloatArray:
    places = _beginnings(codes, chance)
    parts = components(network)
    corners, sides = _squares(parts.weak_sizes)
    order = np.argsort(parts.weak, kind="stable")
    ends = np.cumsum(parts.weak_sizes)
    for number, people in enumerate(np.split(order, ends[:-1]) if network.n else []):
        if len(people) > 1:
            rounds = ROUNDS if len(people) <= MANY else ROUNDS_OF_MANY
            moved = _move(network.subset(people), places[people] * len(people) ** 0.5, rounds)
            places[people] = corners[number] + _fitted(moved) * sides[number]
        else:
            places[people] = corners[number] + sides[number] / 2
    return _within(places)


def _beginnings(codes: IntArray, chance: np.random.Generator) -> FloatArray:
    """Put the groups on a circle, and their people around them."""
    groups = max(int(codes.max(initial=-1)) + 1, 1)
    angle = 2 * np.pi * codes / groups
    centres = np.stack((np.cos(angle), np.sin(angle)), axis=1) * (groups > 1)
    found: FloatArray = centres + chance.normal(scale=0.5, size=(len(codes), 2))
    return found


def _move(network: Network, places: FloatArray, rounds: int, heat: float | None = None) -> FloatArray:
    import igraph

    graph = network.pair_graph
    more = {} if heat is None else {"start_temp": heat}
    # igraph keeps people from lying on one spot by chance, from one source for all threads.
    with _CHANCE:
        igraph.set_random_number_generator(Random(len(network)))  # noqa: S311 - hides nothing
        try:
            moved = graph.layout_fruchterman_reingold(seed=places.tolist(), niter=rounds, grid="auto", **more)
        finally:
            igraph.set_random_number_generator(random)
    return np.asarray(moved.coords, dtype=np.float64)


def _fitted(places: FloatArray) -> FloatArray:
    """Move a picture into the square from 0 to 1, its middle in the middle."""
    low, high = places.min(axis=0), places.max(axis=0)
    extent = max(float((high - low).max()), 1e-9)
    fitted: FloatArray = (places - (low + high) / 2) / extent + 0.5
    return fitted


def _squares(sizes: IntArray) -> tuple[FloatArray, FloatArray]:
    """Return the corner and the side of a square for each part: in rows, as near to a square together as they come."""
    sides = np.sqrt(sizes.astype(np.float64))
    least = float(np.sqrt(((sides + GAP) ** 2).sum()))
    tried = [_in_rows(sides, least * factor) for factor in np.linspace(1, 1.6, 13)]
    return min(tried, key=lambda corners: float((corners + sides[:, None]).max(initial=0))), sides


def _in_rows(sides: FloatArray, width: float) -> FloatArray:
    corners = np.zeros((len(sides), 2))
    across = down = height = 0.0
    for number, side in enumerate((sides + GAP).tolist()):
        if across and across + side > width * (1 + 1e-9):
            across, down, height = 0.0, down + height, 0.0
        corners[number] = across, down
        across, height = across + side, max(height, side)
    return corners


def _within(places: FloatArray) -> FloatArray:
    """Scale a finished picture to the map, a little away from its edge."""
    if len(places) < 2:
        return np.full_like(places, 0.5)
    inner: FloatArray = 0.02 + 0.96 * _fitted(places)
    return inner


def _from_before(network: Network, before: FloatArray, known: BoolArray, chance: np.random.Generator) -> FloatArray:
    places = _filled(network, before, known, chance)
    parts = components(network)
    order, ends = np.argsort(parts.weak, kind="stable"), np.cumsum(parts.weak_sizes)
    for people in np.split(order, ends[:-1]):
        if len(people) > 1 and known[people].any():
            places[people] = _moved_a_little(network.subset(people), places[people], before[people], known[people])
    return np.clip(places, 0, 1)


def _moved_a_little(part: Network, places: FloatArray, before: FloatArray, known: BoolArray) -> FloatArray:
    """Let the forces act for a while, and put those who were there before back to the same middle and spread."""
    lengths = np.linalg.norm(places[part.pairs[:, 0]] - places[part.pairs[:, 1]], axis=1)
    usual = float(np.median(lengths))
    if usual <= 0:
        return places
    moved = _move(part, places / usual, ROUNDS_FROM_BEFORE, HEAT)
    # igraph hands pictures over turned and mirrored as it likes.
    middle, target = moved[known].mean(axis=0), before[known].mean(axis=0)
    left, _, right = np.linalg.svd((moved - moved.mean(axis=0)).T @ (places - places.mean(axis=0)))
    spread, wanted = _spread(moved[known]), _spread(before[known])
    scale = wanted / spread if spread and wanted else usual
    back: FloatArray = (moved - middle) @ (left @ right) * scale + target
    return back


def _spread(places: FloatArray) -> float:
    return float(np.sqrt(((places - places.mean(axis=0)) ** 2).sum()))


def _filled(network: Network, before: FloatArray, known: BoolArray, chance: np.random.Generator) -> FloatArray:
    """Put newcomers between those whom they are tied to; whoever is tied to nobody there, at the edge."""
    places, placed = before.copy(), known.copy()
    for _ in range(network.n):
        near = np.concatenate((network.pairs, network.pairs[:, ::-1]))
        near = near[placed[near[:, 1]] & ~placed[near[:, 0]]]
        if not len(near):
            break
        count = np.bincount(near[:, 0], minlength=network.n)
        new = count > 0
        for axis in (0, 1):
            sums = np.bincount(near[:, 0], places[near[:, 1], axis], network.n)
            places[new, axis] = sums[new] / count[new]
        places[new] += chance.normal(scale=0.01, size=(int(new.sum()), 2))
        placed |= new
    rest = np.flatnonzero(~placed)
    angle = chance.random(len(rest)) * 2 * np.pi
    places[rest] = 0.5 + 0.47 * np.stack((np.cos(angle), np.sin(angle)), axis=1)
    return places
