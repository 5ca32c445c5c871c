"""Soldiers in companies (lq2002, bh1996) and pupils in schools: what R's packages and the authors found comes out.

The README of each folder in ../shared/data says where the reference values come from.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from collegium.science.measurement.agreement import average_deviation, rwg_j
from collegium.science.measurement.comparison import comparison_intervals
from collegium.science.measurement.engines import moments_of_table
from collegium.science.measurement.estimates import group_estimates
from collegium.science.measurement.groups import GroupMoments
from collegium.science.measurement.icc import group_reliability
from collegium.science.measurement.layout import Facet, Item, Layout
from collegium.science.measurement.moments import Moments
from collegium.science.measurement.reliability import alpha
from tests.science import golden
from tests.shared import SHARED

COMPANIES = SHARED / "data/survey_multilevel_pkg"
PUPILS = SHARED / "data/edu_multilevel_mlmrev"

LEAD = tuple(f"LEAD{place:02}" for place in range(1, 12))
TSIG = tuple(f"TSIG{place:02}" for place in range(1, 4))
HOSTIL = tuple(f"HOSTIL{place:02}" for place in range(1, 6))


@cache
def companies() -> Moments:
    """2,042 people in 49 companies, counted from the file as it is."""
    layout = Layout(
        items=tuple(
            Item(key=key, lowest=0 if key in HOSTIL else 1, highest=4 if key in HOSTIL else 5)
            for key in (*LEAD, *TSIG, *HOSTIL)
        ),
        facets=(
            Facet(key="LEAD", items=LEAD),
            Facet(key="TSIG", items=TSIG),
            Facet(key="HOSTIL", items=HOSTIL),
        ),
    )
    return moments_of_table(COMPANIES / "lq2002.csv", layout, atom="COMPID")


def expected(folder: str, name: str) -> list[dict[str, str]]:
    return golden.rows(SHARED / "data" / folder / "expected" / name)


def by_key(rows: list[dict[str, str]], key: str) -> dict[str, dict[str, str]]:
    return {row[key]: row for row in rows}


@cache
def groups(dataset: str, variable: str, group: str) -> GroupMoments:
    folder = COMPANIES if (COMPANIES / f"{dataset}.csv").exists() else PUPILS
    table = golden.rows(folder / f"{dataset}.csv")
    values = golden.numbers(table, variable)
    kept = ~np.isnan(values)
    return GroupMoments.from_values(values[kept], [row[group] for row, keep in zip(table, kept, strict=True) if keep])


# --- companies, from the answers --------------------------------------------------------------------------------------
def test_all_of_them_are_there() -> None:
    assert int(companies().sheets.sum()) == 2042
    assert len(companies().atoms) == 49


@pytest.mark.parametrize("facet", ["LEAD", "TSIG", "HOSTIL"])
def test_alpha_is_that_of_psych(facet: str) -> None:
    row = by_key(expected("survey_multilevel_pkg", "alpha.csv"), "scale")[f"lq2002_{facet}"]
    found = alpha(companies().cross(facet))
    assert found.value == pytest.approx(float(row["raw_alpha"]), rel=1e-9)
    standard = alpha(companies().cross(facet), standardised=True).value
    assert standard == pytest.approx(float(row["std_alpha"]), rel=1e-9)
    scores = companies().facet_scores(facet)
    assert (scores.n * scores.mean).sum() / scores.n.sum() == pytest.approx(float(row["mean"]), rel=1e-9)


@pytest.mark.parametrize(("facet", "items"), [("LEAD", LEAD), ("TSIG", TSIG)])
def test_agreement_of_every_company_is_that_of_multilevel(facet: str, items: tuple[str, ...]) -> None:
    counts = companies().option_counts(items)
    agreed = by_key(expected("survey_multilevel_pkg", f"rwgj_lq2002_{facet}.csv"), "grpid")
    apart = by_key(expected("survey_multilevel_pkg", f"adm_lq2002_{facet}.csv"), "grpid")
    found, distance = rwg_j(counts), average_deviation(counts)
    for place, company in enumerate(companies().atoms):
        assert found.value[place] == pytest.approx(float(agreed[company]["rwg.j"]), rel=1e-9)
        assert distance.value[place] == pytest.approx(float(apart[company]["AD.M"]), rel=1e-9)
    summary = by_key(expected("survey_multilevel_pkg", "agreement.csv"), "scale")[f"lq2002_{facet}"]
    assert np.mean(found.value) == pytest.approx(float(summary["mean_rwgj"]), rel=1e-9)
    assert np.median(found.value) == pytest.approx(float(summary["median_rwgj"]), rel=1e-9)


def test_what_was_published_of_leadership_comes_out() -> None:
    """Bliese, Halverson and Schriesheim (2002) print alpha of .90 and a mean rwg(j) of .87 for its eleven items."""
    assert round(alpha(companies().cross("LEAD")).value or 0, 2) == 0.90
    assert round(float(np.mean(rwg_j(companies().option_counts(LEAD)).value)), 2) == 0.87


# --- companies and schools, from their scores -------------------------------------------------------------------------
MODELS = [
    ("survey_multilevel_pkg", "bh1996", "HRS", "GRP"),
    ("survey_multilevel_pkg", "bh1996", "LEAD", "GRP"),
    ("survey_multilevel_pkg", "bh1996", "COHES", "GRP"),
    ("survey_multilevel_pkg", "bh1996", "WBEING", "GRP"),
    ("survey_multilevel_pkg", "lq2002", "LEAD", "COMPID"),
    ("survey_multilevel_pkg", "lq2002", "TSIG", "COMPID"),
    ("survey_multilevel_pkg", "lq2002", "HOSTILE", "COMPID"),
    ("edu_multilevel_mlmrev", "Hsb82", "mAch", "school"),
    ("edu_multilevel_mlmrev", "Exam", "normexam", "school"),
    ("edu_multilevel_mlmrev", "ScotsSec", "attain", "second"),
    ("edu_multilevel_mlmrev", "nlschools", "lang", "class"),
    ("edu_multilevel_mlmrev", "star", "math", "sch"),
    ("edu_multilevel_mlmrev", "star", "read", "sch"),
]
# nlme's and lme4's own search ends that far from the best.
SETTLED = 5e-5


@pytest.mark.parametrize(("folder", "dataset", "variable", "group"), MODELS)
def test_the_null_model_is_that_of_lme4(folder: str, dataset: str, variable: str, group: str) -> None:
    row = next(row for row in expected(folder, "null_models.csv") if (row["dataset"], row["y"]) == (dataset, variable))
    moments = groups(dataset, variable, group)
    assert (int(moments.n.sum()), len(moments.labels)) == (int(row["n"]), int(row["n_groups"]))
    found = group_estimates(moments)
    assert found.grand_mean.value == pytest.approx(float(row["intercept"]), rel=SETTLED)
    assert found.between == pytest.approx(float(row["tau00"]), rel=SETTLED)
    assert found.within == pytest.approx(float(row["sigma2"]), rel=SETTLED)
    reliability = group_reliability(moments)
    assert reliability.icc1_n_bar.value == pytest.approx(float(row["icc1_anova"]), rel=1e-6)
    assert reliability.icc2.value == pytest.approx(float(row["icc2_anova"]), rel=1e-6)


@pytest.mark.parametrize(("folder", "dataset", "variable", "group"), MODELS)
def test_every_school_stands_where_lme4_puts_it(folder: str, dataset: str, variable: str, group: str) -> None:
    rows = by_key(expected(folder, f"blup_{dataset}_{variable}.csv"), "group")
    found = group_estimates(groups(dataset, variable, group))
    spread = float(np.sqrt(found.between or 0))
    for place, label in enumerate(found.labels):
        row = rows[label]
        assert int(row["n"]) == found.groups.n_used[place]
        assert found.groups.value[place] == pytest.approx(float(row["shrunk_mean"]), abs=SETTLED * spread * 10)
        assert found.deviation[place] == pytest.approx(float(row["cond_sd"]), rel=SETTLED * 10)
        assert found.reliability[place] == pytest.approx(float(row["lambda"]), rel=SETTLED * 10)
    intervals = comparison_intervals(found)
    assert intervals.low is not None
    assert found.groups.low is not None
    assert (intervals.low >= found.groups.low).all()


def test_what_was_published_of_american_schools_comes_out() -> None:
    """Raudenbush and Bryk (2002), table 4.2: 8.61 between schools, 39.15 within, an intraclass correlation of .18."""
    found = group_estimates(groups("Hsb82", "mAch", "school"))
    assert found.between is not None
    assert found.within is not None
    assert (round(found.between, 2), round(found.within, 2)) == (8.61, 39.15)
    assert round(found.between / (found.between + found.within), 2) == 0.18


def test_what_was_published_of_london_schools_comes_out() -> None:
    """Goldstein and others (1993): about .17 between schools and .85 within."""
    found = group_estimates(groups("Exam", "normexam", "school"))
    assert (round(found.between or 0, 2), round(found.within or 0, 2)) == (0.17, 0.85)


def test_the_icc_of_bh1996_is_the_one_that_its_package_prints() -> None:
    for row in expected("survey_multilevel_pkg", "mult_icc_bh1996.csv"):
        found = group_estimates(groups("bh1996", row["Variable"], "GRP"))
        assert found.between is not None
        assert found.within is not None
        assert found.between / (found.between + found.within) == pytest.approx(float(row["ICC1"]), rel=SETTLED)
