"""Work of this room that runs apart from the request."""

from __future__ import annotations

import uuid
from typing import Any

from collegium.base import jobs, time
from collegium.base.jobs import Report
from collegium.people.actors import Actor
from collegium.people.errors import NotFound
from collegium.people.models import Person
from collegium.people.queries import actors
from collegium.people.queries import rosters as queries
from collegium.people.services import rosters
from collegium.people.services.rosters import importing


def _actor(person_id: str) -> Actor:
    """Return whoever asked for the work, with the roles they have by now."""
    person = Person.objects.filter(id=uuid.UUID(person_id), erased_at__isnull=True).first()
    if person is None:
        raise NotFound
    return actors.get_actor(person, time.today())


def preview_roster(*, report: Report, import_id: str, person_id: str) -> None:
    """Make the preview of an import."""
    actor = _actor(person_id)
    roster_import = queries.get_import_for(actor, uuid.UUID(import_id))
    rosters.preview(actor=actor, roster_import=roster_import, report=report)


def apply_roster(*, report: Report, import_id: str, person_id: str, **choices: Any) -> None:
    """Carry an import out."""
    actor = _actor(person_id)
    roster_import = queries.get_import_for(actor, uuid.UUID(import_id))
    rosters.apply(actor=actor, roster_import=roster_import, report=report, **choices)


def undo_roster(*, report: Report, import_id: str, person_id: str) -> None:
    """Take an import back."""
    actor = _actor(person_id)
    roster_import = queries.get_import_for(actor, uuid.UUID(import_id))
    rosters.undo(actor=actor, roster_import=roster_import, report=report)


def register_all() -> None:
    """Let the worker find these by their names."""
    jobs.register(importing.PREVIEW_JOB)(preview_roster)
    jobs.register(importing.APPLY_JOB)(apply_roster)
    jobs.register(importing.UNDO_JOB)(undo_roster)
