"""Work of this room that runs apart from the request."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from collegium.base import jobs
from collegium.base.jobs import Report
from collegium.listen.enums import PulseState
from collegium.listen.models import Pulse
from collegium.listen.services import closing, mailing, opening
from collegium.listen.services.opening import Slips
from collegium.people.queries import actors


def open_pulse(
    *, report: Report, pulse_id: str, person_id: str, slips: Sequence[str], all_by_slip: bool
) -> dict[str, int]:
    """Open a large pulse for whoever pressed the button, with the roles they have by now."""
    pulse = Pulse.objects.select_related("unit", "instrument", "series", "group").get(id=uuid.UUID(pulse_id))
    if pulse.state != PulseState.DRAFT:  # run twice, the second finds it open
        return {"opened": 0}
    opening.open_pulse(
        actor=actors.get_actor_of_job(person_id),
        pulse=pulse,
        slips=Slips(people=frozenset(map(uuid.UUID, slips)), is_everybody=all_by_slip),
        is_begun=True,
        report=report,
    )
    return {"opened": 1}


def register_all() -> None:
    """Let the worker find these by their names."""
    jobs.register(opening.OPEN_JOB)(open_pulse)
    jobs.register(mailing.INVITE_JOB)(mailing.invite)
    jobs.register(mailing.REMIND_JOB)(mailing.remind)
    jobs.register(closing.CLOSE_JOB)(closing.close)
