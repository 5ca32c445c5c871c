"""`collegium tally`: real elections, every method, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from collegium.cli.commands import collegium
from tests.cli.running import run
from tests.shared import SHARED

VOTE = SHARED / "data" / "ballots_vote_pkg"
PREFLIB = SHARED / "data" / "ballots_preflib"


def tally(*args: object) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(collegium, ["tally", *map(str, args)])


def told(*args: object) -> dict[str, Any]:
    done = tally(*args, "--json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def written(folder: Path, text: str, name: str = "ballots.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_real_election_is_counted_without_a_site_or_a_database(tmp_path: Path) -> None:
    args = (str(VOTE / "food_election.csv"), "--method", "transferable-vote", "--places", "2", "--strict")
    done = run("tally", *args, data_dir=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[:3] == [
        "Single transferable vote",
        "Chosen: Chocolate, Oranges.",
        "20 ballots counted.",
    ]
    assert "4. quota 5.278: Oranges 6, Strawberries 4.556 → elected: Oranges" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_dublin_west_elects_whom_it_elected() -> None:
    found = told(VOTE / "dublin_west.csv", "--method", "transferable-vote", "--places", 3, "--asked", 52_000)
    assert found["chosen"] == ["Lenihan", "Higgins", "Burton"]
    assert found["turnout"] == {"asked": 52_000, "counted": 29_988, "abstained": 0, "spoilt": 0}


def test_two_methods_are_shown_side_by_side() -> None:
    done = tally(PREFLIB / "00032-education" / "00032-00000004.toi", "--method", "ranked-choice")
    assert done.exit_code == 0
    assert "The two methods disagree. Schulze decides." in done.stdout
    assert "No option wins against every other." in done.stdout


@pytest.mark.parametrize(
    "method", ["schulze", "instant-runoff", "plurality", "approval", "score", "dot-vote", "time-poll"]
)
def test_each_method_counts_options(tmp_path: Path, method: str) -> None:
    path = written(tmp_path, "Hill,Vale\n1,\n1,\n,1\n")
    assert told(path, "--method", method)["chosen"] == ["Hill"]
    assert tally(path, "--method", method).stdout.splitlines()[1] == "Chosen: Hill."


@pytest.mark.parametrize(
    ("method", "words", "said"),
    [
        ("majority", "yes yes no", "Yes: 2/3 (66.7 %) of yes and no; needed: 1/2."),
        ("consent", "consent objection", "Objections: 1 open, 0 worked through."),
        ("consensus", "agree block", "Not carried."),
        ("gradients", "endorse veto", "Not carried."),
        ("gradients", "reservations reservations", "The support is lukewarm"),
        ("sense-check", "unsure", "Heard, not decided."),
        ("advice-process", "wait", "Heard, not decided."),
    ],
)
def test_each_method_counts_positions(tmp_path: Path, method: str, words: str, said: str) -> None:
    path = written(tmp_path, "\n".join(["position", *words.split()]) + "\n")
    done = tally(path, "--method", method)
    assert done.exit_code == 0, done.output
    assert said in done.stdout


def test_a_word_that_is_no_position_is_named_and_spoilt(tmp_path: Path) -> None:
    done = tally(written(tmp_path, "position\nyes\nperhaps\n"), "--method", "majority")
    assert "1 ballot counted; 1 was spoilt." in done.stdout
    assert "No position of this method, so spoilt: perhaps." in done.stderr


def test_a_budget_is_spent_from_tables_or_from_pabulib(tmp_path: Path) -> None:
    rows = "1,1,\n" * 6 + ",,1\n" * 4
    path = written(tmp_path, f"yard,trip,books\n{rows}")
    costs = written(tmp_path, "option,cost\nyard,60\ntrip,40\nbooks,40\n", "costs.csv")
    done = tally(path, "--method", "equal-shares", "--costs", costs, "--budget", 100)
    assert "Chosen: trip, books." in done.stdout
    assert "Spent: 80 of 100." in done.stdout
    assert "trip: wanted by 6; each pays at most 6.67; level with yard" in done.stdout
    assert told(path, "--method", "equal-shares", "--costs", costs, "--budget", 0)["chosen"] == []
    votes = "".join(f"{place};a\n" for place in range(3))
    file = "META\nkey;value\nbudget;9\nPROJECTS\nproject_id;cost\na;5\nb;5\nVOTES\nvoter_id;vote\n" + votes
    found = told(written(tmp_path, file, "x.pb"), "--method", "equal-shares")
    assert (found["chosen"], found["spent"], found["budget"]) == (["a"], 5, 9)


def test_a_quorum_a_withdrawn_option_and_a_lot_are_part_of_the_rules(tmp_path: Path) -> None:
    path = written(tmp_path, "Hill,Vale,Moor\n1,,\n,1,\n,,1\n")
    found = told(path, "--method", "schulze", "--withdrawn", "Moor", "--asked", 10, "--quorum", "25%")
    assert (found["outcome"], found["turnout"]["abstained"]) == ("options are level at the last place", 1)
    assert found["rules"] == {"quorum_share": "1/4"}
    assert told(path, "--method", "schulze", "--asked", 10, "--quorum", "1/2")["outcome"] == "too few took part"
    drawn = told(path, "--method", "transferable-vote", "--places", 2, "--lot", "Moor,Hill,Vale")
    assert drawn["chosen"] == ["Hill", "Moor"]
    stopped = tally(path, "--method", "transferable-vote", "--places", 2)
    assert "Tied: Hill, Vale, Moor are level." in stopped.stdout


@pytest.mark.parametrize(
    ("text", "args", "said"),
    [
        (None, ["--method", "schulze"], "There is no file"),
        ("Hill,Vale\n1,2\n", ["--method", "majority"], "column “position”"),
        ("position\nyes\n", ["--method", "schulze"], "positions on one proposal"),
        ("Hill,Vale\n1,2\n", ["--method", "equal-shares"], "what these cost: Hill, Vale"),
        ("Hill,Vale\n1,2\n", ["--method", "schulze", "--quorum", "1/2"], "how many were asked"),
        ("Hill,Vale\n1,2\n", ["--method", "schulze", "--asked", "0"], "More ballots were handed in"),
        ("Hill,Vale\n1,2\n", ["--method", "schulze", "--withdrawn", "Moor"], "no such option"),
        ("Hill,Vale\n1,2\n", ["--method", "transferable-vote", "--lot", "Moor"], "no option: Moor"),
        ("Hill,Vale\n1,2\n", ["--method", "transferable-vote", "--lot", "Hill"], "every option once"),
        ("Hill,Vale\n1,2\n", ["--method", "schulze", "--quorum", "3/2"], "between nothing and all"),
        ("Hill,Vale\n1,2\n", ["--method", "schulze", "--quorum", "many"], "is no share"),
        ("Hill,Vale\n1,2\n", ["--method", "guessing"], "Invalid value for '--method'"),
        ("position\nobjection\n", ["--method", "consent", "--worked-through", "2"], "worked through"),
    ],
)
def test_what_cannot_be_counted_ends_with_two_and_a_sentence(
    tmp_path: Path, text: str | None, args: list[str], said: str
) -> None:
    path = tmp_path / "ballots.csv" if text is None else written(tmp_path, text)
    done = tally(path, *args)
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_scripts_get_a_refusal_as_json(tmp_path: Path) -> None:
    done = tally(written(tmp_path, "Hill,Hill\n1,2\n"), "--method", "schulze", "--json")
    assert done.exit_code == 2
    assert json.loads(done.stdout)["error"] == "doubled_option"


def test_rankings_of_preflib_are_not_taken_for_scores() -> None:
    done = tally(PREFLIB / "00012-shirt" / "00012-00000001.soc", "--method", "score")
    assert done.exit_code == 2
    assert "holds rankings" in done.stderr
