"""How far the opening of a large pulse has come."""

from __future__ import annotations

from collegium.base.models import Job
from collegium.listen.enums import PulseState
from collegium.listen.models import Pulse


def get_job(pulse: Pulse) -> Job | None:
    """Return the work that opens a pulse, or was to."""
    return Job.objects.filter(id=pulse.opening_job_id).first() if pulse.opening_job_id else None


def is_under_way(pulse: Pulse) -> bool:
    """Say whether a draft is being opened at this moment."""
    job = get_job(pulse)
    return job is not None and works_on(pulse, job)


def works_on(pulse: Pulse, job: Job) -> bool:
    """Say whether a job, which has been read, is opening a draft at this moment."""
    return pulse.state == PulseState.DRAFT and job.state in Job.UNDER_WAY


def has_broken_off(pulse: Pulse) -> bool:
    """Say whether a draft was to be opened and could not be."""
    job = get_job(pulse) if pulse.state == PulseState.DRAFT else None
    return job is not None and job.state == Job.State.FAILED
