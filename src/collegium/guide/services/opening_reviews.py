"""Opening a review, in a unit and in the schools of an alliance; inviting a critical friend; stopping."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection

from django.db import transaction

from collegium.base import prose, time
from collegium.guide import judgements, policies
from collegium.guide.enums import ReviewState, Whom
from collegium.guide.errors import Conflict, Invalid
from collegium.guide.models import Review, ReviewFile, Seat
from collegium.guide.queries import reviews as queries
from collegium.guide.queries.reviews import FoundReview, Offered
from collegium.guide.reviews import get_shipped_file
from collegium.people.actors import Actor
from collegium.people.enums import LEADERSHIP, Role, UnitKind
from collegium.people.models import Group, GroupMembership, Person, Post, Unit, UnitRole
from collegium.people.queries import structure
from collegium.people.services.writing import check_same_community, locate, record, tidy

LONGEST = dt.timedelta(days=90)
BATCH = 2000
ABOUT_LIMIT = 200


@transaction.atomic
def open_review(
    *,
    actor: Actor,
    unit: Unit,
    offered: Offered,
    closes_at: dt.datetime,
    whom: str = Whom.ALL,
    group: Group | None = None,
    in_schools: bool = False,
    about: str = "",
) -> Review:
    """Open a review. Who is asked is written down now; in the schools of an alliance each gets one of its own.

    A school where it would ask too few people, or where one is under way, is left out.
    """
    policies.check_can_open_review(actor, locate(unit))
    check_same_community(actor, unit, *([group] if group else []))
    definition, now = offered.definition, time.now()
    if unit.kind not in definition.kinds:
        raise Invalid("review_not_for_kind")
    if not now < closes_at <= now + LONGEST:
        raise Invalid("review_closes_past")
    if _is_under_way(unit, definition.key):
        raise Conflict("review_under_way")
    asked = _list_asked(unit, whom, group)
    if len(asked) < judgements.FEWEST:
        raise Invalid("review_too_few", asked=len(asked), needed=judgements.FEWEST)
    file = offered.file or _keep_shipped(actor, offered)
    said = tidy(about, limit=ABOUT_LIMIT, required=False)
    review = _write(actor, unit, offered, file, closes_at, asked, whom=whom, group=group, about=said)
    if in_schools and UnitKind.SCHOOL in definition.kinds:
        for school in _list_schools(unit):
            staff = _list_asked(school, Whom.ALL, None)
            if len(staff) >= judgements.FEWEST and not _is_under_way(school, definition.key):
                _write(actor, school, offered, file, closes_at, staff, part_of=review, about=said)
    return review


def _is_under_way(unit: Unit, key: str) -> bool:
    return Review.objects.filter(unit=unit, key=key, state__in=queries.UNDER_WAY).exists()


def _keep_shipped(actor: Actor, offered: Offered) -> ReviewFile:
    definition = offered.definition
    file, _made = ReviewFile.objects.get_or_create(
        community_id=actor.community_id,
        unit=None,
        key=definition.key,
        version=definition.version,
        defaults={"title": definition.title, "definition": get_shipped_file(definition.key)},
    )
    return file


def _list_schools(unit: Unit) -> list[Unit]:
    today = time.today()
    within = Unit.objects.on(today).filter(id__in=structure.ids_within([unit.id], today), kind=UnitKind.SCHOOL)
    return list(within.order_by("name", "id"))


def _list_asked(unit: Unit, whom: str, group: Group | None) -> list[uuid.UUID]:
    """Return whom a review asks today."""
    today = time.today()
    inside = structure.inside(unit.id, today)
    posts = Post.objects.on(today).filter(unit_id__in=inside)
    if whom == Whom.GROUP:
        members = GroupMembership.objects.on(today).filter(group=group)
        ids = set(members.values_list("person_id", flat=True)) if group else set()
    elif whom == Whom.LEADERS:
        roles = UnitRole.objects.on(today).filter(unit_id__in=inside, role__in=[Role.LEAD, Role.STEWARD])
        ids = set(posts.filter(level__in=LEADERSHIP).values_list("person_id", flat=True))
        ids |= set(roles.values_list("person_id", flat=True))
    else:
        ids = set(posts.values_list("person_id", flat=True))
    there = Person.objects.filter(id__in=ids, erased_at__isnull=True)
    return list(there.order_by("id").values_list("id", flat=True))


def _write(
    actor: Actor,
    unit: Unit,
    offered: Offered,
    file: ReviewFile,
    closes_at: dt.datetime,
    asked: Collection[uuid.UUID],
    *,
    whom: str = Whom.ALL,
    group: Group | None = None,
    part_of: Review | None = None,
    about: str = "",
) -> Review:
    review = Review.objects.create(
        community_id=unit.community_id,
        unit=unit,
        file=file,
        part_of=part_of,
        key=offered.definition.key,
        sets=offered.definition.sets,
        whom=whom,
        group=group if whom == Whom.GROUP else None,
        about=about,
        asked=len(asked),
        opened_at=time.now(),
        opened_by_id=actor.recorded_id,
        closes_at=closes_at,
    )
    Seat.objects.bulk_create(
        (Seat(community_id=unit.community_id, review=review, person_id=person_id) for person_id in asked),
        batch_size=BATCH,
    )
    judgements.BOXES.lay_out(review, len(asked))
    record(actor, "review.opened", review, unit_id=unit.id, title=file.title)
    return review


@transaction.atomic
def invite_friend(*, actor: Actor, found: FoundReview, person: Person) -> None:
    """Invite a critical friend, who reads and comments and does not judge, in place of one who was invited before."""
    policies.check_can_open_review(actor, found.place)
    check_same_community(actor, person)
    review = _hold(found.review)
    if Seat.objects.filter(review=review, person=person).exists():
        raise Invalid("review_friend_asked")
    review.friend = person
    review.save(update_fields=["friend"])
    record(actor, "review.friend_invited", review, unit_id=review.unit_id, title=found.definition.title)


def _hold(review: Review) -> Review:
    held: Review = Review.objects.select_for_update().get(id=review.id)
    if held.state not in queries.UNDER_WAY:
        raise Conflict("review_finished")
    return held


@transaction.atomic
def stop_review(*, actor: Actor, found: FoundReview, why: str) -> None:
    """Stop a review that should not have been opened. Judgements in boxes are deleted unread."""
    policies.check_can_open_review(actor, found.place)
    review = _hold(found.review)
    reason = prose.tidy(why)
    if not reason:
        raise Invalid("text_missing")
    judgements.BOXES.destroy(review)
    Seat.objects.filter(review=review).update(has_judged=False)
    review.state, review.closed_at, review.result = ReviewState.STOPPED, time.now(), {"why": reason}
    review.save(update_fields=["state", "closed_at", "result"])
    record(actor, "review.stopped", review, unit_id=review.unit_id, title=found.definition.title)
