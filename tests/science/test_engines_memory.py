"""Reading is streamed: four times the rows need no more memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from collegium.science.measurement.engines import Table
from tests.science.tables import answers, write_parquet

COUNT = """
import resource, sys
from collegium.science.measurement.engines import moments_of_table
from tests.science.tables import LAYOUT
found = moments_of_table(sys.argv[1], LAYOUT, atom="school", engine=sys.argv[2])
print(int(found.sheets.sum()), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
ROWS = 200_000
FEW_MIB = 24  # the arrays of the longer table alone would be more, and its words much more


@pytest.mark.parametrize("row_group", [5_000, 20_000])
def test_of_a_parquet_file_only_the_part_that_is_counted_is_kept(tmp_path: Path, row_group: int) -> None:
    at_once = 10_000
    # Numbers that cannot be packed: what is kept of them shows.
    numbers = np.random.default_rng(3).integers(0, 1 << 62, (4, 200_000))
    path = tmp_path / "answers.parquet"
    parquet.write_table(pa.table(dict(zip("abcd", numbers, strict=True))), path, row_group_size=row_group)
    part = 4 * 8 * max(row_group, at_once)

    before, most, rows = pa.total_allocated_bytes(), 0, 0
    for piece in Table.found(path).pieces("abcd", at_once):
        most, rows = max(most, pa.total_allocated_bytes() - before), rows + piece.rows
        assert piece.rows <= at_once
    assert rows == 200_000
    # The part as it lies in the file, as it was read, and the piece before; the whole file is 6.4 MB.
    assert most < 5 * part


@pytest.mark.slow
@pytest.mark.parametrize(("engine", "kind"), [("numpy", "parquet"), ("duckdb", "csv")])
def test_memory_does_not_grow_with_the_rows(tmp_path: Path, engine: str, kind: str) -> None:
    schools, table = answers(ROWS)
    small, large = tmp_path / f"small.{kind}", tmp_path / f"large.{kind}"
    if kind == "parquet":
        write_parquet(small, schools, table)
        write_parquet(large, schools * 4, table.repeat(4, axis=0))
    else:
        text = "".join(
            f"{school},{a},{b},{c},{yes}\n" for school, (a, b, c, yes) in zip(schools, table.tolist(), strict=True)
        )
        small.write_text("school,a,b,c,yes\n" + text, encoding="utf-8")
        large.write_text("school,a,b,c,yes\n" + text * 4, encoding="utf-8")
    (few_rows, few_kib), (many_rows, many_kib) = peak(small, engine), peak(large, engine)
    assert (few_rows, many_rows) == (ROWS, 4 * ROWS)
    assert many_kib - few_kib < FEW_MIB * 1024


def peak(path: Path, engine: str) -> tuple[int, int]:
    run = subprocess.run([sys.executable, "-c", COUNT, str(path), engine], capture_output=True, text=True, check=True)
    rows, kib = run.stdout.split()
    return int(rows), int(kib)
