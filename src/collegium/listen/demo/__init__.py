"""The listening part of the demo: two years of pulses under a truth that is written down, told from the same seed."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from collegium.listen.demo import now, story
from collegium.listen.demo.rounds import list_rounds
from collegium.listen.demo.telling import Teller, tell_round
from collegium.people.demo.calendar import Calendar
from collegium.people.models import Community

__all__ = ["build", "story"]


@transaction.atomic
def build(community: Community, *, seed: int, today: dt.date) -> None:
    """Add the pulses to the people of the demo: all of them or, when stopped, none."""
    teller = Teller(community, seed, Calendar.ending(today))
    series = now.begin_series(teller)
    for plan in list_rounds(teller.calendar):
        teller.pulses.append(tell_round(teller, plan, series if plan.part is not None else None))
    now.tell_open(teller)
    now.tell_draft(teller)
    now.tell_notes(teller)
    now.tell_consents(teller)
