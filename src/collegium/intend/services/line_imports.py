"""Bringing a plan in from a file: what it would do is worked out first, and then done in one transaction."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from collegium.base import time
from collegium.intend import line_tables, policies
from collegium.intend.enums import LineImportState, NodeKind
from collegium.intend.errors import Conflict, Invalid
from collegium.intend.line_tables import FIELDS, NEEDED, UnreadablePlan
from collegium.intend.models import Challenge, Intent, LineImport, Point, Vision
from collegium.intend.queries import challenges as challenge_queries
from collegium.intend.queries import line_plans
from collegium.intend.queries.line_plans import Action, Item
from collegium.intend.services import challenges, line, points
from collegium.people.actors import Actor
from collegium.people.models import Unit
from collegium.people.services.writing import locate, record


@transaction.atomic
def start_import(*, actor: Actor, unit: Unit, upload: UploadedFile[Any]) -> LineImport:
    """Read an upload; which column holds what is taken from the last file like it, or guessed."""
    policies.check_can_keep(actor, locate(unit))
    name = PurePath(upload.name or "plan.csv").name[-200:]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"plan{PurePath(name).suffix.lower() or '.csv'}"
        path.write_bytes(b"".join(upload.chunks()))
        try:
            table = line_tables.read_plan(path)
        except UnreadablePlan as error:
            raise Invalid("plan_unreadable", rows=line_tables.MOST_ROWS) from error
    columns = line_plans.find_remembered(unit, table.headers) or line_tables.guess(table.headers)
    made = LineImport.objects.create(
        community_id=actor.community_id,
        unit=unit,
        file_name=name,
        headers=table.headers,
        rows=table.rows,
        columns=columns,
        created_by_id=actor.recorded_id,
        created_at=time.now(),
    )
    record(actor, "line_import.started", made, unit_id=unit.id)
    return made


@transaction.atomic
def set_columns(*, actor: Actor, made: LineImport, columns: Mapping[str, str]) -> LineImport:
    """Say which column holds what."""
    policies.check_can_keep(actor, locate(made.unit))
    _check_open(made)
    chosen = {name: title for name, title in columns.items() if name in FIELDS and title in made.headers}
    if any(name not in chosen for name in NEEDED):
        raise Invalid("plan_columns_missing")
    if len(set(chosen.values())) < len(chosen):
        raise Invalid("plan_columns_doubled")
    made.columns = chosen
    made.save(update_fields=["columns"])
    return made


@transaction.atomic
def discard(*, actor: Actor, made: LineImport) -> LineImport:
    """Leave a file; nothing of it is kept but that it was there."""
    policies.check_can_keep(actor, locate(made.unit))
    _check_open(made)
    return _settle(actor, made, LineImportState.DISCARDED, {})


@transaction.atomic
def apply(*, actor: Actor, made: LineImport) -> LineImport:
    """Do what the preview says: everything that is not refused, or nothing."""
    policies.check_can_keep(actor, locate(made.unit))
    made.refresh_from_db(from_queryset=LineImport.objects.select_for_update().select_related("unit"))
    _check_open(made)
    plan = line_plans.plan(actor, made)
    written: dict[str, Any] = {item.key: item.row for item in plan if item.row is not None}
    for item in sorted(plan, key=lambda item: item.rank):
        if item.action == Action.ADDED:
            written[item.key] = _add(actor, made, item, written)
        elif item.action == Action.CHANGED:
            _change(actor, made, item, written)
    counts = {str(action): sum(item.action == action for item in plan) for action in Action}
    return _settle(actor, made, LineImportState.APPLIED, counts)


def _add(actor: Actor, made: LineImport, item: Item, written: Mapping[str, Any]) -> Any:
    unit, uppers = made.unit, [written[key] for key in item.serves]
    owners: dict[str, Any] = {"owner": item.owner, "second_owner": item.second_owner}
    if item.kind not in (NodeKind.VISION, NodeKind.INTENT, NodeKind.CHALLENGE):
        return points.add_point(
            actor=actor,
            unit=unit,
            kind=item.kind,
            title=item.title,
            note=item.text,
            serves=uppers,
            by_on=item.by_on,
            source_key=item.source_key,
            **owners,
        )
    row: Vision | Intent | Challenge
    body = item.text or item.title
    if item.kind == NodeKind.VISION:
        row = line.write_vision(actor=actor, unit=unit, parts={"title": item.title, "body": body})
    elif item.kind == NodeKind.INTENT:
        parts = {"title": item.title, "direction": body, "discovery": "", "destiny": "", "belief": ""}
        row = line.write_intent(actor=actor, unit=unit, parts=parts, vision=uppers[0] if uppers else None)
    else:
        parts = {"title": item.title, "what": body, "how_known": "", "why": "", "why_now": ""}
        row = challenges.write_challenge(
            actor=actor,
            unit=unit,
            parts=parts,
            starts_on=item.starts_on or time.today(),
            by_on=item.by_on or time.today(),
            intent=uppers[0] if uppers else None,
            **owners,
        )
    row.source_key = item.source_key
    row.save(update_fields=["source_key"])
    return line.publish(actor=actor, thing=row)


def _change(actor: Actor, made: LineImport, item: Item, written: Mapping[str, Any]) -> None:
    row, uppers = item.row, [written[key] for key in item.serves]
    if isinstance(row, Point):
        served = uppers if item.says_serves else line_plans.list_upper_rows(row)
        points.change_point(
            actor=actor,
            point=row,
            title=item.title,
            note=item.text or row.note,
            serves=served,
            by_on=item.by_on or row.by_on,
            owner=item.owner or row.owner,
            second_owner=item.second_owner or row.second_owner,
        )
        return
    body = line_plans.BODY[type(row)]
    parts = {**row.text.parts, "title": item.title, body: item.text if item.changes_text else row.text.parts[body]}
    if parts != row.text.parts:
        wording = line.Wording(parts=parts, reason=f"{made.file_name}"[:500], from_version=row.text.version)
        line.reword(actor=actor, thing=row, wording=wording)
    if isinstance(row, Intent) and uppers:
        line.arrange_intent(actor=actor, intent=row, vision=uppers[0], horizon_on=row.horizon_on)
    if isinstance(row, Challenge):
        _arrange(actor, row, item, uppers)


def _arrange(actor: Actor, row: Challenge, item: Item, uppers: list[Any]) -> None:
    """Change the days, the intent and the owners of a challenge where the file says other ones."""
    challenges.arrange_challenge(
        actor=actor,
        challenge=row,
        starts_on=item.starts_on or row.starts_on,
        by_on=item.by_on or row.by_on,
        intent=uppers[0] if uppers else row.intent,
        measured=row.measured,
        indicator_key=row.indicator_key,
        measure_id=row.measure_id,
        asks=challenge_queries.list_named_units(row),
        gateways=row.gateways,
        agenda=row.agenda,
        curriculum=row.curriculum,
    )
    for person, is_second, now in (
        (item.owner, False, row.owner_id),
        (item.second_owner, True, row.second_owner_id),
    ):
        if person is not None and person.id != now:
            challenges.name_owner(actor=actor, challenge=row, person=person, is_second=is_second)


def _check_open(made: LineImport) -> None:
    if made.state != LineImportState.OPEN:
        raise Conflict("plan_settled")


def _settle(actor: Actor, made: LineImport, state: LineImportState, counts: dict[str, int]) -> LineImport:
    made.state, made.counts, made.rows, made.settled_at = state, counts, [], time.now()
    made.save(update_fields=["state", "counts", "rows", "settled_at"])
    record(actor, f"line_import.{state.value}", made, unit_id=made.unit_id, **counts)
    return made
