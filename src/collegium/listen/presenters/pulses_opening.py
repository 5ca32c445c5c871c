"""How far the opening of a large pulse has come."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from collegium.base import jobs
from collegium.base.models import Job
from collegium.listen.models import Pulse
from collegium.listen.queries import opening
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningPage:
    """How many of those who are asked have been written down."""

    unit: UnitFrame
    title: str
    state: str
    done: int
    total: int
    poll_url: str
    next_url: str

    @property
    def is_under_way(self) -> bool:
        """Whether there is something to wait for."""
        return self.state in Job.UNDER_WAY


def present_opening(actor: Actor, place: Place, pulse: Pulse) -> OpeningPage:
    """Show how far the opening has come."""
    job = opening.get_job(pulse)
    progress = jobs.get_progress(job.id) if job else jobs.Progress()
    return OpeningPage(
        unit=frame_of(actor, place),
        title=pulse.title,
        state=str(job.state) if job and opening.works_on(pulse, job) else "done",
        done=progress.done,
        total=progress.total,
        poll_url=reverse("listen:pulse_opening", args=[place.slug, pulse.id]),
        next_url=reverse("listen:pulse_preview", args=[place.slug, pulse.id]),
    )
