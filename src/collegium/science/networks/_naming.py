"""Drawing names for people who told none: as many as asked for, inside and outside their group, nobody twice."""

from __future__ import annotations

import numpy as np

from collegium.science.results import FloatArray, IntArray

# Names that are not found in so many rounds are given up: a small group may have no more to give.
ROUNDS = 60


class Urns:
    """Everybody with a weight, sorted by group, so that names of a group and of all others are drawn at once."""

    def __init__(self, codes: IntArray, weights: FloatArray) -> None:
        self.codes = codes
        self.order = np.argsort(codes, kind="stable")
        self.sums = np.concatenate(([0.0], np.cumsum(weights[self.order])))
        shifted = codes[self.order]
        # Where the own group of each person begins and ends among the sorted.
        self.starts = self.sums[np.searchsorted(shifted, codes, side="left")]
        self.ends = self.sums[np.searchsorted(shifted, codes, side="right")]

    def names(
        self, people: IntArray, inside: IntArray, outside: IntArray, first: IntArray, chance: np.random.Generator
    ) -> IntArray:
        """Return ties from `people`: those in `first` as far as they fit, the rest drawn, each once."""
        n = len(self.codes)
        wanted = np.zeros((2, n), dtype=np.int64)
        wanted[0, people], wanted[1, people] = inside, outside
        keys = np.zeros(0, dtype=np.int64)
        offered = chance.permutation(first) if len(first) else first
        for _ in range(ROUNDS):
            keys = self._taken(keys, offered, wanted)
            sources = np.concatenate([np.repeat(np.arange(n), self._open(keys, wanted)[which]) for which in (0, 1)])
            which = np.repeat((0, 1), self._open(keys, wanted).sum(axis=1))
            if not len(sources):
                break
            offered = np.stack((sources, self._drawn(sources, which, chance)), axis=1)
        return np.stack((keys // max(n, 1), keys % max(n, 1)), axis=1)

    def _open(self, keys: IntArray, wanted: IntArray) -> IntArray:
        """Return how many names are still wanted, inside (row 0) and outside (row 1)."""
        n = len(self.codes)
        sources, targets = keys // n, keys % n
        out = self.codes[sources] != self.codes[targets]
        had = np.bincount(out * n + sources, minlength=2 * n).reshape(2, n)
        return wanted - had

    def _taken(self, keys: IntArray, offered: IntArray, wanted: IntArray) -> IntArray:
        """Add the ties that are new and wanted, in the order offered."""
        n = len(self.codes)
        new = offered[:, 0] * n + offered[:, 1]
        new = new[(offered[:, 0] != offered[:, 1]) & ~np.isin(new, keys)]
        _, firsts = np.unique(new, return_index=True)
        new = new[np.sort(firsts)]
        out = self.codes[new // n] != self.codes[new % n]
        slot = out * n + new // n
        # Of the ties for one slot, those that come first are taken, as many as are open.
        order = np.argsort(slot, kind="stable")
        begins = np.searchsorted(slot[order], slot[order])
        place = np.arange(len(new)) - begins
        fits = place < self._open(keys, wanted).ravel()[slot[order]]
        return np.concatenate((keys, new[order[fits]]))

    def _drawn(self, sources: IntArray, which: IntArray, chance: np.random.Generator) -> IntArray:
        """Draw one name for each source, from the own group (0) or from all others (1)."""
        start, end, total = self.starts[sources], self.ends[sources], self.sums[-1]
        size = np.where(which == 0, end - start, total - (end - start))
        at = chance.random(len(sources)) * size
        at = np.where(which == 0, at + start, np.where(at >= start, at + (end - start), at))
        places = np.searchsorted(self.sums, at, side="right") - 1
        return self.order[np.clip(places, 0, len(self.order) - 1)]
