"""Who may do what, as pairs: `check_can_x` raises with a reason, `can_x` is derived from it for pages.

Policies decide on facts handed to them and read nothing themselves.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from collegium.people.actors import Actor
from collegium.people.enums import Role, TieKind, UnitKind
from collegium.people.errors import NotAllowed
from collegium.people.places import Place, Whereabouts

P = ParamSpec("P")

_OPEN_TO_MEMBERS = frozenset({UnitKind.TEAM, UnitKind.SCHOOL})
_INSIDE = frozenset({Role.STEWARD, Role.LEAD, Role.MEMBER, Role.SUPPORTER, Role.GUEST})


def derived(check: Callable[Concatenate[Actor, P], None]) -> Callable[Concatenate[Actor, P], bool]:
    """Return the yes-or-no form of a check."""

    def can(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> bool:
        try:
            check(actor, *args, **kwargs)
        except NotAllowed:
            return False
        return True

    can.__name__ = check.__name__.removeprefix("check_")
    can.__doc__ = check.__doc__
    return can


def _roles(actor: Actor, place: Place) -> frozenset[Role]:
    return actor.roles_at(place.unit_id, place.above)


def check_can_view_unit(actor: Actor, place: Place) -> None:
    """Everybody of a community may know its units; a unit of another community is never found in the first place."""
    if place.community_id != actor.community_id:
        raise NotAllowed("unit_elsewhere")


def check_can_view_people(actor: Actor, place: Place) -> None:
    """Members, guests, stewards, leads and supporters see who works in a unit."""
    check_can_view_unit(actor, place)
    if not _INSIDE & _roles(actor, place):
        raise NotAllowed("people_of_other_unit")


def check_can_view_people_below(actor: Actor, place: Place) -> None:
    """Who looks after, leads or supports a unit sees who works in all units it contains; in a school, its members too.

    Members of a district belong to it through one school, and do not see the staff of the others.
    """
    check_can_view_people(actor, place)
    if place.kind in _OPEN_TO_MEMBERS or {Role.STEWARD, Role.LEAD, Role.SUPPORTER} & _roles(actor, place):
        return
    raise NotAllowed("people_of_other_unit")


def check_can_steward(actor: Actor, place: Place) -> None:
    """Stewards, of a unit or of one above it, look after its people, posts, groups, roles, rosters and trail."""
    check_can_view_unit(actor, place)
    if Role.STEWARD in _roles(actor, place):
        return
    if any(Role.STEWARD in actor.given.get(upper, ()) for upper in place.above):
        return
    raise NotAllowed("stewards_only")


def check_can_lead(actor: Actor, place: Place) -> None:
    """Leads and stewards may start groups and change who is in them."""
    check_can_view_unit(actor, place)
    if Role.LEAD not in _roles(actor, place):
        check_can_steward(actor, place)


def check_can_end_role(actor: Actor, place: Place, person_id: uuid.UUID) -> None:
    """Stewards end anybody's role; everybody may lay down their own."""
    check_can_view_unit(actor, place)
    if actor.person_id != person_id:
        check_can_steward(actor, place)


def check_can_end_membership(actor: Actor, place: Place, person_id: uuid.UUID) -> None:
    """Leads and stewards take anybody out of a group; members may leave by themselves."""
    check_can_view_unit(actor, place)
    if actor.person_id != person_id:
        check_can_lead(actor, place)


def check_can_view_trail(actor: Actor, place: Place) -> None:
    """Stewards read what was changed in a unit, when and by whom."""
    check_can_steward(actor, place)


def check_can_tie(actor: Actor, upper: Place, lower: Place, kind: str) -> None:
    """Containing a unit gives power over it, so both sides' stewards must agree; a partnership either side may name."""
    if kind == TieKind.CONTAINS:
        check_can_steward(actor, upper)
        check_can_steward(actor, lower)
    elif not (can_steward(actor, upper) or can_steward(actor, lower)):
        raise NotAllowed("stewards_only")


def check_can_view_group(actor: Actor, place: Place, group_id: uuid.UUID, own_groups: frozenset[uuid.UUID]) -> None:
    """Whoever may see the people of the group's unit, and its members wherever they come from."""
    check_can_view_unit(actor, place)
    if group_id not in own_groups and not can_view_people(actor, place):
        raise NotAllowed("people_of_other_unit")


def check_can_decide_for(actor: Actor, person: Whereabouts) -> None:
    """Strengths, the export of one's data and its erasure are the person's own."""
    if actor.community_id != person.community_id or (actor.person_id != person.person_id and not actor.is_operator):
        raise NotAllowed("only_yourself")


def check_can_view_person(actor: Actor, person: Whereabouts, own_groups: frozenset[uuid.UUID]) -> None:
    """Yourself, the people of units whose people you may see, and those you share a group with."""
    if can_decide_for(actor, person):
        return
    if actor.community_id != person.community_id:
        raise NotAllowed("people_of_other_unit")
    if not own_groups & person.group_ids and not any(can_view_people(actor, place) for place in person.near):
        raise NotAllowed("people_of_other_unit")


def check_can_look_after_person(actor: Actor, person: Whereabouts) -> None:
    """Yourself, and stewards of a unit you hold a post in: they see the address and correct the name."""
    if not can_decide_for(actor, person) and not any(can_steward(actor, place) for place in person.works_in):
        raise NotAllowed("stewards_only")


can_view_unit = derived(check_can_view_unit)
can_view_people = derived(check_can_view_people)
can_view_people_below = derived(check_can_view_people_below)
can_steward = derived(check_can_steward)
can_lead = derived(check_can_lead)
can_end_role = derived(check_can_end_role)
can_end_membership = derived(check_can_end_membership)
can_view_trail = derived(check_can_view_trail)
can_tie = derived(check_can_tie)
can_view_group = derived(check_can_view_group)
can_decide_for = derived(check_can_decide_for)
can_view_person = derived(check_can_view_person)
can_look_after_person = derived(check_can_look_after_person)
