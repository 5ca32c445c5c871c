"""What the results of several schools add up to: random effects, with how much the schools differ."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum, unique

import numpy as np
import numpy.typing as npt

from collegium.science.errors import UnusableInput
from collegium.science.results import BoolArray, Caution, Estimate, FloatArray, Interval, Locked

FEW_SCHOOLS = 5  # below this the difference between schools is hardly known, and its interval says so
LEAST_TO_PREDICT = 3
GRID = 400


@unique
class Method(StrEnum):
    """How the variance between schools is estimated."""

    REML = "REML"
    DERSIMONIAN_LAIRD = "DerSimonian-Laird"
    COMMON = "common effect"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pooled(Locked):
    """The mean effect and how much effects differ.

    `prediction` is where the effect of one more school of the same kind may lie, None below three schools. `tau2` is
    the variance between schools, `q` Cochran's Q with `q_p` its chance, `i2` the share of all variation (0 to 1) that
    is between schools. `weights` add up to 1, in the order given; 0 for a school without a result.
    """

    mean: Estimate
    standard_error: float | None
    prediction: Interval | None
    tau2: float | None
    q: float | None
    q_p: float | None
    i2: float | None
    weights: FloatArray


def pool(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    method: Method = Method.REML,
    hartung_knapp: bool = True,
    level: float = 0.95,
) -> Pooled:
    """Return the pooled effect of several schools.

    Parameters
    ----------
    effects : array_like
        One effect a school, in a unit they share; NaN for a school without a result.
    variances : array_like
        The sampling variance of each, above 0.
    method : Method
        How the variance between schools is estimated; `COMMON` takes it to be 0.
    hartung_knapp : bool
        Interval of Hartung and Knapp, with t of k - 1 degrees: honest for few schools. Without it, the normal one.
    level : float
        Confidence level, between 0 and 1.

    Returns
    -------
    Pooled
        `mean.n_used` counts schools. Without any result no value; with one school its own effect, with the caution
        `ONE_GROUP` and no variance between schools. `SINGULAR` where no difference between schools was found, and
        `TOO_FEW` below 5 schools.

    Raises
    ------
    UnusableInput
        If the arrays differ in length, a number is infinite, or a variance is not above 0.

    References
    ----------
    DerSimonian and Laird (1986), Controlled Clinical Trials 7, 177-188. Viechtbauer (2005), Journal of Educational and
    Behavioral Statistics 30, 261-293 (REML). Hartung and Knapp (2001), Statistics in Medicine 20, 3875-3889. Higgins,
    Thompson and Spiegelhalter (2009), Journal of the Royal Statistical Society A 172, 137-159 (prediction). Higgins and
    Thompson (2002), Statistics in Medicine 21, 1539-1558 (I²).

    Examples
    --------
    >>> found = pool([0.1, 0.3, 0.35, 0.65], [0.03, 0.03, 0.05, 0.01], method=Method.DERSIMONIAN_LAIRD)
    >>> round(found.mean.value, 4), round(found.tau2, 4), round(found.i2, 3)
    (0.374, 0.0506, 0.668)
    """
    Interval.check_level(level)
    effect, variance = np.asarray(effects, dtype=np.float64), np.asarray(variances, dtype=np.float64)
    UnusableInput.unless(effect.ndim == 1 and effect.shape == variance.shape, "shape", "Every effect has its variance.")
    known = ~np.isnan(effect) & ~np.isnan(variance)
    y, v = effect[known], variance[known]
    UnusableInput.unless(np.isfinite(y).all() and np.isfinite(v).all(), "infinite", "A number is infinite.")
    UnusableInput.unless((v > 0).all(), "variance", "A sampling variance is above 0.")
    named = f"pooling: {method.value}{', Hartung-Knapp' if hartung_knapp else ''}"
    missing = int((~known).sum())
    if len(y) < 2:
        return _alone(y, v, known, named, level, missing)
    fixed = 1 / v
    q = float(_scatter(y, fixed))
    tau2 = _between_schools(y, v, method)
    weight = 1 / (v + tau2)
    mean = float((weight * y).sum() / weight.sum())
    error = _error(y, weight, hartung_knapp=hartung_knapp)
    quantile = _quantile(level, len(y) - 1 if hartung_knapp else None)
    weights = np.zeros(len(effect))
    weights[known] = weight / weight.sum()
    return Pooled(
        mean=Estimate(
            value=mean,
            interval=Interval(low=mean - quantile * error, high=mean + quantile * error, level=level),
            n_used=len(y),
            n_missing=missing,
            method=named,
            cautions=_cautions(len(y), tau2, method),
        ),
        standard_error=error,
        prediction=_prediction(mean, math.sqrt(tau2 + error**2), quantile, len(y), level),
        tau2=tau2,
        q=q,
        q_p=_chance(q, len(y) - 1),
        i2=_share_between(q, fixed, tau2, method),
        weights=weights,
    )


def _alone(y: FloatArray, v: FloatArray, known: BoolArray, named: str, level: float, missing: int) -> Pooled:
    interval, error = None, None
    if len(y):
        error = math.sqrt(float(v[0]))
        half = _quantile(level, None) * error
        interval = Interval(low=float(y[0]) - half, high=float(y[0]) + half, level=level)
    return Pooled(
        mean=Estimate(
            value=float(y[0]) if len(y) else None,
            interval=interval,
            n_used=len(y),
            n_missing=missing,
            method=named,
            cautions=(Caution.ONE_GROUP,) if len(y) else (Caution.TOO_FEW,),
        ),
        standard_error=error,
        prediction=None,
        tau2=None,
        q=None,
        q_p=None,
        i2=None,
        weights=known.astype(np.float64),
    )


def _cautions(schools: int, tau2: float, method: Method) -> tuple[Caution, ...]:
    found = (Caution.TOO_FEW,) if schools < FEW_SCHOOLS else ()
    return (*found, Caution.SINGULAR) if tau2 == 0 and method is not Method.COMMON else found


def _scatter(y: FloatArray, weight: FloatArray) -> float:
    """Return the weighted squares of the effects about their weighted mean."""
    mean = (weight * y).sum() / weight.sum()
    return float((weight * (y - mean) ** 2).sum())


def _error(y: FloatArray, weight: FloatArray, *, hartung_knapp: bool) -> float:
    """Return the standard error of the mean, widened (or narrowed) as Hartung and Knapp do."""
    widened = _scatter(y, weight) / (len(y) - 1) if hartung_knapp else 1.0
    return math.sqrt(widened / weight.sum())


def _between_schools(y: FloatArray, v: FloatArray, method: Method) -> float:
    if method is Method.COMMON:
        return 0.0
    return _reml(y, v) if method is Method.REML else _moments(y, v)


def _moments(y: FloatArray, v: FloatArray) -> float:
    weight = 1 / v
    under = weight.sum() - (weight**2).sum() / weight.sum()
    return max(0.0, (_scatter(y, weight) - (len(y) - 1)) / float(under))


def _score(tau2: float, y: FloatArray, v: FloatArray) -> float:
    """Return twice the slope of the restricted log likelihood in the variance between schools."""
    weight = 1 / (v + tau2)
    mean = (weight * y).sum() / weight.sum()
    return float((weight**2 * (y - mean) ** 2).sum() - weight.sum() + (weight**2).sum() / weight.sum())


def _likelihood(tau2: float, y: FloatArray, v: FloatArray) -> float:
    weight = 1 / (v + tau2)
    return float(np.log(weight).sum() - np.log(weight.sum()) - _scatter(y, weight)) / 2


def _reml(y: FloatArray, v: FloatArray) -> float:
    """Return the highest peak of the restricted likelihood: where its slope turns from up to down, or 0."""
    from scipy.optimize import brentq

    most = 10 * (float(np.var(y)) * len(y) / (len(y) - 1) + float(v.max()))
    grid = np.concatenate([[0.0], np.geomspace(float(v.min()) * 1e-8, most, GRID)])
    slopes = [_score(float(tau2), y, v) for tau2 in grid]
    peaks = [0.0]
    for place in range(len(grid) - 1):
        if slopes[place] > 0 >= slopes[place + 1]:
            peaks.append(float(brentq(_score, grid[place], grid[place + 1], args=(y, v), xtol=1e-15, rtol=1e-13)))
    return max(peaks, key=lambda tau2: _likelihood(tau2, y, v))


def _share_between(q: float, fixed: FloatArray, tau2: float, method: Method) -> float:
    degrees = len(fixed) - 1
    if method is Method.COMMON:
        return max(0.0, (q - degrees) / q) if q > 0 else 0.0
    typical = degrees * fixed.sum() / (fixed.sum() ** 2 - (fixed**2).sum())
    return float(tau2 / (tau2 + typical))


def _prediction(mean: float, spread: float, quantile: float, schools: int, level: float) -> Interval | None:
    if schools < LEAST_TO_PREDICT:
        return None
    return Interval(low=mean - quantile * spread, high=mean + quantile * spread, level=level)


def _quantile(level: float, degrees: int | None) -> float:
    from scipy.special import ndtri, stdtrit

    part = (1 + level) / 2
    return float(ndtri(part) if degrees is None else stdtrit(degrees, part))


def _chance(q: float, degrees: int) -> float:
    from scipy.special import chdtrc

    return float(chdtrc(degrees, q))
