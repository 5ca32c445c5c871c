"""What people of the demo have promised each other, and what two schools let the public hold them to.

The truth: at Kestrel Lane the head and the group that welcomes newcomers have promised each other something, and the
head's has been kept, say those it was made to. Castlewick and Kestrel Lane have public boards; Castlewick has taken one
promise off. At Thornmere one promise has passed its day, one was the former principal's and asks for a new owner, and
one is proposed to a teacher. The promise of the head of Oakhollow rests on her alone. One of Castlewick's to parents
can be confirmed by nobody, since no group speaks for them. In "Reading across subjects" one role has no obligations.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from collegium.base import time
from collegium.intend.demo.line import PARTNER_GOAL
from collegium.intend.enums import Standing
from collegium.intend.models import Board, Challenge, Commitment, Confirmation, ConfirmationRound, Point
from collegium.intend.promise_enums import Audience, Going, Kept, Question, Work
from collegium.intend.queries import boards as board_queries
from collegium.intend.services import boards, checking, confirming, promising, roles
from collegium.intend.services.promising import By, To, Words
from collegium.people.actors import Actor
from collegium.people.demo import story
from collegium.people.demo.book import instant
from collegium.people.demo.calendar import Calendar
from collegium.people.enums import Level
from collegium.people.models import Community, Group, Person, Post, Unit
from collegium.people.queries import actors

WITH_BOARDS = (story.CASTLEWICK, story.KESTREL_LANE)
WELCOME, READING, QUESTIONS = "Welcoming new colleagues", story.DUPLICATES[0], "Questions that make pupils think"
# What is promised, word for word: tests and later chapters find it again by these.
PARTNER = "Whoever joins us has a partner for the whole first term, and an hour a week with them."
ASK_FIRST = "We ask every newcomer what they can do before we say what we need."
LETTERS = "Every letter from home is answered within two school days."
PICTURES = "We use the same pictures for fractions as the primary schools our pupils come from."
QUIET_ROOM = "The library is open and quiet at every lunch."
TIMETABLE = "Every team sees the draft of the timetable before it is fixed, and can change it."
WORKLOAD = "Nobody is asked for the same number twice."
VISITS = "I visit one lesson a week in another team, to learn and not to judge."
READ_ALOUD = "We read aloud in every subject once a week, and tell each other what happened."
GARDEN = "The garden gate is open every afternoon until four."


@dataclass
class Teller:
    """Who tells: the community as it was built, and the calendar."""

    community: Community
    calendar: Calendar
    told: dict[str, Commitment] = field(default_factory=dict)

    def unit(self, slug: str) -> Unit:
        """Return a unit by its slug."""
        return Unit.objects.get(community=self.community, slug=slug)

    def group(self, name: str) -> Group:
        """Return a group by its name."""
        return Group.objects.get(community=self.community, name=name)

    def cast(self, key: str) -> Person:
        """Return somebody whom the story names."""
        return Person.objects.get(community=self.community, email=story.NAMES[key].email)

    def head(self, slug: str) -> Person:
        """Return who leads a school."""
        posts = Post.objects.on(self.calendar.today).filter(unit__slug=slug, level=Level.EXECUTIVE)
        found: Post = posts.filter(community=self.community).select_related("person").order_by("id")[0]
        return found.person

    def colleague(self, slug: str, but: Person) -> Person:
        """Return a senior colleague of a school, or else anybody else there."""
        posts = Post.objects.on(self.calendar.today).filter(unit__slug=slug, community=self.community)
        ordered = posts.exclude(person=but).exclude(level=Level.GOVERNANCE).select_related("person")
        rows: list[Post] = sorted(ordered, key=lambda post: (post.level != Level.SENIOR, str(post.person_id)))
        return rows[0].person

    def promise(self, slug: str, who: Person, what: str, *, ago: int, due: int, **given: Any) -> Commitment:
        """Let somebody promise something so many days ago, for so many days from today."""
        day, unit = self.calendar.lately(ago), self.unit(slug)
        to = given.pop("to", To(audience=Audience.COLLEAGUES, unit=unit))
        words = Words(what=what, serves=self._served(unit, given.pop("serves", False)))
        with time.at(instant(day)):
            made = promising.propose_promise(
                actor=actors.get_actor(who, day),
                unit=unit,
                words=words,
                by=given.pop("by", By(person=who)),
                to=to,
                due_on=self.calendar.today + dt.timedelta(days=due),
                **given,
            )
        self.told[what] = made
        return made

    def check_in(self, what: str, who: Person, going: Going, *, ago: int, **said: Any) -> None:
        """Let somebody say how a promise goes."""
        with time.at(instant(self.calendar.lately(ago))):
            checking.check_in(actor=self.actor(who), promise=self.told[what], going=going, **said)

    def actor(self, person: Person) -> Actor:
        """Return a person as an actor on the last day."""
        return actors.get_actor(person, self.calendar.today)

    def _served(self, unit: Unit, serves: bool | str) -> Challenge | Point | None:
        """Return the goal of a unit by its title, or the challenge that its promises serve, where there is one."""
        if isinstance(serves, str):
            return Point.objects.filter(unit=unit, title=serves).first()
        if not serves:
            return None
        rows = Challenge.objects.filter(unit=unit, standing=Standing.PUBLISHED, closed_at__isnull=True)
        return rows.order_by("title", "id").first()


def build(community: Community, *, seed: int, today: dt.date) -> None:  # noqa: ARG001 nothing here is left to chance
    """Add what people have promised to the people of the demo."""
    teller = Teller(community, Calendar.ending(today))
    _tell_kestrel_lane(teller)
    _tell_castlewick(teller)
    _tell_thornmere(teller)
    only = teller.cast("only_steward")
    oakhollow = To(audience=Audience.PUPILS, unit=teller.unit(story.OAKHOLLOW))
    teller.promise(story.OAKHOLLOW, only, GARDEN, ago=70, due=120, to=oakhollow)


def _tell_kestrel_lane(teller: Teller) -> None:
    school, head, group = teller.unit(story.KESTREL_LANE), teller.cast("growing_head"), teller.group(WELCOME)
    second = teller.colleague(story.KESTREL_LANE, head)
    first = teller.promise(story.KESTREL_LANE, head, PARTNER, ago=120, due=-14, second=second, serves=PARTNER_GOAL)
    back = {"by": By(group=group), "to": To(audience=Audience.PERSON, person=head), "answers": first, "serves": True}
    member = group.memberships.on(teller.calendar.today).exclude(person=head).select_related("person")
    welcoming: Person = member.order_by("person_id")[0].person
    teller.promise(story.KESTREL_LANE, welcoming, ASK_FIRST, ago=115, due=60, **back)
    teller.check_in(PARTNER, head, Going.SLOWLY, ago=90, question=Question.DOING, text="Four of six have a partner.")
    teller.check_in(PARTNER, head, Going.WELL, ago=50, next_step="Ask the six what the hour was worth")
    said = {"question": Question.REFRAMING, "text": "Those who came last year ask as much as those who came this year."}
    teller.check_in(ASK_FIRST, welcoming, Going.WELL, ago=20, next_step="A page of who can what", **said)
    _confirm(teller, first, head)
    board = _set_up_board(teller, school, head, "What we promise at Kestrel Lane", "kestrel-lane-promises")
    for what, words in ((PARTNER, "Whoever begins to work here is not left alone."), (ASK_FIRST, ASK_FIRST)):
        _put(teller, board, head, what, words)


def _confirm(teller: Teller, promise: Commitment, head: Person) -> None:
    """Let those it was made to say that it was kept: nearly all who answer, and three in four do."""
    opened_on = teller.calendar.lately(14 + confirming.OPEN_DAYS)
    with time.at(instant(opened_on)):
        asking = confirming.ask_whether_kept(actor=teller.actor(head), promise=promise, claim=Kept.KEPT)
        rows = Confirmation.objects.filter(round=asking).select_related("person").order_by("person_id")
        for number, row in enumerate(rows):
            if number % 4:
                said = Kept.PARTLY if number % 9 == 1 else Kept.KEPT
                confirming.answer(actor=teller.actor(row.person), confirmation=row, said=said)
    closes_at = ConfirmationRound.objects.get(id=asking.id).closes_at
    with time.at(closes_at):
        confirming.close(report=_nobody_waits, round_id=str(asking.id))


def _nobody_waits(_done: int, _total: int, _step: str = "") -> None:
    """Report progress to nobody."""


def _tell_castlewick(teller: Teller) -> None:
    slug = story.CASTLEWICK
    school, head, group = teller.unit(slug), teller.head(slug), teller.group(QUESTIONS)
    second = teller.colleague(slug, head)
    parents, pupils = To(audience=Audience.PARENTS, unit=school), To(audience=Audience.PUPILS, unit=school)
    teller.promise(slug, head, LETTERS, ago=80, due=100, to=parents, second=second, serves=True)
    teller.promise(slug, head, QUIET_ROOM, ago=75, due=80, to=pupils, second=second)
    member: Person = (
        group.memberships.on(teller.calendar.today).select_related("person").order_by("person_id")[0].person
    )
    teller.promise(slug, member, PICTURES, ago=60, due=45, by=By(group=group), to=pupils, serves=True)
    teller.check_in(LETTERS, head, Going.WELL, ago=9, next_step="The office counts for four weeks")
    teller.check_in(PICTURES, member, Going.STUCK, ago=6, question=Question.DOING, text="The books came without them.")
    board = _set_up_board(teller, school, head, "What Castlewick promises", "castlewick-promises")
    _put(teller, board, head, LETTERS, LETTERS, next_step="The office counts for four weeks")
    _put(teller, board, head, PICTURES, PICTURES)
    _put(teller, board, head, QUIET_ROOM, QUIET_ROOM)
    entry = board_queries.list_entries(board)[0][2]
    with time.at(instant(teller.calendar.lately(12))):
        why = "The library is a classroom until the roof is mended."
        boards.take_off_board(actor=teller.actor(head), entry=entry, why=why)


def _tell_thornmere(teller: Teller) -> None:
    slug, principal, facilitator = story.THORNMERE, teller.cast("principal"), teller.cast("facilitator")
    teacher, left, group = teller.cast("teacher"), teller.cast("left_head"), teller.group(READING)
    teller.promise(slug, principal, TIMETABLE, ago=100, due=-9, second=facilitator)
    teller.check_in(TIMETABLE, principal, Going.SLOWLY, ago=40, next_step="Two rooms are still missing")
    last_day = teller.calendar.year(2) - dt.timedelta(days=20)
    ago = (teller.calendar.today - last_day).days
    teller.promise(slug, left, WORKLOAD, ago=ago, due=30)
    teller.promise(slug, principal, VISITS, ago=8, due=90, by=By(person=teacher))
    reading = {"by": By(group=group), "to": To(audience=Audience.PUPILS, unit=teller.unit(slug)), "serves": True}
    teller.promise(slug, facilitator, READ_ALOUD, ago=30, due=75, **reading)
    with time.at(instant(teller.calendar.lately(35))):
        actor = teller.actor(facilitator)
        keeper = roles.add_role(
            actor=actor,
            group=group,
            title="Keeper of what we found",
            purpose="So that nothing is found twice.",
            obligations=["Write down in three lines what each try showed.", "Bring it to the next meeting."],
            works=[Work.GATHERING],
        )
        roles.give_role(actor=actor, role=keeper, person=teacher)
        roles.add_role(actor=actor, group=group, title="Questioner", works=[Work.IDEAS, Work.SOLVING])


def _set_up_board(teller: Teller, school: Unit, head: Person, title: str, address: str) -> Board:
    with time.at(instant(teller.calendar.lately(55))):
        intro = "Few promises, in public, so that you can hold us to them. Tell us when one is not kept."
        return boards.set_up_board(
            actor=teller.actor(head), unit=school, title=title, address=address, intro=intro, is_public=True
        )


def _put(teller: Teller, board: Board, head: Person, what: str, words: str, **more: str) -> None:
    with time.at(instant(teller.calendar.lately(54))):
        boards.put_on_board(actor=teller.actor(head), board=board, promise=teller.told[what], words=words, **more)
