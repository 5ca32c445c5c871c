"""Where sheets are handed in: those that come at the same moment share one transaction, and its flushes to the disk.

A whole staff answers in the same minute of a meeting. Each sheet must be safe on the disk before its writer is thanked,
and a disk flushes a few hundred times a second at most. So a sheet needs no statement of its own either: all that are
at the desk together are found and marked together.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field

from django.db import connection, transaction

from collegium.base import tenancy
from collegium.base.errors import CollegiumError
from collegium.listen.answers import keys, trays
from collegium.listen.answers.trays import Laid
from collegium.listen.enums import WayIn
from collegium.listen.errors import Conflict, Invalid, NotFound
from collegium.listen.models import Invitation, Pulse, Slip
from collegium.science.results import IntArray

MOST_AT_ONCE = 64


class NotTaken(Conflict):
    """This machine cannot open the tray, or the disk refuses; nothing was marked and nothing was lost."""

    status = 503
    code = "trays_closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A way in: by which field its rows are found, which field marks them, and how those who have no right to it are
    refused, and those who come again."""

    model: type[Invitation] | type[Slip]
    key: str
    mark: str
    only: Mapping[str, str] = field(default_factory=dict)
    unknown: Callable[[], CollegiumError]
    spent: str


BY_LINK = Door(
    model=Invitation,
    key="id",
    mark="answered",
    only={"way": WayIn.LINK},
    unknown=lambda: NotFound("link_unknown"),
    spent="answered_already",
)
BY_SLIP = Door(model=Slip, key="code_hash", mark="used", unknown=lambda: Invalid("code_unknown"), spent="code_used")


@dataclass(slots=True, kw_only=True, eq=False)
class HandedIn:
    """A sheet, with the door its writer came by and the key they had for it."""

    door: Door
    key: uuid.UUID | str
    answers: IntArray
    remarks: list[tuple[str, str]]
    is_done: bool = False
    error: BaseException | None = field(default=None)


@dataclass(slots=True)
class Claim:
    """Somebody's right to one sheet, where that sheet belongs, and whether it is used here and now."""

    row_id: uuid.UUID
    is_spent: bool
    cell: int
    unit_id: uuid.UUID
    is_used: bool = False


class Desk:
    """Takes the sheets of one pulse in this process."""

    def __init__(self, pulse_id: uuid.UUID, community_id: uuid.UUID) -> None:
        self._pulse_id = pulse_id
        self._community_id = community_id
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
        # Processes that wait for SQLite's one writer look again now and then; here each goes when it is its turn.
        turn = keys.turn() if connection.vendor == "sqlite" else nullcontext()
        try:
            with turn, tenancy.community_scope(self._community_id), transaction.atomic():
                self._put(taken)
        except BaseException as error:  # noqa: BLE001 everybody in the batch must hear of it, whatever it is
            for handed in taken:
                handed.error = handed.error or error
        for handed in taken:
            handed.is_done = True

    def _put(self, taken: Sequence[HandedIn]) -> None:
        claims = {door.model: self._hold_claims(door, taken) for door in (BY_LINK, BY_SLIP)}
        units = {claim.unit_id for held in claims.values() for claim in held.values()}
        opened = trays.Opened(self._pulse_id, units)
        for handed in taken:
            handed.error = _put_one(opened, handed, claims[handed.door.model].get(handed.key))
        for door in (BY_LINK, BY_SLIP):
            used = [claim.row_id for claim in claims[door.model].values() if claim.is_used]
            if used:
                door.model.objects.filter(id__in=used).update(**{door.mark: True})
        opened.seal()

    def _hold_claims(self, door: Door, taken: Sequence[HandedIn]) -> dict[uuid.UUID | str, Claim]:
        """Return the claims of those who came by a door. Nobody else marks them until this is committed."""
        wanted = {handed.key for handed in taken if handed.door is door}
        if not wanted:
            return {}
        rows = door.model.objects.select_for_update(of=("self",)).filter(
            **{"pulse_id": self._pulse_id, f"{door.key}__in": wanted, **door.only}
        )
        # In one order for everybody, so that two processes never wait for each other.
        found = rows.order_by("id").values_list(door.key, "id", door.mark, "cell__number", "cell__mixed_in_id")
        return {key: Claim(*rest) for key, *rest in found}


def _put_one(opened: trays.Opened, handed: HandedIn, claim: Claim | None) -> CollegiumError | None:
    if claim is None:
        return handed.door.unknown()
    # A pulse that closed in the meantime has no trays.
    if not opened.has(claim.unit_id):
        return Conflict("pulse_over")
    if claim.is_spent:
        return Conflict(handed.door.spent)
    try:
        opened.open(claim.unit_id)
    except keys.KeyMissing:
        return NotTaken()
    opened.put(claim.unit_id, Laid(claim.cell, handed.answers, handed.remarks))
    claim.is_spent = claim.is_used = True
    return None


_desks: dict[uuid.UUID, Desk] = {}


def of(pulse: Pulse) -> Desk:
    """Return the desk of a pulse in this process."""
    return _desks.setdefault(pulse.id, Desk(pulse.id, pulse.community_id))
