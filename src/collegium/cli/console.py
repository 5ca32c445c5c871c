"""What every command shares: exit codes, errors in words on stderr, JSON on stdout, starting Django."""

from __future__ import annotations

import json
import os
from enum import IntEnum
from typing import Any

import click

SMALLEST_K = 5  # what reports of files count as a group, at least; a larger one may be asked for


class Exit(IntEnum):
    """What a command tells the shell (docs/reference/cli.md)."""

    OK = 0
    FAILED = 1  # It could not be done, or something needs attention.
    REFUSED = 2  # What was asked for is wrong, or would harm; nothing was done.
    UNREADABLE = 3  # A file could not be read for what it should be.


class Stop(click.ClickException):
    """Ends a command with words on stderr and an exit code."""

    def __init__(self, message: str, code: Exit = Exit.FAILED) -> None:
        super().__init__(message)
        self.exit_code = int(code)  # type: ignore[misc] # click reads it from the instance too


def start_django(*, quiet: bool = True) -> None:
    """Load the settings and the rooms; `quiet` keeps the log to warnings in plain lines, for a person at a terminal."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    if quiet:
        os.environ.setdefault("COLLEGIUM_LOG_FORMAT", "plain")
        os.environ.setdefault("COLLEGIUM_LOG_LEVEL", "WARNING")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise Stop(str(error), Exit.REFUSED) from error


def start_with_database(*, quiet: bool = True) -> None:
    """Start Django for a command that reads or writes what the site holds."""
    start_django(quiet=quiet)
    from collegium.cli import preparation

    preparation.bring_database_up_to_date()


def say(text: str = "") -> None:
    """Write a line of the answer on stdout."""
    click.echo(text)


def remark(text: str) -> None:
    """Write a line about the work on stderr, where it does not disturb what a script reads."""
    click.echo(text, err=True)


def say_json(data: Any) -> None:
    """Write the answer as JSON on stdout, for a script."""
    click.echo(json.dumps(data, indent=2, ensure_ascii=False, default=str))
