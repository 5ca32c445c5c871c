"""Preparing a pulse: everything that can be chosen, up to the moment it opens."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from collegium.base import prose, time
from collegium.listen import policies
from collegium.listen.enums import PulseState, ReportingLevel
from collegium.listen.errors import Conflict, Invalid
from collegium.listen.models import InstrumentVersion, Pulse, PulseSeries, PulseUnit
from collegium.listen.models.pulses import SMALLEST_K
from collegium.listen.queries import opening, versions
from collegium.people.actors import Actor
from collegium.people.models import Group, Unit
from collegium.people.queries import structure
from collegium.people.services.writing import check_same_community, locate, record, tidy

TITLE_LIMIT, WHY_LIMIT = 160, 2000
LONGEST_WINDOW = dt.timedelta(days=60)
LARGEST_K = 50
GRACE_MINUTES = 30
USUAL_LEVELS = (
    ReportingLevel.CLASSROOM.value,
    ReportingLevel.MIDDLE.value,
    ReportingLevel.SENIOR.value,
    ReportingLevel.SUPPORT.value,
)
LONGEST_KEPT_DAYS = 400
MOST_REMINDERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """All that is chosen about a pulse. Without units, everybody in its own unit is asked."""

    title: str
    instrument: InstrumentVersion
    opens_at: dt.datetime
    closes_at: dt.datetime
    results_at: dt.datetime
    why: str = ""
    referent: str = ""
    language: str = ""
    k: int = SMALLEST_K
    levels: Sequence[str] = USUAL_LEVELS
    units: Sequence[Unit] = ()
    group: Group | None = None
    remind_before_hours: Sequence[int] = (72, 24)
    sheets_kept_days: int = 0
    series: PulseSeries | None = None
    part: int | None = None
    grace_minutes: int = field(default=GRACE_MINUTES)


@transaction.atomic
def prepare_pulse(*, actor: Actor, unit: Unit, draft: Draft) -> Pulse:
    """Make a draft."""
    policies.check_can_run_pulse(actor, locate(unit))
    pulse = Pulse(community_id=actor.community_id, unit=unit, created_by_id=actor.recorded_id)
    _fill(actor, pulse, draft)
    pulse.save(force_insert=True)
    _keep_units(pulse, draft.units)
    record(actor, "pulse.prepared", pulse, unit_id=unit.id, title=pulse.title)
    return pulse


@transaction.atomic
def change_pulse(*, actor: Actor, pulse: Pulse, draft: Draft) -> Pulse:
    """Change a draft; nothing of it can be changed once it is open."""
    policies.check_can_run_pulse(actor, locate(pulse.unit))
    check_draft(pulse)
    _fill(actor, pulse, draft)
    pulse.save()
    _keep_units(pulse, draft.units)
    record(actor, "pulse.changed", pulse, unit_id=pulse.unit_id, title=pulse.title)
    return pulse


@transaction.atomic
def discard_pulse(*, actor: Actor, pulse: Pulse) -> None:
    """Delete a draft."""
    policies.check_can_run_pulse(actor, locate(pulse.unit))
    check_draft(pulse)
    record(actor, "pulse.discarded", pulse, unit_id=pulse.unit_id, title=pulse.title)
    series = pulse.series
    pulse.delete()
    if series is not None:
        forget_unbegun(series)


def forget_unbegun(series: PulseSeries) -> None:
    """Delete a series that no pulse belongs to any more."""
    if not series.pulses.exists():
        series.delete()


def check_draft(pulse: Pulse, *, is_begun: bool = False) -> None:
    """Raise unless the pulse is still a draft, whatever the page that was sent believed.

    One that is being opened belongs to the work that opens it, which says so by `is_begun`.
    """
    pulse.refresh_from_db(from_queryset=Pulse.objects.select_for_update())
    if pulse.state != PulseState.DRAFT:
        raise Conflict("pulse_not_draft")
    if not is_begun and opening.is_under_way(pulse):
        raise Conflict("pulse_opening")


def _fill(actor: Actor, pulse: Pulse, draft: Draft) -> None:
    check_same_community(actor, draft.instrument, *draft.units)
    _check_times(draft)
    _check_inside(pulse.unit, draft.units)
    if draft.group is not None and draft.group.unit_id != pulse.unit_id:
        raise Invalid("unknown_group")
    instrument = versions.read(draft.instrument)
    if instrument.is_about_ties:
        raise Invalid("ties_not_in_pulse")
    if draft.referent and draft.referent not in instrument.referents:
        raise Invalid("unknown_referent")
    if not SMALLEST_K <= draft.k <= LARGEST_K:
        raise Invalid("k_too_small", smallest=SMALLEST_K)
    pulse.title = tidy(draft.title, limit=TITLE_LIMIT)
    pulse.why = prose.tidy(draft.why, limit=WHY_LIMIT)
    pulse.instrument = draft.instrument
    pulse.referent = draft.referent or next(iter(instrument.referents), "")
    pulse.language = draft.language if draft.language in instrument.languages else instrument.default_language
    pulse.k = draft.k
    pulse.opens_at, pulse.closes_at, pulse.results_at = draft.opens_at, draft.closes_at, draft.results_at
    pulse.grace_minutes = draft.grace_minutes
    pulse.levels = [level.value for level in ReportingLevel if level.value in draft.levels]
    pulse.group = draft.group
    reminders = {hours for hours in draft.remind_before_hours if hours > 0}
    pulse.remind_before_hours = sorted(reminders, reverse=True)[:MOST_REMINDERS]
    pulse.sheets_kept_days = max(0, min(draft.sheets_kept_days, LONGEST_KEPT_DAYS))
    pulse.series, pulse.part = draft.series, draft.part


def _check_times(draft: Draft) -> None:
    earliest = draft.closes_at + dt.timedelta(minutes=draft.grace_minutes)
    if not draft.opens_at < draft.closes_at or draft.results_at < earliest:
        raise Invalid("times_out_of_order", minutes=draft.grace_minutes)
    if draft.closes_at <= time.now():
        raise Invalid("closes_in_past")
    if draft.closes_at - draft.opens_at > LONGEST_WINDOW:
        raise Invalid("window_too_long", days=LONGEST_WINDOW.days)


def _check_inside(unit: Unit, units: Sequence[Unit]) -> None:
    if not units:
        return
    inside: frozenset[uuid.UUID] = structure.ids_within([unit.id], time.today()) | {unit.id}
    if any(each.id not in inside for each in units):
        raise Invalid("unit_not_inside")


def _keep_units(pulse: Pulse, units: Sequence[Unit]) -> None:
    PulseUnit.objects.filter(pulse=pulse).delete()
    PulseUnit.objects.bulk_create(
        PulseUnit(community_id=pulse.community_id, pulse=pulse, unit=unit) for unit in dict.fromkeys(units)
    )
