"""How well a facet's items hold together. Everything here comes from the cross moments of one facet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from collegium.science.errors import UnusableInput
from collegium.science.measurement.factor import Fit, OneFactor, fit_one_factor
from collegium.science.measurement.moments import CrossMoments
from collegium.science.results import Caution, Estimate, FloatArray, Interval


class OmegaForm(StrEnum):
    """What omega's factor is held against; see docs/methods/omega.md."""

    IMPLIED = "implied"  # (sum l)^2 / ((sum l)^2 + sum theta)
    RESIDUAL = "residual"  # 1 - sum theta / sum of all covariances, as in R's psych
    COMMON = "common"  # (sum l)^2 / sum of all covariances, as in R's semTools


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemReliability:
    """What one item does for its facet."""

    item: str
    rest_correlation: Estimate
    alpha_if_dropped: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matrices:
    """Covariances, and why what is derived from them may be undefined."""

    covariances: FloatArray
    cautions: tuple[Caution, ...]

    @property
    def correlations(self) -> FloatArray | None:
        """The covariances scaled to correlations; None where an item does not vary."""
        if Caution.CONSTANT_ITEM in self.cautions or Caution.TOO_FEW in self.cautions:
            return None
        deviations = np.sqrt(np.diag(self.covariances))
        scaled: FloatArray = self.covariances / np.outer(deviations, deviations)
        return scaled


def _matrices(cross: CrossMoments) -> _Matrices:
    UnusableInput.unless(len(cross.items) >= 2, "too_few_items", "Reliability needs at least two items.")
    covariances = cross.covariances()
    if np.isnan(covariances).any():
        return _Matrices(covariances=covariances, cautions=(Caution.TOO_FEW,))
    constant = (np.diag(covariances) == 0).any()
    return _Matrices(covariances=covariances, cautions=(Caution.CONSTANT_ITEM,) if constant else ())


def _estimate(
    cross: CrossMoments, value: float | None, method: str, cautions: tuple[Caution, ...], level: float | None = None
) -> Estimate:
    """Put a coefficient together; alpha's interval where a level is given."""
    if value is not None and value < 0:
        cautions = (*cautions, Caution.NEGATIVE)
    return Estimate(
        value=value,
        interval=None if value is None or level is None else _feldt(value, cross.complete, len(cross.items), level),
        n_used=cross.answered,
        n_missing=cross.sheets - cross.answered,
        method=method,
        cautions=cautions,
    )


def _alpha(matrix: FloatArray) -> float | None:
    """Return alpha of a covariance or correlation matrix; None where the total does not vary."""
    total = float(matrix.sum())
    # Sums of numbers that cancel leave a rest of the size of rounding, which is zero.
    if total <= 1e-12 * float(np.abs(matrix).sum()):
        return None
    k = len(matrix)
    return k / (k - 1) * (1 - float(np.trace(matrix)) / total)


def _feldt(alpha: float, sheets: int, k: int, level: float) -> Interval | None:
    from scipy.special import fdtri

    if sheets < 2 or alpha >= 1:
        return None
    first, second = sheets - 1, (sheets - 1) * (k - 1)
    tail = (1 - level) / 2
    low, high = (1 - (1 - alpha) * float(fdtri(first, second, p)) for p in (1 - tail, tail))
    return Interval(low=low, high=high, level=level)


def alpha(cross: CrossMoments, *, standardised: bool = False, level: float = 0.95) -> Estimate:
    """Return Cronbach's alpha with Feldt's interval.

    Parameters
    ----------
    cross : CrossMoments
        Of k >= 2 items. Missing answers: each covariance rests on the sheets that answer both items.
    standardised : bool
        From correlations (of the same covariances) in place of covariances.
    level : float
        Of the interval, between 0 and 1. The interval counts complete sheets only; standardised alpha has none.

    Returns
    -------
    Estimate
        At most 1, may be negative (caution NEGATIVE). No value where fewer than two sheets answer some pair, the
        total does not vary, or, standardised, an item does not vary.

    Raises
    ------
    UnusableInput
        If there are fewer than two items, or the level is not between 0 and 1.

    Notes
    -----
    ``alpha = k / (k - 1) * (1 - trace(C) / sum(C))``; interval
    ``1 - (1 - alpha) * F(1 -+ tail; n - 1, (n - 1)(k - 1))``.

    References
    ----------
    Cronbach (1951), Psychometrika 16, 297-334. Feldt, Woodruff and Salih (1987), Applied Psychological
    Measurement 11, 93-103.

    Examples
    --------
    >>> from collegium.science.measurement.layout import Facet, Item, Layout
    >>> from collegium.science.measurement.moments import moments_of_sheets
    >>> items = tuple(Item(key=key, lowest=1, highest=5) for key in "abc")
    >>> layout = Layout(items=items, facets=(Facet(key="trust", items=("a", "b", "c")),))
    >>> sheets = [[1, 2, 1], [3, 3, 4], [5, 4, 4], [2, 2, 3]]
    >>> result = alpha(moments_of_sheets(layout, ["north"] * 4, sheets).cross("trust"))
    >>> round(result.value, 4), result.n_used
    (0.9167, 4)
    """
    Interval.check_level(level)
    found = _matrices(cross)
    matrix = found.correlations if standardised else found.covariances
    value = None if matrix is None or Caution.TOO_FEW in found.cautions else _alpha(matrix)
    cautions = found.cautions
    if value is None and not cautions:
        cautions = (Caution.NO_VARIANCE,)
    if standardised:
        return _estimate(cross, value, "alpha: standardised", cautions)
    return _estimate(cross, value, "alpha: raw", cautions, level)


def guttman_lambda6(cross: CrossMoments, *, standardised: bool = True) -> Estimate:
    """Return Guttman's lambda 6: what each item shares with all others together.

    Parameters
    ----------
    cross : CrossMoments
        Of k >= 2 items; missing answers as in `alpha`.
    standardised : bool
        From correlations, as R's psych does, or from covariances.

    Returns
    -------
    Estimate
        At most 1. No value where an item does not vary or the matrix is not positive definite.

    Raises
    ------
    UnusableInput
        If there are fewer than two items.

    Notes
    -----
    ``1 - sum_i(e_i) / sum(C)`` with ``e_i = 1 / (C^-1)_ii``, the variance of item i that the others do not explain.

    References
    ----------
    Guttman (1945), A basis for analyzing test-retest reliability, Psychometrika 10, 255-282.

    Examples
    --------
    >>> import numpy as np
    >>> from collegium.science.measurement.moments import CrossMoments
    >>> four = np.full((2, 2), 4)
    >>> cross = CrossMoments(items=("a", "b"), n=four, sums=np.array([[10, 10], [9, 9]]),
    ...                      products=np.array([[30, 26], [26, 23]]), sheets=4, answered=4, complete=4)
    >>> round(guttman_lambda6(cross).value, 4)
    0.9439
    """
    found = _matrices(cross)
    matrix = found.correlations
    method = f"lambda-6: {'correlations' if standardised else 'covariances'}"
    if matrix is None:
        return _estimate(cross, None, method, found.cautions)
    if np.linalg.eigvalsh(matrix)[0] < 1e-12:
        return _estimate(cross, None, method, (*found.cautions, Caution.NOT_POSITIVE_DEFINITE))
    if not standardised:
        matrix = found.covariances
    unexplained = float((1 / np.diag(np.linalg.inv(matrix))).sum())
    return _estimate(cross, 1 - unexplained / float(matrix.sum()), method, found.cautions)


def omega_total(
    cross: CrossMoments, *, fit: Fit = Fit.MINRES, form: OmegaForm = OmegaForm.IMPLIED, standardised: bool = False
) -> Estimate:
    """Return McDonald's omega total from a model with one common factor.

    Parameters
    ----------
    cross : CrossMoments
        Of k >= 3 items; missing answers as in `alpha`.
    fit : Fit
        How the factor is found in the correlations: MINRES (least squares) or ML (maximum likelihood).
    form : OmegaForm
        What the factor is held against. The forms agree only as far as one factor fits.
    standardised : bool
        Of the sum of standardised items in place of the sum of the items as answered.

    Returns
    -------
    Estimate
        No value where an item does not vary, the matrix is not positive definite, or an item would have no variance
        of its own (caution NO_PROPER_SOLUTION, a Heywood case): then one factor describes nothing.

    Raises
    ------
    UnusableInput
        If there are fewer than two items.

    Notes
    -----
    With loadings l and unique variances theta (times the items' standard deviations and variances where not
    standardised): ``(sum l)^2 / ((sum l)^2 + sum theta)``; other forms see `OmegaForm`.

    References
    ----------
    McDonald (1999), Test Theory: A Unified Treatment, chapter 6. Harman and Jones (1966), Psychometrika 31,
    351-368 (minres). Joereskog (1967), Psychometrika 32, 443-482 (ML).

    Examples
    --------
    >>> from collegium.science.measurement.layout import Facet, Item, Layout
    >>> from collegium.science.measurement.moments import moments_of_sheets
    >>> items = tuple(Item(key=key, lowest=1, highest=5) for key in "abc")
    >>> layout = Layout(items=items, facets=(Facet(key="trust", items=("a", "b", "c")),))
    >>> sheets = [[4, 4, 3], [4, 3, 4], [3, 4, 3], [1, 1, 2], [4, 4, 5], [4, 2, 2], [2, 2, 3], [4, 5, 3]]
    >>> result = omega_total(moments_of_sheets(layout, ["north"] * 8, sheets).cross("trust"))
    >>> round(result.value, 4), result.method
    (0.8249, 'omega: minres, implied, raw')
    """
    found = _matrices(cross)
    method = f"omega: {fit.value}, {form.value}, {'standardised' if standardised else 'raw'}"
    if len(cross.items) == 2:
        return _estimate(cross, None, method, (*found.cautions, Caution.TWO_ITEMS))
    correlations = found.correlations
    if correlations is None:
        return _estimate(cross, None, method, found.cautions)
    if np.linalg.eigvalsh(correlations)[0] < 1e-12:
        return _estimate(cross, None, method, (*found.cautions, Caution.NOT_POSITIVE_DEFINITE))
    factor = fit_one_factor(correlations, fit=fit)
    if factor.cautions:
        return _estimate(cross, None, method, (*found.cautions, *factor.cautions))
    matrix = correlations if standardised else found.covariances
    return _estimate(cross, _omega(factor, matrix, form), method, found.cautions)


def _omega(factor: OneFactor, matrix: FloatArray, form: OmegaForm) -> float:
    variances = np.diag(matrix)
    common = float((factor.loadings * np.sqrt(variances)).sum()) ** 2
    unique = float((factor.uniquenesses * variances).sum())
    total = float(matrix.sum())
    match form:
        case OmegaForm.IMPLIED:
            return common / (common + unique)
        case OmegaForm.RESIDUAL:
            return 1 - unique / total
        case OmegaForm.COMMON:
            return common / total


def spearman_brown(cross: CrossMoments) -> Estimate:
    """Return the reliability of the sum of two items.

    Parameters
    ----------
    cross : CrossMoments
        Of exactly two items; missing answers as in `alpha`.

    Returns
    -------
    Estimate
        At most 1; equals standardised alpha. No value where an item does not vary or the items oppose each other
        completely.

    Raises
    ------
    UnusableInput
        If there are not two items.

    Notes
    -----
    ``2 r / (1 + r)``, r the covariance divided by both standard deviations.

    References
    ----------
    Eisinga, te Grotenhuis and Pelzer (2013), The reliability of a two-item scale, International Journal of Public
    Health 58, 637-642.

    Examples
    --------
    >>> import numpy as np
    >>> from collegium.science.measurement.moments import CrossMoments
    >>> four = np.full((2, 2), 4)
    >>> cross = CrossMoments(items=("a", "b"), n=four, sums=np.array([[10, 10], [9, 9]]),
    ...                      products=np.array([[30, 26], [26, 23]]), sheets=4, answered=4, complete=4)
    >>> round(spearman_brown(cross).value, 4)
    0.9711
    """
    UnusableInput.unless(len(cross.items) == 2, "not_two_items", "Spearman-Brown is for two items.")
    found = _matrices(cross)
    matrix = found.correlations
    method = "spearman-brown: two items"
    if matrix is None:
        return _estimate(cross, None, method, found.cautions)
    r = float(matrix[0, 1])
    value = None if r <= -1 + 1e-12 else 2 * r / (1 + r)
    return _estimate(cross, value, method, found.cautions if value is not None else (Caution.NO_VARIANCE,))


def item_reliabilities(cross: CrossMoments) -> tuple[ItemReliability, ...]:
    """Return for each item how it goes with the rest, and alpha of the rest alone.

    Parameters
    ----------
    cross : CrossMoments
        Of k >= 2 items; missing answers as in `alpha`.

    Returns
    -------
    tuple of ItemReliability
        In the order of the items. The correlation lies between -1 and 1 where nothing is missing; no value where the
        item or the rest does not vary. Alpha of the rest is raw; with two items there is none (caution TWO_ITEMS).

    Raises
    ------
    UnusableInput
        If there are fewer than two items.

    Notes
    -----
    ``cov(i, rest) / sqrt(C_ii * sum(C_rest))``, from sums of covariances.

    References
    ----------
    Nunnally and Bernstein (1994), Psychometric Theory, 3rd edition, chapter 8 (corrected item-total correlation);
    alpha as in `alpha`.

    Examples
    --------
    >>> from collegium.science.measurement.layout import Facet, Item, Layout
    >>> from collegium.science.measurement.moments import moments_of_sheets
    >>> items = tuple(Item(key=key, lowest=1, highest=5) for key in "abc")
    >>> layout = Layout(items=items, facets=(Facet(key="trust", items=("a", "b", "c")),))
    >>> sheets = [[1, 2, 1], [3, 3, 4], [5, 4, 4], [2, 2, 3]]
    >>> first = item_reliabilities(moments_of_sheets(layout, ["north"] * 4, sheets).cross("trust"))[0]
    >>> round(first.rest_correlation.value, 4), round(first.alpha_if_dropped.value, 4)
    (0.9463, 0.8136)
    """
    found = _matrices(cross)
    return tuple(_item(cross, found, place) for place in range(len(cross.items)))


def _item(cross: CrossMoments, found: _Matrices, place: int) -> ItemReliability:
    matrix, cautions = found.covariances, found.cautions
    rest = np.delete(np.delete(matrix, place, axis=0), place, axis=1)
    total, own = float(rest.sum()), float(matrix[place, place])
    with_rest = float(np.delete(matrix[place], place).sum())
    usable = Caution.TOO_FEW not in cautions and own > 0 and total > 1e-12 * float(np.abs(rest).sum())
    correlation = with_rest / float(np.sqrt(own * total)) if usable else None
    unclear = cautions if usable or cautions else (Caution.NO_VARIANCE,)
    if len(rest) == 1:
        dropped, why = None, (*cautions, Caution.TWO_ITEMS)
    else:
        dropped = None if Caution.TOO_FEW in cautions else _alpha(rest)
        why = cautions if dropped is not None or cautions else (Caution.NO_VARIANCE,)
    return ItemReliability(
        item=cross.items[place],
        rest_correlation=_estimate(cross, correlation, "item-rest: correlation", unclear),
        alpha_if_dropped=_estimate(cross, dropped, "item-rest: alpha if dropped", why),
    )
