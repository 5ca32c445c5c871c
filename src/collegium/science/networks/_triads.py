"""Who is tied to two people that are tied to each other: the slow part of what looks at three people at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from collegium.science.networks.network import Network
from collegium.science.results import BoolArray, IntArray

# Pairs of ties that are looked at in one go: enough to keep NumPy busy, and some 50 MiB.
AT_ONCE = 1 << 19
# Which of a triangle's people is at the start, in the middle, and at the end of a path through it.
ORDERS = ((0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0))


def closed_paths(network: Network) -> Iterator[IntArray]:
    """Yield all (a, v, b) with ties from a to v, from v to b, and from a to b, in pieces of rows of three.

    Every triangle of pairs is found once, from that of its people who has the fewest ties; so a person whom everybody
    names costs no more than others.
    """
    for triangles in _triangles(network):
        tied = {
            (one, other): _tied(network, triangles[:, one], triangles[:, other])
            for one in range(3)
            for other in range(3)
            if one != other
        }
        for start, middle, end in ORDERS:
            closed = tied[start, middle] & tied[middle, end] & tied[start, end]
            yield triangles[closed][:, (start, middle, end)]


def _tied(network: Network, sources: IntArray, targets: IntArray) -> BoolArray:
    wanted = sources * network.n + targets
    places = np.searchsorted(network.keys, wanted)
    places[places == len(network.keys)] = 0
    found: BoolArray = network.keys[places] == wanted
    return found


def _triangles(network: Network) -> Iterator[IntArray]:
    n, pairs = network.n, network.pairs
    if len(pairs) < 3:
        return
    # People in the order of how many they are tied to; each pair leads from the earlier to the later.
    order = np.argsort(np.bincount(pairs.ravel(), minlength=n), kind="stable")
    place = np.empty(n, dtype=np.int64)
    place[order] = np.arange(n)
    keys = np.sort(place[pairs].min(axis=1) * n + place[pairs].max(axis=1))
    first, second = keys // n, keys % n
    # Of the pairs of one person, how many come after each: with these it makes paths of two.
    ends = np.searchsorted(first, first, side="right")
    after = ends - np.arange(len(keys)) - 1
    done = np.concatenate(([0], np.cumsum(after)))
    start = 0
    while start < len(keys):
        stop = max(int(np.searchsorted(done, done[start] + AT_ONCE, side="right")) - 1, start + 1)
        counts = after[start:stop]
        one = np.repeat(np.arange(start, stop), counts)
        other = one + 1 + np.arange(len(one)) - np.repeat(done[start:stop] - done[start], counts)
        wanted = second[one] * n + second[other]
        places = np.searchsorted(keys, wanted)
        places[places == len(keys)] = 0
        closed = keys[places] == wanted
        found = np.stack((first[one[closed]], second[one[closed]], second[other[closed]]), axis=1)
        yield order[found]
        start = stop
