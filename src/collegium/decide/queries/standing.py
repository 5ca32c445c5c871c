"""What somebody is to a matter, and who takes part in it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from collegium.base import time
from collegium.decide.enums import Voice
from collegium.decide.models import Matter, Part
from collegium.decide.policies import Standing
from collegium.people import policies as people
from collegium.people.actors import Actor
from collegium.people.models import GroupMembership, Person, Post
from collegium.people.places import Place
from collegium.people.queries import persons, structure

_STRONGEST_FIRST = (Voice.VOTE, Voice.VOICE)


def own_parts(actor: Actor, own_groups: frozenset[uuid.UUID]) -> Q:
    """Return the condition that a part is the actor's: of a unit they work in, a group they are in, or themselves."""
    return Q(unit_id__in=actor.member_of) | Q(group_id__in=own_groups) | Q(person_id=actor.person_id)


def get_standing(actor: Actor, matter: Matter, place: Place) -> Standing:
    """Return what the actor is to a matter today. Who is added as a person has what they were added with."""
    own_groups = persons.list_own_group_ids(actor, time.today())
    parts = list(Part.objects.filter(own_parts(actor, own_groups), matter=matter))
    as_person = [Voice(part.voice) for part in parts if part.person_id]
    voices = as_person or [voice for voice in _STRONGEST_FIRST if voice in {part.voice for part in parts}]
    return Standing(
        facilitates=actor.person_id in {matter.facilitator_id, matter.second_id},
        stewards=people.can_steward(actor, place),
        in_unit=people.can_view_people(actor, place),
        voice=voices[0] if voices else None,
    )


@dataclass(frozen=True, slots=True)
class TakesPart:
    """A person who takes part, and what they have."""

    person_id: uuid.UUID
    voice: Voice


def list_taking_part(matter: Matter, as_of: dt.date) -> list[TakesPart]:
    """Return everybody who takes part on the day, each once: a vote beats a voice, unless they were added by name."""
    found: dict[uuid.UUID, Voice] = {}
    parts = list(Part.objects.filter(matter=matter))
    for voice in _STRONGEST_FIRST:
        for person_id in _people_of([part for part in parts if part.voice == voice], as_of):
            found.setdefault(person_id, voice)
    found |= {part.person_id: Voice(part.voice) for part in parts if part.person_id is not None}
    there = set(_still_here(found).values_list("id", flat=True))
    return [TakesPart(person_id, voice) for person_id, voice in sorted(found.items()) if person_id in there]


def _people_of(parts: list[Part], as_of: dt.date) -> Iterable[uuid.UUID]:
    """Yield who is in the units and groups of some parts, in two statements however many these are."""
    of_units, group_ids = Q(pk__in=[]), []
    for part in parts:
        if part.unit_id is not None:
            of_units |= Q(unit_id__in=structure.inside(part.unit_id, as_of))
        elif part.group_id is not None:
            group_ids.append(part.group_id)
    yield from Post.objects.on(as_of).filter(of_units).values_list("person_id", flat=True)
    memberships = GroupMembership.objects.on(as_of).filter(group_id__in=group_ids)
    yield from memberships.values_list("person_id", flat=True)


def _still_here(ids: Iterable[uuid.UUID]) -> QuerySet[Person]:
    return Person.objects.filter(id__in=list(ids), erased_at__isnull=True)


def list_names_taking_part(matter: Matter, as_of: dt.date) -> dict[uuid.UUID, str]:
    """Return id and name of everybody who takes part, for mentions; the caller has found the matter for somebody."""
    return persons.get_names(each.person_id for each in list_taking_part(matter, as_of))
