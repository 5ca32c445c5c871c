"""What chance would give, and which chance it is: what random webs keep of what is there."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from collegium.science.networks import chance as science
from collegium.science.networks.network import Network
from collegium.science.networks.values import ChanceComparison

# What stays as it is: how often everybody names and is named, how often everybody names, how many ties there are in
# all; all ties, while people are dealt out to the groups anew, or while any others leave.
Kept = Literal["degrees", "choices", "density", "groups", "leavers"]

_WEBS: dict[Kept, science.Chance] = {
    "degrees": science.Chance.SAME_DEGREES,
    "choices": science.Chance.SAME_CHOICES,
    "density": science.Chance.SAME_DENSITY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """The middle of what chance gives, and the ends between which it lies nineteen times in twenty."""

    expected: float
    low: float
    high: float
    kept: Kept = "choices"

    def is_beyond(self, value: float) -> bool:
        """Say whether chance would hardly give this value."""
        return not self.low <= value <= self.high


def usual_of(found: ChanceComparison, kept: Kept) -> Chance | None:
    """Return what was drawn in a comparison; None where nothing was."""
    if found.usual is None or found.mean is None:
        return None
    return Chance(expected=found.mean, low=found.usual.low, high=found.usual.high, kept=kept)


def expect(value: float, kept: Kept) -> Chance:
    """Return what chance gives on average, where that follows from numbers alone and nothing is drawn."""
    return Chance(expected=value, low=value, high=value, kept=kept)


@dataclass(slots=True)
class RandomWebs:
    """Webs that chance makes of one, drawn once for all that is compared with them.

    The dice follow from the ties themselves, so that the same ties always meet the same chance.
    """

    network: Network
    draws: int
    _drawn: dict[Kept, list[Network]] = field(default_factory=dict)

    def compare(self, measure: Callable[[Network], float], kept: Kept) -> Chance | None:
        """Return what a measure is in webs that keep this; None where it is undefined in most of them."""
        if kept not in self._drawn:
            seed = zlib.crc32(self.network.digest.encode())
            drawn = science.random_networks(self.network, chance=_WEBS[kept], draws=self.draws, seed=seed)
            self._drawn[kept] = list(drawn)
        return compare(self._drawn[kept], measure, kept)


def compare(webs: Sequence[Network], measure: Callable[[Network], float], kept: Kept) -> Chance | None:
    """Return what a measure is in webs that chance made; None where it is undefined in most of them."""
    values = np.array([measure(web) for web in webs], dtype=np.float64)
    values = values[np.isfinite(values)]
    if len(values) < len(webs) / 2 or not len(values):
        return None
    low, high = np.quantile(values, [0.025, 0.975])
    return Chance(expected=float(values.mean()), low=float(low), high=float(high), kept=kept)
