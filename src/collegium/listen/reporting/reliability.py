"""How well a facet's items hold together, over all sheets of a survey."""

from __future__ import annotations

from dataclasses import dataclass

from collegium.listen.reporting.survey import Survey
from collegium.science.measurement.icc import group_reliability
from collegium.science.measurement.reliability import alpha, omega_total, spearman_brown
from collegium.science.results import Estimate, Interval

# With fewer groups their coefficients would tell how alike the answers inside each are.
FEWEST_GROUPS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetReliability:
    """Coefficients of a facet, to two decimals; None where there is none, or too few answered to show one.

    `alpha` is Cronbach's, or for two items Spearman and Brown's; `icc1` and `icc2` say how much depends on the atom
    that somebody is in.
    """

    facet: str
    n: int
    items: int
    alpha: float | None
    alpha_interval: Interval | None
    omega: float | None
    icc1: float | None
    icc2: float | None


def report_reliability(survey: Survey, facet: str, *, level: float = 0.95) -> FacetReliability:
    """Return the reliability of a facet. Coefficients rest on all sheets, and on no group of fewer than twice k."""
    layout = survey.moments.layout
    items = layout.facet(facet).items
    first: Estimate | None = None
    omega: float | None = None
    n = 0
    if survey.moments.crosses is not None and len(items) > 1:
        cross = survey.moments.cross(facet)
        n = cross.complete
        if n >= 2 * survey.rules.fewest:
            first = spearman_brown(cross) if len(items) == 2 else alpha(cross, level=level)
            omega = omega_total(cross).value if len(items) > 2 else None
    scores = survey.scores.get(facet)
    groups = group_reliability(scores) if scores is not None and len(scores.labels) >= FEWEST_GROUPS else None
    return FacetReliability(
        facet=facet,
        n=n,
        items=len(items),
        alpha=_short(None if first is None else first.value),
        alpha_interval=_ends(None if first is None else first.interval),
        omega=_short(omega),
        icc1=_short(groups.icc1.value if groups else None),
        icc2=_short(groups.icc2.value if groups else None),
    )


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _ends(interval: Interval | None) -> Interval | None:
    if interval is None:
        return None
    return Interval(low=round(interval.low, 2), high=round(interval.high, 2), level=interval.level)
