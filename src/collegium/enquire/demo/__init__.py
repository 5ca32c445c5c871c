"""The enquiring part of the demo: five enquiries at different stages, and an idea that four other schools try."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from collegium.enquire.demo import spreading, story
from collegium.enquire.demo.telling import Teller
from collegium.people.demo.calendar import Calendar
from collegium.people.models import Community

__all__ = ["build", "story"]


@transaction.atomic
def build(community: Community, *, seed: int, today: dt.date) -> None:
    """Add the enquiries to the people of the demo: all of them or, when stopped, none."""
    teller = Teller(community, seed, Calendar.ending(today))
    told = {plan: teller.tell(plan) for plan in story.PLANS}
    spreading.spread(teller, told[story.DOORS])
