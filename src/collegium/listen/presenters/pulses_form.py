"""What stands around the form of a pulse, and what it holds when a pulse is there already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.base import time
from collegium.listen import instruments
from collegium.listen.forms.pulses import default_results
from collegium.listen.instruments.shipped import HEARTBEAT
from collegium.listen.models import Pulse
from collegium.listen.queries import pulses
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.forms import FormPage
from collegium.people.presenters.frame import UnitFrame, frame_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PulseFormPage(FormPage):
    """A form with the frame of its unit."""

    unit: UnitFrame
    usual_title: str = ""
    usual_minutes: str = ""

    @property
    def template(self) -> str:
        """The form of a pulse has its own page."""
        return "listen/pulse_form.html"


def present_form(actor: Actor, place: Place, pulse: Pulse | None) -> PulseFormPage:
    """Return what stands around the form; for a new pulse with words for what its defaults are."""
    usual = instruments.get_shipped(HEARTBEAT)
    return PulseFormPage(
        unit=frame_of(actor, place),
        kicker=place.name,
        heading=_("Open a pulse") if pulse is None else _("Change this draft"),
        lede=_("Everything has a sensible default. The next page shows what it will be, and only there is it opened."),
        submit=_("See what it will be"),
        back_url=reverse("listen:unit_listen", args=[place.slug]),
        back_title=_("Listen"),
        home_url=reverse("people:unit_home", args=[place.slug]),
        home_title=place.name,
        usual_title=usual.say(usual.title) if pulse is None else "",
        usual_minutes=f"{usual.minutes:g}",
    )


def initial_of(pulse: Pulse, *, is_again: bool = False) -> dict[str, Any]:
    """Return what the form holds for a draft; for one more pulse like an earlier one, with dates of its own."""
    own = pulse.instrument.unit_id is not None
    instrument = str(pulse.instrument_id) if own else pulse.instrument.key
    held: dict[str, Any] = {
        "title": pulse.title,
        "why": pulse.why,
        "instrument": instrument,
        "referent": f"{instrument}:{pulse.referent}" if pulse.referent else "",
        "language": pulse.language,
        "levels": pulse.levels,
        "units": [str(unit_id) for unit_id in pulses.list_units_asked(pulse)],
        "group": str(pulse.group_id or ""),
        "reminders": pulse.remind_before_hours,
        "k": pulse.k,
        "sheets_kept_days": pulse.sheets_kept_days,
    }
    if is_again:
        return held
    if pulse.series is not None:
        held |= {"every_weeks": pulse.series.every_weeks, "parts": pulse.series.parts}
    return {
        **held,
        "closes_at": pulse.closes_at,
        "opens_at": pulse.opens_at if pulse.opens_at > time.now() else None,
        "results_at": pulse.results_at if pulse.results_at != default_results(pulse.closes_at) else None,
    }
