"""The moments of a table of any size, from the engine that suits it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from collegium.science.errors import UnusableInput
from collegium.science.measurement.engines._kernel import Counter, ahead, workers
from collegium.science.measurement.engines._plan import Plan, Recode
from collegium.science.measurement.engines._reading import Piece, Report, Table, is_text
from collegium.science.measurement.layout import Layout
from collegium.science.measurement.moments import Moments

ENGINES = ("auto", "numpy", "duckdb", "spark")
LARGE_TEXT = 1 << 20  # from so many bytes of text DuckDB's reader earns its start


def moments_of_table(
    source: str | Path | Any,
    layout: Layout,
    *,
    atom: str | Sequence[str],
    columns: Mapping[str, str] | None = None,
    engine: str = "auto",
    recode: Recode | None = None,
    report: Report | None = None,
    spark: Any = None,
) -> Moments:
    """Count a wide table of answers of any size.

    Parameters
    ----------
    source : path, mapping of column name to array, or pyarrow.Table
        A row for each sheet. A CSV or TSV file in UTF-8 with a header, a Parquet file, or a folder of Parquet files.
    layout : Layout
        The items and facets.
    atom : str or sequence of str
        The column that names each sheet's atom, or several that do so together: then the parts are joined with
        `BETWEEN`. A gap is the name "".
    columns : mapping of str to str, optional
        The column of each item that is not named as the item is.
    engine : {"auto", "numpy", "duckdb", "spark"}
        `choose_engine` says what "auto" takes. All give the same whole numbers.
    recode : mapping of item key to mapping of value to code, optional
        For an item that is named here, what the values of its column mean; no other value is an option then. The code
        `NO_ANSWER` (-1) leaves a value out. Without it, values must be whole numbers within the item's range.
    report : callable, optional
        Told (rows done, rows in all or None where that is unknown) after every piece.
    spark : pyspark.sql.SparkSession, optional
        The session, and so the cluster, for the engine "spark".

    Returns
    -------
    Moments
        Equal to `moments_of_sheets` of the same sheets. Memory grows with the atoms, not with the rows.

    Raises
    ------
    UnusableInput
        If a column is missing or twice there, a row has another length than the header, a value is no option, a file
        changed while it was read, or an engine is not installed. File, column, row and value are in its data; rows
        of text are counted as a spreadsheet does (the header is 1), those of Parquet from 1, those in memory from 0.

    Notes
    -----
    Empty cells, NA, N/A, NaN, NULL and "." are no answer, and so is -1.

    References
    ----------
    See `moments_of_sheets` and docs/methods/engines.md. Chan, Golub and LeVeque (1983), Algorithms for computing the
    sample variance, The American Statistician 37, 242-247 (parts add up exactly).

    Examples
    --------
    >>> from collegium.science.measurement.layout import Facet, Item, Layout
    >>> layout = Layout(items=(Item(key="a", lowest=1, highest=3),), facets=(Facet(key="trust", items=("a",)),))
    >>> table = {"school": ["hill", "hill", "valley"], "Question 1": ["often", "", "never"]}
    >>> found = moments_of_table(
    ...     table, layout, atom="school", columns={"a": "Question 1"}, recode={"a": {"never": 1, "often": 3}}
    ... )
    >>> found.atoms, found.sheets.tolist(), found.counts[:, 0].tolist()
    (('hill', 'valley'), [2, 1], [[0, 0, 1], [1, 0, 0]])
    """
    plan = Plan.made(layout, atom, columns, recode)
    chosen = choose_engine(source, engine)
    if chosen == "spark":
        from collegium.science.measurement.engines._cluster import moments_from_cluster

        return moments_from_cluster(source, plan, spark, report)
    table = Table.found(source)
    pieces = table.pieces(plan.asked)
    if chosen == "duckdb":
        from collegium.science.measurement.engines._database import pieces_from_database

        pieces = pieces_from_database(table, plan.asked)
    try:
        moments = _counted(pieces, plan, table, report)
    except UnusableInput as refused:
        if chosen == "duckdb" and refused.code == "outside_range":
            plan.read_plainly(table)
        raise
    table.check_unchanged()
    return moments


def choose_engine(source: str | Path | Any, engine: str = "auto") -> str:
    """Say which engine counts a table.

    Parameters
    ----------
    source : path, mapping of column name to array, or pyarrow.Table
        As for `moments_of_table`.
    engine : {"auto", "numpy", "duckdb", "spark"}
        What was asked for.

    Returns
    -------
    str
        "numpy", "duckdb" or "spark".

    Raises
    ------
    UnusableInput
        If there is no such engine, or no such file.

    References
    ----------
    docs/methods/engines.md has the measurements behind the choice.

    Examples
    --------
    >>> choose_engine({"school": ["hill"]})
    'numpy'
    """
    UnusableInput.unless(
        engine in ENGINES, "engine", f"There is no engine {engine}; there are {', '.join(ENGINES)}.", engine=engine
    )
    if engine != "auto":
        return engine
    table = Table.found(source)
    large_text = table.size >= LARGE_TEXT and any(is_text(file) for file in table.files)
    return "duckdb" if large_text and find_spec("duckdb") and find_spec("pyarrow") else "numpy"


def _counted(pieces: Iterator[Piece], plan: Plan, table: Table, report: Report | None) -> Moments:
    """Count in this process; what is small without the help of others, which would cost more than the count."""
    with ExitStack() as stack:
        pool = None if table.is_small else stack.enter_context(workers())
        counter = Counter(plan.layout, pool)
        total = table.rows() if report else None
        done = 0
        if not table.is_small:
            pieces = ahead(pieces, stack.enter_context(ThreadPoolExecutor(1, thread_name_prefix="reading")))
        for piece in pieces:
            plan.count(counter, piece)
            if piece.file:
                table.check_unchanged(piece.file)  # one that others write on might never end
            done += piece.rows
            if report:
                report(done, total)
        return counter.moments()
