"""What everything about groups begins with."""

from __future__ import annotations

import numpy as np

from collegium.science.networks.network import Network
from collegium.science.results import BoolArray, Caution, IntArray


def known_ties(network: Network, codes: IntArray) -> BoolArray:
    """Mark ties whose people both have a known group."""
    first, second = codes[network.sources] >= 0, codes[network.targets] >= 0
    known: BoolArray = first & second
    return known


def group_sizes(network: Network, codes: IntArray, size: int) -> tuple[IntArray, IntArray]:
    """Return how many people each group has, and how many of them answered."""
    sizes = np.bincount(codes[codes >= 0], minlength=size)
    if network.answered is None:
        return sizes, sizes
    return sizes, np.bincount(codes[(codes >= 0) & network.answered], minlength=size)


def possible_inside(network: Network, codes: IntArray) -> int:
    """Count the ties that people who answered could have inside their group."""
    sizes, told = group_sizes(network, codes, int(codes.max(initial=-1)) + 1)
    return int((told * (sizes - 1)).sum())


def unknown_groups(codes: IntArray) -> Caution | None:
    """Say that people without a known group are left out, where there are any."""
    return Caution.UNKNOWN_GROUPS if (codes < 0).any() else None
