"""What rests on whom: the section that says it without names, and the numbers of each person for them alone."""

from __future__ import annotations

import numpy as np

from collegium.connect.reporting.chance import Chance, usual_of
from collegium.connect.reporting.figures import Figure, GroupTies, Link, Section
from collegium.connect.reporting.grouping import Groups
from collegium.connect.reporting.headlines import count_only_links
from collegium.connect.reporting.seen import Seen
from collegium.connect.reporting.wholes import report_weight
from collegium.science.networks import brokerage, leaving, mending, weak_points
from collegium.science.networks.network import NO_GROUP, Network
from collegium.science.results import IntArray

FEW_LEAVE = 5  # how many of the most called on leave in the second example
MOST_LINKS = 3
LEAST_EXPECTED = 3.0  # ties that chance gives two groups, from which on having none is a gap
NEVER = 0.05


def report_resting(seen: Seen, between: GroupTies | None) -> Section:
    """Say how much rests on few, and what is lost when they leave, beside what is lost when anybody leaves."""
    groups = seen.groups
    own = groups.codes[seen.people]
    points = weak_points.weak_points(seen.inner)
    figures = [
        *report_weight(seen),
        seen.count("points", int(points.articulation.sum()), of=seen.n, chance=seen.chance_of(_points)),
        seen.count("cut_off", int(points.cut_off.max(initial=0)), of=seen.n, chance=seen.chance_of(_cut_off)),
        *_losses(seen, own),
    ]
    if groups.can_be_compared and seen.layer.origin != "known":
        figures += _brokers(seen, own)
    return Section(key="resting", figures=tuple(figures), links=_links(seen, groups, between, points))


def _points(web: Network) -> float:
    return float(len(web.pair_graph.articulation_points()))


def _cut_off(web: Network) -> float:
    return float(weak_points.weak_points(web).cut_off.max(initial=0))


def _losses(seen: Seen, own: IntArray) -> list[Figure]:
    if seen.n <= 2 * FEW_LEAVE or not seen.is_whole or not len(seen.inner):
        return []
    few = leaving.most_called_on(seen.inner, FEW_LEAVE)
    found = leaving.compare_with_random_leavers(seen.inner, few, own, draws=seen.rules.draws)
    return [
        seen.figure("reach_lost", "share", found.loss.reach, chance=usual_of(found.reach, "leavers")),
        seen.figure("crossing_lost", "share", found.loss.crossing, chance=usual_of(found.crossing, "leavers")),
    ]


def report_loss(seen: Seen, leavers: IntArray) -> list[Figure]:
    """Say what those who stay lose when some leave, beside what they lose when any so many do."""
    own = seen.groups.codes[seen.people]
    found = leaving.compare_with_random_leavers(seen.inner, leavers, own, draws=seen.rules.draws)
    loss, staying = found.loss, seen.n - len(leavers)
    figures = [
        seen.figure("loss_reach", "share", loss.reach, chance=usual_of(found.reach, "leavers")),
        seen.figure("loss_ties", "share", loss.ties, chance=usual_of(found.ties, "leavers")),
        seen.figure("loss_crossing", "share", loss.crossing, chance=usual_of(found.crossing, "leavers")),
        seen.count("loss_outside", loss.without_outside, of=staying, chance=usual_of(found.without_outside, "leavers")),
        seen.count("loss_isolated", loss.isolated, of=staying, chance=usual_of(found.isolated, "leavers")),
        seen.count("loss_cut_off", loss.cut_off, of=staying, chance=usual_of(found.cut_off, "leavers")),
    ]
    return [figure for figure in figures if figure.cares[-1:] != ("undefined",)]


def _brokers(seen: Seen, own: IntArray) -> list[Figure]:
    """Count who stands between two that have no tie of their own, by the groups of the three."""
    whole = brokerage.brokerage(seen.inner, own).whole
    figures = []
    for place, role in enumerate(brokerage.ROLES):
        if role in (brokerage.Role.TOTAL, brokerage.Role.CONSULTANT):
            continue
        expected, apart = float(whole.expected[place]), 1.96 * float(whole.deviation[place])
        chance = Chance(expected=expected, low=max(0.0, expected - apart), high=expected + apart, kept="groups")
        figures.append(seen.figure(role.value, "ties", float(whole.observed[place]), chance=chance))
    return figures


def _links(seen: Seen, groups: Groups, between: GroupTies | None, points: weak_points.WeakPoints) -> tuple[Link, ...]:
    """Suggest who could be in two groups: what would mend the worst break first, then where there is nothing at all."""
    if not groups.can_be_compared or not seen.is_whole:
        return ()
    own = groups.codes[seen.people]
    found: dict[frozenset[int], Link] = {}
    if points.worst is not None:
        for link in mending.mend(seen.inner, [points.worst], own).memberships:
            pair = frozenset((link.from_group, link.to_group))
            if NO_GROUP not in pair and len(pair) == 2:
                found.setdefault(pair, _link(groups, link.from_group, link.to_group, link.reconnects))
    if between is not None:
        ties, expected = np.array(between.ties), np.array(between.of_chance)
        both, usual = ties + ties.T, expected + expected.T
        pairs = np.argwhere(np.triu((both <= NEVER * usual) & (usual >= LEAST_EXPECTED), 1))
        for one, other in sorted(pairs.tolist(), key=lambda pair: -usual[pair[0], pair[1]]):
            found.setdefault(frozenset((one, other)), _link(groups, one, other, 0))
    return tuple(found.values())[:MOST_LINKS]


def _link(groups: Groups, one: int, other: int, joins: int) -> Link:
    return Link(first=groups.parts[one], second=groups.parts[other], joins=joins)


def list_leaving(seen: Seen) -> dict[int, dict[str, int]]:
    """Return for each person, by their number in the web, what would be lost if they left; those without any left out.

    `links` is how many would lose their only tie to another team or school, `cut` how many would be parted from the
    rest. It is for the person, and for stewards who can do something about it.
    """
    if not seen.is_whole or not len(seen.inner):
        return {}
    own = seen.groups.codes[seen.people]
    links = count_only_links(seen.inner, own, seen.answered[seen.people])
    cut = weak_points.weak_points(seen.inner).cut_off
    return {
        int(seen.people[place]): {"links": int(links[place]), "cut": int(cut[place])}
        for place in np.flatnonzero((links > 0) | (cut > 0))
    }
