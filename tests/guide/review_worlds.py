"""A school that reviews itself, for the tests of this room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from collegium.base import time
from collegium.guide.models import Review
from collegium.guide.queries import reviews as queries
from collegium.guide.queries.reviews import FoundReview
from collegium.guide.services import agreeing, judging, opening_reviews
from collegium.people.models import Community, Person, Unit
from tests import factories as make

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
CLOSES = NOW + dt.timedelta(days=7)
AFTER = CLOSES + dt.timedelta(hours=1)
LEVELS = ("beginning", "developing", "embedding", "leading")


@dataclass
class World:
    """A school, who works there, and who looks after it."""

    unit: Unit
    steward: Person
    staff: list[Person]


def build(people: int = 8, *, community: Community | None = None, within: Unit | None = None) -> World:
    """Make the school."""
    unit = make.make_unit(community or make.make_community(), within=within)
    staff = [make.make_person(unit.community, account=True) for _number in range(people)]
    for person in staff:
        make.make_post(person, unit)
    return World(unit, make.steward_of(unit), staff)


def open_review(world: World, key: str = "learning_community", at: dt.datetime = NOW, **more: object) -> Review:
    """Open a review as the steward."""
    with time.at(at):
        place = make.place_of(world.unit, at.date())
        return opening_reviews.open_review(
            actor=make.actor_of(world.steward), unit=world.unit, offered=queries.get_offered(place, key),
            **{"closes_at": at + dt.timedelta(days=7), **more},  # type: ignore[arg-type]
        )  # fmt: skip


def find(person: Person, review: Review, at: dt.datetime = NOW) -> FoundReview:
    """Return the review as somebody finds it."""
    with time.at(at):
        return queries.get_review_for(make.actor_of(person), review.id)


def judge(person: Person, review: Review, levels: Mapping[str, str] | str, at: dt.datetime = NOW) -> None:
    """Judge: the same level everywhere it is one, or a level by claim."""
    found = find(person, review, at)
    if isinstance(levels, str):
        levels = {claim.key: levels for claim in found.definition.claims if claim.find(levels)}
    with time.at(at):
        judging.judge(actor=make.actor_of(person), found=found, levels=levels)


def close(review: Review, at: dt.datetime = AFTER) -> Review:
    """Let its time come."""
    with time.at(at):
        judging.close(report=lambda *_said: None, review_id=str(review.id))
    review.refresh_from_db()
    return review


def agree_all(person: Person, review: Review, level: str, at: dt.datetime = AFTER) -> None:
    """Write the same level down for every claim, and the first position for every dial."""
    for claim in find(person, review, at).definition.claims:
        chosen = level if claim.find(level) else claim.descriptors[0].key
        with time.at(at):
            agreeing.agree(actor=make.actor_of(person), found=find(person, review, at), claim=claim, level=chosen)


def finish(person: Person, review: Review, at: dt.datetime = AFTER, *, is_shared: bool = False) -> Review:
    """Finish it."""
    with time.at(at):
        agreeing.finish(actor=make.actor_of(person), found=find(person, review, at), is_shared=is_shared)
    review.refresh_from_db()
    return review


def go_through(world: World, key: str, level: str, at: dt.datetime = NOW) -> Review:
    """Open a review, let everybody judge the same, agree on that, and finish."""
    review = open_review(world, key, at)
    for person in world.staff:
        judge(person, review, level, at)
    after = at + dt.timedelta(days=8)
    close(review, after)
    agree_all(world.steward, review, level, after)
    return finish(world.steward, review, after)
