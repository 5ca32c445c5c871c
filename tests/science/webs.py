"""Webs of ties for tests: those of R's cases, real schools and managers, and any that hypothesis thinks of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from collegium.science.networks.network import Network
from collegium.science.results import Estimate, IntArray
from tests.science import golden
from tests.shared import SHARED

DIRECTED = [name for name in golden.cases("network") if name != "qap" and not name.startswith("igraph_")]
# Ties without a direction: ours are then two, one each way.
UNDIRECTED = [name for name in golden.cases("network") if name.startswith("igraph_")]
PITTS = SHARED / "data" / "net_pitts_spillane"
KRACKHARDT = SHARED / "data" / "net_krackhardt_hightech"
LAYERS = ("advice", "friends", "reports")


@cache
def case(name: str) -> tuple[Network, dict[str, Any], IntArray]:
    """Return the ties, the expected values and the groups (-1 without) of one of R's cases."""
    found = golden.case("network", name)
    nodes = golden.rows(golden.FOLDER / found["input"]["nodes"])
    rows = golden.rows(golden.FOLDER / found["input"]["edges"])
    place = {row["id"]: number for number, row in enumerate(nodes)}
    edges = [(place[row["source"]], place[row["target"]]) for row in rows]
    weights = [float(row["weight"]) for row in rows] if rows and "weight" in rows[0] else None
    if not found["outputs"]["directed"]:
        edges += [(target, source) for source, target in edges]
    names = sorted({row["group"] for row in nodes if "group" in row})
    groups = [names.index(row["group"]) if "group" in row else -1 for row in nodes]
    return Network.of(len(nodes), edges, weights), found["outputs"], np.array(groups)


@cache
def schools() -> tuple[Network, IntArray]:
    """Return the staff of fifteen real schools as one web, and everybody's school, numbered from 0."""
    nodes = golden.rows(PITTS / "nodes.csv")
    place = {(row["school"], row["node"]): number for number, row in enumerate(nodes)}
    rows = golden.rows(PITTS / "edges.csv")
    edges = [(place[row["school"], row["sender"]], place[row["school"], row["receiver"]]) for row in rows]
    return Network.of(len(nodes), edges), np.array([int(row["school"]) - 1 for row in nodes])


@cache
def managers(layer: str) -> tuple[Network, IntArray, IntArray]:
    """Return one layer of ties among Krackhardt's managers, their level (1 is the head) and their department."""
    nodes = golden.rows(KRACKHARDT / f"ht_{layer}_nodes.csv")
    rows = golden.rows(KRACKHARDT / f"ht_{layer}_edges.csv")
    edges = [(int(row["from"]) - 1, int(row["to"]) - 1) for row in rows]
    levels, departments = (np.array([int(row[name]) for row in nodes]) for name in ("level", "dept"))
    return Network.of(len(nodes), edges), levels, departments


@cache
def expected(folder: str, name: str) -> dict[str, str]:
    """Return what R says of one of the real webs."""
    table = golden.rows(SHARED / "data" / folder / "expected" / "graph_measures_sna.csv")
    return next(row for row in table if row["network"] == name)


def real() -> list[Any]:
    """Return every real web with R's numbers: fifteen schools, three layers of managers."""
    web, school = schools()
    found = [
        pytest.param(
            web.subset(school == number), expected("net_pitts_spillane", f"school{number + 1}"), id=f"s{number}"
        )
        for number in range(15)
    ]
    for layer in LAYERS:
        found.append(pytest.param(managers(layer)[0], expected("net_krackhardt_hightech", f"ht_{layer}"), id=layer))
    return found


def same(found: Estimate | float | None, wanted: float | str | None) -> None:
    """Say that a value is R's to 1e-9; NA and null are no value."""
    value = found.value if isinstance(found, Estimate) else found
    if wanted is None or wanted == "NA":
        assert value is None
    else:
        assert value == pytest.approx(float(wanted), rel=1e-9, abs=1e-12)


def numbers_in(result: Any) -> list[float | None]:
    """Return the values of all estimates in a result, in order."""
    if isinstance(result, Estimate):
        return [result.value]
    parts = [getattr(result, name) for name in type(result).__slots__]
    return [part.value for part in parts if isinstance(part, Estimate)]


def all_same(found: Sequence[float] | Any, wanted: Sequence[float | None]) -> None:
    """Say the same of a number for each person, NaN where R has none."""
    numbers = [np.nan if each is None else float(each) for each in wanted]
    np.testing.assert_allclose(np.asarray(found, dtype=float), numbers, rtol=1e-9, atol=1e-12)


@st.composite
def networks(draw: st.DrawFn, least: int = 0, most: int = 9, *, silent: bool = False) -> Network:
    """Draw any web of a few people; `silent` lets some of them not have answered."""
    n = draw(st.integers(least, most))
    possible = [(source, target) for source in range(n) for target in range(n) if source != target]
    # One number for all ties is far quicker to draw than a list of them; two of them leave a quarter of the ties.
    places = st.integers(0, (1 << len(possible)) - 1)
    chosen = draw(places) & draw(places)
    edges = [tie for place, tie in enumerate(possible) if chosen >> place & 1]
    answered = draw(st.lists(st.booleans(), min_size=n, max_size=n)) if silent else None
    if answered is not None:
        edges = [(source, target) for source, target in edges if answered[source]]
    return Network.of(n, edges, answered=answered)


EMPTY = Network.of(0, [])
ALONE = Network.of(1, [])
ISOLATED = Network.of(5, [])
EDGES = [pytest.param(EMPTY, id="nobody"), pytest.param(ALONE, id="one"), pytest.param(ISOLATED, id="isolated")]
