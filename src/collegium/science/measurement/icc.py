"""How much of what people say depends on the group they are in: one-way analysis of variance with unequal groups."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from collegium.science.measurement.groups import GroupMoments
from collegium.science.results import Caution, Estimate, Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class OneWay:
    """The analysis of variance behind the coefficients; None where a degree of freedom or a variance is missing."""

    groups: int
    n: int
    n_bar: float
    n_0: float | None
    between: float | None
    within: float | None
    f: float | None
    p: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupReliability:
    """ICC(1), one person as a measure of the group, and ICC(2), the group's mean as such; and what they rest on."""

    icc1: Estimate
    icc1_n_bar: Estimate
    icc2: Estimate
    table: OneWay


def one_way(groups: GroupMoments) -> OneWay:
    """Return the one-way analysis of variance of groups of any size.

    Parameters
    ----------
    groups : GroupMoments
        Groups of one are legal; groups in which nobody answered are left out.

    Returns
    -------
    OneWay
        `between` and `within` are mean squares; `n_0` is the size that unequal groups amount to.

    Raises
    ------
    UnusableInput
        If the moments contradict themselves (see `GroupMoments`).

    Notes
    -----
    ``n_0 = (N - sum(n^2) / N) / (K - 1)``, N values in K groups.

    References
    ----------
    Searle, Casella and McCulloch (1992), Variance Components, chapter 3. Snijders and Bosker (2012), Multilevel
    Analysis, 2nd edition, eq. 3.7.

    Examples
    --------
    >>> groups = GroupMoments.from_values([1, 2, 4, 3, 5, 5, 2], list("aaabccd"))
    >>> table = one_way(groups)
    >>> round(table.f, 4), round(table.n_0, 4)
    (2.1837, 1.619)
    """
    kept = groups.answered()
    k, n = len(kept.labels), int(kept.n.sum())
    between = within = n_0 = f = p = None
    if k >= 2:
        grand = float((kept.n * kept.mean).sum()) / n
        between = float((kept.n * (kept.mean - grand) ** 2).sum()) / (k - 1)
        n_0 = (n - float((kept.n.astype(np.float64) ** 2).sum()) / n) / (k - 1)
    if n > k:
        within = float(kept.within.sum()) / (n - k)
    if between is not None and within:
        from scipy.special import fdtrc

        f = between / within
        p = float(fdtrc(k - 1, n - k, f))
    return OneWay(groups=k, n=n, n_bar=n / k if k else 0.0, n_0=n_0, between=between, within=within, f=f, p=p)


def group_reliability(groups: GroupMoments, *, level: float = 0.95) -> GroupReliability:
    """Return ICC(1) and ICC(2) from one-way analysis of variance.

    Parameters
    ----------
    groups : GroupMoments
        Groups of one are legal; groups in which nobody answered are left out.
    level : float
        Of the intervals, between 0 and 1.

    Returns
    -------
    GroupReliability
        `icc1` and its interval with n_0 (ours), `icc1_n_bar` with the mean group size (as R's multilevel does),
        `icc2`. At most 1; negative values stay (caution NEGATIVE). No value with fewer than two groups, without any
        group of two, or where nobody differs from anybody. No interval where nobody differs inside groups.

    Raises
    ------
    UnusableInput
        If the level is not between 0 and 1.

    Notes
    -----
    ``ICC(1) = (MSB - MSW) / (MSB + (n_0 - 1) MSW)``, ``ICC(2) = (MSB - MSW) / MSB``. Intervals: F divided by the
    quantiles of F(K - 1, N - K), put into the same formulas; exact where groups are equal.

    References
    ----------
    Shrout and Fleiss (1979), Psychological Bulletin 86, 420-428, p. 424. McGraw and Wong (1996), Psychological Methods
    1, 30-46, table 7. Bliese (2000), in Klein and Kozlowski, Multilevel Theory, 349-381.

    Examples
    --------
    >>> groups = GroupMoments.from_values([1, 2, 4, 3, 5, 5, 2], list("aaabccd"))
    >>> result = group_reliability(groups)
    >>> round(result.icc1.value, 4), round(result.icc1_n_bar.value, 4), round(result.icc2.value, 4)
    (0.4223, 0.4035, 0.5421)
    """
    Interval.check_level(level)
    table = one_way(groups)
    missing = int(groups.n_missing.sum())
    cautions: tuple[Caution, ...] = ()
    if table.groups < 2:
        cautions = (Caution.ONE_GROUP,)
    elif table.within is None:
        cautions = (Caution.ONLY_SINGLES,)
    elif table.within == 0:
        cautions = (Caution.NO_VARIANCE_WITHIN,) if table.between else (Caution.NO_VARIANCE,)

    def estimate(value: float | None, method: str, interval: Interval | None = None) -> Estimate:
        negative = (Caution.NEGATIVE,) if value is not None and value < 0 else ()
        return Estimate(
            value=value,
            interval=interval,
            n_used=table.n,
            n_missing=missing,
            method=method,
            cautions=cautions + negative,
        )

    if table.between is None or table.within is None or table.n_0 is None or not (table.between or table.within):
        empty = [estimate(None, f"icc: {name}") for name in ("ICC(1), n0", "ICC(1), n-bar", "ICC(2)")]
        return GroupReliability(icc1=empty[0], icc1_n_bar=empty[1], icc2=empty[2], table=table)
    between, within = table.between, table.within
    one, two = _intervals(table, table.n_0, level)
    return GroupReliability(
        icc1=estimate((between - within) / (between + (table.n_0 - 1) * within), "icc: ICC(1), n0", one),
        icc1_n_bar=estimate((between - within) / (between + (table.n_bar - 1) * within), "icc: ICC(1), n-bar"),
        icc2=estimate((between - within) / between if between else None, "icc: ICC(2)", two),
        table=table,
    )


def _intervals(table: OneWay, n_0: float, level: float) -> tuple[Interval | None, Interval | None]:
    """Return the intervals of ICC(1) with n_0 and of ICC(2)."""
    if not table.f:
        return None, None
    from scipy.special import fdtri

    first, second = table.groups - 1, table.n - table.groups
    low, high = (table.f / float(fdtri(first, second, p)) for p in ((1 + level) / 2, (1 - level) / 2))
    one = Interval(low=(low - 1) / (low + n_0 - 1), high=(high - 1) / (high + n_0 - 1), level=level)
    return one, Interval(low=1 - 1 / low, high=1 - 1 / high, level=level)
