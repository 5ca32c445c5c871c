"""The demo community: a story told from a seed. Same seed and same last day, same rows."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from collegium.base.models import Event
from collegium.people.demo import staff, story, structure, trail, working
from collegium.people.demo.book import Book
from collegium.people.demo.calendar import Calendar
from collegium.people.models import Community, Person

SEED = 2005
BUILT = "demo.built"

__all__ = ["SEED", "Built", "build", "get_built", "list_cast", "story", "tell"]


@dataclass(frozen=True, slots=True)
class Built:
    """What a database says about the demo in it."""

    community_id: uuid.UUID
    seed: int
    today: dt.date
    version: int


def tell(*, seed: int, today: dt.date) -> Book:
    """Tell the story up to `today` without writing anything."""
    book = Book(seed=seed, calendar=Calendar.ending(today))
    for chapter in (structure, staff, working, trail):
        chapter.tell(book)
    book.event(BUILT, book.community.id, today, seed=seed, today=today.isoformat(), version=story.VERSION)
    return book


@transaction.atomic
def build(*, seed: int, today: dt.date) -> Community:
    """Write the demo community: all of it or, when stopped, nothing."""
    return tell(seed=seed, today=today).write()


def get_built() -> Built | None:
    """Return what was built in this database, or None."""
    event = Event.objects.filter(verb=BUILT).order_by("-at").first()
    if event is None or event.community_id is None:
        return None
    data = event.data
    return Built(event.community_id, data["seed"], dt.date.fromisoformat(data["today"]), data["version"])


def list_cast(community_id: uuid.UUID) -> list[tuple[str, Person]]:
    """Return the people whom the story puts forward, with what they are, those who were erased left out."""
    persons = {person.email: person for person in Person.objects.filter(community_id=community_id).exclude(email="")}
    return [(part.label, persons[part.name.email]) for part in story.CAST if part.label and part.name.email in persons]
