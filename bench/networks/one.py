"""One measurement in a process of its own: `python -m bench.networks.one WHAT PEOPLE TIES`. Prints JSON.

WHAT is `page` (every measure of a unit's page except permutations), `chance` (the permutations), `shared` (what plain
igraph and networkx have as well), `igraph` (the same by plain calls of igraph) or `layout`. Libraries are loaded and
have been used once before the clock starts; building the graph counts.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from bench.networks.generate import LEVELS, levels, web
from collegium.science.networks import (
    brokerage,
    chance,
    change,
    cohesion,
    formal,
    hierarchy,
    layers,
    layout,
    leaving,
    links,
    mending,
    missing,
    mixing,
    positions,
    weak_points,
    whole,
)
from collegium.science.networks.network import Network

LEAVERS = 5
AT_LEAST = 1.0  # seconds


def page(people: int, ties: int) -> dict[str, float]:
    """Everything that a page shows except what permutes or draws, with the time each part took."""
    edges, school = web(people, ties)
    level = levels(people)
    everybody = np.ones(people, dtype=bool)
    network = Network.of(people, edges)
    called_on = leaving.most_called_on(network, min(LEAVERS, people))
    before = Network.of(people, edges[: len(edges) * 4 // 5])
    parts: dict[str, Callable[[], Any]] = {
        "density": lambda: whole.density(network),
        "reciprocity": lambda: whole.reciprocity(network),
        "centralisation": lambda: whole.degree_centralisation(network),
        "concentration": lambda: whole.concentration(network),
        "components": lambda: cohesion.components(network),
        "reach": lambda: cohesion.reach(network),
        "transitivity": lambda: cohesion.transitivity(network),
        "cores": lambda: cohesion.cores(network),
        "krackhardt": lambda: hierarchy.krackhardt(network),
        "betweenness": lambda: positions.betweenness(network),
        "constraint": lambda: positions.constraint(network),
        "brokerage": lambda: brokerage.brokerage(network, school),
        "mixing": lambda: mixing.mixing(network, school),
        "ei-index": lambda: mixing.ei_index(network, school, permutations=0),
        "bonding": lambda: links.bonding_and_bridging(network, school),
        "links": lambda: links.links(network, school, level),
        "proximity": lambda: links.proximity(network, school, [1]),
        "formal-informal": lambda: formal.formal_and_informal(network, level, level > 0, permutations=0),
        "weak points": lambda: weak_points.weak_points(network),
        "leaving": lambda: leaving.loss_when_leaving(network, called_on, school),
        "mending": lambda: mending.mend(network, called_on[:1], school),
        "substitutes": lambda: mending.substitutes(network, int(called_on[0]), roles=np.eye(LEVELS)[level]),
        "response": lambda: (missing.response(network), missing.standing_of_measures(network)),
        "change": lambda: change.change_of_ties(before, network, there_before=everybody, there_after=everybody),
        "layers": lambda: layers.correlate_layers(before, network, permutations=0),
    }
    return _timed(parts)


def permutations(people: int, ties: int) -> dict[str, float]:
    """What a page compares with chance, with as many draws as nothing else is said."""
    edges, school = web(people, ties)
    level, network = levels(people), Network.of(people, edges)
    before = Network.of(people, edges[: len(edges) * 4 // 5])
    called_on = leaving.most_called_on(network, min(LEAVERS, people))
    compared: dict[str, chance.Statistic] = {
        "reciprocity": lambda one: whole.reciprocity(one).edgewise,
        "transitivity": lambda one: cohesion.transitivity(one).undirected,
        "reach": lambda one: cohesion.reach(one).mean,
    }
    parts: dict[str, Callable[[], Any]] = {
        "chance, 200 webs": lambda: chance.compare_with_chance(network, compared),
        "ei-index, 999": lambda: mixing.ei_index(network, school),
        "formal-informal, 999": lambda: formal.formal_and_informal(network, level, level > 0),
        "layers, 999": lambda: layers.correlate_layers(before, network),
        "random leavers, 200": lambda: leaving.compare_with_random_leavers(network, called_on, school),
    }
    return _timed(parts)


def shared(people: int, ties: int) -> dict[str, float]:
    """What plain igraph and networkx have as well, as we work it out."""
    edges, _ = web(people, ties)
    network = Network.of(people, edges)
    parts: dict[str, Callable[[], Any]] = {
        "graph": lambda: (network.graph, network.pair_graph),
        "density": lambda: whole.density(network),
        "reciprocity": lambda: whole.reciprocity(network),
        "components": lambda: cohesion.components(network),
        "transitivity": lambda: cohesion.transitivity(network),
        "cores": lambda: cohesion.cores(network),
        "betweenness": lambda: positions.betweenness(network),
        "constraint": lambda: positions.constraint(network),
        "weak points": lambda: weak_points.weak_points(network),
    }
    return _timed(parts)


def plain_igraph(people: int, ties: int) -> dict[str, float]:
    """The same by plain calls of igraph."""
    from igraph import Graph

    edges, _ = web(people, ties)
    graphs: list[Any] = []

    def build() -> None:
        graphs.append(Graph(n=people, edges=edges.tolist(), directed=True))
        graphs.append(graphs[0].as_undirected(mode="collapse"))

    taken = _timed({"graph": build})
    directed, pairs = graphs
    return taken | _timed(
        {
            "density": directed.density,
            "reciprocity": directed.reciprocity,
            "components": lambda: (directed.connected_components("strong"), pairs.connected_components()),
            "transitivity": pairs.transitivity_undirected,
            "cores": pairs.coreness,
            "betweenness": directed.betweenness,
            "constraint": directed.constraint,
            "weak points": lambda: (pairs.articulation_points(), pairs.bridges()),
        }
    )


def draw(people: int, ties: int) -> dict[str, float]:
    """The map, afresh and from an earlier one."""
    edges, school = web(people, ties)
    network, found = Network.of(people, edges), {}

    def afresh() -> None:
        found["places"] = layout.lay_out(network, groups=school).places

    return _timed({"afresh": afresh, "from before": lambda: layout.lay_out(network, start=found["places"])})


def _timed(parts: dict[str, Callable[[], Any]]) -> dict[str, float]:
    taken = {}
    for name, part in parts.items():
        before = _cpu()
        part()
        taken[name] = _cpu() - before
    return taken


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


WHAT = {"page": page, "chance": permutations, "shared": shared, "igraph": plain_igraph, "layout": draw}


def main() -> None:
    """Measure."""
    do, people, ties = WHAT[sys.argv[1]], int(sys.argv[2]), int(sys.argv[3])
    do(30, 60)  # what is loaded at first use is no part of the work
    began, runs = time.perf_counter(), [do(people, ties)]
    # What takes milliseconds is told by the median of many.
    while time.perf_counter() - began < AT_LEAST and len(runs) < 20:
        runs.append(do(people, ties))
    parts = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu_s": sum(parts.values()), "peak_mib": peak, "parts": parts}))


if __name__ == "__main__":
    main()
