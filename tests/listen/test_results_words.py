"""The sentences of a result: they claim a difference only where there is one."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

import numpy as np
import pytest

from collegium.listen import exporting, instruments
from collegium.listen import result_words as words
from collegium.listen.enums import ViewKind
from collegium.listen.presenters.results_facets import draw_profiles, present_facets
from collegium.listen.presenters.results_reading import Reading
from collegium.listen.presenters.results_sentences import say_what_changed, say_what_differs, say_what_it_shows
from collegium.listen.presenters.results_waves import Waves, draw_series
from collegium.listen.publishing.documents import EarlierWave, read_document, write_document
from collegium.listen.publishing.working_out import ViewAsked, count_sheets, work_out
from collegium.listen.queries.results import Wave
from collegium.listen.reporting import (
    ChangeReport,
    FacetReport,
    LevelDifference,
    Rules,
    ViewReport,
    compare_levels,
    make_survey,
)
from collegium.science.disclosure.atoms import form_atoms
from collegium.science.disclosure.release import (
    Band,
    Decision,
    ReleasedChange,
    ReleasedMean,
    ReleasedShares,
    Shown,
    release_shares,
)
from collegium.science.measurement.change import Verdict
from collegium.science.measurement.layout import Facet, Item, Layout
from collegium.science.measurement.moments import moments_of_sheets
from collegium.science.results import Interval
from tests.listen.worlds import SMALL

TRUST = instruments.get_shipped("trust")
READING = Reading(instrument=TRUST, language="en", referent="", fewest=6)
KEYS = [facet.key for facet in TRUST.facets]


def facet(key: str, value: float, half: float = 0.2, *, band: Band | None = None, n: int | None = 30) -> FacetReport:
    shown = Shown(value=value, low=value - 0.05, high=value + 0.05, band=band)
    interval = None if band else Interval(low=round(value - half, 1), high=round(value + half, 1))
    return FacetReport(
        key=key,
        mean=ReleasedMean(n=n, mean=None if n is None else shown),
        interval=None if n is None else interval,
        shares=None,
        favourable=None,
        agreement=None,
        items=(),
    )


def report(*facets: FacetReport) -> ViewReport:
    return ViewReport(key="view", n=30, facets=facets, items=())


def change(key: str, verdict: Verdict, *, decision: Decision = Decision.SHOW, **known: object) -> ChangeReport:
    given = {"difference": -0.4, "interval": Interval(low=-0.6, high=-0.2), "n_before": 30, "n_after": 30}
    released = ReleasedChange(decision=decision, step=0.5 if decision is Decision.ROUND else None)
    after = ReleasedMean(n=30)
    return ChangeReport(
        view="v", facet=key, released=released, before=None, after=after, verdict=verdict, **(given | known)
    )  # type: ignore[arg-type]


# --- what stands out --------------------------------------------------------------------------------------------------
def test_a_facet_is_weakest_only_where_its_interval_is_below_all_others() -> None:
    clear = report(facet("openness", 2.9), facet("honesty", 3.6), facet("care", 3.7))
    assert say_what_it_shows(READING, clear) == "Openness is the weakest of the three, and we are sure of it."
    touching = report(facet("openness", 3.2), facet("honesty", 3.6), facet("care", 3.7))
    assert say_what_it_shows(READING, touching).startswith("No facet stands out")


def test_both_ends_are_named_where_both_are_certain() -> None:
    both = report(facet("openness", 2.0), facet("honesty", 3.0), facet("care", 4.2))
    sentence = say_what_it_shows(READING, both)
    assert sentence == "Openness is the weakest of the three and care the strongest, and we are sure of both."


def test_facets_on_different_scales_are_not_ranked() -> None:
    heartbeat = instruments.get_shipped("heartbeat")
    reading = replace(READING, instrument=heartbeat)
    found = report(*(facet(key, value) for key, value in [("trust", 3.5), ("collaboration", 3.5), ("efficacy", 1.5)]))
    assert "Efficacy" not in say_what_it_shows(reading, found)


def test_the_sides_of_a_pair_are_never_set_against_each_other() -> None:
    coupling = instruments.get_shipped("coupling")
    reading = replace(READING, instrument=coupling)
    key = coupling.facets[0].key
    found = report(facet(f"{key}.left", 1.5), facet(f"{key}.right", 4.5))
    assert "not set against" in say_what_it_shows(reading, found)
    (profile,) = draw_profiles(reading, found)
    assert [row.label for row in profile.rows] == ["As it is now", "As I would like it"]


# --- what changed -----------------------------------------------------------------------------------------------------
def waves(*changes: ChangeReport) -> Waves:
    return Waves(changes=tuple(EarlierWave(pulse_id="p", report=each) for each in changes), waves=())


def test_only_clear_changes_are_told() -> None:
    found = report(facet("openness", 3.0), facet("care", 3.9))
    moved = waves(change("openness", Verdict.DOWN), change("care", Verdict.UNCLEAR))
    assert say_what_changed(READING, found, moved) == "Since the wave before: Openness clearly down."
    still = waves(change("openness", Verdict.UNCLEAR))
    assert "nothing has clearly moved" in say_what_changed(READING, found, still)
    assert say_what_changed(READING, found, waves()) == ""


def test_where_every_change_is_withheld_it_is_not_said_that_nothing_moved() -> None:
    withheld = change("openness", Verdict.UNCLEAR, decision=Decision.WITHHOLD)
    found = report(facet("openness", 3.0), facet("care", 3.9))
    assert say_what_changed(READING, found, waves(withheld, withheld)) == ""
    told = waves(withheld, change("care", Verdict.UNCLEAR))
    assert "nothing has clearly moved" in say_what_changed(READING, found, told)


def test_a_change_carries_its_interval_and_says_why_it_is_coarse_or_missing() -> None:
    shown = words.write_change(change("openness", Verdict.DOWN), "May")
    assert shown == "Since May: clearly down, a difference of −0.4 (very likely −0.6 to −0.2)."
    rounded = words.write_change(change("openness", Verdict.UNCLEAR, decision=Decision.ROUND, difference=0.0), "May")
    assert "can't tell" in rounded
    assert "a few people came or went" in rounded
    nothing = {"difference": None, "interval": None}
    withheld = words.write_change(change("care", Verdict.UNCLEAR, decision=Decision.WITHHOLD, **nothing), "May")
    assert "not shown" in withheld
    assert "came or went" in withheld
    few = change("care", Verdict.UNCLEAR, decision=Decision.WITHHOLD, n_before=None, **nothing)
    assert "too few answered" in words.write_change(few, "May")


def test_a_line_begins_where_the_facet_became_what_it_is() -> None:
    ids = [uuid.uuid4() for _ in range(3)]

    def wave(place: int, *changes: EarlierWave) -> Wave:
        closed = dt.datetime(2026, 1 + place, 10, tzinfo=dt.UTC)
        found = report(facet("openness", 3.0 + place / 10))
        return Wave(pulse_id=ids[place], title="t", closes_at=closed, k=5, report=found, changes=changes)

    later = EarlierWave(pulse_id=str(ids[1]), report=change("openness", Verdict.UP))
    series = draw_series([wave(0), wave(1), wave(2, later)], "openness", title="", key="", sentence="")
    assert [moment.value for moment in series.moments] == [3.1, 3.2]
    assert [moment.is_signal for moment in series.moments] == [False, True]


def test_a_facet_that_is_hidden_beside_the_wave_before_says_so_and_has_no_questions() -> None:
    hidden = replace(READING, hidden=frozenset({"openness"}))
    (block,) = present_facets(hidden, report(facet("openness", 3.0, n=None)), (), waves())
    assert "came or went" in block.sides[0].value
    assert block.questions == ()


# --- between levels ---------------------------------------------------------------------------------------------------
LAYOUT = Layout(
    items=tuple(Item(key=key, lowest=1, highest=5) for key in "abc"),
    facets=(Facet(key="openness", items=("a", "b", "c")),),
)


def survey_of(tables: dict[str, np.ndarray]) -> object:
    atoms = [name for name, rows in tables.items() for _row in rows]
    moments = moments_of_sheets(LAYOUT, atoms, np.vstack(list(tables.values())))
    plan = form_atoms({name: len(rows) for name, rows in tables.items()}, [], {n: [n] for n in tables}, k=6)
    return make_survey(moments, plan, Rules(k=5))


def drawn(seed: int, people: int, centre: float) -> np.ndarray:
    dice = np.random.default_rng(seed)
    own = dice.normal(centre, 0.6, (people, 1))
    return np.clip(np.rint(own + dice.normal(0, 0.7, (people, 3))), 1, 5).astype(np.int64)


def test_levels_that_differ_are_named_with_the_way() -> None:
    survey = survey_of({"classroom": drawn(1, 40, 2.4), "senior": drawn(2, 14, 4.3)})
    found = compare_levels(survey, {"classroom": "classroom", "senior": "senior"})  # type: ignore[arg-type]
    assert found == (LevelDifference(facet="openness", higher="senior", lower="classroom"),)
    levels = {"classroom": report(facet("openness", 2.4)), "senior": report(facet("openness", 4.2))}
    said = say_what_differs(READING, found, levels)
    assert said.sentences[0].startswith("Openness: senior leadership 4.2, classroom 2.4.")


def test_what_is_published_of_a_unit_says_where_its_levels_differ() -> None:
    instrument = instruments.read(SMALL)
    views = [
        ViewAsked(key="u:", kind=ViewKind.WHOLE, cells=(1, 2), asked=60),
        ViewAsked(key="u:classroom", kind=ViewKind.LEVEL, cells=(1,), asked=44),
        ViewAsked(key="u:senior", kind=ViewKind.LEVEL, cells=(2,), asked=16),
    ]
    rows = np.vstack([drawn(1, 40, 2.4), drawn(2, 14, 4.3)])[:, :2]
    rows[:, 1] = 6 - rows[:, 1]
    moments = count_sheets(instrument, [1] * 40 + [2] * 14, rows)
    wanted = {view.key: [str(cell) for cell in view.cells] for view in views}
    plan = form_atoms({"1": 40, "2": 14}, [], wanted, k=6)
    found = work_out(instrument, moments, plan, views, (), 5).documents
    whole = read_document(write_document(found["u:"]))
    assert whole.levels == (LevelDifference(facet="openness", higher="senior", lower="classroom"),)
    assert found["u:senior"].levels == ()


def test_levels_alike_are_hardly_ever_told_apart() -> None:
    names = {"classroom": "classroom", "middle": "middle", "support": "support"}
    wrong = 0
    for seed in range(120):
        tables = {name: drawn(1000 + 3 * seed + place, 9, 3.5) for place, name in enumerate(names)}
        wrong += bool(compare_levels(survey_of(tables), names))  # type: ignore[arg-type]
    assert wrong / 120 < 0.05
    assert "more than chance" in say_what_differs(READING, (), {"a": report(), "b": report()}).note
    assert "Too few levels" in say_what_differs(READING, (), {"a": report()}).note


# --- numbers in words -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("shown", "written"),
    [
        (Shown(value=0.43, low=0.43, high=0.43), "43%"),
        (Shown(value=0.2, low=0.1, high=0.28), "about 20%"),
        (Shown(value=0.0, low=0.0, high=0.075), "under 8%"),
        (Shown(value=1.0, low=0.93, high=1.0), "over 92%"),
        (Shown(value=0.0, low=0.0, high=0.17, band=Band.NEARLY_NONE), "nearly none"),
    ],
)
def test_a_share_reads_as_coarsely_as_it_was_released(shown: Shown, written: str) -> None:
    assert words.write_share(shown) == written


def test_what_is_not_shown_says_why() -> None:
    assert words.write_no_shares(release_shares([1, 2], k=6), 6) == "Not shown (fewer than 6 answers)"
    assert "too few to be divided up" in words.write_no_shares(release_shares([4, 4], k=6), 6)
    assert "handful of people" in words.write_no_shares(ReleasedShares(n=40), 6)


def test_a_mean_in_coarse_steps_is_about_so_much() -> None:
    coarse = ReleasedMean(n=20, mean=Shown(value=3.5, low=3.25, high=3.75))
    assert words.write_mean(coarse, 6) == "about 3.5"


# --- files ------------------------------------------------------------------------------------------------------------
def test_no_cell_of_a_file_is_a_formula_and_numbers_stay_numbers() -> None:
    text = exporting.write_csv(exporting.COLUMNS, [("=1+1", "@x", "+y", "-z", "plain", -0.4, None, 2.0, 3, "ok")])
    assert text.splitlines()[1] == "'=1+1,'@x,'+y,'-z,plain,-0.4,,2.0,3,ok"


def test_the_codebook_explains_every_facet_question_and_the_rule_of_k() -> None:
    rows = exporting.list_codebook(READING, k=5)
    known = {(row[0], row[1]) for row in rows}
    assert {("facet", key) for key in KEYS} <= known
    assert {("question", column.key) for column in TRUST.columns} <= known
    assert any(row[:3] == ("rule", "k", "5") for row in rows)
    assert all(len(row) == len(exporting.CODEBOOK_COLUMNS) for row in rows)
