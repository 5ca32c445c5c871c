"""`collegium doctor` as a process of its own, where a site cannot be read or is not there yet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import run

pytestmark = pytest.mark.slow


def test_secrets_are_never_shown_and_nothing_is_made(tmp_path: Path) -> None:
    secrets = {
        "COLLEGIUM_SECRET_KEY": "canary-key-canary-key-canary-key-canary-key-canary",
        "COLLEGIUM_DATABASE_URL": "postgres://who:canary-database@127.0.0.1:1/none",
        "COLLEGIUM_EMAIL_URL": "smtp://who:canary-mail@127.0.0.1:1",
    }
    for options in ((), ("--json",)):
        done = run("doctor", *options, data_dir=tmp_path, **secrets)
        assert done.returncode == 1
        assert "canary" not in done.stdout + done.stderr
    assert run("doctor", data_dir=tmp_path).returncode == 1
    assert not list(tmp_path.glob("*.sqlite3"))


def test_settings_that_cannot_be_read_are_a_finding(tmp_path: Path) -> None:
    done = run("doctor", "--json", data_dir=tmp_path, COLLEGIUM_BASE_URL="collegium")
    assert done.returncode == 1
    answer = json.loads(done.stdout)
    assert (answer["is_well"], answer["findings"][0]["name"]) == (False, "settings")
