"""Writing visions and intents: drafting, rewording, publishing, withdrawing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction

from collegium.base import time
from collegium.intend import policies
from collegium.intend.enums import Standing
from collegium.intend.errors import Conflict, Invalid
from collegium.intend.models import Challenge, Intent, Vision
from collegium.intend.models.line import TITLE_LIMIT, Standable
from collegium.intend.services import texts
from collegium.people.actors import Actor
from collegium.people.models import Unit
from collegium.people.services.writing import check_open, check_same_community, locate, record, tidy

REASON_LIMIT = 500
PARTS: Mapping[type[Standable], Collection[str]] = {
    Vision: ("title", "body"),
    Intent: ("title", "direction", "discovery", "destiny", "belief"),
    Challenge: ("title", "what", "how_known", "why", "why_now"),
}
REQUIRED: Mapping[type[Standable], Collection[str]] = {
    Vision: ("title", "body"),
    Intent: ("title", "direction"),
    Challenge: ("title", "what"),
}
Thing = TypeVar("Thing", bound=Standable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A changed text: its parts, why it was changed, and which version it was written from."""

    parts: Mapping[str, str]
    reason: str
    from_version: int


@transaction.atomic
def write_vision(*, actor: Actor, unit: Unit, parts: Mapping[str, str]) -> Vision:
    """Draft a vision for a unit."""
    vision = draft(actor, Vision, unit, parts)
    record(actor, "vision.drafted", vision, unit_id=unit.id)
    return vision


@transaction.atomic
def write_intent(
    *,
    actor: Actor,
    unit: Unit,
    parts: Mapping[str, str],
    vision: Vision | None = None,
    horizon_on: dt.date | None = None,
) -> Intent:
    """Draft a strategic intent for a unit, with the vision it comes from and how far it looks."""
    _check_horizon(horizon_on)
    check_serves_vision(actor, vision)
    intent = draft(actor, Intent, unit, parts, vision=vision, horizon_on=horizon_on)
    record(actor, "intent.drafted", intent, unit_id=unit.id)
    return intent


@transaction.atomic
def arrange_intent(*, actor: Actor, intent: Intent, vision: Vision | None, horizon_on: dt.date | None) -> Intent:
    """Change which vision an intent comes from, and how far it looks."""
    policies.check_can_reword(actor, locate(intent.unit), intent.is_public)
    check_standing(intent)
    if horizon_on != intent.horizon_on:
        _check_horizon(horizon_on)
    check_serves_vision(actor, vision)
    intent.vision, intent.horizon_on = vision, horizon_on
    intent.save(update_fields=["vision", "horizon_on"])
    record(actor, "intent.arranged", intent, unit_id=intent.unit_id)
    return intent


@transaction.atomic
def reword(*, actor: Actor, thing: Thing, wording: Wording) -> Thing:
    """Add a wording to a vision, an intent or a challenge; raises `TextMovedOn` when somebody else was faster."""
    policies.check_can_reword(actor, locate(thing.unit), thing.is_public)
    check_standing(thing)
    parts = {**wording.parts, "title": tidy(wording.parts["title"], limit=TITLE_LIMIT)}
    texts.reword_text(
        actor,
        thing.text,
        parts,
        reason=wording.reason,
        from_version=wording.from_version,
        required=REQUIRED[type(thing)],
    )
    thing.title = parts["title"]
    thing.save(update_fields=["title"])
    record(actor, f"{kind_of(thing)}.reworded", thing, unit_id=thing.unit_id, version=thing.text.version)
    return thing


@transaction.atomic
def publish(*, actor: Actor, thing: Thing) -> Thing:
    """Let everybody of the community read what was a draft."""
    policies.check_can_keep(actor, locate(thing.unit))
    _lock(thing)
    check_standing(thing)
    if thing.standing == Standing.PUBLISHED:
        raise Conflict("standing_published_already")
    thing.standing, thing.published_at = Standing.PUBLISHED, time.now()
    thing.save(update_fields=["standing", "published_at"])
    record(actor, f"{kind_of(thing)}.published", thing, unit_id=thing.unit_id)
    return thing


@transaction.atomic
def withdraw(*, actor: Actor, thing: Thing, because: str) -> Thing:
    """Withdraw with a reason that stays beside it; nothing is deleted."""
    policies.check_can_reword(actor, locate(thing.unit), thing.is_public)
    _lock(thing)
    check_standing(thing)
    thing.withdrawn_because = tidy(because, limit=REASON_LIMIT, required=False)
    if not thing.withdrawn_because:
        raise Invalid("withdrawal_reason_missing")
    thing.standing, thing.withdrawn_at = Standing.WITHDRAWN, time.now()
    thing.save(update_fields=["standing", "withdrawn_at", "withdrawn_because"])
    record(actor, f"{kind_of(thing)}.withdrawn", thing, unit_id=thing.unit_id)
    return thing


# --- for the services of this room ------------------------------------------------------------------------------------
def draft(actor: Actor, model: type[Thing], unit: Unit, parts: Mapping[str, str], **fields: object) -> Thing:
    """Write the row of a draft with its text, for whoever belongs to the unit."""
    policies.check_can_draft(actor, locate(unit))
    check_same_community(actor, unit)
    check_open(unit, time.today())
    title = tidy(parts.get("title", ""), limit=TITLE_LIMIT)
    text = texts.write_text(actor, {**parts, "title": title}, required=REQUIRED[model])
    return model._default_manager.create(  # noqa: SLF001 Django's own name
        community_id=actor.community_id,
        unit=unit,
        title=title,
        text=text,
        created_at=time.now(),
        created_by_id=actor.recorded_id,
        **fields,
    )


def check_standing(thing: Standable) -> None:
    """Raise when a thing has been withdrawn."""
    if thing.standing == Standing.WITHDRAWN:
        raise Conflict("standing_withdrawn")


def check_serves_vision(actor: Actor, vision: Vision | None) -> None:
    """Raise when an intent cannot come from a vision: it is withdrawn, or a draft of others."""
    if vision is None:
        return
    check_same_community(actor, vision)
    if vision.standing == Standing.WITHDRAWN or not policies.can_view_written(
        actor, locate(vision.unit), vision.is_public
    ):
        raise Invalid("serves_unknown")


def kind_of(thing: Standable) -> str:
    """Return the first word of the verbs about a thing."""
    return type(thing).__name__.lower()


def _check_horizon(day: dt.date | None) -> None:
    if day is not None and day <= time.today():
        raise Invalid("horizon_past")


def _lock(thing: Standable) -> None:
    thing.refresh_from_db(from_queryset=type(thing)._default_manager.select_for_update())  # noqa: SLF001 Django's own name
