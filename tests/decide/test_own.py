"""What is one's own in deciding, what waits for one, and what decisions say of a unit."""

from __future__ import annotations

import datetime as dt

import pytest

from collegium.base import indicators, time
from collegium.decide.enums import Heard, Method, Verdict
from collegium.decide.models import Dissent, OpenBallot, Poll
from collegium.decide.presenters import own as presenter
from collegium.decide.presenters import panels
from collegium.decide.queries import outcomes as queries
from collegium.decide.queries import own
from collegium.decide.services import heard, outcomes
from collegium.people import erasure
from tests import factories as make
from tests.decide import worlds
from tests.decide.test_outcomes import REVIEW, publish
from tests.decide.test_polls import DURING, close, open_poll, vote
from tests.decide.worlds import NOW, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return worlds.build(8)


def waiting(person: object, at: dt.datetime) -> list[str]:
    """Return the kinds of what waits for somebody."""
    with time.at(at):
        content = presenter.build_waiting(make.actor_of(person))  # type: ignore[arg-type]
    return [row.kind for row in content.context["rows"]] if content else []


def test_what_waits_for_one_goes_once_it_is_done(world: World) -> None:
    assert waiting(world.cleo, NOW) == []
    poll = open_poll(world)
    secret = open_poll(world, is_secret=True)
    assert waiting(world.cleo, DURING) == ["vote", "vote"]
    assert waiting(world.guest, DURING) == []
    vote(poll, world.cleo, [1, None, None])
    vote(secret, world.cleo, [1, None, None])
    assert waiting(world.cleo, DURING) == []
    close(poll)
    close(secret)
    publish(world)
    assert waiting(world.cleo, DURING) == ["outcome"]
    _found, told = queries.get_told_for(make.actor_of(world.cleo), world.matter.id)
    outcomes.say_heard(actor=make.actor_of(world.cleo), told=told, state=Heard.UNDERSTOOD)
    assert waiting(world.cleo, DURING) == []
    outcomes.reopen(told.outcome)
    assert waiting(world.ben, DURING) == ["outcome", "review"]


def test_what_one_voted_openly_is_in_ones_file_and_a_secret_ballot_in_nobodys(world: World) -> None:
    poll = open_poll(world)
    vote(poll, world.cleo, [1, None, None], "It is near.")
    secret = open_poll(world, is_secret=True, question="Quietly?")
    vote(secret, world.cleo, [None, 1, None], "Nobody knows.")
    heard.dissent(**world.by(world.cleo), matter=world.matter, text="Never.")
    dumped = own.dump(world.cleo.id)
    assert [row["reason"] for row in dumped["open_ballots"]] == ["It is near."]
    assert dumped["voted_in_secret"] == ["Quietly?"]
    assert [row["text"] for row in dumped["dissent"]] == ["Never."]
    assert "Nobody knows" not in str(dumped)
    assert presenter.list_known(make.actor_of(world.cleo))[0].values[1] == "1 open ballot"
    erasure.forget_person(world.cleo.id)
    assert OpenBallot.objects.get().reason == ""
    assert not Dissent.objects.exists()
    assert OpenBallot.objects.get().marks == [1, None, None]


def test_the_home_shows_what_is_open_and_what_was_decided(world: World) -> None:
    place = make.place_of(world.unit)
    content = panels.build_decisions(make.actor_of(world.cleo), place, time.today())
    assert content is not None
    assert [row.question for row in content.context["page"].open] == ["When do we meet?"]
    publish(world)
    content = panels.build_decisions(make.actor_of(world.cleo), place, time.today())
    assert content is not None
    assert (content.context["page"].open, len(content.context["page"].decided)) == ((), 1)
    assert panels.build_decisions(make.actor_of(world.colleague), place, time.today()) is None


def test_indicators_say_whether_it_is_flat_to_decide_and_carried_out(world: World) -> None:
    keys = ("involved", "days", "reviewed", "carried_out")
    day = REVIEW + dt.timedelta(days=1)
    assert [indicators.read(f"decide.{key}", world.unit.id, day).value for key in keys] == [None] * 4
    with time.at(NOW - dt.timedelta(days=4)):
        world.propose(world.ada)
    steps = [outcomes.Step(person=world.ben, what="Book it", due_on=REVIEW)]
    publish(world, steps=steps)
    found = [indicators.read(f"decide.{key}", world.unit.id, day) for key in keys]
    assert [(each.value, each.n) for each in found] == [(1.0, 1), (pytest.approx(4.0), 1), (0.0, 1), (0.0, 1)]
    with time.at(REVIEW):
        outcomes.review(**world.by(world.ada), matter=world.matter, verdict=Verdict.KEEP, found="It works.")
    assert indicators.read("decide.reviewed", world.unit.id, day).value == 1.0
    assert indicators.read("decide.reviewed", world.unit.id, day + dt.timedelta(days=400)).value is None


def test_two_votes_may_be_open_in_one_matter(world: World) -> None:
    """Two votes may be open in one matter: each has its roll and its rules."""
    open_poll(world, Method.APPROVAL)
    open_poll(world, Method.DOTS, most=3)
    assert [poll.number for poll in Poll.objects.order_by("number")] == [1, 2]
