"""What changed from before to after, in one place: an effect with its sampling variance, ready to be pooled."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum, unique

import numpy as np
import numpy.typing as npt

from collegium.science.errors import UnusableInput
from collegium.science.results import FloatArray

LEAST_PERIODS = 4  # on each side: with fewer, how much periods differ by chance is hardly known


@unique
class Scale(StrEnum):
    """In which unit an effect is given."""

    DIFFERENCE = "difference"
    LOG_RATIO = "log ratio"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """The change from before to after, and its sampling variance; both None where too few periods are known."""

    value: float | None
    variance: float | None
    before: float | None
    after: float | None
    n_before: int
    n_after: int


def before_after(
    values: npt.ArrayLike,
    denominators: npt.ArrayLike | None,
    *,
    changed: int,
    scale: Scale = Scale.DIFFERENCE,
    counts: bool = False,
) -> Effect:
    """Return what changed between the periods before a change and those from it on.

    Parameters
    ----------
    values : array_like
        One number a period, oldest first; NaN for a missing one. With denominators the numerators.
    denominators : array_like or None
        What each numerator is of; None for averages and plain counts.
    changed : int
        The place of the first period after the change.
    scale : Scale
        Difference of levels, or the natural logarithm of their ratio.
    counts : bool
        Whether the values count events, so that chance alone gives them the variance of a Poisson count. Shares (values
        of a denominator, not `counts`) have that of a binomial count.

    Returns
    -------
    Effect
        The level of a side is the sum of values by the sum of denominators, or the mean. Its variance is that of a
        ratio of sums over periods (Cochran 1977, section 6.3), and never below what chance alone gives to counts and
        shares.
        Without a value where a side has fewer than 4 periods, no variance, or, for ratios, a level of 0.

    Raises
    ------
    UnusableInput
        If lengths differ, a number is infinite, a denominator is not above 0, or `changed` is no place.

    References
    ----------
    Cochran (1977), Sampling Techniques, 3rd edition, sections 2.4 and 6.3. Hedges, Gurevitch and Curtis (1999), Ecology
    80, 1150-1156 (log ratios).

    Examples
    --------
    >>> found = before_after([5, 6, 5, 4, 8, 9, 8, 7], None, changed=4)
    >>> found.value, round(found.variance, 4)
    (3.0, 0.3333)
    """
    value = np.asarray(values, dtype=np.float64)
    under = np.ones_like(value) if denominators is None else np.asarray(denominators, dtype=np.float64)
    UnusableInput.unless(value.ndim == 1 and value.shape == under.shape, "shape", "Every value has its denominator.")
    UnusableInput.unless(0 <= changed <= len(value), "changed", "The change lies within the series.")
    UnusableInput.unless(not np.isinf(value).any() and not np.isinf(under).any(), "infinite", "A number is infinite.")
    known = ~np.isnan(value) & ~np.isnan(under)
    UnusableInput.unless((under[known] > 0).all(), "denominator", "A denominator is above 0.")
    is_before = np.arange(len(value)) < changed
    is_share = denominators is not None and not counts
    sides = [
        _level(value[known & side], under[known & side], is_share=is_share, counts=counts)
        for side in (is_before, ~is_before)
    ]
    (before, spread_before, n_before), (after, spread_after, n_after) = sides
    found = _effect(before, spread_before, after, spread_after, scale)
    return Effect(value=found[0], variance=found[1], before=before, after=after, n_before=n_before, n_after=n_after)


def _level(
    value: FloatArray, under: FloatArray, *, is_share: bool, counts: bool
) -> tuple[float | None, float | None, int]:
    """Return the level of one side, its sampling variance and its number of periods."""
    n = len(value)
    if n < LEAST_PERIODS:
        return (float(value.sum() / under.sum()) if n else None), None, n
    level = float(value.sum() / under.sum())
    residual = value - level * under
    variance = float((residual**2).sum() * n / (n - 1) / under.sum() ** 2)
    if is_share:
        # A side on which all succeed would else claim to know its level exactly.
        inside = min(max(level, 0.5 / float(under.sum())), 1 - 0.5 / float(under.sum()))
        variance = max(variance, inside * (1 - inside) / float(under.sum()))
    elif counts:
        variance = max(variance, max(float(value.sum()), 0.5) / float(under.sum()) ** 2)
    return level, variance, n


def _effect(
    before: float | None, spread_before: float | None, after: float | None, spread_after: float | None, scale: Scale
) -> tuple[float | None, float | None]:
    if before is None or after is None or spread_before is None or spread_after is None:
        return None, None
    if scale is Scale.DIFFERENCE:
        total = spread_before + spread_after
        return (after - before, total) if total > 0 else (None, None)
    if before <= 0 or after <= 0:
        return None, None
    total = spread_before / before**2 + spread_after / after**2
    return (math.log(after / before), total) if total > 0 else (None, None)
