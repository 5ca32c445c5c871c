"""What chance would give: the same people name as many colleagues as they did, but anybody."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from collegium.science.networks import chance as science
from collegium.science.networks.network import Network
from collegium.science.networks.values import ChanceComparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """The middle of what chance gives, and the ends between which it lies nineteen times in twenty."""

    expected: float
    low: float
    high: float

    def is_beyond(self, value: float) -> bool:
        """Say whether chance would hardly give this value."""
        return not self.low <= value <= self.high


def usual_of(found: ChanceComparison) -> Chance | None:
    """Return what was drawn in a comparison; None where nothing was."""
    if found.usual is None or found.mean is None:
        return None
    return Chance(expected=found.mean, low=found.usual.low, high=found.usual.high)


def draw_webs(network: Network, draws: int) -> list[Network]:
    """Draw webs in which everybody names as many as they did, at random.

    The dice follow from the ties themselves, so that the same ties always meet the same chance.
    """
    seed = zlib.crc32(network.digest.encode())
    return list(science.random_networks(network, chance=science.Chance.SAME_CHOICES, draws=draws, seed=seed))


def compare(webs: Sequence[Network], measure: Callable[[Network], float]) -> Chance | None:
    """Return what a measure is in webs that chance made; None where it is undefined in most of them."""
    values = np.array([measure(web) for web in webs], dtype=np.float64)
    values = values[np.isfinite(values)]
    if len(values) < len(webs) / 2 or not len(values):
        return None
    low, high = np.quantile(values, [0.025, 0.975])
    return Chance(expected=float(values.mean()), low=float(low), high=float(high))
