"""Coarser numbers where a wave beside the published ones would say too much of the few who came or went in between.

The earlier waves have been published, and stay. So a mean that those few may have moved to where it is, is shown as all
of the scale that they may have moved it to, and where that is too much of it the facet is not shown; how the answers
divide is not shown at all. This is rare: it takes nearly all of a unit to have answered both times.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from collegium.listen.publishing.documents import EarlierWave
from collegium.listen.reporting import FacetReport, ItemReport, Survey, ViewReport
from collegium.science.disclosure.beside import EarlierMean, Stretch, stretch_beside
from collegium.science.disclosure.release import (
    MEAN_STEP,
    Decision,
    ReleasedChange,
    ReleasedMean,
    ReleasedShares,
    Shown,
)
from collegium.science.disclosure.spread import release_interval
from collegium.science.measurement.change import Verdict
from collegium.science.results import Interval

NO_MEAN = ReleasedMean(n=None)
NO_SHARES = ReleasedShares(n=None)
ROUNDING = 1e-9
Means = Mapping[str, ReleasedMean]
Stretches = Mapping[str, Stretch]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What stands on the page of an earlier wave: means by facet, how many answered and were asked; who moved since.

    Who kept silent nobody knows, so whoever came or went cannot be told apart from them.
    """

    means: Means
    n: int
    asked: int
    moved: int

    def may_have_moved(self, n: int) -> int:
        """Return how many may have moved since n of those asked answered; none where it is known that none did."""
        return self.moved + self.asked - n if self.moved else 0


def list_stretches(survey: Survey, view: str, asked: int, pages: Sequence[Page]) -> dict[str, Stretch]:
    """Return the facets of a view whose mean may have been moved by a few, with how far."""
    found = {}
    for facet in survey.moments.layout.facets:
        item = survey.moments.layout.items[survey.moments.layout.columns(facet.items[:1])[0]]
        n = survey.facet_scores(view, facet).n
        earlier = [
            EarlierMean(mean=then.mean, n=then.n, moved=moved + asked - n)
            for page in pages
            if (then := page.means.get(facet.key)) and then.mean is not None and then.n is not None
            if (moved := page.may_have_moved(then.n))
        ]
        if n and earlier:
            stretch = stretch_beside(earlier, n=n, lowest=item.lowest, highest=item.highest, k=survey.rules.fewest)
            if stretch is not None:
                found[facet.key] = stretch
    return found


def tells_of_few(report: ViewReport, asked: int, pages: Sequence[Page], fewest: int) -> bool:
    """Say whether a view stands beside a page since which so few moved that a difference could be put down to them."""
    silent = asked - (report.n or 0)
    return any((moved := page.may_have_moved(page.n)) and moved + silent < fewest for page in pages)


def coarsen(report: ViewReport, stretches: Stretches, *, is_of_few: bool) -> ViewReport:
    """Return a view with some of its means coarser, and without what cannot be: divided answers, and hidden facets."""
    return replace(
        report,
        facets=tuple(_coarser_facet(facet, stretches.get(facet.key)) for facet in report.facets),
        items=tuple(map(_undivided, report.items)) if is_of_few else report.items,
    )


def _coarser_facet(facet: FacetReport, stretch: Stretch | None) -> FacetReport:
    if stretch is None:
        return facet
    # One answer more or less is seen where a share is at the edge of its step, whatever it is rounded to.
    return replace(
        facet,
        mean=mean_on(facet.mean, stretch),
        interval=interval_on(facet.interval, facet.mean, stretch),
        shares=None if facet.shares is None else _hidden(facet.shares, stretch),
        favourable=None,
        agreement=None,
        items=tuple(replace(_undivided(item), shares=_hidden(item.shares, stretch)) for item in facet.items),
    )


def _hidden(shares: ReleasedShares, stretch: Stretch) -> ReleasedShares:
    return NO_SHARES if stretch.is_hidden else replace(shares, shares=None)


def _undivided(item: ItemReport) -> ItemReport:
    return replace(item, shares=replace(item.shares, shares=None), favourable=None, mean=None)


def coarsen_change(change: EarlierWave, then: ReleasedMean, stretches: Stretches) -> EarlierWave:
    """Return a change that tells no more than the pages of both waves do; `then` is what the earlier one shows."""
    report = change.report
    after = mean_on(report.after, stretches.get(report.facet))
    if then.mean is None or after != report.after:
        released = ReleasedChange(decision=Decision.WITHHOLD)
        nothing = replace(report, released=released, before=None, difference=None, interval=None)
        return replace(change, report=replace(nothing, after=after, verdict=Verdict.UNCLEAR))
    if is_coarse(then):
        before = None if report.before is None else then
        return replace(change, report=replace(report, before=before, difference=None, interval=None))
    return change


def mean_on(released: ReleasedMean, stretch: Stretch | None) -> ReleasedMean:
    """Return a mean as it may be shown: inside a stretch as the whole of it, outside as it is."""
    if stretch is None or released.mean is None:
        return released
    if stretch.is_hidden:
        return NO_MEAN
    if not stretch.holds(released.mean):
        return released
    middle = round((stretch.low + stretch.high) / 2, 1)
    return replace(released, mean=Shown(value=middle, low=stretch.low, high=stretch.high))


def interval_on(interval: Interval | None, released: ReleasedMean, stretch: Stretch | None) -> Interval | None:
    """Return the interval of a mean as wide around the whole stretch as it was around the mean."""
    if interval is None or stretch is None or released.mean is None:
        return interval
    if stretch.is_hidden:
        return None
    if not stretch.holds(released.mean):
        return interval
    around = mean_on(released, stretch).mean
    value = released.mean.value
    # An end that the score has cut off says less of the width than the other.
    half = max(value - interval.low, interval.high - value) + (stretch.high - stretch.low) / 2
    return release_interval(around, half, lowest=stretch.lowest, highest=stretch.highest, level=interval.level)


def is_coarse(released: ReleasedMean) -> bool:
    """Say whether a mean is shown as a stretch of the scale."""
    shown = released.mean
    return shown is not None and shown.band is None and shown.high - shown.low > MEAN_STEP + ROUNDING
