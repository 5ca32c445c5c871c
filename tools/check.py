"""Check everything that needs no test: ``python tools/check.py``. Every check runs; each says how long it took."""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = [sys.executable]
DJANGO = [sys.executable, "-m", "django"]
# As on a server: Django's own deployment checks must find nothing to say.
PRODUCTION = {
    "COLLEGIUM_BASE_URL": "https://collegium.example.org",
    "COLLEGIUM_SECRET_KEY": "for-this-check-only-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
}


@dataclass(frozen=True)
class Check:
    """One command, and what it is about in a reader's words."""

    title: str
    command: list[str]
    settings: dict[str, str] = field(default_factory=dict)


CHECKS = [
    Check("Format (mend: make format)", [str(BIN / "ruff"), "format", "--check", "--quiet", "."]),
    Check("Lint", [str(BIN / "ruff"), "check", "--quiet", "."]),
    Check("Types", [str(BIN / "mypy")]),
    Check("Who may import whom", [str(BIN / "lint-imports"), "--no-cache"]),
    Check("Migrations complete", [*DJANGO, "makemigrations", "--check", "--dry-run"]),
    Check("Deployment checks", [*DJANGO, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    Check("Lock files (mend: make lock)", [*PYTHON, "tools/locks.py", "check"]),
    Check("Vendored assets", [*PYTHON, "tools/vendor.py", "--check"]),
    Check("No place or host named", [*PYTHON, "tools/check_text.py"]),
    Check("Commands in the docs", [*PYTHON, "tools/check_docs.py"]),
]


def main() -> int:
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="collegium-check-") as folder:
        failed = [check.title for check in CHECKS if not passes(check, folder)]
    print(f"{len(CHECKS) - len(failed)} of {len(CHECKS)} checks passed in {time.monotonic() - started:.0f} s")
    for title in failed:
        print(f"  failed: {title}")
    return 1 if failed else 0


def passes(check: Check, folder: str) -> bool:
    """Run one check with settings of its own; show its words only when it fails."""
    started = time.monotonic()
    outside = {name: value for name, value in os.environ.items() if not name.startswith("COLLEGIUM_")}
    settings = {
        "DJANGO_SETTINGS_MODULE": "collegium.site.settings",
        "COLLEGIUM_DATA_DIR": folder,
        "PYTHONWARNINGS": "error::DeprecationWarning:collegium",
        **check.settings,
    }
    ran = subprocess.run(
        check.command, cwd=ROOT, env={**outside, **settings}, check=False, capture_output=True, text=True
    )
    verdict = "failed" if ran.returncode else "ok"
    print(f"{check.title:<32} {verdict:<6} {time.monotonic() - started:5.1f} s", flush=True)
    if ran.returncode:
        print(ran.stdout + ran.stderr, flush=True)
    return ran.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
