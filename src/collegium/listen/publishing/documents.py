"""What is kept of a published view, as it is shown: no page, export or indicator works anything out anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cattrs

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
_converter = cattrs.Converter(unstruct_collection_overrides={tuple: list}, detailed_validation=False)
# There are tens of thousands of these: their ends are kept to a hundredth of a percent, which no page shows.
_converter.register_unstructure_hook(
    Shown,
    lambda shown: {
        "value": shown.value,
        "low": round(shown.low, 4),
        "high": round(shown.high, 4),
        "band": shown.band and shown.band.value,
    },
)


def write_document(document: Document) -> dict[str, Any]:
    """Return a document as plain values for JSON."""
    plain: dict[str, Any] = _converter.unstructure(document)
    return plain


def read_document(plain: dict[str, Any]) -> Document:
    """Return the document that was written."""
    return _converter.structure(plain, Document)


# A page about many waves or views reads of each document only the part that it shows.
def read_outline(plain: dict[str, Any]) -> ViewReport:
    """Return the facets of a view alone, with their means and intervals, from the report of its document."""
    facets = [{**facet, "items": [], "shares": None, "favourable": None} for facet in plain["facets"]]
    return _converter.structure({**plain, "facets": facets, "items": []}, ViewReport)


def read_changes(plain: list[dict[str, Any]]) -> tuple[EarlierWave, ...]:
    """Return the changes alone."""
    return _converter.structure(plain, tuple[EarlierWave, ...])


def read_reliability(plain: list[dict[str, Any]]) -> tuple[FacetReliability, ...]:
    """Return the reliability alone."""
    return _converter.structure(plain, tuple[FacetReliability, ...])
