"""Work of this room that runs apart from the request."""

from __future__ import annotations

from collegium.base import jobs
from collegium.guide.services import judging, refreshing


def register_all() -> None:
    """Let the worker find these by their names."""
    jobs.register(refreshing.DAY_JOB)(refreshing.read_all)
    jobs.register(refreshing.CHANGES_JOB)(refreshing.read_changed)
    jobs.register(judging.CLOSE_JOB)(judging.close)
