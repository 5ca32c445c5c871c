"""Units: which of ours a roster means, which are new, and what it says differently."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from typing import Any

from collegium.base import ids
from collegium.people.rosters import Roster, UnitRecord
from collegium.people.services.rosters.planning.compare import Subject, compare, tell
from collegium.people.services.rosters.planning.known import RANKS, Change, Known, KnownUnit, letters, own_id


class UnitPlanner:
    """Plans the units of a roster, and answers which unit an id means."""

    def __init__(self, roster: Roster, known: Known) -> None:
        self.known = known
        self.records = _parents_first(roster.units)
        self.found: dict[str, uuid.UUID] = {}
        self.reasons: dict[str, str] = {}
        self.ended: set[uuid.UUID] = set()
        self._reopened: set[uuid.UUID] = set()
        self.names: dict[uuid.UUID, str] = {unit.id: unit.name for unit in known.units.values()}
        self._kinds: dict[uuid.UUID, str] = {unit.id: unit.kind for unit in known.units.values()}
        self._parents: dict[uuid.UUID, set[uuid.UUID]] = {unit.id: set(unit.parents) for unit in known.units.values()}
        self._children: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
        for unit in known.units.values():
            for parent in unit.parents:
                self._children[parent].add(unit.id)
        self._claimed: set[uuid.UUID] = self._linked_by(record.source_id for record in roster.units)
        self._by_identifier: dict[tuple[str, str], list[KnownUnit]] = defaultdict(list)
        self._by_name: dict[tuple[str, str], list[KnownUnit]] = defaultdict(list)
        for unit in known.units.values():
            if unit.identifier:
                self._by_identifier[unit.kind, letters(unit.identifier)].append(unit)
            self._by_name[unit.kind, letters(unit.name)].append(unit)
        self._ending = self._linked_by(record.source_id for record in roster.units if record.ended)
        self._only_one_like_scope = self._find_only_one_like_scope(roster)

    @property
    def scope(self) -> KnownUnit:
        """The unit that is imported for."""
        return self.known.units[self.known.scope_id]

    def plan(self) -> Iterator[Change]:
        """Say what becomes of each unit in the roster."""
        for record in self.records:
            unit = self._match(record)
            if unit is not None:
                self.found[record.source_id] = unit.id
                self._claimed.add(unit.id)
                yield from self._meet(record, unit)
            elif record.ended:
                yield self._left(record, "not_here")
            elif reason := self._why_not(record):
                self.reasons[record.source_id] = reason
                yield self._refused(record, reason)
            else:
                yield self._add(record)

    def find(self, source_id: str) -> uuid.UUID | None:
        """The unit that an id of the roster means, whether or not the roster lists it."""
        if source_id in self.found:
            return self.found[source_id]
        link = self.known.unit_links.get(source_id)
        if link is not None and link.target_id in self.known.units:
            return link.target_id
        return own_id(source_id, self.known.units)

    def is_over(self, unit_id: uuid.UUID) -> bool:
        """Whether the unit has ended, or ends with this import."""
        unit = self.known.units.get(unit_id)
        has_ended = unit is not None and unit.ends_on is not None and unit.ends_on <= self.known.day
        return unit_id in self.ended or (has_ended and unit_id not in self._reopened)

    def _linked_by(self, source_ids: Iterable[str]) -> set[uuid.UUID]:
        links = self.known.unit_links
        return {links[source_id].target_id for source_id in source_ids if source_id in links}

    def _find_only_one_like_scope(self, roster: Roster) -> str | None:
        """The one unit of the scope's own kind in the file: whatever its spelling, it is the one imported for."""
        alike = [record.source_id for record in roster.units if record.kind == self.scope.kind and not record.ended]
        return alike[0] if len(alike) == 1 and self.scope.kind != "team" else None

    # --- which one is meant -------------------------------------------------------------------------------------------
    def _match(self, record: UnitRecord) -> KnownUnit | None:
        link = self.known.unit_links.get(record.source_id)
        if link is not None:
            return self.known.units.get(link.target_id)
        spelt_out = own_id(record.source_id, self.known.units)
        if spelt_out is not None:
            return self.known.units[spelt_out]
        return self._match_by_words(record)

    def _match_by_words(self, record: UnitRecord) -> KnownUnit | None:
        if record.kind is None:
            return None
        free = self._by_identifier.get((record.kind, letters(record.identifier)), []) if record.identifier else []
        free = [unit for unit in free if unit.id not in self._claimed]
        if len(free) == 1:
            return free[0]
        named = [
            unit
            for unit in self._by_name.get((record.kind, letters(record.name)), ())
            if unit.id not in self._claimed and self._may_be(record, unit)
        ]
        if len(named) == 1:
            return named[0]
        if record.source_id == self._only_one_like_scope and self.scope.id not in self._claimed:
            return self.scope
        return None

    def _may_be(self, record: UnitRecord, unit: KnownUnit) -> bool:
        """Units of one name are the same unless their identifiers, or the schools of two teams, say otherwise."""
        if record.identifier and unit.identifier and letters(record.identifier) != letters(unit.identifier):
            return False
        parents = self._resolve_parents(record)
        return record.kind != "team" or not parents or bool(parents & set(unit.parents))

    def _resolve_parents(self, record: UnitRecord) -> set[uuid.UUID]:
        found = {self.find(parent_id) for parent_id in record.parent_ids}
        return {parent for parent in found if parent is not None}

    # --- new ones -----------------------------------------------------------------------------------------------------
    def _why_not(self, record: UnitRecord) -> str:
        if record.source_id in self.known.unit_links:
            return "unit_elsewhere"
        if record.kind is None:
            return "unit_kind_unknown"
        if RANKS[record.kind] >= RANKS[self.scope.kind]:
            return "unit_outside"
        return ""

    def _add(self, record: UnitRecord) -> Change:
        unit_id = ids.new_id()
        parents = {
            parent
            for parent in self._resolve_parents(record)
            if RANKS[self._kinds[parent]] > RANKS[str(record.kind)] and not self.is_over(parent)
        } or {self.scope.id}
        self.found[record.source_id] = unit_id
        self.names[unit_id], self._kinds[unit_id], self._parents[unit_id] = record.name, str(record.kind), parents
        values: dict[str, Any] = {
            "name": record.name,
            "identifier": record.identifier,
            "parents": sorted(map(str, parents)),
            "ends_on": None,
        }
        return Change(
            kind="unit",
            action="added",
            ref=record.ref,
            source_id=record.source_id,
            target_id=unit_id,
            label=record.name,
            after={"kind": record.kind, **values},
            link_set=values,
        )

    # --- known ones ---------------------------------------------------------------------------------------------------
    def _meet(self, record: UnitRecord, unit: KnownUnit) -> Iterator[Change]:
        link = self.known.unit_links.get(record.source_id)
        if record.ended:
            yield from self._end(record, unit, link.imported if link else None)
            return
        stated, current = self._stated(record, unit)
        subject = Subject(
            kind="unit",
            ref=record.ref,
            source_id=record.source_id,
            target_id=unit.id,
            label=unit.name,
            current=current,
            imported=link.imported if link else None,
            can_be_linked=link is not None or own_id(record.source_id, self.known.units) is None,
        )
        found = compare(stated, current, subject.imported)
        if found and "ends_on" in found.changed:
            self._reopened.add(unit.id)
        if found and "parents" in found.changed:
            self._parents[unit.id] = {uuid.UUID(parent) for parent in found.changed["parents"]}
        yield from tell(subject, found)

    def _stated(self, record: UnitRecord, unit: KnownUnit) -> tuple[dict[str, Any], dict[str, Any]]:
        """What the file says of the unit, and what is there, of the same fields."""
        current = {
            "name": unit.name,
            "identifier": unit.identifier,
            "parents": sorted(map(str, unit.parents)),
            "ends_on": unit.ends_on,
        }
        stated: dict[str, Any] = {"name": record.name}
        # A list without identifiers has its own id stand in for one, which says nothing of a unit we know.
        if record.identifier and record.identifier != record.source_id:
            stated["identifier"] = record.identifier
        parents = {
            parent
            for parent in self._resolve_parents(record)
            if RANKS[self._kinds[parent]] > RANKS[unit.kind]
            and not self.is_over(parent)
            and not self._is_within(parent, unit.id)
        }
        if unit.id != self.scope.id:
            stated["ends_on"] = None
            if parents:
                stated["parents"] = sorted(map(str, parents))
        return stated, current

    def _is_within(self, unit_id: uuid.UUID, upper_id: uuid.UUID) -> bool:
        """Whether a unit is, or lies within, another one."""
        seen: set[uuid.UUID] = set()
        waiting = [unit_id]
        while waiting:
            here = waiting.pop()
            if here == upper_id:
                return True
            if here not in seen:
                seen.add(here)
                waiting.extend(self._parents.get(here, ()))
        return False

    def _end(self, record: UnitRecord, unit: KnownUnit, imported: Any) -> Iterator[Change]:
        if unit.ends_on is not None and unit.ends_on <= self.known.day:
            return
        holds = bool(self._children[unit.id] - self._ending)
        if unit.id == self.scope.id or imported is None or holds:
            reason = "scope_ends" if unit.id == self.scope.id else "holds_units" if holds else "not_from_here"
            yield self._left(record, reason, unit)
            return
        self.ended.add(unit.id)
        after = {"ends_on": self.known.day, "parents": []}
        yield Change(
            kind="unit",
            action="ended",
            reason="ended_in_file",
            ref=record.ref,
            source_id=record.source_id,
            target_id=unit.id,
            label=unit.name,
            before={"ends_on": unit.ends_on, "parents": sorted(map(str, unit.parents))},
            after=after,
            link_before=imported,
            link_set=after,
        )

    # --- lines without consequences -----------------------------------------------------------------------------------
    def _left(self, record: UnitRecord, reason: str, unit: KnownUnit | None = None) -> Change:
        return Change(
            kind="unit",
            action="left",
            reason=reason,
            ref=record.ref,
            source_id=record.source_id,
            target_id=unit.id if unit else None,
            label=unit.name if unit else record.name,
        )

    def _refused(self, record: UnitRecord, reason: str) -> Change:
        return Change(
            kind="unit",
            action="refused",
            reason=reason,
            ref=record.ref,
            source_id=record.source_id,
            label=record.name,
            data={"scope": self.scope.name},
        )


def _parents_first(records: tuple[UnitRecord, ...]) -> list[UnitRecord]:
    """The records in an order in which a unit comes after those that contain it; the first of each id only."""
    by_id: dict[str, UnitRecord] = {}
    for record in records:
        by_id.setdefault(record.source_id, record)
    try:
        order = list(TopologicalSorter({record.source_id: record.parent_ids for record in records}).static_order())
    except CycleError:
        return list(by_id.values())
    return [by_id[source_id] for source_id in order if source_id in by_id]
