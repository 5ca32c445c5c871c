"""Who works in a unit: lists by team, counts by level, and how long people have been there."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import connection
from django.db.models import Case, Count, Max, Min, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

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


def count_people(unit_id: uuid.UUID, as_of: dt.date) -> int:
    """Return how many people hold a post in the unit or within it; each counts once."""
    counted: int = _posts_within(unit_id, as_of).aggregate(n=Count("person_id", distinct=True))["n"]
    return counted


def count_by_level(unit_id: uuid.UUID, as_of: dt.date) -> dict[Level, int]:
    """Return how many posts are held at each level."""
    rows = _posts_within(unit_id, as_of).order_by().values_list("level").annotate(n=Count("id"))
    counts = dict(rows)
    return {level: counts.get(level.value, 0) for level in Level}


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


def list_spans(unit_id: uuid.UUID, as_of: dt.date) -> list[Span]:
    """Return from when to when people have been in the unit as it is made up on the day, counted by equal dates.

    Somebody who left and came back, or changed post, counts from their first day to their last.
    """
    posts = Post.objects.filter(unit_id__in=structure.inside(unit_id, as_of)).exclude(starts_on__gt=as_of)
    people = (
        posts.order_by()
        .values("person_id")
        .annotate(first_on=Min(Coalesce("starts_on", BEFORE_RECORDS)), last_on=Max(Coalesce("ends_on", STILL_HERE)))
        .values("first_on", "last_on")
    )
    # The database counts: a district has tens of thousands of people, but few different first and last days.
    inner, values = people.query.sql_with_params()
    counting = f"SELECT first_on, last_on, COUNT(*) FROM ({inner}) spans GROUP BY first_on, last_on"  # noqa: S608 ours
    with connection.cursor() as cursor:
        cursor.execute(counting, values)
        return [Span(_known(first_on), _known(last_on), people) for first_on, last_on, people in cursor.fetchall()]


def _known(day: dt.date | str) -> dt.date | None:
    """Read a day of a span: SQLite answers with text, and either end may stand for "not known" or "still here"."""
    read = dt.date.fromisoformat(day) if isinstance(day, str) else day
    return None if read in (BEFORE_RECORDS, STILL_HERE) else read


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


def has_people(unit_id: uuid.UUID, as_of: dt.date) -> bool:
    """Say whether anybody holds a post in the unit or within it."""
    return _posts_within(unit_id, as_of).exists()
