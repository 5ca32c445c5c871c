"""Running what a page or a command has left to the worker."""

from __future__ import annotations

from django.core.management import call_command


def work_off() -> None:
    """Let the worker run all that is due."""
    call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0)
