"""A move: when it is sensible, why, what research says, and what to do first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from collegium.base.indicators import Reading


class MoveKind(StrEnum):
    """A move is one of at most three; a warning is shown whenever its conditions hold."""

    MOVE = "move"
    WARNING = "warning"


class Test(StrEnum):
    """What a condition asks of a reading. `clearly` asks it of the whole interval, where there is one."""

    BELOW = "below"
    ABOVE = "above"
    CLEARLY_BELOW = "clearly_below"
    CLEARLY_ABOVE = "clearly_above"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Condition:
    """One test of one indicator."""

    indicator: str
    test: Test
    limit: float = 0.0

    def holds(self, readings: Mapping[str, Reading]) -> bool:
        """Say whether it holds; what may not be seen is not among the readings, and nothing holds of it."""
        found = readings.get(self.indicator)
        if found is None:
            return False
        if self.test is Test.UNKNOWN or found.value is None:
            return self.test is Test.UNKNOWN and found.value is None
        low, high = found.interval or (found.value, found.value)
        tests = {
            Test.BELOW: found.value < self.limit,
            Test.ABOVE: found.value > self.limit,
            Test.CLEARLY_BELOW: high < self.limit,
            Test.CLEARLY_ABOVE: low > self.limit,
        }
        return tests[self.test]


# Whose time a move takes. Two moves that ask the same people in the same weeks are not suggested together.
ASKED = ("everybody", "leaders", "stewards", "teams", "facilitators", "newcomers", "heads")
_ALSO = {"everybody": {"everybody", "teams"}, "teams": {"everybody", "teams"}, "leaders": {"leaders", "heads"},
         "heads": {"leaders", "heads"}}  # fmt: skip
EFFORTS = ("an hour", "an afternoon", "a few weeks", "a term")
WEEKS = {"an hour": 1, "an afternoon": 2, "a few weeks": 6, "a term": 14}
PHASES = ("beginning", "evolving", "mature")
STAGES = ("bartering", "building", "binding", "bonding")


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A rule. `trust_first`: it is part of building trust; `needs_trust`: it waits until trust is there (H7).

    `phases` and `stages` narrow it where they are known (A3, H14); `opens` names where in the house it begins.
    """

    key: str
    kind: MoveKind
    title: str
    when: tuple[Condition, ...]
    because: str
    claim: str
    constructs: tuple[str, ...]
    first_step: str
    effort: str
    asks: str
    kinds: tuple[str, ...]
    weight: int = 50
    opens: str = ""
    trust_first: bool = False
    needs_trust: bool = False
    phases: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()

    @property
    def weeks(self) -> int:
        """For how many weeks it takes the time of those it asks."""
        return WEEKS[self.effort]

    @property
    def indicators(self) -> tuple[str, ...]:
        """The keys of the indicators it rests on, each once."""
        return tuple(dict.fromkeys(condition.indicator for condition in self.when))

    def holds(self, readings: Mapping[str, Reading]) -> bool:
        """Say whether all its conditions hold."""
        return all(condition.holds(readings) for condition in self.when)

    def competes_with(self, asks: str) -> bool:
        """Say whether it takes the time of the same people."""
        return asks in _ALSO.get(self.asks, {self.asks})
