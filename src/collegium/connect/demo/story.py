"""The truth of the connecting demo: who asks whom, and what draws people to one another.

Whom people name is drawn by chance from what stands here. Pages and tests are meant to find it again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from collegium.people.demo import story as people
from collegium.people.demo.calendar import Calendar

INSTRUMENT = "who_turns_to_whom"
UNIT = people.ALLIANCE
WHY = "To see how we learn from each other across teams and schools, and what rests on too few."

# When each survey opens, in days from the first of September of a school year, and how long it takes answers.
WAVE_DAYS = {1: 200, 2: 160}
WINDOW_DAYS = 14
RESPONSE_RATES = (0.78, 0.93)
VERY_SMALL_RATE = 0.86  # six of the seven at Little Orrin
DECLINING = 0.03  # so many ask not to be drawn

# How many people somebody names for each kind of tie, in the middle.
NAMED: Mapping[str, float] = {"advice": 4.2, "support": 3.0, "collaboration": 5.0, "confidence": 1.6, "learning": 2.6}
# How much more likely a colleague is named than one of another team of the same school, who weighs 1.
SAME_TEAM = 45.0
SAME_GROUP = 9.0
OTHER_SCHOOL = 0.004
OTHER_SCHOOL_GROUP = 2.5  # of the same group, from another school
LEADS_TEAM = 3.0  # the leader of one's own team
LEADS_SCHOOL = 4.0
FROM_SUPPORT = 0.35  # from teachers to support staff, and back
LASTING, FRESH = 0.9, 0.5  # how far liking lasts from wave to wave, and how far it is the day's


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """Somebody whom the story makes much turned to: so many times more likely to be named."""

    person: str  # a key of the cast
    inside: float = 1.0
    across: float = 1.0
    from_other_teams: float = 1.0


PULLS: tuple[Pull, ...] = (
    # The principal who left: half of Thornmere went to him, and nearly all that joined it to other schools.
    Pull(person="left_head", inside=9.0, across=90.0, from_other_teams=5.0),
    # The head of Oakhollow, on whom all rests, here too.
    Pull(person="only_steward", inside=12.0, from_other_teams=8.0),
    # A teacher without a post of leadership to whom many turn (H3).
    Pull(person="teacher", inside=5.0, from_other_teams=3.0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WavePlan:
    """A tie survey of the story."""

    year: int
    title: str
    opens_on: dt.date
    closes_on: dt.date


def list_waves(calendar: Calendar) -> list[WavePlan]:
    """Return the surveys that have closed by the last day of the story, the first first."""
    plans = []
    for year, days in WAVE_DAYS.items():
        opens_on = calendar.year(year) + dt.timedelta(days=days)
        closes_on = opens_on + dt.timedelta(days=WINDOW_DAYS)
        if closes_on < calendar.today:
            title = f"Who turns to whom, {opens_on:%B %Y}"
            plans.append(WavePlan(year=year, title=title, opens_on=opens_on, closes_on=closes_on))
    return plans
