"""The steps of an import: upload, columns, preview, apply, undo. Each checks that it comes at the right moment."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from collegium.base import ids, jobs, time
from collegium.people import policies, rosters
from collegium.people.actors import Actor
from collegium.people.enums import ChangeAction, RosterState
from collegium.people.errors import Conflict, Invalid
from collegium.people.models import (
    ColumnMapping,
    ExternalId,
    Person,
    Post,
    RosterChange,
    RosterImport,
    Unit,
    UnitTie,
)
from collegium.people.queries import places
from collegium.people.queries import rosters as queries
from collegium.people.rosters import Sniffed, UnreadableRoster
from collegium.people.services.rosters import bulk, loading, previewing, uploads
from collegium.people.services.rosters.applying import Applier
from collegium.people.services.rosters.previewing import Report
from collegium.people.services.rosters.undoing import Undoer
from collegium.people.services.writing import record

PREVIEW_JOB = "people.roster_preview"
APPLY_JOB = "people.roster_apply"
UNDO_JOB = "people.roster_undo"
_WRITTEN = (Unit, UnitTie, Person, Post, ExternalId)
_WITHDRAWN = ("not_in_file", "ended_in_file", "unit_ends")


# --- upload -----------------------------------------------------------------------------------------------------------
def start_import(*, actor: Actor, unit: Unit, source: str, parts: Sequence[uploads.UploadedPart]) -> RosterImport:
    """Keep an upload and recognise it; what needs no columns named is previewed at once, apart from the request."""
    _check(actor, unit)
    sweep_expired()
    import_id = ids.new_id()
    name, checksum = uploads.keep_upload(import_id, parts)
    with transaction.atomic():
        roster_import = _create(actor, unit, source, import_id=import_id, file_name=name, checksum=checksum)
        try:
            sniffed = rosters.sniff(uploads.path_of(import_id))
        except UnreadableRoster as error:
            _set_unreadable(roster_import, error)
            return roster_import
        if sniffed.needs_mapping:
            roster_import.state = RosterState.COLUMNS
            roster_import.save(update_fields=["state"])
        else:
            request_preview(actor=actor, roster_import=roster_import)
    return roster_import


def start_local_import(*, actor: Actor, unit: Unit, source: str, path: Path) -> RosterImport:
    """Begin an import of a file or folder on this machine, which stays where it is."""
    _check(actor, unit)
    sweep_expired()
    name, checksum = uploads.name_and_checksum(path)
    return _create(actor, unit, source, import_id=ids.new_id(), file_name=name, checksum=checksum)


def _create(actor: Actor, unit: Unit, source: str, *, import_id: uuid.UUID, **fields: Any) -> RosterImport:
    roster_import = RosterImport.objects.create(
        id=import_id,
        community_id=unit.community_id,
        unit=unit,
        source=queries.source_key(unit.id, source),
        state=RosterState.UPLOADED,
        created_by=actor.recorded_id,
        created_at=time.now(),
        **fields,
    )
    record(actor, "roster.uploaded", roster_import, unit_id=unit.id)
    return roster_import


def _check(actor: Actor, unit: Unit) -> None:
    policies.check_can_steward(actor, places.locate(unit, time.today()))


# --- columns ----------------------------------------------------------------------------------------------------------
def look_at(roster_import: RosterImport) -> Sniffed:
    """Say what the upload is; Invalid when it is gone or cannot be read."""
    try:
        return rosters.sniff(uploads.path_of(roster_import.id))
    except UnreadableRoster as error:
        raise Invalid("roster_unreadable", reason=rosters.sentence(error)) from error


def headers_key(headers: Iterable[str]) -> str:
    """What a set of column titles is remembered by."""
    return hashlib.sha256("\n".join(sorted(headers)).encode()).hexdigest()


@transaction.atomic
def choose_columns(
    *, actor: Actor, roster_import: RosterImport, headers: Sequence[str], mapping: rosters.ColumnMapping
) -> None:
    """Take how the columns are to be read, remember it for the next time, and make the preview."""
    _check(actor, roster_import.unit)
    _expect(roster_import, RosterState.COLUMNS, RosterState.PREVIEWED, RosterState.UNREADABLE)
    if mapping.missing:
        raise Invalid("roster_columns_missing", missing=", ".join(mapping.missing))
    remember_columns(roster_import, headers, mapping)
    request_preview(actor=actor, roster_import=roster_import)


def remember_columns(roster_import: RosterImport, headers: Sequence[str], mapping: rosters.ColumnMapping) -> None:
    """Write the mapping down, for this import and for the next list with these columns."""
    roster_import.mapping = asdict(mapping)
    roster_import.save(update_fields=["mapping"])
    ColumnMapping.objects.update_or_create(
        community_id=roster_import.community_id,
        unit=roster_import.unit,
        headers_key=headers_key(headers),
        defaults={"mapping": roster_import.mapping, "used_at": time.now()},
    )


# --- preview ----------------------------------------------------------------------------------------------------------
@transaction.atomic
def request_preview(*, actor: Actor, roster_import: RosterImport) -> None:
    """Make the preview, or make it again, apart from the request."""
    _check(actor, roster_import.unit)
    states = (RosterState.UPLOADED, RosterState.COLUMNS, RosterState.PREVIEWED, RosterState.UNREADABLE)
    _expect(roster_import, *states)
    uploads.path_of(roster_import.id)
    _enqueue(actor, roster_import, RosterState.READING, PREVIEW_JOB)


def preview(*, actor: Actor, roster_import: RosterImport, report: Report, path: Path | None = None) -> RosterImport:
    """Read the upload and write down line by line what would happen; an unreadable file becomes a problem in words."""
    _check(actor, roster_import.unit)
    try:
        roster = previewing.read_upload(roster_import, path or uploads.path_of(roster_import.id), report)
    except UnreadableRoster as error:
        _set_unreadable(roster_import, error)
        return roster_import
    previewing.write_lines(roster_import, roster, report)
    record(actor, "roster.previewed", roster_import, unit_id=roster_import.unit_id)
    return roster_import


def _set_unreadable(roster_import: RosterImport, error: UnreadableRoster) -> None:
    needs_columns = error.code == rosters.UnreadableCode.MAPPING_NEEDED
    roster_import.state = RosterState.COLUMNS if needs_columns else RosterState.UNREADABLE
    roster_import.problem = {} if needs_columns else {"code": error.code.value, "data": dict(error.data)}
    roster_import.save(update_fields=["state", "problem"])


# --- apply ------------------------------------------------------------------------------------------------------------
@transaction.atomic
def request_apply(*, actor: Actor, roster_import: RosterImport, take_roster: bool, end_missing: bool) -> None:
    """Carry a preview out, apart from the request."""
    _check(actor, roster_import.unit)
    _expect(roster_import, RosterState.PREVIEWED)
    _enqueue(actor, roster_import, RosterState.APPLYING, APPLY_JOB, take_roster=take_roster, end_missing=end_missing)


def apply(
    *, actor: Actor, roster_import: RosterImport, take_roster: bool, end_missing: bool, report: Report
) -> RosterImport:
    """Carry a preview out in one transaction, or not at all: Conflict when things have moved on since it was made.

    `take_roster`: where a value was edited here and the roster now gives another one, the roster's counts.
    `end_missing`: the confirmation that is needed when unusually many, or uncertain, people would leave.
    """
    try:
        with transaction.atomic():
            return _apply(actor, roster_import.id, take_roster, end_missing, report)
    except IntegrityError as error:
        # Somebody added in between what this preview would add: the rules of the tables have seen it first.
        _set_back(roster_import, RosterState.APPLYING, RosterState.PREVIEWED, "roster_stale")
        raise Conflict("roster_stale") from error
    except Conflict as error:
        _set_back(roster_import, RosterState.APPLYING, RosterState.PREVIEWED, error.code)
        raise


def _apply(actor: Actor, import_id: uuid.UUID, take_roster: bool, end_missing: bool, report: Report) -> RosterImport:
    roster_import = _lock(import_id, RosterState.PREVIEWED, RosterState.APPLYING)
    _check(actor, roster_import.unit)
    today = time.today()
    state = loading.fingerprint(unit=roster_import.unit, source=roster_import.source, today=today)
    if state != roster_import.fingerprint:
        raise Conflict("roster_stale")
    lines = RosterChange.objects.filter(roster_import=roster_import)
    if take_roster:
        lines.filter(action=ChangeAction.LEFT, reason="differs").update(action=ChangeAction.CHANGED, reason="taken")
    if roster_import.counts["must_confirm"] and not end_missing:
        withdrawn = lines.filter(action=ChangeAction.ENDED, reason__in=_WITHDRAWN)
        withdrawn.update(action=ChangeAction.LEFT, reason="not_confirmed", link={})
    total = lines.count()
    Applier(roster_import, lambda done: report(done, total, "")).apply()
    _settle(roster_import)
    record(actor, "roster.applied", roster_import, unit_id=roster_import.unit_id, **_facts(roster_import))
    transaction.on_commit(lambda: uploads.drop_upload(import_id))
    return roster_import


def _settle(roster_import: RosterImport) -> None:
    """Keep what undoing needs, and no more: the lines of earlier imports go, those of this one name nobody."""
    lines = RosterChange.objects.filter(roster_import=roster_import)
    roster_import.counts = {**roster_import.counts, **queries.count_lines(roster_import)}
    lines.exclude(label="").update(label="")
    idle = (ChangeAction.LEFT, ChangeAction.REFUSED)
    lines.filter(action__in=idle).update(data={}, before={}, after={})
    lines.filter(action=ChangeAction.REFUSED).update(source_id="")
    earlier = RosterImport.objects.filter(unit=roster_import.unit).exclude(id=roster_import.id)
    RosterChange.objects.filter(
        roster_import__in=earlier.filter(state__in=(RosterState.APPLIED, RosterState.UNDONE))
    ).delete()
    notes = roster_import.findings.get("notes", ())
    roster_import.findings = {"notes": [{**note, "data": {}} for note in notes]}
    roster_import.state, roster_import.applied_at = RosterState.APPLIED, time.now()
    roster_import.problem = {}
    roster_import.save()


def _facts(roster_import: RosterImport) -> dict[str, Any]:
    return {action: sum(kinds.values()) for action, kinds in roster_import.counts["actions"].items()}


# --- undo -------------------------------------------------------------------------------------------------------------
@transaction.atomic
def request_undo(*, actor: Actor, roster_import: RosterImport) -> None:
    """Take the last import back, apart from the request."""
    _check(actor, roster_import.unit)
    _expect_last(roster_import)
    _enqueue(actor, roster_import, RosterState.UNDOING, UNDO_JOB)


def undo(*, actor: Actor, roster_import: RosterImport, report: Report) -> RosterImport:
    """Take an import back; what somebody has built on since stays and is listed."""
    try:
        with transaction.atomic():
            return _undo(actor, roster_import.id, report)
    except Conflict as error:
        _set_back(roster_import, RosterState.UNDOING, RosterState.APPLIED, error.code)
        raise


def _undo(actor: Actor, import_id: uuid.UUID, report: Report) -> RosterImport:
    roster_import = _lock(import_id, RosterState.APPLIED, RosterState.UNDOING)
    _check(actor, roster_import.unit)
    _expect_last(roster_import)
    lines = RosterChange.objects.filter(roster_import=roster_import)
    total = lines.count()
    undoer = Undoer(roster_import, lambda done: report(done, total, ""))
    undoer.undo()
    lines.exclude(id__in=list(undoer.kept)).delete()
    for reason in set(undoer.kept.values()):
        ids_kept = [line_id for line_id, why in undoer.kept.items() if why == reason]
        for chunk in bulk.chunked(ids_kept):
            lines.filter(id__in=chunk).update(
                action=ChangeAction.LEFT, reason=reason, before={}, after={}, link={}, data={}
            )
    roster_import.state, roster_import.undone_at = RosterState.UNDONE, time.now()
    roster_import.counts = {**roster_import.counts, "kept": len(undoer.kept)}
    roster_import.problem = {}
    roster_import.save()
    record(actor, "roster.undone", roster_import, unit_id=roster_import.unit_id, kept=len(undoer.kept))
    return roster_import


# --- discard ----------------------------------------------------------------------------------------------------------
@transaction.atomic
def discard(*, actor: Actor, roster_import: RosterImport) -> None:
    """Throw a preview away with its upload."""
    _check(actor, roster_import.unit)
    states = (RosterState.UPLOADED, RosterState.COLUMNS, RosterState.PREVIEWED, RosterState.UNREADABLE)
    _expect(roster_import, *states)
    _throw_away(roster_import)
    record(actor, "roster.discarded", roster_import, unit_id=roster_import.unit_id)


def sweep_expired() -> int:
    """Throw away what nobody has carried out within a day; return how many that were."""
    open_states = (RosterState.UPLOADED, RosterState.COLUMNS, RosterState.READING, RosterState.PREVIEWED)
    expired = RosterImport.objects.filter(
        state__in=(*open_states, RosterState.UNREADABLE), created_at__lt=time.now() - queries.KEPT_FOR
    )
    found = list(expired)
    for roster_import in found:
        _throw_away(roster_import)
    uploads.drop_older_than(time.now() - queries.KEPT_FOR)
    return len(found)


def _throw_away(roster_import: RosterImport) -> None:
    RosterChange.objects.filter(roster_import=roster_import).delete()
    roster_import.state = RosterState.DISCARDED
    roster_import.problem, roster_import.findings = {}, {}
    roster_import.save()
    transaction.on_commit(lambda: uploads.drop_upload(roster_import.id))


# --- moments ----------------------------------------------------------------------------------------------------------
def _expect(roster_import: RosterImport, *states: str) -> None:
    state = queries.settled_state(roster_import)
    if state not in states:
        raise Conflict("roster_not_now", state=RosterState(state).label)


def _set_back(roster_import: RosterImport, state: str, before: str, code: str) -> None:
    """After a rollback: let the import stand where it stood, with the reason in words."""
    waiting = RosterImport.objects.filter(id=roster_import.id, state__in=(state, before))
    waiting.update(state=before, problem={"code": code, "data": {}})


def _expect_last(roster_import: RosterImport) -> None:
    last = queries.find_undoable(roster_import.unit_id)
    if last is None or last.id != roster_import.id:
        raise Conflict("roster_not_last")


def _lock(import_id: uuid.UUID, *states: str) -> RosterImport:
    """Have the import, and all that it may write to, to ourselves."""
    bulk.hold_off_writers(*_WRITTEN)
    roster_import = RosterImport.objects.select_for_update(of=("self",)).select_related("unit").get(id=import_id)
    if roster_import.state not in states:
        raise Conflict("roster_not_now", state=RosterState(roster_import.state).label)
    return roster_import


def _enqueue(actor: Actor, roster_import: RosterImport, state: RosterState, name: str, **arguments: Any) -> None:
    job = jobs.enqueue(
        name,
        community_id=roster_import.community_id,
        started_by=actor.recorded_id,
        import_id=str(roster_import.id),
        person_id=str(actor.person_id),
        **arguments,
    )
    roster_import.state, roster_import.job_id, roster_import.problem = state, job.id, {}
    roster_import.save(update_fields=["state", "job_id", "problem"])
