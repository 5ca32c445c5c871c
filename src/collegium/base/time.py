"""The one clock. Services take time as an argument or read it here, so tests and the demo can set it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_frozen: ContextVar[dt.datetime | None] = ContextVar("collegium_frozen_time", default=None)


def now() -> dt.datetime:
    """Return the current instant, timezone-aware."""
    return _frozen.get() or timezone.now()


def today() -> dt.date:
    """Return the current date in the reader's time zone."""
    return timezone.localdate(now())


@contextmanager
def at(instant: dt.datetime | dt.date) -> Iterator[None]:
    """Make `now` and `today` return the given instant (noon of a date) inside the block."""
    if not isinstance(instant, dt.datetime):
        instant = dt.datetime.combine(instant, dt.time(12), tzinfo=timezone.get_current_timezone())
    token = _frozen.set(instant)
    try:
        yield
    finally:
        _frozen.reset(token)


def parse_date(text: str) -> dt.date | None:
    """Return the ISO date in `text`, or None when it holds none."""
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None


def start_of(day: dt.date) -> dt.datetime:
    """Return the first instant of a day in the reader's time zone."""
    return dt.datetime.combine(day, dt.time.min, tzinfo=timezone.get_current_timezone())
