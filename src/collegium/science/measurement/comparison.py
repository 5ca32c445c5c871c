"""Which groups can be told apart: intervals made for comparing pairs."""

from __future__ import annotations

import numpy as np

from collegium.science.measurement.estimates import GroupEstimates
from collegium.science.results import Estimates, FloatArray, Interval


def comparison_intervals(found: GroupEstimates, *, level: float = 0.95) -> Estimates:
    """Return intervals made for comparing: two groups differ where theirs do not overlap.

    Parameters
    ----------
    found : GroupEstimates
        From `group_estimates` or `nested_estimates`.
    level : float
        One minus the risk, averaged over all pairs, of telling two equal groups apart.

    Returns
    -------
    Estimates
        The same means with narrower intervals than those for a group on its own. NaN where there is no estimate or its
        deviation is unknown.

    Raises
    ------
    UnusableInput
        If the level is not between 0 and 1.

    Notes
    -----
    ``mean_j -+ z s_j``, s_j the conditional deviation; z makes the average over pairs of
    ``2 (1 - Phi(z (s_i + s_j) / sqrt(s_i^2 + s_j^2)))`` equal to 1 - level. Equal deviations give z = 1.386 for 95%.

    References
    ----------
    Goldstein and Healy (1995), The graphical presentation of a collection of means, Journal of the Royal Statistical
    Society A 158, 175-177.

    Examples
    --------
    >>> from collegium.science.measurement.estimates import group_estimates
    >>> from collegium.science.measurement.groups import GroupMoments
    >>> groups = GroupMoments.from_values([1, 2, 1, 2, 4, 5, 4, 5], list("aaaabbbb"))
    >>> intervals = comparison_intervals(group_estimates(groups))
    >>> intervals[0].interval.overlaps(intervals[1].interval)
    False
    """
    Interval.check_level(level)
    deviation = found.deviation
    known = np.isfinite(deviation)
    z = _comparison_z(deviation[known], level) if known.any() else 0.0
    half = np.where(known, z * deviation, np.nan)
    return Estimates(
        value=found.groups.value,
        low=found.groups.value - half,
        high=found.groups.value + half,
        level=level,
        n_used=found.groups.n_used,
        n_missing=found.groups.n_missing,
        method="comparison: Goldstein & Healy 1995",
        cautions=found.cautions,
        marks=found.groups.marks,
    )


def _comparison_z(deviation: FloatArray, level: float) -> float:
    """Return the factor whose risk, averaged over pairs, is 1 - level."""
    from scipy.optimize import brentq
    from scipy.special import ndtr

    sizes, times = np.unique(deviation, return_counts=True)
    if len(sizes) > 500:
        # As good to four digits, and a nation's pairs stay countable.
        sizes, times = np.quantile(deviation, (np.arange(500) + 0.5) / 500), np.full(500, len(deviation) / 500)
    pairs = np.outer(times, times) - np.diag(times)
    if pairs.sum() <= 0:
        pairs = np.ones_like(pairs)
    both = np.hypot(sizes[:, None], sizes)
    ratio = np.where(both > 0, (sizes[:, None] + sizes) / np.where(both > 0, both, 1), np.sqrt(2))
    return float(brentq(lambda z: float((pairs * 2 * ndtr(-z * ratio)).sum() / pairs.sum()) - (1 - level), 0, 40))
