"""A test that is skipped or expected to fail counts as failed."""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tools import run_tests

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
SKIP, EXPECTED = "ski" + "p", "xfa" + "il"
SAMPLES = f"""
import pytest, socket, warnings
def test_good(): ...
def test_left_out(): pytest.{SKIP}("not today")
@pytest.mark.{SKIP}(reason="not today")
def test_marked(): ...
@pytest.mark.{EXPECTED}
def test_expected_to_fail(): assert 0
def test_warns(): warnings.warn("careful")
def test_calls_another_machine(): socket.create_connection(("192.0.2.1", 80), timeout=1)
"""


MODULE = f"import pytest\npytest.{SKIP}('not today', allow_module_level=True)\n"


def run_samples(folder: Path, **samples: str) -> tuple[int, str]:
    """Run test files under this suite's own rules; return the exit status and the last line."""
    for name, text in samples.items():
        (folder / f"test_{name}.py").write_text(text, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("COLLEGIUM_", "PYTEST_"))}
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-c", str(ROOT / "pyproject.toml"), f"--rootdir={ROOT}"]
    command += ["-p", "tests.conftest", f"--output={folder / 'pages'}", "--continue-on-collection-errors", str(folder)]
    ran = subprocess.run(command, cwd=ROOT, env=environment, check=False, stdout=subprocess.PIPE, text=True)
    return ran.returncode, ran.stdout.splitlines()[-1]


def test_what_is_left_out_fails_the_run_be_it_a_test_or_a_module(tmp_path: Path) -> None:
    status, summary = run_samples(tmp_path, sample=SAMPLES, module=MODULE)
    assert (status, summary.partition(" in ")[0]) == (1, "4 failed, 1 passed, 2 errors")


def test_no_test_at_all_fails_the_run(tmp_path: Path) -> None:
    status, _summary = run_samples(tmp_path, empty="")
    assert status == pytest.ExitCode.NO_TESTS_COLLECTED


def test_both_runs_are_counted_together(tmp_path: Path) -> None:
    def write(name: str, **counts: int) -> Path:
        suite = ET.Element("testsuite", {key: str(value) for key, value in counts.items()})
        ET.ElementTree(suite).write(tmp_path / name)
        return tmp_path / name

    reports = [write("a.xml", tests=10, failures=1, errors=0), write("b.xml", tests=5, failures=0, errors=2)]
    assert run_tests.count(reports) == {"failed": 1, "passed": 12, "errors": 2}
    assert run_tests.count([*reports, tmp_path / "never-written.xml"])["errors"] == 3
