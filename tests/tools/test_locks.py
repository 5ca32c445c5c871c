"""A lock that is old, incomplete or talkative is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import locks

PROJECT = """[project]
requires-python = ">=3.11"
dependencies = ["click"]
optional-dependencies = { build = ["setuptools"], dev = ["pytest"] }
"""
PIN = "click==8.1 \\\n    --hash=sha256:00\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(locks, "ROOT", tmp_path)
    (tmp_path / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    return tmp_path


def write_lock(folder: Path, pins: str) -> None:
    digest = locks.digest_of_requirements(["build"])
    (folder / "requirements.lock").write_text(f"{locks.DIGEST}{digest}\n{pins}", encoding="utf-8")


def test_a_lock_made_from_this_project_passes(folder: Path) -> None:
    write_lock(folder, PIN)
    assert locks.problems_of_lock("requirements.lock", ["build"]) == []


def test_a_new_requirement_makes_it_old(folder: Path) -> None:
    write_lock(folder, PIN)
    (folder / "pyproject.toml").write_text(PROJECT.replace('"click"', '"click", "numpy"'), encoding="utf-8")
    assert len(locks.problems_of_lock("requirements.lock", ["build"])) == 1


@pytest.mark.parametrize(
    "pins", [f"--index-url https://example.org\n{PIN}", "click==8.1\n", "click @ https://a/b.whl\n"]
)
def test_a_place_named_or_a_hash_missing_is_found(folder: Path, pins: str) -> None:
    write_lock(folder, pins)
    assert locks.problems_of_lock("requirements.lock", ["build"])
