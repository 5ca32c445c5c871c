"""The connecting part of the demo: two tie surveys of the alliance, under a truth that is written down."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from collegium.connect.demo import story
from collegium.connect.demo.telling import Teller, tell_refusals, tell_wave
from collegium.people.demo.calendar import Calendar
from collegium.people.models import Community

__all__ = ["build", "story"]


@transaction.atomic
def build(community: Community, *, seed: int, today: dt.date) -> None:
    """Add the tie surveys to the people of the demo: all of them or, when stopped, none."""
    teller = Teller(community, seed, Calendar.ending(today))
    tell_refusals(teller)
    earlier = None
    for plan in story.list_waves(teller.calendar):
        earlier = tell_wave(teller, plan, earlier)
