"""Scales and ticks."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

NICE_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from a domain (values) to a range (positions); `range_low` may be the larger one."""

    low: float
    high: float
    range_low: float
    range_high: float

    def place(self, value: float) -> float:
        """Return the position of a value, to two decimals, kept within the range."""
        if self.high == self.low:
            return round((self.range_low + self.range_high) / 2, 2)
        part = (value - self.low) / (self.high - self.low)
        return round(self.range_low + min(1.0, max(0.0, part)) * (self.range_high - self.range_low), 2)


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where it stands and the value it stands for."""

    position: float
    value: float


def nice_step(span: float, at_most: int, *, whole: bool = False) -> float:
    """Return the smallest round step that cuts a span into at most so many pieces; `whole` where things are counted."""
    rough = max(span / at_most, 1.0) if whole else span / at_most
    power = 10.0 ** math.floor(math.log10(rough))
    steps = (step * power for step in NICE_STEPS if step * power >= rough * (1 - 1e-9))
    return next(step for step in steps if not whole or step.is_integer())


def nice_ends(values: Iterable[float], at_most: int = 4, *, whole: bool = False) -> tuple[float, float]:
    """Return round ends that hold all values; a flat series gets a little room on both sides."""
    known = list(values)
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    if low == high:
        room = abs(low) * 0.1 or 1.0
        low, high = low - room, high + room
    step = nice_step(high - low, at_most, whole=whole)
    return math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step


def make_ticks(scale: Scale, at_most: int = 4, *, whole: bool = False) -> tuple[Tick, ...]:
    """Return round ticks within the scale's domain."""
    step = nice_step(scale.high - scale.low, at_most, whole=whole)
    first = math.ceil(scale.low / step - 1e-9)
    last = math.floor(scale.high / step + 1e-9)
    values = (round(index * step, 10) for index in range(first, last + 1))
    return tuple(Tick(scale.place(value), value) for value in values)
