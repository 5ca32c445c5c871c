"""What the time brings: invitations, reminders, closing; for every community, by the worker."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from collegium.base import jobs, tenancy, time
from collegium.base.models import Job
from collegium.connect.enums import WaveState
from collegium.connect.models import TieWave
from collegium.connect.services import closing, mailing

TRY_AGAIN_AFTER = dt.timedelta(minutes=15)
FIRST_REMINDER_AFTER = dt.timedelta(hours=1)


def do_what_is_due() -> None:
    """Start everything whose time has come. Missed minutes are made up for, and nothing is done twice."""
    with tenancy.across_communities():
        now = time.now()
        for wave in TieWave.objects.filter(state=WaveState.OPEN, opens_at__lte=now):
            if wave.closes_at <= now:
                if not _is_underway(closing.CLOSE_JOB, wave, now):
                    closing.close_later(wave)
            else:
                _send_mail(wave, now)


def _send_mail(wave: TieWave, now: dt.datetime) -> None:
    if wave.invited_at is None:
        if not _is_underway(mailing.INVITE_JOB, wave, now):
            mailing.invite_later(wave)
        return
    due = [hours for hours in wave.remind_before_hours if wave.closes_at - dt.timedelta(hours=hours) <= now]
    # A window shorter than the first reminder's lead needs none at its very start.
    has_begun = wave.opens_at + FIRST_REMINDER_AFTER <= now
    if has_begun and len(due) > wave.reminders_sent and not _is_underway(mailing.REMIND_JOB, wave, now):
        jobs.enqueue(
            mailing.REMIND_JOB,
            community_id=wave.community_id,
            started_by=None,
            wave_id=str(wave.id),
            number=len(due),
        )


def _is_underway(name: str, wave: TieWave, now: dt.datetime) -> bool:
    """Say whether a job for the wave waits or runs, or has failed so lately that trying again would not help."""
    same = Job.objects.filter(name=name, community_id=wave.community_id, arguments__wave_id=str(wave.id))
    waiting = Q(state__in=(Job.State.QUEUED, Job.State.RUNNING))
    return same.filter(waiting | Q(state=Job.State.FAILED, finished_at__gt=now - TRY_AGAIN_AFTER)).exists()
