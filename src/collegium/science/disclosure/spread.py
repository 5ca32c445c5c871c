"""Spread: how wide an interval may be drawn without telling how alike the answers were."""

from __future__ import annotations

from math import ceil, floor, isfinite

from collegium.science.disclosure.atoms import SMALLEST_K
from collegium.science.disclosure.release import FEWEST_FOR_ALL_OR_NONE, MEAN_STEP, Shown
from collegium.science.errors import UnusableInput
from collegium.science.results import Interval


def release_spread(within: float, n: int, *, options: int | None = None, k: int = 5) -> float:
    """Return the sum of squares from which the interval of a mean may be worked out.

    Parameters
    ----------
    within : float
        Sum of squared deviations of the scores from their mean, at least 0.
    n : int
        How many scores, at least 0.
    options : int, optional
        Where the score is the answer to one single item: how many options that has.
    k : int
        At least 3.

    Returns
    -------
    float
        Never less than it would be if k - 1 people stood one option apart from all others, so that no interval tells
        that all answered alike. For a single item of fewer than 20 people it does not hang on the answers at all (that
        of answers spread over all options): mean and spread of so few would give the answers away.

    Raises
    ------
    UnusableInput
        If a number is negative or not finite, there are fewer than two options, or k is below 3.

    Notes
    -----
    ``max(within, m (n - m) / n)`` with ``m = min(k - 1, n // 2)``; single items ``(n - 1) (A^2 - 1) / 12``.

    References
    ----------
    As `release_shares`, homogeneity. The rule is ours; intervals get wider by it, never narrower.

    Examples
    --------
    >>> release_spread(0.0, 20), release_spread(14.0, 20), release_spread(2.0, 9, options=5)
    (3.2, 14.0, 16.0)
    """
    UnusableInput.unless(
        n >= 0 and isfinite(within) and within >= 0, "not_moments", "A sum of squares is finite and at least 0."
    )
    UnusableInput.unless(options is None or options >= 2, "too_few_options", "An item has at least two options.")
    UnusableInput.unless(k >= SMALLEST_K, "k", f"k is at least {SMALLEST_K}.", k=k)
    if options is not None and n < FEWEST_FOR_ALL_OR_NONE:
        return max(n - 1, 0) * (options**2 - 1) / 12
    apart = min(k - 1, n // 2)
    return max(within, apart * (n - apart) / n if n else 0.0)


def release_interval(
    mean: Shown | None, half: float | None, *, lowest: float, highest: float, level: float = 0.95
) -> Interval | None:
    """Draw the interval around a mean as it is shown.

    Parameters
    ----------
    mean : Shown or None
        From `release_mean`; None where nothing is shown.
    half : float or None
        Half of the interval's width, at least 0; None where there is no interval.
    lowest, highest : float
        The ends of the score.
    level : float
        Of the interval, between 0 and 1.

    Returns
    -------
    Interval or None
        Around the rounded mean, its ends rounded outwards to 0.1 and kept on the score, so that they tell no more of
        the mean than its own rounding does. None around a mean that words stand for.

    Raises
    ------
    UnusableInput
        If `half` is negative or not finite, or the level is not between 0 and 1.

    References
    ----------
    As `release_mean`.

    Examples
    --------
    >>> from collegium.science.disclosure.release import release_mean
    >>> shown = release_mean(3.8421, 25, lowest=1, highest=5).mean
    >>> found = release_interval(shown, 0.33, lowest=1, highest=5)
    >>> found.low, found.high
    (3.4, 4.2)
    """
    Interval.check_level(level)
    if mean is None or half is None or mean.band is not None:
        return None
    UnusableInput.unless(isfinite(half) and half >= 0, "not_moments", "Half a width is finite and at least 0.")
    # What binary fractions add must not push an end one step on.
    low = round(floor((mean.value - half) / MEAN_STEP + 1e-9) * MEAN_STEP, 1)
    high = round(ceil((mean.value + half) / MEAN_STEP - 1e-9) * MEAN_STEP, 1)
    return Interval(low=max(low, lowest), high=min(high, highest), level=level)
