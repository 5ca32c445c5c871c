"""The enquiring part of the demo: terms, five enquiries at different stages, and an idea that four schools more try."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from collegium.enquire.demo import spreading, story, terms
from collegium.enquire.demo.telling import Teller
from collegium.people.demo.calendar import Calendar
from collegium.people.models import Community

__all__ = ["build", "story"]


@transaction.atomic
def build(community: Community, *, seed: int, today: dt.date) -> None:
    """Add the enquiries to the people of the demo: all of them or, when stopped, none."""
    calendar = Calendar.ending(today)
    teller = Teller(community, seed, calendar, terms.keep(community, calendar))
    told = {plan: teller.tell(plan) for plan in story.PLANS}
    spreading.spread(teller, told[story.DOORS])
