"""Make and check the lock files: ``python tools/locks.py make [--upgrade] | check``.

``make`` keeps the versions that still fit, unless told to upgrade. ``check`` needs no network: each
lock begins with a digest of the requirements it was made from, so a change of ``pyproject.toml``
without a new lock is noticed.
"""

import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The runtime lock holds the build backend too, so that installing this package fetches nothing else.
EXTRAS = {"requirements.lock": ["build"], "requirements-dev.lock": ["build", "dev", "analyse", "spark"]}
DIGEST = "# made from requirements sha256:"


def main() -> int:
    match sys.argv[1:]:
        case ["make"]:
            return make_locks([])
        case ["make", "--upgrade"]:
            return make_locks(["--upgrade"])
        case ["check"]:
            return check_locks()
    print(__doc__, file=sys.stderr)
    return 2


def make_locks(options: list[str]) -> int:
    """Compile both locks; the second is held to the versions of the first."""
    for name, extras in EXTRAS.items():
        command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--quiet", "--output-file", name]
        command += ["--universal", "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"]
        command += ["--no-annotate", "--no-header", *options]
        for extra in extras:
            command += ["--extra", extra]
        if name != "requirements.lock":
            command += ["--constraint", "requirements.lock"]
        if failure := subprocess.run(command, cwd=ROOT, check=False).returncode:
            return failure
        pins = (ROOT / name).read_text(encoding="utf-8")
        (ROOT / name).write_text(f"{DIGEST}{digest_of_requirements(extras)}\n{pins}", encoding="utf-8")
        print(f"{name}: {sum(line[:1].isalnum() for line in pins.splitlines())} packages")
    return 0


def check_locks() -> int:
    problems = [problem for name, extras in EXTRAS.items() for problem in problems_of_lock(name, extras)]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def problems_of_lock(name: str, extras: list[str]) -> list[str]:
    """Say what is wrong with one lock: out of date, a package host named, a package without a hash."""
    text = (ROOT / name).read_text(encoding="utf-8")
    problems = []
    if not text.startswith(f"{DIGEST}{digest_of_requirements(extras)}\n"):
        problems.append(f"{name}: pyproject.toml has changed since it was made. Run: make lock")
    if "://" in text or "--index" in text or "--find-links" in text or "--extra-index" in text:
        problems.append(f"{name}: it names where packages come from. Run: make lock")
    for entry in text.replace("\\\n", " ").splitlines():
        if entry and not entry.startswith("#") and "--hash=sha256:" not in entry:
            problems.append(f"{name}: no hash for {entry.split()[0]}. Run: make lock")
    return problems


def digest_of_requirements(extras: list[str]) -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [project["requires-python"], sorted(project["dependencies"])]
    asked += [sorted(project["optional-dependencies"][extra]) for extra in extras]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
