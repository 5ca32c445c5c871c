"""A staff of schools that turns to each other: most ties inside a school, a few people named by many."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np

SCHOOL, LEVELS = 40, 3


def web(people: int, ties: int, seed: int = 1) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return ties (rows of two) and everybody's school; 85 in 100 ties stay inside."""
    chance = np.random.default_rng(seed)
    weight = chance.pareto(1.5, people) + 0.1
    school = np.arange(people) // SCHOOL
    drawn = 3 * ties
    sources = chance.integers(0, people, drawn)
    inside = np.minimum(school[sources] * SCHOOL + chance.integers(0, SCHOOL, drawn), people - 1)
    anywhere = chance.choice(people, drawn, p=weight / weight.sum())
    edges = np.stack((sources, np.where(chance.random(drawn) < 0.85, inside, anywhere)), axis=1)
    edges = np.unique(edges[edges[:, 0] != edges[:, 1]], axis=0)
    return edges[chance.permutation(len(edges))[:ties]], school


def write(path: Path, people: int, ties: int) -> Path:
    """Write the ties as a CSV for peers: the number of people first, then a row for each tie."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([(people,), *web(people, ties)[0].tolist()])
    return path


def levels(people: int) -> np.ndarray[Any, Any]:
    """Return everybody's level: in each school one head, four middle leaders, the rest."""
    place = np.arange(people) % SCHOOL
    return np.select([place == 0, place < 5], [2, 1], 0)
