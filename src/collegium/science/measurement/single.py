"""Where one school stands that has no others to be seen beside."""

from __future__ import annotations

from functools import lru_cache
from math import isfinite, sqrt

from collegium.science.errors import UnusableInput
from collegium.science.results import Caution, Estimate, Interval


def single_group_mean(
    n: int,
    mean: float,
    within: float,
    *,
    population: int | None = None,
    lasting: float = 1.0,
    n_missing: int = 0,
    level: float = 0.95,
) -> Estimate:
    """Return the mean of one group that has nobody to borrow from, with its t interval.

    Parameters
    ----------
    n : int
        Values, at least 0.
    mean, within : float
        Their mean and the sum of squared deviations from it.
    population : int, optional
        How many were asked. Where more than half of them answered, the interval is narrowed by the
        finite-population correction (caution FINITE_POPULATION; CENSUS where all did).
    lasting : float
        The share of the variance between people that is theirs to stay, from 0 to 1. At 1 the interval is about the
        answers of those who were asked, which a census leaves no doubt of; below it about what they think, of which
        their answers on one day are a sample.
    n_missing : int
        Sheets without a value.
    level : float
        Of the interval, between 0 and 1.

    Returns
    -------
    Estimate
        No value for n = 0; no interval below two values (TOO_FEW) or, short of a census, where all are the same
        (NO_VARIANCE): then chance cannot be judged from them.

    Raises
    ------
    UnusableInput
        If a number is not finite, negative where it must not be, more answered than were asked, or `lasting` or the
        level is out of range.

    Notes
    -----
    ``mean -+ t(n - 1) sqrt(s^2 / n * (1 - r n / N))``, r the lasting share, the last factor only with the correction.

    References
    ----------
    Cochran (1977), Sampling Techniques, 3rd edition, chapter 2.

    Examples
    --------
    >>> result = single_group_mean(4, 3.0, 2.0, population=5)
    >>> round(result.interval.low, 3), round(result.interval.high, 3)
    (2.419, 3.581)
    """
    Interval.check_level(level)
    UnusableInput.unless(
        n >= 0 and n_missing >= 0 and isfinite(within) and within >= 0 and (n == 0 or isfinite(mean)),
        "not_moments",
        "Counts and sums of squares must be finite and at least 0, and the mean finite.",
    )
    UnusableInput.unless(
        population is None or n <= population, "population", "More answered than were asked.", n=n, asked=population
    )
    UnusableInput.unless(0 <= lasting <= 1, "lasting", "A share lies between 0 and 1.", lasting=lasting)
    corrected = population is not None and 2 * n > population
    cautions: tuple[Caution, ...] = ()
    if corrected:
        cautions = (Caution.CENSUS,) if n == population else (Caution.FINITE_POPULATION,)
    interval = None
    if n == population and n and lasting == 1:
        interval = Interval(low=mean, high=mean, level=level)
    elif n < 2:
        cautions = (*cautions, Caution.TOO_FEW)
    elif within == 0:
        cautions = (*cautions, Caution.NO_VARIANCE)
    else:
        share = 1 - lasting * n / population if corrected and population else 1.0
        half = _quantile(n - 1, (1 + level) / 2) * sqrt(within / (n - 1) / n * share)
        interval = Interval(low=mean - half, high=mean + half, level=level)
    return Estimate(
        value=float(mean) if n else None,
        interval=interval,
        n_used=n,
        n_missing=n_missing,
        method=f"single-group: t{', finite population' if corrected else ''}",
        cautions=cautions,
    )


# Groups are of a few hundred sizes, and there are thousands of them.
@lru_cache(maxsize=4096)
def _quantile(freedom: int, share: float) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(freedom, share))
