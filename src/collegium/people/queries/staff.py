"""Who works in a unit: lists by team, counts by level, and how long people have been there."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection
from django.db.models import Case, Count, Q, QuerySet, Value, When

from collegium.people import tenure
from collegium.people.actors import Actor
from collegium.people.enums import Level
from collegium.people.errors import NotFound
from collegium.people.models import Post
from collegium.people.places import Place
from collegium.people.queries import structure

BEFORE_RECORDS = dt.date(1, 1, 1)
STILL_HERE = dt.date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Span:
    """So many people were first here on one day and last on another (None: since before our records, still here)."""

    first_on: dt.date | None
    last_on: dt.date | None
    people: int


def _posts_within(unit_id: uuid.UUID, as_of: dt.date) -> QuerySet[Post]:
    return Post.objects.on(as_of).filter(unit_id__in=structure.inside(unit_id, as_of))


# Grouping before counting is a third quicker on SQLite than COUNT(DISTINCT), for a district of 50,000.
_COUNT_PEOPLE = """
SELECT COUNT(*) FROM (
    SELECT 1 FROM people_post WHERE unit_id IN ({inside})
       AND (starts_on IS NULL OR starts_on <= %s) AND (ends_on IS NULL OR ends_on > %s) GROUP BY person_id
) AS person
"""


def count_people(unit_id: uuid.UUID, as_of: dt.date) -> int:
    """Return how many people hold a post in the unit or within it; each counts once."""
    inside, parameters = structure.inside_statement(unit_id, as_of)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_PEOPLE.format(inside=inside), [*parameters, as_of, as_of])
        counted: int = cursor.fetchone()[0]
    return counted


def count_by_level(unit_id: uuid.UUID, as_of: dt.date) -> dict[Level, int]:
    """Return how many posts are held at each level."""
    # Counted over a column of the index, which the primary key is not.
    counts = {level.value: Count("person_id", filter=Q(level=level)) for level in Level}
    found = _posts_within(unit_id, as_of).aggregate(**counts)
    return {level: found[level.value] for level in Level}


def count_newcomers(unit_id: uuid.UUID, as_of: dt.date) -> int:
    """Return how many people there have held a post in the unit or within it for less than a year."""
    since = tenure.years_before(as_of, 1)
    posts = _posts_within(unit_id, as_of)
    longer = Post.objects.filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=since), unit_id__in=structure.inside(unit_id, as_of)
    )
    recent = posts.filter(starts_on__gt=since).exclude(person_id__in=longer.values("person_id"))
    counted: int = recent.aggregate(n=Count("person_id", distinct=True))["n"]
    return counted


def list_posts(place: Place, *, text: str = "", level: str = "", only_itself: bool = False) -> QuerySet[Post]:
    """Return the posts of a unit and its teams, by team and name, with person and unit; the erased are left out."""
    posts = Post.objects.on(place.as_of).filter(person__erased_at__isnull=True)
    posts = (
        posts.filter(unit_id=place.unit_id)
        if only_itself
        else posts.filter(unit_id__in=structure.inside(place.unit_id, place.as_of))
    )
    for word in text.split():
        posts = posts.filter(
            Q(person__given_name__icontains=word) | Q(person__family_name__icontains=word) | Q(title__icontains=word)
        )
    if level:
        posts = posts.filter(level=level)
    itself_first = Case(When(unit_id=place.unit_id, then=Value(0)), default=Value(1))
    return posts.select_related("person", "unit").order_by(
        itself_first, "unit__name", "unit_id", "person__family_name", "person__given_name", "title", "id"
    )


def count_erased(place: Place) -> int:
    """Return how many of those who held a post here on the day have had their details erased since."""
    posts = _posts_within(place.unit_id, place.as_of).filter(person__erased_at__isnull=False)
    counted: int = posts.aggregate(n=Count("person_id", distinct=True))["n"]
    return counted


_SPANS = """
SELECT first_on, last_on, COUNT(*) FROM (
    SELECT MIN(COALESCE(starts_on, %s)) AS first_on, MAX(COALESCE(ends_on, %s)) AS last_on
      FROM people_post WHERE unit_id IN ({inside}) AND (starts_on IS NULL OR starts_on <= %s) GROUP BY person_id
) AS person GROUP BY first_on, last_on
"""


def list_spans(unit_id: uuid.UUID, as_of: dt.date) -> list[Span]:
    """Return from when to when people have been in the unit as it is made up on the day, counted by equal dates.

    Somebody who left and came back, or changed post, counts from their first day to their last.
    """
    inside, parameters = structure.inside_statement(unit_id, as_of)
    with connection.cursor() as cursor:
        cursor.execute(_SPANS.format(inside=inside), [BEFORE_RECORDS, STILL_HERE, *parameters, as_of])
        rows = [(_read_day(first_on), _read_day(last_on), people) for first_on, last_on, people in cursor.fetchall()]
    return [
        Span(
            first_on=None if first_on == BEFORE_RECORDS else first_on,
            last_on=None if last_on == STILL_HERE else last_on,
            people=people,
        )
        for first_on, last_on, people in rows
    ]


def _read_day(value: dt.date | str) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)


def list_comings_and_goings(place: Place, since: dt.date, limit: int) -> list[Post]:
    """Return the posts that began or ended between a day and the day of the place, the latest first."""
    posts = Post.objects.filter(
        Q(starts_on__gt=since, starts_on__lte=place.as_of) | Q(ends_on__gt=since, ends_on__lte=place.as_of),
        unit_id__in=structure.inside(place.unit_id, place.as_of),
        person__erased_at__isnull=True,
    )
    ended = Q(ends_on__lte=place.as_of)
    latest = posts.filter(ended).order_by("-ends_on", "id")[:limit].select_related("person", "unit")
    begun = posts.filter(starts_on__gt=since).order_by("-starts_on", "id")[:limit].select_related("person", "unit")
    return [*latest, *begun]


def get_post_for(actor: Actor, place: Place, post_id: uuid.UUID) -> Post:
    """Return a post in the unit itself; NotFound when it is of another one."""
    posts = Post.objects.filter(id=post_id, unit_id=place.unit_id, community_id=actor.community_id)
    post: Post | None = posts.select_related("person", "unit").first()
    if post is None:
        raise NotFound
    return post


@dataclass(frozen=True, slots=True)
class MainPost:
    """Where a person is counted: their main post in a unit or within it."""

    person_id: uuid.UUID
    unit_id: uuid.UUID
    level: str


def list_main_posts(unit_id: uuid.UUID, as_of: dt.date) -> list[MainPost]:
    """Return everybody who holds a post in a unit or within it, once, with the main one of their posts there."""
    posts = _posts_within(unit_id, as_of).filter(person__erased_at__isnull=True)
    rows = posts.order_by("person_id", "-is_primary", "starts_on", "id").values_list("person_id", "unit_id", "level")
    found: dict[uuid.UUID, MainPost] = {}
    for row in rows.iterator():
        found.setdefault(row[0], MainPost(*row))
    return list(found.values())


def count_at_levels(
    unit_id: uuid.UUID, levels: Collection[str], as_of: dt.date, *, only_without_address: bool = False
) -> int:
    """Return how many people's main post in a unit or within it is at one of the levels, without reading them all."""
    posts = _posts_within(unit_id, as_of).filter(person__erased_at__isnull=True)
    if only_without_address:
        posts = posts.filter(person__email="")
    somewhere = posts.filter(level__in=levels).values("person_id").distinct().count()
    # Of the few who hold posts at other levels too, the main one decides.
    elsewhere = posts.exclude(level__in=levels).values("person_id")
    mixed = posts.filter(person_id__in=elsewhere).order_by("person_id", "-is_primary", "starts_on", "id")
    held: dict[uuid.UUID, list[str]] = {}
    for person_id, level in mixed.values_list("person_id", "level"):
        held.setdefault(person_id, []).append(level)
    return somewhere - sum(each[0] not in levels and any(level in levels for level in each) for each in held.values())


def has_people(unit_id: uuid.UUID, as_of: dt.date) -> bool:
    """Say whether anybody holds a post in the unit or within it."""
    return _posts_within(unit_id, as_of).exists()
