"""Who turns to whom between teams, levels and schools: groups of at least k, merged before anything is counted."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal

import numpy as np

from collegium.connect.reporting.chance import expect, usual_of
from collegium.connect.reporting.figures import Figure, GroupKind, GroupTies, Section
from collegium.connect.reporting.grouping import Groups
from collegium.connect.reporting.headlines import mark_inside_only
from collegium.connect.reporting.maps import count_between
from collegium.connect.reporting.seen import Seen
from collegium.science.networks import formal, links, mixing
from collegium.science.networks.network import NO_GROUP, Network
from collegium.science.results import FloatArray, IntArray


def tabulate(seen: Seen, groups: Groups, kind: GroupKind) -> GroupTies:
    """Count the ties between groups, beside what there would be if everybody named anybody of the unit."""
    ties = count_between(seen.layer.network, groups)
    codes = groups.codes
    said = np.zeros(len(groups), dtype=np.int64)
    inner = seen.inner
    own = codes[seen.people]
    np.add.at(said, own[inner.sources[own[inner.sources] != NO_GROUP]], 1)
    people = groups.sizes.astype(np.float64)
    expected: FloatArray = np.outer(said, people) - np.diag(said)
    expected /= max(seen.n - 1, 1)
    answered = np.bincount(codes[seen.answered & (codes != NO_GROUP)], minlength=len(groups))
    return GroupTies(
        kind=kind,
        parts=groups.parts,
        sizes=tuple(map(int, groups.sizes)),
        answered=tuple(map(int, answered)),
        ties=tuple(tuple(map(int, row)) for row in ties),
        of_chance=tuple(tuple(map(float, row)) for row in expected),
    )


def share_inside(network: Network, codes: IntArray) -> float:
    """Return the share of the ties between known groups that stay in one; NaN without any."""
    ends = codes[network.edges]
    known = (ends != NO_GROUP).all(axis=1)
    return float((ends[known, 0] == ends[known, 1]).mean()) if known.any() else float("nan")


def report_groups(seen: Seen, groups: Groups, kind: GroupKind) -> Section | None:
    """Say how far ties stay inside teams or schools; None where there are no two groups to tell apart."""
    if not groups.can_be_compared:
        return None
    codes = groups.codes
    own = codes[seen.people]
    inside = share_inside(seen.inner, own)
    chance = seen.chance_of(lambda web: share_inside(web, own))
    alone = mark_inside_only(seen.layer.network, codes, seen.answered)
    figures = [
        seen.figure(f"{kind}_inside", "share", inside, chance=chance, stands=True),
        _outwards(seen, own, kind),
        seen.count(
            f"{kind}_inside_only",
            int(alone.sum()),
            of=seen.n_answered,
            chance=seen.chance_of(lambda web: _alone(web, own, seen)),
            stands=True,
        ),
    ]
    figures += _often(seen, codes, kind)
    section: Literal["teams", "schools"] = "teams" if kind == "team" else "schools"
    return Section(key=section, figures=tuple(figures), between=tabulate(seen, groups, kind))


def _outwards(seen: Seen, own: IntArray, kind: GroupKind) -> Figure:
    """Say how far ties lead out of groups, beside the same people dealt out to the groups anew."""
    asked = seen.rules.draws if seen.is_whole and seen.layer.origin != "known" else 0
    found = mixing.ei_index(seen.inner, own, permutations=asked)
    return seen.figure(
        f"{kind}_ei", "number", found.index, chance=usual_of(found.chance, "groups"), p=found.chance.p, stands=True
    )


def _alone(web: Network, own: IntArray, seen: Seen) -> float:
    return float(mark_inside_only(web, own, seen.answered[seen.people]).sum())


def _often(seen: Seen, codes: IntArray, kind: GroupKind) -> list[Figure]:
    """Say how many of the ties across are frequent ones (A5: nearness through regular contact)."""
    network, often = seen.layer.network, seen.layer.often
    if often is None or network.weights is None:
        return []
    ends = codes[network.edges]
    across = (ends != NO_GROUP).all(axis=1) & (ends[:, 0] != ends[:, 1])
    weekly = float((network.weights[across] >= often).mean()) if across.any() else None
    return [seen.figure(f"{kind}_often", "share", weekly, of=int(across.sum()), stands=True)]


def report_levels(seen: Seen) -> Section | None:
    """Say how ties go across levels, and how many go to people without a post of leadership (H3)."""
    groups = seen.levels
    figures = []
    has_post = seen.web.has_post[seen.people]
    if seen.posts_can_stand and len(seen.inner):
        to_no_post = float((~has_post)[seen.inner.targets].mean())
        chance = seen.chance_of(lambda web: float((~has_post)[web.targets].mean()), "choices")
        figures.append(seen.figure("to_no_post", "share", to_no_post, chance=chance, stands=True))
    if not groups.can_be_compared:
        return Section(key="levels", figures=tuple(figures)) if figures else None
    own = groups.codes[seen.people]
    same = share_inside(seen.inner, own)
    figures.append(
        seen.figure("level_same", "share", same, chance=seen.chance_of(lambda web: share_inside(web, own)), stands=True)
    )
    figures.append(_outwards(seen, own, "level"))
    if seen.has_ordered_levels and len(seen.inner):
        figures += _formal(seen, own)
    between = seen.levels_between
    return Section(key="levels", figures=tuple(figures), between=tabulate(seen, between, "level") if between else None)


def _formal(seen: Seen, own: IntArray) -> list[Figure]:
    """Hold posts against whom people turn to: is it those who lead, and does it go up or down?"""
    has_post = seen.web.has_post[seen.people]
    found = formal.formal_and_informal(seen.inner, own, has_post, permutations=seen.rules.draws)
    figures = [
        seen.figure(key, "share", value, chance=seen.chance_of(_leading(own, way)), stands=True)
        for key, value, way in (("upwards", found.upwards, 1), ("downwards", found.downwards, -1))
    ]
    usual = usual_of(found.chance, "groups")
    figures.append(seen.figure("post_standing", "number", found.correlation, chance=usual, p=found.chance.p))
    # The most named tenth is a group, too, of which nothing is said where it is fewer than k.
    if math.ceil(seen.n / 10) >= seen.rules.k:
        figures.append(seen.figure("top_without_post", "share", found.top_without_post))
    return figures


def _leading(levels: IntArray, way: int) -> Callable[[Network], float]:
    """Return the measure of which ties between known levels lead up (1) or down (-1)."""

    def measure(web: Network) -> float:
        ends = levels[web.edges]
        steps = np.sign(ends[:, 1] - ends[:, 0])[(ends != NO_GROUP).all(axis=1)]
        return float((steps == way).mean()) if len(steps) else float("nan")

    return measure


def report_schools(seen: Seen) -> Section | None:
    """Say how schools are joined: ties inside and across, at the same level and between levels (A5), how often."""
    section = report_groups(seen, seen.schools, "school")
    if section is None or section.between is None:
        return None
    own, count = seen.schools.codes[seen.people], len(seen.schools)

    def joined(web: Network) -> float:
        ends = np.sort(own[web.edges], axis=1)
        across = ends[(ends[:, 0] != NO_GROUP) & (ends[:, 0] != ends[:, 1])]
        return float(len(np.unique(across @ np.array([count, 1]))))

    pairs = count * (count - 1) // 2
    chance = seen.chance_of(joined)
    more = [
        seen.figure("schools_joined", "count", joined(seen.inner), of=pairs, chance=chance, stands=True),
        *_across_levels(seen),
    ]
    return Section(key="schools", figures=(*section.figures, *more), between=section.between)


def _across_levels(seen: Seen) -> list[Figure]:
    """Say how many ties are horizontal links, and how many vertical ones (A5)."""
    own = seen.schools.codes[seen.people], seen.levels.codes[seen.people]
    if not seen.levels.can_be_compared or not len(seen.inner):
        return []
    found = links.links(seen.inner, *own)
    return [
        seen.figure(key, "share", share, chance=None if usual is None else expect(usual, "density"), stands=True)
        for key, share, usual in (
            ("horizontal", found.horizontal, found.expected_horizontal),
            ("vertical", found.vertical, found.expected_vertical),
        )
    ]
