"""The moments of a table of any size, from the engine that suits it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from collegium.science.errors import UnusableInput
from collegium.science.measurement.engines.coding import Column, ItemCoding, Misfit, atoms_of
from collegium.science.measurement.engines.kernel import Counter
from collegium.science.measurement.engines.reading import Piece, Report, Table
from collegium.science.measurement.layout import Layout
from collegium.science.measurement.moments import Moments

ENGINES = ("auto", "numpy", "duckdb", "spark")
Recode = Mapping[str, Mapping[str | int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to read and how to understand it; the same for every engine and every machine."""

    layout: Layout
    atom: tuple[str, ...]
    names: tuple[str, ...]
    codings: tuple[ItemCoding, ...]

    @classmethod
    def made(
        cls,
        layout: Layout,
        atom: str | Sequence[str],
        columns: Mapping[str, str] | None,
        recode: Recode | None,
    ) -> Plan:
        """Put the plan together, and refuse what names no item."""
        keys = {item.key for item in layout.items}
        unknown = sorted(({*(columns or {})} | {*(recode or {})}) - keys)
        UnusableInput.unless(not unknown, "unknown_item", f"Unknown items: {', '.join(unknown)}.", items=unknown)
        names = tuple((columns or {}).get(item.key, item.key) for item in layout.items)
        twice = sorted({name for name in names if names.count(name) > 1})
        UnusableInput.unless(
            not twice, "same_name", f"Two items are read from the column {', '.join(twice)}.", names=twice
        )
        parts = (atom,) if isinstance(atom, str) else tuple(atom)
        UnusableInput.unless(parts, "no_atom", "At least one column must say which group a sheet belongs to.")
        return cls(
            layout=layout,
            atom=parts,
            names=names,
            codings=tuple(ItemCoding(layout, item, (recode or {}).get(item.key)) for item in layout.items),
        )

    @property
    def asked(self) -> list[str]:
        """The columns to read, each once."""
        return list(dict.fromkeys((*self.atom, *self.names)))

    def count(self, counter: Counter, piece: Piece) -> None:
        """Count a piece."""
        names, place = atoms_of([piece.columns[name] for name in self.atom])
        counter.add(names, place, [self._options(piece, at) for at in range(len(self.names))])

    def _options(self, piece: Piece, at: int) -> Any:
        column: Column = piece.columns[self.names[at]]
        coding = self.codings[at]
        try:
            return coding.options(column)
        except Misfit as found:
            row = piece.first_row + found.row
            where = f"{piece.file}, row {row}" if piece.file else f"row {row}"
            options = f"{coding.item.lowest} to {coding.item.highest}"
            if coding.recode is not None:
                options = ", ".join(map(repr, coding.recode))
            raise UnusableInput(
                "outside_range",
                f"{where}, column {self.names[at]}: {found.value!r} is none of the options of {coding.item.key} "
                f"({options}).",
                file=piece.file,
                column=self.names[at],
                item=coding.item.key,
                row=row,
                value=found.value,
            ) from None


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
        `coding.BETWEEN`. A gap is the name "".
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
    del spark
    plan = Plan.made(layout, atom, columns, recode)
    table = Table.found(source)
    choose_engine(source, engine)
    counter = Counter(layout)
    total = table.rows() if report else None
    done = 0
    for piece in table.pieces(plan.asked):
        plan.count(counter, piece)
        done += piece.rows
        if report:
            report(done, total)
    table.check_unchanged()
    return counter.moments()


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
    Table.found(source)
    return "numpy" if engine == "auto" else engine
