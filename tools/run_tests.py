"""Run the whole suite on SQLite, then on PostgreSQL, each with the browser: ``python tools/run_tests.py``.

Both runs always happen. The last line counts both together, in pytest's own form.
"""

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "test-results"
DATABASES = ("sqlite", "postgres")


def main() -> int:
    if subprocess.call([sys.executable, str(ROOT / "tools" / "browser.py")]):
        return 1
    RESULTS.mkdir(exist_ok=True)
    started = time.monotonic()
    exits = [run_on(database) for database in DATABASES]
    totals = count()
    problems = totals["failed"] + totals["errors"]
    outcome = ", ".join(f"{number} {word}" for word, number in totals.items() if number or word == "passed")
    print(f"{' SQLite and PostgreSQL together ':=^100}")
    print(f"{f' {outcome} in {time.monotonic() - started:.2f}s ':=^100}", flush=True)
    return 1 if any(exits) or problems or not totals["passed"] else 0


def run_on(database: str) -> int:
    print(f"\n{f' {database} ':=^100}", flush=True)
    report = results_file(database)
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-n", "2", f"--junit-xml={report}"]
    command += ["--screenshot=only-on-failure", f"--output={RESULTS / database}"]
    return subprocess.call(command, cwd=ROOT, env={**os.environ, "COLLEGIUM_TEST_DATABASE": database})


def results_file(database: str) -> Path:
    return RESULTS / f"{database}.xml"


def count() -> dict[str, int]:
    """Add up what both runs wrote; a run that wrote nothing counts as an error."""
    totals = {"failed": 0, "passed": 0, "errors": 0}
    for database in DATABASES:
        if not results_file(database).exists():
            totals["errors"] += 1
            continue
        for suite in ET.parse(results_file(database)).iter("testsuite"):
            failed, errors = int(suite.get("failures", 0)), int(suite.get("errors", 0))
            totals["failed"] += failed
            totals["errors"] += errors
            totals["passed"] += int(suite.get("tests", 0)) - failed - errors - int(suite.get("skipped", 0))
    return totals


if __name__ == "__main__":
    sys.exit(main())
