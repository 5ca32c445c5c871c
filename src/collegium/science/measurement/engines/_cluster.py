"""Tables counted by Apache Spark, on this machine or on many.

Every partition of the table is counted where it lies, by the same code as anywhere else, and only counts travel. A
partition whose machine is lost is counted again by another; nothing is counted twice, since the counts of a partition
arrive together or not at all.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from collegium.science.errors import UnusableInput
from collegium.science.measurement.engines._kernel import Counter
from collegium.science.measurement.engines._packing import packed, unpacked
from collegium.science.measurement.engines._plan import Plan
from collegium.science.measurement.engines._reading import (
    ROWS_AT_ONCE,
    Piece,
    Report,
    Table,
    check_columns,
    header_of,
    is_text,
    parquet,
)
from collegium.science.measurement.moments import Moments

COUNTED, REFUSED = "counted", "refused"


def moments_from_cluster(source: Any, plan: Plan, spark: Any, report: Report | None) -> Moments:
    """Count a table wherever Spark runs."""
    table = _local(source)
    with _session(spark) as session:
        frame = _frame(session, source, table, plan.asked)
        counter = Counter(plan.layout)
        partials = frame.select(*map(_quoted, plan.asked))
        for kind, content in partials.mapInArrow(_counting(plan), "kind string, content binary").collect():
            if kind == REFUSED:
                _refuse(json.loads(bytes(content)), table, plan)
            counter.absorb(unpacked(plan.layout, bytes(content)))
    if table:
        table.check_unchanged()
    if report:
        report(counter.rows, counter.rows)
    return counter.moments()


def _counting(plan: Plan) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """Return what a worker does with a partition."""

    def count(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa

        counter = Counter(plan.layout)
        kind = COUNTED
        try:
            for piece in _pieces(batches, plan.asked):
                plan.count(counter, piece)
            content = packed(counter.moments())
        except UnusableInput as wrong:
            # Raising would let Spark try again, several times, what can only fail again.
            data = {name: value for name, value in wrong.data.items() if name not in {"row", "file"}}
            kind, content = REFUSED, json.dumps([wrong.code, str(wrong), data], default=str).encode()
        yield pa.RecordBatch.from_arrays([pa.array([kind]), pa.array([content], pa.binary())], ["kind", "content"])

    return count


def _pieces(batches: Iterator[Any], columns: Sequence[str]) -> Iterator[Piece]:
    """Put Spark's small batches together to pieces worth counting."""
    import pyarrow as pa

    held: list[Any] = []

    def together() -> Piece:
        table = pa.Table.from_batches(held).combine_chunks()
        held.clear()
        arrays = {name: table.column(place) for place, name in enumerate(columns)}
        return Piece({name: array.combine_chunks() for name, array in arrays.items()}, table.num_rows)

    for batch in batches:
        held.append(batch)
        if sum(each.num_rows for each in held) >= ROWS_AT_ONCE:
            yield together()
    if held:
        yield together()


def _refuse(said: list[Any], table: Table | None, plan: Plan) -> None:
    """Say which row is wrong, where the file is at hand; a cluster knows only what was wrong."""
    if table:
        plan.read_plainly(table)
    code, message, data = said
    raise UnusableInput(code, message, **data)


def _local(source: Any) -> Table | None:
    """Look at the files of a source, where they are at hand."""
    if hasattr(source, "mapInArrow") or (isinstance(source, str) and "://" in source):
        return None
    table = Table.found(source)
    UnusableInput.unless(table.files, "kind", "The engine spark counts files, and frames of Spark.")
    return table


def _frame(session: Any, source: Any, table: Table | None, asked: Sequence[str]) -> Any:
    """Return the table as Spark's."""
    if table is None:
        frame = source
        if isinstance(source, str):
            frame = session.read.option("recursiveFileLookup", "true").parquet(source)
        check_columns(asked, frame.columns, source if isinstance(source, str) else None)
        return frame
    for file in table.files:
        if is_text(file):
            return _text(session, file, asked)
        with parquet(file) as opened:
            check_columns(asked, opened.schema_arrow.names, str(file))
    return session.read.parquet(*map(_address, table.files))


def _text(session: Any, file: Path, asked: Sequence[str]) -> Any:
    names, separator = header_of(file)
    check_columns(asked, names, str(file))
    named = ", ".join(f"{_quoted(name or f'_{place}')} string" for place, name in enumerate(names))
    reader = session.read.schema(named).option("sep", separator).option("header", "true").option("escape", '"')
    # A question's text may run over lines; and a row of another length must stop us, not be filled with gaps.
    reader = reader.option("multiLine", "true").option("mode", "FAILFAST").option("columnPruning", "false")
    return reader.csv(_address(file))


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _address(file: Path) -> str:
    return file.resolve().as_uri()


@contextmanager
def _session(spark: Any) -> Iterator[Any]:
    """Give the session that was handed over or is under way, else one for this table alone.

    Where it runs, Spark's own settings say; without any, on the processors of this machine.
    """
    try:
        import pyarrow as pa
        from pyspark.sql import SparkSession
    except ImportError as missing:
        raise UnusableInput(
            "not_installed", 'The engine spark needs more parts: pip install "collegium[spark]", and Java 17.'
        ) from missing
    del pa
    running = spark or SparkSession.getActiveSession()
    if running is not None:
        yield running
        return
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    made = SparkSession.builder.appName("collegium").config("spark.ui.showConsoleProgress", "false").getOrCreate()
    try:
        yield made
    finally:
        made.stop()
