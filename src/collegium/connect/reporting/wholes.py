"""How far a staff reaches one another, and how much rests on few: the sections about the whole of a unit."""

from __future__ import annotations

import numpy as np

from collegium.connect.reporting.chance import Chance
from collegium.connect.reporting.figures import Figure, Headline, Section
from collegium.connect.reporting.headlines import count_only_links, mark_inside_only
from collegium.connect.reporting.seen import Seen
from collegium.science.networks import cohesion, missing, weak_points, whole
from collegium.science.networks.network import Network
from collegium.science.results import BoolArray, Estimate, IntArray


def report_reach(seen: Seen) -> Section:
    """Say how many people name and are named, how mutual it is, and how far one comes in two steps."""
    network = seen.inner
    parts = cohesion.components(network)
    named = len(network) / seen.n_answered if seen.n_answered else None
    innermost = cohesion.cores(network)
    unnamed = int((network.in_degree == 0).sum())
    spans = seen.spans_of({"largest": _largest, "two_steps": _two_steps, "mutual": _mutual, "closed": _closed})
    figures = (
        seen.figure("named", "number", named, stands=True),
        seen.figure("density", "share", whole.density(network), stands=True),
        seen.count("unnamed", unnamed, of=seen.n, chance=seen.chance_of(lambda web: float((web.in_degree == 0).sum()))),
        seen.count("isolates", int((parts.isolates & seen.answered[seen.people]).sum()), of=seen.n_answered),
        seen.figure(
            "largest",
            "share",
            parts.largest,
            chance=seen.chance_of(_largest),
            span=spans.get("largest"),
        ),
        *(
            seen.figure(key, "share", found, chance=seen.chance_of(measure), span=spans.get(key))
            for key, found, measure in (
                ("two_steps", cohesion.reach(network).mean, _two_steps),
                ("mutual", whole.reciprocity(network).dyadic, _mutual),
                ("closed", cohesion.transitivity(network).undirected, _closed),
            )
        ),
        seen.figure("innermost", "count", innermost.highest, of=_at_least(innermost.members, seen)),
        *_to_silent(seen),
    )
    return Section(key="reach", figures=figures)


def _to_silent(seen: Seen) -> list[Figure]:
    """Say how many ties lead to those who did not answer: far above what chance gives, and many ties are missing."""
    silent = missing.response(seen.inner)
    if silent.silent < seen.rules.k or silent.expected_to_silent is None:
        return []
    expected = silent.expected_to_silent
    chance = Chance(expected=expected, low=expected, high=expected)
    return [seen.figure("to_silent", "share", silent.to_silent, chance=chance, stands=True)]


def _at_least(members: int, seen: Seen) -> int | None:
    return members if members >= seen.rules.k else None


# The same numbers for webs that chance made: a hundred of them, and no need of intervals.
def _largest(web: Network) -> float:
    return max(web.pair_graph.connected_components().sizes(), default=0) / max(web.n, 1)


def _two_steps(web: Network) -> float:
    reached = np.asarray(web.graph.neighborhood_size(order=2, mode="out"), dtype=np.float64) - 1
    return float(reached[web.told].mean()) / max(web.n - 1, 1) if web.told.any() else np.nan


def _mutual(web: Network) -> float:
    known = web.told[web.targets]
    both = int(web.reciprocated[known].sum()) // 2
    return both / (int(known.sum()) - both) if known.any() else np.nan


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
        chance=seen.chance_of(lambda web: float(whole.concentration(web).half_rests_on or np.nan)),
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
            chance=seen.chance_of(measure),
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
