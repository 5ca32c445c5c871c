"""Imports of ties, as stewards may see them."""

from __future__ import annotations

import datetime as dt
import uuid

from collegium.base import time
from collegium.base.models import Job
from collegium.connect import policies
from collegium.connect.enums import ImportState
from collegium.connect.errors import NotFound
from collegium.connect.models import TieImport, WaveAnalysis
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.queries import places

KEPT_FOR = dt.timedelta(hours=24)
_HISTORY = 30
_BEFORE = {ImportState.APPLYING: ImportState.PREVIEWED, ImportState.READING: ImportState.UNREADABLE}


def get_import_for(actor: Actor, import_id: uuid.UUID) -> TieImport:
    """Return an import with its unit; NotFound when absent or not the actor's to look after."""
    found = TieImport.objects.select_related("unit").filter(id=import_id, community_id=actor.community_id).first()
    if found is None or not policies.can_run_wave(actor, places.locate(found.unit, time.today())):
        raise NotFound
    return found


def get_import_in(actor: Actor, place: Place, import_id: uuid.UUID) -> TieImport:
    """Return an import for the unit of a place."""
    found = get_import_for(actor, import_id)
    if found.unit_id != place.unit_id:
        raise NotFound
    return found


def list_imports_for(actor: Actor, place: Place) -> list[TieImport]:
    """Return the latest imports for a unit, the newest first."""
    policies.check_can_run_wave(actor, place)
    found = TieImport.objects.filter(unit_id=place.unit_id).exclude(state=ImportState.DISCARDED)
    return list(found.defer("findings").order_by("-created_at")[:_HISTORY])


def get_job(made: TieImport) -> Job | None:
    """Return the work that an import last asked for."""
    return Job.objects.filter(id=made.job_id).first() if made.job_id else None


def settled_state(made: TieImport) -> str:
    """Return the state of an import; work that broke down has left it where it stood before."""
    before = _BEFORE.get(ImportState(made.state))
    if before is None:
        return made.state
    job = get_job(made)
    return before if job is not None and job.state == Job.State.FAILED else made.state


def is_worked_out(made: TieImport) -> bool:
    """Whether the page of the unit says something of the ties by now."""
    return WaveAnalysis.objects.filter(wave_id=made.wave_id, unit_id=made.unit_id).exists() if made.wave_id else False
