"""The conversation that hangs on each review, once people have judged alone."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.urls import reverse

from collegium.guide import policies
from collegium.guide.models import Review, Seat
from collegium.guide.queries import reviews as queries
from collegium.guide.queries.reviews import FoundReview
from collegium.people.actors import Actor
from collegium.people.queries import persons
from collegium.talk.subjects import Subject

KIND = "review"


def load(actor: Actor, review_id: uuid.UUID) -> Subject:
    """Find a review for whoever may read it; NotFound for everybody else."""
    return subject_of(actor, queries.get_review_for(actor, review_id))


def subject_of(actor: Actor, found: FoundReview) -> Subject:
    """Return a review as something to talk about."""
    return Subject(
        kind=KIND,
        id=found.review.id,
        place=found.place,
        title=found.definition.title,
        url=reverse("guide:review", args=[found.review.id]),
        can_post=found.may_talk(actor),
        can_moderate=policies.can_record_review(actor, found.place),
        list_people=lambda: _list_people(found.review),
    )


def _list_people(review: Review) -> Mapping[uuid.UUID, str]:
    """Return who is asked, and the critical friend: all of them can read it."""
    ids = set(Seat.objects.filter(review=review).values_list("person_id", flat=True))
    return persons.get_names(ids | ({review.friend_id} if review.friend_id else set()))
