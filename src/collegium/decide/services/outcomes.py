"""Publishing what was decided, telling those it affects, and looking at it again on the day that was said."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from collegium.base import events, prose, time
from collegium.decide import policies
from collegium.decide.enums import BEFORE_OUTCOME, Heard, PollState, Stage, Verdict
from collegium.decide.errors import Conflict, Invalid, NotAllowed
from collegium.decide.models import Carrying, Matter, Outcome, Poll, Theme, Told
from collegium.decide.policies import Standing
from collegium.decide.queries import heard
from collegium.decide.queries import outcomes as queries
from collegium.decide.queries import standing as standings
from collegium.decide.services import mailing, norms
from collegium.intend.promise_enums import Audience
from collegium.intend.services import promising
from collegium.people.actors import Actor
from collegium.people.models import Person, Post
from collegium.people.services.writing import locate, record
from collegium.science.choices.outcomes import Outcome as Carried

BATCH = 2000
ASKED_LIMIT = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Who does what by when."""

    person: Person
    what: str
    due_on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What was decided, why, what would make us stop, when we look at it again, and who carries it out."""

    statement: str
    reasons: str
    review_on: dt.date
    stop_if: str = ""
    poll: Poll | None = None
    steps: Sequence[Step] = ()
    moves: bool = False  # of a request to decide lower down: whether it is accepted


@transaction.atomic
def publish(*, actor: Actor, matter: Matter, standing: Standing, words: Words) -> Outcome:
    """Publish an outcome to everybody it affects. Nobody's question may be left without an answer before."""
    policies.check_can_facilitate(actor, locate(matter.unit), standing)
    held = Matter.objects.select_for_update().get(id=matter.id)
    _check_ready(held, words)
    last = Outcome.objects.filter(matter=held).aggregate(last=Max("number"))["last"] or 0
    outcome = Outcome.objects.create(
        community_id=held.community_id,
        matter=held,
        number=last + 1,
        poll=words.poll,
        statement=prose.tidy(words.statement),
        reasons=prose.tidy(words.reasons),
        stop_if=prose.tidy(words.stop_if),
        review_on=words.review_on,
        published_at=time.now(),
        published_by_id=actor.recorded_id,
    )
    for step in words.steps:
        _promise(actor, outcome, step)
    _tell(outcome)
    held.stage = matter.stage = Stage.CARRYING_OUT
    held.save(update_fields=["stage"])
    record(actor, "outcome.published", outcome, unit_id=held.unit_id, title=held.question)
    if words.moves:
        _move_right(actor, held, outcome)
    mailing.tell_later(outcome)
    return outcome


def _move_right(actor: Actor, matter: Matter, outcome: Outcome) -> None:
    """Change the register by what was accepted: carried by a vote, or said by those who write the register."""
    right = matter.moves_right
    if right is None or right.withdrawn_at is not None:
        raise Conflict("right_is_gone")
    carried = outcome.poll is not None and outcome.poll.result.get("outcome") == Carried.CARRIED.value
    if not carried and not policies.can_write_norms(actor, locate(matter.unit)):
        raise Conflict("move_not_carried")
    norms.move_down(right, outcome)


def _check_ready(matter: Matter, words: Words) -> None:
    if matter.stage == Stage.CLOSED:
        raise Conflict("matter_closed")
    if matter.stage not in BEFORE_OUTCOME:
        raise Conflict("outcome_is_out")
    if Poll.objects.filter(matter=matter, state=PollState.OPEN).exists():
        raise Conflict("polls_running")
    if not prose.tidy(words.statement) or not prose.tidy(words.reasons):
        raise Invalid("text_missing")
    if words.review_on <= time.today():
        raise Invalid("review_past")
    if words.poll is not None and words.poll.matter_id != matter.id:
        raise Invalid("point_elsewhere")
    if unanswered := Theme.objects.filter(matter=matter, kind="").count():
        raise Conflict("themes_unanswered", count=unanswered)
    if left_over := heard.count_unanswered(matter):
        raise Conflict("points_left_over", count=left_over)


def _promise(actor: Actor, outcome: Outcome, step: Step) -> None:
    """A step is a promise in the room where people intend; somebody else makes it themselves, or says why not."""
    made = promising.propose_promise(
        actor=actor,
        unit=outcome.matter.unit,
        words=promising.Words(what=step.what),
        by=promising.By(person=step.person),
        to=promising.To(audience=Audience.COLLEAGUES),
        due_on=step.due_on,
    )
    Carrying.objects.create(community_id=outcome.community_id, outcome=outcome, commitment=made)


def _tell(outcome: Outcome) -> None:
    """Write down whom it is sent to, with where they work today."""
    today = time.today()
    people = [each.person_id for each in standings.list_taking_part(outcome.matter, today)]
    posts = Post.objects.on(today).filter(person_id__in=people).order_by("is_primary", "-starts_on", "id")
    where: dict[uuid.UUID, uuid.UUID] = dict(posts.values_list("person_id", "unit_id"))
    Told.objects.bulk_create(
        (
            Told(
                community_id=outcome.community_id,
                outcome=outcome,
                person_id=person_id,
                unit_id=where.get(person_id),
            )
            for person_id in people
        ),
        batch_size=BATCH,
    )


@transaction.atomic
def say_heard(*, actor: Actor, told: Told, state: Heard, question: str = "") -> Told:
    """Say, as somebody it was sent to, that one knows and understands it; or ask."""
    if told.person_id != actor.person_id:
        raise NotAllowed("not_told")
    asked = prose.tidy(question, limit=ASKED_LIMIT)
    if state == Heard.ASKS and not asked:
        raise Invalid("why_missing")
    told.state, told.question = Heard(state), asked if state == Heard.ASKS else ""
    told.save(update_fields=["state", "question"])
    matter = told.outcome.matter
    record(actor, f"outcome.{told.state}", told.outcome, unit_id=matter.unit_id, title=matter.question)
    return told


def reopen(outcome: Outcome) -> None:
    """Open a matter again because the day of its review has come: with what was promised and what happened."""
    with transaction.atomic():
        held = Outcome.objects.select_for_update().get(id=outcome.id)
        if held.reopened_at is not None or held.reviewed_at is not None:
            return
        held.reopened_at = time.now()
        held.save(update_fields=["reopened_at"])
        Matter.objects.filter(id=held.matter_id, stage=Stage.CARRYING_OUT).update(stage=Stage.REVIEW)
        events.record(
            "outcome.reopened",
            community_id=held.community_id,
            actor_id=None,
            object_kind="outcome",
            object_id=held.id,
            unit_id=outcome.matter.unit_id,
            data={"title": outcome.matter.question},
        )


@transaction.atomic
def review(*, actor: Actor, matter: Matter, standing: Standing, verdict: Verdict, found: str) -> Outcome:
    """Say what was found: it stands, it is changed, or it is reversed. A change brings the matter back to proposals."""
    policies.check_can_facilitate(actor, locate(matter.unit), standing)
    held = Matter.objects.select_for_update().get(id=matter.id)
    if held.stage not in (Stage.CARRYING_OUT, Stage.REVIEW):
        raise Conflict("nothing_to_review")
    outcome = queries.get_latest(held)
    if outcome.reviewed_at is not None:
        raise Conflict("nothing_to_review")
    said = prose.tidy(found)
    if not said:
        raise Invalid("why_missing")
    outcome.verdict, outcome.found, outcome.reviewed_at = Verdict(verdict), said, time.now()
    outcome.save(update_fields=["verdict", "found", "reviewed_at"])
    goes_on = verdict == Verdict.CHANGE
    held.stage = matter.stage = Stage.PROPOSALS if goes_on else Stage.CLOSED
    held.closed_at = None if goes_on else time.now()
    held.save(update_fields=["stage", "closed_at"])
    record(actor, "outcome.reviewed", outcome, unit_id=held.unit_id, title=held.question)
    return outcome
