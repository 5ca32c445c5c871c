"""Where sheets are handed in: those that come at the same moment share one transaction, and its flushes to the disk.

A whole staff answers in the same minute of a meeting. Each sheet must be safe on the disk before its writer is thanked,
and a disk flushes a few hundred times a second at most.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field

from django.db import connection, transaction

from collegium.listen.answers import keys, trays
from collegium.listen.answers.trays import Laid
from collegium.listen.errors import Conflict

MOST_AT_ONCE = 64


class NotTaken(Conflict):
    """This machine cannot open the tray, or the disk refuses; nothing was marked and nothing was lost."""

    status = 503
    code = "trays_closed"


@dataclass(slots=True, kw_only=True, eq=False)
class HandedIn:
    """A sheet for a unit's tray. `mark` notes that its writer has answered; where that was noted before it says no,
    and the sheet is refused with the code `refusal`.
    """

    unit_id: uuid.UUID
    sheet: Laid
    mark: Callable[[], bool]
    refusal: str
    is_done: bool = False
    error: BaseException | None = field(default=None)


class Desk:
    """Takes the sheets of one pulse in this process."""

    def __init__(self, pulse_id: uuid.UUID) -> None:
        self._pulse_id = pulse_id
        self._waiting: list[HandedIn] = []
        self._line = threading.Lock()
        self._desk = threading.Lock()

    def hand_in(self, handed: HandedIn) -> None:
        """Hand a sheet in. Returns when it is safe on the disk, and raises why it is not taken."""
        with self._line:
            self._waiting.append(handed)
        while not handed.is_done:
            with self._desk:
                # Whoever was at the desk before may have taken this one along.
                if not handed.is_done:
                    with self._line:
                        taken, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
                    self._take(taken)
        if handed.error is not None:
            raise handed.error

    def _take(self, taken: Sequence[HandedIn]) -> None:
        try:
            # Processes that wait for SQLite's one writer look again now and then; here each goes when it is its turn.
            with keys.turn() if connection.vendor == "sqlite" else nullcontext(), transaction.atomic():
                self._put(taken)
        except BaseException as error:  # noqa: BLE001 everybody in the batch must hear of it, whatever it is
            for handed in taken:
                handed.error = handed.error or error
        for handed in taken:
            handed.is_done = True

    def _put(self, taken: Sequence[HandedIn]) -> None:
        opened = trays.Opened(self._pulse_id, (handed.unit_id for handed in taken))
        for handed in taken:
            handed.error = _put_one(opened, handed)
        opened.seal()


def _put_one(opened: trays.Opened, handed: HandedIn) -> Conflict | None:
    # A pulse that closed in the meantime has no trays.
    if not opened.has(handed.unit_id):
        return Conflict("pulse_over")
    try:
        opened.open(handed.unit_id)
    except keys.KeyMissing:
        return NotTaken()
    if not handed.mark():
        return Conflict(handed.refusal)
    opened.put(handed.unit_id, handed.sheet)
    return None


_desks: dict[uuid.UUID, Desk] = {}


def of(pulse_id: uuid.UUID) -> Desk:
    """Return the desk of a pulse in this process."""
    return _desks.setdefault(pulse_id, Desk(pulse_id))
