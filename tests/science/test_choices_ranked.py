"""Rankings: examples from the literature, properties of each method, and ballots that nobody would wish for."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.science.choices.ballots import HIGHEST_MARK, NO_MARK, UNREADABLE, Ballots
from collegium.science.choices.outcomes import Outcome, Quorum, Turnout
from collegium.science.choices.pairs import Unranked, compare_pairs
from collegium.science.choices.ranked import ranked_choice
from collegium.science.choices.runoff import instant_runoff
from collegium.science.choices.schulze import Strength, schulze
from collegium.science.choices.transferable import transferable_vote
from collegium.science.errors import UnusableInput

METHODS = (schulze, instant_runoff)


def orders(*counted: tuple[int, str]) -> Ballots:
    """Ballots from orders such as (5, "ACBED"), the options in the order of the alphabet."""
    options = sorted(set("".join(order for _, order in counted)))
    rows = [[order.index(option) + 1 if option in order else None for option in options] for _, order in counted]
    return Ballots.of(options, rows, [count for count, _ in counted])


def names(ballots: Ballots, options: tuple[int, ...]) -> str:
    return "".join(ballots.options[option] for option in options)


@st.composite
def rankings(draw: st.DrawFn, fewest: int = 1) -> Ballots:
    """Ballots with gaps, equal ranks and options left out."""
    size = draw(st.integers(fewest, 5))
    row = st.lists(st.one_of(st.none(), st.integers(1, 4)), min_size=size, max_size=size)
    rows = draw(st.lists(row, min_size=1, max_size=12))
    counts = draw(st.lists(st.integers(1, 5), min_size=len(rows), max_size=len(rows)))
    return Ballots.of("ABCDE"[:size], rows, counts)


# --- examples from the literature -------------------------------------------------------------------------------------
def test_schulzes_own_example() -> None:
    # Schulze (2011), section 3.1: 45 voters, and E wins.
    ballots = orders(
        (5, "ACBED"), (5, "ADECB"), (8, "BEDAC"), (3, "CABED"), (7, "CAEBD"), (2, "CBADE"), (7, "DCEBA"), (8, "EBADC")
    )
    found = schulze(ballots, strength=Strength.WINNING_VOTES)
    assert "".join(names(ballots, level) for level in found.levels) == "EACBD"
    assert found.paths[4].tolist() == [25, 28, 28, 31, 0]
    assert schulze(ballots).chosen == (4,)


def test_tennessee_chooses_its_capital() -> None:
    # The textbook example: most voters live far from everybody else's second choice.
    ballots = orders((42, "MNCK"), (26, "NCKM"), (15, "CKNM"), (17, "KCNM"))
    found = ranked_choice(ballots)
    assert (names(ballots, found.schulze.chosen), names(ballots, found.runoff.chosen)) == ("N", "K")
    assert not found.agree
    assert [names(ballots, each.out) for each in found.runoff.rounds] == ["C", "N", ""]


def test_a_ranking_less_can_help_in_instant_runoff() -> None:
    # Burlington 2009 in small: raising the winner makes it lose. That is the known paradox of the method.
    before = orders((39, "ABC"), (35, "BCA"), (26, "CAB"))
    after = orders((49, "ABC"), (25, "BCA"), (26, "CAB"))  # ten more now put A first
    assert names(before, instant_runoff(before).chosen) == "A"
    assert names(after, instant_runoff(after).chosen) == "C"
    assert names(after, schulze(after).chosen) == "A"


def test_options_without_a_rank_are_last_unless_said_otherwise() -> None:
    ballots = Ballots.of("AB", [[1, None], [None, 1]], [2, 1])
    assert compare_pairs(ballots).prefer.tolist() == [[0, 2], [1, 0]]
    assert compare_pairs(ballots, unranked=Unranked.NOT_COMPARED).prefer.tolist() == [[0, 0], [0, 0]]


def test_winning_votes_and_margins_may_differ_where_ballots_are_incomplete() -> None:
    ballots = orders((9, "A"), (8, "B"), (3, "BC"), (5, "CA"), (1, "AB"))
    assert schulze(ballots, strength=Strength.MARGIN).pairs.prefer.sum() > 0
    by = {strength: schulze(ballots, strength=strength).leading for strength in Strength}
    assert all(leading for leading in by.values())


# --- properties -------------------------------------------------------------------------------------------------------
@given(rankings())
def test_every_option_has_one_place_in_the_order(ballots: Ballots) -> None:
    for method in METHODS:
        found = method(ballots)
        assert sorted(option for level in found.levels for option in level) == list(range(len(ballots.options)))


@given(rankings(), st.randoms())
def test_nobody_and_nothing_is_favoured(ballots: Ballots, chance: object) -> None:
    """Anonymity (the order of ballots) and neutrality (the order of options) leave the outcome as it is."""
    generator = np.random.default_rng(chance.randint(0, 10**6))  # type: ignore[attr-defined]
    rows, columns = generator.permutation(len(ballots.counts)), generator.permutation(len(ballots.options))
    moved = Ballots.of(
        [ballots.options[place] for place in columns], ballots.marks[rows][:, columns], ballots.counts[rows]
    )
    for method in METHODS:
        before, after = method(ballots), method(moved)
        assert before.outcome is after.outcome
        assert {ballots.options[o] for o in before.leading} == {moved.options[o] for o in after.leading}


@given(rankings())
def test_counting_ballots_one_by_one_or_together_is_the_same(ballots: Ballots) -> None:
    single = Ballots.of(ballots.options, np.repeat(ballots.marks, ballots.counts, axis=0))
    for method in METHODS:
        assert method(ballots).levels == method(single).levels
    both = [transferable_vote(each, places=2) for each in (ballots, single)]
    assert both[0].levels == both[1].levels
    assert both[0].counts == both[1].counts


@given(rankings(fewest=2))
def test_schulze_keeps_to_condorcet(ballots: Ballots) -> None:
    found = schulze(ballots)
    if found.pairs.condorcet_winner is not None:
        assert found.chosen == (found.pairs.condorcet_winner,)
    if found.pairs.condorcet_loser is not None:
        assert found.pairs.condorcet_loser not in found.leading


@given(rankings(fewest=2), st.data())
def test_raising_a_winner_does_not_harm_it_in_schulze(ballots: Ballots, data: st.DataObject) -> None:
    before = schulze(ballots)
    if before.outcome is not Outcome.CHOSEN:
        return
    winner = before.chosen[0]
    row = data.draw(st.integers(0, len(ballots.counts) - 1))
    marks = np.where(ballots.marks > 0, ballots.marks + 1, ballots.marks)
    marks[row, winner] = 1  # above whatever this ballot put first
    assert schulze(Ballots.of(ballots.options, marks, ballots.counts)).chosen == (winner,)


@given(rankings(fewest=2))
def test_turning_every_ballot_round_unseats_a_single_winner(ballots: Ballots) -> None:
    full = Ballots.of(ballots.options, np.where(ballots.marks > 0, ballots.marks, 9), ballots.counts)
    turned = Ballots.of(ballots.options, 10 - full.marks, full.counts)
    found = schulze(full)
    if found.outcome is Outcome.CHOSEN:
        assert schulze(turned).chosen != found.chosen


@given(rankings(fewest=2))
def test_the_winner_of_a_runoff_has_more_than_half_of_what_counts_or_is_tied(ballots: Ballots) -> None:
    found = instant_runoff(ballots)
    if found.outcome is Outcome.CHOSEN:
        votes = found.rounds[-1].votes
        assert len(votes) == 1 or 2 * votes[found.chosen[0]] > sum(votes.values())
        assert found.each_way is None or found.each_way
    for each in found.rounds:
        assert sum(each.votes.values()) + each.exhausted == found.turnout.counted


@given(rankings(fewest=2), st.integers(1, 4))
def test_a_transferable_vote_loses_no_vote_and_fills_the_places(ballots: Ballots, places: int) -> None:
    lot = list(range(len(ballots.options)))
    found = transferable_vote(ballots, places=places, lot=lot)
    if found.outcome is Outcome.NO_VOTES:
        return
    assert len(found.chosen) == min(places, len(ballots.options))
    for before, after in zip(found.counts, found.counts[1:], strict=False):
        assert sum(after.votes.values()) <= sum(before.votes.values())
    spent = sum((count.quota for count in found.counts if count.elected is not None), Fraction(0))
    assert spent <= found.turnout.counted


@given(rankings(fewest=3))
def test_a_group_as_large_as_two_quotas_gets_two_places(ballots: Ballots) -> None:
    """Droop: who puts A and B first, together, and makes more than two thirds of all, gets both of two places."""
    solid = Ballots.of(
        ballots.options,
        [*ballots.marks.tolist(), [1, 2, *[None] * (len(ballots.options) - 2)]],
        [*ballots.counts.tolist(), 2 * ballots.n + 1],
    )
    assert set(transferable_vote(solid, places=2).chosen) == {0, 1}


# --- degenerate -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("method", METHODS)
def test_without_a_choice_nothing_is_chosen(method: object) -> None:
    assert callable(method)
    assert method(Ballots.of("AB", [[None, None]] * 3)).outcome is Outcome.NO_VOTES
    assert method(Ballots.of("AB", [])).outcome is Outcome.NO_VOTES
    assert method(Ballots.of("", [])).outcome is Outcome.NO_OPTIONS
    assert method(Ballots.of("A", [[1]])).chosen == (0,)
    assert method(Ballots.of("AB", [[1, 1], [2, 2]])).tied == (0, 1)
    few = method(Ballots.of("AB", [[1, 2]], asked=10), quorum=Quorum(share=Fraction(1, 2)))
    assert (few.outcome, few.chosen) == (Outcome.NO_QUORUM, ())


def test_spoilt_ballots_are_counted_and_change_nothing() -> None:
    ballots = Ballots.of("ABC", [[1, 2, 3], [0, 1, 2], [UNREADABLE, 1, 2], [None, None, None]])
    found = ranked_choice(ballots).schulze
    assert found.turnout == Turnout(counted=1, abstained=1, spoilt=2)
    assert found.chosen == (0,)


def test_equal_ranks_and_gaps_spoil_a_ballot_only_where_that_was_said() -> None:
    ballots = Ballots.of("ABC", [[1, 1, 2], [1, 3, None], [2, None, None], [1, 2, None], [3, 1, 2]])
    assert ballots.sift_ranks()[1].counted == 5
    assert ballots.sift_ranks(strict=True)[1] == Turnout(counted=2, spoilt=3)


def test_an_option_that_was_withdrawn_leaves_the_rest_of_each_ballot() -> None:
    ballots = Ballots.of("ABC", [[1, 2, None], [1, None, None], [2, 3, 1]]).without(["A"])
    found = schulze(ballots)
    assert ballots.options == ("B", "C")
    assert found.turnout == Turnout(counted=2, abstained=1)
    with pytest.raises(UnusableInput, match="no such option"):
        ballots.without(["A"])


def test_a_tie_in_a_count_stops_it_until_a_lot_decides() -> None:
    ballots = Ballots.of("ABC", [[1, None, None], [None, 1, None], [None, None, 1]])
    stopped = transferable_vote(ballots, places=2)
    assert (stopped.outcome, stopped.tied, stopped.open_places) == (Outcome.TIED, (0, 1, 2), 2)
    assert transferable_vote(ballots, places=2, lot=[2, 0, 1]).chosen == (0, 2)
    assert transferable_vote(ballots, places=3).chosen == (0, 1, 2)
    with pytest.raises(UnusableInput, match="every option once"):
        transferable_vote(ballots, places=2, lot=[0, 0, 1])


def test_each_way_tells_of_winners_that_going_out_together_hides() -> None:
    # B and C go out together and A wins; one at a time, either could have won.
    ballots = orders((4, "A"), (3, "BCA"), (3, "CBA"))
    found = instant_runoff(ballots)
    assert names(ballots, found.chosen) == "A"
    assert found.each_way is not None
    assert names(ballots, found.each_way) == "BC"


@pytest.mark.parametrize(
    ("rows", "counts"),
    [([[1, 2]], [0]), ([[1]], None), ([[1, HIGHEST_MARK + 1]], None), ([[-3, 1]], None), ([[1.5, 2]], None)],
)
def test_what_is_no_ballot_is_refused(rows: list[list[int]], counts: list[int] | None) -> None:
    with pytest.raises(UnusableInput):
        Ballots.of("AB", rows, counts)
    with pytest.raises(UnusableInput, match="same name"):
        Ballots.of("AA", [[1, 2]])
    assert NO_MARK < 0


def test_places_and_quorums_that_are_none_are_refused() -> None:
    ballots = Ballots.of("AB", [[1, 2]])
    with pytest.raises(UnusableInput, match="one place"):
        schulze(ballots, places=0)
    with pytest.raises(UnusableInput, match="how many were asked"):
        schulze(ballots, quorum=Quorum(share=Fraction(1, 2)))
    with pytest.raises(UnusableInput, match="share from 0 to 1"):
        Quorum(share=Fraction(3, 2))
    with pytest.raises(UnusableInput, match="More ballots"):
        schulze(Ballots.of("AB", [[1, 2]] * 3, asked=2))
