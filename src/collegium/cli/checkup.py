"""What `collegium doctor` looks at: each check says how it stands and, unless all is well, what to do."""

from __future__ import annotations

import datetime as dt
import difflib
import os
import platform
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core import checks
from django.core.cache import cache
from django.core.checks import Tags
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.utils import timezone

from collegium import __version__
from collegium.base import sealing, tenancy
from collegium.base.models import Job
from collegium.cli import preparation
from collegium.decide.ballots import boxes
from collegium.guide import judgements
from collegium.listen.answers import keys
from collegium.listen.services import restoring
from collegium.people.models import Community
from collegium.site import env

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
# Read by other parts than the settings.
ALSO_KNOWN = frozenset({"COLLEGIUM_BACKUP_PASSPHRASE_FILE", "COLLEGIUM_SHARED"})
ALSO_KNOWN_PREFIX = "COLLEGIUM_TEST_"
LITTLE_DISK, NO_DISK = 2 * 1024**3, 200 * 1024**2
OLDEST_POSTGRES = 140000
LATE = dt.timedelta(minutes=10)
DRIFT = dt.timedelta(seconds=30)
SHORTEST_KEY = 40
# Django's checks that look at what differs between installations. The others look at the code, and load all of it.
OF_AN_INSTALLATION = (Tags.caches, Tags.files, Tags.security, Tags.staticfiles, Tags.translation)
KEY_FOLDERS = (keys.FOLDER, boxes.FOLDER, judgements.BOXES.folder, sealing.FOLDER)


class State(StrEnum):
    OK = "ok"
    LOOK = "look"  # It works, but somebody should look at it.
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """How one thing stands."""

    name: str
    state: State
    found: str
    to_do: str = ""

    def as_json(self) -> dict[str, str]:
        """Return it for a script."""
        return {key: str(value) for key, value in asdict(self).items()}


def ok(name: str, found: str) -> Finding:
    """Say that something is as it should be."""
    return Finding(name, State.OK, found)


def look(name: str, found: str, to_do: str) -> Finding:
    """Say that something works but deserves a look."""
    return Finding(name, State.LOOK, found, to_do)


def problem(name: str, found: str, to_do: str) -> Finding:
    """Say that something does not work, or is not safe."""
    return Finding(name, State.PROBLEM, found, to_do)


def examine() -> Iterator[Finding]:
    """Look at everything; a check that breaks down is itself a finding."""
    for check in CHECKS:
        try:
            yield from check()
        except Exception as error:  # noqa: BLE001 whatever ails the site, the rest of it is looked at too
            name = check.__name__.removeprefix("look_at_")
            yield problem(
                name, f"Could not be looked at: {type(error).__name__}: {error}", "Mend what is named above first."
            )


# --- settings and safety ----------------------------------------------------------------------------------------------
def look_at_versions() -> Iterator[Finding]:
    yield ok(
        "versions",
        f"Collegium {__version__}, Python {platform.python_version()}, Django {django.get_version()},"
        f" SQLite {sqlite3.sqlite_version}",
    )


def look_at_settings() -> Iterator[Finding]:
    given = sorted(name for name in env.VARIABLES if os.environ.get(name))
    yield ok("settings", f"Given: {', '.join(given)}" if given else "All as they come.")
    known = set(env.VARIABLES) | ALSO_KNOWN
    for name in sorted(os.environ):
        if name.startswith("COLLEGIUM_") and name not in known and not name.startswith(ALSO_KNOWN_PREFIX):
            near = difflib.get_close_matches(name, known, n=1)
            hint = (
                f"Did you mean {near[0]}?" if near else "Remove it, or look the name up in docs/reference/settings.md."
            )
            yield look("settings", f"{name} is set, but there is no such setting.", hint)
    for message in checks.run_checks(tags=OF_AN_INSTALLATION, include_deployment_checks=settings.IS_HTTPS):
        if message.level >= checks.WARNING:
            yield look(
                "settings", str(message.msg), str(message.hint or f"See Django's documentation of {message.id}.")
            )
    if settings.DEBUG:
        yield problem("settings", "COLLEGIUM_DEBUG is on: error pages show the inside.", "Unset it.")
    if settings.DEMO:
        yield look(
            "settings", "COLLEGIUM_DEMO is on: demo people sign in with a link.", "Unset it on a site of your own."
        )


def look_at_https() -> Iterator[Finding]:
    host = urlsplit(settings.BASE_URL).hostname
    if settings.IS_HTTPS:
        yield ok("https", f"People reach the site at {settings.BASE_URL}.")
        if not settings.BEHIND_PROXY:
            yield look(
                "https",
                "The address is https, but no proxy is announced, and Collegium itself does not speak https.",
                "Set COLLEGIUM_BEHIND_PROXY=yes when a reverse proxy stands in front.",
            )
    elif host in LOOPBACK:
        yield ok("https", f"{settings.BASE_URL} is reached from this machine only, so http will do.")
    else:
        yield problem(
            "https",
            f"{settings.BASE_URL} sends sign-ins and names across the network in the open.",
            "Put a reverse proxy with a certificate in front and set COLLEGIUM_BASE_URL=https://...",
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield look("https", "The site answers to any host name.", "Name the hosts in COLLEGIUM_ALLOWED_HOSTS.")


def look_at_secret_key() -> Iterator[Finding]:
    path = Path(settings.DATA_DIR) / "secret_key"
    if os.environ.get("COLLEGIUM_SECRET_KEY"):
        if len(settings.SECRET_KEY) < SHORTEST_KEY:
            yield problem("secret key", "The key that was given is short.", "Use 50 random characters, or give none.")
        else:
            yield ok("secret key", "Given by the environment.")
    elif path.stat().st_mode & 0o077:
        yield problem("secret key", f"Others on this machine can read {path}.", f"Run: chmod 600 {path}")
    else:
        yield ok("secret key", f"Kept in {path}, for its owner alone.")


# --- data -------------------------------------------------------------------------------------------------------------
def look_at_database() -> Iterator[Finding]:
    if not _is_there():
        yield problem(
            "database", "There is none yet.", "`collegium serve` makes it; so does collegium people add-community."
        )
        return
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield problem(
            "database",
            f"It does not answer: {str(error).strip()}",
            "Check COLLEGIUM_DATABASE_URL, and that the server runs and lets this machine in.",
        )
        return
    yield from (_look_at_sqlite() if preparation.is_embedded() else _look_at_postgres())
    if waiting := preparation.count_waiting_migrations():
        how = "`collegium serve` does it" if preparation.is_embedded() else "collegium serve --migrate"
        yield problem(
            "database", f"Migrations are waiting: {waiting}.", f"Make a backup, then bring it up to date: {how}."
        )
        return
    with tenancy.across_communities():
        number = Community.objects.count()
    if number:
        yield ok("database", f"Up to date; communities: {number}.")
    else:
        yield look("database", "It holds no community yet.", "Begin one with: collegium people add-community")


def _is_there() -> bool:
    """Say whether there is a database to ask; asking SQLite would make one."""
    return not preparation.is_embedded() or Path(connection.settings_dict["NAME"]).exists()


def _look_at_sqlite() -> Iterator[Finding]:
    path = Path(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        state = cursor.execute("PRAGMA quick_check(1)").fetchone()[0]
    if state != "ok":
        yield problem("database", f"{path} is damaged: {state}", "Stop the server and restore the latest backup.")
    elif mode != "wal":
        yield problem(
            "database", f"{path} is not in write-ahead mode.", "Keep the data folder on a disk of this machine."
        )
    else:
        yield ok("database", f"SQLite, whole, in {path}.")
    if path.stat().st_mode & 0o006 and path.parent.stat().st_mode & 0o001:
        yield look("database", f"Everybody on this machine can read {path}.", f"Run: chmod o-rwx {path.parent}")


def _look_at_postgres() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls, current_user FROM pg_roles WHERE rolname = current_user")
        sees_through, role = cursor.fetchone()
        cursor.execute("SELECT now()")
        (at,) = cursor.fetchone()
    number: int = connection.pg_version  # type: ignore[attr-defined]
    if number < OLDEST_POSTGRES:
        yield problem("database", f"PostgreSQL {number // 10000} is too old.", "Use PostgreSQL 14 or newer.")
    else:
        yield ok("database", f"PostgreSQL {number // 10000}.")
    if sees_through:
        yield problem(
            "database",
            f"The role {role} is a superuser or bypasses row security, so communities are not held apart.",
            f"Use an ordinary role that owns the database: ALTER ROLE {role} NOSUPERUSER NOBYPASSRLS",
        )
    else:
        yield ok("database", "Row security holds the communities apart.")
    if abs(timezone.now() - at) > DRIFT:
        yield look("clock", "The clocks of this machine and of the database differ.", "Set both by a time server.")


def look_at_cache() -> Iterator[Finding]:
    if not _is_there():
        return
    try:
        cache.set("collegium-doctor", "well", 10)
        is_kept = cache.get("collegium-doctor") == "well"
    except DatabaseError:
        is_kept = False
    if is_kept:
        yield ok("cache", "Limits on sign-in attempts are kept.")
    else:
        yield problem("cache", "The cache table is missing or cannot be written.", "Start `collegium serve` once.")


def look_at_jobs() -> Iterator[Finding]:
    if not _is_there():
        return
    now = timezone.now()
    with tenancy.across_communities():
        late = Job.objects.filter(state=Job.State.QUEUED, created_at__lt=now - LATE).count()
        failed = Job.objects.filter(state=Job.State.FAILED, created_at__gt=now - dt.timedelta(days=7)).count()
    if late:
        yield problem(
            "jobs",
            f"Jobs that have waited for more than ten minutes: {late}.",
            "Is `collegium serve` or `jobs work` up?",
        )
    if failed:
        yield look("jobs", f"Jobs that failed in the last week: {failed}.", "See which: collegium jobs list")
    if not late and not failed:
        yield ok("jobs", "None is late, none has failed in the last week.")


def look_at_answers() -> Iterator[Finding]:
    if not _is_there() or preparation.count_waiting_migrations():
        return
    if lost := restoring.count_lost():
        yield problem(
            "answers",
            f"Open pulses hold answers that this machine has no key for (schools: {lost}).",
            f"Every machine that serves the site needs the same folder {keys.folder()}. Where the keys are gone for"
            " good, let those asked answer anew: collegium restore does it after putting a backup back.",
        )
    else:
        yield ok("answers", "The answers to open pulses can be counted when they close.")


def look_at_keys() -> Iterator[Finding]:
    """Look at the folders of the keys that sealed answers and votes are opened with; nothing is made or read."""
    faults = [fault for name in KEY_FOLDERS if (fault := _fault_of_keys(Path(settings.DATA_DIR) / name))]
    yield from faults
    if not faults:
        yield ok("keys", "What answers and votes are sealed with is kept for the owner of this site alone.")


def _fault_of_keys(folder: Path) -> Finding | None:
    if not folder.exists():  # It is made when something is sealed for the first time.
        return None
    if not folder.is_dir() or not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        to_do = "Give the user that runs Collegium this folder: without it nothing can be sealed or counted."
        return problem("keys", f"{folder} cannot be read and written.", to_do)
    open_ones = [path for path in (folder, *folder.glob("*.keys")) if path.stat().st_mode & 0o077]
    if open_ones:
        to_do = f"Run: chmod -R go-rwx {folder}"
        return problem("keys", f"Others on this machine can open {open_ones[0]}.", to_do)
    if locked := [path for path in folder.glob("*.keys") if not os.access(path, os.R_OK | os.W_OK)]:
        return problem(
            "keys", f"{locked[0]} cannot be read and written.", "Give the user that runs Collegium this file."
        )
    return None


# --- the machine ------------------------------------------------------------------------------------------------------
def look_at_mail() -> Iterator[Finding]:
    backend = settings.EMAIL_BACKEND.rsplit(".", 2)[-2]
    if backend != "smtp":
        yield look(
            "mail",
            f"Mail is not sent: it goes to the {backend}. Codes to sign in reach nobody.",
            "Set COLLEGIUM_EMAIL_URL, for example smtp+tls://user:password@mail.example.org:587",
        )
        return
    try:
        mail = get_connection(timeout=10)
        mail.open()
        mail.close()
    except (OSError, ValueError) as error:  # smtplib's errors are OSErrors
        where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
        yield problem("mail", f"{where} does not take mail: {type(error).__name__}.", "Check COLLEGIUM_EMAIL_URL.")
        return
    yield ok("mail", f"{settings.EMAIL_HOST} takes mail.")
    if "@localhost" in settings.DEFAULT_FROM_EMAIL:
        yield look("mail", "Mail is sent from @localhost, which many refuse.", "Set COLLEGIUM_EMAIL_FROM.")


def look_at_disk() -> Iterator[Finding]:
    folder = Path(settings.DATA_DIR)
    free = shutil.disk_usage(folder).free
    said = f"{free / 1024**3:.1f} GiB free in {folder}"
    if not os.access(folder, os.W_OK):
        yield problem("disk", f"{folder} cannot be written to.", "Give the user that runs Collegium this folder.")
    elif free < NO_DISK:
        yield problem("disk", said, "Make room now: the database cannot grow any more.")
    elif free < LITTLE_DISK:
        yield look("disk", said, "Make room: imports and backups need some.")
    else:
        yield ok("disk", said)


def look_at_assets() -> Iterator[Finding]:
    if preparation.assets_are_current():
        yield ok("assets", "Styles, scripts and fonts are collected.")
    else:
        yield look(
            "assets", "Styles and scripts are not collected, or are of another version.", "`collegium serve` does it."
        )


def look_at_clock() -> Iterator[Finding]:
    now = timezone.localtime()
    said = f"{now:%Y-%m-%d %H:%M} in {settings.TIME_ZONE}"
    newest = dt.datetime.fromtimestamp(Path(django.__file__).stat().st_mtime, tz=dt.UTC)
    if now < newest - dt.timedelta(days=1):
        yield problem(
            "clock", f"{said}: that is before this software was installed.", "Set the clock by a time server."
        )
    else:
        yield ok("clock", said)


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    look_at_versions,
    look_at_settings,
    look_at_https,
    look_at_secret_key,
    look_at_database,
    look_at_cache,
    look_at_jobs,
    look_at_answers,
    look_at_keys,
    look_at_mail,
    look_at_disk,
    look_at_assets,
    look_at_clock,
)


def summary(findings: list[Finding]) -> dict[str, Any]:
    """Return the findings for a script."""
    counts = {state.value: sum(one.state == state for one in findings) for state in State}
    return {"is_well": not counts["problem"], "counts": counts, "findings": [one.as_json() for one in findings]}
