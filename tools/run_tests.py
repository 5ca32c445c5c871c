"""Run the whole suite on SQLite, then on PostgreSQL, each with the browser: ``python tools/run_tests.py``.

Both runs always happen. The last line counts both together, in pytest's own form.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATABASES = ("sqlite", "postgres")


def main() -> int:
    if subprocess.call([sys.executable, str(ROOT / "tools" / "browser.py")]):
        return 1
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="collegium-counts-") as folder:
        reports = [Path(folder) / f"{database}.xml" for database in DATABASES]
        exits = [run_on(database, report) for database, report in zip(DATABASES, reports, strict=True)]
        totals = count(reports)
    problems = totals["failed"] + totals["errors"]
    outcome = ", ".join(f"{number} {word}" for word, number in totals.items() if number or word == "passed")
    print(f"{' SQLite and PostgreSQL together ':=^100}")
    print(f"{f' {outcome} in {time.monotonic() - started:.2f}s ':=^100}", flush=True)
    return 1 if any(exits) or problems or not totals["passed"] else 0


def run_on(database: str, report: Path) -> int:
    print(f"\n{f' {database} ':=^100}", flush=True)
    # What takes long comes first, and would all stay with one process: whoever is done takes over from the other.
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "worksteal", f"--junit-xml={report}"]
    command += [f"--output={ROOT / 'test-results' / database}"]
    status = subprocess.call(command, cwd=ROOT, env={**os.environ, "COLLEGIUM_TEST_DATABASE": database})
    if status < 0:
        print(f"\nThe run on {database} was ended from outside: {signal.strsignal(-status)}.", flush=True)
    return status


def count(reports: list[Path]) -> dict[str, int]:
    """Add up what both runs wrote; a run that wrote nothing counts as an error."""
    totals = {"failed": 0, "passed": 0, "errors": 0}
    for report in reports:
        if not report.exists():
            totals["errors"] += 1
            continue
        for suite in ET.parse(report).iter("testsuite"):
            failed, errors = int(suite.get("failures", 0)), int(suite.get("errors", 0))
            totals["failed"] += failed
            totals["errors"] += errors
            totals["passed"] += int(suite.get("tests", 0)) - failed - errors - int(suite.get("skipped", 0))
    return totals


if __name__ == "__main__":
    sys.exit(main())
