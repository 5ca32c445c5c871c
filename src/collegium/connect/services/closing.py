"""Closing a tie survey at its time, by the worker."""

from __future__ import annotations

from django.db import transaction

from collegium.base import events, jobs, time
from collegium.base.jobs import Report
from collegium.connect.enums import WaveState
from collegium.connect.models import TieWave, WaveMember
from collegium.connect.services import analysing

CLOSE_JOB = "connect.close"


def close_later(wave: TieWave) -> None:
    """Let the worker close a survey whose time has come."""
    jobs.enqueue(CLOSE_JOB, community_id=wave.community_id, started_by=None, wave_id=str(wave.id))


def close(*, report: Report, wave_id: str) -> dict[str, int]:
    """Close a survey and have it worked out what it says; run twice, the second finds it closed.

    What was chosen and never handed in is forgotten: nobody said it.
    """
    with transaction.atomic():
        found = TieWave.objects.select_for_update(of=("self",)).filter(id=wave_id, state=WaveState.OPEN)
        wave = found.first()
        if wave is None or wave.closes_at > time.now():
            return {"answered": 0}
        answered = _close(wave)
    report(1, 1, "")
    return {"answered": answered}


def _close(wave: TieWave) -> int:
    members = WaveMember.objects.filter(wave=wave)
    members.exclude(draft={}).update(draft={})
    wave.state, wave.closed_at = WaveState.CLOSED, time.now()
    wave.save(update_fields=["state", "closed_at"])
    events.record(
        "wave.closed",
        community_id=wave.community_id,
        actor_id=None,
        object_kind="wave",
        object_id=wave.id,
        unit_id=wave.unit_id,
        data={"title": wave.title},
    )
    analysing.analyse_later(wave)
    return members.filter(answered=True).count()
