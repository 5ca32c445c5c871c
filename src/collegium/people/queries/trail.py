"""The trail of what happened in a unit."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from collegium.base import time
from collegium.base.models import Event
from collegium.people.actors import Actor
from collegium.people.errors import NotFound
from collegium.people.models import Person
from collegium.people.places import Place
from collegium.people.queries import structure

PERSONS_LIMIT = 20


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What narrows the trail; everything may be left open."""

    kind: str = ""
    person: str = ""
    since: dt.date | None = None
    until: dt.date | None = None


def list_events(place: Place, narrow: TrailFilter | None = None, *, only_itself: bool = False) -> QuerySet[Event]:
    """Return what happened by the day in a unit and within it, or in itself alone, the latest first."""
    narrow = narrow or TrailFilter()
    # Units that were within it on a day gone by may have left since: what happened there later is theirs.
    events = Event.objects.filter(community_id=place.community_id, at__lt=time.start_of(_day_after(place.as_of)))
    if only_itself:
        events = events.filter(unit_id=place.unit_id)
    else:
        events = events.filter(unit_id__in=structure.inside(place.unit_id, place.as_of))
    if narrow.kind:
        events = events.filter(object_kind=narrow.kind)
    if narrow.person.strip():
        events = events.filter(_concerns(place.community_id, narrow.person))
    if narrow.since:
        events = events.filter(at__gte=time.start_of(narrow.since))
    if narrow.until:
        events = events.filter(at__lt=time.start_of(_day_after(narrow.until)))
    return events.order_by("-at", "id")


def _day_after(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=1) if day < dt.date.max else day


def _concerns(community_id: uuid.UUID, text: str) -> Q:
    """Events by or about anybody whose name holds all the words."""
    persons = Person.objects.filter(community_id=community_id, erased_at__isnull=True)
    for word in text.split():
        persons = persons.filter(Q(given_name__icontains=word) | Q(family_name__icontains=word))
    ids = list(persons.order_by("family_name", "id").values_list("id", flat=True)[:PERSONS_LIMIT])
    return Q(actor_id__in=ids) | Q(object_id__in=ids) | Q(data__person_id__in=[str(person_id) for person_id in ids])


def get_event_for(actor: Actor, place: Place, event_id: uuid.UUID) -> Event:
    """Return an event of the unit itself; NotFound when it is of another one."""
    event = Event.objects.filter(id=event_id, unit_id=place.unit_id, community_id=actor.community_id).first()
    if event is None:
        raise NotFound
    return event


def list_events_of_person(person_id: uuid.UUID, limit: int) -> list[Event]:
    """Return what a person did and what was done about them, the latest first."""
    concerns = Q(actor_id=person_id) | Q(object_id=person_id) | Q(data__person_id=str(person_id))
    return list(Event.objects.filter(concerns).order_by("-at", "id")[:limit])
