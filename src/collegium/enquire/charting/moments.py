"""When points were taken: a column of dates, months, school years or numbers, with the gaps that nobody reported."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum, unique
from itertools import pairwise

from collegium.people.rosters.dates import Order, OrderFinder, parse

_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4})")
_SCHOOL_YEAR = re.compile(r"(\d{4})\s*[-/–]\s*(\d{4}|\d{2})")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_ISO_WEEK = re.compile(r"(\d{4})-?W(\d{1,2})")
_NUMBER = re.compile(r"-?\d{1,9}")
MOST_FILLED = 600  # points that a series may have after gaps were filled in
WEEK = 7


@unique
class Grain(StrEnum):
    """What one point stands for."""

    DAY = "day"
    MONTH = "month"
    SCHOOL_YEAR = "school year"
    NUMBER = "number"
    WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """The points of time, oldest first: `place_of` each text of the file, a date for each where there are dates."""

    grain: Grain
    labels: tuple[str, ...]
    place_of: dict[str, int]
    filled: int = 0


def read_axis(texts: Iterable[str]) -> Axis:
    """Return the axis of a column. What is neither date nor number keeps the order of the file."""
    seen = list(dict.fromkeys(texts))
    for grain, read in (
        (Grain.SCHOOL_YEAR, _school_years),
        (Grain.MONTH, _months),
        (Grain.NUMBER, _numbers),
        (Grain.DAY, _days),
    ):
        keys = read(seen)
        if keys is not None:
            return _in_order(grain, seen, keys)
    return Axis(grain=Grain.WORDS, labels=tuple(seen), place_of={text: place for place, text in enumerate(seen)})


def read_days(texts: Iterable[str]) -> tuple[Grain, dict[str, dt.date | None]]:
    """Return the first day of each time that a column tells, None for what is none.

    A school year begins in September here; a year alone with its first day.
    """
    seen = list(dict.fromkeys(filter(None, texts)))
    if years := _school_years(seen):
        return Grain.SCHOOL_YEAR, {text: dt.date(year, 9, 1) for text, year in zip(seen, years, strict=True)}
    order = OrderFinder()
    for text in seen:
        order.look(text)
    found = {text: _read_day(text, order.order) for text in seen}
    days = [day for day in found.values() if day]
    if days and all(_YEAR.fullmatch(text) for text in seen):
        return Grain.NUMBER, found
    return (Grain.MONTH if days and all(day.day == 1 for day in days) else Grain.DAY), found


def _read_day(text: str, order: Order) -> dt.date | None:
    if _YEAR.fullmatch(text):
        return dt.date(int(text), 1, 1)
    if month := _months([text]):
        return dt.date(month[0] // 12, month[0] % 12 + 1, 1)
    if week := _ISO_WEEK.fullmatch(text):
        try:
            return dt.date.fromisocalendar(int(week.group(1)), int(week.group(2)), 1)
        except ValueError:
            return None
    return parse(text, order)


def _in_order(grain: Grain, seen: Sequence[str], keys: Sequence[int]) -> Axis:
    if grain is Grain.DAY:
        grain, keys = _months_of_days(keys)
    present = sorted(set(keys))
    every = _fill(grain, present)
    places = {key: place for place, key in enumerate(every)}
    text_of = {key: text for text, key in zip(seen, keys, strict=True)}
    return Axis(
        grain=grain,
        labels=tuple(_label(grain, key, text_of.get(key, "")) for key in every),
        place_of={text: places[key] for text, key in zip(seen, keys, strict=True)},
        filled=len(every) - len(present),
    )


def _fill(grain: Grain, present: list[int]) -> list[int]:
    """Return every point between the first and the last, where they go in equal steps."""
    if len(present) < 2 or grain is Grain.NUMBER:
        return present
    steps = {after - before for before, after in pairwise(present)}
    step = min(steps)
    if grain is Grain.DAY and (step % WEEK or any(each % step for each in steps)):
        return present
    if any(each % step for each in steps) or (present[-1] - present[0]) // step > MOST_FILLED:
        return present
    return list(range(present[0], present[-1] + 1, step))


def _label(grain: Grain, key: int, text: str) -> str:
    if grain is Grain.MONTH:
        return f"{key // 12}-{key % 12 + 1:02d}"
    if grain is Grain.DAY:
        return dt.date.fromordinal(key).isoformat()
    return text or (f"{key}-{key + 1}" if grain is Grain.SCHOOL_YEAR else str(key))


def _school_years(texts: Sequence[str]) -> list[int] | None:
    keys = []
    for text in texts:
        found = _SCHOOL_YEAR.fullmatch(text)
        if not found or (int(found.group(1)) + 1) % 100 != int(found.group(2)) % 100:
            return None
        keys.append(int(found.group(1)))
    return keys


def _months(texts: Sequence[str]) -> list[int] | None:
    keys = []
    for text in texts:
        found = _MONTH.fullmatch(text)
        if not found:
            return None
        year, month = (found.group(1), found.group(2)) if found.group(1) else (found.group(4), found.group(3))
        if not 1 <= int(month) <= 12:
            return None
        keys.append(int(year) * 12 + int(month) - 1)
    return keys


def _numbers(texts: Sequence[str]) -> list[int] | None:
    return [int(text) for text in texts] if all(_NUMBER.fullmatch(text) for text in texts) else None


def _days(texts: Sequence[str]) -> list[int] | None:
    order = OrderFinder()
    for text in texts:
        order.look(text)
    found = [parse(text, order.order) for text in texts]
    return [day.toordinal() for day in found if day] if all(found) else None


def _months_of_days(keys: Sequence[int]) -> tuple[Grain, list[int]]:
    """Return months where every date is the first of one."""
    days = [dt.date.fromordinal(key) for key in keys]
    if all(day.day == 1 for day in days):
        return Grain.MONTH, [day.year * 12 + day.month - 1 for day in days]
    return Grain.DAY, list(keys)
