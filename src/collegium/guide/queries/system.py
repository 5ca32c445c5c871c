"""A district or an alliance as one system: its schools and what joins them, as far as a reader may see it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from collegium.connect.queries import between
from collegium.connect.queries.between import Between
from collegium.decide.queries import shared as decisions
from collegium.enquire.queries import shared as enquiries
from collegium.enquire.queries.shared import Joined
from collegium.guide import policies
from collegium.guide.errors import NotFound
from collegium.guide.queries import reviews
from collegium.guide.queries.within import place_below
from collegium.intend.queries import shared as intents
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.models import Unit
from collegium.people.places import Place
from collegium.people.queries import structure, support

SYSTEMS = frozenset({UnitKind.DISTRICT, UnitKind.TRUST, UnitKind.ALLIANCE, UnitKind.STATE})
INTENT, ENQUIRY, DECISION = "intent", "enquiry", "decision"
Pair = tuple[uuid.UUID, uuid.UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """A school of the system. Its phase is empty where it has not been told yet, or is not this reader's to know."""

    id: uuid.UUID
    slug: str
    name: str
    is_open: bool  # whether the reader may see more of it than that it is there
    phase: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Something that several schools have in common; `joins_all` where it is everybody's."""

    kind: str
    id: uuid.UUID
    title: str
    schools: frozenset[uuid.UUID]
    joins_all: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """The schools, by name, and what joins them. `supports` go from whoever supports to whom."""

    schools: tuple[School, ...]
    between: Between | None
    supports: frozenset[Pair]
    shared: tuple[Shared, ...]


def read_system_for(actor: Actor, place: Place) -> System:
    """Return the system of a unit that contains schools; NotFound for a school or a team."""
    if place.kind not in SYSTEMS:
        raise NotFound
    inside = structure.inside(place.unit_id, place.as_of)
    rows = list(Unit.objects.filter(id__in=inside, kind=UnitKind.SCHOOL).order_by("name", "id"))
    is_open = {row.id: policies.can_view_guide(actor, place_below(place, row)) for row in rows}
    ids = frozenset(is_open)
    joined = enquiries.list_joined_for(actor, place)
    open_ids = [one for one, seen in is_open.items() if seen]
    phases = reviews.find_phases(open_ids, place.as_of)
    given = support.list_supporters(open_ids, place.as_of)
    works_at = support.list_schools_of(_people_of(joined, given), place.as_of)
    return System(
        schools=tuple(
            School(id=row.id, slug=row.slug, name=row.name, is_open=is_open[row.id], phase=phases.get(row.id, ""))
            for row in rows
        ),
        between=between.find_between_for(actor, place),
        supports=_supports(place, ids, joined, given, works_at),
        shared=(
            *_intents(actor, place, ids),
            *_enquiries(joined, ids, works_at),
            *_decisions(actor, place, ids),
        ),
    )


def _people_of(joined: list[Joined], given: list[Pair]) -> set[uuid.UUID]:
    people = {person_id for _unit, person_id in given}
    for each in joined:
        people |= each.working | ({each.friend} if each.friend else set())
    return people


def _supports(
    place: Place,
    ids: frozenset[uuid.UUID],
    joined: list[Joined],
    given: list[Pair],
    works_at: Mapping[uuid.UUID, frozenset[uuid.UUID]],
) -> frozenset[Pair]:
    """Partners support each other; supporters and critical friends do so from the school where they work."""
    found = {pair for one, other in support.list_partners(ids, place.as_of) for pair in ((one, other), (other, one))}
    helped: list[Pair] = list(given)
    for each in joined:
        if each.friend:
            helped += [(school, each.friend) for school in _schools_of(each.working, works_at)]
    for school, person_id in helped:
        found |= {(helper, school) for helper in works_at.get(person_id, ()) if helper != school}
    return frozenset((helper, school) for helper, school in found if helper in ids and school in ids)


def _schools_of(
    people: frozenset[uuid.UUID], works_at: Mapping[uuid.UUID, frozenset[uuid.UUID]]
) -> frozenset[uuid.UUID]:
    return frozenset(school for person_id in people for school in works_at.get(person_id, ()))


def _intents(actor: Actor, place: Place, ids: frozenset[uuid.UUID]) -> list[Shared]:
    found = intents.list_taken_up_for(actor, place)
    return [_share(INTENT, intent.id, intent.title, units & ids, ids) for intent, units in found]


def _enquiries(
    joined: list[Joined], ids: frozenset[uuid.UUID], works_at: Mapping[uuid.UUID, frozenset[uuid.UUID]]
) -> list[Shared]:
    found = [
        _share(ENQUIRY, each.enquiry.id, each.enquiry.title, _schools_of(each.working, works_at) & ids, ids)
        for each in joined
    ]
    return [each for each in found if len(each.schools) > 1]


def _decisions(actor: Actor, place: Place, ids: frozenset[uuid.UUID]) -> list[Shared]:
    """Return the matters of two schools or more; one that the whole unit takes part in is everybody's."""
    found = []
    for matter, units in decisions.list_open_with_units_for(actor, place):
        schools = ids if place.unit_id in units else units & ids
        if len(schools) > 1:
            found.append(_share(DECISION, matter.id, matter.question, schools, ids))
    return found


def _share(
    kind: str, thing_id: uuid.UUID, title: str, schools: frozenset[uuid.UUID], ids: frozenset[uuid.UUID]
) -> Shared:
    return Shared(kind=kind, id=thing_id, title=title, schools=schools, joins_all=len(ids) > 1 and schools == ids)
