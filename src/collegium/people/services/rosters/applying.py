"""Carrying a preview out: the lines are the plan, and nothing but them is written."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from collegium.base import ids, time
from collegium.people.enums import Governance, TieKind, UnitKind
from collegium.people.models import ExternalId, Person, Post, RosterChange, RosterImport, Unit, UnitTie
from collegium.people.services.rosters import bulk
from collegium.people.services.rosters.planning.persons import ALIAS
from collegium.people.services.slugs import make_slug

CHUNK = 2000
MODELS: Mapping[str, type[Unit] | type[Person] | type[Post]] = {"unit": Unit, "person": Person, "post": Post}
DAYS = ("starts_on", "ends_on")
_LINK = ("id", "community", "source", "source_id", "unit", "person", "post", "imported")


def day_or_none(text: str | None) -> dt.date | None:
    """The day an ISO text says."""
    return dt.date.fromisoformat(text) if text else None


def to_field(name: str, value: Any) -> Any:
    """A value of a line as the table holds it."""
    return day_or_none(value) if name in DAYS else value


class Applier:
    """Writes the lines of one import. `report` hears how many lines are done."""

    def __init__(self, roster_import: RosterImport, report: Any) -> None:
        self.roster_import = roster_import
        self.community_id = roster_import.community_id
        self.now, self.today = time.now(), time.today()
        self._report = report
        self._done = 0

    def apply(self) -> None:
        """Write everything, in an order in which no rule of the tables is broken on the way."""
        # What ends comes first: a post can be held only once at a time.
        self._change("post", "ended")
        self._change("unit", "ended")
        self._free_addresses()
        self._add_units()
        self._add_persons()
        self._remember_only()
        for kind in MODELS:
            self._change(kind, "changed")
        self._add_posts()

    # --- reading the lines --------------------------------------------------------------------------------------------
    def lines(self, kind: str, action: str) -> Iterator[RosterChange]:
        """The lines of one kind and action in their order."""
        lines = RosterChange.objects.filter(roster_import=self.roster_import, kind=kind, action=action)
        fields = ("target_id", "source_id", "reason", "before", "after", "link")
        for line in lines.order_by("place").only(*fields).iterator(CHUNK):
            yield line
            self._done += 1
            if self._done % CHUNK == 0:
                self._report(self._done)

    # --- adding -------------------------------------------------------------------------------------------------------
    def _add_units(self) -> None:
        lines = list(self.lines("unit", "added"))
        if not lines:
            return
        taken = set(Unit.objects.filter(community_id=self.community_id).values_list("slug", flat=True))
        rows = []
        for line in lines:
            values = line.after
            slug = make_slug(values["name"], values["kind"], taken)
            rows.append((line.target_id, self.community_id, values["kind"], values["name"], slug, values["identifier"]))
        names = ("id", "community", "kind", "name", "slug", "identifier")
        bulk.insert_rows(Unit, (*names, "starts_on", "ends_on"), ((*row, None, None) for row in rows))
        # Contained since before our records: the roster does not say since when.
        self._tie([(line.target_id, upper, None) for line in lines for upper in line.after["parents"]])
        self._insert_links("unit", lines)

    def _tie(self, pairs: Sequence[tuple[uuid.UUID | None, str, dt.date | None]]) -> None:
        involved = {uuid.UUID(upper) for _, upper, _ in pairs} | {lower for lower, _, _ in pairs if lower}
        alliances: set[uuid.UUID] = set()
        for chunk in bulk.chunked(involved):
            found = Unit.objects.filter(id__in=chunk, kind=UnitKind.ALLIANCE).values_list("id", flat=True)
            alliances.update(found)
        names = ("id", "community", "upper", "lower", "kind", "governance", "starts_on", "ends_on")
        rows = []
        for lower, upper, starts_on in pairs:
            # How binding an alliance's tie is, a roster does not know: the softest word claims the least.
            soft = Governance.CONVERSATION if alliances & {lower, uuid.UUID(upper)} else None
            row = (ids.new_id(), self.community_id, uuid.UUID(upper), lower, TieKind.CONTAINS, soft, starts_on, None)
            rows.append(row)
        bulk.insert_rows(UnitTie, names, rows)

    def _free_addresses(self) -> None:
        """Empty the addresses that change: one may pass to somebody else, or two may be swapped."""
        for chunk in bulk.chunked(self.lines("person", "changed"), CHUNK):
            bulk.update_rows(Person, ("email",), [("", line.target_id) for line in chunk if "email" in line.after])

    def _add_persons(self) -> None:
        names = ("id", "community", "account", "given_name", "family_name", "email", "created_at", "erased_at")
        for chunk in bulk.chunked(self.lines("person", "added"), CHUNK):
            rows = []
            for line in chunk:
                values = [line.after[name] for name in names[3:6]]
                rows.append((line.target_id, self.community_id, None, *values, self.now, None))
            bulk.insert_rows(Person, names, rows)
            self._insert_links("person", chunk)

    def _add_posts(self) -> None:
        names = ("id", "community", "person", "unit", "title", "level", "is_primary", "starts_on", "ends_on")
        for chunk in bulk.chunked(self.lines("post", "added"), CHUNK):
            rows = []
            for line in chunk:
                values = line.after
                holder, unit = uuid.UUID(values["person_id"]), uuid.UUID(values["unit_id"])
                said = [to_field(name, values[name]) for name in names[4:]]
                rows.append((line.target_id, self.community_id, holder, unit, *said))
            bulk.insert_rows(Post, names, rows)
            self._insert_links("post", [line for line in chunk if line.link["before"] is None])
            for line in chunk:
                if line.link["before"] is not None:
                    self._links_of("post", [line.source_id]).update(post=line.target_id, imported=line.link["set"])

    # --- ids of the source --------------------------------------------------------------------------------------------
    def _insert_links(self, kind: str, lines: Iterable[RosterChange]) -> None:
        source, rows = self.roster_import.source, []
        for line in lines:
            target = [line.target_id if kind == other else None for other in ("unit", "person", "post")]
            rows.append((ids.new_id(), self.community_id, source, line.source_id, *target, line.link["set"]))
            for alias in line.after.get("aliases", ()):
                rows.append((ids.new_id(), self.community_id, source, (ALIAS + alias)[:200], *target, {}))
        bulk.insert_rows(ExternalId, _LINK, rows)

    def _links_of(self, kind: str, source_ids: list[str]) -> Any:
        source, is_of_kind = self.roster_import.source, {f"{kind}__isnull": False}
        return ExternalId.objects.filter(
            community_id=self.community_id, source=source, source_id__in=source_ids, **is_of_kind
        )

    def _merge_links(self, kind: str, lines: Iterable[RosterChange]) -> None:
        """Let the source's ids remember what their lines say, beside what they remember already."""
        said: dict[str, dict[str, Any]] = defaultdict(dict)
        for line in lines:
            if line.link and line.link["set"] is not None:
                said[line.source_id].update(line.link["set"])
        for chunk in bulk.chunked(said):
            rows = self._links_of(kind, chunk).values_list("id", "source_id", "imported")
            merged = [({**imported, **said[source_id]}, link_id) for link_id, source_id, imported in rows]
            bulk.update_rows(ExternalId, ("imported",), merged)

    def _remember_only(self) -> None:
        """Lines that change nothing but what an id remembers."""
        for kind in MODELS:
            for chunk in bulk.chunked(self.lines(kind, "left"), CHUNK):
                writing = [line for line in chunk if line.link and line.reason != "differs"]
                self._insert_links(kind, [line for line in writing if line.link["before"] is None])
                self._merge_links(kind, [line for line in writing if line.link["before"] is not None])

    # --- changing and ending ------------------------------------------------------------------------------------------
    def _change(self, kind: str, action: str) -> None:
        for chunk in bulk.chunked(self.lines(kind, action), CHUNK):
            write_fields(kind, [(line.target_id, line.after) for line in chunk])
            for line in chunk:
                if "parents" in line.after:
                    self._move(line)
            self._insert_links(kind, [line for line in chunk if _is_new_link(line)])
            self._merge_links(kind, [line for line in chunk if not _is_new_link(line)])

    def _move(self, line: RosterChange) -> None:
        """Untie a unit from units above it, and tie it to others, from today."""
        before, after = set(line.before["parents"]), set(line.after["parents"])
        open_ties = UnitTie.objects.filter(lower=line.target_id, kind=TieKind.CONTAINS, ends_on__isnull=True)
        open_ties.filter(upper__in=before - after).update(ends_on=self.today)
        self._tie([(line.target_id, upper, self.today) for upper in sorted(after - before)])


def _is_new_link(line: RosterChange) -> bool:
    return bool(line.link) and line.link["before"] is None and line.reason != "taken"


def write_fields(kind: str, changes: Iterable[tuple[uuid.UUID | None, Mapping[str, Any]]]) -> None:
    """Set fields of many rows; rows that change the same fields are written together."""
    grouped: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for target_id, values in changes:
        names = tuple(sorted(name for name in values if name != "parents"))
        if names:
            grouped[names].append((*(to_field(name, values[name]) for name in names), target_id))
    for names, rows in grouped.items():
        bulk.update_rows(MODELS[kind], names, rows)
