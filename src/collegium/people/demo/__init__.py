"""The demo community: a story told from a seed. Same seed and same last day, same rows."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from collegium.people.demo import staff, story, structure, working
from collegium.people.demo.book import Book
from collegium.people.demo.calendar import Calendar
from collegium.people.models import Community

SEED = 2005

__all__ = ["SEED", "build", "story", "tell"]


def tell(*, seed: int, today: dt.date) -> Book:
    """Tell the story up to `today` without writing anything."""
    book = Book(seed=seed, calendar=Calendar.ending(today))
    for chapter in (structure, staff, working):
        chapter.tell(book)
    return book


@transaction.atomic
def build(*, seed: int, today: dt.date) -> Community:
    """Write the demo community: all of it or, when stopped, nothing."""
    return tell(seed=seed, today=today).write()
