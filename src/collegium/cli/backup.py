"""`collegium backup` and `collegium restore`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from collegium.cli.console import remark, say, say_json, start_django

if TYPE_CHECKING:
    from collegium.cli.backups.manifest import Manifest

passphrase_option = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="COLLEGIUM_BACKUP_PASSPHRASE_FILE",
    help="A file whose first line is the passphrase (or COLLEGIUM_BACKUP_PASSPHRASE_FILE); asked for without it.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--encrypt", is_flag=True, help="Encrypt it with a passphrase; the standard `age` tool opens it too.")
@passphrase_option
@json_option
def backup(path: Path, encrypt: bool, passphrase_file: Path | None, as_json: bool) -> None:
    """Write everything to one verified file, while the server runs.

    PATH is a new file, or a folder in which one named by the time is made. The file appears under its name only once it
    is complete and has been read back. It restores into SQLite and PostgreSQL alike, whichever it came from. Left out
    are sessions (nobody is signed in after a restore), the secret key, and the answers to pulses that are still open
    (two backups would tell whose they are). An encrypted backup is made in memory.

    \b
    Examples:
      collegium backup /srv/backups
      collegium backup --encrypt --passphrase-file /etc/collegium/passphrase /srv/backups
    """
    start_django()
    from collegium.base import time
    from collegium.cli.backups import restoring, sealing, writing

    path = writing.choose_path(path, time.now())
    passphrase = sealing.ask_passphrase(passphrase_file, is_new=True) if encrypt else None
    with progress("Backing up", writing.count_rows()) as report:
        about = writing.write_backup(path, passphrase=passphrase, report=report)
    if as_json:
        say_json({"path": path, "bytes": path.stat().st_size, "encrypted": encrypt, **summary(about)})
        return
    say(
        f"{path}: {restoring.count_rows(about)} rows of {len(about.tables)} tables"
        f" and {len(about.uploads)} uploads, verified."
    )


@click.command()
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--overwrite", is_flag=True, help="Replace everything that the database holds now.")
@click.option("--check", is_flag=True, help="Only verify the backup; change nothing.")
@passphrase_option
@json_option
def restore(path: Path, overwrite: bool, check: bool, passphrase_file: Path | None, as_json: bool) -> None:
    """Put a backup in the place of what the database holds: all of it or nothing.

    The backup is verified first. A database that already holds a community is left alone without --overwrite. A backup
    of an older version is brought up to date. Stop the server before, and start it after.

    \b
    Examples:
      collegium restore --check /srv/backups/collegium-2026-11-23T020000.backup
      collegium restore --overwrite /srv/backups/collegium-2026-11-23T020000.backup
    """
    start_django()
    from collegium.cli import preparation
    from collegium.cli.backups import reading, restoring, sealing
    from collegium.listen.services import restoring as restoring_answers

    asked_again = 0
    with reading.opened(path, lambda: sealing.ask_passphrase(passphrase_file, is_new=False)) as archive:
        about = reading.verify(archive)
        if not check:
            restoring.check_target(overwrite=overwrite)
            with progress("Restoring", restoring.count_rows(about)) as report:
                restoring.restore(archive, about, report)
            preparation.bring_database_up_to_date()
            asked_again = restoring_answers.ask_again()
    if as_json:
        say_json({"path": path, "restored": not check, "pulses_asked_again": asked_again, **summary(about)})
        return
    done = "is whole" if check else "is restored"
    say(f"{path} {done}: made at {about.made_at} by version {about.version}, {restoring.count_rows(about)} rows.")
    if not check:
        remark("Everybody signs in anew.")
    if asked_again:
        remark(
            f"Open pulses: {asked_again}. A backup never holds the answers to an open pulse, so those asked may answer"
            " anew; slips of paper must be printed again."
        )


def summary(about: Manifest) -> dict[str, object]:
    """Return what a script may want to know of a backup."""
    return {
        "made_at": about.made_at,
        "version": about.version,
        "database": about.database,
        "tables": {name: table.rows for name, table in about.tables.items()},
        "uploads": len(about.uploads),
    }


@contextmanager
def progress(label: str, length: int) -> Iterator[Callable[[str, int], None]]:
    """Show a bar on stderr, where a person looks at it."""
    with click.progressbar(length=length, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        yield lambda _table, rows: bar.update(rows)
