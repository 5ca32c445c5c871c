"""The analysis itself: from counted answers to everything that may be shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from collegium.cli.analysis.grouping import GroupColumns, Grouped, View, ViewKind
from collegium.cli.analysis.notes import Kind, Log
from collegium.cli.analysis.questions import Questionnaire
from collegium.listen.reporting import (
    ChangeReport,
    FacetReliability,
    GroupComparison,
    Moved,
    Survey,
    ViewReport,
    compare_groups,
    compare_waves,
    report_reliability,
    report_view,
)
from collegium.science.errors import UnusableInput
from collegium.science.measurement.moments import Moments
from collegium.science.results import Caution

FEWEST_DISTRICTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How many were asked in every wave by view, and who came and went before the newest."""

    numbers: Mapping[str, tuple[int | None, ...]]
    moved: Mapping[str, Moved]


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """Everything that may be shown of a file, and the log of what may not."""

    asked: Questionnaire
    grouped: Grouped
    columns: GroupColumns
    reports: Mapping[str, ViewReport]
    reliability: tuple[FacetReliability, ...]
    comparisons: tuple[GroupComparison, ...]
    changes: tuple[ChangeReport, ...]
    level: float
    log: Log

    @property
    def survey(self) -> Survey:
        """The newest wave."""
        return self.grouped.survey

    @property
    def waves(self) -> tuple[str, ...]:
        """The names of the waves, oldest first; empty where the file has none."""
        return tuple(name for name, _ in self.grouped.waves if name)


def check_items(moments: Moments, asked: Questionnaire, columns: Mapping[str, str]) -> None:
    """Refuse items that nobody answered, or everybody alike: nothing can be said of how they go with others."""
    totals = moments.counts.sum(axis=0)
    for item, counts in zip(moments.layout.items, totals, strict=True):
        column = columns.get(item.key, item.key)
        UnusableInput.unless(
            counts.sum(),
            "all_missing",
            f"The column {column} holds no answer at all. Leave it out with --leave-out {item.key}.",
            column=column,
            item=item.key,
        )
        UnusableInput.unless(
            counts.sum() < 2 or (counts > 0).sum() > 1 or asked.question(item.key).options.is_tick,
            "constant",
            f"Everybody gave the same answer in the column {column}, so nothing can be said of how it goes with other "
            f"items. Leave it out with --leave-out {item.key}.",
            column=column,
            item=item.key,
        )


def analyse(
    asked: Questionnaire,
    grouped: Grouped,
    columns: GroupColumns,
    log: Log,
    *,
    people: Asked | None = None,
    level: float = 0.95,
    tell: Callable[[int, int], None] = lambda _done, _total: None,
) -> Analysis:
    """Work everything out; `tell` hears how many of how many views are done."""
    survey = grouped.survey
    layout = survey.moments.layout
    numbers = people.numbers if people else {}
    newest = {key: found[-1] for key, found in numbers.items()}
    favours = {one.key: one.favourable for one in asked.questions}.__getitem__
    reports = {}
    for done, view in enumerate(grouped.views):
        tell(done, len(grouped.views))
        reports[view.key] = report_view(survey, view.key, favours, asked=newest.get(view.key), level=level)
    reliability = tuple(
        report_reliability(survey, facet.key, level=level) for facet in layout.facets if len(facet.items) > 1
    )
    if len(grouped.waves) > 1 and reliability:
        log.add(Kind.CAUTION, "reliability", "worked out over all waves together")
    changes: tuple[ChangeReport, ...] = ()
    if len(grouped.waves) > 1:
        (_, before), (_, after) = grouped.waves[-2:]
        for name, _ in grouped.waves[:-2]:
            log.add(Kind.LEFT_OUT, f"wave {name}", "the newest is compared with the one before it")
        changes = compare_waves(
            before,
            after,
            [view.key for view in grouped.views],
            moved=people.moved if people else None,
            asked={key: (found[-2], found[-1]) for key, found in numbers.items() if len(found) > 1},
            level=level,
        )
        if people is None or not people.moved:
            log.add(
                Kind.NOT_SHOWN,
                "most changes",
                "nobody can tell from the file who joined or left between the waves, and a change could give away what "
                "they think; --asked tells it, and shows more",
            )
    return Analysis(
        asked=asked,
        grouped=grouped,
        columns=columns,
        reports=reports,
        reliability=reliability,
        comparisons=_comparisons(grouped, columns, log, level),
        changes=changes,
        level=level,
        log=log,
    )


def _comparisons(grouped: Grouped, columns: GroupColumns, log: Log, level: float) -> tuple[GroupComparison, ...]:
    schools: tuple[View, ...] = grouped.of(ViewKind.SCHOOL)
    if len(schools) < 2:
        return ()
    districts = [view.district for view in schools] if columns.district else None
    found = tuple(
        compare_groups(grouped.survey, [view.key for view in schools], facet.key, districts=districts, level=level)
        for facet in grouped.survey.moments.layout.facets
    )
    if any(Caution.FEW_DISTRICTS in one.cautions for one in found):
        log.add(
            Kind.CAUTION,
            "districts",
            f"fewer than {FEWEST_DISTRICTS} districts: how districts differ is not estimated, and every "
            f"{columns.school} borrows from all others alike",
        )
    for one in found:
        if Caution.SINGULAR in one.cautions:
            log.add(
                Kind.CAUTION, one.facet, "no difference between groups could be found: all estimates are the average"
            )
    return found
