"""`collegium serve`: a site of one's own, with its jobs."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.cli.running import STOP_S, environment, lay_tables, running, wait_until_gone

pytestmark = pytest.mark.slow

# Begins a community with a job that waits.
BEGIN = """
import django
django.setup()
from collegium.base import jobs, tenancy
from collegium.cli import preparation
from collegium.people.models import Community
preparation.bring_database_up_to_date()
with tenancy.across_communities():
    community = Community.objects.create(name="Vale")
    jobs.enqueue("no.such.job", community_id=community.id, started_by=None)
"""


def test_a_new_site_is_set_up_served_and_stopped(tmp_path: Path) -> None:
    with running("serve", data_dir=tmp_path) as command:
        command.wait_for("Collegium is at")
        assert json.loads(command.get("/readyz")) == {"ready": True, "database": "ok"}
        family = command.family()
        assert command.interrupt() == 0
        assert wait_until_gone(family) == []
    assert (tmp_path / "collegium.sqlite3").exists()


def state_of_job(folder: Path) -> tuple[str, int]:
    connection = sqlite3.connect(folder / "collegium.sqlite3", timeout=30)
    try:
        state, attempts = connection.execute("SELECT state, attempts FROM base_job").fetchone()
        return state, attempts
    finally:
        connection.close()


def is_worker(process: psutil.Process) -> bool:
    """Say whether a process runs the jobs; one that has just ended no longer says what it did."""
    try:
        return "work" in process.cmdline()
    except psutil.NoSuchProcess:  # also a zombie, which nobody has looked at yet
        return False


def test_jobs_run_beside_it_in_a_process_that_is_started_again_when_it_dies(tmp_path: Path) -> None:
    more = environment(lay_tables(tmp_path), DJANGO_SETTINGS_MODULE="collegium.site.settings")
    subprocess.run([sys.executable, "-c", BEGIN], env=more, check=True)
    assert state_of_job(tmp_path) == ("queued", 0)
    with running("serve", data_dir=tmp_path) as command:
        command.wait_for("Collegium is at")
        until = time.monotonic() + 30
        while state_of_job(tmp_path)[1] == 0 and time.monotonic() < until:
            time.sleep(0.1)
        # Nobody registered it, so it fails; but it was picked up.
        assert state_of_job(tmp_path)[1] > 0
        worker = next(one for one in command.family() if is_worker(one))
        worker.kill()
        until = time.monotonic() + 30
        while time.monotonic() < until:
            others = [one for one in command.family() if is_worker(one) and one.pid != worker.pid]
            if others:
                break
            time.sleep(0.1)
        assert others
        assert command.interrupt() == 0
        assert wait_until_gone(others) == []
    assert "starting it again" in command.err.read_text()


def test_a_worker_of_its_own_stops_when_asked(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "collegium", "jobs", "work"],
        env=environment(lay_tables(tmp_path)),
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    assert process.stderr.readline().startswith("Running background jobs")
    process.terminate()
    _out, err = process.communicate(timeout=STOP_S)
    assert (process.returncode, err) == (0, "")
