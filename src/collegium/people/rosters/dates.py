"""Dates as people write them. Whether 3/4/2024 is in April or March is decided over a whole column, never per cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum

from collegium.people.rosters.cells import key

_YEAR_FIRST = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ].*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})(?:[T ].*)?")
_WITH_WORD = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[ -](?:de )?([^\W\d]{3,})\.?,?[ -](?:de )?(\d{4})")
_WORD_FIRST = re.compile(r"([^\W\d]{3,})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")

# The beginnings of month names in English, German, French, Spanish and Dutch.
_MONTHS = (
    ("jan", "ene"), ("feb", "fev"), ("mar", "mrt", "maa"), ("apr", "avr", "abr"), ("may", "mai", "mayo", "mei"),
    ("jun", "juin"), ("jul", "juil"), ("aug", "aou", "ago"), ("sep",), ("oct", "okt"), ("nov",), ("dec", "dez", "dic"),
)  # fmt: skip


class Order(Enum):
    """Which of the first two numbers of a date is the day."""

    DAY_FIRST = "day/month/year"
    MONTH_FIRST = "month/day/year"
    MIXED = "mixed"


@dataclass(slots=True)
class OrderFinder:
    """Looks at every value of a column and then knows in which order its dates are written."""

    day_first: int = 0
    month_first: int = 0
    ambiguous: int = 0
    example: str = ""

    def look(self, text: str) -> None:
        """Take one value into account."""
        found = _YEAR_LAST.fullmatch(text)
        if not found or found.group(2) in ". ":
            return
        first, second = int(found.group(1)), int(found.group(3))
        if first > 12 >= second:
            self.day_first += 1
        elif second > 12 >= first:
            self.month_first += 1
        elif first != second:
            self.ambiguous += 1
        self.example = self.example or text

    @property
    def order(self) -> Order:
        """The order all values agree with; without a sign of either, the day first, as in most of the world."""
        if self.day_first and self.month_first:
            return Order.MIXED
        return Order.MONTH_FIRST if self.month_first else Order.DAY_FIRST

    @property
    def is_guess(self) -> bool:
        """Whether some values could be read both ways and no other value settles it."""
        return bool(self.ambiguous) and not (self.day_first or self.month_first)


def parse(text: str, order: Order = Order.DAY_FIRST) -> date | None:
    """The date that `text` says, or None if it says none, or says it in two ways while the column mixes orders."""
    if found := (_YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text)):
        return _date(found.group(1), found.group(2), found.group(3))
    if found := _YEAR_LAST.fullmatch(text):
        return _year_last(found, order)
    if found := _WITH_WORD.fullmatch(text):
        return _date(found.group(3), str(_month(found.group(2))), found.group(1))
    if found := _WORD_FIRST.fullmatch(text):
        return _date(found.group(3), str(_month(found.group(1))), found.group(2))
    return None


def _year_last(found: re.Match[str], order: Order) -> date | None:
    first, second, year = found.group(1), found.group(3), found.group(4)
    if len(year) == 2:
        year = f"19{year}" if int(year) > 69 else f"20{year}"
    if found.group(2) in ". " or int(first) > 12:
        return _date(year, second, first)
    if int(second) > 12:
        return _date(year, first, second)
    if order is Order.MIXED and first != second:
        return None
    return _date(year, first, second) if order is Order.MONTH_FIRST else _date(year, second, first)


def _month(word: str) -> int:
    word = key(word)
    return next((n for n, names in enumerate(_MONTHS, 1) if any(word.startswith(name) for name in names)), 0)


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
