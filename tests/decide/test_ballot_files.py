"""Ballots from files: real ones are in tests/science, here is what people and programs do to them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.decide import file_words
from collegium.decide.files import (
    Form,
    Limits,
    NoteCode,
    UnreadableBallots,
    UnreadableCode,
    read,
    read_costs,
    write,
    write_positions,
)
from collegium.science.choices.ballots import NO_MARK, UNREADABLE, Ballots

SOC = """# FILE NAME: x.soi
# TITLE: Where to go
# NUMBER ALTERNATIVES: 3
# ALTERNATIVE NAME 1: Hill
# ALTERNATIVE NAME 2: Vale
# ALTERNATIVE NAME 3: Moor
3: 1,{2,3}
2: 2
"""
PB = """META
key;value
description;Our yard
budget;100
vote_type;approval
PROJECTS
project_id;cost;name
a;60;Trees
b;50.5;Benches
VOTES
voter_id;vote
1;a,b
2;b
3;
"""


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refused(path: Path, limits: Limits | None = None) -> UnreadableBallots:
    with pytest.raises(UnreadableBallots) as caught:
        read(path, limits) if limits else read(path)
    words = file_words.unreadable(caught.value)
    assert words.endswith(".")
    assert "…" not in words
    return caught.value


# --- tables -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "content",
    [
        "Hill,Vale\n1,2\n,1\n,\n",
        "Hill;Vale\r\n1;2\r\n;1\r\n;\r\n",
        "\ufeffHill\tVale\n1\t2\n\t1\n\t\n",
        "Hill,Vale\n\n1.0,2\n-,1\nNA,.\n\n",
    ],
)
def test_a_table_is_read_however_it_was_saved(tmp_path: Path, content: str) -> None:
    found = read(written(tmp_path, "b.csv", content))
    assert found.form is Form.NUMBERS
    assert found.ballots.options == ("Hill", "Vale")
    assert found.ballots.marks.tolist() == [[1, 2], [NO_MARK, 1], [NO_MARK, NO_MARK]]


def test_a_spreadsheet_is_read_and_its_empty_rows_are_no_abstentions(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["ballot", "Hill", "Vale"], ["k3", 1, None], [None, None, None], ["k4", "yes", "no"]):
        book.active.append(row)
    book.save(tmp_path / "b.xlsx")
    found = read(tmp_path / "b.xlsx")
    assert found.codes == ("k3", "k4")
    assert found.ballots.marks.tolist() == [[1, NO_MARK], [1, 0]]


def test_columns_that_are_no_options_name_and_count_ballots(tmp_path: Path) -> None:
    found = read(written(tmp_path, "b.csv", "Receipt,Hill,Count,Vale\nq1,2,4,1\nq2,,1,\n"))
    assert (found.codes, found.ballots.options, found.ballots.counts.tolist()) == (
        ("q1", "q2"),
        ("Hill", "Vale"),
        [4, 1],
    )


def test_zero_is_no_rank_and_a_score(tmp_path: Path) -> None:
    found = read(written(tmp_path, "b.csv", "Hill,Vale\n0,1\n"))
    assert found.ballots.marks.tolist() == [[0, 1]]
    assert found.ranks.marks.tolist() == [[NO_MARK, 1]]


def test_what_is_no_mark_spoils_its_ballot_and_is_named(tmp_path: Path) -> None:
    found = read(written(tmp_path, "b.csv", "Hill,Vale\n1,2\n1,first\n-1,2\n1.5,2\n99999999999,1\n"))
    assert (found.ballots.marks == UNREADABLE).any(axis=1).tolist() == [False, True, True, True, True]
    note = found.notes[0]
    assert (note.code, note.count) == (NoteCode.SPOILT_CELL, 4)
    assert "“first” in row 3, column “Vale”" in file_words.note(note)


def test_positions_are_counted_as_they_were_written(tmp_path: Path) -> None:
    found = read(written(tmp_path, "b.csv", "ballot,position\na,agree\nb,Agree\nc,\nd,agree\n"))
    assert (found.form, found.positions, found.blank) == (Form.POSITIONS, {"agree": 2, "Agree": 1}, 1)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "empty"),
        ("Hill,Vale\n", UnreadableCode.NO_BALLOTS),
        ("ballot,count\na,1\n", UnreadableCode.NO_OPTIONS),
        ("Hill,,Vale\n1,2,3\n", UnreadableCode.NO_TITLE),
        ("Hill,Hill\n1,2\n", UnreadableCode.DOUBLED_OPTION),
        ("Hill,Vale\n1,2,3\n", UnreadableCode.LONG_ROW),
        ("ballot,Hill\na,1\na,1\n", UnreadableCode.DOUBLED_CODE),
        ("Hill,count\n1,0\n", UnreadableCode.BAD_COUNT),
        ("Hill,count\n1,\n", UnreadableCode.BAD_COUNT),
        ('Hill,Vale\n1,2\n"1,2\n', UnreadableCode.BROKEN_ROW),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 50, "not_a_table"),
    ],
)
def test_a_table_that_would_lose_a_vote_is_refused(tmp_path: Path, content: str | bytes, code: str) -> None:
    assert refused(written(tmp_path, "b.csv", content)).code == code


def test_tables_beyond_every_vote_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "b.csv", "A,B,C\n1,2,3\n1,2,3\n")
    assert refused(path, Limits(options=2)).code == UnreadableCode.TOO_MANY_OPTIONS
    assert refused(path, Limits(ballots=1)).code == UnreadableCode.TOO_MANY_BALLOTS
    assert refused(path, Limits(cells=5)).code == UnreadableCode.TOO_MANY_BALLOTS
    assert refused(tmp_path / "no.csv").code == "not_found"


@given(st.data())
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    names = data.draw(st.sampled_from([("Hill", "Vale"), ("=SUM(A1)", "-5", "'quoted'"), ("Größe, klein", "日本")]))
    row = st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=len(names), max_size=len(names))
    rows = data.draw(st.lists(row, min_size=1, max_size=5))
    counts = data.draw(st.sampled_from([None, list(range(1, len(rows) + 1))]))
    ballots = Ballots.of(names, rows, counts)
    codes = data.draw(st.sampled_from([(), tuple(f"k{place}" for place in range(len(rows)))]))
    path = written(tmp_path_factory.mktemp("ballots"), "b.csv", write(ballots, codes))
    again = read(path)
    assert (again.ballots.options, again.codes) == (names, codes)
    assert np.array_equal(again.ballots.marks, ballots.marks)
    assert np.array_equal(again.ballots.counts, ballots.counts)


def test_positions_that_are_written_are_read_again(tmp_path: Path) -> None:
    found = read(written(tmp_path, "b.csv", write_positions({"k1": "yes", "k2": "", "k3": "yes"})))
    assert (found.positions, found.blank, found.codes) == ({"yes": 2}, 1, ("k1", "k2", "k3"))
    assert read(written(tmp_path, "c.csv", write_positions(["yes", ""]))).blank == 1


def test_costs_are_a_table(tmp_path: Path) -> None:
    assert read_costs(written(tmp_path, "c.csv", "Option,Cost\nHill,60\n\nVale,40\n")) == {"Hill": 60, "Vale": 40}
    for content in (
        "Option,Price\nHill,1\n",
        "Option,Cost\nHill,0\n",
        "Option,Cost\nHill\n",
        "Option,Cost\nA,1\nA,2\n",
    ):
        with pytest.raises(UnreadableBallots):
            read_costs(written(tmp_path, "c.csv", content))


# --- PrefLib and Pabulib ----------------------------------------------------------------------------------------------
def test_rankings_of_preflib_keep_what_is_level_and_what_is_left_out(tmp_path: Path) -> None:
    found = read(written(tmp_path, "x.toi", SOC))
    assert (found.form, found.title, found.ballots.options) == (Form.RANKS, "Where to go", ("Hill", "Vale", "Moor"))
    assert found.ballots.marks.tolist() == [[1, 2, 2], [NO_MARK, 1, NO_MARK]]
    assert found.ballots.counts.tolist() == [3, 2]


def test_options_of_preflib_that_share_a_name_are_told_apart(tmp_path: Path) -> None:
    found = read(written(tmp_path, "x.toi", SOC.replace("Moor", "Hill")))
    assert found.ballots.options == ("Hill (1)", "Vale (2)", "Hill (3)")
    assert found.notes[0].code is NoteCode.TITLES_TOLD_APART


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (SOC.replace("NUMBER ALTERNATIVES: 3", "NUMBER ALTERNATIVES: 4"), UnreadableCode.BROKEN_HEADER),
        (SOC + "x: 1,2\n", UnreadableCode.BROKEN_LINE),
        (SOC + "1: 1,1\n", UnreadableCode.BROKEN_LINE),
        (SOC + "0: 1\n", UnreadableCode.BROKEN_LINE),
        (SOC + "1: {1,2\n", UnreadableCode.BROKEN_LINE),
        (SOC + "1: 4\n", UnreadableCode.UNKNOWN_OPTION),
        (b"\xff\xfe\x00", "damaged"),
        ("", "empty"),
    ],
)
def test_what_is_no_preflib_is_refused(tmp_path: Path, content: str | bytes, code: str) -> None:
    assert refused(written(tmp_path, "x.soi", content)).code == code


def test_a_budget_of_pabulib_is_read_with_its_costs(tmp_path: Path) -> None:
    found = read(written(tmp_path, "x.pb", PB))
    assert (found.costs, found.budget, found.title) == ((6000, 5050), 10000, "Our yard")
    assert found.ballots.options == ("Trees", "Benches")
    assert found.ballots.marks.tolist() == [[1, 1], [NO_MARK, 1], [NO_MARK, NO_MARK]]
    assert found.notes[0].code is NoteCode.CENTS


def test_other_votes_of_pabulib_are_ranks_and_points(tmp_path: Path) -> None:
    ordinal = read(written(tmp_path, "x.pb", PB.replace("approval", "ordinal").replace("1;a,b", "1;b,a")))
    assert (ordinal.form, ordinal.ballots.marks[0].tolist()) == (Form.RANKS, [2, 1])
    points = PB.replace("approval", "cumulative").replace("voter_id;vote", "voter_id;vote;points")
    spread = read(written(tmp_path, "y.pb", points.replace("1;a,b", "1;a,b;3,2").replace("2;b", "2;b;5")))
    assert spread.ballots.marks[0].tolist() == [3, 2]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (PB.replace("2;b", "2;c"), UnreadableCode.UNKNOWN_OPTION),
        (PB.replace("a;60", "a;-60"), UnreadableCode.BAD_COST),
        (PB.replace("budget;100", "budget;lots"), UnreadableCode.BAD_COST),
        (PB.replace("b;50.5", "a;50.5"), UnreadableCode.BROKEN_HEADER),
        (PB.replace("approval", "telepathy"), UnreadableCode.VOTE_TYPE),
        (PB.replace("approval", "scoring"), UnreadableCode.BROKEN_LINE),
        ("hello\n" + PB, UnreadableCode.BROKEN_LINE),
        ("META\nkey;value\n", UnreadableCode.NO_OPTIONS),
    ],
)
def test_what_is_no_pabulib_is_refused(tmp_path: Path, content: str, code: str) -> None:
    assert refused(written(tmp_path, "x.pb", content)).code == code
