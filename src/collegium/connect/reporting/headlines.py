"""The three numbers that a staff hears first, as functions of ties and groups."""

from __future__ import annotations

import numpy as np

from collegium.science.networks.network import NO_GROUP, Network
from collegium.science.results import BoolArray, IntArray


def count_only_links(network: Network, groups: IntArray, counted: BoolArray) -> IntArray:
    """Return for each person how many of those `counted` are tied to another group through that person alone."""
    pairs = network.pairs
    known = (groups[pairs] != NO_GROUP).all(axis=1)
    crossing = pairs[known & (groups[pairs[:, 0]] != groups[pairs[:, 1]])]
    both_ways = np.concatenate((crossing, crossing[:, ::-1]))
    links = np.bincount(both_ways[:, 0], minlength=network.n)
    single = counted & (links == 1)
    rests_on = both_ways[single[both_ways[:, 0]], 1]
    found: IntArray = np.bincount(rests_on, minlength=network.n).astype(np.int64)
    return found


def mark_inside_only(network: Network, groups: IntArray, counted: BoolArray) -> BoolArray:
    """Mark those `counted` who belong to a group and turn to nobody outside it, those who turn to nobody among them."""
    outward = groups[network.sources] != groups[network.targets]
    reaching = np.bincount(network.sources[outward], minlength=network.n) > 0
    found: BoolArray = counted & (groups != NO_GROUP) & ~reaching
    return found
