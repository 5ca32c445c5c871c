"""Which tests the inner loop runs for what changed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tools import quick_tests

HOUSE = "tests/architecture/test_house.py"


@pytest.mark.parametrize(
    ("changed", "folders"),
    [
        (["src/collegium/people/views/home.py"], ["tests/people"]),
        (
            ["src/collegium/people/templates/people/form.html", "tests/listen/worlds.py"],
            ["tests/listen", "tests/people"],
        ),
        (["docs/index.md", "README.md"], []),
        (["tests/conftest.py", "src/collegium/people/urls.py"], None),
        (["src/collegium/__init__.py"], None),
        (["requirements.lock"], None),
    ],
)
def test_the_tests_of_a_room_are_asked_for_and_else_all(changed: list[str], folders: list[str] | None) -> None:
    assert quick_tests.folders_of(changed) == (["tests"] if folders is None else [*folders, HOUSE])


def test_what_is_not_committed_counts_and_else_the_last_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def git(*args: str) -> None:
        who = ["-c", "user.name=somebody", "-c", "user.email=somebody@school.example"]
        subprocess.run(["git", *who, *args], cwd=tmp_path, check=True, capture_output=True)

    monkeypatch.setattr(quick_tests, "ROOT", tmp_path)
    git("init")
    for name in ("one.py", "two words.py"):
        (tmp_path / name).write_text(name)
        git("add", name)
        git("commit", "-m", name)
    assert quick_tests.list_changed() == ["two words.py"]
    (tmp_path / "one.py").write_text("changed")
    (tmp_path / "new.py").write_text("new")
    assert quick_tests.list_changed() == ["one.py", "new.py"]
