"""The truth of the listening demo: who was asked when, and what they think (docs/reference/demo.md tells it in words).

What people answer is drawn by chance from what stands here. Pages and tests are meant to find it again, and to find
nothing where nothing is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from collegium.listen.enums import ReportingLevel
from collegium.people.demo import story as people

HEARTBEAT, TRUST, LEADERSHIP, CHANGE = "heartbeat", "trust", "learning_leadership", "change_check"
COMMUNITY_OF_LEARNERS = "learning_community"
SHARED = "shared_leadership"

# --- what people think, on scales of one to five -----------------------------------------------------------------
# The middle of what people think of each facet, in every school and on every day, where nothing below says otherwise.
USUAL = 3.6
LEVELS: Mapping[tuple[str, str], float] = {
    (HEARTBEAT, "trust"): 3.8,
    (HEARTBEAT, "collaboration"): 3.4,
    (HEARTBEAT, "efficacy"): 3.5,
    (HEARTBEAT, "voice"): 3.3,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """From a school year on, the people of a unit (or one level of it) stand higher or lower by so many points."""

    unit: str
    instrument: str
    facets: tuple[str, ...]
    points: float
    from_year: int = 1
    level: ReportingLevel | None = None


EFFECTS: tuple[Effect, ...] = (
    # The leader left at the end of year 1: trust falls, openness and reliability most, and does not recover.
    Effect(unit=people.LEADER_LEFT, instrument=HEARTBEAT, facets=("trust",), points=-0.8, from_year=2),
    Effect(unit=people.LEADER_LEFT, instrument=TRUST, facets=("openness", "reliability"), points=-1.0, from_year=2),
    Effect(
        unit=people.LEADER_LEFT,
        instrument=TRUST,
        facets=("benevolence", "honesty", "competence", "wisdom", "ideals", "care"),
        points=-0.6,
        from_year=2,
    ),
    # The school that grows works together more, and believes more in what it can do.
    Effect(unit=people.GROWING, instrument=HEARTBEAT, facets=("collaboration", "efficacy"), points=0.8, from_year=2),
    # In one school support staff are heard less than teachers, all the time.
    Effect(
        unit=people.ONE_STEWARD,
        instrument=HEARTBEAT,
        facets=("voice",),
        points=-1.1,
        level=ReportingLevel.SUPPORT,
    ),
)

# How people differ: standard deviations in points. What lasts is theirs; the day's is drawn anew each time.
PERSON, PERSON_AND_FACET = 0.45, 0.35
DAY, ITEM = 0.25, 0.65
ITEMS_APART = 0.15  # how far the thresholds of items lie apart
RESPONSE_RATES = (0.72, 0.90)  # of a school in a wave
# Five of its seven staff: too few to be shown. Where governors are asked as well, seven of ten.
RATES_OF: Mapping[str, tuple[float, float]] = {people.VERY_SMALL: (0.72, 0.72)}
LEFT_OUT = (0.03, 0.06)  # answers that people leave out
COMMENTING = 0.12  # of those who answer

# --- who was asked when ------------------------------------------------------------------------------------------
WINDOW_DAYS, RESULTS_AFTER_DAYS = 10, 3
HEARTBEAT_DAYS = (40, 150, 240)  # days into the school year on which the alliance asks
TRUST_DAY = 95
DISTRICT_YEAR, DISTRICT_DAY = 2, 70
FREE_DAYS = 25  # no wave of a term so shortly before the one that is open now

OPEN_SINCE_DAYS, OPEN_FOR_DAYS = 3, 14
OPEN_SHARE = 0.45  # of those asked have answered the open one; nobody of the cast
SERIES_WEEKS, SERIES_PARTS, SERIES_ROUNDS = 4, 2, 4
SERIES_LAST_DAYS = 16  # days since the last round opened

SERIES_SCHOOL = people.CASTLEWICK
DISTRICT, ALLIANCE = people.DISTRICT, people.ALLIANCE
DRAFT_SCHOOL = COMING_SCHOOL = people.THORNMERE
NAMED_SCHOOLS = (people.CASTLEWICK, people.KESTREL_LANE)  # agree to be named in the picture of the alliance


def points_of(instrument: str, facet: str, *, unit: str, level: str, year: int) -> float:
    """Return the middle of what the people of a school and level think of a facet in a school year."""
    level_of_facet = LEVELS.get((instrument, facet), USUAL)
    return level_of_facet + sum(
        effect.points
        for effect in EFFECTS
        if effect.instrument == instrument
        and facet in effect.facets
        and effect.unit == unit
        and effect.from_year <= year
        and effect.level in (None, level)
    )
