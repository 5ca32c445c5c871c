"""Coarser numbers where two waves beside each other would say too much of the few who came or went in between.

The earlier wave has been published, and stays. So the later one is shown in larger steps, and a facet for which no step
is large enough is not shown at all. This is rare: it takes nearly all of a small unit to have answered both times.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import ceil, floor, inf

from collegium.listen.publishing.documents import EarlierWave
from collegium.listen.reporting import FacetReport, ViewReport
from collegium.science.disclosure.release import Decision, ReleasedMean, ReleasedShares
from collegium.science.results import Interval

HIDDEN = inf
NO_MEAN = ReleasedMean(n=None)
NO_SHARES = ReleasedShares(n=None)


def list_steps(changes: Iterable[EarlierWave]) -> dict[str, float]:
    """Return the facets whose mean is shown in larger steps, with the step: `HIDDEN` where it is not shown at all."""
    steps: dict[str, float] = {}
    for change in changes:
        released = change.report.released
        # Without an earlier number there is nothing to stand beside.
        if released.decision is not Decision.SHOW and change.report.n_before is not None:
            step = HIDDEN if released.later_step is None else released.later_step
            steps[change.report.facet] = max(step, steps.get(change.report.facet, 0.0))
    return steps


def coarsen(report: ViewReport, steps: Mapping[str, float]) -> ViewReport:
    """Return a view with some of its means in larger steps, and without the facets that are hidden."""
    return replace(report, facets=tuple(_coarser_facet(facet, steps.get(facet.key)) for facet in report.facets))


def _coarser_facet(facet: FacetReport, step: float | None) -> FacetReport:
    if step == HIDDEN:
        items = tuple(replace(item, shares=NO_SHARES, favourable=None, mean=None) for item in facet.items)
        shares = None if facet.shares is None else NO_SHARES
        return replace(facet, mean=NO_MEAN, interval=None, shares=shares, favourable=None, agreement=None, items=items)
    return replace(facet, mean=coarser_mean(facet.mean, step), interval=coarser_interval(facet.interval, step))


def coarsen_change(change: EarlierWave, steps: Mapping[str, float]) -> EarlierWave:
    """Return a change whose later mean is no finer than the page shows it."""
    after = coarser_mean(change.report.after, steps.get(change.report.facet))
    return replace(change, report=replace(change.report, after=after))


def coarser_mean(released: ReleasedMean, step: float | None) -> ReleasedMean:
    """Return a mean in larger steps; one in words stays as it is."""
    shown = released.mean
    if step == HIDDEN:
        return NO_MEAN
    if step is None or shown is None or shown.band is not None:
        return released
    value = round(round(shown.value / step) * step, 1)
    low, high = min(shown.low, value - step / 2), max(shown.high, value + step / 2)
    return replace(released, mean=replace(shown, value=value, low=low, high=high))


def coarser_interval(interval: Interval | None, step: float | None) -> Interval | None:
    """Return an interval whose ends lie on the larger steps, outwards."""
    if step is None or interval is None:
        return interval
    if step == HIDDEN:
        return None
    low, high = floor(interval.low / step + 1e-9) * step, ceil(interval.high / step - 1e-9) * step
    return replace(interval, low=round(low, 1), high=round(high, 1))
