"""Putting sheets into a sealed tray, and emptying it when the pulse closes."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction

from collegium.listen.answers import keys, packing
from collegium.listen.answers.packing import Contents
from collegium.listen.models import Pulse, Tray
from collegium.science.results import IntArray

# Every key seals one state and no other, so there is nothing that a nonce would have to tell apart.
_NONCE = bytes(12)


def lay_out(pulse: Pulse, unit_id: uuid.UUID, capacity: int) -> Tray:
    """Make the empty tray of a unit; call it in the transaction that opens the pulse."""
    tray = Tray(community_id=pulse.community_id, pulse=pulse, unit_id=unit_id)
    _seal(tray, Contents(), capacity)
    tray.save(force_insert=True)
    return tray


def put(
    pulse_id: uuid.UUID, unit_id: uuid.UUID, *, cell: int, answers: IntArray, remarks: list[tuple[str, str]]
) -> None:
    """Put a sheet among those of the unit; call it in the transaction that marks that somebody has answered."""
    put_all(pulse_id, unit_id, [(cell, answers, remarks)])


def put_all(
    pulse_id: uuid.UUID, unit_id: uuid.UUID, sheets: Iterable[tuple[int, IntArray, list[tuple[str, str]]]]
) -> None:
    """Put sheets with their cells and remarks among those of the unit, and seal it once."""
    tray = Tray.objects.select_for_update().get(pulse_id=pulse_id, unit_id=unit_id)
    contents = look_into(tray)
    for cell, answers, remarks in sheets:
        contents.put(cell, answers, remarks)
    before = tray.number
    _seal(tray, contents, len(tray.sealed) - _overhead())
    tray.save(update_fields=["number", "sealed"])
    transaction.on_commit(lambda: keys.forget(tray.id, before))


def look_into(tray: Tray) -> Contents:
    """Return what lies in a tray; `keys.KeyMissing` where this machine cannot open it."""
    key = keys.get(tray.id, tray.number)
    try:
        return packing.unpack(AESGCM(key).decrypt(_NONCE, bytes(tray.sealed), _context(tray.id, tray.number)))
    except InvalidTag as error:
        raise keys.KeyMissing(tray.id.hex) from error


def empty(trays: Iterable[Tray]) -> None:
    """Delete trays and, once that is committed, their keys."""
    for tray in trays:
        tray_id = tray.id
        tray.delete()
        transaction.on_commit(lambda tray_id=tray_id: keys.destroy(tray_id))  # type: ignore[misc]


def _seal(tray: Tray, contents: Contents, capacity: int) -> None:
    number = tray.number + 1
    data = packing.pack(contents, capacity)
    tray.sealed = AESGCM(keys.add(tray.id, number)).encrypt(_NONCE, data, _context(tray.id, number))
    tray.number = number


def _context(tray_id: uuid.UUID, number: int) -> bytes:
    return tray_id.bytes + number.to_bytes(8, "big")


def _overhead() -> int:
    return 16  # the tag of AES-GCM
