"""What the time brings: invitations, reminders, closing, and the end of sheets; for every community, by the worker."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from collegium.base import jobs, tenancy, time
from collegium.listen.answers import reading, trays
from collegium.listen.enums import PulseState
from collegium.listen.models import Pulse
from collegium.listen.services import closing, mailing, recurring
from collegium.listen.services.answering import last_moment

UNUSED_AFTER = dt.timedelta(days=1)
# What somebody was reading while it was destroyed is kept for them, so its place is overwritten for a while.
OVERWRITE_FOR = dt.timedelta(minutes=5)


def do_what_is_due() -> None:
    """Start everything whose time has come. Missed minutes are made up for, and nothing is done twice."""
    with tenancy.across_communities():
        recurring.start_due()
        now = time.now()
        for pulse in Pulse.objects.filter(state=PulseState.OPEN, opens_at__lte=now):
            if last_moment(pulse) <= now:
                if _is_wanted(closing.CLOSE_JOB, pulse):
                    closing.close_later(pulse)
            elif pulse.closes_at > now:
                _send_mail(pulse, now)
        _destroy_sheets(now)
        trays.forget_old_keys(now - UNUSED_AFTER)


def _send_mail(pulse: Pulse, now: dt.datetime) -> None:
    if pulse.invited_at is None:
        if _is_wanted(mailing.INVITE_JOB, pulse):
            mailing.invite_later(pulse)
        return
    due = [hours for hours in pulse.remind_before_hours if pulse.closes_at - dt.timedelta(hours=hours) <= now]
    # A window shorter than the first reminder's lead needs none at its very start.
    started = max(pulse.opens_at, pulse.opened_at or pulse.opens_at) + dt.timedelta(hours=1) <= now
    if started and len(due) > pulse.reminders_sent and _is_wanted(mailing.REMIND_JOB, pulse):
        jobs.enqueue(
            mailing.REMIND_JOB,
            community_id=pulse.community_id,
            started_by=None,
            pulse_id=str(pulse.id),
            number=len(due),
        )


def _destroy_sheets(now: dt.datetime) -> None:
    kept = Pulse.objects.filter(
        state=PulseState.CLOSED, sheets_kept_days__gt=0, sheets_destroyed_at__isnull=True, closed_at__isnull=False
    )
    for pulse in kept:
        if pulse.closed_at and pulse.closed_at + dt.timedelta(days=pulse.sheets_kept_days) <= now:
            with transaction.atomic():
                reading.destroy_sheets(pulse)
                Pulse.objects.filter(id=pulse.id).update(sheets_destroyed_at=now)
    if Pulse.objects.filter(sheets_destroyed_at__gt=now - OVERWRITE_FOR).exists():
        reading.overwrite_free_pages()


def _is_wanted(name: str, pulse: Pulse) -> bool:
    return jobs.is_wanted(name, community_id=pulse.community_id, pulse_id=str(pulse.id))
