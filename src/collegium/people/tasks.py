"""Work of this room that runs apart from the request."""

from __future__ import annotations

import uuid
from typing import Any

from collegium.base import jobs
from collegium.base.jobs import Report
from collegium.people.queries import actors
from collegium.people.queries import rosters as queries
from collegium.people.services import rosters
from collegium.people.services.rosters import importing


def preview_roster(*, report: Report, import_id: str, person_id: str) -> None:
    """Make the preview of an import."""
    actor = actors.get_actor_of_job(person_id)
    roster_import = queries.get_import_for(actor, uuid.UUID(import_id))
    rosters.preview(actor=actor, roster_import=roster_import, report=report)


def apply_roster(*, report: Report, import_id: str, person_id: str, **choices: Any) -> None:
    """Carry an import out."""
    actor = actors.get_actor_of_job(person_id)
    roster_import = queries.get_import_for(actor, uuid.UUID(import_id))
    rosters.apply(actor=actor, roster_import=roster_import, report=report, **choices)


def undo_roster(*, report: Report, import_id: str, person_id: str) -> None:
    """Take an import back."""
    actor = actors.get_actor_of_job(person_id)
    roster_import = queries.get_import_for(actor, uuid.UUID(import_id))
    rosters.undo(actor=actor, roster_import=roster_import, report=report)


def register_all() -> None:
    """Let the worker find these by their names."""
    jobs.register(importing.PREVIEW_JOB)(preview_roster)
    jobs.register(importing.APPLY_JOB)(apply_roster)
    jobs.register(importing.UNDO_JOB)(undo_roster)
