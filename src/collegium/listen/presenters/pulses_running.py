"""A pulse while it is open, for those who run it; and what a unit lets those above it see."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from collegium.base import time
from collegium.listen.enums import PulseState, ReportingLevel
from collegium.listen.models import Pulse, PulseView
from collegium.listen.presenters.pulses import phase_of, write_moment, write_rate, write_recurrence
from collegium.listen.presenters.pulses_preview import write_sheets
from collegium.listen.queries import pulses, versions
from collegium.listen.queries.invitations import Rate
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.forms import FormPage
from collegium.people.presenters.frame import UnitFrame, frame_of

MOST_VIEWS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRow:
    """How many of a view have answered, in steps."""

    name: str
    words: str
    rate: Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchPage:
    """A pulse that runs."""

    unit: UnitFrame
    title: str
    from_unit: str
    phase: str
    is_out: bool
    k: int
    minutes: str
    opens: str
    closes: str
    results: str
    sheets: str
    recurrence: str
    reminders_planned: int
    reminders_sent: int
    rates: tuple[RateRow, ...]
    rates_left_out: int
    slips: int
    slips_url: str
    result_url: str
    again_url: str


def present_watch(actor: Actor, place: Place, pulse: Pulse) -> WatchPage:
    """Show how a pulse goes, and what happens next."""
    views = pulses.list_views_within(pulse, place)
    rates = pulses.get_rates_of_views({pulse.id: pulse}, views[:MOST_VIEWS])
    is_own = pulse.unit_id == place.unit_id
    slips = pulses.count_by_slip(pulse) if is_own else 0
    return WatchPage(
        unit=frame_of(actor, place),
        title=pulse.title,
        from_unit="" if is_own else pulse.unit.name,
        phase=phase_of(pulse),
        is_out=pulse.state == PulseState.CLOSED and pulse.results_at <= time.now(),
        k=pulse.k,
        minutes=f"{versions.read(pulse.instrument).minutes:g}",
        opens=write_moment(max(pulse.opens_at, pulse.opened_at or pulse.opens_at)),
        closes=write_moment(pulse.closes_at),
        results=write_moment(pulse.results_at),
        sheets=write_sheets(pulse),
        recurrence=write_recurrence(pulse.series) if pulse.series and pulse.series.ended_on is None else "",
        reminders_planned=len(pulse.remind_before_hours),
        reminders_sent=pulse.reminders_sent,
        rates=tuple(
            RateRow(name=_name(place, view), words=write_rate(rate, pulse.k), rate=rate) for view, rate in rates
        ),
        rates_left_out=max(0, len(views) - MOST_VIEWS),
        slips=slips,
        slips_url=reverse("listen:slips", args=[place.slug, pulse.id]) if slips else "",
        result_url=reverse("listen:result", args=[place.slug, pulse.id]),
        again_url=f"{reverse('listen:pulse_add', args=[place.slug])}?from={pulse.id}" if is_own else "",
    )


def _name(place: Place, view: PulseView) -> str:
    if not view.level:
        return view.unit.name
    level = capfirst(str(ReportingLevel(view.level).label))
    return level if view.unit_id == place.unit_id else f"{view.unit.name}: {level}"


def present_naming(place: Place, pulse: Pulse, *, has_agreed: bool) -> FormPage:
    """Ask the stewards of a unit what those above it may see."""
    from_above = pulse.unit_id != place.unit_id
    listen_url = reverse("listen:unit_listen", args=[place.slug])
    if has_agreed:
        return FormPage(
            kicker=place.name,
            heading=_("Take back that those above see you by name?"),
            lede=_("%(unit)s has agreed, for the pulse “%(title)s”.") % {"unit": place.name, "title": pulse.title},
            submit=_("Take it back"),
            back_url=listen_url,
            back_title=_("Listen"),
            home_url=reverse("people:unit_home", args=[place.slug]),
            home_title=place.name,
            consequences=(
                _("Those above will not see your own result, and you stand unnamed in the picture of all schools."),
                _("This is possible until the results are out: %(moment)s.")
                % {"moment": write_moment(pulse.results_at)},
            ),
        )
    return FormPage(
        kicker=place.name,
        heading=_("May those above see our name and result?"),
        lede=_("For the pulse “%(title)s” alone. Nothing happens unless you agree.") % {"title": pulse.title},
        submit=_("We agree"),
        back_url=listen_url,
        back_title=_("Listen"),
        home_url=reverse("people:unit_home", args=[place.slug]),
        home_title=place.name,
        consequences=(
            *((_in_the_picture(pulse, place),) if from_above else ()),
            _("Those who lead or look after a unit above yours can open your result, as your own people see it."),
            _("They see no more than your own people do: no names of persons, and nothing about small groups."),
            _("You can take it back until the results are out: %(moment)s.")
            % {"moment": write_moment(pulse.results_at)},
            _("That you agreed, and who agreed for you, is written into the trail of changes."),
        ),
    )


def _in_the_picture(pulse: Pulse, place: Place) -> str:
    return _("In the picture that %(above)s shows of all schools, your estimate carries the name %(unit)s.") % {
        "above": pulse.unit.name,
        "unit": place.name,
    }
