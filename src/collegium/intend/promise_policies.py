"""Who may do what with promises, roles and the board, as pairs.

A promise is its promiser's: nobody makes, settles or checks in on one for somebody else. `carriers` are the people who
carry it today, with the second person; `heard` are those it was made to.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection

from collegium.intend.errors import NotAllowed
from collegium.people import policies as people
from collegium.people.actors import Actor
from collegium.people.enums import Role
from collegium.people.places import Place
from collegium.people.policies import derived

_OF_THE_UNIT = frozenset({Role.STEWARD, Role.LEAD, Role.MEMBER})


def check_can_view_promises(actor: Actor, place: Place) -> None:
    """Everybody who belongs to a unit, or looks after it, sees what is promised there."""
    people.check_can_view_people(actor, place)


def check_can_view_promise(actor: Actor, place: Place, concerned: Collection[uuid.UUID]) -> None:
    """Besides them, those who carry a promise and those it was made to see it, wherever they work."""
    people.check_can_view_unit(actor, place)
    if actor.person_id not in concerned:
        check_can_view_promises(actor, place)


def check_can_propose(actor: Actor, place: Place) -> None:
    """Everybody who belongs to a unit promises there, or proposes a promise to others."""
    people.check_can_view_unit(actor, place)
    if not _OF_THE_UNIT & actor.roles_at(place.unit_id, place.above) and not people.can_steward(actor, place):
        raise NotAllowed("promise_members_only")


def check_can_carry(actor: Actor, carriers: Collection[uuid.UUID]) -> None:
    """Who carries a promise makes it, checks in, rewords, renews or releases it, and asks whether it was kept."""
    if actor.person_id not in carriers:
        raise NotAllowed("promise_of_others")


def check_can_take_over(actor: Actor, place: Place, carriers: Collection[uuid.UUID], *, asks_for_owner: bool) -> None:
    """Who carries a promise hands it on; one whose owner has left is taken over by anybody of the unit."""
    people.check_can_view_unit(actor, place)
    if actor.person_id in carriers:
        return
    if not asks_for_owner:
        raise NotAllowed("promise_of_others")
    check_can_propose(actor, place)


def check_can_confirm(actor: Actor, person_id: uuid.UUID) -> None:
    """Everybody who is asked answers for themselves."""
    if actor.person_id != person_id:
        raise NotAllowed("not_asked_to_confirm")


def check_can_run_board(actor: Actor, place: Place) -> None:
    """The unit's own stewards and leads say what stands in public for it; nobody above does it for them."""
    people.check_can_view_unit(actor, place)
    if not {Role.STEWARD, Role.LEAD} & actor.roles_at(place.unit_id, place.above):
        raise NotAllowed("board_stewards_only")


def check_can_allow_name(actor: Actor, person_id: uuid.UUID | None) -> None:
    """One's own name on the board is one's own to allow, and for nobody else to put there."""
    if actor.person_id != person_id:
        raise NotAllowed("name_of_others")


def check_can_keep_roles(actor: Actor, place: Place, facilitators: Collection[uuid.UUID]) -> None:
    """Whoever facilitates a group, or leads its unit, says which roles there are and who holds them."""
    people.check_can_view_unit(actor, place)
    if actor.person_id not in facilitators:
        people.check_can_lead(actor, place)


def check_can_decide_own(actor: Actor, person_id: uuid.UUID) -> None:
    """Reminders and the calendar's address are one's own."""
    if actor.person_id != person_id:
        raise NotAllowed("promise_of_others")


can_view_promises = derived(check_can_view_promises)
can_view_promise = derived(check_can_view_promise)
can_propose = derived(check_can_propose)
can_carry = derived(check_can_carry)
can_take_over = derived(check_can_take_over)
can_confirm = derived(check_can_confirm)
can_run_board = derived(check_can_run_board)
can_allow_name = derived(check_can_allow_name)
can_keep_roles = derived(check_can_keep_roles)
can_decide_own = derived(check_can_decide_own)
