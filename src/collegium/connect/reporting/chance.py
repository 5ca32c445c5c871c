"""What chance would give: the same people name as many colleagues as they did, but anybody."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from collegium.science.networks.network import Network
from collegium.science.results import BoolArray, IntArray

DRAWS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """The middle of what chance gives, and the ends between which it lies nineteen times in twenty."""

    expected: float
    low: float
    high: float

    def is_beyond(self, value: float) -> bool:
        """Say whether chance would hardly give this value."""
        return not self.low <= value <= self.high


def draw_webs(network: Network, choosable: BoolArray, *, draws: int = DRAWS) -> list[Network]:
    """Draw webs in which everybody names as many of those who can be chosen as they did, at random.

    The dice follow from the ties themselves, so that the same ties always meet the same chance.
    """
    dice = np.random.default_rng(zlib.crc32(network.digest.encode()))
    pool = np.flatnonzero(choosable)
    return [_draw(network, pool, dice) for _draw_number in range(draws)]


def _draw(network: Network, pool: IntArray, dice: np.random.Generator) -> Network:
    n = max(network.n, 1)
    sources = network.sources
    targets = dice.choice(pool, size=len(sources)) if len(pool) else np.zeros(0, dtype=np.int64)
    # Whoever was drawn twice by one person, or by themselves, is drawn again.
    for _again in range(100):
        keys = sources * n + targets
        _first, places = np.unique(keys, return_index=True)
        wrong = np.ones(len(keys), dtype=np.bool_)
        wrong[places] = False
        wrong |= sources == targets
        if not wrong.any():
            break
        targets[wrong] = dice.choice(pool, size=int(wrong.sum()))
    kept = ~wrong if len(sources) else np.zeros(0, dtype=np.bool_)
    edges = np.column_stack((sources[kept], targets[kept])).reshape(-1, 2)
    return Network(n=network.n, edges=edges, answered=network.answered)


def compare(webs: Sequence[Network], measure: Callable[[Network], float]) -> Chance | None:
    """Return what a measure is in webs that chance made; None where it is undefined in most of them."""
    values = np.array([measure(web) for web in webs], dtype=np.float64)
    values = values[np.isfinite(values)]
    if len(values) < len(webs) / 2 or not len(values):
        return None
    low, high = np.quantile(values, [0.025, 0.975])
    return Chance(expected=float(values.mean()), low=float(low), high=float(high))
