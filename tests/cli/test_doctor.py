"""`collegium doctor`: what it sees, what it says to do, and what it never says."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from collegium.base.models import Job
from collegium.cli import checkup, preparation
from collegium.cli.checkup import State
from collegium.cli.commands import collegium
from collegium.cli.console import Stop
from tests.factories import make_community

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def states_of(name: str) -> list[State]:
    return [one.state for one in checkup.examine() if one.name == name]


def test_a_sound_site_has_no_problem(settings: Any) -> None:
    make_community()
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    preparation.collect_assets()
    done = CliRunner().invoke(collegium, ["doctor", "--json"])
    answer = json.loads(done.stdout)
    problems = [one for one in answer["findings"] if one["state"] == "problem"]
    assert problems == []
    assert (done.exit_code, answer["is_well"]) == (0, True)
    assert {one["name"] for one in answer["findings"]} == {
        *("versions", "settings", "https", "secret key", "database", "cache", "jobs", "answers", "keys"),
        *("mail", "disk", "assets", "clock"),
    }


def test_everything_but_ok_says_what_to_do(settings: Any) -> None:
    settings.DEBUG = settings.DEMO = True
    settings.BASE_URL = "http://collegium.example.org"
    settings.ALLOWED_HOSTS = ["*"]
    findings = list(checkup.examine())
    assert all(one.to_do for one in findings if one.state != State.OK)
    assert State.PROBLEM in states_of("https")
    assert State.PROBLEM in states_of("settings")
    assert CliRunner().invoke(collegium, ["doctor"]).exit_code == 1


def test_a_misspelt_setting_is_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLLEGIUM_BASEURL", "https://collegium.example.org")
    (finding,) = [one for one in checkup.look_at_settings() if "COLLEGIUM_BASEURL" in one.found]
    assert finding.to_do == "Did you mean COLLEGIUM_BASE_URL?"


def test_a_key_that_others_can_read_is_a_problem(settings: Any, tmp_path: Path) -> None:
    key = tmp_path / "secret_key"
    key.write_text("x" * 64)
    settings.DATA_DIR = tmp_path
    key.chmod(0o600)
    assert [one.state for one in checkup.look_at_secret_key()] == [State.OK]
    key.chmod(0o644)
    assert [one.state for one in checkup.look_at_secret_key()] == [State.PROBLEM]


@pytest.mark.parametrize("name", ["answer-keys", "ballot-keys", "review-keys", "sealed-keys"])
def test_keys_of_answers_and_votes_are_for_the_owner_alone(settings: Any, tmp_path: Path, name: str) -> None:
    settings.DATA_DIR = tmp_path
    assert [one.state for one in checkup.look_at_keys()] == [State.OK], "none is there before something is sealed"
    assert not list(tmp_path.iterdir()), "looking makes nothing"
    folder, key = tmp_path / name, tmp_path / name / "0123.keys"
    folder.mkdir(mode=0o700)
    key.touch(mode=0o600)
    assert [one.state for one in checkup.look_at_keys()] == [State.OK]
    for path, mode in ((folder, 0o750), (key, 0o640)):
        usual = path.stat().st_mode
        path.chmod(mode)
        (finding,) = checkup.look_at_keys()
        assert (finding.state, str(path) in finding.found) == (State.PROBLEM, True)
        path.chmod(usual)


def test_a_folder_of_keys_that_cannot_be_written_is_a_problem(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR = tmp_path
    folder = tmp_path / "sealed-keys"
    folder.touch(mode=0o600)
    assert [one.state for one in checkup.look_at_keys()] == [State.PROBLEM], "a file in its place"
    folder.unlink()
    folder.mkdir(mode=0o700)
    (folder / "0123.keys").touch(mode=0o600)
    # Whoever runs the tests may be allowed everything, so the answer of the system is put in its place.
    for denied in (folder, folder / "0123.keys"):
        monkeypatch.setattr(checkup.os, "access", lambda path, _how, denied=denied: path != denied)
        (finding,) = checkup.look_at_keys()
        assert (finding.state, str(denied) in finding.found) == (State.PROBLEM, True)


def test_waiting_migrations_are_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparation, "count_waiting_migrations", lambda: 3)
    assert State.PROBLEM in states_of("database")


def test_a_server_database_is_not_brought_up_to_date_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparation, "count_waiting_migrations", lambda _executor: 3)
    monkeypatch.setattr(preparation, "is_embedded", lambda: False)
    with pytest.raises(Stop, match="--migrate"):
        preparation.bring_database_up_to_date()


def test_row_security_is_looked_at_where_there_is_any() -> None:
    said = [one.found for one in checkup.look_at_database()]
    holds_apart = "Row security holds the communities apart." in said
    assert holds_apart == (connection.vendor == "postgresql")


def test_a_missing_cache_table_is_a_problem() -> None:
    from django.db import connections

    with connections["aside"].cursor() as cursor:
        cursor.execute("DROP TABLE collegium_cache")
    assert states_of("cache") == [State.PROBLEM]
    call_command("createcachetable", database="aside", verbosity=0)
    assert states_of("cache") == [State.OK]


def test_late_and_failed_jobs_are_named() -> None:
    long_ago = timezone.now() - dt.timedelta(hours=1)
    Job.objects.create(name="a.job", created_at=long_ago)
    Job.objects.create(name="a.job", created_at=long_ago, state=Job.State.FAILED)
    assert states_of("jobs") == [State.PROBLEM, State.LOOK]
    listed = json.loads(CliRunner().invoke(collegium, ["jobs", "list", "--json"]).stdout)
    assert {one["state"] for one in listed} == {"queued", "failed"}


class Polite(socketserver.StreamRequestHandler):
    """Enough of a mail server to be greeted."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        for line in self.rfile:
            self.wfile.write(b"221 bye\r\n" if line[:4].upper() == b"QUIT" else b"250 fine\r\n")


@pytest.fixture
def mail_server() -> Iterator[int]:
    with socketserver.TCPServer(("127.0.0.1", 0), Polite) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def test_a_mail_server_is_greeted(settings: Any, mail_server: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_HOST_USER = "127.0.0.1", mail_server, ""
    assert states_of("mail") == [State.OK, State.LOOK], "reached; but sent from @localhost"
    settings.EMAIL_PORT = 1
    assert states_of("mail") == [State.PROBLEM]


def test_a_full_disk_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage:
        free = 10

    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage)
    assert states_of("disk") == [State.PROBLEM]


def test_a_check_that_breaks_down_does_not_hide_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_at_the_moon() -> Iterator[checkup.Finding]:
        raise RuntimeError("no moon")

    monkeypatch.setattr(checkup, "CHECKS", (look_at_the_moon, checkup.look_at_clock))
    assert [(one.name, one.state) for one in checkup.examine()] == [
        ("the_moon", State.PROBLEM),
        ("clock", State.OK),
    ]
