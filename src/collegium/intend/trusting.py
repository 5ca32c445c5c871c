"""Vision first or trust first: what the guidance says for a unit, from what was published of trust there. Pure.

Sergiovanni tells two ways to begin. Where people trust each other, a shared vision can come first and trust grows as
it is carried out. Where they do not, a vision is heard as one more thing done to them: trust comes first. The rule
below is ours, and the page names it: `RULE`. It reads the published result of one facet on a scale from 1 to 5 and
nothing else, and says "not known" whenever the numbers do not carry more.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

RULE = "Collegium 2026"
# Half way between "neither" (3) and "agree" (4): above it people, taken together, say that there is trust.
ENOUGH = 3.5
OLDEST = dt.timedelta(days=400)  # a school year, and the weeks until the next one has been asked


class Suggested(StrEnum):
    """What the guidance says."""

    TRUST_FIRST = "trust"
    VISION_FIRST = "vision"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why it says so."""

    NEVER_ASKED = "never_asked"
    NOT_SHOWN = "not_shown"
    TOO_OLD = "too_old"
    FELL = "fell"
    LOW = "low"
    HIGH = "high"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was published of trust in a unit: its mean with its interval, how many answered, when, and what moved.

    `mean` and the interval are None where they are not shown. `fell` says that it is clearly lower than at an earlier
    round, by the judgement that was published with it.
    """

    closed_on: dt.date
    n: int | None = None
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    fell: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A path, and why."""

    path: Suggested
    reason: Reason


def suggest(evidence: Evidence | None, today: dt.date) -> Suggestion:
    """Return which path the guidance suggests; the first line below that holds decides."""
    if evidence is None:
        return Suggestion(Suggested.UNKNOWN, Reason.NEVER_ASKED)
    if evidence.mean is None or evidence.low is None or evidence.high is None:
        return Suggestion(Suggested.UNKNOWN, Reason.NOT_SHOWN)
    if today - evidence.closed_on > OLDEST:
        return Suggestion(Suggested.UNKNOWN, Reason.TOO_OLD)
    if evidence.high < ENOUGH:
        return Suggestion(Suggested.TRUST_FIRST, Reason.LOW)
    if evidence.fell:
        return Suggestion(Suggested.TRUST_FIRST, Reason.FELL)
    if evidence.low >= ENOUGH:
        return Suggestion(Suggested.VISION_FIRST, Reason.HIGH)
    return Suggestion(Suggested.UNKNOWN, Reason.BETWEEN)
