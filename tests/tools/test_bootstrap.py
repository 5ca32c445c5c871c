"""The environment is made once, and again when what it was made from has changed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tools import bootstrap


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    for name in (*bootstrap.LOCKS.values(), "pyproject.toml", "tools/bootstrap.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    python = bootstrap.python_of(bootstrap.VENV)
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    return tmp_path


def test_an_environment_is_current_until_its_lock_changes(folder: Path) -> None:
    assert not bootstrap.is_current("run")
    bootstrap.stamp("run").write_text(bootstrap.fingerprint("run"))
    assert bootstrap.is_current("run")
    assert not bootstrap.is_current("dev")
    (folder / "requirements.lock").write_text("another", encoding="utf-8")
    assert not bootstrap.is_current("run")


def test_the_development_environment_serves_for_running_too(folder: Path) -> None:
    bootstrap.stamp("dev").write_text(bootstrap.fingerprint("dev"))
    assert bootstrap.is_current("run")


def test_an_environment_whose_python_is_gone_is_not_usable(folder: Path) -> None:
    bootstrap.python_of(bootstrap.VENV).unlink()
    bootstrap.python_of(bootstrap.VENV).symlink_to(folder / "gone")
    assert not bootstrap.is_usable(bootstrap.VENV)


def test_a_wrong_word_says_the_right_ones() -> None:
    ran = subprocess.run(
        [sys.executable, bootstrap.__file__, "everything"], check=False, capture_output=True, text=True
    )
    assert (ran.returncode, ran.stderr) == (1, "Usage: python3 tools/bootstrap.py run|dev\n")
