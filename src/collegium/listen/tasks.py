"""Work of this room that runs apart from the request."""

from __future__ import annotations

from collegium.base import jobs
from collegium.listen.services import closing, mailing


def register_all() -> None:
    """Let the worker find these by their names."""
    jobs.register(mailing.INVITE_JOB)(mailing.invite)
    jobs.register(mailing.REMIND_JOB)(mailing.remind)
    jobs.register(closing.CLOSE_JOB)(closing.close)
