"""Pulses that come back: each time another part of the staff, and nobody more often than they agreed to."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.timezone import localtime

from collegium.base import time
from collegium.listen import policies
from collegium.listen.enums import PulseState
from collegium.listen.errors import CollegiumError, Invalid
from collegium.listen.models import AskingLimit, Pulse, PulseSeries
from collegium.listen.services import opening, preparing
from collegium.listen.services.preparing import Draft
from collegium.people.actors import Actor, operator_of
from collegium.people.services.writing import locate, record, tidy


@transaction.atomic
def begin_series(*, actor: Actor, pulse: Pulse, every_weeks: int, parts: int) -> PulseSeries:
    """Let a draft come back every so many weeks; the draft is its first pulse and asks the first part."""
    policies.check_can_run_pulse(actor, locate(pulse.unit))
    preparing.check_draft(pulse)
    _check_range(every_weeks, parts)
    series = PulseSeries.objects.create(
        community_id=actor.community_id,
        unit=pulse.unit,
        title=tidy(pulse.title, limit=preparing.TITLE_LIMIT),
        every_weeks=every_weeks,
        parts=parts,
        next_on=localtime(pulse.opens_at).date() + dt.timedelta(weeks=every_weeks),
        created_by_id=actor.recorded_id,
    )
    pulse.series, pulse.part = series, 0
    pulse.save(update_fields=["series", "part"])
    record(actor, "series.begun", series, unit_id=pulse.unit_id, title=series.title, weeks=every_weeks, parts=parts)
    return series


@transaction.atomic
def set_recurrence(*, actor: Actor, pulse: Pulse, every_weeks: int, parts: int) -> None:
    """Say how often a draft comes back, as often as one changes one's mind; 0 weeks for not at all."""
    policies.check_can_run_pulse(actor, locate(pulse.unit))
    preparing.check_draft(pulse)
    series = pulse.series
    if series is None:
        if every_weeks:
            begin_series(actor=actor, pulse=pulse, every_weeks=every_weeks, parts=parts)
        return
    if not every_weeks:
        pulse.series, pulse.part = None, None
        pulse.save(update_fields=["series", "part"])
        preparing.forget_unbegun(series)
        return
    _check_range(every_weeks, parts)
    series.title, series.every_weeks, series.parts = pulse.title, every_weeks, parts
    series.next_on = localtime(pulse.opens_at).date() + dt.timedelta(weeks=every_weeks)
    series.save(update_fields=["title", "every_weeks", "parts", "next_on"])
    record(actor, "series.changed", series, unit_id=pulse.unit_id, title=series.title, weeks=every_weeks, parts=parts)


def _check_range(every_weeks: int, parts: int) -> None:
    if not 1 <= every_weeks <= 52 or not 1 <= parts <= 6:
        raise Invalid("series_out_of_range")


@transaction.atomic
def end_series(*, actor: Actor, series: PulseSeries) -> None:
    """Let no further pulse of a series begin."""
    policies.check_can_run_pulse(actor, locate(series.unit))
    series.refresh_from_db(from_queryset=PulseSeries.objects.select_for_update(of=("self",)).select_related("unit"))
    if series.ended_on is not None:
        return
    series.ended_on = time.today()
    series.save(update_fields=["ended_on"])
    record(actor, "series.ended", series, unit_id=series.unit_id, title=series.title)


@transaction.atomic
def limit_asking(*, actor: Actor, weeks_between: int) -> None:
    """Say how often oneself may be asked by pulses that come back."""
    if not 1 <= weeks_between <= 52:
        raise Invalid("series_out_of_range")
    AskingLimit.objects.update_or_create(
        person_id=actor.person_id,
        defaults={"community_id": actor.community_id, "weeks_between": weeks_between},
    )


def start_due() -> None:
    """Open the next pulse of every series whose day has come; one that cannot be opened waits for its next day."""
    for series in PulseSeries.objects.filter(next_on__lte=time.today(), ended_on__isnull=True).select_related("unit"):
        with transaction.atomic():
            _open_next(series)


def _open_next(series: PulseSeries) -> None:
    series.refresh_from_db(from_queryset=PulseSeries.objects.select_for_update(of=("self",)).select_related("unit"))
    last = series.pulses.exclude(state=PulseState.DRAFT).order_by("-opens_at").select_related("instrument").first()
    if last is None or series.next_on > time.today():
        return
    actor = operator_of(series.community_id)
    # The same hour of the day by the clock on the wall, whatever the season.
    weeks = dt.timedelta(weeks=series.every_weeks)
    opens, closes, results = (_moved(each, series, last) for each in (last.opens_at, last.closes_at, last.results_at))
    series.next_on += weeks
    while series.next_on <= time.today():  # a server that was down for a month does not open four pulses at once
        series.next_on += weeks
    series.save(update_fields=["next_on"])
    draft = Draft(
        title=series.title,
        why=last.why,
        instrument=last.instrument,
        referent=last.referent,
        language=last.language,
        k=last.k,
        levels=last.levels,
        units=list(last.among_units.all()),
        group=last.group,
        opens_at=opens,
        closes_at=closes,
        results_at=results,
        remind_before_hours=last.remind_before_hours,
        sheets_kept_days=last.sheets_kept_days,
        series=series,
        part=((last.part or 0) + 1) % series.parts,
    )
    try:
        with transaction.atomic():
            opening.open_pulse(actor=actor, pulse=preparing.prepare_pulse(actor=actor, unit=series.unit, draft=draft))
    except CollegiumError as error:
        record(actor, "series.left_out", series, unit_id=series.unit_id, title=series.title, reason=error.code)


def _moved(instant: dt.datetime, series: PulseSeries, last: Pulse) -> dt.datetime:
    days = series.next_on - localtime(last.opens_at).date()
    local = localtime(instant)
    return (local.replace(tzinfo=None) + days).replace(tzinfo=local.tzinfo)
