"""A published document comes back from the database as it was written, whatever it holds."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from collegium.listen.publishing.documents import Document, EarlierWave, SchoolStanding, read_document, write_document
from collegium.listen.reporting import (
    Agreement,
    ChangeReport,
    FacetReliability,
    FacetReport,
    ItemReport,
    LevelDifference,
    ViewReport,
)
from collegium.science.disclosure.release import (
    Band,
    Decision,
    ReleasedChange,
    ReleasedMean,
    ReleasedShares,
    Shown,
)
from collegium.science.measurement.change import Verdict
from collegium.science.results import Caution, Interval

MEAN = ReleasedMean(n=24, mean=Shown(value=3.4, low=3.35, high=3.45))
NEARLY = ReleasedMean(n=9, mean=Shown(value=5.0, low=4.4444, high=5.0, band=Band.NEARLY_HIGHEST))
ENDS = Interval(low=3.1, high=3.7, level=0.9)
SHARES = ReleasedShares(n=24, shares=(Shown(value=0.0, low=0.0, high=0.1, band=Band.NEARLY_NONE), MEAN.mean))  # type: ignore[arg-type]
ITEM = ItemReport(key="a", shares=SHARES, favourable=Shown(value=0.5, low=0.4, high=0.6), mean=NEARLY)
FULL = Document(
    report=ViewReport(
        key="u:senior",
        n=24,
        facets=(
            FacetReport(
                key="trust",
                mean=MEAN,
                interval=ENDS,
                shares=SHARES,
                favourable=Shown(value=0.7, low=0.65, high=0.75),
                agreement=Agreement.WEAK,
                items=(ITEM,),
                cautions=(Caution.CENSUS, Caution.TOO_FEW),
            ),
        ),
        items=(ITEM,),
    ),
    asked=31,
    changes=(
        EarlierWave(
            pulse_id="p",
            report=ChangeReport(
                view="u:senior",
                facet="trust",
                n_before=20,
                n_after=24,
                released=ReleasedChange(decision=Decision.ROUND, step=0.2),
                before=NEARLY,
                after=MEAN,
                difference=-0.4,
                interval=Interval(low=-0.8, high=0.1, level=0.9),
                verdict=Verdict.DOWN,
            ),
        ),
    ),
    reliability=(
        FacetReliability(
            facet="trust", n=24, items=3, alpha=0.81, alpha_interval=ENDS, omega=0.82, icc1=0.1, icc2=-0.3
        ),
    ),
    schools=(
        SchoolStanding(unit_id="s", means={"trust": MEAN, "hope": NEARLY}, intervals={"trust": ENDS, "hope": None}),
    ),
    schools_apart={"trust": (3, 10)},
    levels=(LevelDifference(facet="trust", higher="senior", lower="support"),),
)
NOTHING = ReleasedMean(n=None)
BARE = Document(
    report=ViewReport(
        key="u:",
        n=12,
        facets=(
            FacetReport(
                key="hope", mean=NOTHING, interval=None, shares=None, favourable=None, agreement=None, items=()
            ),
        ),
        items=(ItemReport(key="a", shares=ReleasedShares(n=None)),),
    ),
    asked=14,
)


def left_out(value: Any) -> list[str]:
    """Return the fields at any depth that say nothing, so that losing them would not be noticed."""
    if isinstance(value, (tuple, dict)) and value:
        inside = value.values() if isinstance(value, dict) else value
        return [name for each in inside for name in left_out(each)]
    if not is_dataclass(value):
        return []
    found = [
        f"{type(value).__name__}.{field.name}" for field in fields(value) if getattr(value, field.name) in (None, ())
    ]
    return found + [name for field in fields(value) for name in left_out(getattr(value, field.name))]


@pytest.mark.parametrize("document", [FULL, BARE], ids=["full", "bare"])
def test_a_document_is_read_as_it_was_written(document: Document) -> None:
    assert read_document(json.loads(json.dumps(write_document(document)))) == document


def test_the_full_document_leaves_no_field_out() -> None:
    # A number that is shown as it is has no words in its place, and another of its kind has.
    assert set(left_out(FULL)) == {"Shown.band"}


def test_whole_numbers_and_fractions_that_are_alike_are_read_alike() -> None:
    for value in (5, 5.0):
        whole = ReleasedMean(n=9, mean=Shown(value=value, low=4.5, high=value, band=Band.NEARLY_HIGHEST))
        standing = SchoolStanding(unit_id="s", means={"trust": whole}, intervals={"trust": None})
        written = write_document(Document(report=BARE.report, asked=14, schools=(standing,)))
        assert (
            json.dumps(written["schools"][0]["means"]["trust"])
            == '{"n": 9, "mean": [5.0, 4.5, 5.0, "nearly the highest"]}'
        )
