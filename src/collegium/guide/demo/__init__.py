"""The guide's part of the demo: how units reviewed themselves, and what their indicators were, term by term."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import transaction

from collegium.decide.demo.telling import Teller
from collegium.guide.demo.telling import tell_alliance, tell_stage
from collegium.guide.services import refreshing
from collegium.people.demo.calendar import Calendar
from collegium.people.enums import UnitKind
from collegium.people.models import Community, Unit

EVERY_DAYS = 91  # a reading a term, and one on the last day


@transaction.atomic
def build(community: Community, *, seed: int, today: dt.date) -> None:
    """Tell the reviews, and read the schools, the district and the alliance of the demo as of a day of every term."""
    teller = Teller(community, seed, Calendar.ending(today))
    tell_alliance(teller)
    tell_stage(teller)
    wide = Unit.objects.filter(community=community).exclude(kind=UnitKind.TEAM).order_by("slug")
    days = list(list_days(Calendar.ending(today).first_day, today))
    refreshing.read_days(community.id, wide.values_list("id", flat=True), days)


def list_days(start: dt.date, today: dt.date) -> Iterator[dt.date]:
    """Return the days of reading, the last of them today."""
    day = today
    while day > start:
        yield day
        day -= dt.timedelta(days=EVERY_DAYS)
