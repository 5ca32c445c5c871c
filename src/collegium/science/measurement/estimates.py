"""Where each school or team stands: estimates that borrow strength from the others, and say how sure they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from collegium.science.errors import UnusableInput
from collegium.science.measurement.groups import GroupMoments
from collegium.science.measurement.likelihood import Likelihood, Ratios, Terms
from collegium.science.results import Caution, Estimate, Estimates, FloatArray, Interval, Locked

FEWEST_DISTRICTS = 20


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GroupEstimates(Locked):
    """Estimates of all groups from one random-effects model.

    Attributes
    ----------
    labels : tuple of str
        The groups.
    groups : Estimates
        Conditional means with intervals that include the uncertainty of the grand mean.
    deviation : (groups,) float array
        Conditional standard deviations (lme4's), without that uncertainty; NaN where there is no estimate.
    reliability : (groups,) float array
        How far each group's own mean counts, 0 to 1. With districts, of the school within its district.
    grand_mean : Estimate
        The mean of groups, not of people.
    within, between, districts : float or None
        Variances inside groups, between groups (of one district, where there are districts), between districts.
    cautions : tuple of Caution
        What holds for all of them.
    """

    labels: tuple[str, ...]
    groups: Estimates
    deviation: FloatArray
    reliability: FloatArray
    grand_mean: Estimate
    within: float | None
    between: float | None
    districts: float | None = None
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Fit:
    """What the model says of the groups that answered."""

    mean: FloatArray
    variance: FloatArray
    grand_share: FloatArray
    reliability: FloatArray
    grand: float
    grand_variance: float
    within: float
    between: float
    districts: float | None
    cautions: tuple[Caution, ...]


def group_estimates(groups: GroupMoments, *, level: float = 0.95) -> GroupEstimates:
    """Estimate every group's mean from a model with one random effect, by restricted maximum likelihood.

    Parameters
    ----------
    groups : GroupMoments
        Groups of one are legal; a group in which nobody answered has no estimate.
    level : float
        Of the intervals, between 0 and 1.

    Returns
    -------
    GroupEstimates
        Where no difference between groups is found (caution SINGULAR) every estimate is the grand mean. No values with
        fewer than two groups (ONE_GROUP) or no group of two (ONLY_SINGLES). Where inside every group all answered the
        same, the groups' own means without intervals (NO_VARIANCE_WITHIN).

    Raises
    ------
    UnusableInput
        If the level is not between 0 and 1.

    Notes
    -----
    ``y_ij = mu + u_j + e_ij``. The one ratio tau^2 / sigma^2 is found from n_j, mean_j and the sum of squares within;
    with ``r_j = n_j tau^2 / (n_j tau^2 + sigma^2)`` the estimate is ``mu + r_j (mean_j - mu)``, its variance
    ``tau^2 (1 - r_j) + (1 - r_j)^2 Var(mu)``.

    References
    ----------
    Searle, Casella and McCulloch (1992), Variance Components, chapters 3 and 7. Bates, Maechler, Bolker and Walker
    (2015), Journal of Statistical Software 67(1) (the criterion and its profile).

    Examples
    --------
    >>> groups = GroupMoments.from_values([1, 2, 4, 3, 5, 5, 2], list("aaabccd"))
    >>> found = group_estimates(groups)
    >>> round(found.between, 4), round(found.within, 4), [round(each.value, 4) for each in found.groups]
    (1.1662, 1.4322, [2.5684, 3.0785, 4.2933, 2.6297])
    """
    Interval.check_level(level)
    kept = groups.answered()
    fit, cautions = _plain(kept)
    if fit is None and not cautions:
        model = Likelihood.of_schools(kept.n.astype(np.float64), kept.mean, float(kept.within.sum()))
        ratios = model.best_school()
        own = Likelihood.of_districts(
            kept.n.astype(np.float64), kept.mean, model.within, np.zeros(len(kept.labels), dtype=np.int64)
        )
        fit = _fit(own, ratios, (Caution.SINGULAR,) if ratios.school == 0 else (), nested=False)
    return _assemble(groups, fit, cautions, level, "school-estimates: one-way REML")


def nested_estimates(groups: GroupMoments, districts: Sequence[str], *, level: float = 0.95) -> GroupEstimates:
    """Estimate every school's mean from a model with schools in districts, by restricted maximum likelihood.

    Parameters
    ----------
    groups : GroupMoments
        The schools; each in one district.
    districts : sequence of str
        The district of each school. Below 20 districts with answers the model is that of `group_estimates` (caution
        FEW_DISTRICTS).
    level : float
        Of the intervals, between 0 and 1.

    Returns
    -------
    GroupEstimates
        As `group_estimates`; a school borrows first from its district and then from all.

    Raises
    ------
    UnusableInput
        If the level is not between 0 and 1, or there is not one district for each school.

    Notes
    -----
    ``y_ijk = mu + d_k + s_jk + e_ijk``; both ratios are found in turns, from three starting points, from the sufficient
    statistics of schools. Intervals hold the conditional variance and that of the grand mean.

    References
    ----------
    Searle, Casella and McCulloch (1992), Variance Components, chapter 6. Goldstein (2011), Multilevel Statistical
    Models, 4th edition, chapter 2.

    Examples
    --------
    >>> places = [(district, school) for district in range(20) for school in range(3) for _ in range(2)]
    >>> values = [school + district % 5 + 2 * (person % 2) for person, (district, school) in enumerate(places)]
    >>> groups = GroupMoments.from_values(values, [f"{district}-{school}" for district, school in places])
    >>> found = nested_estimates(groups, [label.split("-")[0] for label in groups.labels])
    >>> round(found.grand_mean.value, 3), round(found.within, 3), found.districts > 1
    (4.0, 2.0, True)
    """
    Interval.check_level(level)
    UnusableInput.unless(len(districts) == len(groups.labels), "shape", "Each school needs one district.")
    kept = groups.answered()
    answered = set(kept.labels)
    own = [district for label, district in zip(groups.labels, districts, strict=True) if label in answered]
    names, place = np.unique(np.asarray(own, dtype=np.str_), return_inverse=True)
    if len(names) < FEWEST_DISTRICTS:
        found = group_estimates(groups, level=level)
        return _with_caution(found, Caution.FEW_DISTRICTS)
    fit, cautions = _plain(kept)
    if fit is None and not cautions:
        model = Likelihood.of_districts(
            kept.n.astype(np.float64), kept.mean, float(kept.within.sum()), place.astype(np.int64)
        )
        ratios, settled = model.best_ratios()
        said = (Caution.SINGULAR,) if 0 in (ratios.school, ratios.district) else ()
        fit = _fit(model, ratios, said if settled else (*said, Caution.NOT_CONVERGED), nested=True)
    return _assemble(groups, fit, cautions, level, "school-estimates: schools in districts, REML")


def _plain(kept: GroupMoments) -> tuple[_Fit | None, tuple[Caution, ...]]:
    """Return the answer where no likelihood has to be searched, or why there is none."""
    k, people = len(kept.labels), int(kept.n.sum())
    if k < 2:
        return None, (Caution.ONE_GROUP,)
    if people == k:
        return None, (Caution.ONLY_SINGLES,)
    if float(kept.within.sum()) > 0:
        return None, ()
    between = float(kept.mean.var(ddof=1))
    said = (Caution.NO_VARIANCE_WITHIN,) if between else (Caution.NO_VARIANCE,)
    unknown = np.full(k, np.nan)
    fit = _Fit(
        mean=kept.mean.copy(),
        variance=unknown,
        grand_share=np.zeros(k),
        reliability=np.ones(k),
        grand=float(kept.mean.mean()),
        grand_variance=between / k,
        within=0.0,
        between=between,
        districts=None,
        cautions=said,
    )
    return fit, ()


def _fit(model: Likelihood, ratios: Ratios, cautions: tuple[Caution, ...], *, nested: bool) -> _Fit:
    """Return conditional means and variances at the best ratios."""
    found: Terms = model.terms(ratios)
    within = found.squares / (model.people - 1)
    at, own, district = model.district, ratios.school, ratios.district
    # The share of its district's deviation, then what of the school's own deviation goes beyond it.
    district_effect = ((1 - found.pull) * (found.mean - found.grand))[at]
    reliability = own * found.weight
    beyond = reliability * (model.mean - found.grand - district_effect)
    pull, total, weight = found.pull[at], found.total[at], found.weight
    explained = (
        district**2 * total * pull
        + 2 * district * own * weight * pull
        + own**2 * (weight - weight**2 * district * pull)
    )
    return _Fit(
        mean=found.grand + district_effect + beyond,
        variance=within * np.maximum(district + own - explained, 0.0),
        grand_share=1 - (district * total + own * weight) * pull,
        reliability=reliability,
        grand=found.grand,
        grand_variance=within / found.precision,
        within=within,
        between=within * own,
        districts=within * district if nested else None,
        cautions=cautions,
    )


def _assemble(
    groups: GroupMoments, fit: _Fit | None, cautions: tuple[Caution, ...], level: float, method: str
) -> GroupEstimates:
    from scipy.special import ndtri

    answered = groups.n > 0
    z = float(ndtri((1 + level) / 2))

    def laid_out(values: npt.NDArray[np.float64] | None) -> FloatArray:
        """Give the groups that did not answer their place back."""
        whole = np.full(len(groups.labels), np.nan)
        if values is not None:
            whole[answered] = values
        return whole

    mean = laid_out(None if fit is None else fit.mean)
    deviation = laid_out(None if fit is None else np.sqrt(fit.variance))
    half = laid_out(None if fit is None else z * np.sqrt(fit.variance + fit.grand_share**2 * fit.grand_variance))
    said = cautions if fit is None else fit.cautions
    people, missing = int(groups.n.sum()), int(groups.n_missing.sum())
    grand = Estimate(value=None, n_used=people, n_missing=missing, method=method, cautions=said)
    if fit is not None:
        reach = z * float(np.sqrt(fit.grand_variance))
        interval = Interval(low=fit.grand - reach, high=fit.grand + reach, level=level)
        grand = Estimate(
            value=fit.grand, interval=interval, n_used=people, n_missing=missing, method=method, cautions=said
        )
    return GroupEstimates(
        labels=groups.labels,
        groups=Estimates(
            value=mean,
            low=mean - half,
            high=mean + half,
            level=level,
            n_used=groups.n,
            n_missing=groups.n_missing,
            method=method,
            cautions=said,
            marks={Caution.TOO_FEW: ~answered},
        ),
        deviation=deviation,
        reliability=laid_out(None if fit is None else fit.reliability),
        grand_mean=grand,
        within=None if fit is None else fit.within,
        between=None if fit is None else fit.between,
        districts=None if fit is None else fit.districts,
        cautions=said,
    )


def _with_caution(found: GroupEstimates, caution: Caution) -> GroupEstimates:
    from dataclasses import replace

    cautions = (*found.cautions, caution)
    return replace(
        found,
        cautions=cautions,
        groups=replace(found.groups, cautions=cautions),
        grand_mean=replace(found.grand_mean, cautions=cautions),
    )
