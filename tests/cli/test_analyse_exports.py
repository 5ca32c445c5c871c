"""Exports of survey tools: their rows above the answers, their names of columns, their words for options."""

from __future__ import annotations

import contextlib
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.cli.analysis.dialects import Dialect, read_head
from collegium.cli.analysis.labels import Options, normal
from collegium.science.errors import UnusableInput
from collegium.science.measurement.moments import NO_ANSWER
from tests.cli.analysing import answers_to, heartbeat, in_words, invoke, results, write

INSTRUMENT = heartbeat()
KEYS = [column.key for column in INSTRUMENT.columns]
TEXTS = [INSTRUMENT.text(column.item) for column in INSTRUMENT.columns]
CODES = answers_to(INSTRUMENT, 36)
WORDS = in_words(INSTRUMENT, CODES)
SCHOOLS = [f"School {place % 2 + 1}" for place in range(36)]


def qualtrics(tmp_path: Path) -> Path:
    about = ["StartDate", "EndDate", "Status", "IPAddress", "Progress", "Finished", "ResponseId", "RecipientEmail"]
    said = ["Start Date", "End Date", "Response Type", "IP Address", "Progress", "Finished", "Response ID", "Email"]
    stem = "How far do you agree?"
    rows = [
        [*about, "School", *[f"Q{place}_1" for place in range(len(KEYS))]],
        [*said, "Your school", *[f"{stem} - {text}" for text in TEXTS]],
        ['{"ImportId":"x"}'] * (len(about) + 1 + len(KEYS)),
    ]
    for kind, school, row in zip(["IP Address"] * 36, SCHOOLS, WORDS, strict=True):
        rows.append(
            ["2026-01-02", "2026-01-02", kind, "10.0.0.1", "100", "True", "R_1", "a@hill.example", school, *row]
        )
    rows.append([*rows[3][:2], "Survey Preview", *rows[3][3:]])
    return write(tmp_path / "qualtrics.csv", rows)


def google(tmp_path: Path) -> Path:
    rows = [["Timestamp", "Email Address", "School", *TEXTS]]
    for school, row in zip(SCHOOLS, WORDS, strict=True):
        rows.append(["2026/01/02 9:41:00", "a@hill.example", school, *[word.replace("'", "’") for word in row]])
    return write(tmp_path / "google.csv", rows)


def microsoft(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.append(
        ["ID", "Start time", "Completion time", "Email", "Name", "School", *[f"{t}\u00a0" for t in TEXTS]]
    )
    for place, (school, row) in enumerate(zip(SCHOOLS, WORDS, strict=True)):
        book.active.append([place, "1/2/26", "1/2/26", "a@hill.example", "Zoe Hart", school, *[w.upper() for w in row]])
    book.save(tmp_path / "microsoft.xlsx")
    return tmp_path / "microsoft.xlsx"


def limesurvey(tmp_path: Path) -> Path:
    heads = ["Response ID", "Date submitted", "Last page", "Start language", "Access code", "School"]
    rows = [[*heads, *[f"G1[{key}]" for key in KEYS]]]
    lowest = INSTRUMENT.columns[0].lowest
    for school, row in zip(SCHOOLS, CODES, strict=True):
        coded = ["" if code is None else f"A{code - lowest + 1}" for code in row]
        rows.append(["1", "2026-01-02 10:00", "3", "en", "token-9x", school, *coded])
    return write(tmp_path / "limesurvey.csv", rows, ";")


@pytest.mark.parametrize("export", [qualtrics, google, microsoft, limesurvey])
def test_the_export_of_a_tool_is_read_as_the_plain_table(tmp_path: Path, export: object) -> None:
    rows = [["School", *KEYS]]
    rows += [[school, *["" if c is None else str(c) for c in row]] for school, row in zip(SCHOOLS, CODES, strict=True)]
    args = ("--instrument", "heartbeat", "--group", "School", "--out")
    plain = invoke(write(tmp_path / "plain.csv", rows), *args, tmp_path / "plain")
    assert plain.exit_code == 0, plain.output
    done = invoke(export(tmp_path), *args, tmp_path / "out")  # type: ignore[operator]
    assert done.exit_code == 0, done.output
    found, expected = results(tmp_path / "out"), results(tmp_path / "plain")
    assert found["views"] == expected["views"]
    written = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "out").rglob("*.*"))
    assert not [
        secret for secret in ("hill.example", "Zoe Hart", "10.0.0.1", "token-9x") if secret in written + done.output
    ]


def test_previews_of_qualtrics_are_left_out_and_counted(tmp_path: Path) -> None:
    done = invoke(qualtrics(tmp_path), "--instrument", "heartbeat", "--out", tmp_path / "out")
    assert "1 row of qualtrics.csv: previews and tests of the survey" in done.stderr


@pytest.mark.parametrize(
    ("rows", "dialect", "count"),
    [
        ([["Q1", "Q2"], ["text", "text"], ['{"ImportId":"QID1"}', ""]], Dialect.QUALTRICS, 3),
        ([["Zeitstempel", "Wie geht es?"]], Dialect.GOOGLE, 1),
        ([["ID", "Startzeit", "Fertigstellungszeit", "Frage"]], Dialect.MICROSOFT, 1),
        ([["id", "submitdate", "lastpage", "trust[a]"]], Dialect.LIMESURVEY, 1),
        ([["school", "q1"]], Dialect.PLAIN, 1),
    ],
)
def test_the_tool_is_known_by_its_columns(rows: list[list[str]], dialect: Dialect, count: int) -> None:
    head = read_head(rows)
    assert (head.dialect, head.rows) == (dialect, count)


# --- options in words -------------------------------------------------------------------------------------------------
AGREE = Options("trust_1", 1, 4, enumerate(["Strongly disagree", "Disagree", "Agree", "Don’t know yet…"], 1))


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Agree", 3), (" agree. ", 3), ("AGREE", 3), ("strongly\u00a0 disagree", 1), ("<b>Agree</b>", 3),
        ("Don't know yet...", 4), ("Don&#39;t know yet", 4), ("3", 3), ("3.0", 3), ("3 - Agree", 3), ("Agree (3)", 3),
        ("3) agree", 3), ("", NO_ANSWER), ("N/A", NO_ANSWER), ("Prefer not to say", NO_ANSWER), ("7", None),
        ("Sort of", None), ("٣", None),
    ],
)  # fmt: skip
def test_a_cell_is_the_option_that_it_says(cell: str, code: int | None) -> None:
    assert AGREE.code(cell) == code


def test_a_cell_that_could_be_two_options_is_refused() -> None:
    with pytest.raises(UnusableInput, match="could be the option 2 or 3"):
        AGREE.code("2 - Agree")
    with pytest.raises(UnusableInput, match="stands for two options"):
        Options("x", 1, 3, [(1, "Often"), (2, "often ")])
    backwards = Options("x", 1, 3, [(1, "3"), (2, "2"), (3, "1")])
    with pytest.raises(UnusableInput, match="could be the option 1 or 3"):
        backwards.code("1")


@pytest.mark.parametrize(("cell", "code"), [("Yes", 1), ("x", 1), ("no", 0), ("", 0), ("maybe", None)])
def test_a_tick_is_there_or_not(cell: str, code: int | None) -> None:
    assert Options("x", 0, 1, is_tick=True).code(cell) == code


def test_codes_of_limesurvey_count_the_options_only_there() -> None:
    assert AGREE.code("A2", lime=True) == AGREE.code("AO02", lime=True) == 2
    assert AGREE.code("A2") is None
    assert AGREE.code("A9", lime=True) is None


@given(st.text(max_size=40))
def test_the_normal_form_is_its_own_normal_form(text: str) -> None:
    once = normal(text)
    assert normal(once) == once or "<" in text or "&" in text


@given(st.text(max_size=40))
def test_no_cell_breaks_the_reader(cell: str) -> None:
    with contextlib.suppress(UnusableInput):
        found = AGREE.code(cell)
        assert found is None or found in {NO_ANSWER, 1, 2, 3, 4}
