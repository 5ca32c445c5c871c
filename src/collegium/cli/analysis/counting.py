"""From rows to moments, piece by piece, so that memory does not grow with a file; Parquet and large files by engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np

from collegium.cli.analysis import files
from collegium.cli.analysis.columns import MOST_VALUES, Columns, letter
from collegium.cli.analysis.dialects import Dialect
from collegium.cli.analysis.files import ParquetFiles, Source, TableFile
from collegium.cli.analysis.labels import Options, normal
from collegium.cli.analysis.notes import Kind, Log
from collegium.cli.analysis.questions import Question, Questionnaire
from collegium.science.errors import UnusableInput
from collegium.science.measurement.engines import BETWEEN, GAPS, as_text, moments_of_table
from collegium.science.measurement.moments import NO_ANSWER, Moments, moments_of_sheets

ROWS_AT_ONCE = 20_000
LARGE = 20 * 1024 * 1024
LOOKED_AT = 20_000
MOST_RETRIES = 100
_TESTS = frozenset({"survey preview", "survey test", "1", "2"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """What to count and how."""

    asked: Questionnaire
    columns: Columns
    engine: str
    log: Log

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions that the file has, in the order of the layout."""
        return tuple(one for one in self.asked.questions if one.key in self.columns.questions)


def count(source: Source, work: Counting) -> Moments:
    """Count one file. The atoms are the values of the group columns, joined by BETWEEN."""
    by_engine = isinstance(source, ParquetFiles) or (
        source.is_simple and (work.engine not in {"auto", "numpy"} or source.path.stat().st_size > LARGE)
    )
    if by_engine:
        return _by_engine(source, work)
    if work.engine not in {"auto", "numpy"}:
        work.log.add(
            Kind.READ, source.name, f"read row by row; {work.engine} reads Parquet and plain CSV in UTF-8 only"
        )
    assert isinstance(source, TableFile)  # noqa: S101 - said to the type checker
    before = files.mark(source.path)
    found = _row_by_row(source, work)
    files.check_unchanged(source.path, before)
    return found


# --- row by row -------------------------------------------------------------------------------------------------------
def _row_by_row(source: TableFile, work: Counting) -> Moments:
    layout = work.asked.only(work.columns.questions).layout()
    readers = [_CellReader(source, question, work.columns.questions[question.key]) for question in work.questions]
    rows = _without_tests(source, work.log)
    total: Moments | None = None
    while some := list(islice(rows, ROWS_AT_ONCE)):
        atoms = [BETWEEN.join(_name(cells[place]) for place in work.columns.groups) for _, cells in some]
        answers = np.empty((len(some), len(readers)), dtype=np.int64)
        for at, reader in enumerate(readers):
            answers[:, at] = [reader.code(number, cells[reader.place]) for number, cells in some]
        piece = moments_of_sheets(layout, atoms, answers)
        total = piece if total is None else total + piece
    UnusableInput.unless(total is not None, "no_rows", f"{source.name} holds no answers.", file=source.name)
    assert total is not None  # noqa: S101 - said to the type checker
    return total


class _CellReader:
    """Turns the cells of one column into codes; each different cell is looked at once."""

    def __init__(self, source: TableFile, question: Question, place: int) -> None:
        self.source, self.options, self.place = source, question.options, place
        self.known: dict[str, int] = {}
        self.lime = source.head.dialect is Dialect.LIMESURVEY

    def code(self, row: int, cell: str) -> int:
        """Return the code of a cell."""
        found = self.known.get(cell)
        if found is None:
            found = self.known[cell] = self._look(row, cell)
        return found

    def _look(self, row: int, cell: str) -> int:
        try:
            found = self.options.code(cell, lime=self.lime)
        except UnusableInput as error:
            raise UnusableInput(error.code, f"{self._where(row)}: {error}", **error.data) from None
        if found is None:
            raise no_option(self._where(row), cell, self.options, self.source.name, row)
        return found

    def _where(self, row: int) -> str:
        header = " ".join(self.source.head.headers[self.place].split())[:60]
        return f"{self.source.name}, row {row}, column {letter(self.place)} “{header}”"


def no_option(where: str, value: object, options: Options, file: str, row: object) -> UnusableInput:
    """Say of a cell that it is none of the options, and what to do."""
    text = " ".join(str(value).split())
    text = text if len(text) <= 40 else f"{text[:39]}…"
    return UnusableInput(
        "no_option",
        f"{where}: “{text}” is none of the options of {options.item}: {options.said()}. Mend the cell, or tell with "
        "--instrument or the labels of a --column-map file what it means.",
        file=file,
        row=row,
        item=options.item,
    )


def _name(cell: str) -> str:
    return " ".join(cell.replace(BETWEEN, " ").split())


def _without_tests(source: TableFile, log: Log) -> Iterator[files.Row]:
    """Leave out the rows that somebody wrote while trying the survey out, as Qualtrics marks them."""
    status = [
        place for place, header in enumerate(source.head.headers) if normal(header) in {"status", "response type"}
    ]
    if source.head.dialect is not Dialect.QUALTRICS or not status:
        yield from source.rows()
        return
    tests = 0
    for number, cells in source.rows():
        if normal(cells[status[0]]) in _TESTS:
            tests += 1
        else:
            yield number, cells
    if tests:
        log.add(
            Kind.LEFT_OUT,
            f"{tests} {'row' if tests == 1 else 'rows'} of {source.name}",
            "previews and tests of the survey",
        )


# --- by engine --------------------------------------------------------------------------------------------------------
def _by_engine(source: Source, work: Counting) -> Moments:
    headers = source.head.headers
    columns = {question.key: headers[work.columns.questions[question.key]] for question in work.questions}
    groups = [headers[place] for place in work.columns.groups]
    # Where no group is asked for, any column does: its atoms are added up again.
    atom = groups or [next(iter(columns.values()))]
    recode = _looked_up(source, work, columns)
    layout = work.asked.only(columns).layout()
    for _ in range(MOST_RETRIES):
        try:
            found = moments_of_table(
                source.path, layout, atom=atom, columns=columns, engine=work.engine, recode=recode or None
            )
            break
        except UnusableInput as error:
            recode = _one_more(source, work, recode, error)
    else:
        raise UnusableInput("too_many_labels", f"{source.name}: too many different words stand for the options.")
    UnusableInput.unless(found.atoms, "no_rows", f"{source.name} holds no rows.", file=source.name)
    return found if groups else found.regrouped(dict.fromkeys(found.atoms, ""))


Recode = dict[str, dict[str | int, int]]


def _looked_up(source: Source, work: Counting, columns: Mapping[str, str]) -> Recode:
    """Read the first rows, and say what their words mean."""
    seen = first_values(source, list(columns.values()))
    recode: Recode = {}
    for question in work.questions:
        texts = {as_text(value) for value in seen[columns[question.key]]}
        plain = all(text in GAPS or text.isdigit() for text in texts)
        if not plain or question.options.is_tick:
            recode[question.key] = _codes(question)
            for text in texts:
                code = question.options.code(text)
                if code is not None:
                    recode[question.key][text] = code
    return recode


def _codes(question: Question) -> dict[str | int, int]:
    known: dict[str | int, int] = {str(code): code for code in range(question.lowest, question.highest + 1)}
    return known | ({"": 0} if question.options.is_tick else {})


def _one_more(source: Source, work: Counting, recode: Recode, error: UnusableInput) -> Recode:
    """Learn a word that the first rows did not hold; raise where it means nothing."""
    if error.code != "outside_range" or "item" not in error.data:
        raise error
    question = work.asked.question(str(error.data["item"]))
    value = error.data.get("value")
    code = question.options.code(as_text(value))
    where = f"{source.name}, row {error.data.get('row')}, column {error.data.get('column')}"
    if code is None or as_text(value) in recode.get(question.key, {}):
        raise no_option(where, value, question.options, source.name, error.data.get("row")) from None
    known = recode.get(question.key) or _codes(question)
    return {**recode, question.key: {**known, as_text(value): code}}


def first_values(source: Source, columns: Sequence[str]) -> dict[str, set[Any]]:
    """Return the different values that columns have in the first rows."""
    from collegium.science.measurement.engines import Table

    table = Table.found(source.path)
    piece = next(iter(table.pieces(list(dict.fromkeys(columns)), LOOKED_AT)), None)
    if piece is None:
        return {column: set() for column in columns}
    return {
        column: set(values.to_pylist() if hasattr(values, "to_pylist") else values.tolist())
        for column, values in piece.columns.items()
    }


# --- what a guess rests on --------------------------------------------------------------------------------------------
def whole_numbers(source: Source, groups: tuple[int, ...]) -> dict[str, list[int]]:
    """Return the columns that hold few whole numbers and nothing else, each with its different numbers."""
    head = source.head
    places = [place for place in range(len(head.headers)) if place not in groups and not head.is_metadata(place)]
    twice = sorted({header for header in head.headers if header and head.headers.count(header) > 1})
    UnusableInput.unless(
        not twice,
        "same_name",
        f"{source.name}: two columns have the name {', '.join(twice)}. Rename one of them.",
        file=source.name,
        column=twice[0] if twice else None,
    )
    if isinstance(source, ParquetFiles):
        seen = first_values(source, [head.headers[place] for place in places])
        texts = {column: {as_text(value) for value in values} for column, values in seen.items()}
    else:
        texts = _different(source, places)
    found = {}
    for column, values in texts.items():
        answers = {text for text in values if text not in GAPS and text != str(NO_ANSWER)}
        if answers and all(text.isascii() and text.isdigit() and len(text) < 5 for text in answers):
            numbers = sorted(int(text) for text in answers)
            if len(numbers) <= MOST_VALUES and numbers[-1] - numbers[0] < MOST_VALUES:
                found[column] = numbers
    return found


def _different(source: TableFile, places: Sequence[int]) -> dict[str, set[str]]:
    """Return the different cells of columns, as long as they are few."""
    found: dict[int, set[str]] = {place: set() for place in places if source.head.headers[place]}
    for _, cells in source.rows():
        for place, seen in list(found.items()):
            text = as_text(cells[place])
            if text not in seen:
                seen.add(text)
                if len(seen) > 2 * MOST_VALUES:
                    del found[place]
    return {source.head.headers[place]: seen for place, seen in found.items()}
