"""What the site writes to disk is about people: other users of the machine cannot reach it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import run

pytestmark = pytest.mark.slow


def test_the_data_folder_is_made_for_its_owner_alone_and_the_doctor_is_content_with_it(tmp_path: Path) -> None:
    folder = tmp_path / "somewhere" / "data"
    done = run("people", "communities", data_dir=folder)
    assert done.returncode == 0, done.stderr
    assert (folder / "collegium.sqlite3").is_file()
    assert folder.stat().st_mode & 0o077 == 0
    assert "on this machine can read" not in run("doctor", data_dir=folder).stdout
    folder.chmod(0o755)
    assert "Everybody on this machine can read" in run("doctor", data_dir=folder).stdout


def test_it_is_made_so_where_no_secret_key_is_kept_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "somewhere" / "data"
    given = {"COLLEGIUM_SECRET_KEY": "given by whoever runs the site, long enough"}
    run("doctor", data_dir=folder, **given)  # makes nothing else
    assert folder.is_dir()
    assert folder.stat().st_mode & 0o077 == 0
