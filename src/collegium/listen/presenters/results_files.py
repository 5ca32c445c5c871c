"""The files of a result: its rows, as the reader is shown them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.utils.translation import gettext as _

from collegium.listen import exporting
from collegium.listen.exporting import Cell, SchoolRow
from collegium.listen.presenters.results import reading_of, waves_of
from collegium.listen.presenters.results_schools import list_in_picture, list_named
from collegium.listen.presenters.results_sentences import say_what_differs
from collegium.listen.queries import results
from collegium.listen.queries.results import Result
from collegium.people.actors import Actor


def list_result_rows(actor: Actor, result: Result) -> list[Sequence[Cell]]:
    """Return the figures of a result, figure by figure; none where nothing is shown."""
    if result.document is None:
        return []
    reading = reading_of(result)
    differences: tuple[str, ...] = ()
    if not result.level:
        levels = results.list_level_reports(result)
        differences = say_what_differs(reading, result.document.levels, levels).sentences
    rows = exporting.list_rows(
        reading,
        result.document,
        waves_of(result),
        reliability=results.get_reliability(result),
        levels=differences,
        schools=_schools(actor, result),
    )
    return [row.cells() for row in rows]


def list_codebook_rows(result: Result) -> list[Sequence[Cell]]:
    """Return the codebook of a result."""
    return list(exporting.list_codebook(reading_of(result), k=result.pulse.k))


def _schools(actor: Actor, result: Result) -> list[SchoolRow]:
    document = result.document
    if document is None or not document.schools:
        return []
    names = results.name_units(list_named(actor, document, results.list_agreed(result.pulse)))
    rows = []
    for facet in document.report.facets:
        for school in list_in_picture(result, document, facet.key, names):
            part = names.get(uuid.UUID(school.unit_id))
            mean, interval = school.means[facet.key], school.intervals[facet.key]
            rows.append(
                SchoolRow(
                    facet=facet.key,
                    name=part.name if part else _("A school"),
                    mean=mean,
                    low=interval.low if interval else None,
                    high=interval.high if interval else None,
                )
            )
    return rows
