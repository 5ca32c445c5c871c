"""The questionnaires that a unit can use: those that come with Collegium, and its own in all their versions."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from collegium.base.registries import Registry
from collegium.listen import instruments, policies
from collegium.listen.errors import NotFound
from collegium.listen.instruments import Instrument
from collegium.listen.instruments.shipped import ALL_KEYS
from collegium.listen.models import InstrumentVersion, Pulse
from collegium.listen.queries import versions
from collegium.people.actors import Actor
from collegium.people.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A questionnaire in one version. `id` is empty for one that comes with Collegium."""

    instrument: Instrument
    id: uuid.UUID | None = None
    is_used: bool = False
    numbers: tuple[int, ...] = ()  # of all versions, the newest first

    @property
    def is_own(self) -> bool:
        """Whether it belongs to the unit, so that it can be changed."""
        return self.id is not None

    @property
    def is_newest(self) -> bool:
        """Whether no version came after it."""
        return not self.numbers or self.instrument.version == self.numbers[0]

    @property
    def fingerprint(self) -> str:
        """What tells this content from any other."""
        return fingerprint(self.instrument)


def fingerprint(instrument: Instrument) -> str:
    """What tells the content of a questionnaire from any other."""
    return hashlib.sha256(instruments.write(instrument).encode()).hexdigest()[:32]


def list_own_for(actor: Actor, place: Place) -> list[Instrument]:
    """Return the newest version of each questionnaire of the unit, by title."""
    policies.check_can_view_pulses(actor, place)
    newest: dict[str, InstrumentVersion] = {}
    for row in _own(actor, place).order_by("version"):
        newest[row.key] = row
    return [versions.read(row) for row in sorted(newest.values(), key=lambda row: (row.title.casefold(), row.key))]


def get_for(actor: Actor, place: Place, key: str, number: int | None = None) -> Known:
    """Return a questionnaire by its key, in its newest version or a certain one; NotFound where there is none."""
    policies.check_can_view_pulses(actor, place)
    if key in ALL_KEYS:
        instrument = instruments.get_shipped(key)
        if number not in (None, instrument.version):
            raise NotFound
        return Known(instrument=instrument)
    rows = {row.version: row for row in _own(actor, place).filter(key=key)}
    numbers = tuple(sorted(rows, reverse=True))
    row = rows.get(number or next(iter(numbers), 0))
    if row is None:
        raise NotFound
    return Known(instrument=versions.read(row), id=row.id, is_used=is_used(row.id), numbers=numbers)


def get_own_for(actor: Actor, place: Place, key: str) -> Known:
    """Return the newest version of a questionnaire of the unit, to change it; NotFound for any other."""
    known = get_for(actor, place, key)
    if not known.is_own:
        raise NotFound
    return known


_uses: Registry[Callable[[uuid.UUID], bool], None] = Registry("the use")


def register_use(is_used_by: Callable[[uuid.UUID], bool]) -> None:
    """Let a room above say whether it asks a version: what has been asked is never changed."""
    _uses.add(is_used_by, None)


def is_used(version_id: uuid.UUID) -> bool:
    """Whether something asks, asked or is going to ask this version: a pulse, or what another room asks with it."""
    if Pulse.objects.filter(instrument_id=version_id).exists():
        return True
    return any(is_used_by(version_id) for is_used_by in _uses)


def list_own_keys(unit_id: uuid.UUID) -> set[str]:
    """Return the keys that the unit's own questionnaires have."""
    return set(InstrumentVersion.objects.filter(unit_id=unit_id).values_list("key", flat=True))


def _own(actor: Actor, place: Place) -> QuerySet[InstrumentVersion]:
    return InstrumentVersion.objects.filter(community_id=actor.community_id, unit_id=place.unit_id)
