"""Writing the reviews of the story down, as people would have: through the services, on the days of the story."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import replace

from collegium.base import time
from collegium.decide.demo.telling import Teller
from collegium.guide import talking
from collegium.guide.demo import story
from collegium.guide.enums import Whom
from collegium.guide.models import Review, Seat
from collegium.guide.queries import reviews as queries
from collegium.guide.queries.reviews import FoundReview
from collegium.guide.reviews import Claim
from collegium.guide.services import agreeing, judging, opening_reviews
from collegium.people.actors import Actor, operator_of
from collegium.people.demo.story import ALLIANCE, CASTLEWICK
from collegium.people.models import Person
from collegium.people.services.writing import locate
from collegium.talk.services import comments

STAYS, ASIDE = 0.55, 0.9  # how likely somebody judges as was agreed then, or one level aside
CANNOT_TELL = 0.06


def tell_alliance(teller: Teller) -> None:
    """The alliance has reviewed itself twice: those who lead judged, and the second time it weighs trust most."""
    steward = operator_of(teller.community.id)
    _tell_round(teller, "then", 420, {key: levels[0] for key, levels in story.LEVELS.items()}, story.WHY_THEN)
    with teller.days_ago(80):
        agreeing.set_weights(
            actor=steward,
            unit=teller.units[ALLIANCE],
            definition=queries.get_offered(locate(teller.units[ALLIANCE]), "alliance").definition,
            weights=story.WEIGHTS,
            reason=story.WHY_WEIGHTS,
        )
    _tell_round(teller, "lately", 60, {key: levels[1] for key, levels in story.LEVELS.items()})


def _tell_round(teller: Teller, name: str, days: int, agreed: Mapping[str, str], why: str = "") -> None:
    steward, is_lately = operator_of(teller.community.id), not why
    with teller.days_ago(days):
        review = _open(teller, ALLIANCE, "alliance", 14, Whom.LEADERS)
        if is_lately:
            opening_reviews.invite_friend(actor=steward, found=_find(steward, review), person=teller.cast["governor"])
    with teller.days_ago(days - 6):
        _judge(teller, review, teller.dice(f"review:{name}"), agreed, 0.5)
    with teller.days_ago(days - 16):
        judging.close(report=lambda *_said: None, review_id=str(review.id))
    with teller.days_ago(days - 20):
        if is_lately:
            _say(teller, review)
        found = _find(steward, review)
        for claim in found.definition.claims:
            said = why or story.WHY_LATELY[claim.key]
            agreeing.agree(actor=steward, found=found, claim=claim, level=agreed[claim.key], why=said)
        if is_lately:
            _dissent(teller, review)
        agreeing.finish(actor=steward, found=found)


def tell_stage(teller: Teller) -> None:
    """Castlewick asks its staff in which stage it is; some have judged."""
    with teller.days_ago(5):
        review = _open(teller, CASTLEWICK, "school_stage", 14, Whom.ALL)
    with teller.days_ago(3):
        _judge(teller, review, teller.dice("review:stage"), {}, 0.35)


def _open(teller: Teller, slug: str, key: str, days: int, whom: Whom) -> Review:
    unit = teller.units[slug]
    return opening_reviews.open_review(
        actor=operator_of(teller.community.id),
        unit=unit,
        offered=queries.get_offered(locate(unit), key),
        closes_at=time.now() + dt.timedelta(days=days),
        whom=whom,
    )


def _find(actor: Actor, review: Review) -> FoundReview:
    return queries.get_review_for(actor, review.id)


def _judge(teller: Teller, review: Review, dice: random.Random, near: Mapping[str, str], part: float) -> None:
    """Let a part of those asked judge, near what was agreed then; whom the story names leaves it to others."""
    found = _find(operator_of(teller.community.id), review)
    seats = Seat.objects.filter(review=review).select_related("person")
    for seat in seats.order_by("person__family_name", "person__given_name", "person_id"):
        if seat.person in teller.cast.values() or dice.random() >= part:
            continue
        levels = {claim.key: _level(claim, near.get(claim.key, ""), dice) for claim in found.definition.claims}
        actor = teller.actor(seat.person)
        judging.judge(actor=actor, found=replace(found, seat=seat), levels=levels)


def _level(claim: Claim, near: str, dice: random.Random) -> str:
    if dice.random() < CANNOT_TELL:
        return ""
    last = len(claim.descriptors) - 1
    middle, chance = claim.place(near) if near else 1, dice.random()
    step = 0 if chance < STAYS else 1 if chance < ASIDE else 2
    place = middle + step * dice.choice([-1, 1])
    return claim.descriptors[min(max(place, 0), last)].key


def _say(teller: Teller, review: Review) -> None:
    for key, text in story.SAID:
        actor = teller.actor(teller.cast[key])
        comments.write_comment(actor=actor, subject=talking.load(actor, review.id), text=text)


def _dissent(teller: Teller, review: Review) -> None:
    key, text = story.DISSENT
    person: Person = teller.cast["principal"]
    actor = teller.actor(person)
    found = _find(actor, review)
    agreeing.dissent(actor=actor, found=found, claim=queries.get_claim(found, key), text=text)
