"""`collegium chart`: from a file of numbers to charts, or to one sentence about what is wrong with it."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from collegium.cli.commands import collegium
from tests.cli.running import run
from tests.shared import SHARED

DATA = SHARED / "data"
MONTHS = [4, 6, 5, 7, 4, 6, 5, 6, 9, 9, 8, 9, 10, 9, 8, 9]


def invoke(*args: object) -> Result:
    return CliRunner().invoke(collegium, ["chart", *map(str, args)])


def written(folder: Path, text: str, name: str = "data.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def monthly(folder: Path) -> Path:
    dates = (f"{2024 + n // 12}-{n % 12 + 1:02d}-01" for n in range(len(MONTHS)))
    rows = "\n".join(f"{date},{value}" for date, value in zip(dates, MONTHS, strict=True))
    return written(folder, f"month,x\n{rows}\n")


def test_a_change_is_found_and_everything_is_written(tmp_path: Path) -> None:
    out = tmp_path / "charts"
    done = invoke(monthly(tmp_path), "--date", "month", "--value", "x", "--good", "up", "--baseline", 8, "--out", out)
    assert done.exit_code == 0, done.output
    assert "x: The last 9 points are all above the line. Something has changed, for the better." in done.stdout
    assert sorted(path.name for path in out.iterdir()) == ["index.html", "points.csv", "summary.csv", "x.svg"]
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
    ElementTree.fromstring((out / "x.svg").read_text(encoding="utf-8"))
    with (out / "points.csv").open(newline="") as file:
        points = list(csv.DictReader(file))
    assert [float(point["value"]) for point in points] == MONTHS
    assert (
        sum(point["stands_out"] == "run" for point in points)
        + sum(point["stands_out"] == "outside" for point in points)
        >= 9
    )


def test_charts_are_not_replaced_unless_told_so(tmp_path: Path) -> None:
    args = (monthly(tmp_path), "--date", "month", "--out", tmp_path / "charts")
    assert invoke(*args).exit_code == 0
    again = invoke(*args)
    assert (again.exit_code, "--overwrite" in again.output) == (2, True)
    assert invoke(*args, "--overwrite").exit_code == 0
    assert invoke(*args[:-1], args[0]).exit_code == 2


def test_wide_files_have_a_series_for_each_column(tmp_path: Path) -> None:
    file = written(tmp_path, "week;Hill;Vale;note\n1;3;4;x\n2;4;;y\n3;3;5;z\n")
    done = invoke(file, "--date", "week", "--out", tmp_path / "charts", "--json")
    said = json.loads(done.stdout)
    assert [(each["series"], each["finding"]) for each in said["series"]] == [("Hill", "too_few"), ("Vale", "too_few")]


def test_a_chart_that_does_not_fit_says_why_and_another_is_drawn(tmp_path: Path) -> None:
    file = written(tmp_path, "week,late,pupils\n1,12,10\n2,4,10\n3,9,10\n")
    args = ("--date", "week", "--value", "late", "--of", "pupils", "--kind", "p", "--out", tmp_path / "charts")
    assert json.loads(invoke(file, *args, "--json").stdout)["series"][0]["chart"] == "u"
    page = (tmp_path / "charts" / "index.html").read_text(encoding="utf-8")
    assert "Not drawn as p chart, because a count is larger than what it is of. This is a u chart." in page
    assert "The limits rest on 3 points and are provisional: 12 are needed." in page


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("month,x\n", (), "nothing below it"),
        ("month,x\n2024-01,1\n", ("--value", "y"), "There is no column “y”. The columns are: month, x."),
        ("month,x\n2024-01,many\n", ("--value", "x"), "“many” in row 2, column “x”, is not a number."),
        ("month,x\n2024-01,many\n", (), "No column beside “month” holds numbers only."),
        ("month,x\n,1\n2024-01,2\n", ("--value", "x"), "Row 2 does not say when"),
        ("month,x\n2024-01,1\n2024-01,2\n", ("--value", "x"), "There are several rows for x in 2024-01"),
        ("month,x,x\n2024-01,1,2\n", ("--value", "x"), "There are two columns called “x”"),
        ("month,x\n2024-01,1\n", ("--by", "x"), "Say which column holds the values"),
        ("month,x\n2024-01,1\n", ("--value", "x", "--shape", "rate"), "name the column with --of"),
        ("month,x\n2024-01,-1\n", ("--value", "x", "--kind", "zzz"), "Invalid value for '--kind'"),
        ("", (), ""),
    ],
)
def test_bad_input_ends_with_two_and_a_sentence(tmp_path: Path, text: str, options: tuple[str, ...], said: str) -> None:
    done = invoke(written(tmp_path, text), "--date", "month", *options, "--out", tmp_path / "charts")
    assert done.exit_code == 2, done.output
    assert said in done.output
    assert "Traceback" not in done.output
    assert not (tmp_path / "charts").exists()


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = invoke(tmp_path / "none.csv", "--date", "month", "--out", tmp_path / "charts")
    assert (done.exit_code, "none.csv" in done.output) == (2, True)


def test_groups_whose_names_are_alike_get_files_of_their_own(tmp_path: Path) -> None:
    file = written(tmp_path, "week,x,site\n1,3,A/B\n1,4,A B\n1,5,../a-b\n")
    out = tmp_path / "charts"
    done = invoke(file, "--date", "week", "--value", "x", "--by", "site", "--out", out)
    assert done.exit_code == 0, done.output
    assert len(list(out.glob("*.svg"))) == 3
    assert {path.parent for path in tmp_path.rglob("*.svg")} == {out}


def test_a_title_cannot_become_markup(tmp_path: Path) -> None:
    file = written(tmp_path, 'week,x,site\n1,3,<b>&"\n2,4,<b>&"\n')
    out = tmp_path / "charts"
    invoke(file, "--date", "week", "--value", "x", "--by", "site", "--out", out, "--title", "<i>")
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "<b>" not in page
    assert "<i>" not in page
    for picture in out.glob("*.svg"):
        ElementTree.fromstring(picture.read_text(encoding="utf-8"))


# --- real files -------------------------------------------------------------------------------------------------------
def test_the_attendance_of_connecticut_is_read_as_it_is(tmp_path: Path) -> None:
    file = DATA / "attendance_ct_chronic" / "chronic_absenteeism_by_ell_2012-2020.csv"
    by = ("--by", "District", "--by", "English Learner Status")
    done = invoke(
        file, "--date", "Year", "--value", "Value", *by, "--good", "down", "--out", tmp_path / "charts", "--json"
    )
    assert done.exit_code == 0, done.output
    assert len(json.loads(done.stdout)["series"]) == 410
    assert "cells say -9999 (suppressed); they are missing." in done.stderr
    assert "too many series to show them side by side" in (tmp_path / "charts" / "index.html").read_text()


@pytest.mark.slow
def test_the_emergency_departments_of_england_are_read_as_they_are(tmp_path: Path) -> None:
    out = tmp_path / "charts"
    done = run(
        "chart", str(DATA / "spc_nhsr" / "ae_attendances.csv"), "--date", "period", "--value", "breaches", "--of",
        "attendances", "--by", "org_code", "--by", "type", "--good", "down", "--out", str(out), data_dir=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "12765 rows were read" in done.stderr
    assert len(list(out.glob("*.svg"))) > 400
