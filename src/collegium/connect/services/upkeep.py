"""What the time brings: invitations, reminders, closing; for every community, by the worker."""

from __future__ import annotations

import datetime as dt

from collegium.base import jobs, tenancy, time
from collegium.connect.enums import WaveState
from collegium.connect.models import TieWave
from collegium.connect.services import closing, mailing

FIRST_REMINDER_AFTER = dt.timedelta(hours=1)


def do_what_is_due() -> None:
    """Start everything whose time has come. Missed minutes are made up for, and nothing is done twice."""
    with tenancy.across_communities():
        now = time.now()
        for wave in TieWave.objects.filter(state=WaveState.OPEN, opens_at__lte=now):
            if wave.closes_at <= now:
                if _is_wanted(closing.CLOSE_JOB, wave):
                    closing.close_later(wave)
            else:
                _send_mail(wave, now)


def _send_mail(wave: TieWave, now: dt.datetime) -> None:
    if wave.invited_at is None:
        if _is_wanted(mailing.INVITE_JOB, wave):
            mailing.invite_later(wave)
        return
    due = [hours for hours in wave.remind_before_hours if wave.closes_at - dt.timedelta(hours=hours) <= now]
    # A window shorter than the first reminder's lead needs none at its very start.
    has_begun = wave.opens_at + FIRST_REMINDER_AFTER <= now
    if has_begun and len(due) > wave.reminders_sent and _is_wanted(mailing.REMIND_JOB, wave):
        jobs.enqueue(
            mailing.REMIND_JOB,
            community_id=wave.community_id,
            started_by=None,
            wave_id=str(wave.id),
            number=len(due),
        )


def _is_wanted(name: str, wave: TieWave) -> bool:
    return jobs.is_wanted(name, community_id=wave.community_id, wave_id=str(wave.id))
