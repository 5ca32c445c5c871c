"""Saving what a page has chosen for a pulse: the questions, the draft, and whether it comes back, all or nothing."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from collegium.listen import policies
from collegium.listen.errors import Invalid
from collegium.listen.instruments.shipped import KEYS
from collegium.listen.models import InstrumentVersion, Pulse
from collegium.listen.queries import pulses
from collegium.listen.services import preparing, recurring, versions
from collegium.listen.services.preparing import Draft
from collegium.people.actors import Actor
from collegium.people.models import Unit
from collegium.people.services.writing import locate


@transaction.atomic
def save_draft(
    *,
    actor: Actor,
    unit: Unit,
    pulse: Pulse | None = None,
    instrument: str,
    every_weeks: int = 0,
    parts: int = 1,
    **choices: Any,
) -> Pulse:
    """Make a draft, or change one. `instrument` is the key of a shipped one, or the id of an own version."""
    policies.check_can_run_pulse(actor, locate(unit))
    series: dict[str, Any] = {"series": pulse.series, "part": pulse.part} if pulse else {}
    draft = Draft(instrument=_find_version(actor, unit, instrument), **choices, **series)
    if pulse is None:
        pulse = preparing.prepare_pulse(actor=actor, unit=unit, draft=draft)
    else:
        preparing.change_pulse(actor=actor, pulse=pulse, draft=draft)
    recurring.set_recurrence(actor=actor, pulse=pulse, every_weeks=every_weeks, parts=parts)
    return pulse


def _find_version(actor: Actor, unit: Unit, instrument: str) -> InstrumentVersion:
    if instrument in KEYS:
        return versions.keep_shipped(actor, instrument)
    for version in pulses.list_own_versions(actor, locate(unit)):
        if str(version.id) == instrument:
            return version
    raise Invalid("unknown_instrument")
