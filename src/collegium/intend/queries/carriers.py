"""Who carries promises today, and who could carry them on: worked out for a whole list at once."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from collegium.base import time
from collegium.intend.models import Commitment, RoleHolding
from collegium.people.enums import GroupRole
from collegium.people.models import GroupMembership, Person, Post, UnitRole
from collegium.people.models.dated import holds_on
from collegium.people.queries import structure

SOON = dt.timedelta(weeks=6)


@dataclass(frozen=True, slots=True)
class Carrier:
    """Somebody who carries a promise or could; `leads` says that they facilitate the group that promised."""

    person_id: uuid.UUID
    name: str
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Carriers:
    """Who carries a promise today, and the second person; whoever has left is not among them."""

    owners: tuple[Carrier, ...] = ()
    second: Carrier | None = None
    is_leaving: bool = False  # whoever promised is here, and it is known that they go soon

    @property
    def asks_for_owner(self) -> bool:
        """Whether nobody of those who promised is left."""
        return not self.owners

    @property
    def everybody(self) -> tuple[Carrier, ...]:
        """All who may speak for it."""
        return (*self.owners, *((self.second,) if self.second else ()))

    @property
    def ids(self) -> frozenset[uuid.UUID]:
        """The ids of all who may speak for it."""
        return frozenset(each.person_id for each in self.everybody)

    @property
    def owner_ids(self) -> frozenset[uuid.UUID]:
        """The ids of those who promised."""
        return frozenset(each.person_id for each in self.owners)

    @property
    def rests_on_one(self) -> bool:
        """Whether only one person could carry it."""
        return len(self.ids) == 1


def list_carriers(promises: Iterable[Commitment]) -> dict[uuid.UUID, Carriers]:
    """Return who carries each of these promises, in a number of questions that does not grow with them."""
    rows, today = list(promises), time.today()
    groups = _members({row.by_group_id for row in rows if row.by_group_id}, today)
    roles = _holders({row.by_role_id for row in rows if row.by_role_id}, today)
    single = {each for row in rows for each in (row.by_person_id, row.second_id) if each}
    known = Person.objects.filter(id__in=single, erased_at__isnull=True)
    people = {person.id: Carrier(person.id, person.full_name) for person in known}
    here = StillHere(set(people), {row.unit_id for row in rows}, today)

    def one(row: Commitment) -> Carriers:
        owners = groups.get(row.by_group_id, []) if row.by_group_id else roles.get(row.by_role_id, [])
        if row.by_person_id:
            owners = still_here(row.by_person_id, row.unit_id)
        second = still_here(row.second_id, row.unit_id)
        is_leaving = bool(row.by_person_id and owners) and not here.has(row.by_person_id, row.unit_id, today + SOON)
        return Carriers(tuple(owners), second[0] if second else None, is_leaving)

    def still_here(person_id: uuid.UUID | None, unit_id: uuid.UUID) -> list[Carrier]:
        is_here = person_id in people and here.has(person_id, unit_id)
        return [people[person_id]] if person_id and is_here else []

    return {row.id: one(row) for row in rows}


def _members(group_ids: Collection[uuid.UUID], day: dt.date) -> Mapping[uuid.UUID | None, list[Carrier]]:
    found: dict[uuid.UUID | None, list[Carrier]] = defaultdict(list)
    if not group_ids:
        return found
    rows = GroupMembership.objects.on(day).filter(holds_on(day, "group__"), group_id__in=group_ids)
    rows = rows.exclude(role=GroupRole.CRITICAL_FRIEND).filter(person__erased_at__isnull=True)
    for row in rows.select_related("person").order_by("person__family_name", "person__given_name", "id"):
        leads = row.role == GroupRole.FACILITATOR
        found[row.group_id].append(Carrier(row.person_id, row.person.full_name, leads=leads))
    return found


def _holders(role_ids: Collection[uuid.UUID], day: dt.date) -> Mapping[uuid.UUID | None, list[Carrier]]:
    found: dict[uuid.UUID | None, list[Carrier]] = defaultdict(list)
    if not role_ids:
        return found
    rows = RoleHolding.objects.on(day).filter(holds_on(day, "role__"), holds_on(day, "role__group__"))
    rows = rows.filter(role_id__in=role_ids, person__erased_at__isnull=True)
    for row in rows.select_related("person").order_by("person__family_name", "person__given_name", "id"):
        found[row.role_id].append(Carrier(row.person_id, row.person.full_name))
    return found


class StillHere:
    """Whether somebody still has a post or a role in a unit, within it or above it."""

    def __init__(self, person_ids: Collection[uuid.UUID], unit_ids: Collection[uuid.UUID], day: dt.date) -> None:
        self._day = day
        self._units: dict[uuid.UUID | None, list[tuple[uuid.UUID, dt.date | None]]] = defaultdict(list)
        self._uppers: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
        self._found: dict[tuple[uuid.UUID | None, uuid.UUID, dt.date], bool] = {}
        if not person_ids:
            return
        needed = ("person_id", "unit_id", "ends_on")
        posts = Post.objects.on(day).filter(person_id__in=person_ids).values_list(*needed)
        for person_id, unit_id, ends_on in posts.union(
            UnitRole.objects.on(day).filter(person_id__in=person_ids).values_list(*needed), all=True
        ):
            self._units[person_id].append((unit_id, ends_on))
        known = set(unit_ids) | {unit_id for own in self._units.values() for unit_id, _ends_on in own}
        for lower_id, upper_id in structure.list_ties_above(known, day):
            self._uppers[lower_id].add(upper_id)
        self._above: dict[uuid.UUID, frozenset[uuid.UUID]] = {}

    def has(self, person_id: uuid.UUID | None, unit_id: uuid.UUID, until: dt.date | None = None) -> bool:
        """Say whether the person is still there, or will be on a later day as far as is known."""
        last = until or self._day
        key = (person_id, unit_id, last)
        if key not in self._found:
            above = self._around(unit_id)
            own = [each for each, ends_on in self._units.get(person_id, ()) if ends_on is None or ends_on > last]
            self._found[key] = any(each in above or unit_id in self._around(each) for each in own)
        return self._found[key]

    def _around(self, unit_id: uuid.UUID) -> frozenset[uuid.UUID]:
        """Return a unit and all above it; a circle ends where it has been."""
        if unit_id not in self._above:
            found, front = {unit_id}, [unit_id]
            while front:
                new = self._uppers[front.pop()] - found
                found |= new
                front.extend(new)
            self._above[unit_id] = frozenset(found)
        return self._above[unit_id]
