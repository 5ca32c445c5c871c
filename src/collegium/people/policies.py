"""Who may do what, as pairs: `check_can_x` raises with a reason, `can_x` is derived from it for pages.

Policies decide on facts handed to them and read nothing themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from collegium.people.actors import Actor
from collegium.people.enums import Role
from collegium.people.errors import NotAllowed
from collegium.people.places import Place

P = ParamSpec("P")

_INSIDE = frozenset({Role.STEWARD, Role.LEAD, Role.MEMBER, Role.SUPPORTER, Role.GUEST})


def derived(check: Callable[Concatenate[Actor, P], None]) -> Callable[Concatenate[Actor, P], bool]:
    """Return the yes-or-no form of a check."""

    @wraps(check)
    def can(actor: Actor, *args: P.args, **kwargs: P.kwargs) -> bool:
        try:
            check(actor, *args, **kwargs)
        except NotAllowed:
            return False
        return True

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


def check_can_steward(actor: Actor, place: Place) -> None:
    """Stewards look after a unit: its people, posts, groups, roles, rosters and trail; so do stewards of units above."""
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


can_view_unit = derived(check_can_view_unit)
can_view_people = derived(check_can_view_people)
can_steward = derived(check_can_steward)
can_lead = derived(check_can_lead)
