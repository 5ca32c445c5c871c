"""What the time brings for promises: rounds that close, keys to forget, reminders; for every community."""

from __future__ import annotations

import datetime as dt

from django.utils.timezone import localtime

from collegium.base import jobs, tenancy, time
from collegium.intend.models import ConfirmationRound
from collegium.intend.promise_enums import RoundState
from collegium.intend.services import confirming, reminding

KEYS_UNUSED_FOR = dt.timedelta(hours=1)
MORNING, EVENING = 7, 18  # reminders are written between these hours


def do_what_is_due() -> None:
    """Close the rounds whose time has come. Missed minutes are made up for, and nothing is done twice."""
    with tenancy.across_communities():
        rows = ConfirmationRound.objects.filter(state=RoundState.OPEN, closes_at__lte=time.now()).defer("sealed")
        for asking in rows:
            if jobs.is_wanted(confirming.CLOSE_JOB, community_id=asking.community_id, round_id=str(asking.id)):
                confirming.close_later(asking)


def look_after() -> None:
    """Ask again where a restore has lost what was said, forget keys that nothing needs, and send reminders by day."""
    with tenancy.across_communities():
        confirming.begin_again_where_lost()
        confirming.forget_old_keys(time.now() - KEYS_UNUSED_FOR)
    if MORNING <= localtime(time.now()).hour < EVENING:
        reminding.remind_later()
