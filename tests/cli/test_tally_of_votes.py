"""What a vote publishes, anybody counts again with `collegium tally`, and comes to the result that was stored."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from collegium.cli.commands import collegium
from collegium.decide import tallying
from collegium.decide.enums import Method
from collegium.decide.files import writing
from collegium.decide.methods import WAYS, Shape, way_of
from collegium.decide.tallying import Rules

OPTIONS = ("Hill, north", "=Vale", "Moor")
ROWS: dict[Shape, list[list[int | None]]] = {
    Shape.CHOICES: [[1, None, None], [1, 1, None], [None, None, 1], [None, None, None], [1, None, 1]],
    Shape.NUMBERS: [[3, 1, None], [1, 2, 2], [None, None, 5], [None, None, None]],
    Shape.RANKS: [[1, 2, 3], [2, 1, None], [3, 1, 2], [1, 1, 2], [None, None, None]],
    Shape.TIMES: [[2, 1, 0], [0, 1, None], [2, 2, 1], [None, None, None]],
}
# What the command line calls a method, and what it has to be told of the rules.
TOLD: dict[Method, list[str]] = {
    Method.SENSE: ["sense-check"],
    Method.ADVICE: ["advice-process"],
    Method.CONSENT: ["consent"],
    Method.CONSENSUS: ["consensus"],
    Method.GRADIENTS: ["gradients", "--needed", "60%"],
    Method.MAJORITY: ["majority"],
    Method.QUALIFIED: ["majority", "--needed", "60%"],
    Method.APPROVAL: ["approval"],
    Method.SCORE: ["score", "--highest", "5"],
    Method.DOTS: ["dot-vote", "--dots", "5"],
    Method.RANKED: ["ranked-choice"],
    Method.TIME: ["time-poll"],
    Method.BUDGET: ["equal-shares", "--budget", "100"],
}


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("coded", [True, False], ids=["secret", "open"])
def test_the_published_ballots_count_to_the_stored_result(tmp_path: Path, method: Method, coded: bool) -> None:
    rules = Rules(
        method=method,
        asked=12,
        quorum_percent=25,
        needed=Fraction(3, 5),
        options=OPTIONS,
        stands=(True, True, True),
        costs=(60, 40, 40),
        most=5,
        highest=5,
        budget=100,
    )
    cast: list[Any] = positions_of(method) if way_of(method).shape is Shape.POSITION else ROWS[way_of(method).shape]
    stored = tallying.count(rules, cast)
    codes = [f"K{place}" for place in range(len(cast))] if coded else []
    if way_of(method).shape is Shape.POSITION:
        text = writing.write_positions(dict(zip(codes, cast, strict=True)) if codes else cast)
    else:
        text = writing.write(tallying.ballots_of(rules, cast, titled=True), codes)
    counted = tally(tmp_path, text, method)
    found = counted["schulze"] if method is Method.RANKED else counted
    assert (found["outcome"], found["turnout"]) == (stored["outcome"], stored["turnout"])
    if "counts" in stored:
        assert found["positions"] == stored["counts"]
    else:
        assert found["chosen"] == [OPTIONS[option] for option in stored["chosen"]]
    if "levels" in stored:
        assert found["order"] == [[OPTIONS[option] for option in level] for level in stored["levels"]]


def positions_of(method: Method) -> list[str]:
    """The first position three times, the second twice, every other once."""
    keys = [str(key) for key, _label in WAYS[method].positions]
    return [keys[0]] * 3 + [keys[1]] * 2 + keys[2:]


def tally(folder: Path, text: str, method: Method) -> dict[str, Any]:
    path, costs = folder / "ballots.csv", folder / "costs.csv"
    path.write_text(text, encoding="utf-8")
    costs.write_text('option,cost\n"Hill, north",60\n\'=Vale,40\nMoor,40\n', encoding="utf-8")
    told = ["--costs", str(costs)] if method is Method.BUDGET else []
    name, *more = TOLD[method]
    quorum = ["--asked", "12", "--quorum", "25%"]
    done = CliRunner().invoke(
        collegium, ["tally", str(path), "--method", name, *more, *quorum, *told, "--json"], catch_exceptions=False
    )
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found
