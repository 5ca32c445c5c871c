"""Marks that are added up, positions on one proposal, and draws by lot."""

from __future__ import annotations

import subprocess
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.science.choices.ballots import Ballots
from collegium.science.choices.marks import Scored, approval, dot_vote, plurality, score, time_poll
from collegium.science.choices.outcomes import Outcome, Quorum, Turnout
from collegium.science.choices.positions import Consensus, Consent, Gradient, Of, Sense, Vote
from collegium.science.choices.proposals import advice_process, consensus, consent, gradients, majority, sense_check
from collegium.science.choices.sortition import draw, order_by_lot, share_places
from collegium.science.errors import UnusableInput

MARKS = {
    "approval": (1, approval),
    "score": (5, lambda ballots, **rules: score(ballots, highest=5, **rules)),
    "dots": (2, lambda ballots, **rules: dot_vote(ballots, dots=6, **rules)),
    "times": (2, time_poll),
}
PROPOSALS = (majority, consent, consensus, gradients)


# --- marks ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", MARKS)
@given(data=st.data())
def test_sums_treat_ballots_and_options_alike_and_more_never_harms(name: str, data: st.DataObject) -> None:
    highest, method = MARKS[name]
    row = st.lists(st.one_of(st.none(), st.integers(0, highest)), min_size=3, max_size=3)
    rows = data.draw(st.lists(row, min_size=1, max_size=10))
    ballots = Ballots.of("ABC", rows)
    found = method(ballots)
    turned = method(Ballots.of("CBA", [each[::-1] for each in rows[::-1]]))
    assert {"ABC"[option] for option in found.leading} == {"CBA"[option] for option in turned.leading}
    if found.outcome is Outcome.CHOSEN and name != "dots":
        best = found.chosen[0]
        raised = np.where(ballots.marks < 0, -1, ballots.marks)
        raised[0, best] = highest
        assert method(Ballots.of("ABC", raised)).chosen == (best,)


def test_level_options_stay_level() -> None:
    found = approval(Ballots.of("ABC", [[1, 1, 0], [1, 0, 1], [0, 0, 0]]), places=2)
    assert (found.outcome, found.chosen, found.tied, found.open_places) == (Outcome.TIED, (0,), (1, 2), 1)
    assert found.turnout.counted == 3  # zeros alone approve of nothing, which is a choice


def test_each_rule_that_spoils_a_ballot() -> None:
    def spoilt(found: Scored) -> int:
        return found.turnout.spoilt

    assert spoilt(plurality(Ballots.of("AB", [[1, 1], [0, 0], [2, 0], [1, 0], [None, 1]]))) == 3
    assert spoilt(approval(Ballots.of("AB", [[1, 1], [2, 0], [1, 0]]), most=1)) == 2
    assert spoilt(score(Ballots.of("AB", [[5, 0], [6, 0]]), highest=5)) == 1
    assert spoilt(dot_vote(Ballots.of("AB", [[3, 0], [2, 2], [4, 0]]), dots=4, most_on_one=3)) == 1
    assert time_poll(Ballots.of("AB", [[2, 1], [3, 0]])).turnout.spoilt == 1


def test_an_option_few_know_does_not_win_by_its_friends() -> None:
    found = score(Ballots.of(["known", "unknown"], [[4, None], [4, None], [3, 5]]), highest=5)
    assert (found.chosen, found.scores.tolist(), found.markers.tolist()) == ((0,), [11, 5], [3, 1])


def test_a_time_at_which_all_can_come_comes_before_one_that_suits_many() -> None:
    found = time_poll(Ballots.of(["Mon", "Tue", "Wed"], [[2, 1, 1], [2, 1, 1], [0, 1, 2]]))
    assert (found.levels, found.nobody_out) == (((2,), (1,), (0,)), (1, 2))
    assert time_poll(Ballots.of("A", [[None]])).nobody_out == ()


@pytest.mark.parametrize("name", MARKS)
def test_marks_of_nobody(name: str) -> None:
    _, method = MARKS[name]
    assert method(Ballots.of("AB", [[None, None]])).outcome is Outcome.NO_VOTES
    assert method(Ballots.of("", [])).outcome is Outcome.NO_OPTIONS
    assert method(Ballots.of("A", [[1]])).chosen == (0,)
    assert method(Ballots.of("A", [[1]], asked=4), quorum=Quorum(people=2)).outcome is Outcome.NO_QUORUM


@pytest.mark.parametrize(
    ("method", "rules"),
    [
        (score, {"highest": 0}),
        (dot_vote, {"dots": 0}),
        (dot_vote, {"dots": 2, "most_on_one": 0}),
        (approval, {"most": 0}),
    ],
)
def test_rules_that_are_none_are_refused(method: object, rules: dict[str, int]) -> None:
    assert callable(method)
    with pytest.raises(UnusableInput):
        method(Ballots.of("A", [[1]]), **rules)


# --- positions --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("counts", "rules", "outcome"),
    [
        ({"yes": 5, "no": 5}, {}, Outcome.NOT_CARRIED),
        ({"yes": 6, "no": 5, "abstain": 40}, {}, Outcome.CARRIED),
        ({"yes": 6, "no": 5, "abstain": 40}, {"of": Of.TAKING_PART}, Outcome.NOT_CARRIED),
        ({"yes": 6}, {"of": Of.ASKED, "asked": 12}, Outcome.NOT_CARRIED),
        ({"yes": 7}, {"of": Of.ASKED, "asked": 12}, Outcome.CARRIED),
        ({"yes": 6, "no": 3}, {"needed": Fraction(2, 3)}, Outcome.CARRIED),
        ({"yes": 666, "no": 334}, {"needed": Fraction(2, 3)}, Outcome.NOT_CARRIED),
        ({"yes": 3}, {"needed": Fraction(1)}, Outcome.CARRIED),
        ({"abstain": 9}, {}, Outcome.NO_VOTES),
        ({}, {}, Outcome.NO_VOTES),
        ({"yes": 4}, {"asked": 10, "quorum": Quorum(share=Fraction(1, 2))}, Outcome.NO_QUORUM),
        ({"yes": 4, "abstain": 1}, {"asked": 10, "quorum": Quorum(share=Fraction(1, 2))}, Outcome.CARRIED),
        ({"yes": 4}, {"asked": 10, "spoilt": 1, "quorum": Quorum(people=5)}, Outcome.NO_QUORUM),
    ],
)
def test_majorities(counts: dict[str, int], rules: dict[str, object], outcome: Outcome) -> None:
    assert majority(counts, **rules).outcome is outcome  # type: ignore[arg-type]


def test_objections_are_worked_through_and_not_outvoted() -> None:
    positions = {Consent.CONSENT: 99, Consent.CONCERN: 4, Consent.OBJECTION: 2}
    assert consent(positions).outcome is Outcome.OPEN
    assert consent(positions, worked_through=1).open == 1
    assert consent(positions, worked_through=2).outcome is Outcome.CARRIED
    with pytest.raises(UnusableInput, match="worked through"):
        consent(positions, worked_through=3)


def test_consensus_falls_by_one_block_or_too_many_aside() -> None:
    assert consensus({Consensus.AGREE: 99, Consensus.BLOCK: 1}).outcome is Outcome.NOT_CARRIED
    assert consensus({Consensus.AGREE: 6, Consensus.STAND_ASIDE: 3}).outcome is Outcome.CARRIED
    assert consensus({Consensus.AGREE: 5, Consensus.STAND_ASIDE: 4}).outcome is Outcome.NOT_CARRIED
    assert consensus({Consensus.STAND_ASIDE: 4}).outcome is Outcome.NOT_CARRIED


def test_gradients_ask_for_support_and_say_how_warm_it_is() -> None:
    lukewarm = gradients({Gradient.SUPPORT_ANYWAY: 6, Gradient.ENDORSE: 1, Gradient.DISAGREE: 2})
    assert (lukewarm.outcome, lukewarm.support, lukewarm.is_lukewarm) == (Outcome.CARRIED, Fraction(7, 9), True)
    assert gradients({Gradient.ENDORSE: 9, Gradient.VETO: 1}).outcome is Outcome.NOT_CARRIED
    assert gradients({Gradient.ENDORSE: 2, Gradient.DISCUSS: 2}).outcome is Outcome.NOT_CARRIED


def test_everybody_blocks_or_abstains() -> None:
    assert consent({Consent.OBJECTION: 9}).outcome is Outcome.OPEN
    assert consensus({Consensus.BLOCK: 9}).outcome is Outcome.NOT_CARRIED
    assert gradients({Gradient.VETO: 9}).outcome is Outcome.NOT_CARRIED
    for method in PROPOSALS:
        assert method({"abstain": 9}).outcome is Outcome.NO_VOTES
        assert method({}).outcome is Outcome.NO_VOTES
        with pytest.raises(UnusableInput, match="no such position"):
            method({"perhaps": 1})
        with pytest.raises(UnusableInput, match="from 0"):
            method({"abstain": -1})


def test_a_sense_check_and_advice_decide_nothing() -> None:
    assert sense_check({Sense.GOOD: 9}).outcome is Outcome.SUMMARY
    assert sense_check({}).outcome is Outcome.NO_VOTES
    heard = advice_process({"go on": 2, "wait": 1, "no advice to give": 2}, asked=8)
    assert (heard.outcome, heard.turnout) == (Outcome.SUMMARY, Turnout(counted=3, abstained=2, asked=8))


@given(st.integers(0, 20), st.integers(0, 20), st.integers(0, 20), st.sampled_from(list(Of)))
def test_one_yes_more_never_loses_a_majority(yes: int, no: int, abstain: int, of: Of) -> None:
    before = majority({Vote.YES: yes, Vote.NO: no, Vote.ABSTAIN: abstain}, of=of, asked=100)
    after = majority({Vote.YES: yes + 1, Vote.NO: no, Vote.ABSTAIN: abstain}, of=of, asked=100)
    assert before.outcome is not Outcome.CARRIED or after.outcome is Outcome.CARRIED


def test_shares_that_are_none_are_refused() -> None:
    for share in (Fraction(0), Fraction(3, 2)):
        with pytest.raises(UnusableInput):
            majority({"yes": 1}, needed=share)
        with pytest.raises(UnusableInput):
            gradients({"endorse": 1}, needed=share)
    with pytest.raises(UnusableInput, match="from 0 to 1"):
        consensus({"agree": 1}, most_aside=Fraction(2))
    with pytest.raises(UnusableInput, match="how many were asked"):
        majority({"yes": 1}, of=Of.ASKED)


# --- by lot -----------------------------------------------------------------------------------------------------------
def test_a_draw_is_done_again_with_a_shell() -> None:
    entries = ["Ada", "Ben", "Cleo", "Dörte"]
    digests = {}
    for entry in entries:
        done = subprocess.run(["sha256sum"], input=f"17 4 33\n{entry}".encode(), capture_output=True, check=True)
        digests[entry] = done.stdout
    assert order_by_lot(entries, "17 4 33") == tuple(sorted(entries, key=digests.__getitem__))


@given(st.sets(st.text("abcdefgh", min_size=1, max_size=4), min_size=1, max_size=12), st.text("0123456789", min_size=1))
def test_a_draw_depends_on_the_list_and_the_seed_alone(entries: set[str], seed: str) -> None:
    places = len(entries) // 2
    found = draw(sorted(entries), places, seed)
    again = draw(sorted(entries, reverse=True), places, seed)
    assert found == again
    assert len(found.drawn) == places
    assert set(found.drawn) | set(found.substitutes[""]) == entries
    # Who would come later anyway changes nothing for those before them.
    assert (
        order_by_lot([*sorted(entries), "zz"], seed)[:places] == found.drawn
        or "zz" in order_by_lot([*sorted(entries), "zz"], seed)[: places + 1]
    )


def test_everybody_is_drawn_as_often_as_anybody() -> None:
    drawn = Counter(name for seed in range(4000) for name in draw("ABCDE", 2, str(seed)).drawn)
    expected = 4000 * 2 / 5
    spread = sum((drawn[name] - expected) ** 2 / expected for name in "ABCDE")
    assert spread < 18.5  # chi-square with four degrees of freedom, one in a thousand


def test_groups_are_represented_by_their_size_and_never_overdrawn() -> None:
    assert share_places({"a": 3, "b": 3, "c": 3}, 4, "1") in (
        {"a": 2, "b": 1, "c": 1},
        {"a": 1, "b": 2, "c": 1},
        {"a": 1, "b": 1, "c": 2},
    )
    assert share_places({"a": 1, "b": 99}, 100, "1") == {"a": 1, "b": 99}
    assert share_places({"a": 0, "b": 0}, 0, "1") == {"a": 0, "b": 0}
    entries = {f"p{place}": "primary" if place < 6 else "office" for place in range(8)}
    found = draw(entries, 4, "1")
    assert found.places == {"office": 1, "primary": 3}
    assert Counter(entries[name] for name in found.drawn) == {"primary": 3, "office": 1}
    assert draw(entries, {"office": 2}, "1").places == {"office": 2, "primary": 0}


@pytest.mark.parametrize(
    ("entries", "places", "seed"),
    [
        (["A"], 1, " "),
        (["A", "A"], 1, "1"),
        (["A", ""], 1, "1"),
        (["A\nB"], 1, "1"),
        (["A"], 2, "1"),
        (["A"], -1, "1"),
        ({"A": "x"}, {"y": 1}, "1"),
        ({"A": "x", "B": ""}, 1, "1"),
        ([], 1, "1"),
    ],
)
def test_a_draw_that_cannot_be_done_is_refused(entries: object, places: object, seed: str) -> None:
    with pytest.raises(UnusableInput):
        draw(entries, places, seed)  # type: ignore[arg-type]


def test_nobody_can_be_drawn_from_nobody() -> None:
    assert draw([], 0, "1").drawn == ()
