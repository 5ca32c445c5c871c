"""`collegium analyse`: what it writes, what it shows, and what it never shows."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import openpyxl
import pyarrow as pa
import pytest
from pyarrow import parquet

from collegium.cli.analysis import files
from collegium.science.measurement.single import single_group_mean
from tests.cli import analysing
from tests.cli.analysing import facet, invoke, plain, results, view, write
from tests.cli.running import environment
from tests.shared import SHARED


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "results"


def analysed(out: Path, *args: object) -> dict[str, object]:
    done = invoke(*args, "--out", out)
    assert done.exit_code == 0, done.output
    return results(out)


def table_of(out: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((out / "tables" / name).read_text(encoding="utf-8"))))


# --- what it writes ---------------------------------------------------------------------------------------------------
def test_it_writes_a_report_tables_json_and_a_log(tmp_path: Path, out: Path) -> None:
    rows = plain(people=30)
    data = analysed(out, write(tmp_path / "a.csv", rows), "--group", "school")
    assert sorted(path.name for path in out.iterdir()) == ["log.txt", "report.html", "results.json", "tables"]
    assert {one["title"] for one in data["views"]} == {"Everybody", "School 1", "School 2", "School 3"}
    scores = [np.mean([int(cell) for cell in row[1:4]]) for row in rows[1:] if row[0] == "School 2"]
    found = facet(data, "School 2", "trust")
    assert found["n"] == 30
    assert found["mean"]["value"] == round(float(np.mean(scores)), 1)
    exact = single_group_mean(30, float(np.mean(scores)), float(np.var(scores) * 30)).interval
    assert exact is not None
    assert found["interval"] == pytest.approx([exact.low, exact.high], abs=0.16)
    assert [row["group"] for row in table_of(out, "groups.csv")][:3] == ["School 1", "School 2", "School 3"]
    assert {row["facet"] for row in table_of(out, "facets.csv")} == {"trust", "hope"}
    assert "trust (trust_1, trust_2, trust_3): one facet with the options 1 to 5" in (out / "log.txt").read_text()


class _Looking(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.addresses: list[str] = []
        self.text: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.inside = tag
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src", "action"}]
        assert not [name for name, _ in attrs if name.startswith("on") or name == "style"]

    def handle_endtag(self, tag: str) -> None:
        assert tag
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside != "style":
            self.text.append(data)


def looked_at(out: Path) -> tuple[_Looking, str]:
    page = (out / "report.html").read_text(encoding="utf-8")
    looking = _Looking()
    looking.feed(page)
    return looking, " ".join(" ".join(looking.text).split())


def test_the_report_needs_nothing_but_itself(tmp_path: Path, out: Path) -> None:
    analysed(out, write(tmp_path / "a.csv", plain()), "--group", "school")
    looking, text = looked_at(out)
    assert looking.tags["script"] == looking.tags["link"] == looking.tags["img"] == 0
    assert all(address.startswith("#") for address in looking.addresses)
    page = (out / "report.html").read_text(encoding="utf-8")
    assert set(re.findall(r"url\(\"?([a-z]+:[^;]{0,10})", page)) == {"data:font/woff2"}
    assert "@media print" in page
    assert "counter(page)" in page
    for said in ("72 sheets. Lines are 95% intervals.", "can't tell apart", "How to read this", "72 people"):
        assert said in text


def test_every_section_says_how_many_and_how_sure(tmp_path: Path, out: Path) -> None:
    rows = plain(levels=True)
    waves = [[*rows[0], "term"], *([*row, "1"] for row in rows[1:])]
    waves += [[*row, "2"] for row in plain(levels=True, seed=2, rise=0.9)[1:]]
    args = ("--group", "school", "--level", "level", "--wave", "term")
    analysed(out, write(tmp_path / "a.csv", waves), *args)
    page = (out / "report.html").read_text(encoding="utf-8")
    sections = re.findall(r'<section id="(\w+)">(.*?)(?=<section id=|</main>)', page, re.DOTALL)
    assert [name for name, _ in sections][:4] == ["everybody", "changes", "groups", "levels"]
    for name, body in sections:
        assert name in {"about", "log"} or re.search(r"72 sheets\. Lines are 95% intervals", body), name


def test_an_analysis_is_replaced_only_when_told(tmp_path: Path, out: Path) -> None:
    path = write(tmp_path / "a.csv", plain())
    analysed(out, path)
    assert invoke(path, "--out", out).exit_code == 2
    assert invoke(path, "--out", out, "--overwrite").exit_code == 0
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    refused = invoke(path, "--out", tmp_path / "mine", "--overwrite")
    assert (refused.exit_code, "holds other files" in refused.stderr) == (2, True)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.csv", "mine", "results"]


def test_json_is_the_answer_when_asked(tmp_path: Path, out: Path) -> None:
    done = invoke(write(tmp_path / "a.csv", plain()), "--out", out, "--json")
    assert done.exit_code == 0
    assert done.stdout.strip().startswith('{\n  "format": 1')


# --- what it reads ----------------------------------------------------------------------------------------------------
def in_every_form(tmp_path: Path, rows: list[list[str]]) -> dict[str, Path]:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([int(cell) if cell.isdigit() else cell for cell in row])
    book.save(tmp_path / "a.xlsx")
    columns = {name: [row[place] for row in rows[1:]] for place, name in enumerate(rows[0])}
    table = pa.table({name: cells if name == "school" else [int(c) for c in cells] for name, cells in columns.items()})
    (tmp_path / "parts").mkdir()
    parquet.write_table(table, tmp_path / "a.parquet")
    parquet.write_table(table[:40], tmp_path / "parts" / "one.parquet")
    parquet.write_table(table[40:], tmp_path / "parts" / "two.parquet")
    (tmp_path / "a.latin.csv").write_bytes("\r\n".join(";".join(row) for row in rows).encode("cp1252"))
    return {
        "csv": write(tmp_path / "a.csv", rows),
        "tsv": write(tmp_path / "a.tsv", rows, "\t"),
        "xlsx": tmp_path / "a.xlsx",
        "older letters": tmp_path / "a.latin.csv",
        "parquet": tmp_path / "a.parquet",
        "folder": tmp_path / "parts",
    }


def test_every_form_of_a_table_gives_the_same(tmp_path: Path) -> None:
    rows = plain(people=20)
    rows = [[cell.replace("School", "École") for cell in row] for row in rows]
    found = {}
    for name, path in in_every_form(tmp_path, rows).items():
        data = analysed(tmp_path / f"out {name}", path, "--group", "school")
        found[name] = {key: data[key] for key in ("views", "reliability", "comparisons")}
    assert all(each == found["csv"] for each in found.values())


@pytest.mark.parametrize("engine", ["numpy", "duckdb"])
def test_every_engine_gives_the_same(tmp_path: Path, out: Path, engine: str) -> None:
    path = write(tmp_path / "a.csv", plain())
    data = analysed(out, path, "--group", "school", "--engine", engine)
    assert data["views"] == analysed(tmp_path / "usual", path, "--group", "school")["views"]


def test_counts_give_what_counts_allow(tmp_path: Path, out: Path) -> None:
    """The table of counts of New York's teachers, three schools of it."""
    source = SHARED / "data/nyc_school_survey_2011/teacher_item_counts_long.csv"
    with source.open(newline="") as file:
        rows = [row for row in csv.reader(file) if row[0] in {"dbn", "01M015", "01M019", "01M020"}]
    mapping = tmp_path / "map.toml"
    mapping.write_text('[facets.safety]\ncolumns = ["q1a", "q1b"]\nlowest = 1\nhighest = 4\n')
    items = {row[1] for row in rows[1:]}
    kept = sorted(item for item in items if item.startswith("q6"))[:3]
    assert len(kept) == 3
    mapping.write_text(f"[facets.safety]\ncolumns = {kept!r}\nlowest = 1\nhighest = 4\n".replace("'", '"'))
    data = analysed(
        out, write(tmp_path / "counts.csv", rows), "--group", "dbn", "--column-map", mapping,
    )  # fmt: skip
    found = facet(data, "01M015", "safety")
    counted: dict[tuple[str, str], int] = {(r[1], r[2]): int(float(r[3] or 0)) for r in rows if r[0] == "01M015"}
    means = []
    for item in kept:
        counts = np.array([counted.get((item, str(option)), 0) for option in range(1, 5)])
        means.append(counts @ np.arange(1, 5) / counts.sum())
    assert found["mean"]["value"] == round(float(np.mean(means)), 1)
    assert found["interval"][0] <= found["mean"]["value"] <= found["interval"][1]


def test_an_instrument_turns_words_into_numbers(tmp_path: Path, out: Path) -> None:
    instrument = analysing.heartbeat()
    table = analysing.answers_to(instrument, 40)
    keys = [column.key for column in instrument.columns]
    words = [keys, *analysing.in_words(instrument, table)]
    numbers = [keys, *[["" if code is None else code for code in row] for row in table]]
    one = analysed(out, write(tmp_path / "words.csv", words), "--instrument", "heartbeat")
    other = analysed(tmp_path / "other", write(tmp_path / "n.csv", numbers), "--instrument", "heartbeat")
    assert one["views"] == other["views"]
    assert one["questions"].startswith("the instrument heartbeat")


def test_both_sides_of_a_pair_are_shown(tmp_path: Path, out: Path) -> None:
    from collegium.listen.instruments import get_shipped

    instrument = get_shipped("value_added")
    rows = [[column.key for column in instrument.columns], *analysing.answers_to(instrument, 30, missing=0)]
    data = analysed(out, write(tmp_path / "a.csv", rows), "--instrument", "value_added")
    assert {one["key"] for one in view(data, "Everybody")["facets"]} == {"value.left", "value.right"}
    assert "(left)" in (out / "report.html").read_text(encoding="utf-8")


def test_a_column_of_one_value_alone_is_taken_for_no_item(tmp_path: Path, out: Path) -> None:
    rows = [[*row, "version" if place == 0 else "3"] for place, row in enumerate(plain())]
    data = analysed(out, write(tmp_path / "a.csv", rows))
    assert [one["key"] for one in view(data, "Everybody")["facets"]] == ["trust", "hope"]
    assert "columns version: all answers are the same" in (out / "log.txt").read_text()


def test_a_mapping_makes_the_facets(tmp_path: Path, out: Path) -> None:
    mapping = tmp_path / "map.toml"
    mapping.write_text(
        'labels = ["Never", "Seldom", "Often", "Always"]\n'
        '[facets.calm]\ntitle = "Calm"\ncolumns = ["One", "Two"]\nreversed = ["Two"]\n'
    )
    rows = [["One", "Two"], *[["Always", " never "]] * 15, *[["often", "SELDOM"]] * 15]
    data = analysed(out, write(tmp_path / "a.csv", rows), "--column-map", mapping)
    found = facet(data, "Everybody", "calm")
    assert found["mean"]["value"] == 3.5
    assert [share["value"] for share in found["shares"]][2:] == [0.6, 0.6]  # in steps of 20 for so few


# --- what it never shows ----------------------------------------------------------------------------------------------
def test_small_groups_are_not_shown_and_cannot_be_subtracted(tmp_path: Path, out: Path) -> None:
    rows = plain(people=20) + [["Tiny", "1", "1", "1", "1", "1"]] * 5
    data = analysed(out, write(tmp_path / "a.csv", rows), "--group", "school")
    assert [one["title"] for one in data["not_shown"]] == ["Tiny"]
    assert view(data, "Everybody")["n"] == 60
    assert "Tiny" in (out / "log.txt").read_text()
    text = looked_at(out)[1]
    assert "fewer than 5 answers besides the reader's own" in text


def test_levels_are_merged_inside_a_school_and_small_schools_inside_a_district(tmp_path: Path, out: Path) -> None:
    rows = [["school", "district", "level", "a_1", "a_2"]]
    for school, district, level, people in [
        ("Hill", "North", "Teaching", 20), ("Hill", "North", "Support", 3), ("Vale", "North", "Teaching", 4),
        ("Moor", "North", "Teaching", 4), ("Wood", "South", "Teaching", 15), ("Wood", "South", "Support", 15),
    ]:  # fmt: skip
        rows += [[school, district, level, str(1 + place % 4), str(1 + place % 3)] for place in range(people)]
    args = ("--group", "school", "--group", "district", "--level", "level")
    data = analysed(out, write(tmp_path / "a.csv", rows), *args)
    shown = {(one["kind"], one["title"]): one["n"] for one in data["views"]}
    assert shown["everybody", "Everybody"] == 61
    assert shown["district", "North"] == 31
    assert shown["group", "Hill"] == 23
    assert ("level of a group", "Hill: Support") not in shown
    assert shown["level of a group", "Wood: Support"] == 15
    assert not {"Vale", "Moor"} & {title for _, title in shown}
    # The level across schools holds those where it stands alone, and says so.
    assert shown["level", "Support"] == 15
    assert "too few answered at this level" in view(data, "Support")["note"]


def test_with_twenty_districts_schools_borrow_from_their_own_first(tmp_path: Path, out: Path) -> None:
    chance = np.random.default_rng(11)
    rows = [["school", "district", "a_1", "a_2", "a_3"]]
    for school in range(40):
        district = school // 2
        for _ in range(7):
            own = chance.normal(2 + 2 * (district % 5) / 4, 0.4)
            cells = [str(int(np.clip(np.rint(own + chance.normal(0, 0.5)), 1, 5))) for _ in range(3)]
            rows.append([f"School {school:02}", f"District {district:02}", *cells])
    args = ("--group", "school", "--group", "district")
    data = analysed(out, write(tmp_path / "a.csv", rows), *args)
    assert [one["with_districts"] for one in data["comparisons"]] == [True]  # type: ignore[attr-defined]
    assert "fewer than 20 districts" not in (out / "log.txt").read_text()
    fewer = [row for row in rows if row[1] != "District 19"]
    data = analysed(tmp_path / "fewer", write(tmp_path / "b.csv", fewer), *args)
    assert [one["with_districts"] for one in data["comparisons"]] == [False]  # type: ignore[attr-defined]


def test_addresses_and_names_reach_nothing(tmp_path: Path, out: Path) -> None:
    rows = plain()
    secret = [
        [*rows[0], "Email", "Name"],
        *[[*row, f"p{n}@hill.example", "Zoe Hart"] for n, row in enumerate(rows[1:])],
    ]
    done = invoke(write(tmp_path / "a.csv", secret), "--group", "school", "--out", out, "--json")
    written = [path.read_text(encoding="utf-8") for path in out.rglob("*") if path.is_file()]
    assert not [text for text in [*written, done.output] if "hill.example" in text or "Zoe Hart" in text]
    assert "columns Email, Name" in done.stderr


def test_no_spreadsheet_works_a_name_out_as_a_formula(tmp_path: Path, out: Path) -> None:
    rows = [[cell.replace("School 1", "=1+1") for cell in row] for row in plain()]
    analysed(out, write(tmp_path / "a.csv", rows), "--group", "school")
    for path in (out / "tables").iterdir():
        cells = [cell for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8"))) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))]
    assert "'=1+1" in (out / "tables" / "groups.csv").read_text()


# --- waves ------------------------------------------------------------------------------------------------------------
def two_waves(tmp_path: Path, people: int, rise: float) -> Path:
    """The same school twice; without a rise everybody says again what they said."""
    first, second = plain(people, seed=3), plain(people, seed=4 if rise else 3, rise=rise)
    rows = [
        [*first[0], "term"],
        *([*row, "Autumn 1"] for row in first[1:]),
        *([*row, "Autumn 2"] for row in second[1:]),
    ]
    return write(tmp_path / "waves.csv", rows)


def test_a_change_is_named_only_where_it_is_clear_and_may_be_shown(tmp_path: Path, out: Path) -> None:
    path = two_waves(tmp_path, 40, 1.0)
    roll = write(
        tmp_path / "asked.csv",
        [["school", "term", "asked", "joined", "left"]]
        + [[f"School {place}", term, 60, 0, 0] for place in (1, 2, 3) for term in ("Autumn 1", "Autumn 2")],
    )
    data = analysed(out, path, "--group", "school", "--wave", "term", "--asked", roll)
    whole = [one for one in data["changes"] if one["view"] == "Everybody"]
    assert {one["words"] for one in whole} == {"clearly up"}
    assert all(one["interval"][0] > 0 for one in whole)
    assert "Clearly up: trust, hope." in looked_at(out)[1]
    still = analysed(
        tmp_path / "still", two_waves(tmp_path, 40, 0), "--group", "school", "--wave", "term", "--asked", roll
    )
    assert "clearly up" not in {one["words"] for one in still["changes"]}


def test_without_knowing_who_moved_a_change_of_few_is_withheld(tmp_path: Path, out: Path) -> None:
    data = analysed(out, two_waves(tmp_path, 20, 1.0), "--group", "school", "--wave", "term")
    school = [one for one in data["changes"] if one["view"] == "School 1"]
    assert {one["decision"] for one in school} == {"withhold"}
    assert {one["words"] for one in school} == {None}
    assert "who joined or left" in (out / "log.txt").read_text()


def test_more_answers_than_people_asked_are_refused(tmp_path: Path, out: Path) -> None:
    roll = write(tmp_path / "asked.csv", [["school", "asked"], *[[f"School {place}", 5] for place in (1, 2, 3)]])
    done = invoke(write(tmp_path / "a.csv", plain()), "--group", "school", "--asked", roll, "--out", out)
    assert (done.exit_code, "Mend the number" in done.stderr, out.exists()) == (2, True, False)


# --- alone ------------------------------------------------------------------------------------------------------------
@pytest.mark.slow
def test_it_needs_no_database_no_settings_and_leaves_nothing_behind(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", plain())
    broken = {"COLLEGIUM_BASE_URL": "nonsense", "COLLEGIUM_DATABASE_URL": "postgres://nobody:x@127.0.0.1:1/none"}
    done = subprocess.run(
        [sys.executable, "-m", "collegium", "analyse", "a.csv", "--group", "school", "--out", "results"],
        cwd=tmp_path, env={**environment(tmp_path / "var"), **broken}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "results"]


def test_memory_does_not_hold_the_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: Path) -> None:
    """More rows than are counted at once come out as if they were one piece."""
    path = write(tmp_path / "a.csv", plain(people=50))
    whole = analysed(out, path, "--group", "school")
    monkeypatch.setattr("collegium.cli.analysis.counting.ROWS_AT_ONCE", 7)
    assert analysed(tmp_path / "pieces", path, "--group", "school")["views"] == whole["views"]
    assert files.mark(path) == files.mark(path)
