"""Visions, intents, challenges: those of a unit, and one of them, for somebody who may read it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q, QuerySet

from collegium.base import time
from collegium.intend import policies
from collegium.intend.enums import Standing
from collegium.intend.errors import NotFound
from collegium.intend.models import Challenge, Conversation, Dissent, Intent, IntentLink, Vision
from collegium.intend.models.line import Standable
from collegium.people.actors import Actor
from collegium.people.models import Unit
from collegium.people.places import Place
from collegium.people.queries import places, structure

Thing = TypeVar("Thing", bound=Standable)
KINDS: dict[str, type[Standable]] = {"visions": Vision, "intents": Intent, "challenges": Challenge}
_ABOVE: dict[type[Standable], tuple[str, ...]] = {
    Vision: (),
    Intent: ("vision__unit",),
    Challenge: ("intent__unit", "owner", "second_owner"),
}
CONVERSATIONS_LIMIT = 50
LINKABLE_LIMIT = 200


def get_unit_for(actor: Actor, place: Place) -> Unit:
    """Return the unit of a place for drafting in it."""
    policies.check_can_draft(actor, place)
    return Unit.objects.get(id=place.unit_id, community_id=actor.community_id)


def get_thing_for(actor: Actor, place: Place, kind: str, thing_id: uuid.UUID) -> Standable:
    """Return what a unit has written, by the kind its address names; NotFound when absent or not theirs to read."""
    model = KINDS.get(kind)
    if model is None:
        raise NotFound
    return _get(actor, place, model, thing_id)


def get_vision_for(actor: Actor, place: Place, vision_id: uuid.UUID) -> Vision:
    """Return a vision of the unit; NotFound when absent or not theirs to read."""
    return _get(actor, place, Vision, vision_id)


def get_intent_for(actor: Actor, place: Place, intent_id: uuid.UUID) -> Intent:
    """Return an intent of the unit; NotFound when absent or not theirs to read."""
    return _get(actor, place, Intent, intent_id)


def get_challenge_for(actor: Actor, place: Place, challenge_id: uuid.UUID) -> Challenge:
    """Return a challenge of the unit; NotFound when absent or not theirs to read."""
    return _get(actor, place, Challenge, challenge_id)


def find_challenge_for(actor: Actor, challenge_id: uuid.UUID) -> tuple[Place, Challenge]:
    """Return a challenge and the place of its unit; NotFound when absent or not theirs to read."""
    unit = Unit.objects.filter(
        id__in=Challenge.objects.filter(id=challenge_id).values("unit_id"), community_id=actor.community_id
    ).first()
    if unit is None:
        raise NotFound
    place = places.locate(unit, time.today())
    return place, get_challenge_for(actor, place, challenge_id)


def _get(actor: Actor, place: Place, model: type[Thing], thing_id: uuid.UUID) -> Thing:
    rows = model._default_manager.filter(  # noqa: SLF001 Django's own name
        id=thing_id, unit_id=place.unit_id, community_id=actor.community_id
    )
    thing = rows.select_related("unit", "text", *_ABOVE[model]).first()
    if thing is None or not policies.can_view_written(actor, place, thing.is_public):
        raise NotFound
    return thing


def _readable(actor: Actor, place: Place, model: type[Thing]) -> QuerySet[Thing]:
    """Return what a unit has written that the actor may read, the newest last; what was withdrawn is left out."""
    rows: QuerySet[Thing] = model._default_manager.filter(  # noqa: SLF001 Django's own name
        unit_id=place.unit_id, community_id=actor.community_id
    )
    rows = rows.exclude(standing=Standing.WITHDRAWN).select_related("text")
    if not policies.can_view_drafts(actor, place):
        rows = rows.filter(standing=Standing.PUBLISHED)
    return rows.order_by("created_at", "id")


def list_visions_for(actor: Actor, place: Place) -> list[Vision]:
    """Return the visions of a unit that stand, drafts for its members."""
    return list(_readable(actor, place, Vision))


def list_intents_for(actor: Actor, place: Place) -> list[Intent]:
    """Return the intents of a unit that stand, drafts for its members."""
    return list(_readable(actor, place, Intent).select_related("vision"))


def list_challenges_for(actor: Actor, place: Place) -> list[Challenge]:
    """Return the challenges of a unit that stand, drafts for its members, by the day they should be met."""
    return list(_readable(actor, place, Challenge).order_by("by_on", "created_at", "id"))


def count_withdrawn_for(actor: Actor, place: Place) -> int:
    """Return how many things a unit has withdrawn that the actor may read."""
    return sum(rows.count() for rows in _withdrawn(actor, place))


def list_withdrawn_for(actor: Actor, place: Place) -> list[Standable]:
    """Return what a unit has withdrawn, the latest first."""
    found: list[Standable] = [thing for rows in _withdrawn(actor, place) for thing in rows]
    return sorted(found, key=lambda thing: thing.withdrawn_at or thing.created_at, reverse=True)


def _withdrawn(actor: Actor, place: Place) -> list[QuerySet[Standable]]:
    policies.check_can_view_line(actor, place)
    seen = Q() if policies.can_view_drafts(actor, place) else Q(published_at__isnull=False)
    return [
        model._default_manager.filter(  # noqa: SLF001 Django's own name
            seen, unit_id=place.unit_id, community_id=actor.community_id, standing=Standing.WITHDRAWN
        )
        for model in KINDS.values()
    ]


def list_visions_to_serve(actor: Actor, place: Place) -> list[Vision]:
    """Return the visions an intent of the unit may come from: its own, and published ones of units above it."""
    own = Q(unit_id=place.unit_id) & ~Q(standing=Standing.WITHDRAWN)
    above = Q(unit_id__in=place.above, standing=Standing.PUBLISHED)
    rows = Vision.objects.filter(own | above, community_id=actor.community_id).select_related("unit")
    return list(rows.order_by("unit__name", "created_at", "id")[:LINKABLE_LIMIT])


def list_intents_to_serve(actor: Actor, place: Place) -> list[Intent]:
    """Return the intents a challenge of the unit may belong to: its own, and published ones of units above it."""
    own = Q(unit_id=place.unit_id) & ~Q(standing=Standing.WITHDRAWN)
    above = Q(unit_id__in=place.above, standing=Standing.PUBLISHED)
    rows = Intent.objects.filter(own | above, community_id=actor.community_id).select_related("unit")
    return list(rows.order_by("unit__name", "created_at", "id")[:LINKABLE_LIMIT])


def list_intents_to_link(actor: Actor, intent: Intent) -> list[Intent]:
    """Return the published intents of other units that an intent could adopt or serve, those above it first."""
    taken = IntentLink.objects.filter(lower=intent, withdrawn_at__isnull=True).values("upper_id")
    rows = Intent.objects.filter(community_id=actor.community_id, standing=Standing.PUBLISHED)
    rows = rows.exclude(unit_id=intent.unit_id).exclude(id__in=taken).select_related("unit")
    above = structure.ids_above([intent.unit_id], time.today())
    found = list(rows.order_by("unit__name", "title", "id")[:LINKABLE_LIMIT])
    return sorted(found, key=lambda each: each.unit_id not in above)


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """What an intent adopts or serves, and what adopts or serves it."""

    above: list[IntentLink]
    below: list[IntentLink]


def list_links_for(actor: Actor, intent: Intent) -> Links:
    """Return how an intent stands to intents of other units, drafts of others left out."""
    open_links = IntentLink.objects.filter(community_id=actor.community_id, withdrawn_at__isnull=True)
    open_links = open_links.select_related("upper__unit", "lower__unit").order_by("created_at", "id")
    return Links(
        above=list(open_links.filter(lower=intent).exclude(upper__standing=Standing.WITHDRAWN)),
        below=list(open_links.filter(upper=intent, lower__standing=Standing.PUBLISHED)),
    )


def get_link_for(actor: Actor, intent: Intent, link_id: uuid.UUID) -> IntentLink:
    """Return what an intent adopts or serves; NotFound when it does not."""
    link = IntentLink.objects.filter(id=link_id, lower=intent, community_id=actor.community_id)
    found = link.filter(withdrawn_at__isnull=True).select_related("lower__unit", "upper__unit").first()
    if found is None:
        raise NotFound
    return found


# --- said around intents ----------------------------------------------------------------------------------------------
def list_conversations_for(actor: Actor, place: Place, intent: Intent | None = None) -> list[Conversation]:
    """Return the conversations of a unit, or about one of its intents, the latest first; they are its members'."""
    if not policies.can_view_drafts(actor, place):
        return []
    rows = Conversation.objects.filter(
        unit_id=place.unit_id, community_id=actor.community_id, withdrawn_at__isnull=True
    )
    if intent is not None:
        rows = rows.filter(intent=intent)
    return list(rows.select_related("intent").order_by("-held_on", "id")[:CONVERSATIONS_LIMIT])


def get_conversation_for(actor: Actor, place: Place, conversation_id: uuid.UUID) -> Conversation:
    """Return a conversation of the unit, for its members; NotFound for everybody else."""
    rows = Conversation.objects.filter(id=conversation_id, unit_id=place.unit_id, withdrawn_at__isnull=True)
    found = rows.filter(community_id=actor.community_id).select_related("unit").first()
    if found is None or not policies.can_view_drafts(actor, place):
        raise NotFound
    return found


def list_dissent_for(actor: Actor, place: Place, intent: Intent) -> list[Dissent]:
    """Return who sees an intent otherwise, and what was answered, for those who belong to its unit."""
    if not policies.can_view_drafts(actor, place):
        return []
    rows = Dissent.objects.filter(intent=intent, withdrawn_at__isnull=True, community_id=actor.community_id)
    return list(rows.order_by("said_at", "id"))


def get_dissent_for(actor: Actor, place: Place, intent: Intent, dissent_id: uuid.UUID) -> Dissent:
    """Return what somebody said who sees an intent otherwise; NotFound when absent, taken back, or not theirs."""
    rows = Dissent.objects.filter(id=dissent_id, intent=intent, community_id=actor.community_id)
    found = rows.filter(withdrawn_at__isnull=True).select_related("unit").first()
    if found is None or not policies.can_view_drafts(actor, place):
        raise NotFound
    return found
