"""How far the opening of a large pulse has come."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.listen.models import Pulse
from collegium.listen.queries import opening
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of
from collegium.people.presenters.work import Work, watch


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningPage(Work):
    """How many of those who are asked by a pulse, or by a tie survey, have been written down."""

    unit: UnitFrame
    title: str
    room: str
    room_url: str


def present_opening(actor: Actor, place: Place, pulse: Pulse) -> OpeningPage:
    """Show how far the opening has come."""
    job = opening.get_job(pulse)
    return OpeningPage(
        **watch(job, is_under_way=job is not None and opening.works_on(pulse, job)),
        doing=_("Writing down who is asked"),
        unit=frame_of(actor, place),
        title=pulse.title,
        room=_("Listen"),
        room_url=reverse("listen:unit_listen", args=[place.slug]),
        poll_url=reverse("listen:pulse_opening", args=[place.slug, pulse.id]),
        next_url=reverse("listen:pulse_preview", args=[place.slug, pulse.id]),
    )
