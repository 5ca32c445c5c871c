"""The deciding part of the demo: three decisions in different stages, one of them reviewed and reversed."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from collegium.decide.demo import story
from collegium.decide.demo.meetings import tell_meetings
from collegium.decide.demo.telling import Teller, tell_carried_out, tell_deciding, tell_norms, tell_reversed
from collegium.intend.services import reminding
from collegium.people.demo.calendar import Calendar
from collegium.people.models import Community

__all__ = ["build", "story"]


@transaction.atomic
def build(community: Community, *, seed: int, today: dt.date) -> None:
    """Add the decisions to the people of the demo: all of them or, when stopped, none."""
    teller = Teller(community, seed, Calendar.ending(today))
    tell_norms(teller)
    tell_reversed(teller)
    tell_carried_out(teller)
    tell_deciding(teller)
    tell_meetings(teller)
    reminding.skip_due(community.id)
