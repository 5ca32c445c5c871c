"""Posts: giving, correcting and ending them."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from collegium.base import time
from collegium.people import policies
from collegium.people.actors import Actor
from collegium.people.enums import Level
from collegium.people.errors import Conflict
from collegium.people.models import Person, Post, Unit
from collegium.people.services.writing import check_open, check_same_community, end_row, locate, record, tidy

TITLE_LIMIT = 160


@transaction.atomic
def add_post(
    *,
    actor: Actor,
    person: Person,
    unit: Unit,
    title: str,
    level: str,
    starts_on: dt.date | None = None,
    is_primary: bool = True,
) -> Post:
    """Give a person a post in a unit from a day on; without a day it has held since before our records."""
    check_same_community(actor, person, unit)
    policies.check_can_steward(actor, locate(unit))
    check_open(unit, starts_on or time.today())
    if person.erased_at is not None:
        raise Conflict("person_erased")
    title = tidy(title, limit=TITLE_LIMIT)
    if Post.objects.filter(person=person, unit=unit, title=title, ends_on__isnull=True).exists():
        raise Conflict("post_open_already")
    post = Post.objects.create(
        community_id=actor.community_id,
        person=person,
        unit=unit,
        title=title,
        level=Level(level),
        starts_on=starts_on,
        is_primary=is_primary,
    )
    record(actor, "post.added", post, unit_id=unit.id, person_id=person.id, title=title, level=post.level)
    return post


@transaction.atomic
def retitle_post(*, actor: Actor, post: Post, title: str) -> Post:
    """Correct what a post is called, for all its days; a later roster does not change it back silently.

    A new task is a new post: end this one and give the other.
    """
    policies.check_can_steward(actor, locate(post.unit))
    if post.person.erased_at is not None:
        raise Conflict("person_erased")
    title = tidy(title, limit=TITLE_LIMIT)
    others = Post.objects.filter(person_id=post.person_id, unit_id=post.unit_id, title=title, ends_on__isnull=True)
    if post.ends_on is None and others.exclude(id=post.id).exists():
        raise Conflict("post_open_already")
    if title != post.title:
        before, post.title = post.title, title
        post.save(update_fields=["title"])
        record(actor, "post.retitled", post, unit_id=post.unit_id, person_id=post.person_id, title=title, before=before)
    return post


@transaction.atomic
def end_post(*, actor: Actor, post: Post, on: dt.date | None = None) -> Post:
    """End a post; it stays on record for every day before."""
    policies.check_can_steward(actor, locate(post.unit))
    data = end_row(post, on)
    record(actor, "post.ended", post, unit_id=post.unit_id, person_id=post.person_id, title=post.title, **data)
    return post
