"""Apache Spark with two workers finds the same whole numbers, and still does when one of them is killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from collegium.science.measurement.engines._packing import unpacked
from collegium.science.measurement.moments import moments_of_sheets
from tests.cli.analysing import invoke, results
from tests.science.tables import LAYOUT, answers, assert_same, write_csv, write_parquet

FILES, SHEETS = 24, 2000


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_counts_every_sheet_once(tmp_path: Path) -> None:
    schools, table = answers(FILES * SHEETS)
    for part in range(FILES):
        rows = slice(part * SHEETS, (part + 1) * SHEETS)
        write_parquet(tmp_path / "parts" / f"{part:02}.parquet", schools[rows], table[rows])
    write_csv(tmp_path / "answers.csv", schools[:500], table[:500])
    wrong = table[:500].copy()
    wrong[400, 2] = 7
    write_csv(tmp_path / "wrong.csv", schools[:500], wrong)

    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    command = [sys.executable, "-W", "error", "-m", "tests.science.cluster_run", str(tmp_path)]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=400)
    assert run.returncode == 0, run.stderr[-4000:]

    happened = json.loads(run.stdout.splitlines()[-1])
    assert 0 < happened["done"] < happened["tasks"] == FILES
    assert happened["refused"] == ["outside_range", "c", 402, "7"]
    whole = moments_of_sheets(LAYOUT, schools, table)
    assert_same(unpacked(LAYOUT, (tmp_path / "parts.moments").read_bytes()), whole)
    first = moments_of_sheets(LAYOUT, schools[:500], table[:500])
    assert_same(unpacked(LAYOUT, (tmp_path / "text.moments").read_bytes()), first)
    reports = [tmp_path / "report", tmp_path / "own report"]
    alone = invoke(tmp_path / "answers.csv", "--group", "school", "--engine", "numpy", "--out", reports[1])
    assert alone.exit_code == 0, alone.output
    cluster, own = (results(report) for report in reports)
    assert len(cluster["views"]) > 1
    assert cluster == own
    left = [process.pid for process in psutil.process_iter(["cmdline"]) if f"-Dwhose={tmp_path}" in _words(process)]
    assert left == []


def _words(process: psutil.Process) -> list[str]:
    return process.info["cmdline"] or []
