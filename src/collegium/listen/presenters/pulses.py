"""The pulses of a unit, and what everybody reads of one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.base import time
from collegium.listen import policies
from collegium.listen.enums import PulseState, WayIn
from collegium.listen.models import Pulse, PulseSeries
from collegium.listen.queries import pulses
from collegium.listen.queries.invitations import Rate
from collegium.listen.queries.pulses import Round
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of

PAGE_SIZE = 20
PHASES = ("open", "scheduled", "closed")  # in the order of the page


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningRow:
    """A pulse whose results are not out yet. `rate_words` is empty where the unit has no view of its own in it."""

    title: str
    from_unit: str
    minutes: str
    phase: str
    opens_at: dt.datetime
    closes_at: dt.datetime
    results_at: dt.datetime
    rate_words: str
    rate: Rate | None
    answer_url: str
    by_slip: bool
    watch_url: str
    naming_url: str
    naming_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """A pulse that is being prepared."""

    title: str
    created_at: dt.datetime
    preview_url: str
    change_url: str
    discard_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRow:
    """A pulse that comes back."""

    title: str
    words: str
    next_on: dt.date
    end_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutRow:
    """A pulse whose results are out; without a link to those whom they do not belong to."""

    title: str
    from_unit: str
    results_at: dt.datetime
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListenPage:
    """What a unit has heard, hears now, and will hear."""

    unit: UnitFrame
    can_run: bool
    add_url: str
    running: tuple[RunningRow, ...]
    drafts: tuple[DraftRow, ...]
    series: tuple[SeriesRow, ...]
    out: tuple[OutRow, ...]
    pages: Page[Pulse]

    @property
    def is_empty(self) -> bool:
        """Whether this unit has never had a pulse."""
        return not (self.running or self.drafts or self.series or self.pages.paginator.count)


def present_listen(actor: Actor, place: Place, page: str) -> ListenPage:
    """Show the pulses of a unit."""
    pages = Paginator(pulses.list_out(actor, place), PAGE_SIZE).get_page(page)
    can_run = policies.can_run_pulse(actor, place)
    running = [_running(actor, place, one, can_run=can_run) for one in pulses.list_running(actor, place)]
    return ListenPage(
        unit=frame_of(actor, place),
        can_run=can_run,
        add_url=reverse("listen:pulse_add", args=[place.slug]),
        running=tuple(sorted(running, key=lambda row: PHASES.index(row.phase))),
        drafts=tuple(_draft(place, pulse) for pulse in pulses.list_drafts(actor, place)),
        series=tuple(_series(place, series, can_run=can_run) for series in pulses.list_series(actor, place)),
        out=tuple(_out(actor, place, one) for one in pulses.describe_out(actor, place, list(pages))),
        pages=pages,
    )


def _running(actor: Actor, place: Place, one: Round, *, can_run: bool) -> RunningRow:
    pulse, asked = one.pulse, one.invitation
    takes_answers = phase_of(pulse) == "open"
    to_answer = asked is not None and not asked.answered and takes_answers
    # What a school's pulse finds in a team is the school's; a team has something to agree to in its own pulses alone.
    is_its_own = pulse.unit_id == place.unit_id or place.kind != UnitKind.TEAM
    may_agree = bool(place.above) and is_its_own and policies.can_agree(actor, place)
    return RunningRow(
        title=pulse.title,
        from_unit="" if pulse.unit_id == place.unit_id else pulse.unit.name,
        minutes=f"{one.instrument.minutes:g}",
        phase=phase_of(pulse),
        opens_at=pulse.opens_at,
        closes_at=pulse.closes_at,
        results_at=pulse.results_at,
        rate=one.rate,
        rate_words=write_rate(one.rate, pulse.k) if one.rate and phase_of(pulse) != "scheduled" else "",
        answer_url=reverse("listen:answer", args=[pulse.id]) if asked and to_answer and asked.way == WayIn.LINK else "",
        by_slip=bool(asked and takes_answers and asked.way == WayIn.SLIP),
        watch_url=reverse("listen:pulse_watch", args=[place.slug, pulse.id]) if can_run else "",
        naming_url=reverse("listen:pulse_naming", args=[place.slug, pulse.id]) if may_agree else "",
        naming_words=_("Those above may see your name and result.")
        if one.has_agreed
        else _("Those above do not see your name or your own result."),
    )


def phase_of(pulse: Pulse) -> str:
    """Return in a word where an opened pulse stands: scheduled, open, or closed without results yet."""
    now = time.now()
    if pulse.state == PulseState.OPEN and now < pulse.closes_at:
        return "scheduled" if now < pulse.opens_at else "open"
    return "closed"


def write_rate(rate: Rate, k: int) -> str:
    """Return how many have answered, in steps, in words."""
    if not rate.at_least:
        return _("Fewer than %(k)s of %(asked)s so far") % {"k": k, "asked": rate.asked}
    return _("At least %(n)s of %(asked)s (%(percent)s%%)") % {
        "n": rate.at_least,
        "asked": rate.asked,
        "percent": rate.percent,
    }


def write_moment(at: dt.datetime) -> str:
    """Return a day and an hour as the pages write them."""
    local = localtime(at)
    return f"{date_format(local, 'l')}, {date_format(local)}, {date_format(local, 'H:i')}"


def write_recurrence(series: PulseSeries) -> str:
    """Return how often a pulse comes back, and whom it asks each time."""
    weeks = ngettext("Every %(n)s week", "Every %(n)s weeks", series.every_weeks) % {"n": series.every_weeks}
    if series.parts == 1:
        return _("%(weeks)s, everybody each time") % {"weeks": weeks}
    return _("%(weeks)s, one of %(parts)s parts of the staff each time") % {"weeks": weeks, "parts": series.parts}


def _draft(place: Place, pulse: Pulse) -> DraftRow:
    def url(name: str) -> str:
        return reverse(f"listen:{name}", args=[place.slug, pulse.id])

    return DraftRow(
        title=pulse.title,
        created_at=pulse.created_at,
        preview_url=url("pulse_preview"),
        change_url=url("pulse_change"),
        discard_url=url("pulse_discard"),
    )


def _series(place: Place, series: PulseSeries, *, can_run: bool) -> SeriesRow:
    return SeriesRow(
        title=series.title,
        words=write_recurrence(series),
        next_on=series.next_on,
        end_url=reverse("listen:series_end", args=[place.slug, series.id]) if can_run else "",
    )


def _out(actor: Actor, place: Place, one: Round) -> OutRow:
    may_view = policies.can_view_result(
        actor,
        place,
        results_at=one.pulse.results_at,
        now=time.now(),
        is_asked=one.invitation is not None,
        is_agreed=one.has_agreed,
    )
    return OutRow(
        title=one.pulse.title,
        from_unit="" if one.pulse.unit_id == place.unit_id else one.pulse.unit.name,
        results_at=one.pulse.results_at,
        url=reverse("listen:result", args=[place.slug, one.pulse.id]) if may_view else "",
    )
