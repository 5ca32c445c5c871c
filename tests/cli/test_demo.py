"""`collegium demo`: what it builds, what it leaves alone, and how it stops."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import sqlite3
from pathlib import Path

import psutil
import pytest

from collegium.cli import server
from collegium.cli.console import Stop
from collegium.people.demo import story
from tests.cli.running import SEED, STOP_S, copy_demo, free_port, run, running, wait_until_gone

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a demo in it."""
    return copy_demo(tmp_path_factory.mktemp("built"))


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A folder with a demo in it to change."""
    return copy_demo(tmp_path)


def count_people(folder: Path) -> int:
    with sqlite3.connect(folder / "demo.sqlite3") as connection:
        count: int = connection.execute("SELECT count(*) FROM people_person").fetchone()[0]
        return count


def test_it_prints_a_link_for_each_of_five_people_whatever_another_site_is_set_to(copied: Path) -> None:
    other = copied / "real.sqlite3"
    done = run(
        "demo",
        data_dir=copied,
        COLLEGIUM_DATABASE_URL=f"sqlite:///{other}",
        COLLEGIUM_BASE_URL="https://collegium.example.org",
        COLLEGIUM_ALLOWED_HOSTS="collegium.example.org",
        COLLEGIUM_EMAIL_URL="smtp://mail.example.org:25",
    )
    assert done.returncode == 0, done.stderr
    assert not other.exists()
    for part in story.CAST[:5]:
        assert re.search(rf"{part.label} +{part.name.full} +http://127\.0\.0\.1:8000/demo/sign-in/\S+/", done.stdout)


def test_a_second_run_changes_nothing(built: Path) -> None:
    before = count_people(built)
    done = run("demo", "--json", data_dir=built)
    answer = json.loads(done.stdout)
    assert [link["label"] for link in answer["links"]] == [part.label for part in story.CAST[:5]]
    assert done.stderr == ""
    assert count_people(built) == before


def test_another_seed_needs_a_reset_which_builds_anew(copied: Path) -> None:
    """The demo in the folder was built from this seed in place of another: see copy_demo."""
    with sqlite3.connect(copied / "demo.sqlite3") as connection:
        communities = connection.execute("SELECT name, is_demo FROM people_community").fetchall()
        told = connection.execute("SELECT data FROM base_event WHERE verb = 'demo.built'").fetchall()
        assert connection.execute("SELECT count(*) FROM people_strength").fetchone()[0] > 0
        connection.execute("DELETE FROM people_strength")
    assert communities == [("Wendrill", 1)]
    assert [json.loads(data)["seed"] for (data,) in told] == [SEED]
    refused = run("demo", "--seed", "12", data_dir=copied)
    assert refused.returncode == 2
    assert "--reset --seed 12" in refused.stderr
    with sqlite3.connect(copied / "demo.sqlite3") as connection:
        assert connection.execute("SELECT count(*) FROM people_strength").fetchone()[0] == 0


# --- what it leaves alone ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("options", [(), ("--reset",), ("--serve",)])
def test_a_community_that_is_not_the_demo_is_left_alone(copied: Path, options: tuple[str, ...]) -> None:
    path = copied / "demo.sqlite3"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(
        "INSERT INTO people_community (id, name, is_demo, created_at) VALUES (?, ?, 0, ?)",
        ["0" * 32, "Real School", "2026-01-01 00:00:00"],
    )
    connection.close()  # The last one to leave folds the write-ahead log into the file.
    before = path.read_bytes()
    done = run("demo", *options, data_dir=copied)
    assert done.returncode == 2
    assert "a community that is not the demo" in done.stderr
    assert "Traceback" not in done.stderr
    assert path.read_bytes() == before


@pytest.mark.parametrize("what", ["another database", "a picture"])
def test_a_file_of_something_else_is_left_alone(tmp_path: Path, what: str) -> None:
    path = tmp_path / "demo.sqlite3"
    if what == "another database":
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE recipes (name)")
    else:
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(4096))
    before = path.read_bytes()
    for options in ((), ("--reset",)):
        done = run("demo", *options, data_dir=tmp_path)
        assert done.returncode == 2
        assert "Nothing was changed" in done.stderr
        assert path.read_bytes() == before


# --- serving it -------------------------------------------------------------------------------------------------------
def test_serving_it_answers_keeps_its_port_and_stops_with_ctrl_c(built: Path) -> None:
    with running("demo", "--serve", data_dir=built) as command:
        printed = command.wait_for("Ctrl-C stops it.")
        assert f"http://127.0.0.1:{command.port}/" in printed
        assert command.get("/healthz") == "ok\n"
        assert json.loads(command.get("/readyz"))["ready"] is True
        family = command.family()
        assert len(family) >= 3, "the parent, the app server, the process for jobs"
        second = run("demo", "--serve", "--port", str(command.port), data_dir=built)
        assert second.returncode == 2
        assert f"Port {command.port} of 127.0.0.1 cannot be used" in second.stderr
        assert f"make run PORT={command.port + 1}" in second.stderr
        assert command.interrupt() == 0
        assert wait_until_gone(family) == []
        assert command.err.read_text() == ""


def test_a_second_ctrl_c_does_not_wait(built: Path) -> None:
    with running("demo", "--serve", data_dir=built) as command:
        command.wait_for("Ctrl-C stops it.")
        family = command.family()
        os.killpg(command.process.pid, signal.SIGINT)
        assert command.interrupt() in {0, 130}
        assert wait_until_gone(family) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_service_manager_may_tell_every_process(built: Path, number: signal.Signals) -> None:
    with running("demo", "--serve", data_dir=built) as command:
        command.wait_for("Ctrl-C stops it.")
        family = command.family()
        for process in family:
            with contextlib.suppress(psutil.NoSuchProcess):  # The first may have told it to stop already.
                process.send_signal(number)
        assert command.process.wait(STOP_S) == 0
        assert wait_until_gone(family) == []
        assert command.err.read_text() == ""


def test_a_port_in_use_is_said_in_words() -> None:
    with socket.create_server(("127.0.0.1", port := free_port())), pytest.raises(Stop, match=f"Port {port} of 127"):
        server.check_port("127.0.0.1", port)
