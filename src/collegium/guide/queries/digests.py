"""How often somebody gets the digest, and who is due one."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import Exists, OuterRef, Q, QuerySet

from collegium.guide.enums import Often
from collegium.guide.models import DigestChoice
from collegium.people.models import Person, Post, UnitRole

WEEK = dt.timedelta(days=7)


def get_often(person_id: uuid.UUID) -> Often:
    """Return how often somebody gets the digest: weekly where they have not chosen."""
    row = DigestChoice.objects.filter(person_id=person_id).first()
    return Often(row.often) if row else Often.WEEKLY


def get_start(often: Often, day: dt.date) -> dt.date:
    """Return the Monday that the digest of a day belongs to: that of the week, or the first of a month."""
    monday = day - dt.timedelta(days=day.weekday())
    while often is Often.MONTHLY and monday.day > WEEK.days:
        monday -= WEEK
    return monday


def list_due(community_id: uuid.UUID, day: dt.date) -> QuerySet[Person]:
    """Return who is to have a digest made on a day: once a period, and made up for later in it.

    Whoever has never had one waits for the Monday itself, so that nobody new is written to at once.
    """
    weekly, monthly = get_start(Often.WEEKLY, day), get_start(Often.MONTHLY, day)
    chosen = DigestChoice.objects.filter(person_id=OuterRef("id"))
    is_due = Q(often=Often.WEEKLY, made_on__lt=weekly) | Q(often=Often.MONTHLY, made_on__lt=monthly)
    due = Q(Exists(chosen.filter(is_due)))
    if day == weekly:
        due |= ~Q(Exists(chosen))
    belongs = Q(Exists(Post.objects.on(day).filter(person_id=OuterRef("id")))) | Q(
        Exists(UnitRole.objects.on(day).filter(person_id=OuterRef("id")))
    )
    people = Person.objects.filter(due, belongs, community_id=community_id, erased_at__isnull=True)
    return people.exclude(email="").order_by("id")
