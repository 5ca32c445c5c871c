"""Where people stand in a unit on a day: what a wave writes down, and what its map keeps."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from collegium.people.enums import LEADERSHIP, TieKind, UnitKind
from collegium.people.models import Post, Unit, UnitTie
from collegium.people.queries import staff, structure, units


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody's main post is: its unit, the school and team around it, if any, and its level."""

    person_id: uuid.UUID
    unit_id: uuid.UUID
    school_id: uuid.UUID | None
    team_id: uuid.UUID | None
    level: str

    @property
    def has_post(self) -> bool:
        """Whether it is a post of leadership."""
        return self.level in LEADERSHIP


def list_standings(unit_id: uuid.UUID, day: dt.date) -> list[Standing]:
    """Return everybody who holds a post in a unit or within it on the day, once, with where they stand."""
    within = units.get_within(unit_id, day)
    kinds = {each: name.kind for each, name in within.units.items()}
    return _stand(staff.list_main_posts(unit_id, day), kinds, within.holds, _school_around(unit_id, day, kinds))


def list_schools_of_units(unit_id: uuid.UUID, day: dt.date) -> dict[uuid.UUID, uuid.UUID]:
    """Return the school of each unit within a unit that lies in one, the unit itself and the school's own included."""
    within = units.get_within(unit_id, day)
    kinds = {each: name.kind for each, name in within.units.items()}
    found, around = _schools(kinds, within.holds), _school_around(unit_id, day, kinds)
    return {each: school for each in kinds if (school := found.get(each, around)) is not None}


def list_standings_of(person_ids: Collection[uuid.UUID], day: dt.date) -> list[Standing]:
    """Return where these people stand, wherever that is; who holds no post that day is left out."""
    rows = (
        Post.objects.on(day)
        .filter(person_id__in=person_ids, person__erased_at__isnull=True)
        .order_by("person_id", "-is_primary", "starts_on", "id")
        .values_list("person_id", "unit_id", "level", "unit__kind")
    )
    main: dict[uuid.UUID, staff.MainPost] = {}
    kinds: dict[uuid.UUID, str] = {}
    for person_id, unit_id, level, kind in rows:
        main.setdefault(person_id, staff.MainPost(person_id, unit_id, level))
        kinds[unit_id] = kind
    holds: list[tuple[uuid.UUID, uuid.UUID]] = []
    waiting = {unit_id for unit_id, kind in kinds.items() if kind == UnitKind.TEAM}
    while waiting:  # a team may be part of a team
        parents = units.list_parents(waiting, day)
        holds += [(upper.id, lower) for lower, uppers in parents.items() for upper in uppers]
        found = {upper.id: upper.kind for uppers in parents.values() for upper in uppers}
        waiting = {unit_id for unit_id, kind in found.items() if kind == UnitKind.TEAM and unit_id not in kinds}
        kinds |= found
    return _stand(list(main.values()), kinds, holds, None)


def _stand(
    posts: Collection[staff.MainPost],
    kinds: Mapping[uuid.UUID, str],
    holds: Collection[tuple[uuid.UUID, uuid.UUID]],
    around: uuid.UUID | None,
) -> list[Standing]:
    schools = _schools(kinds, holds)
    return [
        Standing(
            person_id=post.person_id,
            unit_id=post.unit_id,
            school_id=schools.get(post.unit_id, around),
            team_id=post.unit_id if kinds.get(post.unit_id) == UnitKind.TEAM else None,
            level=post.level,
        )
        for post in posts
    ]


def _schools(
    kinds: Mapping[uuid.UUID, str], holds: Collection[tuple[uuid.UUID, uuid.UUID]]
) -> dict[uuid.UUID, uuid.UUID]:
    """Return the school of every unit that lies in one; a unit of two schools goes with the first by name."""
    below: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for upper, lower in holds:
        below[upper].append(lower)
    found: dict[uuid.UUID, uuid.UUID] = {}
    for school, kind in kinds.items():
        if kind != UnitKind.SCHOOL:
            continue
        waiting = [school]
        while waiting:
            unit_id = waiting.pop()
            # The nearest school counts where one school holds another.
            if unit_id in found or (unit_id != school and kinds.get(unit_id) == UnitKind.SCHOOL):
                continue
            found[unit_id] = school
            waiting.extend(below[unit_id])
    return found


def _school_around(unit_id: uuid.UUID, day: dt.date, kinds: Mapping[uuid.UUID, str]) -> uuid.UUID | None:
    """Return the school that a team lies in, when the wave is the team's own."""
    if kinds.get(unit_id) != UnitKind.TEAM:
        return None
    above = Unit.objects.filter(id__in=structure.ids_above([unit_id], day), kind=UnitKind.SCHOOL)
    found: uuid.UUID | None = above.order_by("name", "id").values_list("id", flat=True).first()
    return found


def list_partner_schools(unit_id: uuid.UUID, day: dt.date) -> frozenset[uuid.UUID]:
    """Return the schools outside a unit that are its partners: named as such, or in an alliance with it."""
    named = UnitTie.objects.on(day).filter(kind=TieKind.PARTNER)
    partners = set(named.filter(upper_id=unit_id).values_list("lower_id", flat=True))
    partners |= set(named.filter(lower_id=unit_id).values_list("upper_id", flat=True))
    above = structure.ids_above([unit_id], day)
    alliances = set(Unit.objects.filter(id__in=above, kind=UnitKind.ALLIANCE).values_list("id", flat=True))
    around = structure.ids_within(alliances | partners, day) | partners
    inside = structure.ids_within([unit_id], day) | {unit_id}
    schools = Unit.objects.on(day).filter(id__in=around - inside - above, kind=UnitKind.SCHOOL)
    return frozenset(schools.values_list("id", flat=True))
