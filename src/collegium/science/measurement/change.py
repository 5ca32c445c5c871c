"""What changed between two waves of anonymous sheets, and what of it may be called a change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite, sqrt

from collegium.science.errors import UnusableInput
from collegium.science.results import Caution, Estimate, Interval


class Verdict(StrEnum):
    """The only words a page has for a change."""

    UP = "clearly up"
    DOWN = "clearly down"
    UNCLEAR = "can't tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """One group in one wave: how many values, their mean, the sum of squared deviations, and how many were asked.

    `lasting` is the share of the variance between people that is theirs to stay, from 0 to 1. The rest they would give
    otherwise on another day, so that even where all of them answer, chance is left in what they say.
    """

    n: int
    mean: float
    within: float
    population: int | None = None
    n_missing: int = 0
    lasting: float = 1.0

    def __post_init__(self) -> None:
        UnusableInput.unless(
            self.n >= 0
            and self.n_missing >= 0
            and isfinite(self.within)
            and self.within >= 0
            and (self.n == 0 or isfinite(self.mean)),
            "not_moments",
            "Counts and sums of squares must be finite and at least 0, and the mean finite.",
        )
        UnusableInput.unless(
            self.population is None or self.n <= self.population,
            "population",
            "More answered than were asked.",
            n=self.n,
            asked=self.population,
        )
        UnusableInput.unless(0 <= self.lasting <= 1, "lasting", "A share lies between 0 and 1.", lasting=self.lasting)

    @property
    def corrected(self) -> bool:
        """Whether most of those asked answered, so that the finite-population correction holds."""
        return self.population is not None and 2 * self.n > self.population

    @property
    def uncertainty(self) -> float:
        """The squared standard error of the mean; needs two values."""
        share = 1 - self.lasting * self.n / self.population if self.corrected and self.population else 1.0
        return self.within / (self.n - 1) / self.n * share


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The difference of two waves with its interval; `p` is None where chance cannot be judged."""

    difference: Estimate
    p: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedChange:
    """A change among all those of one page; `p_adjusted` is None where chance cannot be judged."""

    change: Change
    p_adjusted: float | None
    verdict: Verdict


def wave_difference(before: Wave, after: Wave, *, level: float = 0.95) -> Change:
    """Return how much higher a group stands than a wave before, with an interval.

    Parameters
    ----------
    before, after : Wave
        The same measure of the same group. Sheets are anonymous and cannot be linked, so the waves count as
        independent samples; where mostly the same people answer, the interval is wider than it need be. With `lasting`
        at 1 the question is whether the answers of exactly those who were asked differ; below it, whether what they
        think does, of which a day's answers are a sample.
    level : float
        Of the interval, between 0 and 1.

    Returns
    -------
    Change
        In units of the measure. `n_used` counts both waves. No value where nobody answered one of them; neither
        interval nor p below two values in either (TOO_FEW) or where both do not vary (NO_VARIANCE). In waves that more
        than half of those asked answered, the finite-population correction applies (caution).

    Raises
    ------
    UnusableInput
        If the level is not between 0 and 1; `Wave` refuses numbers that contradict each other.

    Notes
    -----
    ``d -+ t(f) sqrt(v_1 + v_2)`` with ``v = s^2 / n (1 - r n / N)``, r the lasting share, and Welch's degrees of
    freedom ``f = (v_1 + v_2)^2 / (v_1^2 / (n_1 - 1) + v_2^2 / (n_2 - 1))``.

    References
    ----------
    Welch (1947), Biometrika 34, 28-35. Cochran (1977), Sampling Techniques, 3rd edition, chapter 2.

    Examples
    --------
    >>> found = wave_difference(Wave(n=20, mean=3.0, within=19.0), Wave(n=22, mean=3.9, within=21.0))
    >>> round(found.difference.value, 2), round(found.difference.interval.low, 3), round(found.p, 4)
    (0.9, 0.275, 0.0059)
    """
    Interval.check_level(level)
    waves = (before, after)
    cautions: tuple[Caution, ...] = ()
    if before.corrected or after.corrected:
        census = all(wave.n == wave.population and wave.lasting == 1 for wave in waves)
        cautions = (Caution.CENSUS,) if census else (Caution.FINITE_POPULATION,)
    value = after.mean - before.mean if before.n and after.n else None
    interval, p = None, None
    if value is None or min(before.n, after.n) < 2:
        cautions = (*cautions, Caution.TOO_FEW)
    elif before.within == after.within == 0 and Caution.CENSUS not in cautions:
        cautions = (*cautions, Caution.NO_VARIANCE)
    else:
        interval, p = _interval(value, before, after, level)
    difference = Estimate(
        value=value,
        interval=interval,
        n_used=before.n + after.n,
        n_missing=before.n_missing + after.n_missing,
        method=f"change: Welch{', finite population' if before.corrected or after.corrected else ''}",
        cautions=cautions,
    )
    return Change(difference=difference, p=p)


def _interval(value: float, before: Wave, after: Wave, level: float) -> tuple[Interval, float]:
    from scipy.special import stdtr, stdtrit

    parts = (before.uncertainty, after.uncertainty)
    whole = sum(parts)
    if whole == 0:  # all of those asked answered: the difference is theirs, and not a sample's
        return Interval(low=value, high=value, level=level), 1.0 if value == 0 else 0.0
    freedom = whole**2 / sum(part**2 / (wave.n - 1) for part, wave in zip(parts, (before, after), strict=True))
    error = sqrt(whole)
    half = float(stdtrit(freedom, (1 + level) / 2)) * error
    p = 2 * float(stdtr(freedom, -abs(value) / error))
    return Interval(low=value - half, high=value + half, level=level), p


def benjamini_hochberg(p_values: Sequence[float]) -> tuple[float, ...]:
    """Adjust p values for being many, so that few of those called true are false.

    Parameters
    ----------
    p_values : sequence of float
        Between 0 and 1, of all the comparisons that stand on one page.

    Returns
    -------
    tuple of float
        In the same order, none smaller than it was, at most 1. Calling true what is at most q here keeps the expected
        share of false ones at or below q.

    Raises
    ------
    UnusableInput
        If a value is not between 0 and 1 (NaN is not).

    Notes
    -----
    With the values sorted, ``min over j >= i of (m / j) p_(j)``, m their number.

    References
    ----------
    Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57, 289-300, eq. 1.

    Examples
    --------
    >>> [round(p, 4) for p in benjamini_hochberg([0.01, 0.04, 0.03, 0.5])]
    [0.04, 0.0533, 0.0533, 0.5]
    """
    UnusableInput.unless(all(0 <= p <= 1 for p in p_values), "not_p", "A p value lies between 0 and 1.")
    many = len(p_values)
    adjusted = [1.0] * many
    least = 1.0
    largest_first = sorted(range(many), key=p_values.__getitem__, reverse=True)
    for place, rank in zip(largest_first, range(many, 0, -1), strict=True):
        least = min(least, p_values[place] * many / rank)
        # What rounding took from a value must not make it smaller than it was.
        adjusted[place] = max(least, float(p_values[place]))
    return tuple(adjusted)


def judge_changes(changes: Sequence[Change], *, rate: float = 0.05) -> tuple[JudgedChange, ...]:
    """Say of all changes on one page which are clear.

    Parameters
    ----------
    changes : sequence of Change
        Everything that stands on the page, across facets and units: judging a part of them would pick the lucky ones.
    rate : float
        The expected share of false ones among those called clear, between 0 and 1.

    Returns
    -------
    tuple of JudgedChange
        In the same order; "can't tell" where chance cannot be judged.

    Raises
    ------
    UnusableInput
        If the rate is not between 0 and 1.

    References
    ----------
    As `benjamini_hochberg`.

    Examples
    --------
    >>> rise = wave_difference(Wave(n=20, mean=3.0, within=19.0), Wave(n=22, mean=3.9, within=21.0))
    >>> drift = wave_difference(Wave(n=20, mean=3.0, within=19.0), Wave(n=22, mean=2.9, within=21.0))
    >>> [judged.verdict.value for judged in judge_changes([rise, drift])]
    ['clearly up', "can't tell"]
    """
    UnusableInput.unless(0 < rate < 1, "rate", "A rate lies between 0 and 1.", rate=rate)
    known = [change.p for change in changes if change.p is not None]
    adjusted = iter(benjamini_hochberg(known))
    return tuple(_judged(change, None if change.p is None else next(adjusted), rate) for change in changes)


def _judged(change: Change, p_adjusted: float | None, rate: float) -> JudgedChange:
    verdict = Verdict.UNCLEAR
    value = change.difference.value
    if p_adjusted is not None and p_adjusted <= rate and value:
        verdict = Verdict.UP if value > 0 else Verdict.DOWN
    return JudgedChange(change=change, p_adjusted=p_adjusted, verdict=verdict)
