"""The steps of an import of ties: upload, preview, apply, take back. Each checks that it comes at the right moment."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.db import transaction

from collegium.base import ids, jobs, time
from collegium.base.jobs import Report
from collegium.connect import files, policies
from collegium.connect.enums import ImportState
from collegium.connect.errors import Conflict, Invalid
from collegium.connect.files import Columns, Refusal, TieFile, UnreadableTies
from collegium.connect.models import TieImport
from collegium.connect.queries import imports as queries
from collegium.connect.services import analysing
from collegium.connect.services.imports import planning, standing, writing
from collegium.connect.services.imports.planning import Plan
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.models import Unit
from collegium.people.queries import places
from collegium.people.services.rosters import uploads
from collegium.people.services.writing import record, tidy

PREVIEW_JOB = "connect.ties_preview"
APPLY_JOB = "connect.ties_apply"
_WORDS = ("missing_schools", "missing_teams", "unknown_levels")
TITLE_LIMIT = 160
KIND_LIMIT = 200


# --- upload -----------------------------------------------------------------------------------------------------------
def start_import(
    *,
    actor: Actor,
    unit: Unit,
    title: str,
    asked_on: dt.date,
    kind_of_tie: str,
    ties: uploads.UploadedPart,
    people: uploads.UploadedPart | None = None,
    columns: Columns | None = None,
) -> TieImport:
    """Keep an upload, and have its preview made apart from the request."""
    _check(actor, unit)
    if unit.kind == UnitKind.TEAM:
        raise Invalid("ties_of_team")
    if asked_on > time.today():
        raise Invalid("ties_from_tomorrow")
    sweep_expired()
    import_id = ids.new_id()
    parts = [ties, *([people] if people is not None else [])]
    uploads.keep_upload(import_id, parts)
    names = _names(parts)
    with transaction.atomic():
        made = TieImport.objects.create(
            id=import_id,
            community_id=unit.community_id,
            unit=unit,
            title=tidy(title, limit=TITLE_LIMIT),
            asked_on=asked_on,
            kind_of_tie=tidy(kind_of_tie, limit=KIND_LIMIT),
            ties_file=names[0],
            people_file=names[1] if len(names) > 1 else "",
            columns=asdict(columns or Columns()),
            created_by=actor.recorded_id,
            created_at=time.now(),
        )
        record(actor, "tie_import.uploaded", made, unit_id=unit.id)
        _enqueue(actor, made, ImportState.READING, PREVIEW_JOB)
    return made


def _names(parts: Sequence[uploads.UploadedPart]) -> list[str]:
    """The names under which an upload is kept."""
    taken: set[str] = set()
    for number, part in enumerate(parts):
        taken |= {uploads.safe_name(part.name or "", number, taken)}
    first = uploads.safe_name(parts[0].name or "", 0, set())
    return [first, *(taken - {first})]


def _check(actor: Actor, unit: Unit) -> None:
    policies.check_can_run_wave(actor, places.locate(unit, time.today()))


# --- preview ----------------------------------------------------------------------------------------------------------
@transaction.atomic
def request_preview(*, actor: Actor, made: TieImport) -> None:
    """Make the preview again, apart from the request."""
    _check(actor, made.unit)
    _expect(made, ImportState.PREVIEWED, ImportState.UNREADABLE)
    _paths(made)
    _enqueue(actor, made, ImportState.READING, PREVIEW_JOB)


def preview(*, actor: Actor, made: TieImport, report: Report) -> TieImport:
    """Read the upload and write down what it would add; an unreadable file becomes a problem in words."""
    _check(actor, made.unit)
    report(0, 0, "")
    try:
        found = _read(made)
    except UnreadableTies as error:
        made.state = ImportState.UNREADABLE
        made.problem = {"code": error.code, "data": dict(error.data)}
        made.save(update_fields=["state", "problem"])
        return made
    plan = _plan(made, found)
    made.counts = plan.count()
    made.findings = {
        "kind": found.kind,
        "refusals": [_keep(refusal) for refusal in plan.refusals],
        "notes": [{"code": note.code, "count": note.count, "data": dict(note.data)} for note in found.notes],
    }
    made.fingerprint, made.state, made.problem = plan.fingerprint, ImportState.PREVIEWED, {}
    made.save()
    record(actor, "tie_import.previewed", made, unit_id=made.unit_id)
    return made


def _keep(refusal: Refusal) -> dict[str, Any]:
    return {
        "file": refusal.ref.file,
        "row": refusal.ref.row,
        "code": refusal.code.value,
        "data": dict(refusal.data),
    }


def _paths(made: TieImport) -> tuple[Path, Path | None]:
    folder = uploads.folder_of(made.id)
    if not folder.is_dir():
        raise Invalid("ties_upload_gone")
    return folder / made.ties_file, folder / made.people_file if made.people_file else None


def _read(made: TieImport) -> TieFile:
    ties, people = _paths(made)
    return files.read(ties, people, columns=Columns(**made.columns))


def _plan(made: TieImport, found: TieFile) -> Plan:
    organisation = standing.get_organisation(made.unit, made.asked_on)
    staff = standing.get_staff(organisation, made.asked_on)
    return planning.make_plan(found, organisation, staff, made.kind_of_tie)


# --- apply ------------------------------------------------------------------------------------------------------------
@transaction.atomic
def request_apply(*, actor: Actor, made: TieImport, add_schools: bool) -> None:
    """Carry a preview out, apart from the request."""
    _check(actor, made.unit)
    _expect(made, ImportState.PREVIEWED)
    if not made.counts["people"]:
        raise Invalid("ties_without_people")
    _enqueue(actor, made, ImportState.APPLYING, APPLY_JOB, add_schools=add_schools)


def apply(*, actor: Actor, made: TieImport, add_schools: bool, report: Report) -> TieImport:
    """Carry a preview out in one transaction, or not at all: Conflict when things have moved on since it was made."""
    made.refresh_from_db(fields=["state"])
    _expect_waiting(made)
    try:
        # Read before anything is locked: a large file takes seconds.
        found = _read(made)
        with transaction.atomic():
            return _apply(actor, made.id, found, add_schools, report)
    except (Conflict, UnreadableTies) as error:
        waiting = TieImport.objects.filter(id=made.id, state__in=(ImportState.APPLYING, ImportState.PREVIEWED))
        code = error.code if isinstance(error, Conflict) else "ties_stale"
        waiting.update(state=ImportState.PREVIEWED, problem={"code": code, "data": {}})
        raise Conflict(code, **error.data) from error


def _apply(actor: Actor, import_id: uuid.UUID, found: TieFile, add_schools: bool, report: Report) -> TieImport:
    made = TieImport.objects.select_for_update(of=("self",)).select_related("unit").get(id=import_id)
    _expect_waiting(made)
    _check(actor, made.unit)
    plan = _plan(made, found)
    if plan.fingerprint != made.fingerprint:
        raise Conflict("ties_stale")
    if add_schools and plan.missing_schools:
        plan = planning.with_schools(plan, writing.add_schools(actor, made.unit, plan.missing_schools))
    made.wave = writing.write_wave(actor, made, plan, report)
    analysing.analyse_later(made.wave, started_by=actor.recorded_id)
    _settle(made)
    made.state, made.applied_at, made.problem = ImportState.APPLIED, time.now(), {}
    made.save()
    counts = {name: made.counts[name] for name in ("people", "ties", "refused")}
    record(actor, "tie_import.applied", made, unit_id=made.unit_id, **counts)
    transaction.on_commit(lambda: uploads.drop_upload(import_id))
    return made


def _settle(made: TieImport) -> None:
    """Keep what the numbers say and let go of all words of the file: a column of names may have been misread."""
    made.counts = {name: [] if name in _WORDS else value for name, value in made.counts.items()}
    notes = [{**note, "data": {}} for note in made.findings.get("notes", ()) if note["code"] != "columns"]
    made.findings = {"kind": made.findings.get("kind", ""), "notes": notes}


# --- the way back -----------------------------------------------------------------------------------------------------
@transaction.atomic
def take_back(*, actor: Actor, made: TieImport) -> None:
    """Delete what an import added: its wave with all ties, and what was worked out from it. Added schools stay."""
    _check(actor, made.unit)
    _expect(made, ImportState.APPLIED)
    if made.wave is not None:
        made.wave.delete()
    made.wave, made.state = None, ImportState.UNDONE
    made.save(update_fields=["wave", "state"])
    record(actor, "tie_import.undone", made, unit_id=made.unit_id)


@transaction.atomic
def discard(*, actor: Actor, made: TieImport) -> None:
    """Throw a preview away with its upload."""
    _check(actor, made.unit)
    _expect(made, ImportState.PREVIEWED, ImportState.UNREADABLE)
    _throw_away(made)
    record(actor, "tie_import.discarded", made, unit_id=made.unit_id)


def sweep_expired() -> int:
    """Throw away what nobody has carried out within a day; return how many that were."""
    waiting = (ImportState.READING, ImportState.PREVIEWED, ImportState.UNREADABLE)
    expired = list(TieImport.objects.filter(state__in=waiting, created_at__lt=time.now() - queries.KEPT_FOR))
    for made in expired:
        _throw_away(made)
    return len(expired)


def _throw_away(made: TieImport) -> None:
    made.state, made.problem, made.findings, made.counts = ImportState.DISCARDED, {}, {}, {}
    made.save(update_fields=["state", "problem", "findings", "counts"])
    transaction.on_commit(lambda: uploads.drop_upload(made.id))


# --- moments ----------------------------------------------------------------------------------------------------------
def _expect(made: TieImport, *states: str) -> None:
    state = queries.settled_state(made)
    if state not in states:
        raise Conflict("ties_not_now", state=ImportState(state).label)


def _expect_waiting(made: TieImport) -> None:
    if made.state not in (ImportState.APPLYING, ImportState.PREVIEWED):
        raise Conflict("ties_not_now", state=ImportState(made.state).label)


def _enqueue(actor: Actor, made: TieImport, state: ImportState, name: str, **arguments: Any) -> None:
    job = jobs.enqueue(
        name,
        community_id=made.community_id,
        started_by=actor.recorded_id,
        import_id=str(made.id),
        person_id=str(actor.person_id),
        **arguments,
    )
    made.state, made.job_id, made.problem = state, job.id, {}
    made.save(update_fields=["state", "job_id", "problem"])
