"""Reporting cells and views: from who works where to what a pulse can report. Pure; no database.

Everybody falls into exactly one cell: the unit of their main post, and its level. Where so few are asked that they
could never be reported by themselves, cells merge before the pulse opens, those of the same team first; so even the
sheets themselves tell no smaller group apart. A view is a set of cells.
"""

from __future__ import annotations

import itertools
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from collegium.listen.enums import ReportingLevel, ViewKind
from collegium.people.enums import UnitKind
from collegium.science.disclosure.atoms import AtomPlan, form_atoms

# A pulse mixes sheets, and merges cells, inside the widest unit of these kinds below its own.
_SCHOOL_AND_BELOW = (UnitKind.TEAM, UnitKind.SCHOOL)
_DISTRICTS = (UnitKind.DISTRICT, UnitKind.TRUST)
# A team or a level is shown without those of it who cannot be told apart as long as they are few.
LEAST_SHARE = 0.6
_SIZE = {kind: place for place, kind in enumerate(UnitKind.values)}


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who is asked: where their main post is, and its reporting level."""

    person_id: uuid.UUID
    unit_id: uuid.UUID
    level: ReportingLevel


Part = tuple[uuid.UUID, ReportingLevel]
Near = Mapping[uuid.UUID, Collection[uuid.UUID]]


@dataclass(frozen=True, slots=True)
class PlannedCell:
    """A cell with the parts it is made of and the people who fall into it."""

    number: int
    mixed_in: uuid.UUID
    parts: tuple[Part, ...]
    people: tuple[uuid.UUID, ...]


@dataclass(frozen=True, slots=True)
class PlannedView:
    """A view as the numbers of its cells; without any where too few are asked for it ever to be shown."""

    kind: ViewKind
    unit_id: uuid.UUID
    level: str
    cells: tuple[int, ...]
    asked: int


@dataclass(frozen=True, slots=True)
class ReportingPlan:
    """Everything a pulse will report on: `views` that there will be, and those that are `lost` from the start."""

    cells: tuple[PlannedCell, ...]
    views: tuple[PlannedView, ...]
    lost: tuple[PlannedView, ...]

    @property
    def asked(self) -> int:
        """How many people are asked."""
        return sum(len(cell.people) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Organisation:
    """The units a pulse is about: `root` and all within it, their kinds in the order of a page, and what holds what."""

    root: uuid.UUID
    kinds: Mapping[uuid.UUID, str]
    holds: Sequence[tuple[uuid.UUID, uuid.UUID]]

    def inside(self) -> dict[uuid.UUID, frozenset[uuid.UUID]]:
        """Return, for every unit, itself and all below it; a circle comes to an end."""
        below: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
        for upper, lower in self.holds:
            below[upper].append(lower)
        found = {}
        for unit_id in self.kinds:
            held, waiting = {unit_id}, [unit_id]
            while waiting:
                new = set(below[waiting.pop()]) - held
                held |= new
                waiting.extend(new)
            found[unit_id] = frozenset(held)
        return found

    def near(self) -> Near:
        """Return which schools lie together: those of a district or trust, and all others of the root."""
        groups: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
        home: dict[uuid.UUID, uuid.UUID] = {}
        for upper, lower in self.holds:
            if self.kinds.get(lower) == UnitKind.SCHOOL and self.kinds.get(upper) in _DISTRICTS:
                home.setdefault(lower, upper)
        for unit_id, kind in self.kinds.items():
            if kind == UnitKind.SCHOOL:
                groups[home.get(unit_id, self.root)].add(unit_id)
        return groups


def plan_reporting(organisation: Organisation, people: Iterable[Asked], *, fewest: int) -> ReportingPlan:
    """Lay the asked out into cells of at least `fewest`, and say which views there are.

    Views are of the whole, of every unit, and of the levels of schools and larger units.
    """
    inside = organisation.inside()
    schools = _schools(organisation, inside)
    by_part: dict[Part, list[uuid.UUID]] = defaultdict(list)
    for person in people:
        by_part[person.unit_id, person.level].append(person.person_id)
    order = {unit_id: place for place, unit_id in enumerate(organisation.kinds)}
    levels = list(ReportingLevel)
    parts = sorted(by_part, key=lambda part: (order[part[0]], levels.index(part[1])))
    spots = [
        Spot(str(place), schools.get(unit_id, organisation.root), ((unit_id, level),))
        for place, (unit_id, level) in enumerate(parts)
    ]
    asked = {spot.key: len(by_part[part]) for spot, part in zip(spots, parts, strict=True)}
    wanted = list(_wanted(organisation, inside, parts))
    requested = {str(place): [str(part) for part in view.parts] for place, view in enumerate(wanted)}
    plan = form_atoms(asked, list_neighbours(spots, asked, organisation.near(), fewest), requested, k=fewest)
    shown = shown_views(plan, requested, asked)
    # Nothing is ever shown of the withheld; they are one cell, so that their sheets tell nobody apart either.
    sets = [sorted(map(int, atom)) for atom in (*plan.atoms, plan.withheld) if atom]
    cells = tuple(
        PlannedCell(
            number,
            spots[places[0]].school,
            tuple(parts[place] for place in places),
            tuple(sorted(person for place in places for person in by_part[parts[place]])),
        )
        for number, places in enumerate(sorted(sets), start=1)
    )
    number_of = {part: cell.number for cell in cells for part in cell.parts}
    people_in = {cell.number: len(cell.people) for cell in cells}
    views = []
    for place, view in enumerate(wanted):
        atoms = shown.get(str(place), ())
        numbers = sorted({number_of[parts[int(spot)]] for atom in atoms for spot in plan.atoms[atom]})
        counted = sum(people_in[number] for number in numbers) if numbers else sum(asked[str(p)] for p in view.parts)
        views.append(PlannedView(view.kind, view.unit_id, view.level, tuple(numbers), counted))
    return ReportingPlan(
        cells=cells,
        views=tuple(view for view in views if view.cells),
        lost=tuple(view for view in views if not view.cells),
    )


def shown_views(
    plan: AtomPlan, requested: Mapping[str, Collection[str]], counts: Mapping[str, int]
) -> dict[str, tuple[int, ...]]:
    """Return the views of a plan, and of those that it lost what lies wholly inside them, where that is most of them.

    Of a team whose leader is counted with other leaders, or a level that one small team cannot tell apart, the others
    are shown. It is a union of atoms like any other view, so it gives away no more.
    """
    home = {cell: place for place, atom in enumerate(plan.atoms) for cell in atom}
    shown = dict(plan.views)
    for name in plan.lost:
        cells = frozenset(requested[name])
        inside = sorted({home[cell] for cell in cells if cell in home and plan.atoms[home[cell]] <= cells})
        counted = sum(counts[cell] for place in inside for cell in plan.atoms[place])
        if inside and counted >= LEAST_SHARE * sum(counts[cell] for cell in cells):
            shown[name] = tuple(inside)
    return shown


def _schools(
    organisation: Organisation, inside: Mapping[uuid.UUID, frozenset[uuid.UUID]]
) -> dict[uuid.UUID, uuid.UUID]:
    """Return the school of every unit that lies in one; a unit of two schools goes with the first."""
    if organisation.kinds[organisation.root] in _SCHOOL_AND_BELOW:
        return dict.fromkeys(inside, organisation.root)
    schools: dict[uuid.UUID, uuid.UUID] = {}
    for unit_id, kind in organisation.kinds.items():
        if kind == UnitKind.SCHOOL:
            for lower in inside[unit_id]:
                schools.setdefault(lower, unit_id)
    return schools


@dataclass(frozen=True, slots=True)
class _Wanted:
    kind: ViewKind
    unit_id: uuid.UUID
    level: str
    parts: tuple[int, ...]


def _wanted(
    organisation: Organisation, inside: Mapping[uuid.UUID, frozenset[uuid.UUID]], parts: Sequence[Part]
) -> Iterable[_Wanted]:
    """Yield every view one would like, the whole first, then the larger units; parts by their places."""
    root, kinds = organisation.root, organisation.kinds
    of_unit: dict[uuid.UUID, list[int]] = defaultdict(list)
    for place, (unit_id, _level) in enumerate(parts):
        of_unit[unit_id].append(place)
    for unit_id in sorted(kinds, key=lambda unit_id: (unit_id != root, -_SIZE[kinds[unit_id]])):
        held = sorted(place for lower in inside[unit_id] for place in of_unit.get(lower, ()))
        if not held:
            continue
        yield _Wanted(ViewKind.WHOLE if unit_id == root else ViewKind.UNIT, unit_id, "", tuple(held))
        levels = {parts[place][1] for place in held}
        if len(levels) > 1 and (kinds[unit_id] != UnitKind.TEAM or unit_id == root):
            for level in ReportingLevel:
                if level in levels:
                    of_level = tuple(place for place in held if parts[place][1] == level)
                    yield _Wanted(ViewKind.LEVEL, unit_id, level.value, of_level)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a cell stands, for merging: its key, its school, and the units and levels in it."""

    key: str
    school: uuid.UUID
    parts: Sequence[tuple[uuid.UUID, str]]


def list_neighbours(
    spots: Sequence[Spot], counts: Mapping[str, int], near: Near, fewest: int
) -> list[set[tuple[str, str]]]:
    """Return along which pairs cells may merge, the preferred first.

    In a team, level by level; in a school, the same level of other teams; in a school at all; and where a whole school
    stays too small, with the smallest schools near it.
    """
    levels = ReportingLevel.values
    in_team: set[tuple[str, str]] = set()
    same_level: set[tuple[str, str]] = set()
    in_school: set[tuple[str, str]] = set()
    for school in _by(spots, lambda spot: spot.school):
        for team in _by(school, lambda spot: spot.parts[0][0]):
            ranked = sorted(team, key=lambda spot: levels.index(spot.parts[0][1]))
            in_team |= {(one.key, other.key) for one, other in itertools.pairwise(ranked)}
        for level in _by(school, lambda spot: spot.parts[0][1]):
            same_level |= {(one.key, other.key) for one, other in itertools.combinations(level, 2)}
        in_school |= {(one.key, other.key) for one, other in itertools.combinations(school, 2)}
    return [in_team, same_level, in_school, _between_small_schools(spots, counts, near, fewest)]


def _between_small_schools(
    spots: Sequence[Spot], counts: Mapping[str, int], near: Near, fewest: int
) -> set[tuple[str, str]]:
    """A school that is too small joins the smallest others near it, as many as it takes."""
    sizes = Counter[uuid.UUID]()
    first: dict[uuid.UUID, str] = {}
    for spot in spots:
        sizes[spot.school] += counts.get(spot.key, 0)
        first.setdefault(spot.school, spot.key)
    pairs: set[tuple[str, str]] = set()
    for together in near.values():
        ranked = sorted((school for school in together if school in sizes), key=lambda school: (sizes[school], school))
        waiting: list[uuid.UUID] = []
        held = 0
        for school in ranked:
            if not waiting and sizes[school] >= fewest:
                break
            waiting.append(school)
            held += sizes[school]
            if held >= fewest:
                pairs |= {(first[one], first[other]) for one, other in itertools.pairwise(waiting)}
                waiting, held = [], 0
    return pairs | _of_no_school(spots, sizes, counts, near, fewest)


def _of_no_school(
    spots: Sequence[Spot], sizes: Mapping[uuid.UUID, int], counts: Mapping[str, int], near: Near, fewest: int
) -> set[tuple[str, str]]:
    """The few of an alliance's own office go with the smallest cell of the largest school, which hardly misses it."""
    schools = {school for together in near.values() for school in together if school in sizes}
    strays = [spot for spot in spots if spot.school not in schools and sizes[spot.school] < fewest]
    if not strays or not schools:
        return set()
    largest = max(schools, key=lambda school: (sizes[school], school))
    host = min((spot for spot in spots if spot.school == largest), key=lambda spot: (counts.get(spot.key, 0), spot.key))
    return {(spot.key, host.key) for spot in strays}


def _by(spots: Sequence[Spot], key: Callable[[Spot], object]) -> list[list[Spot]]:
    groups: dict[object, list[Spot]] = defaultdict(list)
    for spot in spots:
        groups[key(spot)].append(spot)
    return list(groups.values())
