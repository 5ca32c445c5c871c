"""What the site writes to disk is about people: other users of the machine cannot reach it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import run

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("given", [{}, {"COLLEGIUM_SECRET_KEY": "given by whoever runs the site, long enough"}])
def test_the_data_folder_is_made_for_its_owner_alone(tmp_path: Path, given: dict[str, str]) -> None:
    folder = tmp_path / "somewhere" / "data"
    done = run("people", "communities", data_dir=folder, **given)
    assert done.returncode == 0, done.stderr
    assert (folder / "collegium.sqlite3").is_file()
    assert folder.stat().st_mode & 0o077 == 0


def test_the_doctor_is_content_with_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    run("people", "communities", data_dir=folder)
    assert "on this machine can read" not in run("doctor", data_dir=folder).stdout
    folder.chmod(0o755)
    assert "Everybody on this machine can read" in run("doctor", data_dir=folder).stdout
