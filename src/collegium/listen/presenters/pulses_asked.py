"""What somebody is asked, on their own page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy

from collegium.base import time
from collegium.base.own_part import Section
from collegium.base.panels import PanelContent, Sentence
from collegium.listen.enums import PulseState, WayIn
from collegium.listen.models import Invitation
from collegium.listen.queries import invitations, pulses, versions
from collegium.people.actors import Actor

LATELY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRow:
    """A pulse that waits for one's answers; without a link where one answers with a slip."""

    title: str
    unit_name: str
    why: str
    minutes: str
    closes_at: dt.datetime
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredRow:
    """A pulse that one was asked in and that takes no more answers, or has got one's own."""

    title: str
    unit_name: str
    results_at: dt.datetime
    is_out: bool
    url: str


def build_asked(actor: Actor) -> PanelContent | None:
    """Say what waits for one's answers, what became of earlier ones, and how often one is asked."""
    waiting = invitations.list_waiting_for(actor)
    held = {invitation.id for invitation in waiting}
    # One more than waits at most, so that something answered lately is among them.
    asked = invitations.list_pulses_asked(actor, LATELY + len(waiting))
    earlier = [one for one in asked if one.id not in held and one.pulse.opens_at <= time.now()][:LATELY]
    rows = [_waiting(invitation) for invitation in waiting]
    context = {
        "waiting": rows,
        "earlier": [_earlier(invitation) for invitation in earlier],
        "weeks": pulses.get_own_limit(actor),
        "limit_url": reverse("listen:my_asking"),
    }
    said = tuple(Sentence(f"{each.title} ({each.unit_name})", each.url) for each in rows)
    return PanelContent("listen/panels/asked.html", context, sentences=said)


def _waiting(invitation: Invitation) -> AskedRow:
    pulse = invitation.pulse
    return AskedRow(
        title=pulse.title,
        unit_name=pulse.unit.name,
        why=pulse.why,
        minutes=f"{versions.read(pulse.instrument).minutes:g}",
        closes_at=pulse.closes_at,
        url=reverse("listen:answer", args=[pulse.id]) if invitation.way == WayIn.LINK else "",
    )


def _earlier(invitation: Invitation) -> AnsweredRow:
    pulse = invitation.pulse
    is_out = pulse.state == PulseState.CLOSED and pulse.results_at <= time.now()
    return AnsweredRow(
        title=pulse.title,
        unit_name=pulse.unit.name,
        results_at=pulse.results_at,
        is_out=is_out,
        url=reverse("listen:result", args=[pulse.unit.slug, pulse.id]) if is_out else "",
    )


SECTIONS = (Section("listen.asked", gettext_lazy("What you are asked"), 10, build_asked),)
