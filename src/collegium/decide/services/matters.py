"""Matters: asked, changed, moved from stage to stage; and who takes part in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from collegium.base import prose, time
from collegium.decide import policies
from collegium.decide.enums import BEFORE_OUTCOME, Public, Readers, Stage, Voice
from collegium.decide.errors import Conflict, Invalid
from collegium.decide.models import DecisionRight, Matter, Part
from collegium.decide.policies import Standing
from collegium.people.actors import Actor
from collegium.people.models import Group, Person, Unit
from collegium.people.services.writing import check_open, check_same_community, locate, record, tidy

QUESTION_LIMIT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is said about a matter: the question, what is behind it, who facilitates, until when, who may read it."""

    question: str
    background: str = ""
    facilitator: Person | None = None
    second: Person | None = None
    decide_by: dt.date | None = None
    readers: str = Readers.UNIT


@dataclass(frozen=True, slots=True)
class Whom:
    """Somebody to take part: a unit, a group or a person, with a vote or with a voice alone."""

    unit: Unit | None = None
    group: Group | None = None
    person: Person | None = None
    voice: Voice = Voice.VOTE


@transaction.atomic
def ask(
    *,
    actor: Actor,
    unit: Unit,
    asked: Asked,
    whom: Sequence[Whom],
    group: Group | None = None,
    moves_right: DecisionRight | None = None,
) -> Matter:
    """Ask a question of a unit or a group. Whoever asks facilitates it unless somebody else is named."""
    policies.check_can_start(actor, locate(unit))
    check_open(unit, time.today())
    if group is not None and group.unit_id != unit.id:
        raise Invalid("group_elsewhere")
    if not any(each.voice == Voice.VOTE for each in whom):
        raise Invalid("nobody_takes_part")
    matter = Matter(
        community_id=actor.community_id,
        unit=unit,
        group=group,
        moves_right=moves_right,
        created_by_id=actor.recorded_id,
    )
    _fill(actor, matter, asked)
    if matter.facilitator_id is None and matter.second_id != actor.recorded_id:
        matter.facilitator_id = actor.recorded_id
    matter.save(force_insert=True)
    for each in whom:
        _add(actor, matter, each)
    record(actor, "matter.asked", matter, unit_id=unit.id, title=matter.question)
    return matter


def _fill(actor: Actor, matter: Matter, asked: Asked) -> None:
    check_same_community(actor, *(each for each in (asked.facilitator, asked.second) if each is not None))
    if asked.facilitator is not None and asked.facilitator == asked.second:
        raise Invalid("facilitators_same")
    if asked.decide_by is not None and asked.decide_by != matter.decide_by and asked.decide_by < time.today():
        raise Invalid("decide_by_past")
    matter.question = tidy(asked.question, limit=QUESTION_LIMIT)
    matter.background = prose.tidy(asked.background)
    matter.facilitator, matter.second = asked.facilitator, asked.second
    matter.decide_by = asked.decide_by
    matter.readers = Readers(asked.readers)


@transaction.atomic
def change(*, actor: Actor, matter: Matter, standing: Standing, asked: Asked) -> Matter:
    """Change what is said about a matter."""
    policies.check_can_facilitate(actor, locate(matter.unit), standing)
    _lock_open(matter)
    _fill(actor, matter, asked)
    matter.save()
    record(actor, "matter.changed", matter, unit_id=matter.unit_id, title=matter.question)
    return matter


def _lock_open(matter: Matter) -> None:
    held = Matter.objects.select_for_update().get(id=matter.id)
    if held.stage == Stage.CLOSED:
        raise Conflict("matter_closed")


@transaction.atomic
def move(*, actor: Actor, matter: Matter, standing: Standing, stage: Stage) -> Matter:
    """Move a matter to another stage before its outcome, on or back."""
    policies.check_can_facilitate(actor, locate(matter.unit), standing)
    _lock_open(matter)
    if stage not in BEFORE_OUTCOME:
        raise Invalid("stage_by_itself")
    if matter.stage not in BEFORE_OUTCOME:
        raise Conflict("outcome_is_out")
    matter.stage = stage
    matter.save(update_fields=["stage"])
    record(actor, "matter.moved", matter, unit_id=matter.unit_id, title=matter.question)
    return matter


@transaction.atomic
def close(*, actor: Actor, matter: Matter, standing: Standing, why: str) -> Matter:
    """Close a matter that needs no decision any more; the reason stands in its background for all to read."""
    policies.check_can_facilitate(actor, locate(matter.unit), standing)
    _lock_open(matter)
    if matter.stage not in BEFORE_OUTCOME:
        raise Conflict("outcome_is_out")
    if matter.polls.filter(state="open").exists():
        raise Conflict("polls_running")
    reason = prose.tidy(why)
    if not reason:
        raise Invalid("why_missing")
    matter.background = f"{matter.background}\n\n> {reason}".strip()
    matter.stage, matter.closed_at = Stage.CLOSED, time.now()
    matter.save(update_fields=["background", "stage", "closed_at"])
    record(actor, "matter.closed", matter, unit_id=matter.unit_id, title=matter.question)
    return matter


@transaction.atomic
def make_public(*, actor: Actor, matter: Matter, public: str) -> Matter:
    """Say who reads what is decided here, and why, without signing in."""
    policies.check_can_make_public(actor, locate(matter.unit))
    matter.public = Public(public)
    matter.save(update_fields=["public"])
    record(actor, "matter.made_public", matter, unit_id=matter.unit_id, title=matter.question)
    return matter


@transaction.atomic
def add_part(*, actor: Actor, matter: Matter, standing: Standing, whom: Whom) -> Part:
    """Let somebody more take part. Who votes in a vote that is open was written down when it opened."""
    policies.check_can_facilitate(actor, locate(matter.unit), standing)
    _lock_open(matter)
    part = _add(actor, matter, whom)
    record(actor, "matter.part_added", matter, unit_id=matter.unit_id, title=matter.question)
    return part


def _add(actor: Actor, matter: Matter, whom: Whom) -> Part:
    check_same_community(actor, *(each for each in (whom.unit, whom.group, whom.person) if each is not None))
    key = {"unit": whom.unit, "group": whom.group, "person": whom.person}
    defaults = {"community_id": matter.community_id, "voice": whom.voice}
    part, is_new = Part.objects.get_or_create(matter=matter, **key, defaults=defaults)
    if not is_new:
        raise Conflict("takes_part_already")
    return part


@transaction.atomic
def remove_part(*, actor: Actor, matter: Matter, standing: Standing, part: Part) -> None:
    """Let somebody take part no more; the last who have a vote stay."""
    policies.check_can_facilitate(actor, locate(matter.unit), standing)
    _lock_open(matter)
    others = Part.objects.filter(matter=matter, voice=Voice.VOTE).exclude(id=part.id)
    if not others.exists():
        raise Conflict("nobody_takes_part")
    part.delete()
    record(actor, "matter.part_removed", matter, unit_id=matter.unit_id, title=matter.question)
