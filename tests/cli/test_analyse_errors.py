"""What cannot be analysed is said with file, column, row and remedy, with exit code 2, and nothing is written."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from collegium.cli.analysis import counting, writing
from collegium.science.errors import UnusableInput
from tests.cli.analysing import invoke, plain, write
from tests.cli.running import environment

MAP = '[facets.trust]\ncolumns = ["trust_1", "trust_2", "trust_3"]\nlowest = 1\nhighest = 5\n'


def refused(tmp_path: Path, rows: list[list[str]] | str | bytes, *args: object, name: str = "a.csv") -> str:
    """Run it, check that it refuses and leaves nothing, and return what it says."""
    path = tmp_path / name
    if isinstance(rows, list):
        write(path, rows)
    else:
        path.write_bytes(rows if isinstance(rows, bytes) else rows.encode())
    before = sorted(each.name for each in tmp_path.iterdir())
    done = invoke(path, *args, "--out", tmp_path / "results")
    assert done.exit_code == 2, done.output
    assert sorted(each.name for each in tmp_path.iterdir()) == before
    assert "Traceback" not in done.output
    return done.stderr


def changed(row: int, column: int, value: str) -> list[list[str]]:
    rows = plain()
    rows[row][column] = value
    return rows


def test_an_unknown_column_is_named_with_those_there_are(tmp_path: Path) -> None:
    said = refused(tmp_path, plain(), "--group", "campus")
    assert "a.csv has no column “campus”. It has: school, trust_1" in said


def test_an_option_that_matches_no_label_is_named_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text(MAP + 'labels = ["Never", "Seldom", "At times", "Often", "Always"]\n')
    said = refused(tmp_path, changed(7, 2, "Mostly"), "--column-map", tmp_path / "map.toml")
    assert "a.csv, row 8, column C “trust_2”: “Mostly” is none of the options of trust_2: 1 “never”, 2 “seldom”" in said
    assert "Mend the cell" in said


@pytest.mark.parametrize("value", ["6", "0", "2.5", "-3", "99999999999999999999"])
def test_an_item_outside_its_range_is_named_with_its_place(tmp_path: Path, value: str) -> None:
    (tmp_path / "map.toml").write_text(MAP)
    said = refused(tmp_path, changed(4, 1, value), "--column-map", tmp_path / "map.toml")
    assert "row 5, column B “trust_1”" in said
    assert "1 to 5" in said


def test_the_same_is_said_by_an_engine(tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text(MAP)
    said = refused(tmp_path, changed(4, 1, "6"), "--column-map", tmp_path / "map.toml", "--engine", "duckdb")
    assert "row 5" in said
    assert "column trust_1" in said


@pytest.mark.parametrize(
    ("fill", "said"), [("", "The column hope_2 holds no answer at all"), ("4", "the same answer in the column hope_2")]
)
def test_items_without_answers_or_without_difference_are_refused(tmp_path: Path, fill: str, said: str) -> None:
    (tmp_path / "map.toml").write_text(MAP + '[facets.hope]\ncolumns = ["hope_1", "hope_2"]\nlowest = 1\nhighest = 5\n')
    rows = [plain()[0], *[[*row[:-1], fill] for row in plain()[1:]]]
    told = refused(tmp_path, rows, "--column-map", tmp_path / "map.toml")
    assert said in told
    assert "--leave-out hope_2" in told
    assert "a.csv: " in told
    done = invoke(
        tmp_path / "a.csv", "--column-map", tmp_path / "map.toml", "--leave-out", "hope_2", "--out", tmp_path / "out"
    )
    assert done.exit_code == 0, done.output


def test_one_group_only_is_refused(tmp_path: Path) -> None:
    said = refused(tmp_path, plain(schools=1), "--group", "school")
    assert "a.csv: The column school names one group only, School 1" in said


def test_groups_of_one_are_refused(tmp_path: Path) -> None:
    rows = plain(people=1, schools=30)
    assert "Every group in the column school has one sheet only" in refused(tmp_path, rows, "--group", "school")


def test_a_k_larger_than_the_file_is_refused(tmp_path: Path) -> None:
    said = refused(tmp_path, plain(people=10, schools=2), "--k", "30")
    assert "a.csv: 20 answer sheets are too few. With k = 30 nothing can be shown" in said
    assert "smaller --k" in said


def test_a_k_that_protects_nobody_is_refused(tmp_path: Path) -> None:
    assert "4 is not in the range" in refused(tmp_path, plain(), "--k", "4")


def test_two_items_with_the_same_name_are_refused(tmp_path: Path) -> None:
    rows = plain()
    rows[0][2] = "trust_1"
    assert "two columns have the name trust_1" in refused(tmp_path, rows)
    (tmp_path / "map.toml").write_text(MAP)
    said = refused(tmp_path, rows, "--column-map", tmp_path / "map.toml")
    assert "several columns could be “trust_1”: B “trust_1”, C “trust_1”" in said


@pytest.mark.parametrize(("content", "said"), [("", "is empty"), ("a,b\n", "no rows"), ("\n\n", "empty")])
def test_a_file_without_rows_is_refused(tmp_path: Path, content: str, said: str) -> None:
    told = refused(tmp_path, content)
    assert said in told
    assert "Export it once more" in told


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "a.csv", "not a table"),
        (b"PK\x03\x04 broken", "a.xlsx", "damaged"),
        (b"PAR1 broken", "a.parquet", "no Parquet file"),
        (b"x", "a.sav", "only CSV, TSV, XLSX"),
        (b'a,b\n1,"2\n3,4\n', "a.csv", "row 2"),
        (b"a,b\n1,2\n1,2,3\n", "a.csv", "row 3: 3 cells"),
        (b"word\nyes\nno\n", "a.csv", "no column of whole numbers"),
    ],
)
def test_what_is_no_table_of_answers_is_refused(tmp_path: Path, content: bytes, name: str, said: str) -> None:
    assert said in refused(tmp_path, content, name=name)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    done = invoke(tmp_path / "none.csv", "--out", tmp_path / "results")
    assert (done.exit_code, "There is no file" in done.stderr) == (2, True)


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.csv", plain())
    count = counting.moments_of_sheets

    def and_somebody_saves(*args: object) -> object:
        path.write_text(path.read_text() + "School 1,1,1,1,1,1\n")
        return count(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(counting, "moments_of_sheets", and_somebody_saves)
    done = invoke(path, "--out", tmp_path / "results")
    assert (done.exit_code, "changed while it was read" in done.stderr) == (2, True)
    assert not (tmp_path / "results").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("facets = 3\n", "“facets” must hold a table"),
        ("[facets.a]\n", 'needs columns = ["…"'),
        ('[facets.a]\ncolumns = ["trust_1"]\n', "needs “lowest” and “highest”"),
        ('[facets.a]\ncolumns = ["trust_1"]\nlabels = ["x", "y"]\nhighest = 5\n', "2 labels do not fit"),
        ('[facets.a]\ncolumns = ["trust_1"]\nlowest = 1\nhighest = 5\nturned = []\n', "“turned” means nothing"),
        ('[facets.a]\ncolumns = ["trust_1"]\nreversed = ["x"]\nlowest = 1\nhighest = 5\n', "“reversed” must name some"),
        ("[facets\n", "not written as TOML"),
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "map.toml").write_text(text)
    assert said in refused(tmp_path, plain(), "--column-map", tmp_path / "map.toml")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--instrument", "happiness"), "neither a file nor an instrument that is shipped"),
        (("--instrument", "heartbeat"), "No column of a.csv fits an item of the instrument heartbeat"),
        (("--column-map", "trust_1"), "neither a file nor of the form item=column"),
        (("--leave-out", "joy"), "there is no such item"),
        (("--group", "school", "--level", "school"), "cannot be two of"),
        (("--group", "a", "--group", "b", "--group", "c"), "--group is given once"),
        (("--wave", "school", "--asked", "none.csv"), "There is no file"),
    ],
)
def test_what_is_asked_for_must_make_sense(tmp_path: Path, args: tuple[str, ...], said: str) -> None:
    assert said in refused(tmp_path, plain(), *args)


def test_one_wave_only_is_refused(tmp_path: Path) -> None:
    rows = [[*row, "term" if place == 0 else "1"] for place, row in enumerate(plain())]
    assert "names one wave only, 1" in refused(tmp_path, rows, "--wave", "term")


def test_files_with_other_items_are_refused(tmp_path: Path) -> None:
    other = write(tmp_path / "b.csv", [[*row[:3], *row[4:]] for row in plain()])
    assert "b.csv has not the same items" in refused(tmp_path, plain(), other)


def test_a_broken_instrument_is_refused_line_by_line(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('key = "mine"\nversion = "one"\n')
    assert "Line 2" in refused(tmp_path, plain(), "--instrument", tmp_path / "mine.toml")


# --- nothing half-written ---------------------------------------------------------------------------------------------
@pytest.mark.slow
def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", plain())
    done = subprocess.run(
        [sys.executable, "-m", "collegium", "analyse", "a.csv", "--group", "school", "--out", "results"],
        cwd=tmp_path, env={**environment(tmp_path / "var"), "PYTHONDONTWRITEBYTECODE": "1"}, text=True,
        capture_output=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000)),
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "could not be written" in done.stderr
    assert "Make room" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_what_stood_there_stays_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "results"
    writing.write_folder(out, {"results.json": "old", "tables/a.csv": "old"})
    rename = Path.rename

    def full(self: Path, target: Path) -> Path:
        if self.name.endswith(".part"):
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(UnusableInput, match="No space left on device"):
        writing.write_folder(out, {"results.json": "new"})
    monkeypatch.undo()
    assert (out / "results.json").read_text() == (out / "tables" / "a.csv").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["results"]
    writing.write_folder(out, {"results.json": "new"})
    assert [path.name for path in out.rglob("*")] == ["results.json"]
