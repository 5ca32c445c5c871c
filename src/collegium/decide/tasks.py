"""Work of this room that runs apart from the request."""

from __future__ import annotations

from collegium.base import jobs
from collegium.decide.services import closing, mailing


def register_all() -> None:
    """Let the worker find these by their names."""
    jobs.register(closing.CLOSE_JOB)(closing.close)
    jobs.register(mailing.TELL_JOB)(mailing.tell)
    jobs.register(mailing.CALL_JOB)(mailing.call)
