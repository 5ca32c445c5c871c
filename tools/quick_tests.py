"""Run the quick tests of the rooms that changed, for the inner loop: ``python tools/quick_tests.py``.

What changed since the last commit, or in it where nothing did. A change outside the rooms asks for the quick tests of
all of them, which takes some minutes.
"""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# They need no room to be about, and are soon done.
ALWAYS = ["tests/architecture/test_house.py"]


def main() -> int:
    folders = folders_of(list_changed())
    print(f"The quick tests in {', '.join(folders)}", flush=True)
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "worksteal", "-m", "not slow"]
    return subprocess.call([*command, "--hypothesis-profile=quick", "--ignore", "tests/browser", *folders], cwd=ROOT)


def list_changed() -> list[str]:
    """Return the paths of what changed."""
    changed = [line[3:] for line in _git("status", "--porcelain=v1", "--no-renames", "--untracked-files=all")]
    return changed or _git("show", "--name-only", "--format=", "HEAD")


def folders_of(changed: Iterable[str]) -> list[str]:
    """Return where the tests of these files are: in the folder of their room, or in any."""
    found = set()
    for path in changed:
        match path.split("/"):
            case ["src", "collegium", room, _, *_] | ["tests", room, _, *_] if (ROOT / "tests" / room).is_dir():
                found.add(f"tests/{room}")
            case ["docs" | "bench", *_] | ["Makefile" | "README.md" | "CHANGELOG.md" | "CONTRIBUTING.md"]:
                pass  # make check looks at these
            case _:
                return ["tests"]
    return sorted(found) + ALWAYS


def _git(*args: str) -> list[str]:
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0"}  # somebody may be committing
    said = subprocess.check_output(["git", *args, "-z"], cwd=ROOT, text=True, env=environment)
    return [line for line in said.split("\0") if line]


if __name__ == "__main__":
    sys.exit(main())
