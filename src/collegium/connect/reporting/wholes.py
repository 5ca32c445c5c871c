"""How far a staff reaches one another, and how much rests on few: the sections about the whole of a unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from collegium.connect.reporting.chance import Kept, expect
from collegium.connect.reporting.figures import Figure, Headline, Section
from collegium.connect.reporting.headlines import count_only_links, mark_inside_only
from collegium.connect.reporting.seen import Seen
from collegium.science.networks import cohesion, missing, weak_points, whole
from collegium.science.networks.network import Network
from collegium.science.results import BoolArray, Estimate, IntArray


def report_reach(seen: Seen) -> Section:
    """Say how many people name and are named, how mutual it is, and how far one comes in two steps."""
    network = seen.inner
    isolates = _isolates(network) & seen.answered[seen.people]
    unnamed = int((network.in_degree == 0).sum())
    innermost = cohesion.cores(network)
    figures = (
        seen.figure("named", "number", _named(network), stands=True),
        seen.figure("density", "share", whole.density(network), stands=True),
        seen.count("unnamed", unnamed, of=seen.n, chance=seen.chance_of(_unnamed, "choices")),
        seen.count(
            "isolates",
            int(isolates.sum()),
            of=seen.n_answered,
            chance=seen.chance_of(lambda web: float((_isolates(web) & web.told).sum()), "choices"),
        ),
        *_holding_together(seen),
        seen.figure(
            "innermost",
            "count",
            innermost.highest,
            of=_at_least(innermost.members, seen),
            chance=seen.chance_of(lambda web: float(cohesion.cores(web).highest)),
        ),
        seen.figure(
            "outgoing",
            "share",
            whole.degree_centralisation(network).outgoing,
            chance=seen.chance_of(_outgoing, "density"),
            stands=True,
        ),
        *_to_silent(seen),
    )
    return Section(key="reach", figures=figures)


def _holding_together(seen: Seen) -> list[Figure]:
    """Say how far ties hold a staff together: beside webs in which everybody names, and is named, as often."""
    network, mutual = seen.inner, whole.reciprocity(seen.inner)
    found: dict[str, tuple[Estimate | float, Callable[[Network], float]]] = {
        "two_steps": (cohesion.reach(network).mean, _two_steps),
        "mutual": (mutual.dyadic, _mutual),
        "returned": (mutual.edgewise, _returned),
        "closed": (cohesion.transitivity(network).undirected, _closed),
    }
    k = seen.rules.k
    spans = seen.spans_of({"largest": _joined, **{key: measure for key, (_value, measure) in found.items()}})
    return [
        seen.count(
            "largest", round(_joined(network)), of=seen.n, chance=seen.chance_of(_joined), span=spans.get("largest")
        ),
        seen.figure("parts", "count", _parts(network, k), chance=seen.chance_of(lambda web: _parts(web, k))),
        *(
            seen.figure(key, "share", value, chance=seen.chance_of(measure), span=spans.get(key))
            for key, (value, measure) in found.items()
        ),
    ]


def _to_silent(seen: Seen) -> list[Figure]:
    """Say how many ties lead to those who did not answer: far above what chance gives, and many ties are missing."""
    silent = missing.response(seen.inner)
    if silent.silent < seen.rules.k or silent.expected_to_silent is None:
        return []
    expected = silent.expected_to_silent
    return [seen.figure("to_silent", "share", silent.to_silent, chance=expect(expected, "choices"), stands=True)]


def _at_least(members: int, seen: Seen) -> int | None:
    return members if members >= seen.rules.k else None


def _named(network: Network) -> Estimate:
    """Return how many each names: the density of as many ties as there could be."""
    found, others = whole.density(network), max(network.n - 1, 0)
    ends = found.interval
    return replace(
        found,
        value=None if found.value is None else found.value * others,
        interval=ends and replace(ends, low=ends.low * others, high=ends.high * others),
    )


# The same numbers for webs that chance made: a hundred of them, and no need of intervals.
def _isolates(web: Network) -> BoolArray:
    found: BoolArray = (web.in_degree + web.out_degree) == 0
    return found


def _unnamed(web: Network) -> float:
    return float((web.in_degree == 0).sum())


def _sizes(web: Network) -> list[int]:
    found: list[int] = web.pair_graph.connected_components().sizes()
    return found


def _joined(web: Network) -> float:
    return float(max(_sizes(web), default=0))


def _parts(web: Network, k: int) -> float:
    """Count the parts of at least k people: smaller ones are somebody."""
    return float(sum(size >= k for size in _sizes(web)))


def _two_steps(web: Network) -> float:
    reached = np.asarray(web.graph.neighborhood_size(order=2, mode="out"), dtype=np.float64) - 1
    return float(reached[web.told].mean()) / max(web.n - 1, 1) if web.told.any() else np.nan


def _mutual(web: Network) -> float:
    known = web.told[web.targets]
    both = int(web.reciprocated[known].sum()) // 2
    return both / (int(known.sum()) - both) if known.any() else np.nan


def _returned(web: Network) -> float:
    known = web.told[web.targets]
    return float(web.reciprocated[known].mean()) if known.any() else np.nan


def _closed(web: Network) -> float:
    return float(web.pair_graph.transitivity_undirected())


def report_headline(seen: Seen) -> Headline:
    """Say the three numbers that a staff hears first."""
    groups = seen.groups
    carriers = whole.concentration(seen.inner).half_rests_on
    found = seen.figure(
        "carriers",
        "people",
        carriers,
        of=seen.n,
        chance=seen.chance_of(lambda web: float(whole.concentration(web).half_rests_on or np.nan), "choices"),
    )
    if not groups.can_be_compared:
        cut_off = int(weak_points.weak_points(seen.inner).cut_off.max(initial=0))
        alone = cohesion.components(seen.inner).isolates & seen.answered[seen.people]
        return Headline(
            carriers=found,
            leaver=seen.count("cut_off", cut_off, of=seen.n),
            inside=seen.count("isolates", int(alone.sum()), of=seen.n_answered),
            apart="rest",
        )
    own, told = groups.codes[seen.people], seen.answered[seen.people]
    links = count_only_links(seen.inner, own, told)
    leaver = seen.count(
        "leaver",
        int(links.max(initial=0)),
        of=seen.n,
        chance=seen.chance_of(lambda web: float(count_only_links(web, own, told).max(initial=0))),
    )
    alone = mark_inside_only(seen.layer.network, groups.codes, seen.answered)
    inside = seen.count(
        "inside",
        int(alone.sum()),
        of=seen.n_answered,
        chance=seen.chance_of(lambda web: _alone(web, own, told)),
        stands=True,
    )
    return Headline(carriers=found, leaver=leaver, inside=inside, apart=seen.apart)


def _alone(web: Network, own: IntArray, told: BoolArray) -> float:
    return float(mark_inside_only(web, own, told).sum())


def report_weight(seen: Seen) -> list[Figure]:
    """Say how unequally people are turned to."""
    found = whole.concentration(seen.inner)
    measures = {"top_tenth": _top_tenth, "gini": _gini, "centralisation": _centralisation}
    spans = seen.spans_of(measures)
    kept: Kept = "choices"  # how often people are named is what these are about
    values = {
        "top_tenth": found.top_tenth,
        "gini": found.gini,
        "centralisation": whole.degree_centralisation(seen.inner).incoming,
    }
    return [
        seen.figure(
            key,
            "number" if key == "gini" else "share",
            values[key],
            chance=seen.chance_of(measure, kept),
            span=spans.get(key),
        )
        for key, measure in measures.items()
    ]


def _number(found: Estimate) -> float:
    return np.nan if found.value is None else found.value


def _top_tenth(web: Network) -> float:
    return _number(whole.concentration(web).top_tenth)


def _gini(web: Network) -> float:
    return _number(whole.concentration(web).gini)


def _centralisation(web: Network) -> float:
    return _number(whole.degree_centralisation(web).incoming)


def _outgoing(web: Network) -> float:
    return _number(whole.degree_centralisation(web).outgoing)
