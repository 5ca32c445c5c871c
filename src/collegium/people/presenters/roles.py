"""Who looks after a unit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from collegium.people.actors import Actor
from collegium.people.enums import Role
from collegium.people.places import Place
from collegium.people.presenters.frame import PersonLink, UnitFrame, frame_of, link_person
from collegium.people.queries import roles

_TITLES = {
    Role.STEWARD: _("Stewards"),
    Role.LEAD: _("Leads"),
    Role.SUPPORTER: _("Supporters"),
    Role.MEMBER: _("Members without a post"),
    Role.GUEST: _("Guests"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRow:
    """One person with a role."""

    person: PersonLink
    since: dt.date | None
    until: dt.date | None
    is_you: bool
    end_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleBlock:
    """Everybody with one role, and what it means."""

    title: str
    meaning: str
    rows: tuple[RoleRow, ...]
    is_stewards: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesPage:
    """The page."""

    unit: UnitFrame
    blocks: tuple[RoleBlock, ...]
    stewards: int
    alone: str
    give_url: str


def present_roles(actor: Actor, place: Place) -> RolesPage:
    """Show the roles given in a unit, stewards first, and how many stewards are missing."""
    frame = frame_of(actor, place)
    rows = list(roles.list_roles(place.unit_id, place.as_of))
    blocks = []
    for role, title in _TITLES.items():
        held = [row for row in rows if row.role == role]
        blocks.append(
            RoleBlock(
                title=str(title),
                meaning=role.meaning,
                is_stewards=role == Role.STEWARD,
                rows=tuple(
                    RoleRow(
                        person=link_person(row.person_id, row.person.full_name),
                        since=row.starts_on,
                        until=row.ends_on,
                        is_you=row.person_id == actor.person_id,
                        end_url=_end_url(row.person_id == actor.person_id, row.id, frame),
                    )
                    for row in held
                ),
            )
        )
    stewards = blocks[0].rows
    return RolesPage(
        unit=frame,
        blocks=tuple(blocks),
        stewards=len({row.person.url for row in stewards}),
        alone=stewards[0].person.name if len({row.person.url for row in stewards}) == 1 else "",
        give_url=reverse("people:role_give", args=[place.slug]) if frame.can_steward else "",
    )


def _end_url(is_you: bool, role_id: object, frame: UnitFrame) -> str:
    may = frame.can_steward or (is_you and frame.is_today)
    return reverse("people:role_end", args=[frame.slug, role_id]) if may else ""
