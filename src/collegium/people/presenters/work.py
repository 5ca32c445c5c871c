"""How far work has come that goes on apart from the request: shown until it is done, in every room alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from collegium.base import jobs
from collegium.base.models import Job


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is being done, and how far it has come."""

    doing: str
    state: str
    done: int
    total: int
    step: str
    poll_url: str
    next_url: str

    @property
    def is_under_way(self) -> bool:
        """Whether there is something to wait for."""
        return self.state in Job.UNDER_WAY


def watch(job: Job | None, *, is_under_way: bool) -> dict[str, Any]:
    """Return how far a job has come; work that is not under way any more is over."""
    progress = jobs.get_progress(job.id) if job else jobs.Progress()
    return {
        "state": str(job.state) if job and is_under_way else "done",
        "done": progress.done,
        "total": progress.total,
        "step": progress.step,
    }
