"""From counted answers to documents, view by view. Pure: no database, no clock."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from collegium.listen.cells import Near, Spot, list_neighbours, shown_views
from collegium.listen.enums import ViewKind
from collegium.listen.instruments.model import Instrument
from collegium.listen.publishing.coarsening import (
    NO_MEAN,
    Means,
    Page,
    Stretches,
    coarsen,
    coarsen_change,
    interval_on,
    list_stretches,
    mean_on,
    tells_of_few,
)
from collegium.listen.publishing.documents import Document, EarlierWave, SchoolStanding
from collegium.listen.reporting import (
    FacetReliability,
    Moved,
    Rules,
    Survey,
    compare_groups,
    compare_levels,
    compare_waves,
    favours_of,
    make_survey,
    report_reliability,
    report_view,
)
from collegium.science.disclosure.atoms import AtomPlan, form_atoms
from collegium.science.disclosure.release import ReleasedMean
from collegium.science.measurement.moments import Moments, moments_of_sheets
from collegium.science.results import IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewAsked:
    """A view as it was fixed at opening. `key` is the same in every wave; `schools` are keys of views inside it."""

    key: str
    kind: ViewKind
    cells: Sequence[int]
    asked: int
    schools: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """An earlier wave: its survey, how many were asked in each view, who has come and gone since, and what its pages
    show. `pages` holds, for a view, what stands on those of this and older waves since which few have moved.
    """

    pulse_id: uuid.UUID
    survey: Survey
    asked: Mapping[str, int]
    shown: Mapping[str, Means]
    pages: Mapping[str, Sequence[Page]]
    moved: Mapping[str, Moved] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class WorkedOut:
    """What is published: the plan of atoms, the moments by atom, and a document for every view that can be shown."""

    plan: AtomPlan
    survey: Survey
    documents: Mapping[str, Document]


def form_plan(
    spots: Sequence[Spot], counts: Mapping[str, int], near: Near, views: Sequence[ViewAsked], fewest: int
) -> AtomPlan:
    """Merge cells until more than k answered in each atom."""
    neighbours = list_neighbours(spots, counts, near, fewest)
    wanted = {view.key: [str(number) for number in view.cells] for view in views}
    plan = form_atoms(counts, neighbours, wanted, k=fewest)
    shown = shown_views(plan, wanted, counts)
    return replace(plan, views=shown, lost=tuple(name for name in plan.lost if name not in shown))


def count_sheets(instrument: Instrument, cells: Sequence[int], answers: IntArray) -> Moments:
    """Count sheets by cell."""
    return moments_of_sheets(instrument.layout(), [str(cell) for cell in cells], answers)


def work_out(
    instrument: Instrument,
    moments: Moments,
    plan: AtomPlan,
    views: Sequence[ViewAsked],
    earlier: Sequence[Earlier],
    k: int,
) -> WorkedOut:
    """Put together everything that is published of a pulse."""
    survey = make_survey(moments, plan, Rules(k=k))
    favours = favours_of(instrument)
    documents: dict[str, Document] = {}
    stretches: dict[str, Stretches] = {}
    for view in views:
        if view.key not in survey.views:
            continue
        pages = [page for wave in earlier for page in wave.pages.get(view.key, ())]
        stretches[view.key] = list_stretches(survey, view.key, view.asked, pages)
        report = report_view(survey, view.key, favours, asked=view.asked)
        is_of_few = tells_of_few(report, view.asked, pages, survey.rules.fewest)
        documents[view.key] = Document(
            report=coarsen(report, stretches[view.key], is_of_few=is_of_few),
            asked=view.asked,
            changes=_changes(survey, view, earlier, stretches[view.key]),
            reliability=_reliability(survey) if view.kind == ViewKind.WHOLE else (),
        )
    levels = _levels(documents)
    for view in views:
        if view.key in documents:
            schools, apart = _schools(survey, view, stretches)
            documents[view.key] = replace(
                documents[view.key],
                schools=schools,
                schools_apart=apart,
                levels=compare_levels(survey, levels.get(view.key, {}), show=_showing(stretches)),
            )
    return WorkedOut(plan=plan, survey=survey, documents=documents)


def _levels(keys: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return for a whole unit's view those of its levels, by their keys."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for key in keys:
        unit, _colon, level = key.partition(":")
        if level:
            found[f"{unit}:"][level] = key
    return found


def _changes(
    survey: Survey, view: ViewAsked, earlier: Sequence[Earlier], stretches: Stretches
) -> tuple[EarlierWave, ...]:
    """Compare a view with every earlier wave that has it; the facets of one wave are judged together."""
    return tuple(
        coarsen_change(
            EarlierWave(pulse_id=str(wave.pulse_id), report=report),
            wave.shown.get(view.key, {}).get(report.facet, NO_MEAN),
            stretches,
        )
        for wave in earlier
        if view.key in wave.survey.views
        for report in compare_waves(
            wave.survey,
            survey,
            [view.key],
            moved={view.key: wave.moved[view.key]} if view.key in wave.moved else None,
            asked={view.key: (wave.asked[view.key], view.asked)},
        )
    )


def _showing(stretches: Mapping[str, Stretches]) -> Callable[[str, str, ReleasedMean], ReleasedMean]:
    """Return what shows the mean of a view and facet as its page does."""
    return lambda view, facet, mean: mean_on(mean, stretches.get(view, {}).get(facet))


def _reliability(survey: Survey) -> tuple[FacetReliability, ...]:
    return tuple(report_reliability(survey, facet.key) for facet in survey.moments.layout.facets)


def _schools(
    survey: Survey, view: ViewAsked, stretches: Mapping[str, Stretches]
) -> tuple[tuple[SchoolStanding, ...], dict[str, tuple[int, int]] | None]:
    """Set the schools of a view beside each other, in the order of their ids: never by their scores."""
    shown = [key for key in view.schools if key in survey.views]
    if len(shown) < 2:
        return (), None
    found = {facet.key: compare_groups(survey, shown, facet.key) for facet in survey.moments.layout.facets}
    standings = tuple(
        SchoolStanding(
            unit_id=key.partition(":")[0],
            means={
                facet: mean_on(compared.means[place], stretches[key].get(facet)) for facet, compared in found.items()
            },
            intervals={
                facet: interval_on(compared.intervals[place], compared.means[place], stretches[key].get(facet))
                for facet, compared in found.items()
            },
        )
        for place, key in enumerate(shown)
    )
    return standings, {facet: (compared.pairs_apart, compared.pairs) for facet, compared in found.items()}
