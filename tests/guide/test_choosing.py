"""The engine behind the next moves, on readings made up for it: no database."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from collegium.base import indicators
from collegium.base.indicators import Reading
from collegium.guide.moves import MOST, Condition, Given, Move, MoveKind, choose, list_shipped
from collegium.guide.moves.lint import list_faults, satisfy
from collegium.guide.moves.model import Test as Ask
from collegium.guide.moves.reading import BadMoves, read
from collegium.guide.moves.shipped_files import get_shipped

KNOWN = {each.key for each in indicators.list_indicators()}
TRUSTING = {"listen.trust": Reading(value=4.2, n=40, interval=(4.0, 4.4))}
MISTRUSTING = {"listen.trust": Reading(value=2.9, n=40, interval=(2.7, 3.1))}


def make_move(key: str, **choices: object) -> Move:
    """Make a move that always holds."""
    usual: dict[str, object] = {
        "kind": MoveKind.MOVE,
        "title": key,
        "when": (),
        "because": "So.",
        "claim": "So.",
        "constructs": ("H7",),
        "first_step": "Go.",
        "effort": "an hour",
        "asks": "leaders",
        "kinds": ("school",),
    }
    return Move(key=key, **{**usual, **choices})  # type: ignore[arg-type]


def keys(moves: tuple[Move, ...]) -> list[str]:
    return [move.key for move in moves]


# --- conditions -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("test", "limit", "reading", "holds"),
    [
        (Ask.BELOW, 3.0, Reading(value=2.9), True),
        (Ask.BELOW, 3.0, Reading(value=3.0), False),
        (Ask.ABOVE, 3.0, Reading(value=3.1), True),
        (Ask.CLEARLY_BELOW, 3.0, Reading(value=2.8, interval=(2.5, 3.1)), False),
        (Ask.CLEARLY_BELOW, 3.0, Reading(value=2.7, interval=(2.5, 2.9)), True),
        (Ask.CLEARLY_ABOVE, 3.0, Reading(value=3.3, interval=(3.1, 3.5)), True),
        (Ask.CLEARLY_ABOVE, 3.0, Reading(value=3.3, interval=(2.9, 3.7)), False),
        (Ask.CLEARLY_BELOW, 3.0, Reading(value=2.9), True),  # counted, and no sample
        (Ask.UNKNOWN, 0, Reading(value=None), True),
        (Ask.UNKNOWN, 0, Reading(value=3.0), False),
        (Ask.BELOW, 3.0, Reading(value=None), False),
    ],
)
def test_a_condition_holds_of_a_reading(test: Ask, limit: float, reading: Reading, holds: bool) -> None:
    assert Condition("x", test, limit).holds({"x": reading}) is holds


def test_nothing_holds_of_what_may_not_be_seen() -> None:
    assert not any(Condition("x", test, 3.0).holds({}) for test in Ask)


# --- choosing ---------------------------------------------------------------------------------------------------------
def test_the_weightiest_come_first_and_never_two_for_the_same_people() -> None:
    moves = [
        make_move("a", weight=10),
        make_move("b", weight=90),
        make_move("c", asks="teams", weight=50),
        make_move("d", asks="everybody", weight=40),
    ]
    choice = choose(moves, Given(kind="school", readings=TRUSTING))
    assert keys(choice.moves) == ["b", "c"]
    assert keys(choice.beside) == ["d", "a"]


def test_a_move_under_way_keeps_others_from_its_people() -> None:
    moves = [make_move("a"), make_move("b", asks="teams")]
    choice = choose(moves, Given(kind="school", readings=TRUSTING, busy={"heads"}))
    assert keys(choice.moves) == ["b"]


def test_where_trust_is_low_or_unknown_strategy_waits() -> None:
    moves = [make_move("plan", needs_trust=True, weight=99), make_move("listen", trust_first=True, weight=1)]
    assert keys(choose(moves, Given(kind="school", readings=TRUSTING)).moves) == ["plan"]
    for readings in (MISTRUSTING, {}, {"listen.trust": Reading(value=None)}):
        choice = choose(moves, Given(kind="school", readings=readings))
        assert (keys(choice.moves), keys(choice.waiting)) == (["listen"], ["plan"])


def test_what_builds_trust_comes_first_where_trust_is_low() -> None:
    moves = [make_move("heavy", weight=99), make_move("listen", trust_first=True, weight=1)]
    assert keys(choose(moves, Given(kind="school", readings=MISTRUSTING)).moves) == ["listen"]


def test_phase_stage_and_kind_narrow_what_is_suggested_where_they_are_known() -> None:
    move = make_move("a", phases=("mature",), stages=("binding",))
    known = Given(kind="school", readings=TRUSTING, phase="mature", stage="binding")
    assert choose([move], known).moves == (move,)
    for other in ({"phase": "beginning"}, {"stage": "bartering"}, {"kind": "alliance"}):
        assert choose([move], replace(known, **other)).moves == ()
    assert choose([move], replace(known, phase="", stage="")).moves == (move,)


def test_what_was_answered_is_not_suggested_and_warnings_always_are() -> None:
    moves = [make_move("a"), make_move("w", kind=MoveKind.WARNING)]
    choice = choose(moves, Given(kind="school", readings=TRUSTING, closed={"a", "w"}))
    assert (keys(choice.moves), keys(choice.warnings)) == ([], ["w"])


readings_of_anything = some.dictionaries(
    some.sampled_from(sorted(KNOWN)),
    some.builds(
        lambda value, half: Reading(
            value=value, n=30, interval=None if value is None else (value - half, value + half)
        ),
        some.none() | some.floats(0, 100),
        some.floats(0, 2),
    ),
)


@given(readings_of_anything, some.sampled_from(["school", "district", "alliance", "team"]))
def test_whatever_is_known_the_rules_of_choosing_are_kept(readings: dict[str, Reading], kind: str) -> None:
    choice = choose(list_shipped(), Given(kind=kind, readings=readings))
    assert len(choice.moves) <= MOST
    for place, move in enumerate(choice.moves):
        assert move.holds(readings)
        assert kind in move.kinds
        assert not any(move.competes_with(other.asks) for other in choice.moves[:place])
    trust = readings.get("listen.trust")
    if trust is None or trust.value is None or (trust.interval is not None and trust.interval[1] < 3.4):
        assert not any(move.needs_trust for move in choice.moves)


# --- what is shipped --------------------------------------------------------------------------------------------------
def test_every_shipped_rule_can_fire_and_asks_for_what_is_measured() -> None:
    assert list_faults(list_shipped(), KNOWN) == []


def test_the_lint_finds_what_is_wrong() -> None:
    never = make_move("never", when=(Condition("a", Ask.BELOW, 1), Condition("a", Ask.ABOVE, 2)))
    waits = make_move("waits", needs_trust=True, when=(Condition("listen.trust", Ask.BELOW, 2),))
    assert list_faults([never, waits], {"listen.trust"}) == [
        "never asks for the unknown indicator a.",
        "never can never hold: its conditions contradict each other.",
        "waits can never be shown.",
    ]


def test_at_least_forty_moves_cover_every_group_of_constructs() -> None:
    moves = [move for move in list_shipped() if move.kind is MoveKind.MOVE]
    assert len(moves) >= 40
    covered = {construct[0] for move in moves for construct in move.constructs}
    assert covered >= set("HLIPDCA")


@pytest.mark.parametrize("move", list_shipped(), ids=lambda move: move.key)
def test_a_shipped_move_is_written_for_a_head_on_monday(move: Move) -> None:
    assert move.title[0].isupper()
    assert not move.title.endswith(".")
    for text in (move.because, move.claim, move.first_step):
        assert text.endswith((".", "?")), text
        assert 15 < len(text) < 260
    assert len(move.first_step.split()) <= 45
    assert move.when, "a move without a condition would be suggested to everybody for ever"


def test_what_satisfies_a_rule_names_what_it_asks_for() -> None:
    move = get_shipped("hold_a_trust_hour")
    assert move.holds(satisfy(move))
    with pytest.raises(KeyError):
        get_shipped("nothing")


GOOD = """
[[moves]]
key = "a"
title = "A"
when = [{ indicator = "people.groups", below = 1 }]
because = "So."
claim = "So."
constructs = ["H7"]
first_step = "Go."
effort = "an hour"
asks = "leaders"
kinds = ["school"]
"""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('effort = "an hour"', 'effort = "a day"'), "effort cannot be 'a day'"),
        (('asks = "leaders"', 'asks = "children"'), "asks cannot be"),
        (('kinds = ["school"]', "kinds = []"), "kinds cannot be"),
        (('because = "So."', ""), "because is missing"),
        (("below = 1", "below = 1, above = 2"), "a condition has an indicator and one of"),
        (("below = 1", "below = true"), "below needs a number"),
        (("below = 1", "unknown = false"), "unknown is either true or left out"),
        (("below = 1", "under = 1"), "a condition has"),
        (("title", "titel"), "nothing is called titel"),
        (("[[moves]]", "[[rules]]"), "holds a list"),
        (('key = "a"', "key = "), "This is not TOML"),
    ],
)
def test_a_file_with_a_fault_says_where(change: tuple[str, str], says: str) -> None:
    assert keys(read(GOOD)) == ["a"]
    with pytest.raises(BadMoves, match=says):
        read(GOOD.replace(*change, 1))


def test_two_moves_of_one_key_are_refused() -> None:
    with pytest.raises(BadMoves, match="Named twice: a"):
        read(GOOD + GOOD)
