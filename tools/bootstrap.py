"""Make the project's environment from a lock file: ``python3 tools/bootstrap.py run|dev``.

Uses the standard library only, because it runs before anything is installed, and no syntax newer
than Python 3.6, so that an old Python reaches the sentence that says which Python is needed.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
OLDEST = (3, 11)


def main() -> int:
    """Bring the environment up to date; do nothing at all when it already is."""
    wanted = sys.argv[1] if len(sys.argv) == 2 else ""
    if wanted not in LOCKS:
        return fail("Usage: python3 tools/bootstrap.py run|dev")
    if sys.version_info < OLDEST:
        return run_with_newer_python()
    if is_current(wanted):
        return 0
    started = time.monotonic()
    if not is_usable(VENV) and not make_venv():
        return 1
    say(f"Installing the locked packages ({LOCKS[wanted]}).")
    if not install(wanted):
        return fail(
            "The packages could not be installed; pip's own words are above. Is there a network, or a package\n"
            "cache that holds them? Nothing is half-done: run the same command again when that is mended."
        )
    stamp(wanted).write_text(fingerprint(wanted))
    say(f"Environment ready in {time.monotonic() - started:.0f} s.")
    return 0


def run_with_newer_python() -> int:
    """Hand over to a newer Python of this machine when the one we were given is too old."""
    for minor in range(20, OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer and subprocess.call([newer, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            os.execv(newer, [newer, *sys.argv])
    return fail(
        f"Collegium needs Python 3.11 or newer; {sys.executable} is {platform.python_version()}, and no newer one\n"
        "is on the PATH. Install one, or name it: make run PYTHON=/path/to/python3.12"
    )


def stamp(kind: str) -> Path:
    return VENV / (".installed-" + kind)


def fingerprint(kind: str) -> str:
    """Everything that makes an installed environment out of date when it changes."""
    digest = hashlib.sha256()
    for part in (LOCKS[kind], "pyproject.toml", "tools/bootstrap.py"):
        digest.update((ROOT / part).read_bytes())
    # The package is installed from this folder: a moved checkout needs a new installation.
    digest.update(str(ROOT).encode())
    return digest.hexdigest()


def is_current(wanted: str) -> bool:
    """The development environment holds all of the running one, so it serves for both."""
    for kind in {wanted, "dev"}:
        try:
            if stamp(kind).read_text() == fingerprint(kind) and python_of(VENV).exists():
                return True
        except OSError:
            continue
    return False


def is_usable(venv: Path) -> bool:
    """A virtual environment outlives the Python it was made with; ask it rather than look at it."""
    if not python_of(venv).exists():
        return False
    question = f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"
    return subprocess.call([str(python_of(venv)), "-c", question], stderr=subprocess.DEVNULL) == 0


def make_venv() -> bool:
    say(f"Making a virtual environment in .venv (Python {platform.python_version()}).")
    made = subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]) == 0
    if not made:
        fail(
            "This Python cannot make a virtual environment. On Debian or Ubuntu:\n"
            "    sudo apt-get install python3-venv\n"
            "and then run the same command again."
        )
    return made


def install(kind: str) -> bool:
    """Install the lock, then this package, taking the build backend from the lock as well."""
    pip = [str(python_of(VENV)), "-m", "pip", "--disable-pip-version-check", "--quiet"]
    # A setting of the user's (PIP_USER, PIP_REQUIRE_VIRTUALENV, ...) must not move the packages elsewhere.
    environment = {name: value for name, value in os.environ.items() if name not in ("PIP_USER", "PIP_TARGET")}
    steps = (
        ["install", "--require-hashes", "-r", str(ROOT / LOCKS[kind])],
        ["install", "--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT)],
    )
    return all(subprocess.call(pip + step, env=environment) == 0 for step in steps)


def python_of(venv: Path) -> Path:
    return venv / "bin" / "python"


def say(message: str) -> None:
    print(message, flush=True)


def fail(message: str) -> int:
    print(message, file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main())
