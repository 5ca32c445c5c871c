"""Being heard before it is decided, and hearing afterwards: themes, outcomes, dissent, who knows, review."""

from __future__ import annotations

import datetime as dt
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.base import time
from collegium.base.models import Job
from collegium.decide import talking
from collegium.decide.enums import Answer, Heard, Stage, Verdict
from collegium.decide.errors import CollegiumError, Conflict, Invalid, NotAllowed, NotFound
from collegium.decide.models import Dissent, Outcome, Poll, Told
from collegium.decide.presenters import matters as presenter
from collegium.decide.queries import heard as heard_queries
from collegium.decide.queries import outcomes as queries
from collegium.decide.services import heard, mailing, outcomes, upkeep
from collegium.decide.services.outcomes import Step, Words
from collegium.intend.models import Commitment
from collegium.people.enums import UnitKind
from collegium.people.models import Person
from collegium.talk.enums import ReactionKind
from collegium.talk.models import Comment
from collegium.talk.services import comments
from tests import factories as make
from tests.decide import worlds
from tests.decide.test_polls import CLOSES, close, open_poll, vote
from tests.decide.worlds import NOW, World
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db
REVIEW = NOW.date() + dt.timedelta(days=60)


@pytest.fixture
def world() -> World:
    return worlds.build(8)


def say(
    world: World, person: Person, text: str = "The bus leaves at three.", *, asked_by: Person | None = None
) -> Comment:
    """Let somebody say something, and another ask that it be answered."""
    subject = talking.load(make.actor_of(person), world.matter.id)
    said = comments.write_comment(actor=make.actor_of(person), subject=subject, text=text)
    if asked_by is not None:
        comments.react(
            actor=make.actor_of(asked_by),
            subject=talking.load(make.actor_of(asked_by), world.matter.id),
            comment=said,
            kind=ReactionKind.PLEASE_ANSWER,
            is_on=True,
        )
    return said


def words(**more: Any) -> Words:
    return Words(**{"statement": "We meet on Fridays.", "reasons": "Most can.", "review_on": REVIEW, **more})


def publish(world: World, **more: Any) -> Outcome:
    with time.at(NOW):
        return outcomes.publish(**world.by(world.ada), matter=world.matter, words=words(**more))


# --- being heard ------------------------------------------------------------------------------------------------------
def test_nothing_is_published_before_everybody_has_an_answer(world: World) -> None:
    bus = say(world, world.cleo, asked_by=world.guest)
    say(world, world.ben, "Thank you all.")
    with pytest.raises(Conflict, match="points_left_over"):
        publish(world)
    by = {**world.by(world.ada), "matter": world.matter}
    with pytest.raises(NotAllowed, match="facilitators_only"):
        heard.put_into_theme(**world.by(world.cleo), matter=world.matter, comment_ids={bus.id}, title="Buses")
    theme = heard.put_into_theme(**by, comment_ids={bus.id}, title="Buses")
    with pytest.raises(Conflict, match="themes_unanswered"):
        publish(world)
    with pytest.raises(Invalid, match="why_missing"):
        heard.answer_theme(**by, theme=theme, kind=Answer.TAKEN_UP, answer=" ")
    heard.answer_theme(**by, theme=theme, kind=Answer.CHANGED, answer="We begin at two.")
    publish(world)
    page = presenter.present_matter(make.actor_of(world.guest), world.found(world.guest))
    assert [(each.title, each.answer) for each in page.outcome.themes] == [("Buses", "We begin at two.")]


def test_a_comment_of_another_matter_goes_into_no_theme_and_one_moves(world: World) -> None:
    elsewhere = worlds.build(community=world.unit.community)
    theirs, ours = say(elsewhere, elsewhere.cleo), say(world, world.cleo)
    by = {**world.by(world.ada), "matter": world.matter}
    with pytest.raises(Invalid, match="point_elsewhere"):
        heard.put_into_theme(**by, comment_ids={theirs.id}, title="Buses")
    heard.put_into_theme(**by, comment_ids={ours.id}, title="Buses")
    heard.put_into_theme(**by, comment_ids={ours.id}, title="Times")
    assert [(each.theme.title, len(each.points)) for each in heard_queries.list_themes(world.matter)] == [
        ("Buses", 0),
        ("Times", 1),
    ]


# --- outcomes ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"statement": " "}, "text_missing"),
        ({"reasons": ""}, "text_missing"),
        ({"review_on": NOW.date()}, "review_past"),
    ],
)
def test_an_outcome_that_says_too_little_is_refused(world: World, more: dict[str, Any], code: str) -> None:
    with pytest.raises(CollegiumError) as refused:
        publish(world, **more)
    assert refused.value.code == code
    assert not Outcome.objects.exists()


def test_an_outcome_goes_to_all_whom_it_affects_with_promises_and_dissent(world: World) -> None:
    heard.dissent(**world.by(world.cleo), matter=world.matter, text="Mondays were better.")
    heard.dissent(**world.by(world.ben), matter=world.matter, text="Never.")
    heard.dissent(**world.by(world.ben), matter=world.matter, text=" ")
    outcome = publish(world, steps=[Step(person=world.ben, what="Book the room", due_on=REVIEW)])
    assert Told.objects.filter(outcome=outcome).count() == 9  # eight with a vote, one guest with a voice
    mailing.tell(report=lambda _d, _t, _s="": None, outcome_id=str(outcome.id))
    mailing.tell(report=lambda _d, _t, _s="": None, outcome_id=str(outcome.id))
    assert len(mail.outbox) == 9
    assert "We meet on Fridays." in mail.outbox[0].body
    promise = Commitment.objects.get()
    assert (promise.by_person, promise.what, promise.state) == (world.ben, "Book the room", "proposed")
    page = presenter.present_matter(make.actor_of(world.guest), world.found(world.guest))
    assert page.outcome.dissents == (("Cleo Teacher2", "Mondays were better."),)
    assert page.outcome.outcomes[0].steps[0].who == "Ben Teacher1"
    assert page.stage_says == "It is decided, and is being carried out."
    with pytest.raises(Conflict, match="outcome_is_out"):
        publish(world)
    assert Dissent.objects.count() == 1
    assert [text for _term, text in page.outcome.outcomes[0].check] == ["agreed without a vote", "9 people", "1 person"]


def test_a_decision_says_how_many_had_a_say_and_how_many_carry_it_out(world: World) -> None:
    poll = open_poll(world, is_secret=True)
    for person in world.staff[:6]:
        vote(poll, person, [1, None, None])
    publish(world, poll=close(poll))
    page = presenter.present_matter(make.actor_of(world.guest), world.found(world.guest))
    assert [text for _term, text in page.outcome.outcomes[0].check] == ["6 of 8 voted", "9 people", "0 people"]


def test_each_says_that_they_know_it_or_ask(world: World) -> None:
    outcome = publish(world)
    _found, own = queries.get_told_for(make.actor_of(world.cleo), world.matter.id)
    with pytest.raises(NotAllowed, match="not_told"):
        outcomes.say_heard(actor=make.actor_of(world.ben), told=own, state=Heard.UNDERSTOOD)
    with pytest.raises(Invalid, match="why_missing"):
        outcomes.say_heard(actor=make.actor_of(world.cleo), told=own, state=Heard.ASKS)
    outcomes.say_heard(actor=make.actor_of(world.cleo), told=own, state=Heard.ASKS, question="From when?")
    assert [row.question for row in queries.list_questions(outcome)] == ["From when?"]
    assert [row.outcome for row in queries.list_waiting(make.actor_of(world.ben))] == [outcome]
    with pytest.raises(NotFound):
        queries.get_told_for(make.actor_of(world.steward), world.matter.id)
    everybody, _by_unit = queries.get_reach(outcome)
    assert (everybody.sent, everybody.asks, everybody.silent) == (9, 1, 8)


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [([6, 7], [6, 7]), ([6, 2], [8]), ([6, 7, 2], [7, 8]), ([6, 7, 2, 3], [5, 6, 7]), ([3], []), ([2, 2], [])],
)
def test_silence_is_shown_of_no_group_of_fewer_than_five(sizes: list[int], shown: list[int]) -> None:
    world = worlds.build(2)
    Told.objects.all().delete()
    outcome = publish(world)
    Told.objects.filter(outcome=outcome).delete()
    for size in sizes:
        team = make.make_unit(world.unit.community, kind=UnitKind.TEAM)
        for _ in range(size):
            person = make.make_person(world.unit.community)
            Told.objects.create(community=world.unit.community, outcome=outcome, person=person, unit=team)
    everybody, by_unit = queries.get_reach(outcome)
    assert sorted(each.sent for each in by_unit) == shown
    assert everybody.sent == sum(sizes)
    assert all(each.sent >= queries.K for each in by_unit)


# --- mail -------------------------------------------------------------------------------------------------------------
def run(job: Any, **about: Any) -> int:
    with time.at(NOW + dt.timedelta(hours=1)):
        return int(job(report=lambda _d, _t, _s="": None, **about)["sent"])


def test_a_mailing_that_is_killed_goes_on_where_it_was_and_writes_to_nobody_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = publish(world)
    monkeypatch.setattr(mailing, "BATCH", 2)
    send = mail.EmailMessage.send

    def die_at_the_fourth(message: Any, **options: Any) -> int:
        if len(mail.outbox) == 3:
            raise KeyboardInterrupt
        return int(send(message, **options))

    with monkeypatch.context() as patched:
        patched.setattr(mail.EmailMessage, "send", die_at_the_fourth)
        with pytest.raises(KeyboardInterrupt):
            run(mailing.tell, outcome_id=str(outcome.id))
    assert run(mailing.tell, outcome_id=str(outcome.id)) == 5
    assert run(mailing.tell, outcome_id=str(outcome.id)) == 0
    to = [each.to[0] for each in mail.outbox]
    assert (len(to), len(set(to))) == (8, 8), "the one that was being written may be missing; nobody has two"


def test_one_address_that_is_refused_keeps_nobody_else_from_hearing(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    outcome, send = publish(world), mail.EmailMessage.send

    def refuse_ben(message: Any, **options: Any) -> int:
        if message.to == [world.ben.email]:
            raise SMTPRecipientsRefused({world.ben.email: (550, b"no such user")})
        return int(send(message, **options))

    monkeypatch.setattr(mail.EmailMessage, "send", refuse_ben)
    assert run(mailing.tell, outcome_id=str(outcome.id)) == 8
    assert world.ben.email not in caplog.text


def test_who_may_vote_is_written_to_when_a_vote_opens_and_not_once_they_have_voted(world: World) -> None:
    poll = open_poll(world, is_secret=True)
    assert Job.objects.get().name == mailing.CALL_JOB
    vote(poll, world.cleo, [1, None, None])
    assert run(mailing.call, poll_id=str(poll.id)) == 7
    assert {each.to[0] for each in mail.outbox} == {p.email for p in world.staff if p != world.cleo}, (
        "no guest, not Cleo"
    )
    assert "Where?" in mail.outbox[0].subject
    assert reverse("decide:poll", args=[poll.id]) in mail.outbox[0].body
    assert "It is secret" in str(mail.outbox[0].body)
    with time.at(CLOSES):
        late = open_poll(world)
        Poll.objects.filter(id=late.id).update(closes_at=NOW + dt.timedelta(minutes=1))
    assert run(mailing.call, poll_id=str(late.id)) == 0, "a vote that is over calls nobody"


# --- review -----------------------------------------------------------------------------------------------------------
def test_on_the_day_of_review_the_matter_opens_again_by_itself(world: World) -> None:
    outcome = publish(world)
    with time.at(REVIEW - dt.timedelta(days=1)):
        upkeep.do_what_is_due()
    world.matter.refresh_from_db()
    assert world.matter.stage == Stage.CARRYING_OUT
    with time.at(REVIEW):
        upkeep.do_what_is_due()
        upkeep.do_what_is_due()
    world.matter.refresh_from_db()
    outcome.refresh_from_db()
    assert (world.matter.stage, outcome.reopened_at is not None) == (Stage.REVIEW, True)
    assert queries.list_to_review(make.actor_of(world.ben)) == [world.matter]
    with pytest.raises(Invalid, match="why_missing"):
        outcomes.review(**world.by(world.ada), matter=world.matter, verdict=Verdict.KEEP, found="")
    outcomes.review(**world.by(world.ada), matter=world.matter, verdict=Verdict.REVERSE, found="Nobody came.")
    with pytest.raises(Conflict, match="nothing_to_review"):
        outcomes.review(**world.by(world.ada), matter=world.matter, verdict=Verdict.KEEP, found="Again")
    page = presenter.present_matter(make.actor_of(world.cleo), world.found(world.cleo))
    assert (page.is_closed, page.outcome.outcomes[0].verdict) == (True, "It is reversed")


def test_a_change_brings_it_back_to_proposals_and_a_second_outcome(world: World) -> None:
    publish(world)
    outcomes.review(**world.by(world.ada), matter=world.matter, verdict=Verdict.CHANGE, found="Two is too early.")
    world.matter.refresh_from_db()
    assert world.matter.stage == Stage.PROPOSALS
    second = publish(world, statement="We meet on Fridays at three.")
    page = presenter.present_matter(make.actor_of(world.cleo), world.found(world.cleo))
    assert [each.number for each in page.outcome.outcomes] == [second.number, 1] == [2, 1]


# --- pages ------------------------------------------------------------------------------------------------------------
def test_it_is_heard_decided_known_and_reviewed_on_pages(world: World) -> None:
    said = say(world, world.cleo, asked_by=world.guest)
    ada, cleo = client_of(world.ada), client_of(world.cleo)

    def at(name: str, *more: Any) -> str:
        return reverse(f"decide:{name}", args=[world.matter.id, *more])

    page = ada.get(at("heard")).content.decode()
    assert "The bus leaves at three." in page
    assert ada.post(at("heard"), {"theme": "new", "title": "Buses"}).status_code == 422
    assert ada.post(at("heard"), {"comments": [str(said.id)], "theme": "new", "title": ""}).status_code == 422
    assert ada.post(at("heard"), {"comments": [str(said.id)], "theme": "new", "title": "Buses"}).status_code == 302
    theme = heard_queries.list_themes(world.matter)[0].theme
    sent = {
        "statement": "We meet on Fridays.",
        "reasons": "Most can.",
        "review_on": (time.today() + dt.timedelta(days=9)).isoformat(),
        "steps-TOTAL_FORMS": "6",
        "steps-INITIAL_FORMS": "0",
        "steps-0-who": str(world.ben.id),
        "steps-0-what": "Book the room",
    }
    ada.get(at("publish"))
    assert (
        "have no answer yet" in ada.post(at("publish"), {**sent, "steps-0-due_on": sent["review_on"]}).content.decode()
    )
    answer = {"kind": "changed", "answer": "We begin at two."}
    assert ada.post(at("theme_answer", theme.id), answer).status_code == 302
    half = ada.post(at("publish"), sent)
    assert half.status_code == 422
    assert "Book the room" in half.content.decode()
    assert ada.post(at("publish"), {**sent, "steps-0-due_on": sent["review_on"]}).status_code == 302
    matter = cleo.get(at("matter")).content.decode()
    for text in ("We meet on Fridays.", "Book the room", "Buses", "We begin at two.", "Silent"):
        assert text in matter, text
    assert cleo.post(at("dissent"), {"text": "Mondays."}).status_code == 302
    assert cleo.post(at("told"), {"state": "asks", "question": ""}).status_code == 422
    assert cleo.post(at("told"), {"state": "known"}).status_code == 302
    assert client_of(world.steward).get(at("told")).status_code == 404
    assert ada.post(at("review"), {"verdict": "keep", "found": "It works."}).status_code == 302
    assert "It works." in cleo.get(at("matter")).content.decode()


def test_a_page_with_much_on_it_takes_as_many_statements() -> None:
    counts = []
    for number in (1, 3, 30):
        world = worlds.build(6)
        for n in range(number):
            said = say(world, world.cleo, f"Point {n}", asked_by=world.ben)
            theme = heard.put_into_theme(
                **world.by(world.ada), matter=world.matter, comment_ids={said.id}, title=f"T{n}"
            )
            heard.answer_theme(
                **world.by(world.ada), matter=world.matter, theme=theme, kind=Answer.TAKEN_UP, answer="Yes"
            )
        publish(world, steps=[Step(person=world.ben, what=f"Do {n}", due_on=REVIEW) for n in range(number)])
        with CaptureQueriesContext(connection) as found:
            presenter.present_matter(make.actor_of(world.cleo), world.found(world.cleo))
        counts.append(len(found))
    assert len(set(counts)) == 1, counts
