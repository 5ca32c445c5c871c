"""What changed between two waves, in the only words there are for it: clearly up, clearly down, can't tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor

from collegium.listen.reporting.survey import LASTING, Survey
from collegium.science.disclosure.release import (
    MEAN_STEP,
    Decision,
    ReleasedChange,
    ReleasedMean,
    release_change,
    release_mean,
)
from collegium.science.disclosure.spread import release_spread
from collegium.science.measurement.change import Change, JudgedChange, Verdict, Wave, judge_changes, wave_difference
from collegium.science.measurement.layout import Facet, Item, Layout
from collegium.science.results import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """How many of those asked in a view joined after the earlier wave, and how many had left before the later.

    `fewest` is how many came or went since that earlier wave, of all there were, from which the later differs least, if
    at all: what was published then stands beside it as well.
    """

    joined: int
    left: int
    fewest: int | None = None

    @property
    def telling(self) -> int:
        """How many people a difference between two waves could be put down to."""
        return self.joined + self.left if self.fewest is None else self.fewest


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeReport:
    """The change of one facet in one view. What may not be shown is None, and `released` says why.

    `before` is None as well where the change is rounded: with it the change would be known exactly.
    """

    view: str
    facet: str
    n_before: int | None
    n_after: int | None
    released: ReleasedChange
    before: ReleasedMean | None
    after: ReleasedMean
    difference: float | None
    interval: Interval | None
    verdict: Verdict

    @property
    def is_withheld(self) -> bool:
        """Say whether nothing is told of the change, not even that it is unclear."""
        return self.released.decision is Decision.WITHHOLD


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    view: str
    facet: str
    waves: tuple[Wave, Wave]
    means: tuple[ReleasedMean, ReleasedMean]
    released: ReleasedChange
    change: Change


def compare_waves(
    before: Survey,
    after: Survey,
    views: Iterable[str],
    *,
    moved: Mapping[str, Moved] | None = None,
    asked: Mapping[str, tuple[int | None, int | None]] | None = None,
    level: float = 0.95,
    rate: float = 0.05,
) -> tuple[ChangeReport, ...]:
    """Compare every facet that both waves have, in every view; all of them are judged together.

    Both surveys must be made of the same atoms. `moved` says for a view who came and went; of a view that it does not
    name the worst is assumed, which withholds the change of all but large groups. `asked` holds for a view how many
    were asked in each wave.
    """
    moved, asked = moved or {}, asked or {}
    facets = _shared_facets(before.moments.layout, after.moments.layout)
    found = [
        _compare(before, after, view, facet, item, moved.get(view), asked.get(view, (None, None)), level)
        for view in views
        for facet, item in facets
    ]
    # Only what is shown stands on the page, and is judged.
    shown = [one for one in found if one.released.decision is not Decision.WITHHOLD]
    judged = dict(zip(map(id, shown), judge_changes([one.change for one in shown], rate=rate), strict=True))
    return tuple(_report(one, judged.get(id(one)), level) for one in found)


@lru_cache(maxsize=64)
def _shared_facets(before: Layout, after: Layout) -> list[tuple[Facet, Item]]:
    """Return the facets that both layouts have alike, with an item of each: of thousands of views they are the same."""
    known = {_whole(before, facet) for facet in before.facets}
    items = {item.key: item for item in after.items}
    return [(facet, items[facet.items[0]]) for facet in after.facets if _whole(after, facet) in known]


def _whole(layout: Layout, facet: Facet) -> tuple[object, ...]:
    """Return what makes a facet what it is: which items, in whatever order, coded how."""
    coded = frozenset((item.key, item.lowest, item.highest) for item in layout.items if item.key in facet.items)
    return facet.key, coded, facet.reversed_items


def _compare(
    before: Survey,
    after: Survey,
    view: str,
    facet: Facet,
    item: Item,
    moved: Moved | None,
    asked: tuple[int | None, int | None],
    level: float,
) -> _Found:
    fewest = max(before.rules.fewest, after.rules.fewest)
    waves, means = [], []
    for survey, population, lasting in zip((before, after), asked, _lasting(moved, asked), strict=True):
        scores = survey.facet_scores(view, facet)
        n = scores.n
        mean = scores.mean if n else 0.0
        means.append(release_mean(mean if n else None, n, lowest=item.lowest, highest=item.highest, k=fewest))
        options = item.options if len(facet.items) == 1 else None
        spread = release_spread(scores.within, n, options=options, k=fewest)
        waves.append(
            Wave(n=n, mean=mean, within=spread, population=population, n_missing=scores.n_missing, lasting=lasting)
        )
    moved = moved or Moved(joined=fewest - 1, left=0)
    # Which of those asked kept silent nobody knows, so whoever came or went cannot be told apart from them.
    silent = sum(wave.population - wave.n for wave in waves if wave.population is not None)
    released = release_change(
        joined=moved.telling + (silent if moved.telling else 0),
        left=0,
        n_before=waves[0].n,
        n_after=waves[1].n,
        span=item.highest - item.lowest,
        k=fewest,
    )
    return _Found(
        view=view,
        facet=facet.key,
        waves=(waves[0], waves[1]),
        means=(means[0], means[1]),
        released=released,
        change=wave_difference(waves[0], waves[1], level=level),
    )


def _lasting(moved: Moved | None, asked: tuple[int | None, int | None]) -> tuple[float, float]:
    """Return how much of the variance in each wave is the same people's to stay; none where that is unknown.

    Of N and M asked, with S in both, the waves' means share ``r S / (N M)`` of the variance of one person.
    """
    n_before, n_after = asked
    if moved is None or not n_before or not n_after:
        return 0.0, 0.0
    both = max(0, min(n_before - moved.left, n_after - moved.joined))
    return LASTING * both / n_after, LASTING * both / n_before


def _report(found: _Found, judged: JudgedChange | None, level: float) -> ChangeReport:
    decision = found.released.decision
    before, after = found.means
    verdict = Verdict.UNCLEAR if judged is None else judged.verdict
    difference: float | None = None
    interval: Interval | None = None
    if before.mean is not None and after.mean is not None and decision is not Decision.WITHHOLD:
        exact = found.change.difference.value or 0.0
        step = found.released.step or MEAN_STEP
        # Where both waves are shown, their difference as shown: one more rounding would tell a little more of each.
        value = after.mean.value - before.mean.value if decision is Decision.SHOW else round(exact / step) * step
        value = round(value, 1)
        if before.mean.band is None and after.mean.band is None:
            difference = value
            interval = _interval(value, found.change.difference.interval, step, level)
        if decision is Decision.ROUND and value == 0:
            verdict = Verdict.UNCLEAR
    return ChangeReport(
        view=found.view,
        facet=found.facet,
        n_before=before.n,
        n_after=after.n,
        released=found.released,
        before=before if decision is Decision.SHOW else None,
        after=after,
        difference=difference,
        interval=interval,
        verdict=verdict,
    )


def _interval(value: float, exact: Interval | None, step: float, level: float) -> Interval | None:
    """Return the interval around a difference as shown, its ends rounded outwards to the same step."""
    if exact is None:
        return None
    half = (exact.high - exact.low) / 2
    low = floor((value - half) / step + 1e-9) * step
    high = ceil((value + half) / step - 1e-9) * step
    return Interval(low=round(low, 1), high=round(high, 1), level=level)
