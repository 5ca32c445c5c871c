"""What a view may show: unions of atoms, without the few who answered an item, and nothing that undoes it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.listen.reporting import (
    Agreement,
    Moved,
    Rules,
    Standing,
    Survey,
    compare_groups,
    compare_levels,
    compare_waves,
    make_survey,
    report_reliability,
    report_view,
)
from collegium.science.disclosure.atoms import form_atoms
from collegium.science.disclosure.release import Band, Decision, ReleasedMean
from collegium.science.errors import UnusableInput
from collegium.science.measurement.change import Verdict
from collegium.science.measurement.layout import Facet, Item, Layout
from collegium.science.measurement.moments import moments_of_counts, moments_of_sheets
from collegium.science.measurement.single import single_group_mean
from collegium.science.results import IntArray

KEYS = ("a", "b", "c", "d", "alone", "years")
LAYOUT = Layout(
    items=(
        *(Item(key=key, lowest=1, highest=5) for key in KEYS[:5]),
        Item(key="years", lowest=0, highest=40),
    ),
    facets=(
        Facet(key="trust", items=("a", "b", "c"), reversed_items=frozenset({"c"})),
        Facet(key="hope", items=("d",)),
    ),
)


def good(column: str) -> set[int]:
    return {"c": {1, 2}, "years": set()}.get(column, {4, 5})


def survey_of(answers: dict[str, IntArray], views: dict[str, list[str]], rules: Rules | None = None) -> Survey:
    rules = rules or Rules()
    atoms = [cell for cell, rows in answers.items() for _ in rows]
    moments = moments_of_sheets(LAYOUT, atoms, np.concatenate(list(answers.values())))
    sizes = {cell: len(rows) for cell, rows in answers.items()}
    return make_survey(moments, form_atoms(sizes, [], views, k=rules.fewest), rules)


def drawn(seed: int, people: int, centre: float = 3.4, missing: float = 0.0) -> IntArray:
    rng = np.random.default_rng(seed)
    person = rng.normal(centre, 0.6, size=(people, 1))
    table = np.clip(np.round(person + rng.normal(0, 0.7, size=(people, 5))), 1, 5).astype(np.int64)
    table[:, 2] = 6 - table[:, 2]
    table = np.hstack([table, rng.integers(0, 41, size=(people, 1))])
    table[rng.random(table.shape) < missing] = -1
    return table


def test_a_view_has_every_facet_with_mean_interval_and_items() -> None:
    rows = drawn(1, 40)
    report = report_view(survey_of({"hill": rows}, {"hill": ["hill"]}), "hill", good)
    trust = report.facet("trust")
    scores = np.column_stack([rows[:, 0], rows[:, 1], 6 - rows[:, 2]]).mean(axis=1)
    assert report.n == trust.n == 40
    assert trust.mean.mean is not None
    assert trust.mean.mean.value == round(float(scores.mean()), 1)
    exact = single_group_mean(40, float(scores.mean()), float(((scores - scores.mean()) ** 2).sum())).interval
    assert exact is not None
    assert trust.interval is not None
    assert trust.interval.low == pytest.approx(exact.low, abs=0.15)
    assert trust.interval.high == pytest.approx(exact.high, abs=0.15)
    assert [item.key for item in trust.items] == ["a", "b", "c"]
    assert trust.favourable is not None
    truth = np.column_stack([rows[:, 0] >= 4, rows[:, 1] >= 4, rows[:, 2] <= 2]).mean()
    assert trust.favourable.low <= truth <= trust.favourable.high
    assert [item.key for item in report.items] == ["alone", "years"]
    assert report.items[1].mean is not None
    with pytest.raises(KeyError):
        report.facet("nothing")


def test_a_facet_of_one_item_shows_its_mean_and_not_its_shares() -> None:
    hope = report_view(survey_of({"hill": drawn(2, 40)}, {"hill": ["hill"]}), "hill", good).facet("hope")
    assert hope.mean.mean is not None
    assert (hope.shares, hope.favourable, hope.items) == (None, None, ())


def test_reversed_items_are_turned_round_in_what_is_pooled_and_nowhere_else() -> None:
    rows = np.array([[5, 5, 1, 3, 3, 1]] * 60 + [[4, 4, 2, 3, 3, 1]] * 60)
    trust = report_view(survey_of({"hill": rows}, {"hill": ["hill"]}), "hill", good).facet("trust")
    assert trust.shares is not None
    assert trust.shares.shares is not None
    assert [share.value for share in trust.shares.shares] == pytest.approx([0, 0, 0, 0.5, 0.5])
    turned = trust.items[2].shares.shares
    assert turned is not None
    assert [share.value for share in turned] == pytest.approx([0.5, 0.5, 0, 0, 0])
    assert trust.items[2].favourable is not None
    assert trust.items[2].favourable.value == 1


def test_answers_of_fewer_than_k_others_in_an_atom_are_in_no_figure() -> None:
    """Ten sheets of a small atom, of whom three answered item a: the whole must not tell what they said."""
    small = drawn(3, 10)
    small[3:, 0] = -1
    other = small.copy()
    other[:3, 0] = 6 - other[:3, 0]
    large = drawn(4, 30)
    views = {"all": ["small", "large"], "small": ["small"], "large": ["large"]}
    first, second = (survey_of({"small": table, "large": large}, views) for table in (small, other))
    for view in views:
        items = [report_view(one, view, good).facet("trust").items[0] for one in (first, second)]
        assert items[0] == items[1]
    assert report_view(first, "small", good).facet("trust").items[0].n is None
    assert report_view(first, "all", good).facet("trust").items[0].n == 30


def test_a_group_that_is_all_alike_is_not_seen_to_be_so() -> None:
    alike = np.array([[3, 3, 3, 3, 3, 1]] * 20)
    few_apart = alike.copy()
    few_apart[:2, :2] = 4
    few_apart[2:4, :2] = 2
    few_apart[:2, 2], few_apart[2:4, 2] = 2, 4
    reports = [report_view(survey_of({"hill": rows}, {"hill": ["hill"]}), "hill", good) for rows in (alike, few_apart)]
    assert reports[0].facet("trust").interval == reports[1].facet("trust").interval
    assert reports[0].facet("trust").agreement is Agreement.STRONG is reports[1].facet("trust").agreement
    top = report_view(survey_of({"hill": np.array([[5, 5, 1, 5, 5, 1]] * 9)}, {"hill": ["hill"]}), "hill", good)
    assert top.facet("trust").mean.mean is not None
    assert top.facet("trust").mean.mean.band is Band.NEARLY_HIGHEST
    assert top.facet("trust").interval is None


def test_most_of_those_asked_having_answered_narrows_the_interval() -> None:
    survey = survey_of({"hill": drawn(5, 30)}, {"hill": ["hill"]})
    wide, narrow = (report_view(survey, "hill", good, asked=asked).facet("trust").interval for asked in (None, 32))
    assert wide is not None
    assert narrow is not None
    assert narrow.high - narrow.low < wide.high - wide.low


def test_counts_alone_give_facets_with_the_widest_interval() -> None:
    rows = drawn(6, 50)
    sheets = moments_of_sheets(LAYOUT, ["hill"] * 50, rows)
    counted = moments_of_counts(LAYOUT, ["hill"], sheets.counts, sheets.sheets)
    plan = form_atoms({"hill": 50}, [], {"hill": ["hill"]}, k=6)
    of_sheets, of_counts = (report_view(make_survey(one, plan), "hill", good) for one in (sheets, counted))
    for exact, loose in zip(of_sheets.facets, of_counts.facets, strict=True):
        assert exact.mean == loose.mean
        assert exact.interval is not None
        assert loose.interval is not None
        assert loose.interval.low <= exact.interval.low <= exact.interval.high <= loose.interval.high
    assert report_reliability(make_survey(counted, plan), "trust").alpha is None


def test_reliability_is_that_of_all_sheets_and_of_no_small_group() -> None:
    schools = {f"school {place}": drawn(70 + place, 100) for place in range(6)}
    found = report_reliability(survey_of(schools, {}), "trust")
    assert found.alpha is not None
    assert found.alpha_interval is not None
    assert found.alpha_interval.low < found.alpha < found.alpha_interval.high
    assert found.icc1 is not None
    few = report_reliability(survey_of({"hill": drawn(7, 11)}, {}), "trust")
    assert (few.alpha, few.omega, few.n, few.icc1) == (None, None, 11, None)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(6, 60), st.floats(0, 0.6))
def test_nothing_shown_rests_on_fewer_than_k_others(seed: int, people: int, missing: float) -> None:
    report = report_view(survey_of({"hill": drawn(seed, people, missing=missing)}, {"hill": ["hill"]}), "hill", good)
    shown = [report.n, *(facet.n for facet in report.facets), *(item.n for item in report.items)]
    shown += [item.n for facet in report.facets for item in facet.items]
    assert all(n is None or n >= 6 for n in shown)


def test_a_plan_for_other_answers_is_refused() -> None:
    plan = form_atoms({"hill": 9, "vale": 9}, [], {}, k=6)
    with pytest.raises(UnusableInput):
        make_survey(moments_of_sheets(LAYOUT, ["hill"] * 9, drawn(9, 9)), plan)


# --- groups -----------------------------------------------------------------------------------------------------------
def test_groups_stand_in_their_own_order_and_only_clear_differences_are_named() -> None:
    tables = {f"school {place}": drawn(20 + place, 30) for place in range(8)} | {"high": drawn(40, 60, 4.6)}
    tables = {"low": drawn(41, 60, 1.8), **tables, "tiny": drawn(42, 3)}
    names = [name for name in tables if name != "tiny"]
    found = compare_groups(survey_of(tables, {name: [name] for name in tables}), names, "trust")
    assert found.groups == tuple(names)
    assert found.standings[0] is Standing.BELOW
    assert found.standings[-1] is Standing.ABOVE
    assert found.differ[0, -1]
    assert not found.differ.diagonal().any()
    assert (found.differ == found.differ.T).all()
    assert 0 < found.pairs_apart < found.pairs == 45
    middle = found.intervals[3]
    assert middle is not None
    assert middle.low < middle.high


def test_one_group_has_nobody_to_be_compared_with() -> None:
    found = compare_groups(survey_of({"hill": drawn(1, 20)}, {"hill": ["hill"]}), ["hill"], "trust")
    assert found.pairs == 0
    assert found.means[0].n == 20
    assert found.average.mean is None


# --- waves ------------------------------------------------------------------------------------------------------------
def waves(before: IntArray, after: IntArray) -> tuple[Survey, Survey]:
    return tuple(survey_of({"hill": rows}, {"hill": ["hill"]}) for rows in (before, after))  # type: ignore[return-value]


def test_a_clear_rise_is_named_and_noise_is_not() -> None:
    nobody = {"hill": Moved(joined=0, left=0)}
    rise = compare_waves(*waves(drawn(50, 60, 2.6), drawn(51, 60, 3.9)), ["hill"], moved=nobody)
    assert [change.verdict for change in rise] == [Verdict.UP, Verdict.UP]
    assert rise[0].difference is not None
    assert rise[0].before is not None
    assert rise[0].before.mean is not None
    assert rise[0].after.mean is not None
    assert rise[0].difference == round(rise[0].after.mean.value - rise[0].before.mean.value, 1)
    assert rise[0].interval is not None
    assert rise[0].interval.low > 0
    still = compare_waves(*waves(drawn(50, 60), drawn(51, 60)), ["hill"], moved=nobody)
    assert {change.verdict for change in still} == {Verdict.UNCLEAR}


def test_where_few_came_or_went_the_change_is_rounded_or_withheld() -> None:
    few = compare_waves(
        *waves(drawn(50, 60, 2.6), drawn(51, 60, 3.9)), ["hill"], moved={"hill": Moved(joined=1, left=1)}
    )
    assert few[0].released.decision is Decision.ROUND
    assert few[0].before is None
    assert few[0].difference in (1.0, 1.5)
    assert few[0].verdict is Verdict.UP
    unknown = compare_waves(*waves(drawn(50, 30, 2.6), drawn(51, 30, 3.9)), ["hill"])
    assert unknown[0].released.decision is Decision.WITHHOLD
    assert (unknown[0].difference, unknown[0].interval, unknown[0].verdict) == (None, None, Verdict.UNCLEAR)


def test_only_the_lasting_part_of_those_asked_both_times_narrows_the_interval_of_a_change() -> None:
    surveys = waves(drawn(50, 60), drawn(51, 60))

    def width(moved: Moved | None) -> float:
        some = {"hill": moved} if moved else None
        (change, _single) = compare_waves(*surveys, ["hill"], moved=some, asked={"hill": (60, 60)})
        assert change.interval is not None
        return change.interval.high - change.interval.low

    same, others = width(Moved(joined=0, left=0)), width(Moved(joined=60, left=60))
    assert same < others, "everybody answered twice; and other people answered"
    assert same > 0, "what people say on a day is never the whole of what they think"


# --- levels -----------------------------------------------------------------------------------------------------------
def test_a_level_whose_mean_is_hidden_is_compared_with_none() -> None:
    tables = {
        "hill:classroom": drawn(60, 40, 4.4),
        "hill:support": drawn(61, 40, 2.2),
        "hill:middle": drawn(62, 40, 2.2),
    }
    survey = survey_of(tables, {name: [name] for name in tables})
    levels = {name.partition(":")[2]: name for name in tables}

    def show(view: str, _facet: str, mean: ReleasedMean) -> ReleasedMean:
        return ReleasedMean(n=None) if view == "hill:support" else mean

    assert {each.lower for each in compare_levels(survey, levels)} == {"support", "middle"}
    assert {each.lower for each in compare_levels(survey, levels, show=show)} == {"middle"}
