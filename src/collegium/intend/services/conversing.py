"""What is said around intents: conversations, dissent and its answer, and how intents of units stand to each other."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from collegium.base import prose, time
from collegium.intend import policies
from collegium.intend.enums import Standing
from collegium.intend.errors import Conflict, Invalid, NotAllowed
from collegium.intend.models import Conversation, Dissent, Intent, IntentLink
from collegium.intend.services.line import check_standing
from collegium.people.actors import Actor
from collegium.people.models import Community, Unit
from collegium.people.services.writing import check_same_community, locate, record, tidy

WHO_LIMIT, OUTCOME_LIMIT, NOTE_LIMIT, DISSENT_LIMIT = 200, 600, 500, 4000
OUTCOME_LINES = 3


@transaction.atomic
def record_conversation(
    *,
    actor: Actor,
    unit: Unit,
    held_on: dt.date,
    who: str,
    format: str,  # noqa: A002 the field's own name
    outcome: str,
    intent: Intent | None = None,
) -> Conversation:
    """Keep that a strategic conversation was held, and in three lines what came of it."""
    policies.check_can_draft(actor, locate(unit))
    if held_on > time.today():
        raise Invalid("conversation_to_come")
    lines = [" ".join(line.split()) for line in outcome.replace("\0", "").splitlines() if line.strip()]
    if len(lines) > OUTCOME_LINES or len("\n".join(lines)) > OUTCOME_LIMIT:
        raise Invalid("conversation_too_long", lines=OUTCOME_LINES, limit=OUTCOME_LIMIT)
    if not lines:
        raise Invalid("text_missing")
    if intent is not None and intent.unit_id != unit.id:
        raise Invalid("serves_unknown")
    kept = Conversation.objects.create(
        community_id=actor.community_id,
        unit=unit,
        intent=intent,
        held_on=held_on,
        who=tidy(who, limit=WHO_LIMIT, required=False),
        format=format,
        outcome="\n".join(lines),
        recorded_at=time.now(),
        recorded_by_id=actor.recorded_id,
    )
    record(actor, "conversation.recorded", kept, unit_id=unit.id)
    return kept


@transaction.atomic
def withdraw_conversation(*, actor: Actor, conversation: Conversation) -> Conversation:
    """Take a conversation off the page: whoever recorded it may, and those who keep the unit's line."""
    if conversation.recorded_by_id is None or conversation.recorded_by_id != actor.recorded_id:
        policies.check_can_keep(actor, locate(conversation.unit))
    if conversation.withdrawn_at is not None:
        raise Conflict("standing_withdrawn")
    conversation.withdrawn_at = time.now()
    conversation.save(update_fields=["withdrawn_at"])
    record(actor, "conversation.withdrawn", conversation, unit_id=conversation.unit_id)
    return conversation


# --- dissent ----------------------------------------------------------------------------------------------------------
@transaction.atomic
def say_dissent(*, actor: Actor, intent: Intent, body: str) -> Dissent:
    """Say under one's own name that one sees an intent otherwise; it stands beside it until one takes it back."""
    policies.check_can_draft(actor, locate(intent.unit))
    policies.check_can_view_written(actor, locate(intent.unit), intent.is_public)
    check_standing(intent)
    if actor.recorded_id is None:
        raise NotAllowed("members_only")
    words = _words(body)
    Community.objects.select_for_update().get(id=actor.community_id)
    if Dissent.objects.filter(intent=intent, person_id=actor.person_id, withdrawn_at__isnull=True).exists():
        raise Conflict("dissent_said_already")
    said = Dissent.objects.create(
        community_id=actor.community_id,
        intent=intent,
        unit_id=intent.unit_id,
        person_id=actor.person_id,
        body=words,
        said_at=time.now(),
    )
    record(actor, "dissent.said", said, unit_id=intent.unit_id)
    return said


@transaction.atomic
def withdraw_dissent(*, actor: Actor, dissent: Dissent) -> Dissent:
    """Take one's own dissent back; nobody else can."""
    policies.check_can_take_back(actor, dissent.person_id)
    if dissent.withdrawn_at is not None:
        raise Conflict("standing_withdrawn")
    dissent.withdrawn_at = time.now()
    dissent.save(update_fields=["withdrawn_at"])
    record(actor, "dissent.withdrawn", dissent, unit_id=dissent.unit_id)
    return dissent


@transaction.atomic
def answer_dissent(*, actor: Actor, dissent: Dissent, answer: str) -> Dissent:
    """Answer somebody who sees it otherwise; the answer stands under what they said, and changes nothing of it."""
    policies.check_can_keep(actor, locate(dissent.unit))
    if dissent.withdrawn_at is not None:
        raise Conflict("standing_withdrawn")
    dissent.answer, dissent.answered_at, dissent.answered_by_id = _words(answer), time.now(), actor.recorded_id
    dissent.save(update_fields=["answer", "answered_at", "answered_by"])
    record(actor, "dissent.answered", dissent, unit_id=dissent.unit_id)
    return dissent


def _words(body: str) -> str:
    words = prose.tidy(body, limit=DISSENT_LIMIT)
    if not words:
        raise Invalid("text_missing")
    return words


# --- intents above ----------------------------------------------------------------------------------------------------
@transaction.atomic
def link_intent(*, actor: Actor, lower: Intent, upper: Intent, kind: str, note: str = "") -> IntentLink:
    """Let an intent adopt or serve one of another unit. Several may stand above it; a circle is refused."""
    policies.check_can_keep(actor, locate(lower.unit))
    check_same_community(actor, lower, upper)
    check_standing(lower)
    if lower.id == upper.id:
        raise Invalid("link_to_itself")
    if upper.unit_id == lower.unit_id:
        raise Invalid("link_within_unit")
    if upper.standing != Standing.PUBLISHED:
        raise Invalid("link_not_published")
    # Two links made at the same moment must not close a circle between them.
    Community.objects.select_for_update().get(id=actor.community_id)
    if IntentLink.objects.filter(lower=lower, upper=upper, withdrawn_at__isnull=True).exists():
        raise Conflict("link_there_already")
    if lower.id in ids_of_intents_above(actor.community_id, upper.id):
        raise Invalid("link_in_a_circle")
    link = IntentLink.objects.create(
        community_id=actor.community_id,
        lower=lower,
        upper=upper,
        kind=kind,
        note=tidy(note, limit=NOTE_LIMIT, required=False),
        created_at=time.now(),
        created_by_id=actor.recorded_id,
    )
    record(actor, "intent.linked", lower, unit_id=lower.unit_id, upper_id=upper.id, kind=kind)
    return link


@transaction.atomic
def unlink_intent(*, actor: Actor, link: IntentLink) -> IntentLink:
    """Let an intent no longer adopt or serve another."""
    policies.check_can_keep(actor, locate(link.lower.unit))
    if link.withdrawn_at is not None:
        raise Conflict("standing_withdrawn")
    link.withdrawn_at = time.now()
    link.save(update_fields=["withdrawn_at"])
    record(actor, "intent.unlinked", link.lower, unit_id=link.lower.unit_id, upper_id=link.upper_id)
    return link


def ids_of_intents_above(community_id: uuid.UUID, intent_id: uuid.UUID) -> set[uuid.UUID]:
    """Return an intent and all that it serves, however far up."""
    uppers: dict[uuid.UUID, list[uuid.UUID]] = {}
    links = IntentLink.objects.filter(community_id=community_id, withdrawn_at__isnull=True)
    for lower_id, upper_id in links.values_list("lower_id", "upper_id"):
        uppers.setdefault(lower_id, []).append(upper_id)
    found, front = {intent_id}, [intent_id]
    while front:
        new = [each for each in uppers.get(front.pop(), ()) if each not in found]
        found.update(new)
        front.extend(new)
    return found
