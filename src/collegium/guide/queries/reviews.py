"""Reviews, found for somebody: what can be opened, what is under way, what came of earlier ones."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Q, QuerySet

from collegium.base import time
from collegium.guide import policies, reviews
from collegium.guide.enums import ReviewState
from collegium.guide.errors import NotFound
from collegium.guide.models import Agreement, Dissenting, Review, ReviewFile, Seat, Weights
from collegium.guide.reviews import Claim, Definition
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.queries import places

STEP = 5  # how many have judged is said in steps, so that nobody is seen to judge
CLOSED = (ReviewState.TALKING, ReviewState.AGREED)
UNDER_WAY = (ReviewState.JUDGING, ReviewState.TALKING)
MOST_SHOWN = 100


@lru_cache(maxsize=64)
def _read(_file_id: uuid.UUID, definition: str) -> Definition:
    return reviews.read(definition)


def read_file(file: ReviewFile) -> Definition:
    """Return what a kept file holds; it never changes, so it is read once."""
    return _read(file.id, file.definition)


@dataclass(frozen=True, slots=True)
class Offered:
    """A review that can be opened in a unit, and the file it is kept in where it is somebody's own."""

    definition: Definition
    file: ReviewFile | None


def list_own_files(place: Place) -> list[ReviewFile]:
    """Return every version of the files that a unit, or one above it, brought in, the newest of each key first."""
    units = {place.unit_id, *place.above}
    files = ReviewFile.objects.filter(community_id=place.community_id, unit_id__in=units).select_related("unit")
    return list(files.order_by("key", "-version", "id"))


def list_offered(place: Place) -> list[Offered]:
    """Return what a unit can be reviewed by: of each key the highest version, its own or the one that is shipped."""
    found = {each.key: Offered(each, None) for each in reviews.list_shipped()}
    for file in list_own_files(place):
        definition = read_file(file)
        if file.key not in found or definition.version > found[file.key].definition.version:
            found[file.key] = Offered(definition, file)
    return list(found.values())


def get_offered(place: Place, key: str) -> Offered:
    """Return one of them by its key; NotFound where there is none."""
    for each in list_offered(place):
        if each.definition.key == key:
            return each
    raise NotFound


def get_file_text(place: Place, key: str, version: int) -> str:
    """Return a file as it may be downloaded: an own one, or a shipped one; NotFound where there is neither."""
    own = [file for file in list_own_files(place) if (file.key, file.version) == (key, version)]
    if own:
        return own[0].definition
    if key in reviews.KEYS and reviews.get_shipped(key).version == version:
        return reviews.get_shipped_file(key)
    raise NotFound


@dataclass(frozen=True, slots=True)
class FoundReview:
    """A review with what it asks, where it is, and what whoever asked is to it."""

    review: Review
    definition: Definition
    place: Place
    seat: Seat | None
    is_friend: bool

    @property
    def takes_judgements(self) -> bool:
        """Whether it is open by the clock."""
        return self.review.state == ReviewState.JUDGING and self.review.closes_at > time.now()

    @property
    def waits_for_judgement(self) -> bool:
        """Whether whoever asked is asked, and has not judged yet."""
        return self.takes_judgements and self.seat is not None and not self.seat.has_judged

    @property
    def is_closed(self) -> bool:
        """Whether what people judged has been counted."""
        return self.review.state in CLOSED

    def may_talk(self, actor: Actor) -> bool:
        """Say whether the actor may take part in the conversation."""
        return policies.can_talk(
            actor, self.place, is_closed=self.is_closed, is_asked=self.seat is not None, is_friend=self.is_friend
        )


def get_review_for(actor: Actor, review_id: uuid.UUID) -> FoundReview:
    """Return a review the actor may read; NotFound when absent or not theirs."""
    rows = Review.objects.filter(id=review_id, community_id=actor.community_id)
    review = rows.select_related("unit", "file", "group", "friend", "part_of__unit").first()
    if review is None:
        raise NotFound
    place = places.locate(review.unit, time.today())
    seat = Seat.objects.filter(review=review, person_id=actor.person_id).first()
    is_friend = review.friend_id is not None and review.friend_id == actor.person_id
    if not policies.can_view_review(actor, place, is_asked=seat is not None, is_friend=is_friend):
        raise NotFound
    return FoundReview(review, read_file(review.file), place, seat, is_friend)


def get_claim(found: FoundReview, key: str) -> Claim:
    """Return a claim of a review; NotFound where it has none of this key."""
    claim = found.definition.find(key)
    if claim is None:
        raise NotFound
    return claim


def can_read(actor: Actor, review: Review) -> bool:
    """Say whether the actor may read another review that one leads to."""
    try:
        get_review_for(actor, review.id)
    except NotFound:
        return False
    return True


def list_reviews_for(actor: Actor, place: Place) -> list[Review]:
    """Return the reviews of a unit as of its day, the latest first."""
    policies.check_can_view_guide(actor, place)
    end = time.start_of(place.as_of + dt.timedelta(days=1))
    rows = Review.objects.filter(unit_id=place.unit_id, opened_at__lt=end)
    return list(rows.select_related("file").order_by("-opened_at", "id")[:MOST_SHOWN])


def count_judged(review: Review) -> int:
    """Return how many have judged, in whole steps while it is open."""
    judged = Seat.objects.filter(review=review, has_judged=True).count()
    return judged // STEP * STEP if review.state == ReviewState.JUDGING else judged


def list_waiting(actor: Actor) -> list[Review]:
    """Return the open reviews that ask the actor, who has not judged, those that close soonest first."""
    waiting = Review.objects.filter(
        state=ReviewState.JUDGING,
        closes_at__gt=time.now(),
        community_id=actor.community_id,
        seats__person_id=actor.person_id,
        seats__has_judged=False,
    )
    return list(waiting.select_related("unit", "file").order_by("closes_at", "id"))


def list_agreements(review: Review) -> dict[str, Agreement]:
    """Return what was agreed, by claim."""
    return {each.claim: each for each in Agreement.objects.filter(review=review)}


def list_dissents(review: Review) -> dict[str, list[Dissenting]]:
    """Return what was said against it, by claim, the earliest first."""
    found: dict[str, list[Dissenting]] = {}
    for each in Dissenting.objects.filter(review=review).select_related("person").order_by("written_at", "id"):
        found.setdefault(each.claim, []).append(each)
    return found


def find_last(review: Review) -> Review | None:
    """Return the last review of the unit by the same key that was finished before this one was opened."""
    rows = Review.objects.filter(
        unit_id=review.unit_id, key=review.key, state=ReviewState.AGREED, finished_at__lte=review.opened_at
    )
    return rows.select_related("file").order_by("-finished_at").first()


def weighing_unit(review: Review) -> uuid.UUID:
    """Return the unit whose weights hold: the alliance's, where a school's review is part of one."""
    return review.part_of.unit_id if review.part_of is not None else review.unit_id


def find_weights(unit_id: uuid.UUID, key: str) -> Weights | None:
    """Return the weights that hold in a unit; None where every claim weighs the same."""
    return Weights.objects.filter(unit_id=unit_id, key=key).select_related("set_by").order_by("-set_at", "id").first()


def list_parts(review: Review) -> list[Review]:
    """Return the reviews of the schools of an alliance's review, by name, for how far they are."""
    rows = Review.objects.filter(part_of=review).exclude(state=ReviewState.STOPPED)
    return list(rows.select_related("unit").order_by("unit__name", "id"))


def count_shared_levels(review: Review) -> dict[str, Counter[str]]:
    """Return on which level how many schools agreed, claim by claim, of those that share what they agreed."""
    shared = Agreement.objects.filter(review__part_of=review, review__is_shared=True, review__state=ReviewState.AGREED)
    found: dict[str, Counter[str]] = {}
    for claim, level in shared.values_list("claim", "level"):
        found.setdefault(claim, Counter())[level] += 1
    return found


def find_outcomes(unit_id: uuid.UUID, day: dt.date) -> Mapping[str, Review]:
    """Return the reviews that say in which phase and stage a unit is on a day, by what they set."""
    return {row.sets: row for row in _telling([unit_id], day).select_related("file")}


def find_phases(unit_ids: Collection[uuid.UUID], day: dt.date) -> dict[uuid.UUID, str]:
    """Return the phase of each of these units whose own review says so; the caller has seen to who may know."""
    return dict(_telling(unit_ids, day).filter(sets="phase").values_list("unit_id", "outcome"))


def _telling(unit_ids: Collection[uuid.UUID], day: dt.date) -> QuerySet[Review]:
    """Return the finished reviews that something follows from, the latest last."""
    end = time.start_of(day + dt.timedelta(days=1))
    rows = Review.objects.filter(~Q(outcome=""), unit_id__in=unit_ids, state=ReviewState.AGREED, finished_at__lt=end)
    return rows.order_by("finished_at")
