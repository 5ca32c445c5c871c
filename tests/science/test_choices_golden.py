"""Tallies beside pref_voting, pabutools and R's vote: every file of real ballots, made-up budgets, ties included."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from collegium.decide.files import read
from collegium.science.choices.ballots import Ballots
from collegium.science.choices.budget import Completion, Worth, equal_shares
from collegium.science.choices.marks import approval, plurality, score
from collegium.science.choices.outcomes import Outcome
from collegium.science.choices.pairs import compare_pairs
from collegium.science.choices.ranked import ranked_choice
from collegium.science.choices.runoff import instant_runoff
from collegium.science.choices.schulze import schulze
from collegium.science.choices.transferable import transferable_vote
from tests.science.golden import rows
from tests.shared import SHARED

PREFLIB = SHARED / "data" / "ballots_preflib"
VOTE = SHARED / "data" / "ballots_vote_pkg"
# Made by bench/choices/peer.py with the packages that the file names.
EXPECTED = json.loads((Path(__file__).parent / "choices_expected.json").read_text())
FOLDERS = sorted({name.partition("/")[0] for name in EXPECTED["preflib"]})


def numbered(options: tuple[int, ...]) -> list[int]:
    return [option + 1 for option in options]


def test_every_file_of_rankings_is_compared() -> None:
    found = {f"{path.parent.name}/{path.name}" for path in PREFLIB.glob("*/*.[st]o[ci]")}
    assert found == set(EXPECTED["preflib"])
    assert len(found) == 207


@pytest.mark.parametrize("folder", FOLDERS)
def test_rankings_come_out_as_in_pref_voting(folder: str) -> None:
    for name, expected in EXPECTED["preflib"].items():
        if not name.startswith(folder):
            continue
        ballots = read(PREFLIB / name).ballots
        pairs = compare_pairs(ballots)
        winner = None if pairs.condorcet_winner is None else pairs.condorcet_winner + 1
        assert (winner, pairs.copeland.tolist()) == (expected["condorcet"], expected["copeland"]), name
        both = ranked_choice(ballots)
        assert numbered(both.schulze.leading) == expected["schulze"], name
        assert numbered(both.runoff.leading) == expected["runoff"], name
        if expected["each way"] is not None:
            assert both.runoff.each_way is not None
            assert numbered(both.runoff.each_way) == expected["each way"], name


def test_rankings_come_out_as_in_the_reference_of_the_data() -> None:
    table = rows(PREFLIB / "expected" / "pref_voting_results.csv")
    assert len(table) == 17
    for row in table:
        ballots = read(PREFLIB / row["file"]).ballots
        pairs = compare_pairs(ballots)
        copeland = ";".join(f"{option}:{value}" for option, value in enumerate(pairs.copeland.tolist(), start=1))
        winner = "" if pairs.condorcet_winner is None else str(pairs.condorcet_winner + 1)
        assert (copeland, winner, str(ballots.n)) == (row["copeland"], row["condorcet_winner"], row["n"])
        if row["win_beat_path"]:
            assert ";".join(map(str, numbered(schulze(ballots).leading))) == row["win_beat_path"]
            runoff = instant_runoff(ballots)
            assert ";".join(map(str, numbered(runoff.leading))) == row["win_instant_runoff"]
            firsts = ";".join(f"{option + 1}:{votes}" for option, votes in runoff.rounds[0].votes.items())
            assert firsts == row["plurality"]


@pytest.mark.parametrize("worth", list(Worth))
def test_budgets_are_spent_as_in_pabutools(worth: Worth) -> None:
    assert len(EXPECTED["budgets"]) == 60
    for case in EXPECTED["budgets"]:
        ballots = Ballots.of([f"p{place}" for place in range(len(case["costs"]))], case["rows"])
        found = equal_shares(ballots, case["costs"], case["budget"], completion=Completion.NONE, worth=worth)
        assert sorted(found.chosen) == case["cost" if worth is Worth.COST else "one"], case


def test_the_methods_of_marks_elect_whom_r_elects() -> None:
    expected = {row["method"]: row["elected"] for row in rows(VOTE / "expected" / "other_methods.csv")}
    approved = approval(read(VOTE / "ims_approval.csv").ballots, places=2)
    scored = score(read(VOTE / "ims_score.csv").ballots, highest=9, places=2)
    named = plurality(read(VOTE / "ims_plurality.csv").ballots, places=2)
    for found, method in ((approved, "approval"), (scored, "score"), (named, "plurality")):
        names = read(VOTE / "ims_approval.csv").ballots.options
        assert found.outcome is Outcome.CHOSEN
        assert ";".join(names[option] for option in found.chosen) == expected[method]


def test_condorcet_winners_are_those_of_r() -> None:
    for row in rows(VOTE / "expected" / "condorcet.csv"):
        ballots = read(VOTE / f"{row['dataset']}_election.csv").ranks
        winner = compare_pairs(ballots).condorcet_winner
        assert winner is not None
        assert ballots.options[winner] == row["condorcet"]


COUNTED = {
    "food": ("food_election", 2),
    "ims5": ("ims_election", 5),
    "ims2": ("ims_election", 2),
    "dublin": ("dublin_west", 3),
}


def summaries() -> dict[str, tuple[list[str], dict[str, list[str]]]]:
    """The counts that R printed: who was elected, and the cells of each row by its title."""
    found = {}
    for part in re.split(r"^===== ", (VOTE / "expected" / "stv_summaries.txt").read_text(), flags=re.MULTILINE)[1:]:
        name, _, elected = part.splitlines()[0].partition(" elected: ")
        cells = [re.split(r"\s*\|\s*", line.strip("| ")) for line in part.splitlines() if line.startswith("|")]
        found[name] = (elected.strip().split("; "), {row[0]: row[1:] for row in cells})
    return found


@pytest.mark.parametrize("name", COUNTED)
def test_transferable_votes_are_counted_as_in_r(name: str) -> None:
    file, places = COUNTED[name]
    elected, table = summaries()[name]
    ballots = read(VOTE / f"{file}.csv").ranks
    found = transferable_vote(ballots, places=places, strict=True)
    assert sorted(ballots.options[option] for option in found.chosen) == sorted(elected)
    # R adds a thousandth to each quota, ours is exact; what that moves stays below a hundredth of a vote.
    for at, count in enumerate(found.counts):
        assert float(table["Quota"][2 * at]) == pytest.approx(float(count.quota), abs=0.002)
        for option, votes in count.votes.items():
            assert float(table[ballots.options[option]][2 * at]) == pytest.approx(float(votes), abs=0.01), (at, option)
    if name == "ims5":
        assert (found.turnout.counted, found.turnout.abstained + found.turnout.spoilt) == (591, 29)


def test_every_summary_of_r_is_compared() -> None:
    # dublin_eq is Dublin West again, by R's variant for ballots with equal ranks: it has none.
    assert set(summaries()) == {*COUNTED, "dublin_eq"}
    kept: list[Any] = [[summaries()[name][0], summaries()[name][1]["Quota"]] for name in ("dublin", "dublin_eq")]
    assert kept[0] == kept[1]
