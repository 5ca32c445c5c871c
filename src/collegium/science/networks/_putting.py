"""How results of this family are put together, and how sure they are where ties are drawn from people."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from collegium.science.networks.network import Network
from collegium.science.networks.values import PersonValues
from collegium.science.results import Caution, Estimate, FloatArray, Interval


def cautions_of(network: Network, cautions: Sequence[Caution | None] = ()) -> tuple[Caution, ...]:
    """Add what is to be said of people who did not answer."""
    found = [caution for caution in cautions if caution is not None]
    if network.n_answered * 2 < network.n:
        found.append(Caution.MOSTLY_UNANSWERED)
    elif network.n_answered < network.n:
        found.append(Caution.NOT_ALL_ANSWERED)
    return tuple(dict.fromkeys(found))


def estimate(
    network: Network,
    value: float | None,
    method: str,
    *cautions: Caution | None,
    interval: Interval | None = None,
) -> Estimate:
    """Put one number about a whole network together."""
    return Estimate(
        value=value,
        interval=interval,
        n_used=network.n_answered,
        n_missing=network.n - network.n_answered,
        method=method,
        cautions=cautions_of(network, cautions),
    )


def person_values(network: Network, values: npt.ArrayLike, method: str, *cautions: Caution | None) -> PersonValues:
    """Put a number for each person together."""
    return PersonValues(
        value=np.asarray(values, dtype=np.float64),
        n_used=network.n_answered,
        n_missing=network.n - network.n_answered,
        method=method,
        cautions=cautions_of(network, cautions),
    )


def jackknife(value: float | None, left_out: FloatArray, level: float) -> Interval | None:
    """Return the interval of a number about ties from the same number without each of the people in turn.

    The squared error is (n - 2) / 2n times the sum of squared deviations: Snijders and Borgatti (1999), Connections 22,
    161-170. It is exact for the density of independent ties.
    """
    n = len(left_out)
    if value is None or n < 4 or np.isnan(left_out).any():
        return None
    error = float(np.sqrt((n - 2) / (2 * n) * ((left_out - left_out.mean()) ** 2).sum()))
    half = NormalDist().inv_cdf((1 + level) / 2) * error
    return Interval(low=value - half, high=value + half, level=level)


def share(part: float, whole: float) -> float | None:
    """Divide; nothing of nothing is no share."""
    return part / whole if whole else None


def shares(part: npt.ArrayLike, whole: npt.ArrayLike) -> FloatArray:
    """Divide each; nothing of nothing is NaN."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found: FloatArray = np.asarray(part, dtype=np.float64) / np.asarray(whole, dtype=np.float64)
    found[~np.isfinite(found)] = np.nan
    return found
