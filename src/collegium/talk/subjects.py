"""What a conversation may hang on. A room registers each kind of its objects that people talk about.

This room knows neither the objects nor who may see them: it asks the room they belong to, each time.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from collegium.base.registries import Registry
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.talk.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An object that somebody may read the conversation about, and what they may do in it.

    `list_people` returns id and name of those who can be mentioned: of people who can read it, and nobody else.
    """

    kind: str
    id: uuid.UUID
    place: Place
    title: str
    url: str
    can_post: bool
    can_moderate: bool
    list_people: Callable[[], Mapping[uuid.UUID, str]]


# Returns the object as somebody may see it; raises NotFound when it is absent or not theirs.
Load = Callable[[Actor, uuid.UUID], Subject]
_kinds: Registry[str, Load] = Registry("the kind of conversations")


def register(kind: str, load: Load) -> None:
    """Let conversations hang on objects of a kind; a kind can be registered once."""
    _kinds.add(kind, load)


def get_subject_for(actor: Actor, kind: str, subject_id: uuid.UUID) -> Subject:
    """Return an object that the actor may read the conversation about; NotFound when absent or not theirs."""
    load = _kinds.get(kind)
    if load is None:
        raise NotFound
    return load(actor, subject_id)
