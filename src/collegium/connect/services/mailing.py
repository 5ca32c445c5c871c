"""Invitations and reminders by mail. Who was reminded is seen by nobody and kept nowhere."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from collegium.base import jobs, time
from collegium.base.jobs import Report
from collegium.base.letters import send_letters
from collegium.connect.enums import WaveState
from collegium.connect.models import TieWave, WaveMember
from collegium.connect.queries import waves
from collegium.listen.languages import speaking

INVITE_JOB = "connect.invite"
REMIND_JOB = "connect.remind"


def invite_later(wave: TieWave) -> None:
    """Send the invitations of an open survey once its opening time has come."""
    if wave.state == WaveState.OPEN and wave.invited_at is None and wave.opens_at <= time.now():
        jobs.enqueue(INVITE_JOB, community_id=wave.community_id, started_by=None, wave_id=str(wave.id))


def invite(*, report: Report, wave_id: str) -> dict[str, int]:
    """Send the invitations; run twice, the second finds them sent."""
    with transaction.atomic():
        wave = _locked(wave_id)
        if wave is None or wave.invited_at is not None:
            return {"sent": 0}
        wave.invited_at = time.now()
        wave.save(update_fields=["invited_at"])
    return {"sent": _send(wave, waves.list_to_write_to(wave), "connect/email/invitation", report)}


def remind(*, report: Report, wave_id: str, number: int) -> dict[str, int]:
    """Send one of the reminders to those who have not answered; run twice, the second finds it sent."""
    with transaction.atomic():
        wave = _locked(wave_id)
        if wave is None or wave.reminders_sent >= number or wave.closes_at <= time.now():
            return {"sent": 0}
        wave.reminders_sent = number
        wave.save(update_fields=["reminders_sent"])
    unanswered = waves.list_to_write_to(wave).filter(answered=False)
    return {"sent": _send(wave, unanswered, "connect/email/reminder", report)}


def _locked(wave_id: str) -> TieWave | None:
    found = TieWave.objects.select_for_update(of=("self",)).select_related("unit", "community")
    return found.filter(id=wave_id, state=WaveState.OPEN).first()


def _send(wave: TieWave, asked: Iterable[WaveMember], template: str, report: Report) -> int:
    everybody = [member.person for member in asked if member.person is not None]
    # The link leads to a page behind signing in: what one said is named, and a forwarded mail must not open it.
    link = settings.BASE_URL + reverse("connect:answer", args=[wave.id])
    with speaking(wave.language):
        same = {"wave": wave, "link": link, "minutes": waves.minutes_of(wave)[wave.id]}
        letters = ((person.email, {**same, "person": person}) for person in everybody)
        return send_letters(template, letters, total=len(everybody), report=report)
