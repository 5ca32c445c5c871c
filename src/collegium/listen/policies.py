"""Who may do what in this room, as pairs."""

from __future__ import annotations

import datetime as dt
import uuid

from collegium.listen.errors import NotAllowed
from collegium.people import policies as people
from collegium.people.actors import Actor
from collegium.people.enums import Role
from collegium.people.places import Place
from collegium.people.policies import derived

# Power from above is not a reason to see what a school said of itself.
_OF_THE_UNIT = frozenset({Role.STEWARD, Role.LEAD, Role.MEMBER, Role.GUEST})


def check_can_run_pulse(actor: Actor, place: Place) -> None:
    """Those who look after or lead a unit prepare and open its pulses."""
    if not people.can_lead(actor, place):
        raise NotAllowed("pulse_leads_only")


def check_can_view_pulses(actor: Actor, place: Place) -> None:
    """Everybody who belongs to a unit, or looks after it, sees which pulses it has."""
    people.check_can_view_people(actor, place)


def check_can_view_result(
    actor: Actor, place: Place, *, results_at: dt.datetime, now: dt.datetime, is_asked: bool, is_agreed: bool
) -> None:
    """The people of a unit and all who were asked in it, from the announced time on and not before; others by consent.

    `is_agreed` says that the unit lets those above it see its result.
    """
    people.check_can_view_unit(actor, place)
    roles = actor.roles_at(place.unit_id, place.above)
    own = is_asked or bool(_OF_THE_UNIT & roles)
    if not own and not (is_agreed and Role.SUPPORTER in roles):
        raise NotAllowed("result_of_others")
    if now < results_at:
        raise NotAllowed("results_not_yet", results_at=results_at)


def check_can_answer(actor: Actor, person_id: uuid.UUID) -> None:
    """Everybody answers for themselves."""
    if actor.person_id != person_id:
        raise NotAllowed("not_asked")


def check_can_agree(actor: Actor, place: Place) -> None:
    """A unit's own stewards say whether those above it may see its name and result; nobody above says it for them."""
    people.check_can_view_unit(actor, place)
    if Role.STEWARD not in actor.roles_at(place.unit_id, place.above):
        raise NotAllowed("own_stewards_only")


def check_can_withhold(actor: Actor, place: Place) -> None:
    """A unit's own stewards withhold a comment that identifies somebody; that one was withheld is counted for all."""
    people.check_can_view_unit(actor, place)
    if Role.STEWARD not in actor.roles_at(place.unit_id, place.above):
        raise NotAllowed("own_stewards_withhold")


can_run_pulse = derived(check_can_run_pulse)
can_view_pulses = derived(check_can_view_pulses)
can_view_result = derived(check_can_view_result)
can_answer = derived(check_can_answer)
can_agree = derived(check_can_agree)
can_withhold = derived(check_can_withhold)
