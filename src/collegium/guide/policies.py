"""Who may do what in this room, as pairs. What may be shown of one indicator its own room says."""

from __future__ import annotations

import uuid

from collegium.guide.errors import NotAllowed
from collegium.people import policies as people
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.policies import derived


def check_can_view_guide(actor: Actor, place: Place) -> None:
    """Everybody who belongs to a unit, or looks after it, sees what adds up in it, as far as each may see the parts."""
    people.check_can_view_unit(actor, place)
    if not people.can_view_people(actor, place):
        raise NotAllowed("guide_of_others")


def check_can_answer_moves(actor: Actor, place: Place) -> None:
    """Leads and stewards take up what is suggested, put it off or decline it, and say what came of it."""
    people.check_can_view_unit(actor, place)
    if not people.can_lead(actor, place):
        raise NotAllowed("moves_leads_only")


def check_can_open_review(actor: Actor, place: Place) -> None:
    """Stewards open a review, say who is asked, invite a critical friend, set weights and bring files of their own."""
    people.check_can_steward(actor, place)


def check_can_record_review(actor: Actor, place: Place) -> None:
    """Leads and stewards write down what was agreed, and finish a review."""
    people.check_can_view_unit(actor, place)
    if not people.can_lead(actor, place):
        raise NotAllowed("review_leads_only")


def check_can_view_review(actor: Actor, place: Place, *, is_asked: bool, is_friend: bool) -> None:
    """Whoever sees the guide of the unit, whoever the review asks, and its critical friend."""
    people.check_can_view_unit(actor, place)
    if not (is_asked or is_friend or can_view_guide(actor, place)):
        raise NotAllowed("guide_of_others")


def check_can_judge(actor: Actor, asked_id: uuid.UUID | None) -> None:
    """Everybody judges for themselves, and only where the review asks them."""
    if asked_id is None or asked_id != actor.person_id:
        raise NotAllowed("review_asks_others")


def check_can_talk(actor: Actor, place: Place, *, is_closed: bool, is_asked: bool, is_friend: bool) -> None:
    """Once people have judged alone: those who were asked, the critical friend, and those who record."""
    people.check_can_view_unit(actor, place)
    if not is_closed:
        raise NotAllowed("review_judge_first")
    if not (is_asked or is_friend or can_record_review(actor, place)):
        raise NotAllowed("review_asks_others")


can_view_guide = derived(check_can_view_guide)
can_answer_moves = derived(check_can_answer_moves)
can_open_review = derived(check_can_open_review)
can_record_review = derived(check_can_record_review)
can_view_review = derived(check_can_view_review)
can_judge = derived(check_can_judge)
can_talk = derived(check_can_talk)
