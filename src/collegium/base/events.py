"""The one stream of what happened: behind the audit trail, the activity feed and the digests.

An event carries ids and plain facts. It never carries a name, an email address, the content of an anonymous answer or
of a secret ballot: those who may know look them up by id, and erasing a person leaves the stream as it is.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from collegium.base import time
from collegium.base.models import Event
from collegium.base.registries import Registry


def record(
    verb: str,
    *,
    community_id: uuid.UUID | None,
    actor_id: uuid.UUID | None,
    object_kind: str,
    object_id: uuid.UUID | None,
    unit_id: uuid.UUID | None = None,
    data: dict[str, Any] | None = None,
) -> Event:
    """Record one event, in the caller's transaction; `verb` is `object.happened`, such as `post.ended`."""
    return Event.objects.create(
        community_id=community_id,
        at=time.now(),
        actor_id=actor_id,
        verb=verb,
        object_kind=object_kind,
        object_id=object_id,
        unit_id=unit_id,
        data=data or {},
    )


_phrases: Registry[str, Any] = Registry("the wording of")


def register_phrases(phrases: Mapping[str, Any]) -> None:
    """Add how a room's verbs read in the trail: `{who} ended the post {title} of {whom}`; a verb is worded once."""
    for verb, phrase in phrases.items():
        _phrases.add(verb, phrase)


_kinds: Registry[str, Any] = Registry("the name of")


def register_kinds(kinds: Mapping[str, Any]) -> None:
    """Add what a room's events are about, for a filter of the trail: the first part of a verb, and its plural."""
    for kind, plural in kinds.items():
        _kinds.add(kind, plural)


def list_kinds() -> list[tuple[str, Any]]:
    """Return what events may be about, in the order in which the rooms came."""
    return list(_kinds.items())


def get_phrase(verb: str) -> str | None:
    """Return the translated phrase of a verb with its gaps in braces, or None when no room has worded it."""
    phrase = _phrases.get(verb)
    return None if phrase is None else str(phrase)
