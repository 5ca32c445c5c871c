"""Where the levels of a unit differ for certain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from collegium.listen.reporting.survey import Survey
from collegium.science.disclosure.release import ReleasedMean, release_mean
from collegium.science.disclosure.spread import release_spread
from collegium.science.measurement.change import Change, Verdict, Wave, judge_changes, wave_difference
from collegium.science.measurement.layout import Facet


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelDifference:
    """One facet on which one level stands clearly higher than another."""

    facet: str
    higher: str
    lower: str


Show = Callable[[str, str, ReleasedMean], ReleasedMean]


def compare_levels(
    survey: Survey, levels: Mapping[str, str], *, show: Show | None = None, rate: float = 0.05
) -> tuple[LevelDifference, ...]:
    """Compare every two levels on every facet, the widest difference first; `levels` names the view of each.

    `show` returns, by view and facet, the mean as its page shows it, where that is coarser or not at all. All are
    judged together, on the figures as they are shown: nothing is told that these do not tell. What rounding may have
    added to a difference is taken off, and the levels count as samples of what such people say, so that a handful who
    all answered are not certain of everything.
    """
    found: list[tuple[str, str, str, Change]] = []
    for facet in survey.moments.layout.facets:
        shown = {name: wave for name, view in levels.items() if (wave := _as_shown(survey, view, facet, show))}
        for one, other in combinations(shown, 2):
            (first, width), (second, other_width) = shown[one], shown[other]
            found.append((facet.key, one, other, _less_rounding(first, second, (width + other_width) / 2)))
    judged = judge_changes([change for *_names, change in found], rate=rate)
    clear = [
        (abs(change.difference.value or 0.0), _named(facet, one, other, verdict.verdict))
        for (facet, one, other, change), verdict in zip(found, judged, strict=True)
        if verdict.verdict is not Verdict.UNCLEAR
    ]
    clear.sort(key=lambda each: (-each[0], each[1].facet, each[1].higher))
    return tuple(difference for _size, difference in clear)


def _as_shown(survey: Survey, view: str, facet: Facet, show: Show | None) -> tuple[Wave, float] | None:
    """Return the scores of a level with mean and spread as they are released, and how wide the mean is; or None."""
    layout, fewest = survey.moments.layout, survey.rules.fewest
    item = layout.items[layout.columns(facet.items[:1])[0]]
    scores = survey.facet_scores(view, facet)
    n = scores.n
    mean = release_mean(scores.mean if n else None, n, lowest=item.lowest, highest=item.highest, k=fewest)
    shown = (show(view, facet.key, mean) if show else mean).mean
    if shown is None or shown.band is not None:
        return None
    options = item.options if len(facet.items) == 1 else None
    spread = release_spread(scores.within, n, options=options, k=fewest)
    return Wave(n=n, mean=shown.value, within=spread), shown.high - shown.low


def _less_rounding(one: Wave, other: Wave, rounding: float) -> Change:
    gap = other.mean - one.mean
    kept = max(0.0, abs(gap) - rounding)
    return wave_difference(one, replace(other, mean=one.mean + (kept if gap > 0 else -kept)))


def _named(facet: str, one: str, other: str, verdict: Verdict) -> LevelDifference:
    higher, lower = (other, one) if verdict is Verdict.UP else (one, other)
    return LevelDifference(facet=facet, higher=higher, lower=lower)
