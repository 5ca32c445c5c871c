"""Putting sheets into sealed trays, and emptying them when the pulse closes."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection, transaction

from collegium.base import statements
from collegium.listen.answers import keys, packing
from collegium.listen.answers.packing import Contents
from collegium.listen.models import Pulse, Tray
from collegium.science.results import IntArray

# Every key seals one state and no other, so there is nothing that a nonce would have to tell apart.
_NONCE = bytes(12)
_TAG = 16  # bytes that AES-GCM adds


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """A sheet as it goes into a tray: its cell, its answers, and the open answers beside it."""

    cell: int
    answers: IntArray
    remarks: list[tuple[str, str]] = field(default_factory=list)


def lay_out(pulse: Pulse, capacities: Mapping[uuid.UUID, int]) -> None:
    """Make the empty trays of units, of so many bytes; call it in the transaction that opens the pulse."""
    made = [
        Tray(community_id=pulse.community_id, pulse=pulse, unit_id=unit_id, position=position)
        for position, unit_id in enumerate(sorted(capacities))
    ]
    _seal([(tray, Contents(), capacities[tray.unit_id]) for tray in made])
    Tray.objects.bulk_create(made, batch_size=100)


def lay_out_again(tray: Tray, capacity: int) -> None:
    """Let a tray be empty, whatever is in it."""
    _seal([(tray, Contents(), capacity)])
    tray.save(update_fields=["number", "sealed"])


class Opened:
    """Trays of a pulse, held by the transaction at hand: read once, put into, sealed together."""

    def __init__(self, pulse_id: uuid.UUID, unit_ids: Iterable[uuid.UUID]) -> None:
        held = Tray.objects.select_for_update().filter(pulse_id=pulse_id, unit_id__in=set(unit_ids)).order_by("id")
        self._trays = {tray.unit_id: tray for tray in held}
        self._contents: dict[uuid.UUID, Contents] = {}

    def has(self, unit_id: uuid.UUID) -> bool:
        """Say whether there is a tray for the unit: a closed pulse has none."""
        return unit_id in self._trays

    def open(self, unit_id: uuid.UUID) -> None:
        """Open the tray of a unit; `keys.KeyMissing` where this machine cannot."""
        if unit_id not in self._contents:
            self._contents[unit_id] = look_into(self._trays[unit_id])

    def put(self, unit_id: uuid.UUID, sheet: Laid) -> None:
        """Put a sheet among those of an opened tray."""
        self._contents[unit_id].put(sheet.cell, sheet.answers, sheet.remarks)

    def seal(self) -> None:
        """Seal and keep all that were opened, each under a new key; the old keys go when this is committed."""
        opened = [(self._trays[unit_id], contents) for unit_id, contents in self._contents.items()]
        if not opened:
            return
        before = [(tray, tray.number) for tray, _contents in opened]
        _seal([(tray, contents, len(tray.sealed) - _TAG) for tray, contents in opened])
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE listen_tray SET number = %s, sealed = %s WHERE id = %s",
                [(tray.number, bytes(tray.sealed), statements.write_id(tray.id)) for tray, _contents in opened],
            )
        transaction.on_commit(lambda: keys.forget(before))


def put_all(pulse_id: uuid.UUID, unit_id: uuid.UUID, sheets: Iterable[Laid]) -> None:
    """Put many sheets among those of a unit, and seal it once."""
    opened = Opened(pulse_id, [unit_id])
    opened.open(unit_id)
    for sheet in sheets:
        opened.put(unit_id, sheet)
    opened.seal()


def look_into(tray: Tray) -> Contents:
    """Return what lies in a tray; `keys.KeyMissing` where this machine cannot open it."""
    key = keys.get(tray, tray.number)
    try:
        return packing.unpack(AESGCM(key).decrypt(_NONCE, bytes(tray.sealed), _context(tray)))
    except InvalidTag as error:
        raise keys.KeyMissing(tray.id.hex) from error


def list_lost() -> list[Tray]:
    """Return the trays that this machine has no key for, of every community in scope."""
    return [tray for tray in Tray.objects.iterator() if not _opens(tray)]


def _opens(tray: Tray) -> bool:
    try:
        look_into(tray)
    except keys.KeyMissing:
        return False
    return True


def forget_old_keys(unused_since: dt.datetime) -> None:
    """Overwrite keys that a killed process could not, and those of trays that have been gone for so long."""
    for pulse_id, touched_at in keys.list_pulses().items():
        held = list(Tray.objects.filter(pulse_id=pulse_id).defer("sealed"))
        if held:
            keys.forget((tray, tray.number - 1) for tray in held)
        elif touched_at < unused_since:  # trays that are just being laid out are not there to be seen yet
            keys.destroy(pulse_id)


def empty(pulse: Pulse) -> None:
    """Delete the trays of a pulse and, once that is committed, their keys."""
    Tray.objects.filter(pulse=pulse).delete()
    pulse_id = pulse.id
    transaction.on_commit(lambda: keys.destroy(pulse_id))


def _seal(trays: Iterable[tuple[Tray, Contents, int]]) -> None:
    """Seal contents of a capacity in trays of one pulse, each under the key of its next number."""
    given = list(trays)
    made = keys.add((tray, tray.number + 1) for tray, _contents, _capacity in given)
    for (tray, contents, capacity), key in zip(given, made, strict=True):
        tray.number += 1
        tray.sealed = AESGCM(key).encrypt(_NONCE, packing.pack(contents, capacity), _context(tray))


def _context(tray: Tray) -> bytes:
    return tray.id.bytes + tray.number.to_bytes(8, "big")
