"""The restricted likelihood of people in schools, and of schools in districts, from number, mean and spread alone.

Variances are held relative to the variance inside schools: `school` and `district` are ratios. Every function of them
costs the number of schools, never the number of people.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from collegium.science.results import FloatArray

SMALLEST, LARGEST = 1e-10, 1e10
GRID = np.concatenate(([0.0], np.geomspace(SMALLEST, LARGEST, 161)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratios:
    """Variance between schools and between districts, divided by the variance inside schools."""

    school: float
    district: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Terms:
    """What the criterion is made of, at given ratios.

    With a_j = n_j / (1 + n_j school): `weight` a_j of each school; `total` A_k and `mean` m_k of each district; `pull`
    1 / (1 + A_k district); `grand` the grand mean and `precision` the inverse of its variance (both without the
    variance inside schools); `squares` the residual sum of squares.
    """

    weight: FloatArray
    total: FloatArray
    mean: FloatArray
    pull: FloatArray
    grand: float
    precision: float
    squares: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Likelihood:
    """Schools (size, mean), each in a district numbered from 0, and the sum of squares inside schools.

    `times` says how many schools a row stands for and `spread` the sum of squares among their means: without districts,
    schools of one size share a row.
    """

    size: FloatArray
    mean: FloatArray
    times: FloatArray
    spread: FloatArray
    district: np.ndarray
    districts: int
    within: float

    @classmethod
    def of_schools(cls, size: FloatArray, mean: FloatArray, within: float) -> Likelihood:
        """Without districts: every row is a district of its own, and schools of one size share it."""
        sizes, row = np.unique(size, return_inverse=True)
        times = np.bincount(row).astype(np.float64)
        means = np.bincount(row, mean) / times
        return cls(
            size=sizes,
            mean=means,
            times=times,
            spread=np.bincount(row, (mean - means[row]) ** 2).astype(np.float64),
            district=np.zeros(len(sizes), dtype=np.int64),
            districts=1,
            within=within,
        )

    @classmethod
    def of_districts(cls, size: FloatArray, mean: FloatArray, within: float, district: np.ndarray) -> Likelihood:
        """With districts, numbered from 0 without gaps."""
        return cls(
            size=size,
            mean=mean,
            times=np.ones_like(size),
            spread=np.zeros_like(size),
            district=district,
            districts=int(district.max()) + 1,
            within=within,
        )

    @property
    def people(self) -> float:
        """How many people answered."""
        return float((self.size * self.times).sum())

    def _by_district(self, values: FloatArray) -> FloatArray:
        return np.bincount(self.district, values, self.districts).astype(np.float64)

    def terms(self, ratios: Ratios) -> Terms:
        """Return what criterion and slopes are made of."""
        weight = self.size / (1 + self.size * ratios.school)
        total = self._by_district(weight * self.times)
        mean = self._by_district(weight * self.times * self.mean) / total
        pull = 1 / (1 + total * ratios.district)
        precision = float((total * pull).sum())
        grand = float((total * pull * mean).sum()) / precision
        inside = weight * (self.spread + self.times * (self.mean - mean[self.district]) ** 2)
        squares = self.within + float(inside.sum()) + float((total * pull * (mean - grand) ** 2).sum())
        return Terms(
            weight=weight, total=total, mean=mean, pull=pull, grand=grand, precision=precision, squares=squares
        )

    def criterion(self, ratios: Ratios) -> float:
        """Return minus twice the restricted log likelihood, as lme4 reports it."""
        found, free = self.terms(ratios), self.people - 1
        logs = float((self.times * np.log1p(self.size * ratios.school)).sum()) - float(np.log(found.pull).sum())
        return free * (1 + float(np.log(2 * np.pi * found.squares / free))) + logs + float(np.log(found.precision))

    def school_slope(self, school: float, district: float) -> float:
        """Return the derivative of the criterion in the ratio of schools."""
        found = self.terms(Ratios(school=school, district=district))
        share = (1 - found.pull) * (found.mean - found.grand)
        away = self.mean - found.grand - share[self.district]
        squares = float((found.weight**2 * (self.spread + self.times * away**2)).sum())
        weights = self.times * found.weight**2
        per_district = self._by_district(weights)
        trace = float((self.times * found.weight).sum()) - float((district * found.pull * per_district).sum())
        mean_part = float((found.pull**2 * per_district).sum()) / found.precision
        return trace - mean_part - (self.people - 1) * squares / found.squares

    def district_slope(self, school: float, district: float) -> float:
        """Return the derivative of the criterion in the ratio of districts."""
        found = self.terms(Ratios(school=school, district=district))
        pulled = found.total * found.pull
        squares = float(((pulled * (found.mean - found.grand)) ** 2).sum())
        mean_part = float((pulled**2).sum()) / found.precision
        return float(pulled.sum()) - mean_part - (self.people - 1) * squares / found.squares

    def slopes_alone(self, ratios: FloatArray) -> FloatArray:
        """Return `school_slope` without districts at many ratios at once."""
        weight = self.size / (1 + self.size * ratios[:, None])
        total = weight @ self.times
        grand = weight @ (self.times * self.mean) / total
        away = self.spread + self.times * (self.mean - grand[:, None]) ** 2
        squares = self.within + (weight * away).sum(axis=1)
        free = self.people - 1
        slopes: FloatArray = total - (weight**2 @ self.times) / total - free * (weight**2 * away).sum(axis=1) / squares
        return slopes

    def slope_alone(self, ratio: float) -> float:
        """Return one of `slopes_alone`, in a third of the time."""
        weight = self.size / (1 + self.size * ratio)
        weighted = weight * self.times
        total = float(weighted.sum())
        away = self.spread + self.times * (self.mean - float(weighted @ self.mean) / total) ** 2
        squares = self.within + float(weight @ away)
        return total - float(weight @ weighted) / total - (self.people - 1) * float(weight**2 @ away) / squares

    def best_school(self) -> Ratios:
        """Return the best ratio of schools without districts: every dip of the criterion is looked into."""
        slopes = self.slopes_alone(GRID)
        dips = [0.0] if slopes[0] >= 0 else []
        for place in np.flatnonzero((slopes[:-1] < 0) & (slopes[1:] >= 0)):
            low, high = max(float(GRID[place]), SMALLEST**2), float(GRID[place + 1])
            dips.append(_root(self.slope_alone, low, high))
        candidates = [Ratios(school=ratio) for ratio in dips or [LARGEST]]
        return min(candidates, key=self.criterion)

    def best_ratios(self) -> tuple[Ratios, bool]:
        """Return the best ratios of schools and districts, and whether the search settled."""
        alone = Likelihood.of_schools(self.size, self.mean, self.within).best_school().school
        starts = [(alone / 2, alone / 2), (alone, 0.0), (0.0, alone)]
        found = [self._in_turns(*start) for start in starts]
        return min(found, key=lambda each: self.criterion(each[0]))

    def _in_turns(self, school: float, district: float) -> tuple[Ratios, bool]:
        """Better the one ratio, then the other, until neither moves."""
        for _ in range(200):
            before = school, district
            school = _best_along(partial(self.school_slope, district=district), school)
            district = _best_along(partial(self.district_slope, school), district)
            if all(abs(new - old) <= 1e-11 * new for new, old in zip((school, district), before, strict=True)):
                return Ratios(school=school, district=district), True
        return Ratios(school=school, district=district), False


def _best_along(slope: Callable[[float], float], start: float) -> float:
    """Return the dip next to `start` along one ratio; 0 where the criterion only rises from there."""
    high = max(start, 1e-6)
    while slope(high) < 0:
        if high >= LARGEST:
            return high
        high *= 4
    low = high
    while slope(low) >= 0:
        if low < SMALLEST:
            return 0.0
        high, low = low, low / 4
    return _root(slope, low, high)


def _root(slope: Callable[[float], float], low: float, high: float) -> float:
    from scipy.optimize import brentq

    def of_log(log: float) -> float:
        return slope(float(np.exp(log)))

    ends = float(np.log(low)), float(np.log(high))
    # Where the sign of the slope at an end is rounding alone, the dip is at that end.
    if of_log(ends[0]) >= 0:
        return low
    if of_log(ends[1]) <= 0:
        return high
    return float(np.exp(brentq(of_log, *ends, xtol=1e-15, rtol=1e-15)))
