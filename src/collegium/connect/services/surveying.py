"""Opening what a page has chosen, and stopping a survey that should not have been opened."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from collegium.base import time
from collegium.connect import policies
from collegium.connect.enums import WaveState
from collegium.connect.errors import Conflict, Invalid
from collegium.connect.models import Tie, TieWave, WaveMember
from collegium.connect.services import opening
from collegium.connect.services.opening import Choices
from collegium.listen.instruments.shipped import TIE_KEYS
from collegium.listen.models import InstrumentVersion
from collegium.listen.queries import pulses
from collegium.listen.services import versions
from collegium.people.actors import Actor
from collegium.people.models import Unit
from collegium.people.services.writing import locate, record


@transaction.atomic
def open_survey(*, actor: Actor, unit: Unit, instrument: str, **choices: Any) -> TieWave:
    """Open a tie survey. `instrument` is the key of a shipped one, or the id of an own version."""
    policies.check_can_open_wave(actor, locate(unit))
    version = _find_version(actor, unit, instrument)
    return opening.open_wave(actor=actor, unit=unit, choices=Choices(instrument=version, **choices))


def _find_version(actor: Actor, unit: Unit, instrument: str) -> InstrumentVersion:
    if instrument in TIE_KEYS:
        return versions.keep_shipped(actor, instrument)
    for version in pulses.list_own_versions(actor, locate(unit)):
        if str(version.id) == instrument:
            return version
    raise Invalid("wave_instrument")


@transaction.atomic
def stop_wave(*, actor: Actor, wave: TieWave) -> TieWave:
    """Stop a survey that is open or is being opened. What was handed in for a result that will not come is deleted."""
    policies.check_can_run_wave(actor, locate(wave.unit))
    wave.refresh_from_db(from_queryset=TieWave.objects.select_for_update())
    if wave.state not in (WaveState.OPENING, WaveState.OPEN):
        raise Conflict("wave_not_open_any_more")
    Tie.objects.filter(layer__wave=wave).delete()
    WaveMember.objects.filter(wave=wave).update(answered=False, draft={})
    wave.state, wave.closed_at = WaveState.STOPPED, time.now()
    wave.save(update_fields=["state", "closed_at"])
    record(actor, "wave.stopped", wave, unit_id=wave.unit_id, title=wave.title)
    return wave
