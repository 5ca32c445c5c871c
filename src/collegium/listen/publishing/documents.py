"""What is kept of a published view, as it is shown: no page, export or indicator works anything out anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cattrs

from collegium.listen.publishing import plain
from collegium.listen.reporting import ChangeReport, FacetReliability, LevelDifference, ViewReport
from collegium.science.disclosure.release import ReleasedMean, Shown
from collegium.science.results import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierWave:
    """The change of a facet since an earlier pulse, with that pulse's id."""

    pulse_id: str
    report: ChangeReport


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolStanding:
    """One school in the picture of an alliance: its estimate beside the others', by facet."""

    unit_id: str
    means: dict[str, ReleasedMean]
    intervals: dict[str, Interval | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Everything that is shown of one view."""

    report: ViewReport
    asked: int
    changes: tuple[EarlierWave, ...] = ()
    reliability: tuple[FacetReliability, ...] = ()
    schools: tuple[SchoolStanding, ...] = ()
    schools_apart: dict[str, tuple[int, int]] | None = None  # by facet: pairs that can be told apart, of how many
    levels: tuple[LevelDifference, ...] = ()  # where the levels inside the view clearly differ, the widest first

    def changes_of(self, facet: str) -> tuple[EarlierWave, ...]:
        """Return the changes of one facet."""
        return tuple(change for change in self.changes if change.report.facet == facet)


# Documents are our own: what a stranger might have got wrong is not looked for, which takes half the time.
_converter = cattrs.Converter(detailed_validation=False)
_converter.register_structure_hook(Shown, plain.read_shown)


def write_document(document: Document) -> dict[str, Any]:
    """Return a document as plain values for JSON."""
    return {
        "report": plain.write_view(document.report),
        "asked": document.asked,
        "changes": [
            {"pulse_id": change.pulse_id, "report": plain.write_change(change.report)} for change in document.changes
        ],
        "reliability": [plain.write_reliability(found) for found in document.reliability],
        "schools": [_write_standing(standing) for standing in document.schools],
        "schools_apart": document.schools_apart,
        "levels": [plain.write_level(difference) for difference in document.levels],
    }


def _write_standing(standing: SchoolStanding) -> dict[str, Any]:
    return {
        "unit_id": standing.unit_id,
        "means": {facet: plain.write_mean(mean) for facet, mean in standing.means.items()},
        "intervals": {facet: plain.write_interval(interval) for facet, interval in standing.intervals.items()},
    }


def read_means(written: dict[str, Any]) -> dict[str, ReleasedMean]:
    """Return no more than the means of a document, by facet: thousands are read to set one pulse beside another."""
    return {
        facet["key"]: ReleasedMean(n=mean["n"], mean=None if mean["mean"] is None else plain.read_shown(mean["mean"]))
        for facet in written["report"]["facets"]
        if (mean := facet["mean"])
    }


def read_document(written: dict[str, Any]) -> Document:
    """Return the document that was written."""
    return _converter.structure(written, Document)


# A page about many waves or views reads of each document only the part that it shows.
def read_outline(written: dict[str, Any]) -> ViewReport:
    """Return the facets of a view alone, with their means and intervals, from the report of its document."""
    facets = [{**facet, "items": [], "shares": None, "favourable": None} for facet in written["facets"]]
    return _converter.structure({**written, "facets": facets, "items": []}, ViewReport)


def read_changes(written: list[dict[str, Any]]) -> tuple[EarlierWave, ...]:
    """Return the changes alone."""
    return _converter.structure(written, tuple[EarlierWave, ...])


def read_reliability(written: list[dict[str, Any]]) -> tuple[FacetReliability, ...]:
    """Return the reliability alone."""
    return _converter.structure(written, tuple[FacetReliability, ...])
