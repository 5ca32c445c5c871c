"""Imports of rosters, as stewards may see them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, QuerySet

from collegium.base import time
from collegium.base.models import Job
from collegium.people import policies
from collegium.people.actors import Actor
from collegium.people.enums import ChangeAction, RosterState
from collegium.people.errors import NotFound
from collegium.people.models import ColumnMapping, ExternalId, Person, Post, RosterChange, RosterImport, Unit
from collegium.people.places import Place
from collegium.people.queries import places

KEPT_FOR = dt.timedelta(hours=24)
DEFAULT_SOURCE = "roster"
SOURCE_NAME_LIMIT = 40
_HISTORY = 50


def source_key(unit_id: uuid.UUID, name: str) -> str:
    """The source as ids remember it: two units may both call theirs "roster" and use the same numbers."""
    return f"{unit_id.hex}:{name.strip()[:SOURCE_NAME_LIMIT] or DEFAULT_SOURCE}"


def source_name(key: str) -> str:
    """What people call a source."""
    return key.partition(":")[2] or key


def get_import_for(actor: Actor, import_id: uuid.UUID) -> RosterImport:
    """Return an import with its unit; NotFound when absent or not the actor's to look after."""
    found = RosterImport.objects.select_related("unit").filter(id=import_id, community_id=actor.community_id).first()
    if found is None or not policies.can_steward(actor, place_of(found)):
        raise NotFound
    return found


_BEFORE = {
    RosterState.READING: RosterState.UPLOADED,
    RosterState.APPLYING: RosterState.PREVIEWED,
    RosterState.UNDOING: RosterState.APPLIED,
}


def get_job(roster_import: RosterImport) -> Job | None:
    """Return the work that an import last asked for."""
    return Job.objects.filter(id=roster_import.job_id).first() if roster_import.job_id else None


def settled_state(roster_import: RosterImport) -> str:
    """Return the state of an import; work that broke down has left it where it stood before."""
    before = _BEFORE.get(RosterState(roster_import.state))
    if before is None:
        return roster_import.state
    job = get_job(roster_import)
    return before if job is not None and job.state == Job.State.FAILED else roster_import.state


def place_of(roster_import: RosterImport) -> Place:
    """Where an import happens, today."""
    return places.locate(roster_import.unit, time.today())


def get_import_in(actor: Actor, place: Place, import_id: uuid.UUID) -> RosterImport:
    """Return an import for the unit of a place."""
    found = get_import_for(actor, import_id)
    if found.unit_id != place.unit_id:
        raise NotFound
    return found


def get_unit_for(actor: Actor, place: Place) -> Unit:
    """Return the unit of a place whose rosters the actor may import."""
    policies.check_can_steward(actor, place)
    return Unit.objects.get(id=place.unit_id)


def list_imports_for(actor: Actor, place: Place) -> list[RosterImport]:
    """Return the latest imports for a unit, the newest first."""
    policies.check_can_steward(actor, place)
    return list(
        RosterImport.objects.filter(unit_id=place.unit_id)
        .exclude(state=RosterState.DISCARDED)
        .order_by("-created_at")[:_HISTORY]
    )


def list_sources_for(actor: Actor, place: Place) -> list[str]:
    """Return what the unit's sources are called, the usual one first."""
    policies.check_can_steward(actor, place)
    prefix = source_key(place.unit_id, "x").partition(":")[0] + ":"
    known = ExternalId.objects.filter(community_id=place.community_id, source__startswith=prefix)
    names = {source_name(key) for key in known.order_by().values_list("source", flat=True).distinct()}
    return sorted(names | {DEFAULT_SOURCE}, key=lambda name: (name != DEFAULT_SOURCE, name))


def find_undoable(unit_id: uuid.UUID) -> RosterImport | None:
    """Return the last import that was carried out for a unit; no other can be undone."""
    last = RosterImport.objects.filter(unit_id=unit_id, applied_at__isnull=False).order_by("-applied_at").first()
    return last if last is not None and last.state != RosterState.UNDONE else None


def lines_of(
    roster_import: RosterImport, *, action: str = "", kind: str = "", file: str = "", reason: str = ""
) -> QuerySet[RosterChange]:
    """Return the lines of an import in their order, narrowed down."""
    wanted = {"action": action, "kind": kind, "file": file, "reason": reason}
    given = {name: value for name, value in wanted.items() if value}
    return RosterChange.objects.filter(roster_import=roster_import, **given).order_by("place")


def list_files_of(roster_import: RosterImport) -> list[str]:
    """Return the files that lines of an import refer to."""
    lines = RosterChange.objects.filter(roster_import=roster_import).exclude(file="")
    return sorted(lines.order_by().values_list("file", flat=True).distinct())


def count_lines(roster_import: RosterImport) -> dict[str, Any]:
    """Count the lines by action and kind, and by reason where there is one."""
    actions: dict[str, dict[str, int]] = {}
    reasons: dict[str, int] = {}
    lines = RosterChange.objects.filter(roster_import=roster_import).order_by()
    for action, kind, reason, count in lines.values_list("action", "kind", "reason").annotate(n=Count("id")):
        kinds = actions.setdefault(action, {})
        kinds[kind] = kinds.get(kind, 0) + count
        if reason:
            key = f"{action}.{reason}"
            reasons[key] = reasons.get(key, 0) + count
    return {"actions": actions, "reasons": reasons}


def name_targets(lines: list[RosterChange]) -> Mapping[uuid.UUID, str]:
    """Return what the lines are about today; once an import is carried out, its lines name nobody themselves."""
    ids = {line.target_id for line in lines if line.target_id}
    names: dict[uuid.UUID, str] = dict(Unit.objects.filter(id__in=ids).values_list("id", "name"))
    for person in Person.objects.filter(id__in=ids):
        names[person.id] = person.full_name
    for post in Post.objects.filter(id__in=ids).select_related("person", "unit"):
        names[post.id] = f"{post.person.full_name} · {post.title} · {post.unit.name}"
    return names


def find_mapping(unit_id: uuid.UUID, headers_key: str) -> Mapping[str, str] | None:
    """Return how a list with these columns was read the last time for a unit."""
    remembered = ColumnMapping.objects.filter(unit_id=unit_id, headers_key=headers_key).first()
    return remembered.mapping if remembered else None


def has_choice(roster_import: RosterImport) -> bool:
    """Whether there are values that were edited here and that the roster now gives differently."""
    return lines_of(roster_import, action=ChangeAction.LEFT, reason="differs").exists()
