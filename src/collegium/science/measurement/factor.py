"""One common factor in a correlation matrix, found by least squares or by maximum likelihood."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from operator import mul

import numpy as np

from collegium.science.errors import UnusableInput
from collegium.science.results import Caution, FloatArray, Locked

LEAST_UNIQUENESS = 0.005  # the bound of R's factanal and psych: below it a solution is not proper
SWEEPS = 5000
STEPS = 200


class Fit(StrEnum):
    """How the factor is found."""

    MINRES = "minres"
    ML = "ml"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OneFactor(Locked):
    """Loadings of the items on one factor (their sum is positive) and the variance each keeps to itself."""

    loadings: FloatArray
    uniquenesses: FloatArray
    cautions: tuple[Caution, ...] = ()


def fit_one_factor(correlations: FloatArray, *, fit: Fit = Fit.MINRES) -> OneFactor:
    """Fit one common factor to a correlation matrix.

    Parameters
    ----------
    correlations : (k, k) float array
        Symmetric, ones on the diagonal, positive definite, k >= 3.
    fit : Fit
        MINRES makes the squared residuals off the diagonal smallest; ML maximises the likelihood of normal answers.

    Returns
    -------
    OneFactor
        With caution NO_PROPER_SOLUTION where a uniqueness is at or below 0.005, NOT_CONVERGED where the search ran
        out of steps; the numbers are those it stopped at.

    Raises
    ------
    UnusableInput
        If the matrix is not square, finite, symmetric with ones on the diagonal, or has fewer than three rows.

    Notes
    -----
    MINRES: ``l_i <- sum_j(r_ij l_j) / sum_j(l_j^2)``, j other than i, in turn until nothing moves. ML: Newton's method
    on the logarithms of the uniquenesses in ``sum(theta_m - log(theta_m) - 1)`` over all but the largest eigenvalue
    theta of ``Psi^-1/2 R Psi^-1/2``.

    References
    ----------
    Harman and Jones (1966), Psychometrika 31, 351-368. Joereskog (1967), Psychometrika 32, 443-482. Clarke (1970),
    British Journal of Mathematical and Statistical Psychology 23, 43-52 (second derivatives).

    Examples
    --------
    >>> import numpy as np
    >>> loadings = np.array([0.8, 0.7, 0.6])
    >>> matrix = np.outer(loadings, loadings)
    >>> np.fill_diagonal(matrix, 1)
    >>> fit_one_factor(matrix, fit=Fit.ML).loadings.round(6).tolist()
    [0.8, 0.7, 0.6]
    """
    matrix = np.asarray(correlations, dtype=np.float64)
    UnusableInput.unless(
        matrix.ndim == 2
        and matrix.shape[0] == matrix.shape[1] >= 3
        and np.isfinite(matrix).all()
        and np.allclose(matrix, matrix.T)
        and np.allclose(np.diag(matrix), 1),
        "not_correlations",
        "One factor needs a symmetric matrix of at least three items with ones on its diagonal.",
    )
    loadings, uniquenesses, settled = _minres(matrix) if fit is Fit.MINRES else _ml(matrix)
    cautions: tuple[Caution, ...] = ()
    if (uniquenesses <= LEAST_UNIQUENESS * (1 + 1e-9)).any():
        cautions = (Caution.NO_PROPER_SOLUTION,)
    elif not settled:
        cautions = (Caution.NOT_CONVERGED,)
    turned = loadings if loadings.sum() >= 0 else -loadings
    return OneFactor(loadings=turned, uniquenesses=uniquenesses, cautions=cautions)


def _minres(matrix: FloatArray) -> tuple[FloatArray, FloatArray, bool]:
    values, vectors = np.linalg.eigh(matrix)
    # One loading moves at a time: on so few numbers Python itself is quicker than a call for each.
    off = (matrix - np.diag(np.diag(matrix))).tolist()
    loadings: list[float] = (vectors[:, -1] * np.sqrt(values[-1])).tolist()
    squares = sum(map(mul, loadings, loadings))
    settled = False
    for _ in range(SWEEPS):
        moved = 0.0
        for place, row in enumerate(off):
            old = loadings[place]
            others = squares - old * old
            if others <= 0:
                break
            new = sum(map(mul, row, loadings)) / others
            moved = max(moved, abs(new - old))
            squares = others + new * new
            loadings[place] = new
        squares = sum(map(mul, loadings, loadings))
        settled = moved < 1e-14
        if settled or others <= 0:
            break
    found = np.array(loadings)
    return found, 1 - found**2, settled and others > 0


def _ml(matrix: FloatArray) -> tuple[FloatArray, FloatArray, bool]:
    # Joereskog's start: a bit below the share of each item that the others do not explain.
    start = (1 - 0.5 / len(matrix)) / np.diag(np.linalg.inv(matrix))
    logs = np.log(np.clip(start, LEAST_UNIQUENESS, 1))
    lowest = np.log(LEAST_UNIQUENESS)
    value, slope, curve = _ml_terms(matrix, logs)
    settled = False
    for _ in range(STEPS):
        free = (logs > lowest) | (slope < 0)  # the others rest on their bound
        roots, directions = np.linalg.eigh(curve[np.ix_(free, free)])
        step = np.zeros_like(logs)
        step[free] = -directions @ ((directions.T @ slope[free]) / np.maximum(np.abs(roots), 1e-8))
        step *= min(1.0, 1.0 / max(float(np.abs(step).max()), 1e-300))
        share = 1.0
        while True:
            trial = np.maximum(logs + share * step, lowest)
            new = _ml_terms(matrix, trial)
            if new[0] <= value + 1e-15 * abs(value) + 1e-16 or share < 1e-10:
                break
            share /= 2
        moved = float(np.abs(trial - logs).max())
        logs, (value, slope, curve) = trial, new
        if moved < 1e-13:
            settled = True
            break
    uniquenesses = np.exp(logs)
    scale = np.sqrt(uniquenesses)
    values, vectors = np.linalg.eigh(matrix / np.outer(scale, scale))
    loadings: FloatArray = scale * vectors[:, -1] * np.sqrt(max(float(values[-1]) - 1, 0.0))
    return loadings, uniquenesses, settled


def _ml_terms(matrix: FloatArray, logs: FloatArray) -> tuple[float, FloatArray, FloatArray]:
    """Return the criterion, its first and its second derivatives in the logarithms of the uniquenesses."""
    scale = np.exp(logs / 2)
    values, vectors = np.linalg.eigh(matrix / np.outer(scale, scale))
    rest, largest = values[:-1], values[-1]
    others, first = vectors[:, :-1], vectors[:, -1]
    criterion = float((rest - np.log(rest) - 1).sum())
    slope = (others**2) @ (1 - rest)
    spread = (others * rest) @ others.T
    lifted = (others * ((1 - rest) * (rest + largest) / (largest - rest))) @ others.T
    curve: FloatArray = spread * (others @ others.T) + lifted * np.outer(first, first)
    return criterion, slope, curve
