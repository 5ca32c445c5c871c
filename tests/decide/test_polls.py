"""Votes: opened by rules that are said before, cast once, counted as science.choices counts, whatever is sent."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collegium.base import sealing, time
from collegium.decide import marking, tallying
from collegium.decide.ballots import boxes, published
from collegium.decide.enums import Method, PollState, Stage
from collegium.decide.errors import Conflict, Invalid, NotAllowed
from collegium.decide.forms.polls import OpeningForm
from collegium.decide.marking import Paper
from collegium.decide.method_words import say_share
from collegium.decide.methods import WAYS, Shape
from collegium.decide.models import OpenBallot, Option, Poll, Voter
from collegium.decide.models.ballots import Box, SecretBallot, SecretReason
from collegium.decide.presenters import poll_files
from collegium.decide.presenters import polls as presenter
from collegium.decide.queries import polls as queries
from collegium.decide.services import closing, matters, polls, proposals, voting
from collegium.decide.services.polls import Opening
from collegium.decide.tallying import Rules
from collegium.people.models import Person
from tests import factories as make
from tests.decide import worlds
from tests.decide.worlds import NOW, World

pytestmark = pytest.mark.django_db
DURING, CLOSES = NOW + dt.timedelta(hours=1), NOW + dt.timedelta(days=3)
OPTIONS = [("Hill", None), ("Vale", None), ("Shore", None)]


@pytest.fixture
def world() -> World:
    return worlds.build(8)


def open_poll(world: World, method: Method = Method.APPROVAL, **more: Any) -> Poll:
    opening: dict[str, Any] = {"question": "Where?", "closes_at": CLOSES, "method": method}
    if WAYS[method].shape is Shape.POSITION:
        opening["proposal"] = more.pop("proposal", None) or world.propose(world.ada)
    else:
        opening["options"] = OPTIONS
    with time.at(NOW):
        return polls.open_poll(**world.by(world.ada), matter=world.matter, opening=Opening(**{**opening, **more}))


def vote(poll: Poll, person: Person, marks: Any, reason: str = "", at: dt.datetime = DURING) -> Any:
    cast = voting.cast_secret if poll.is_secret else voting.cast_open
    with time.at(at):
        return cast(actor=make.actor_of(person), poll=poll, marks=marks, reason=reason)  # type: ignore[operator]


def close(poll: Poll) -> Poll:
    with time.at(CLOSES):
        closing.close(report=lambda _done, _total, _step="": None, poll_id=str(poll.id))
    poll.refresh_from_db()
    return poll


def show(world: World, poll: Poll, person: Person, at: dt.datetime = DURING, **more: Any) -> presenter.PollPage:
    with time.at(at):
        actor = make.actor_of(person)
        return presenter.present_poll(actor, queries.get_poll_for(actor, poll.id), **more)


# --- opening ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("method", "more", "code"),
    [
        (Method.APPROVAL, {"closes_at": NOW}, "vote_closes_past"),
        (Method.APPROVAL, {"closes_at": NOW + dt.timedelta(days=91)}, "vote_too_long"),
        (Method.APPROVAL, {"options": [("Hill", None)]}, "vote_needs_options"),
        (Method.APPROVAL, {"options": [("Hill", None), ("hill ", None)]}, "vote_same_options"),
        (Method.APPROVAL, {"options": [(f"O{n}", None) for n in range(101)]}, "vote_too_many_options"),
        (Method.APPROVAL, {"places": 4}, "vote_places"),
        (Method.BUDGET, {"options": [("Shed", 10)], "budget": 0}, "vote_no_budget"),
        (Method.BUDGET, {"options": [("Shed", 0)], "budget": 10}, "vote_costs"),
        (Method.CONSENT, {"is_secret": True}, "vote_must_be_open"),
        (Method.TIME, {"is_secret": True}, "vote_must_be_open"),
    ],
)
def test_a_vote_that_makes_no_sense_is_not_opened(
    world: World, method: Method, more: dict[str, Any], code: str
) -> None:
    with pytest.raises(Invalid, match=code):
        open_poll(world, method, **more)
    assert not Poll.objects.exists()


def test_few_cannot_vote_in_secret_and_nobody_opens_a_vote_of_others() -> None:
    few = worlds.build(5)
    with pytest.raises(Invalid, match="vote_too_few_secret"):
        open_poll(few, is_secret=True)
    with pytest.raises(NotAllowed, match="facilitators_only"), time.at(NOW):
        polls.open_poll(
            **few.by(few.cleo),
            matter=few.matter,
            opening=Opening(method=Method.APPROVAL, question="Q?", closes_at=CLOSES, options=OPTIONS),
        )


def test_who_may_vote_is_written_down_and_a_guest_may_not(world: World) -> None:
    poll = open_poll(world)
    assert poll.asked == Voter.objects.filter(poll=poll).count() == 8
    with time.at(DURING):
        assert queries.list_waiting(make.actor_of(world.cleo)) == [poll]
    for person in (world.guest, world.steward):
        with pytest.raises(NotAllowed, match="not_on_roll"):
            vote(poll, person, [1, None, None])
    world.matter.refresh_from_db()
    assert world.matter.stage == Stage.DECIDING


def test_what_is_voted_on_stays_as_it_reads(world: World) -> None:
    made = world.propose(world.ada)
    poll = open_poll(world, Method.CONSENT, proposal=made)
    with pytest.raises(Conflict, match="proposal_voted_on"):
        proposals.withdraw(**world.by(world.ada), proposal=made, why="No")
    with pytest.raises(Conflict, match="polls_running"):
        matters.close(**world.by(world.ada), matter=world.matter, why="No")
    with time.at(DURING):
        polls.stop(**world.by(world.ada), poll=poll, why="Early")
    proposals.withdraw(**world.by(world.ada), proposal=made, why="No")
    with pytest.raises(Invalid, match="vote_needs_proposal"):
        open_poll(world, Method.CONSENT, proposal=made)


# --- open ballots -----------------------------------------------------------------------------------------------------
def test_an_open_ballot_is_changed_until_the_vote_closes(world: World) -> None:
    poll = open_poll(world)
    vote(poll, world.cleo, [1, None, None], "It is near.")
    vote(poll, world.cleo, [None, 1, None], "It is flat.")
    (ballot,) = OpenBallot.objects.filter(poll=poll)
    assert (ballot.marks, ballot.reason, ballot.changed_at) == ([None, 1, None], "It is flat.", DURING)
    page = show(world, poll, world.guest)
    assert [(row.who, row.says, row.reason) for row in page.ballots] == [("Cleo Teacher2", "Vale", "It is flat.")]
    assert not page.can_vote
    with pytest.raises(Conflict, match="vote_over"):
        vote(poll, world.cleo, [1, None, None], at=CLOSES)
    result = close(poll).result
    assert (result["outcome"], result["chosen"], result["scores"]) == ("chosen", [1], [0, 1, 0])
    assert close(poll).result == result


@pytest.mark.parametrize(
    ("method", "marks", "code"),
    [
        (Method.APPROVAL, [1, None], "ballot_unreadable"),
        (Method.APPROVAL, [2, None, None], "ballot_unreadable"),
        (Method.APPROVAL, [-1, None, None], "ballot_unreadable"),
        (Method.APPROVAL, [True, None, None], "ballot_unreadable"),
        (Method.APPROVAL, "yes", "ballot_unreadable"),
        (Method.APPROVAL, [1, 1, 1], "ballot_too_many"),
        (Method.RANKED, [0, None, None], "ballot_ranks"),
        (Method.RANKED, [4, None, None], "ballot_ranks"),
        (Method.SCORE, [6, None, None], "ballot_too_high"),
        (Method.DOTS, [2, 1, 1], "ballot_too_many_dots"),
        (Method.TIME, [3, None, None], "ballot_unreadable"),
        (Method.MAJORITY, "", "ballot_empty"),
        (Method.MAJORITY, "perhaps", "ballot_unreadable"),
        (Method.MAJORITY, [1], "ballot_unreadable"),
        (Method.CONSENT, "objection", "objection_reason"),
        (Method.CONSENSUS, "block", "objection_reason"),
    ],
)
def test_a_malformed_ballot_is_refused_in_words(method: Method, marks: Any, code: str) -> None:
    paper = Paper(method=method, stands=(True, True, True), most=2 if method == Method.APPROVAL else 3, highest=5)
    with pytest.raises((Invalid, Conflict), match=code):
        marking.read(paper, marks)


def test_a_withdrawn_option_counts_on_no_ballot_and_is_refused_on_new_ones(world: World) -> None:
    poll = open_poll(world, Method.RANKED)
    vote(poll, world.cleo, [1, 2, 3])
    vote(poll, world.ada, [1, None, None])
    hill, vale, shore = Option.objects.filter(poll=poll).order_by("position")
    by = {"actor": make.actor_of(world.ada), "standing": world.found(world.ada).standing, "poll": poll}
    with time.at(DURING):
        polls.withdraw_option(**by, option=hill, why="It is sold.")
        with pytest.raises(Conflict, match="option_withdrawn"):
            polls.withdraw_option(**by, option=hill, why="Again")
        polls.withdraw_option(**by, option=shore, why="It is wet.")
        with pytest.raises(Conflict, match="option_last"):
            polls.withdraw_option(**by, option=vale, why="Also")
    with pytest.raises(Conflict, match="ballot_withdrawn"):
        vote(poll, world.ben, [1, 2, None])
    result = close(poll).result
    assert (result["chosen"], result["turnout"]["counted"], result["turnout"]["abstained"]) == ([1], 1, 1)


@pytest.mark.parametrize("method", list(Method))
def test_every_method_says_what_it_is_good_for_and_counts_whatever_comes(method: Method) -> None:
    way = WAYS[method]
    assert str(way.good_for)
    assert str(way.rules)
    rules = Rules(
        method=method, asked=9, options=("a", "b"), stands=(True, True), costs=(3, 4), most=3, highest=5, budget=5
    )
    blank: Any = (
        "abstain" if way.shape is Shape.POSITION and method not in (Method.SENSE, Method.ADVICE) else [None, None]
    )
    for cast in ([], [blank] * 3):
        result = tallying.count(rules, cast if way.shape is not Shape.POSITION or isinstance(blank, str) else [])
        assert result["outcome"] in ("nobody expressed a choice", "heard, not decided"), method
    nothing_left = tallying.count(Rules(method=method, asked=9, options=("a",), stands=(False,)), [])
    if way.shape is not Shape.POSITION:
        assert nothing_left["outcome"] == "there is nothing to choose from"


def test_everybody_blocks_and_an_unmet_quorum() -> None:
    rules = Rules(method=Method.CONSENSUS, asked=4)
    assert tallying.count(rules, ["block"] * 4)["outcome"] == "not carried"
    few = Rules(method=Method.MAJORITY, asked=10, quorum_percent=50)
    assert tallying.count(few, ["yes"] * 4)["outcome"] == "too few took part"
    assert tallying.count(few, ["yes"] * 3 + ["abstain"] * 2)["outcome"] == "carried"


def test_an_objection_is_worked_through_by_whoever_raised_it(world: World) -> None:
    poll = open_poll(world, Method.CONSENT)
    vote(poll, world.cleo, "objection", "The bus leaves.")
    vote(poll, world.ben, "consent")
    assert close(poll).result["outcome"] == "objections are open"
    ballot = OpenBallot.objects.get(person=world.cleo)
    with pytest.raises(NotAllowed, match="objection_not_yours"):
        voting.work_through(actor=make.actor_of(world.ada), poll=poll, ballot=ballot, how="It is fine.")
    voting.work_through(actor=make.actor_of(world.cleo), poll=poll, ballot=ballot, how="A later bus runs.")
    poll.refresh_from_db()
    assert poll.result["outcome"] == "carried"


# --- secret ballots ---------------------------------------------------------------------------------------------------
def test_a_secret_ballot_is_cast_once_and_found_by_its_code_alone(world: World) -> None:
    poll = open_poll(world, Method.RANKED, is_secret=True)
    codes = [vote(poll, person, [1, 2, None], f"Because {n}") for n, person in enumerate(world.staff[:6])]
    with pytest.raises(Conflict, match="voted_already"):
        vote(poll, world.ada, [3, 2, 1])
    with pytest.raises(Conflict, match="vote_is_secret"), time.at(DURING):
        voting.cast_open(actor=make.actor_of(world.staff[7]), poll=poll, marks=[1, 2, 3])
    for person in (world.ada, world.steward):
        page = show(world, poll, person)
        assert (page.ballots, page.result, page.csv_url, page.reasons) == ((), None, "", ())
        assert dict(page.facts)["Voted"] == "at least 5 of 8"
    assert not SecretBallot.objects.exists()
    close(poll)
    page = show(world, poll, world.guest, CLOSES, code=codes[2].lower())
    assert page.found_says == "Hill: 1, Vale: 2"
    assert [row.who for row in page.ballots] == sorted(codes)
    assert page.reasons == tuple(f"Because {n}" for n in range(6))
    assert poll.result["chosen"] == [0]
    assert not Box.objects.exists()
    with time.at(CLOSES):
        text = poll_files.write_ballots(queries.get_poll_for(make.actor_of(world.cleo), poll.id))
    assert text.splitlines()[0] == "ballot,Hill,Vale,Shore"
    assert len(text.splitlines()) == 7


def test_too_few_ballots_are_never_looked_at(world: World) -> None:
    poll = open_poll(world, is_secret=True)
    for person in world.staff[:5]:
        vote(poll, person, [1, None, None], "Words")
    assert close(poll).result == {"withheld": True}
    assert not SecretBallot.objects.exists()
    assert not SecretReason.objects.exists()
    page = show(world, poll, world.ada, CLOSES)
    assert page.result is not None
    assert "Too few voted" in page.result.headline


def test_few_reasons_are_not_shown(world: World) -> None:
    poll = open_poll(world, is_secret=True)
    for n, person in enumerate(world.staff):
        vote(poll, person, [1, None, None], "Words" if n < 4 else "")
    close(poll)
    assert SecretBallot.objects.count() == 8
    assert published.list_reasons(poll) == []


def test_a_ballot_that_no_box_takes_marks_nobody(world: World) -> None:
    poll = open_poll(world, is_secret=True)
    box = Box.objects.get(poll=poll)
    sealing.destroy(box.id, folder=boxes.FOLDER)
    with pytest.raises(voting.BoxClosed):
        vote(poll, world.cleo, [1, None, None])
    assert not Voter.objects.filter(poll=poll, has_voted=True).exists()
    assert close(poll).result == {"lost": True}
    page = show(world, poll, world.ada, CLOSES)
    assert page.result is not None
    assert "restored from a backup" in page.result.headline


def test_stopping_a_vote_deletes_its_ballots_unread(world: World) -> None:
    poll = open_poll(world, is_secret=True)
    vote(poll, world.cleo, [1, None, None])
    with time.at(DURING):
        polls.stop(
            actor=make.actor_of(world.ada), standing=world.found(world.ada).standing, poll=poll, why="Wrong options"
        )
    poll.refresh_from_db()
    assert (poll.state, Box.objects.count(), SecretBallot.objects.count()) == (PollState.STOPPED, 0, 0)
    with pytest.raises(Conflict, match="vote_stopped"):
        vote(poll, world.ben, [1, None, None])


def test_a_large_secret_vote_has_several_boxes_and_loses_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collegium.base.boxes.PEOPLE_A_BOX", 3)
    poll = open_poll(world, is_secret=True)
    assert Box.objects.filter(poll=poll).count() == 3
    for person in world.staff:
        vote(poll, person, [1, None, None], "x" * 900)
    assert close(poll).result["scores"] == [8, 0, 0]
    assert SecretBallot.objects.count() == 8


# --- pages ------------------------------------------------------------------------------------------------------------
def test_a_page_of_a_vote_takes_as_many_statements_whatever_it_holds() -> None:
    counts = []
    for people in (1, 3, 30):
        world = worlds.build(people + 2)
        poll = open_poll(world)
        for person in world.staff[:people]:
            vote(poll, person, [1, None, None], "Why")
        with CaptureQueriesContext(connection) as found:
            show(world, poll, world.ada)
        counts.append(len(found))
    assert len(set(counts)) == 1, counts


@pytest.mark.parametrize(("yes", "no", "outcome"), [(6, 3, "carried"), (200, 101, "not carried"), (2, 1, "carried")])
def test_two_thirds_are_counted_exactly(yes: int, no: int, outcome: str) -> None:
    rules = Rules(method=Method.QUALIFIED, asked=500, needed=Fraction(2, 3))
    assert tallying.count(rules, ["yes"] * yes + ["no"] * no)["outcome"] == outcome


def test_the_share_that_is_needed_is_written_as_people_say_it(world: World) -> None:
    made = world.propose(world.ada)
    poll = open_poll(world, Method.QUALIFIED, proposal=made, needed=Fraction(2, 3))
    poll.refresh_from_db()
    assert (poll.needed, poll.needed_part, poll.needed_of) == (Fraction(2, 3), 2, 3)
    said = [say_share(Fraction(text)) for text in ("2/3", "3/4", "60/100", "5/8")]
    assert said == ["two thirds", "three quarters", "60%", "62.5%"]

    def form(text: str, method: Method = Method.QUALIFIED) -> OpeningForm:
        sent = {"question": "Q", "proposal": str(made.id), "closes_at": "2026-03-09T16:00", "quorum_percent": "0"}
        return OpeningForm({**sent, "needed": text}, method=method, proposals=[made], norms=None)

    with time.at(NOW):
        for text, needed in (("2 / 3", Fraction(2, 3)), ("67%", Fraction(67, 100)), ("1/1", Fraction(1))):
            read = form(text)
            assert read.is_valid(), read.errors
            assert read.cleaned_data["needed"] == needed
        for text in ("1/2", "0%", "3/2", "2/0", "two thirds", "67", "1/9999", "-1/2", "120%"):
            assert not form(text).is_valid(), text
        assert form("1/2", Method.GRADIENTS).is_valid()
    for wrong in (Fraction(0), Fraction(3, 2), Fraction(1, 5000)):
        with pytest.raises(Invalid, match="vote_needed"):
            open_poll(world, Method.QUALIFIED, proposal=made, needed=wrong)
