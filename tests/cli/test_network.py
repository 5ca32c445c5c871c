"""`collegium network report`: from files of ties to one HTML file, or to what is wrong with them, row by row."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from collegium.cli.commands import collegium
from tests.cli.running import run
from tests.science import golden
from tests.shared import SHARED

PITTS = SHARED / "data" / "net_pitts_spillane"
KRACKHARDT = SHARED / "data" / "net_krackhardt_hightech"


def invoke(*args: object) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(collegium, ["network", "report", *map(str, args)])


def written(folder: Path, name: str, text: str) -> Path:
    """A file with this text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def section(data: dict[str, Any], key: str) -> dict[str, Any]:
    """The figures of a section of the first kind of tie, by their keys."""
    found = next(each for each in data["report"]["layers"][0]["sections"] if each["key"] == key)
    return {figure["key"]: figure["value"] for figure in found["figures"]}


@pytest.fixture(scope="module")
def pitts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, str]:
    """The report of fifteen real schools."""
    out = tmp_path_factory.mktemp("pitts") / "web.html"
    files = (PITTS / "edges.csv", "--nodes", PITTS / "nodes.csv", "--group", "school", "--kind", "Advice")
    done = invoke(*files, "--output", out, "--json")
    assert done.exit_code == 0, done.output
    return done, out.read_text(encoding="utf-8")


def test_real_schools_come_out_as_r_says(pitts: tuple[Result, str]) -> None:
    data = json.loads(pitts[0].stdout)
    rows = golden.rows(PITTS / "expected" / "graph_measures_sna.csv")
    assert (data["people"], data["ties"], data["refused"]) == (433, 1540, 0)
    schools = next(each for each in data["report"]["layers"][0]["sections"] if each["key"] == "schools")
    inside = [row[place] for place, row in enumerate(schools["between"]["ties"])]
    assert inside == [int(row["ties"]) for row in rows]
    assert schools["between"]["sizes"] == [int(row["n"]) for row in rows]
    mutual = sum(int(row["mutual"]) for row in rows)
    tied = mutual + sum(int(row["asym"]) for row in rows)
    assert section(data, "reach")["mutual"] == pytest.approx(mutual / tied, rel=1e-9)
    assert section(data, "schools")["school_inside"] == 1.0


def waves(folder: Path) -> tuple[Path, Path]:
    """Twelve people in a ring, and a year on: one has left, two ties of those who stay have gone, one is new."""
    ring = [(one, (one + 1) % 12) for one in range(12)]
    later = [tie for tie in ring if 11 not in tie and tie not in ((0, 1), (4, 5))] + [(2, 7)]
    people = [range(12), range(11)]
    for name, ties, who in zip(("then", "now"), (ring, later), people, strict=True):
        written(folder, f"{name}.csv", "from,to\n" + "".join(f"p{one},p{other}\n" for one, other in ties))
        written(folder, f"{name}-staff.csv", "id\n" + "".join(f"p{one}\n" for one in who))
    return folder / "then.csv", folder / "now.csv"


def test_two_files_tell_what_became_of_each_tie(tmp_path: Path) -> None:
    then, now = waves(tmp_path)
    staff = ("--nodes", tmp_path / "now-staff.csv", "--nodes-before", tmp_path / "then-staff.csv")
    done = invoke(now, "--before", then, *staff, "--json")
    assert done.exit_code == 0, done.output
    found = section(json.loads(done.stdout), "change")
    assert {key: found[key] for key in ("before", "kept", "lost", "made")} == {
        "before": 12,
        "kept": 8,
        "lost": 4,
        "made": 1,
    }
    assert found["persistence"] == pytest.approx(8 / 10)
    assert found["people_left"] is None, "one who left is somebody"
    page = (tmp_path / "now-network.html").read_text(encoding="utf-8")
    assert "What changed since last time" in page
    assert "Of 12 ties there were, 8 are there still." in page
    assert '<th scope="col" class="num">then</th>' in page
    assert "<script" not in page
    assert "then-staff.csv" in page


def test_an_earlier_file_that_is_wrong_is_refused_by_row(tmp_path: Path) -> None:
    _then, now = waves(tmp_path)
    wrong = written(tmp_path, "wrong.csv", "from,to\np1,p1\n")
    done = invoke(now, "--before", wrong)
    assert done.exit_code == 2
    assert "wrong.csv" in done.output
    assert not (tmp_path / "now-network.html").exists()


def test_the_report_needs_nothing_from_anywhere_and_runs_nothing(pitts: tuple[Result, str]) -> None:
    page = pitts[1]
    assert "<script" not in page
    assert not re.search(r'(src|href)="(?!#)', page)
    assert not re.search(r"url\((?!\"?data:)", page)
    assert "default-src 'none'" in page
    assert "<svg" in page


def test_the_report_says_how_the_file_was_read_and_names_nobody(pitts: tuple[Result, str]) -> None:
    page = pitts[1]
    assert "Half of all advice runs through" in page
    assert "Ids repeat, so each was read together with the column “school”" in page
    assert "everybody in it counts as having answered" in page
    assert "school 12" in page
    codes = {row["code"] for row in golden.rows(PITTS / "nodes.csv")}
    assert not codes & set(re.findall(r"\b[A-Z]{3}\b", page))


def test_one_firm_has_marks_of_people_and_levels(tmp_path: Path) -> None:
    out = tmp_path / "firm.html"
    nodes = KRACKHARDT / "ht_advice_nodes.csv"
    ties = str(KRACKHARDT / "ht_advice_edges.csv")
    # As a process, where no site is set up and no database is there.
    done = run("network", "report", ties, "--nodes", str(nodes), "--group", "dept", "-o", str(out), data_dir=tmp_path)
    assert done.returncode == 0, done.stderr
    page = out.read_text(encoding="utf-8")
    assert "Each mark is a person, without a name" in page
    assert page.count("<circle") + page.count("<polygon") == 21
    assert "Within and between teams" in page
    assert "Across levels" in page
    assert "fewer than 5" in page.lower()


def test_rows_that_cannot_be_taken_are_named_and_nothing_is_written(tmp_path: Path) -> None:
    ties = written(tmp_path, "ties.csv", "from,to,weight\nann,ben,1\nann,zed,1\nben,ben,1\nann,ben,2\nben,ann,much\n")
    nodes = written(tmp_path, "nodes.csv", "id\nann\nben\n")
    done = invoke(ties, "--nodes", nodes)
    assert done.exit_code == 2
    for said in (
        "ties.csv, row 3: “zed” is not in the list of people.",
        "ties.csv, row 4: “ben” is tied to themselves.",
        "ties.csv, row 5: The tie from “ann” to “ben” stands in row 2 already",
        "ties.csv, row 6: “much” is not a number.",
        "Nothing was written.",
    ):
        assert said in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["nodes.csv", "ties.csv"]
    listed = json.loads(invoke(ties, "--nodes", nodes, "--json").stdout)
    assert [(row["row"], row["code"]) for row in listed["rows"]] == [
        (3, "unknown_person"),
        (4, "self_tie"),
        (5, "duplicate_tie"),
        (6, "bad_weight"),
    ]


def test_rows_can_be_left_out_and_the_report_says_so(tmp_path: Path) -> None:
    ties = written(tmp_path, "ties.csv", "from,to\n" + "".join(f"p{n},p{(n + 1) % 8}\n" for n in range(8)) + "p1,p1\n")
    done = invoke(ties, "--leave-out-refused")
    assert done.exit_code == 0, done.output
    page = (tmp_path / "ties-network.html").read_text(encoding="utf-8")
    assert "ties.csv, row 10: “p1” is tied to themselves." in page
    assert "There is no list of people" in page


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "ties.csv is empty."),
        ("from,to\n", "holds column titles and no ties"),
        (",a,b\na,0,1\n", "is not square: it has 1 rows and 2 columns of people"),
        ("wer,wen\na,b\n", "No columns of ties.csv say who turns to whom: it has wer, wen."),
        ("<!DOCTYPE x><graphml/>", "declares a document type or entities"),
        ("<graphml>", "breaks off or is damaged in line 1"),
    ],
)
def test_files_that_cannot_be_read_say_why(tmp_path: Path, text: str, said: str) -> None:
    ties = written(tmp_path, "ties.csv", text)
    done = invoke(ties)
    assert done.exit_code == 2
    assert said in done.stderr
    assert json.loads(invoke(ties, "--json").stdout)["message"] in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["ties.csv"]


def test_what_is_told_wrong_is_refused(tmp_path: Path) -> None:
    ties = written(tmp_path, "ties.csv", "from,to\na,b\n")
    assert "There is no column “team”" in invoke(ties, "--group", "team").stderr
    assert invoke(tmp_path / "none.csv").exit_code == 2
    assert invoke(ties, "--k", 4).exit_code == 2
    assert "is a folder" in invoke(ties, "-o", tmp_path).stderr
    written(tmp_path, "there.html", "mine")
    assert "is there already" in invoke(ties, "-o", tmp_path / "there.html").stderr
    assert (tmp_path / "there.html").read_text() == "mine"
    assert "could not be written" in invoke(ties, "-o", tmp_path / "no" / "such.html").stderr


@pytest.mark.parametrize(
    "text",
    ["id\na\n", "id\na\nb\nc\n", "id\n" + "".join(f"p{n}\n" for n in range(30))],
    ids=["one", "few", "nobody tied"],
)
def test_small_and_empty_webs_are_told_and_not_broken(tmp_path: Path, text: str) -> None:
    ties, nodes = written(tmp_path, "ties.csv", "from,to\n"), written(tmp_path, "nodes.csv", text)
    done = invoke(ties, "--nodes", nodes)
    assert done.exit_code == 0, done.output
    page = (tmp_path / "ties-network.html").read_text(encoding="utf-8")
    assert ("Fewer than 5 people answered" in page) == (text.count("\n") < 6)


def test_a_graph_has_its_groups_in_attributes(tmp_path: Path) -> None:
    keys = '<key id="d" for="node" attr.name="department"/>'
    nodes = "".join(f'<node id="p{n}"><data key="d">{"Maths" if n % 2 else "Art"}</data></node>' for n in range(14))
    edges = "".join(f'<edge source="p{n}" target="p{(n * 3 + 1) % 14}"/>' for n in range(14) if (n * 3 + 1) % 14 != n)
    text = f'<graphml>{keys}<graph edgedefault="directed">{nodes}{edges}</graph></graphml>'
    done = invoke(written(tmp_path, "ties.graphml", text), "--group", "department", "--json")
    assert done.exit_code == 0, done.output
    teams = next(each for each in json.loads(done.stdout)["report"]["layers"][0]["sections"] if each["key"] == "teams")
    assert teams["between"]["parts"] == [["Art"], ["Maths"]]


def test_a_team_column_makes_teams_and_levels_keep_their_order(tmp_path: Path) -> None:
    people = [f"p{n},{'Maths' if n % 2 else 'Science'},{'senior' if n % 3 else 'teacher'}" for n in range(24)]
    nodes = written(tmp_path, "nodes.csv", "id,department,grade\n" + "\n".join(people))
    ties = written(tmp_path, "ties.csv", "from,to\n" + "".join(f"p{n},p{(n * 5 + 1) % 24}\n" for n in range(24)))
    done = invoke(ties, "--nodes", nodes, "--group", "department", "--level", "grade", "--title", "Our staff", "--json")
    assert done.exit_code == 0, done.output
    sections = json.loads(done.stdout)["report"]["layers"][0]["sections"]
    assert [each["key"] for each in sections if each["between"]] == ["teams", "levels"]
    levels = next(each for each in sections if each["key"] == "levels")
    assert levels["between"]["parts"] == [["classroom"], ["senior"]]
    assert "<h1>Our staff</h1>" in (tmp_path / "ties-network.html").read_text(encoding="utf-8")
