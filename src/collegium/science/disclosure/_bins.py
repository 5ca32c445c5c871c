"""Counts as they look once their share is rounded: the bins, and what they leave open. Ends are both inside."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

Bounds = tuple[int, int]
# Each step of a share goes into the whole without a rest, so that the last bin ends at all.
SHARE_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0)


@lru_cache(maxsize=1 << 15)
def bin_of(count: int, n: int, step: float) -> Bounds:
    """Return the least and the most of all counts that are shown like this one: those nearest to the same step."""
    parts = round(1 / step)
    place = (2 * count * parts + n) // (2 * n)  # half a step goes up
    first = -((n - 2 * place * n) // (2 * parts))
    last = -((n - 2 * (place + 1) * n) // (2 * parts)) - 1
    return max(first, 0), min(last, n)


@lru_cache(maxsize=4096)
def share_step(n: int, k: int) -> float:
    """Return the finest step at which no bin holds small counts alone; the coarsest tells more from less than half."""
    small = [*range(1, k), *range(n - k + 1, n)]
    for step in SHARE_STEPS[:-1]:
        if all(is_open(*bin_of(count, n, step), n, k) for count in small):
            return step
    return SHARE_STEPS[-1]


def is_open(low: int, high: int, n: int, k: int) -> bool:
    """Say whether counts leave open that nobody, or at least k, chose the option; and the same of the others."""
    few = low > 0 and high < k
    few_others = high < n and low > n - k
    everybody = low == n
    return low <= high and not (few or few_others or everybody)


def left_open(bins: Sequence[Bounds], n: int) -> list[Bounds]:
    """Return what n and the bins together leave open for each option."""
    least, most = sum([low for low, _high in bins]), sum([high for _low, high in bins])
    return [(max(low, n - (most - high)), min(high, n - (least - low))) for low, high in bins]
