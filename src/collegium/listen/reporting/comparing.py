"""Groups beside each other, each borrowing strength from all; in the order they are given, never by their scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from collegium.listen.reporting.survey import Survey
from collegium.science.disclosure.release import ReleasedMean, release_mean
from collegium.science.disclosure.spread import release_interval
from collegium.science.measurement.comparison import comparison_intervals
from collegium.science.measurement.estimates import GroupEstimates, group_estimates, nested_estimates
from collegium.science.measurement.groups import GroupMoments
from collegium.science.results import BoolArray, Caution, Interval, Locked


class Standing(StrEnum):
    """Where a group stands beside the average of all groups."""

    ABOVE = "clearly above"
    BELOW = "clearly below"
    UNCLEAR = "can't tell apart"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GroupComparison(Locked):
    """One facet in several groups. `means` are estimates as they may be shown.

    `differ` is a square of pairs: True where two groups can be told apart (Goldstein and Healy's intervals do not
    overlap). Whatever is False must not be ranked.
    """

    facet: str
    groups: tuple[str, ...]
    means: tuple[ReleasedMean, ...]
    intervals: tuple[Interval | None, ...]
    standings: tuple[Standing | None, ...]
    differ: BoolArray
    average: ReleasedMean
    average_interval: Interval | None
    has_districts: bool
    cautions: tuple[Caution, ...]

    @property
    def pairs(self) -> int:
        """How many pairs of groups are shown."""
        shown = sum(mean.mean is not None for mean in self.means)
        return shown * (shown - 1) // 2

    @property
    def pairs_apart(self) -> int:
        """How many of the pairs can be told apart."""
        return int(self.differ.sum()) // 2


def compare_groups(
    survey: Survey, groups: Sequence[str], facet: str, *, districts: Sequence[str] | None = None, level: float = 0.95
) -> GroupComparison:
    """Estimate a facet in several views, none of which overlaps another.

    `districts` names the district of each group; with answers from at least 20, groups borrow from their own first.
    """
    layout = survey.moments.layout
    measured = layout.facet(facet)
    item = survey.item(measured.items[0])
    each = [survey.facet_scores(group, measured) for group in groups]
    moments = GroupMoments(
        labels=tuple(groups),
        n=np.array([one.n for one in each], dtype=np.int64),
        mean=np.array([one.mean for one in each]),
        within=np.array([one.within for one in each]),
        n_missing=np.array([one.n_missing for one in each], dtype=np.int64),
    )
    if districts is None:
        found = group_estimates(moments, level=level)
    else:
        found = nested_estimates(moments, districts, level=level)
    ends = {"lowest": item.lowest, "highest": item.highest}
    fewest = survey.rules.fewest
    means = tuple(_released(moments, found, place, ends, fewest) for place in range(len(groups)))
    halves = _halves(found)
    known = np.array([mean.mean is not None for mean in means], dtype=np.bool_)
    grand = found.grand_mean
    average = release_mean(grand.value, int(moments.n.sum()), lowest=item.lowest, highest=item.highest, k=fewest)
    reach = None if grand.interval is None else (grand.interval.high - grand.interval.low) / 2
    return GroupComparison(
        facet=facet,
        groups=tuple(groups),
        means=means,
        intervals=tuple(
            release_interval(mean.mean, half, lowest=item.lowest, highest=item.highest, level=level)
            for mean, half in zip(means, halves, strict=True)
        ),
        standings=tuple(_standing(found, place) if known[place] else None for place in range(len(groups))),
        differ=_apart(found, known, level),
        average=average,
        average_interval=release_interval(average.mean, reach, lowest=item.lowest, highest=item.highest, level=level),
        has_districts=found.districts is not None,
        cautions=found.cautions,
    )


def _released(
    moments: GroupMoments, found: GroupEstimates, place: int, ends: dict[str, int], fewest: int
) -> ReleasedMean:
    n = int(moments.n[place])
    own = release_mean(float(moments.mean[place]) if n else None, n, **ends, k=fewest)
    value = float(found.groups.value[place])
    # Where the group's own mean is put into words, an estimate drawn to the average must not undo that.
    if own.mean is None or own.mean.band is not None or np.isnan(value):
        return own
    return release_mean(min(max(value, ends["lowest"]), ends["highest"]), n, **ends, k=fewest)


def _halves(found: GroupEstimates) -> list[float | None]:
    low, high = found.groups.low, found.groups.high
    if low is None or high is None:
        return [None] * len(found.labels)
    return [None if np.isnan(half) else float(half) for half in (high - low) / 2]


def _standing(found: GroupEstimates, place: int) -> Standing:
    own, average = found.groups[place].interval, found.grand_mean.value
    if own is None or average is None:
        return Standing.UNCLEAR
    if own.low > average:
        return Standing.ABOVE
    return Standing.BELOW if own.high < average else Standing.UNCLEAR


def _apart(found: GroupEstimates, known: BoolArray, level: float) -> BoolArray:
    made = comparison_intervals(found, level=level)
    if made.low is None or made.high is None:
        return np.zeros((len(known), len(known)), dtype=np.bool_)
    above = made.low[:, None] > made.high[None, :]  # unknown ends are above and below nothing
    apart: BoolArray = (above | above.T) & known[:, None] & known[None, :]
    return apart
