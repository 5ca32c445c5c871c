"""Work of this room that runs apart from the request."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from collegium.base import jobs
from collegium.base.jobs import Report
from collegium.connect.queries import imports as import_queries
from collegium.connect.services import analysing, closing, imports, mailing, opening
from collegium.connect.services.imports import importing
from collegium.people.queries import actors


def open_wave(
    *, report: Report, wave_id: str, person_id: str, levels: Sequence[str], units: Sequence[str], group_id: str | None
) -> dict[str, int]:
    """Open a large tie survey for whoever pressed the button, with the roles they have by now."""
    asked = opening.finish_opening(
        actor=actors.get_actor_of_job(person_id),
        wave_id=uuid.UUID(wave_id),
        report=report,
        levels=levels,
        units=units,
        group_id=group_id,
    )
    return {"asked": asked}


def preview_ties(*, report: Report, import_id: str, person_id: str) -> None:
    """Make the preview of an import of ties."""
    actor = actors.get_actor_of_job(person_id)
    made = import_queries.get_import_for(actor, uuid.UUID(import_id))
    imports.preview(actor=actor, made=made, report=report)


def apply_ties(*, report: Report, import_id: str, person_id: str, add_schools: bool) -> None:
    """Carry an import of ties out."""
    actor = actors.get_actor_of_job(person_id)
    made = import_queries.get_import_for(actor, uuid.UUID(import_id))
    imports.apply(actor=actor, made=made, add_schools=add_schools, report=report)


def register_all() -> None:
    """Let the worker find these by their names."""
    jobs.register(opening.OPEN_JOB)(open_wave)
    jobs.register(analysing.ANALYSE_JOB)(analysing.analyse)
    jobs.register(mailing.INVITE_JOB)(mailing.invite)
    jobs.register(mailing.REMIND_JOB)(mailing.remind)
    jobs.register(closing.CLOSE_JOB)(closing.close)
    jobs.register(importing.PREVIEW_JOB)(preview_ties)
    jobs.register(importing.APPLY_JOB)(apply_ties)
