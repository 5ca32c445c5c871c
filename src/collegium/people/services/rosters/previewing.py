"""Making a preview: read the upload, compare it with what is there, and write down line by line what would happen."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.base import ids, time
from collegium.people import rosters
from collegium.people.enums import RosterState
from collegium.people.models import RosterChange, RosterImport
from collegium.people.rosters import Roster
from collegium.people.services.rosters import bulk, loading
from collegium.people.services.rosters.planning import Planner
from collegium.people.services.rosters.planning.known import Change

Report = Callable[[int, int, str], None]
BATCH = 2000
_FIELDS = (
    "id", "community", "roster_import", "place", "kind", "action", "reason", "file", "row",
    "source_id", "target_id", "label", "data", "before", "after", "link",
)  # fmt: skip


class Tally:
    """Counts lines by kind and action, and by reason where there is one."""

    def __init__(self) -> None:
        self.actions: dict[str, Counter[str]] = defaultdict(Counter)
        self.reasons: Counter[str] = Counter()

    def add(self, change: Change) -> None:
        """Count one line."""
        self.actions[change.action][change.kind] += 1
        if change.reason:
            self.reasons[f"{change.action}.{change.reason}"] += 1

    def as_json(self) -> dict[str, Any]:
        """The counts as they are kept."""
        return {
            "actions": {action: dict(kinds) for action, kinds in self.actions.items()},
            "reasons": dict(self.reasons),
        }


def read_upload(roster_import: RosterImport, path: Path, report: Report) -> Roster:
    """Read the file or folder as the import says its columns are to be read. Raises UnreadableRoster."""
    step = _("Reading the file")
    mapping = rosters.ColumnMapping(**roster_import.mapping) if roster_import.mapping else None
    return rosters.read(path, mapping=mapping, progress=lambda done, total: report(done, total, step))


def write_lines(roster_import: RosterImport, roster: Roster, report: Report) -> None:
    """Fill an import with its lines, counts and findings. What an earlier attempt left is replaced."""
    today = time.today()
    unit, source = roster_import.unit, roster_import.source
    report(0, 0, _("Looking up what is there"))
    # Before loading: an edit in between makes the preview out of date rather than wrong.
    state = loading.fingerprint(unit=unit, source=source, today=today)
    emails = {person.email for person in roster.persons if person.email}
    known = loading.load_known(unit=unit, source=source, emails=emails, today=today)
    RosterChange.objects.filter(roster_import=roster_import).delete()
    planner, tally = Planner(roster, known), Tally()
    expected = len(roster.units) + len(roster.persons) + len(roster.posts)
    step = _("Comparing with what is there")
    for batch in bulk.chunked(_rows(roster_import, planner, tally), BATCH):
        with transaction.atomic():
            bulk.insert_rows(RosterChange, _FIELDS, batch)
        report(min(batch[-1][3], expected), expected, step)
    _finish(roster_import, roster, planner, tally, state)


def _rows(roster_import: RosterImport, planner: Planner, tally: Tally) -> Iterator[tuple[Any, ...]]:
    community_id, import_id = roster_import.community_id, roster_import.id
    for place, change in enumerate(planner.plan(), start=1):
        tally.add(change)
        yield (ids.new_id(), community_id, import_id, place, change.kind, change.action, change.reason, *_told(change))


def _told(change: Change) -> tuple[Any, ...]:
    ref = change.ref
    is_linking = change.link_set is not None
    link = {"before": change.link_before, "set": change.link_set} if is_linking else {}
    place = (ref.file[:200], ref.row) if ref else ("", None)
    values = (change.data, change.before, change.after, link)
    return (*place, change.source_id, change.target_id, change.label[:400], *values)


def _finish(roster_import: RosterImport, roster: Roster, planner: Planner, tally: Tally, state: str) -> None:
    roster_import.dialect = roster.dialect.value
    roster_import.is_delta = roster.is_delta
    roster_import.counts = {
        **tally.as_json(),
        "file": {"unit": len(roster.units), "person": len(roster.persons), "post": len(roster.posts)},
        "left_out": dict(roster.left_out),
        "people_now": planner.people_now,
        "people_leaving": planner.people_leaving,
        "may_miss_people": planner.may_miss_people,
        "must_confirm": planner.must_confirm_endings,
    }
    roster_import.findings = {"notes": [_note(note) for note in roster.notes]}
    roster_import.fingerprint = state
    roster_import.problem = {}
    roster_import.state = RosterState.PREVIEWED
    roster_import.planned_at = time.now()
    roster_import.save()


def _note(note: rosters.Note) -> dict[str, Any]:
    ref = {"file": note.ref.file, "row": note.ref.row} if note.ref else {}
    return {"code": note.code.value, "count": note.count, "data": dict(note.data), **ref}


def count_lines(import_id: uuid.UUID) -> int:
    """How many lines an import has."""
    return RosterChange.objects.filter(roster_import_id=import_id).count()
