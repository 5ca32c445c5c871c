"""Every engine finds the same whole numbers, and says where a table cannot be understood."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from collegium.science.errors import UnusableInput
from collegium.science.measurement.engines import BETWEEN, Table, choose_engine, moments_of_table
from collegium.science.measurement.engines._kernel import Counter
from collegium.science.measurement.engines._packing import packed, unpacked
from collegium.science.measurement.engines._plan import Plan
from collegium.science.measurement.layout import Facet, Item, Layout
from collegium.science.measurement.moments import NO_ANSWER, moments_of_sheets
from collegium.science.measurement.reliability import alpha
from tests.science import golden
from tests.science.tables import LAYOUT, answers, assert_same, columns, write_csv, write_parquet
from tests.shared import SHARED

ENGINES = pytest.mark.parametrize("engine", ["numpy", "duckdb"])


def refusal(source: Any, engine: str = "numpy", **more: Any) -> UnusableInput:
    with pytest.raises(UnusableInput) as refused:
        moments_of_table(source, LAYOUT, atom="school", engine=engine, **more)
    return refused.value


# --- the same numbers -------------------------------------------------------------------------------------------------
def test_a_table_in_memory_gives_the_moments_of_its_sheets() -> None:
    schools, table = answers(500)
    true = moments_of_sheets(LAYOUT, schools, table)
    held = {"school": schools, **columns(table)}
    with_gaps = {key: np.where(column == NO_ANSWER, np.nan, column) for key, column in columns(table).items()}
    arrow = pa.table(
        {"school": schools, **{key: pa.array(c, mask=c == NO_ANSWER) for key, c in columns(table).items()}}
    )
    for source in (held, {"school": schools, **with_gaps}, arrow, {"school": arrow["school"], **columns(table)}):
        assert_same(moments_of_table(source, LAYOUT, atom="school"), true)


@ENGINES
@pytest.mark.parametrize(("suffix", "between"), [("csv", ","), ("csv", ";"), ("tsv", "\t")])
def test_a_text_gives_the_moments_of_its_sheets(tmp_path: Path, engine: str, suffix: str, between: str) -> None:
    schools, table = answers(300)
    path = write_csv(tmp_path / f"answers.{suffix}", schools, table, between)
    assert_same(moments_of_table(path, LAYOUT, atom="school", engine=engine), moments_of_sheets(LAYOUT, schools, table))


@ENGINES
def test_a_folder_of_parquet_gives_the_moments_of_its_sheets(tmp_path: Path, engine: str) -> None:
    schools, table = answers(20_000)
    write_parquet(tmp_path / "2024" / "part.parquet", schools[:15_000], table[:15_000])
    write_parquet(tmp_path / "2025" / "part.parquet", schools[15_000:], table[15_000:])
    write_parquet(tmp_path / "_being_written" / "part.parquet", schools[:10], table[:10])
    steps: list[tuple[int, int | None]] = []
    found = moments_of_table(tmp_path, LAYOUT, atom="school", engine=engine, report=lambda *step: steps.append(step))
    assert_same(found, moments_of_sheets(LAYOUT, schools, table))
    assert steps[-1] == (20_000, 20_000)


@ENGINES
def test_words_questions_gaps_and_quotes_are_understood(tmp_path: Path, engine: str) -> None:
    path = tmp_path / "form.csv"
    path.write_text(
        'school,"Do you, at times, agree?",b,c,yes,"Comment\non it"\r\n'
        '"Hill, upper",Often, 2 ,3.0,Yes,"one\ntwo"\r\n'
        "\r\n"
        '007,never,NA,,No,"he said ""no"""\r\n',
        encoding="utf-8",
    )
    found = moments_of_table(
        path,
        LAYOUT,
        atom="school",
        engine=engine,
        columns={"a": "Do you, at times, agree?"},
        recode={"a": {"never": 1, "Often": 5}, "yes": {"Yes": 1, "No": NO_ANSWER}},
    )
    assert_same(found, moments_of_sheets(LAYOUT, ["Hill, upper", "007"], [[5, 2, 3, 1], [1, -1, -1, -1]]))


def test_codes_from_zero_to_a_thousand_stay_exact() -> None:
    layout = Layout(
        items=(Item(key="a", lowest=0, highest=1000), Item(key="b", lowest=0, highest=1000)),
        facets=(Facet(key="both", items=("a", "b"), reversed_items=frozenset({"a"})),),
    )
    table = np.random.default_rng(2).integers(0, 1001, (3000, 2))
    table[::7] = NO_ANSWER
    schools = ["one"] * 3000
    found = moments_of_table({"s": schools, "a": table[:, 0], "b": table[:, 1]}, layout, atom="s")
    assert_same(found, moments_of_sheets(layout, schools, table))


@pytest.mark.parametrize("sheets", [1023, 1024, 8191, 8192, 16_383, 16_384])
def test_a_school_as_large_as_fits_beside_others_stays_exact(sheets: int) -> None:
    table = np.full((sheets + 2, len(LAYOUT.items)), [5, 1, 5, 1], dtype=np.int8)  # the highest score in every sheet
    table[-1] = NO_ANSWER
    schools = ["large"] * sheets + ["small"] * 2
    found = moments_of_table({"school": schools, **columns(table)}, LAYOUT, atom="school")
    assert_same(found, moments_of_sheets(LAYOUT, schools, table))


@pytest.mark.parametrize("sheets", [63, 64, 127, 128, 16_384, 32_768])
def test_a_school_that_grows_from_piece_to_piece_stays_exact(sheets: int) -> None:
    table = np.full((2 * sheets, len(LAYOUT.items)), [5, 1, 5, 1], dtype=np.int8)
    others = [f"small {number // 3}" for number in range(sheets)]  # some new ones in every piece
    schools = [name for both in zip(["large"] * sheets, others, strict=True) for name in both]
    plan, counter, twice = Plan.made(LAYOUT, "school", None, None), Counter(LAYOUT), Counter(LAYOUT)
    for piece in Table.found({"school": schools, **columns(table)}).pieces(plan.asked, 1000):
        plan.count(counter, piece)
    found = counter.moments()
    assert_same(found, moments_of_sheets(LAYOUT, schools, table))
    for _ in range(2):
        twice.absorb(found)
    assert_same(twice.moments(), found + found)


def test_two_columns_together_make_the_atom() -> None:
    table: dict[str, Sequence[object]] = {key: [1, 1, 1] for key in ("a", "b", "c", "yes")}
    table |= {"school": ["hill", "hill", None], "level": [1.0, 2.0, float("nan")]}
    found = moments_of_table(table, LAYOUT, atom=("school", "level"))
    assert found.atoms == (BETWEEN, f"hill{BETWEEN}1", f"hill{BETWEEN}2")


def test_moments_travel_as_bytes() -> None:
    schools, table = answers(200)
    moments = moments_of_sheets(LAYOUT, schools, table)
    assert_same(unpacked(LAYOUT, packed(moments)), moments)


@ENGINES
def test_real_answers_have_the_reliability_that_r_finds(engine: str) -> None:
    """`lq2002`, from its file to alpha."""
    case = golden.case("reliability", "lq2002_lead")
    layout = golden.one_facet(case["input"]["items"], 1, 5)
    path = SHARED / "data/survey_multilevel_pkg/lq2002.csv"
    found = moments_of_table(path, layout, atom="COMPID", engine=engine)
    assert (len(found.atoms), found.sheets.sum()) == (49, 2042)
    assert alpha(found.cross("scale")).value == pytest.approx(
        case["outputs"]["modes"]["listwise"]["alpha_raw"], rel=1e-9
    )


# --- what is refused --------------------------------------------------------------------------------------------------
@ENGINES
def test_a_value_that_is_no_option_is_shown_with_its_place(tmp_path: Path, engine: str) -> None:
    schools, table = answers(20)
    table[16, 1] = 6
    said = refusal(write_csv(tmp_path / "answers.csv", schools, table), engine)
    assert (said.code, said.data["column"], said.data["row"], said.data["value"]) == ("outside_range", "b", 18, "6")
    said = refusal(write_parquet(tmp_path / "answers.parquet", schools, table), engine)
    assert (said.code, said.data["column"], said.data["row"], said.data["value"]) == ("outside_range", "b", 17, 6)
    said = refusal(tmp_path / "answers.csv", engine, recode={"b": {"never": 1}})
    assert (said.data["column"], said.data["row"]) == ("b", 2)
    assert str(tmp_path) in str(said)


@ENGINES
def test_a_row_of_another_length_is_shown(tmp_path: Path, engine: str) -> None:
    path = write_csv(tmp_path / "answers.csv", *answers(20))
    lines = path.read_text(encoding="utf-8").splitlines()
    for spoilt in (lines[9] + ",1", lines[9].rpartition(",")[0]):
        path.write_text("\n".join([*lines[:9], spoilt, *lines[10:]]), encoding="utf-8")
        said = refusal(path, engine)
        assert (said.code, said.data["row"]) == ("unequal_rows", 10)


@ENGINES
def test_columns_that_are_not_there_are_named(tmp_path: Path, engine: str) -> None:
    said = refusal(write_csv(tmp_path / "answers.csv", *answers(5)), engine, columns={"a": "Question 1"})
    assert (said.code, said.data["column"]) == ("unknown_column", "Question 1")
    write_parquet(tmp_path / "answers.parquet", *answers(5))
    assert refusal(tmp_path / "answers.parquet", engine, columns={"a": "Question 1"}).code == "unknown_column"


@ENGINES
def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path, engine: str) -> None:
    path = write_csv(tmp_path / "answers.csv", *answers(50))

    def write_on(*step: object) -> None:
        with path.open("a", encoding="utf-8") as file:
            file.write("school 1,1,1,1,1\n")

    assert refusal(path, engine, report=write_on).code == "changed_while_read"


def test_files_and_plans_that_mean_nothing_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    (tmp_path / "latin.csv").write_bytes("school,a,b,c,yes\nm\xfchle,1,1,1,1\n".encode("latin-1"))
    (tmp_path / "twice.csv").write_text("school,a,a,b,c,yes\n", encoding="utf-8")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 and nothing else")
    (tmp_path / "letter.docx").write_bytes(b"PK")
    codes = {file.name: refusal(file).code for file in tmp_path.iterdir()}
    assert codes == {
        "empty.csv": "empty_file",
        "latin.csv": "encoding",
        "twice.csv": "same_name",
        "broken.parquet": "broken_file",
        "letter.docx": "kind",
    }
    (tmp_path / "folder").mkdir()
    assert refusal(tmp_path / "folder").code == refusal(tmp_path / "nowhere").code == "no_file"
    held = {"school": [1], "a": [1], "b": [1], "c": [1], "yes": [1]}
    assert refusal({**held, "yes": [1, 0]}).code == "unequal_rows"
    assert refusal(held, "spark").code == "kind"
    assert refusal(held, "abacus").code == "engine"
    assert refusal(held, recode={"d": {"x": 1}}).code == "unknown_item"
    assert refusal(held, columns={"a": "b"}).code == "same_name"


def test_an_engine_that_is_not_installed_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_parquet(tmp_path / "answers.parquet", *answers(5))
    for name in ("duckdb", "pyarrow", "pyarrow.parquet", "pyspark", "pyspark.sql"):
        monkeypatch.setitem(sys.modules, name, None)
    for engine, extra in (("numpy", "analyse"), ("duckdb", "analyse"), ("spark", "spark")):
        said = refusal(path, engine)
        assert said.code == "not_installed"
        assert f"collegium[{extra}]" in str(said)


def test_large_texts_go_to_duckdb_and_the_rest_to_numpy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_csv(tmp_path / "answers.csv", *answers(50))
    assert choose_engine(path) == choose_engine({"school": ["hill"]}) == "numpy"
    # The package gives its function the name of the module, so the module is asked for by its own.
    monkeypatch.setattr(importlib.import_module("collegium.science.measurement.engines.table"), "LARGE_TEXT", 1)
    assert choose_engine(path) == "duckdb"
    assert choose_engine(path, "numpy") == "numpy"
