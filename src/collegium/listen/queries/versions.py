"""Instruments as they are kept: the shipped ones, and those of a unit."""

from __future__ import annotations

import uuid
from functools import lru_cache

from collegium.listen import instruments
from collegium.listen.instruments import Instrument
from collegium.listen.models import InstrumentVersion


@lru_cache(maxsize=64)
def _read(_version_id: uuid.UUID, definition: str) -> Instrument:
    return instruments.read(definition)


def read(version: InstrumentVersion) -> Instrument:
    """Return the instrument that a version holds; a version never changes, so it is read once."""
    return _read(version.id, version.definition)
