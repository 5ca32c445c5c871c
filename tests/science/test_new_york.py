"""Real teachers' answers, counted by school and item: the city's own scores come out of the counts.

454 schools of New York's survey of 2011 (districts 1 to 9). The city scores an item from 10 for its best option to 0
for its worst, leaves "do not know" out, and publishes scores rounded to one decimal. A domain is the mean of its items.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from collegium.science.disclosure.atoms import form_atoms
from collegium.science.disclosure.audit import audit_figures
from collegium.science.measurement.agreement import average_deviation, rwg_j
from collegium.science.measurement.comparison import comparison_intervals
from collegium.science.measurement.estimates import nested_estimates
from collegium.science.measurement.layout import Item, Layout
from collegium.science.measurement.moments import Moments, moments_of_counts
from collegium.science.results import Caution, FloatArray
from tests.science import golden
from tests.shared import SHARED

FOLDER = SHARED / "data/nyc_school_survey_2011"
OPTIONS = 4
# Two options of these are the best one alike: the city gives 10 to both.
TWO_BEST = {"q10b", "q10d", "q10e"}
# Shares of "yes" that the file does not count by option.
NOT_COUNTED = {"q3_1", "q3_2"}
# Rounded to one decimal by the city; the README of the data has the largest differences.
ITEM_TOLERANCE, DOMAIN_TOLERANCE = 0.06, 0.075


@cache
def domains() -> Mapping[str, list[tuple[str, bool]]]:
    found: dict[str, list[tuple[str, bool]]] = {}
    for row in golden.rows(FOLDER / "expected_domain_items.csv"):
        found.setdefault(row["domain"], []).append((row["item"], row["reverse_coded"] == "1"))
    return found


@cache
def survey() -> Moments:
    """Enter the counts: four options an item, "do not know" left out, sheets as many as answered the busiest item."""
    items = sorted({item for part in domains().values() for item, _ in part} - NOT_COUNTED)
    counted: dict[tuple[str, str, int], int] = {}
    with (FOLDER / "teacher_item_counts_long.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            option = int(row["response"]) - (row["item"] in TWO_BEST and int(row["response"]) > 1)
            key = (row["dbn"], row["item"], option)
            counted[key] = counted.get(key, 0) + int(float(row["n"] or 0))
    schools = sorted({school for school, _, _ in counted})
    counts = np.array(
        [
            [[counted.get((school, item, option), 0) for option in range(1, OPTIONS + 1)] for item in items]
            for school in schools
        ]
    )
    layout = Layout(items=tuple(Item(key=item, lowest=1, highest=OPTIONS) for item in items))
    return moments_of_counts(layout, schools, counts, counts.sum(axis=2).max(axis=1))


@cache
def published() -> Mapping[str, Mapping[str, str]]:
    with (FOLDER / "survey2011_gened.csv").open(newline="") as file:
        return {row["dbn"]: row for row in csv.DictReader(file)}


def scores(item: str, *, turned: bool) -> FloatArray:
    """Score an item in every school as the city does."""
    mean = survey().option_counts((item,)).moments(item, lowest=1).mean
    points: FloatArray = (mean - 1) / (OPTIONS - 1) * 10
    return points if turned else 10 - points


def test_every_item_scores_as_the_city_scored_it() -> None:
    """`moments_of_counts` gives 454 schools by 55 items; all but those with nobody answering have a score."""
    compared = 0
    for item, turned in (pair for part in domains().values() for pair in part if pair[0] not in NOT_COUNTED):
        for school, score in zip(survey().atoms, scores(item, turned=turned), strict=True):
            expected = published()[school][f"t_{item}"]
            if expected and not np.isnan(score):
                assert score == pytest.approx(float(expected), abs=ITEM_TOLERANCE), (school, item)
                compared += 1
    assert compared > 24_000


def test_every_domain_is_the_mean_of_its_items() -> None:
    compared = 0
    for domain, items in domains().items():
        columns = []
        for item, turned in items:
            if item in NOT_COUNTED:
                texts = [published()[school][f"t_{item}"] for school in survey().atoms]
                columns.append(np.array([float(text) if text else np.nan for text in texts]))
            else:
                columns.append(scores(item, turned=turned))
        table = np.array(columns)
        for place, school in enumerate(survey().atoms):
            known = table[:, place][~np.isnan(table[:, place])]
            if expected := published()[school][domain]:
                assert known.mean() == pytest.approx(float(expected), abs=DOMAIN_TOLERANCE), (school, domain)
                compared += 1
    assert compared > 1_800


def test_agreement_comes_out_for_every_school() -> None:
    items = tuple(item for item, _ in domains()["saf_t_11"])
    counts = survey().option_counts(items)
    agreed, apart = rwg_j(counts), average_deviation(counts)
    known = ~agreed.marks[Caution.TOO_FEW]
    assert known.sum() == 452  # in two schools nobody answered one of the items
    assert ((agreed.value[known] >= 0) & (agreed.value[known] <= 1)).all()
    assert ((apart.value[known] >= 0) & (apart.value[known] <= 1.5)).all()
    # One school by hand, from its answers laid out one by one.
    place = survey().atoms.index("01M015")
    variances = [np.var(np.repeat(np.arange(4), row), ddof=1) for row in counts.counts[place]]
    share = float(np.mean(variances)) / 1.25
    assert agreed.value[place] == pytest.approx(17 * (1 - share) / (17 * (1 - share) + share), rel=1e-9)


def test_estimates_come_out_for_every_school() -> None:
    """Nine districts are too few for a level of their own; the estimates say so and compare schools all the same."""
    for item, _ in domains()["saf_t_11"]:
        groups = survey().option_counts((item,)).moments(item, lowest=1)
        found = nested_estimates(groups, [school[:2] for school in groups.labels])
        assert Caution.FEW_DISTRICTS in found.cautions
        assert found.within is not None
        assert found.between is not None
        assert 0 < found.between < found.within
        known = groups.n > 0
        assert ((found.groups.value[known] >= 1) & (found.groups.value[known] <= OPTIONS)).all()
        assert (found.deviation[known] < np.sqrt(found.between)).all()
        intervals = comparison_intervals(found)
        assert intervals.low is not None
        assert found.groups.low is not None
        assert (intervals.low[known] >= found.groups.low[known]).all()


def test_atoms_of_the_city_hold_k_and_withstand_the_audit() -> None:
    sheets = dict(zip(survey().atoms, (int(n) for n in survey().sheets), strict=True))
    districts: dict[str, list[str]] = {}
    for school in sheets:
        districts.setdefault(school[:2], []).append(school)
    views = {school: [school] for school in sheets} | districts | {"all": list(sheets)}
    for k in (5, 12):
        plan = form_atoms(sheets, [[pair for schools in districts.values() for pair in pairwise(schools)]], views, k=k)
        assert min(sum(sheets[school] for school in atom) for atom in plan.atoms) >= k
        assert set(districts) <= set(plan.views)
        assert plan.withheld == ()
        small = sum(answered < k for answered in sheets.values())
        assert small <= len(plan.lost) <= 2 * small  # each with at most one neighbour
        figures = [[school for place in places for school in plan.atoms[place]] for places in plan.views.values()]
        assert audit_figures(figures, sheets, k=k).is_safe
