"""Every method counts what belongs to it, says its rules in words, and comes back from JSON as it was."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from collegium.cli.tallies import (
    FORMS,
    POSITIONS,
    BallotForm,
    Cast,
    Method,
    Rules,
    count,
    read_rules,
    write_counted,
    write_rules,
)
from collegium.cli.tallies import words as method_words
from collegium.decide.method_words import POSITIONS as POSITION_WORDS
from collegium.decide.method_words import say_share
from collegium.science.choices.ballots import Ballots
from collegium.science.choices.budget import Completion
from collegium.science.choices.outcomes import Outcome, Turnout
from collegium.science.choices.pairs import Unranked
from collegium.science.choices.positions import Of
from collegium.science.errors import UnusableInput

ROOT = Path(__file__).parents[2]
BALLOTS = Ballots.of(["Hill", "Vale"], [[1, None], [1, None], [None, 1]], asked=4)
RULES = Rules(costs=(6, 4), budget=10)


@pytest.mark.parametrize("method", Method)
def test_every_method_counts_and_is_explained(method: Method) -> None:
    words = method_words.METHODS[method]
    assert all(str(text).strip() for text in (words.title, words.ties))
    assert len(method_words.rules(method, RULES)) >= 2
    page = {Method.SCHULZE: "ranked-choice"}.get(method, method.value)
    assert (ROOT / "docs" / "methods" / f"{page}.md").is_file()
    if method in POSITIONS:
        position = next(iter(POSITIONS[method]))
        counted = count(method, Cast(counts={position.value: 3}, asked=4), RULES)
        assert set(map(str, POSITIONS[method])) <= set(POSITION_WORDS)
    else:
        counted = count(method, BALLOTS, RULES)
    plain = write_counted(counted, BALLOTS.options)
    assert json.loads(json.dumps(plain)) == plain
    told = plain["schulze"] if method is Method.RANKED else plain
    assert told["turnout"]["counted"] == 3
    if FORMS[method] is not BallotForm.POSITION and method is not Method.BUDGET:
        assert told["chosen"] == ["Hill"]


def test_ballots_and_methods_that_do_not_belong_together_are_refused() -> None:
    with pytest.raises(UnusableInput, match="one position"):
        count(Method.MAJORITY, BALLOTS, RULES)
    with pytest.raises(UnusableInput, match="mark for each option"):
        count(Method.SCHULZE, Cast(counts={"yes": 1}), RULES)


def test_words_for_positions_are_taken_as_people_write_them() -> None:
    cast = Cast.of_words(
        Method.GRADIENTS, {"Endorse": 2, "do not like it, will SUPPORT it": 1, "Support_Anyway": 1, "maybe": 3}, blank=2
    )
    assert cast.counts == {"endorse": 2, "do not like it, will support it": 2}
    assert (cast.spoilt, cast.unknown) == (3, ("maybe",))
    counted = count(Method.GRADIENTS, cast, Rules())
    assert counted.turnout == Turnout(counted=4, abstained=2, spoilt=3)  # type: ignore[union-attr]


def test_rules_come_back_from_json_as_they_were() -> None:
    rules = Rules(
        places=2,
        quorum_share=Fraction(1, 3),
        needed=Fraction(2, 3),
        of=Of.ASKED,
        unranked=Unranked.NOT_COMPARED,
        completion=Completion.NONE,
        costs=(1, 2),
        most_on_one=None,
        lot=(1, 0),
    )
    plain = json.loads(json.dumps(write_rules(rules)))
    assert plain["needed"] == "2/3"
    assert read_rules(plain) == rules
    assert write_rules(Rules()) == {}
    assert read_rules({}) == Rules()


def test_rules_are_said_before_the_vote() -> None:
    said = method_words.rules(
        Method.MAJORITY, Rules(needed=Fraction(2, 3), of=Of.ASKED, quorum_share=Fraction(1, 2), quorum_people=9)
    )
    assert said[:3] == [
        "At least half of those asked have to take part.",
        "At least 9 have to take part.",
        "At least two thirds of all who are asked have to say yes.",
    ]
    assert "More than half of those who vote yes or no have to say yes." in method_words.rules(Method.MAJORITY, Rules())
    assert method_words.rules(Method.APPROVAL, Rules(places=3, most_ticks=2))[0] == "3 places."
    assert say_share(Fraction(3, 5)) == "60%"


def test_outcomes_are_said_with_names() -> None:
    assert method_words.outcome(Outcome.CHOSEN, ["Hill"]) == "Chosen: Hill."
    assert method_words.outcome(Outcome.TIED, [], ["Hill", "Vale"]).startswith("Tied: Hill, Vale are level.")
    assert method_words.outcome(Outcome.TIED, ["Moor"], ["Hill", "Vale"]).startswith("Chosen: Moor. Tied: Hill, Vale")
    assert method_words.outcome(Outcome.CHOSEN) == "Nothing was chosen: no project can be paid for."
    assert set(method_words.OUTCOMES) == set(Outcome)
    said = method_words.turnout(Turnout(counted=5, abstained=1, spoilt=2, asked=9))
    assert said == "5 ballots counted; 1 abstained; 2 were spoilt; 9 were asked."
