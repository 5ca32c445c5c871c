"""Writing the decisions of the story down, as people would have: through the services, on the days of the story."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

from collegium.base import time
from collegium.decide import talking
from collegium.decide.demo import story
from collegium.decide.enums import Answer, Heard, Method, Stage, Verdict
from collegium.decide.models import Idea, Matter, Outcome, Poll, Proposal, Told, Voter
from collegium.decide.policies import Standing
from collegium.decide.queries import standing as standings
from collegium.decide.services import closing, heard, ideas, mailing, matters, norms, outcomes, polls, proposals, voting
from collegium.decide.services.matters import Asked, Whom
from collegium.people.actors import Actor, operator_of
from collegium.people.demo import story as people_story
from collegium.people.demo.book import instant
from collegium.people.demo.calendar import Calendar
from collegium.people.models import Community, Person, Post, Unit
from collegium.people.queries import actors, structure
from collegium.people.services.writing import locate
from collegium.talk.enums import ReactionKind
from collegium.talk.models import Comment
from collegium.talk.services import comments


@dataclass
class Teller:
    """Who tells: the community as it was built, the calendar, and the dice of the seed."""

    community: Community
    seed: int
    calendar: Calendar
    _actors: dict[uuid.UUID, Actor] = field(default_factory=dict)

    def actor(self, person: Person) -> Actor:
        """Return a person as an actor on the last day, looked up once: telling gives nobody another role."""
        if person.id not in self._actors:
            self._actors[person.id] = actors.get_actor(person, self.calendar.today)
        return self._actors[person.id]

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """The units by slug."""
        return {unit.slug: unit for unit in Unit.objects.filter(community=self.community)}

    @cached_property
    def cast(self) -> Mapping[str, Person]:
        """The people whom the story names."""
        addresses = {part.name.email: part.key for part in people_story.CAST}
        rows = Person.objects.filter(community=self.community, email__in=addresses)
        return {addresses[person.email]: person for person in rows}

    def dice(self, of: str) -> random.Random:
        """Return the dice of a part of the story: what one part draws leaves the others as they are."""
        return random.Random(f"{self.seed}:decide:{of}")  # noqa: S311 a story, not a secret

    def staff(self, slug: str) -> list[Person]:
        """Return who works in a school today, in an order that stays."""
        today = self.calendar.today
        posts = Post.objects.on(today).filter(unit_id__in=structure.inside(self.units[slug].id, today))
        people = Person.objects.filter(id__in=posts.values("person_id"), erased_at__isnull=True)
        return list(people.order_by("family_name", "given_name", "id"))

    @contextmanager
    def days_ago(self, days: int, hour: int = 10) -> Iterator[None]:
        """Let it be so many days before the story ends."""
        with time.at(instant(self.calendar.lately(days), hour)):
            yield


@dataclass
class Deciding:
    """A matter that is told: who asked it, and who else facilitates."""

    teller: Teller
    matter: Matter
    first: Person
    second: Person

    def by(self, person: Person) -> dict[str, Actor | Standing]:
        """Return who acts, and what they are to the matter."""
        actor = self.teller.actor(person)
        return {"actor": actor, "standing": standings.get_standing(actor, self.matter, locate(self.matter.unit))}

    def say(self, person: Person, text: str, *asked_by: Person) -> Comment:
        """Let somebody say something, and others ask that it be answered."""
        actor = self.teller.actor(person)
        said = comments.write_comment(actor=actor, subject=talking.load(actor, self.matter.id), text=text)
        for other in asked_by:
            reader = self.teller.actor(other)
            subject = talking.load(reader, self.matter.id)
            comments.react(actor=reader, subject=subject, comment=said, kind=ReactionKind.PLEASE_ANSWER, is_on=True)
        return said

    def propose(self, person: Person, told: story.Told) -> Proposal:
        """Let somebody make the proposal of the story."""
        return proposals.propose(**self.by(person), matter=self.matter, title=told.title, text=told.text)  # type: ignore[arg-type]

    def answer(self, said: Comment, title: str, kind: Answer, words: str) -> None:
        """Put what was said under a theme, and answer it."""
        by = self.by(self.first)
        theme = heard.put_into_theme(**by, matter=self.matter, comment_ids={said.id}, title=title)  # type: ignore[arg-type]
        heard.answer_theme(**by, matter=self.matter, theme=theme, kind=kind, answer=words)  # type: ignore[arg-type]


def _ask(
    teller: Teller, slug: str, told: story.Told, first: Person, second: Person, decide_by: int | None = None
) -> Deciding:
    unit = teller.units[slug]
    asked = Asked(
        question=told.question,
        background=told.background,
        facilitator=first,
        second=second,
        decide_by=None if decide_by is None else time.today() + dt.timedelta(days=decide_by),
    )
    actor = teller.actor(first)
    return Deciding(teller, matters.ask(actor=actor, unit=unit, asked=asked, whom=[Whom(unit=unit)]), first, second)


def _open(deciding: Deciding, days: int, **opening: object) -> Poll:
    made = polls.Opening(closes_at=time.now() + dt.timedelta(days=days), **opening)  # type: ignore[arg-type]
    poll = polls.open_poll(**deciding.by(deciding.first), matter=deciding.matter, opening=made)  # type: ignore[arg-type]
    mailing.skip(poll=poll)
    return poll


def _vote(deciding: Deciding, poll: Poll, person: Person, marks: str | list[int | None], reason: str = "") -> None:
    cast = voting.cast_secret if poll.is_secret else voting.cast_open
    actor = deciding.teller.actor(person)
    cast(actor=actor, poll=poll, marks=marks, reason=reason)


def _roll(poll: Poll) -> list[Person]:
    """Return who may vote, in an order that stays."""
    people = Person.objects.filter(id__in=Voter.objects.filter(poll=poll).values("person_id"))
    return list(people.order_by("family_name", "given_name", "id"))


def _quietly(_done: int, _total: int, _step: str = "") -> None:
    """Report to nobody."""


def _close(poll: Poll) -> None:
    with time.at(poll.closes_at):
        closing.close(report=_quietly, poll_id=str(poll.id))


def tell_norms(teller: Teller) -> None:
    """Thornmere has written down how it decides, and whose decisions are whose."""
    unit, actor = teller.units[story.THORNMERE], operator_of(teller.community.id)
    district = next(each for each in teller.units.values() if each.kind == "district")
    with teller.days_ago(300):
        norms.write_norms(
            actor=actor,
            unit=unit,
            words=norms.Words(
                how=story.NORMS,
                consulted="Pupils, through their council, and the parents' evening.",
                safe_to_fail=story.SAFE,
            ),
        )
        for what, is_higher, lowest, reason in story.RIGHTS:
            holder = district if is_higher else unit
            norms.write_right(actor=actor, unit=unit, what=what, holder=holder, lowest=lowest, reason=reason)


def tell_reversed(teller: Teller) -> None:
    """Thornmere moved its meeting to Fridays by a majority, looked again after a term, and moved it back."""
    first, second = teller.cast["principal"], teller.cast["facilitator"]
    dice = teller.dice("meetings")
    with teller.days_ago(240):
        deciding = _ask(teller, story.THORNMERE, story.MEETINGS, first, second)
        made = deciding.propose(second, story.MEETINGS)
        bus = deciding.say(teller.cast["teacher"], "On Fridays the late bus leaves at three. Who stays?", second)
    with teller.days_ago(230):
        poll = _open(deciding, 5, method=Method.MAJORITY, question="Do we meet on Fridays?", proposal=made)
        for person in _roll(poll):
            if dice.random() < 0.7:
                _vote(deciding, poll, person, "yes" if dice.random() < 0.62 else "no")
    _close(poll)
    with teller.days_ago(222):
        deciding.answer(bus, "Getting home", Answer.CHANGED, "We end at ten to three.")
        heard.dissent(
            **deciding.by(teller.cast["teacher"]),  # type: ignore[arg-type]
            matter=deciding.matter,
            text="Clubs are why some pupils come at all. Thursday is full already.",
        )
        _publish(
            deciding,
            poll,
            "The whole staff meets on Fridays from two to ten to three, for one term.",
            "Most of those who voted can come then, and Mondays lose too many.",
            "If fewer than half come, or the clubs lose pupils.",
            review_in=90,
        )
    with teller.days_ago(120):
        outcomes.reopen(Outcome.objects.get(matter=deciding.matter))
        deciding.matter.refresh_from_db()
        outcomes.review(
            **deciding.by(first),  # type: ignore[arg-type]
            matter=deciding.matter,
            verdict=Verdict.REVERSE,
            found="About a third came, and two clubs ended. We meet on Mondays again, and ask anew in spring.",
        )


def tell_carried_out(teller: Teller) -> None:
    """Castlewick decided by consent what its corridors are for, and is carrying it out."""
    staff, dice = teller.staff(story.CASTLEWICK), teller.dice("corridors")
    first, second, third = dice.sample(staff, 3)
    with teller.days_ago(60):
        deciding = _ask(teller, story.CASTLEWICK, story.CORRIDORS, first, second)
        made = deciding.propose(third, story.CORRIDORS)
        who = deciding.say(second, "Who cleans the walls, and who answers what nobody can?", third)
    with teller.days_ago(45):
        poll = _open(deciding, 7, method=Method.CONSENT, question="A question wall in every corridor?", proposal=made)
        for person in _roll(poll):
            if dice.random() < 0.75:
                concerned = dice.random() < 0.15
                _vote(deciding, poll, person, "consent with a concern" if concerned else "consent")
    _close(poll)
    with teller.days_ago(30):
        deciding.answer(who, "Who looks after it", Answer.TAKEN_UP, "Each team has a corridor, and a week to answer.")
        outcome = _publish(
            deciding,
            poll,
            "Every corridor has a question wall from next month. Every team opens a lesson a week with one of them.",
            "Nobody objected; concerns were about time, so it is one lesson and not five.",
            "If no team has used it for two weeks.",
            review_in=90,
            steps=[
                outcomes.Step(person=first, what="Put up the walls", due_on=time.today() + dt.timedelta(days=35)),
                outcomes.Step(
                    person=second, what="Say in each team how it goes", due_on=time.today() + dt.timedelta(days=60)
                ),
            ],
        )
    with teller.days_ago(20):
        for told in Told.objects.filter(outcome=outcome).select_related("person", "outcome__matter"):
            if dice.random() < 0.6:
                actor = teller.actor(told.person)
                outcomes.say_heard(actor=actor, told=told, state=Heard.UNDERSTOOD)


def tell_deciding(teller: Teller) -> None:
    """Thornmere is voting in secret, by ranked choice, on what to do with an hour."""
    first, second = teller.cast["principal"], teller.cast["facilitator"]
    dice = teller.dice("hour")
    with teller.days_ago(12):
        deciding = _ask(teller, story.THORNMERE, story.HOUR, first, second, decide_by=16)
        _say_ideas(deciding)
        made = deciding.propose(teller.cast["teacher"], story.HOUR)
        Idea.objects.filter(matter=deciding.matter, number=1).update(proposal=made)
        deciding.say(second, "Whatever we choose: can it begin at eleven, not at ten?", teller.cast["teacher"])
        deciding.say(teller.cast["teacher"], "I would visit a lesson before I plan one.")
    with teller.days_ago(8):
        proposals.amend(
            **deciding.by(teller.cast["teacher"]),  # type: ignore[arg-type]
            proposal=made,
            title=story.HOUR.title,
            text=f"{story.HOUR.text} The first three weeks are for visiting alone.",
            why="Several said that they would rather see first.",
            written_from=1,
        )
    with teller.days_ago(3):
        poll = _open(
            deciding,
            9,
            method=Method.RANKED,
            question="What do we do with the hour on Wednesdays?",
            options=[(title, None) for title in story.HOUR_OPTIONS],
            is_secret=True,
            quorum_percent=50,
        )
    with teller.days_ago(2):
        for person in _roll(poll):
            if person not in teller.cast.values() and dice.random() < 0.4:
                marks: list[int | None] = dice.sample(range(1, 5), 4)
                _vote(deciding, poll, person, marks)
    assert deciding.matter.stage == Stage.DECIDING  # noqa: S101 the story says so


def _say_ideas(deciding: Deciding) -> None:
    """Three say what could be done, and others see it so too, before anything is proposed."""
    matter, teller = deciding.matter, deciding.teller
    matters.move(**deciding.by(deciding.first), matter=matter, stage=Stage.IDEAS)  # type: ignore[arg-type]
    others = [person for person in teller.staff(story.THORNMERE) if person not in teller.cast.values()]
    for who, text, seen_by in story.HOUR_IDEAS:
        idea = ideas.say(**deciding.by(teller.cast[who]), matter=matter, text=text)  # type: ignore[arg-type]
        for person in others[:seen_by]:
            ideas.mark(**deciding.by(person), idea=idea, is_on=True)  # type: ignore[arg-type]
    matters.move(**deciding.by(deciding.first), matter=matter, stage=Stage.PROPOSALS)  # type: ignore[arg-type]


def _publish(
    deciding: Deciding,
    poll: Poll,
    statement: str,
    reasons: str,
    stop_if: str,
    *,
    review_in: int,
    steps: list[outcomes.Step] | None = None,
) -> Outcome:
    deciding.matter.refresh_from_db()
    outcome = outcomes.publish(
        **deciding.by(deciding.first),  # type: ignore[arg-type]
        matter=deciding.matter,
        words=outcomes.Words(
            statement=statement,
            reasons=reasons,
            stop_if=stop_if,
            poll=poll,
            review_on=time.today() + dt.timedelta(days=review_in),
            steps=steps or (),
        ),
    )
    mailing.skip(outcome=outcome)
    return outcome
