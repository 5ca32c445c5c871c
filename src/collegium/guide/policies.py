"""Who may do what in this room, as pairs. What may be shown of one indicator its own room says."""

from __future__ import annotations

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


can_view_guide = derived(check_can_view_guide)
can_answer_moves = derived(check_can_answer_moves)
