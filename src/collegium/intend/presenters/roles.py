"""Roles in the groups of a unit: what each is for, who holds it, and whether a group's work is covered."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.base.sentences import join
from collegium.intend import promise_policies as policies
from collegium.intend.promise_enums import Work
from collegium.intend.queries import roles
from collegium.intend.queries.roles import RoleFound
from collegium.people import policies as people_policies
from collegium.people.actors import Actor
from collegium.people.models import Group
from collegium.people.places import Place
from collegium.people.presenters.forms import FormPage
from collegium.people.presenters.frame import UnitFrame, frame_of
from collegium.people.queries import groups

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Somebody who holds a role, and where that ends."""

    name: str
    end_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRow:
    """A role of a group."""

    title: str
    purpose: str
    serves: str
    obligations: tuple[str, ...]
    works: tuple[str, ...]
    holders: tuple[Holder, ...]
    change_url: str
    give_url: str
    end_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCard:
    """A group with its roles; `uncovered` names the kinds of work that no role of it does."""

    name: str
    url: str
    rows: tuple[RoleRow, ...]
    uncovered: str
    add_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesPage:
    """The roles in the groups of a unit."""

    unit: UnitFrame
    groups: tuple[GroupCard, ...]
    pages: Page[Group]
    list_url: str


def present_roles(actor: Actor, place: Place, *, page: str) -> RolesPage:
    """Return the groups of a unit with their roles."""
    pages = Paginator(groups.list_groups(actor, place), PAGE_SIZE).get_page(page)
    shown = list(pages.object_list)
    found = roles.list_roles_of(shown)
    leading = roles.list_facilitators_of(shown)
    return RolesPage(
        unit=frame_of(actor, place),
        groups=tuple(_card(actor, place, group, found[group.id], leading[group.id]) for group in shown),
        pages=pages,
        list_url=reverse("intend:promises", args=[place.slug]),
    )


def _card(actor: Actor, place: Place, group: Group, found: list[RoleFound], leading: frozenset[uuid.UUID]) -> GroupCard:
    if group.unit_id == place.unit_id:
        can_keep = policies.can_keep_roles(actor, place, leading)
    else:  # who looks after a unit looks after what is within it; who leads it does not lead there
        can_keep = actor.person_id in leading or people_policies.can_steward(actor, place)
    covered = {work for each in found for work in each.role.works}
    missing = [str(work.label) for work in Work if work.value not in covered]
    return GroupCard(
        name=group.name,
        url=reverse("people:group", args=[group.id]),
        rows=tuple(_row(actor, each, can_keep=can_keep) for each in found),
        uncovered=join(missing) if found and missing else "",
        add_url=reverse("intend:work_role_add", args=[group.id]) if can_keep else "",
    )


def _row(actor: Actor, each: RoleFound, *, can_keep: bool) -> RoleRow:
    def url(name: str, *more: Any) -> str:
        return reverse(f"intend:work_role_{name}", args=[each.role.id, *more])

    return RoleRow(
        title=each.role.title,
        purpose=each.role.purpose,
        serves=each.role.serves.title if each.role.serves else "",
        obligations=tuple(each.role.obligations),
        works=tuple(str(Work(work).label) for work in each.role.works),
        holders=tuple(
            Holder(
                name=row.person.full_name,
                end_url=url("lay_down", row.id) if can_keep or row.person_id == actor.person_id else "",
            )
            for row in each.holdings
        ),
        change_url=url("change") if can_keep else "",
        give_url=url("give") if can_keep else "",
        end_url=url("end") if can_keep else "",
    )


def around(place: Place, heading: Any, lede: Any, submit: Any, **more: Any) -> FormPage:
    """Return what stands around a form about a role."""
    return FormPage(
        kicker=place.name,
        back_url=reverse("intend:work_roles", args=[place.slug]),
        back_title=_("Roles in groups"),
        heading=heading,
        lede=lede,
        submit=submit,
        **more,
    )
