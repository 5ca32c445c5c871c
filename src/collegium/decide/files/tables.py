"""Tables of ballots: a title for each option, a row for each ballot, in any usual text or spreadsheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from collegium.decide.files.records import (
    DEFAULT,
    BallotFile,
    FileKind,
    Form,
    Limits,
    Note,
    NoteCode,
    UnreadableBallots,
    UnreadableCode,
)
from collegium.people.rosters.cells import clean, key, word_set
from collegium.people.rosters.delimited import RawRow, find_shape, read_rows
from collegium.people.rosters.errors import UnreadableRoster
from collegium.people.rosters.intake import Meter, SheetFile, TextFile, open_counted, open_upload
from collegium.people.rosters.limits import DEFAULT as UPLOAD
from collegium.people.rosters.sheets import open_sheets
from collegium.science.choices.ballots import HIGHEST_MARK, NO_MARK, UNREADABLE, Ballots

CODE = word_set("ballot receipt code; ballotid ballotcode")
COUNT = word_set("count n times ballots")
POSITION = word_set("position vote answer choice")
EMPTY = {"", "-", "na", "n/a", "none", "."}
YES, NO = {"yes", "true", "x", "✓"}, {"no", "false"}
Rows = Iterator[tuple[int, list[str]]]


def read_table(path: Path, limits: Limits = DEFAULT) -> BallotFile:
    """Read a table of ballots. Raises UnreadableBallots."""
    with ExitStack() as stack:
        notes: list[Note] = []
        rows = open_rows(path, stack, notes)
        titles = _titles(path.name, rows)
        keys = [key(title) for title in titles]
        code = _only(keys, CODE)
        count = _only(keys, COUNT)
        options = [place for place in range(len(titles)) if place not in {code, count}]
        if not options:
            raise UnreadableBallots(UnreadableCode.NO_OPTIONS, {"file": path.name})
        if len(options) > limits.options:
            raise UnreadableBallots(
                UnreadableCode.TOO_MANY_OPTIONS,
                {"file": path.name, "options": str(len(options)), "limit": str(limits.options)},
            )
        reader = _Reader(path.name, titles, options, code, count, limits, notes)
        if len(options) == 1 and keys[options[0]] in POSITION:
            return reader.positions(rows)
        return reader.numbers(rows)


def open_rows(path: Path, stack: ExitStack, notes: list[Note]) -> Rows:
    """Return the rows of the first table at `path`, cleaned, those without text left out. Raises UnreadableBallots."""
    try:
        upload = stack.enter_context(open_upload(path, UPLOAD))
        raw = _raw_rows(upload.files[0], stack, notes)
    except UnreadableRoster as error:
        raise UnreadableBallots(error.code, error.data) from error
    return _cleaned(path.name, raw)


def _raw_rows(file: TextFile | SheetFile, stack: ExitStack, notes: list[Note]) -> Iterator[RawRow]:
    if isinstance(file, SheetFile):
        sheet = stack.enter_context(open_sheets(file, UPLOAD))[0]
        # Spreadsheets hold rows that only were coloured once: they are no abstentions.
        return ((number, cells) for number, cells in sheet.rows() if any(cells))
    shape = find_shape(file.name, lambda: open_counted(file, Meter(None)))
    if shape.guessed:
        notes.append(Note(NoteCode.ENCODING_GUESSED, 1, {"file": file.name, "encoding": shape.guessed}))
    return read_rows(shape, stack.enter_context(open_counted(file, Meter(None))), UPLOAD)


def _cleaned(name: str, raw: Iterator[RawRow]) -> Rows:
    """Blank rows are left out; a row that cannot be read ends it: a vote must not be lost in silence."""
    seen: dict[str, str] = {}  # a million cells hold the same few numbers
    for number, cells in raw:
        if isinstance(cells, tuple):
            raise UnreadableBallots(UnreadableCode.BROKEN_ROW, {"file": name, "row": str(number)})
        row = []
        for cell in cells:
            text = seen.get(cell)
            if text is None:
                text = clean(cell)
                if len(cell) < 8 and len(seen) < 10_000:
                    seen[cell] = text
            row.append(text)
        yield number, row


def _titles(name: str, rows: Rows) -> list[str]:
    for _number, cells in rows:
        if any(cells):
            while cells and not cells[-1]:
                cells.pop()
            if "" in cells:
                raise UnreadableBallots(UnreadableCode.NO_TITLE, {"file": name, "column": str(cells.index("") + 1)})
            doubled = [title for title, times in Counter(cells).items() if times > 1]
            if doubled:
                raise UnreadableBallots(UnreadableCode.DOUBLED_OPTION, {"file": name, "option": doubled[0]})
            return cells
    raise UnreadableBallots("empty", {"file": name})


def _only(keys: list[str], words: frozenset[str]) -> int:
    """Return the column whose title is one of the words; -1 where there is none."""
    return next((place for place, title in enumerate(keys) if title in words), -1)


class _Reader:
    """One table while it is read."""

    def __init__(
        self, name: str, titles: list[str], options: list[int], code: int, count: int, limits: Limits, notes: list[Note]
    ) -> None:
        self.name, self.titles, self.options, self.limits = name, titles, options, limits
        self.code, self.count = code, count
        self.codes: dict[str, int] = {}
        self.counts: list[int] = []
        self.notes = notes
        self.spoilt: list[tuple[int, str, str]] = []
        self.known = dict.fromkeys(EMPTY, NO_MARK) | dict.fromkeys(YES, 1) | dict.fromkeys(NO, 0)

    def numbers(self, rows: Rows) -> BallotFile:
        """Read ballots whose cells are numbers, or yes and no."""
        table: list[list[int]] = []
        for number, cells in self._rows(rows):
            table.append([self._mark(number, place, cells[place]) for place in self.options])
            if len(table) * len(self.options) > self.limits.cells:
                raise self._too_many(number)
        marks = np.array(table, dtype=np.int64).reshape(len(table), len(self.options))
        if self.spoilt:
            row, column, text = self.spoilt[0]
            said = {"row": str(row), "column": column, "text": text}
            self.notes.append(Note(NoteCode.SPOILT_CELL, len({row for row, _, _ in self.spoilt}), said))
        return self._file(Form.NUMBERS, Ballots.of(self._names(), marks, self.counts))

    def positions(self, rows: Rows) -> BallotFile:
        """Read ballots of one word each."""
        found: Counter[str] = Counter()
        blank = 0
        for _number, cells in self._rows(rows):
            text = cells[self.options[0]]
            if text.casefold() in EMPTY:
                blank += self.counts[-1]
            else:
                found[text] += self.counts[-1]
        return self._file(Form.POSITIONS, Ballots.of((), []), positions=dict(found), blank=blank)

    def _names(self) -> list[str]:
        return [self.titles[place] for place in self.options]

    def _file(
        self, form: Form, ballots: Ballots, positions: dict[str, int] | None = None, blank: int = 0
    ) -> BallotFile:
        return BallotFile(
            name=self.name,
            kind=FileKind.TABLE,
            form=form,
            ballots=ballots,
            positions=positions or {},
            blank=blank,
            codes=tuple(self.codes),
            notes=tuple(self.notes),
        )

    def _rows(self, rows: Rows) -> Rows:
        """Rows as wide as the titles. `,,,` is a ballot on which nothing is marked, an empty line is none."""
        width = len(self.titles)
        for number, cells in rows:
            if not any(cells):
                if len(cells) != width or width == 1:
                    continue
            elif any(cells[width:]):
                raise UnreadableBallots(UnreadableCode.LONG_ROW, {"file": self.name, "row": str(number)})
            row = (cells + [""] * (width - len(cells)))[:width]
            self.counts.append(self._times(number, row))
            self._take_code(number, row)
            if len(self.counts) > self.limits.ballots:
                raise self._too_many(number)
            yield number, row

    def _times(self, number: int, row: list[str]) -> int:
        if self.count < 0:
            return 1
        text = row[self.count]
        if not (text.isascii() and text.isdigit() and 0 < int(text) <= HIGHEST_MARK):
            raise UnreadableBallots(
                UnreadableCode.BAD_COUNT, {"file": self.name, "row": str(number), "text": text[:40]}
            )
        return int(text)

    def _take_code(self, number: int, row: list[str]) -> None:
        if self.code < 0 or not row[self.code]:
            return
        first = self.codes.setdefault(row[self.code], number)
        if first != number:
            raise UnreadableBallots(
                UnreadableCode.DOUBLED_CODE,
                {"file": self.name, "row": str(number), "first_row": str(first), "code": row[self.code][:80]},
            )

    def _mark(self, number: int, place: int, text: str) -> int:
        mark = self.known.get(text)
        if mark is None:
            mark = self.known[text] = self.known.get(text.casefold(), _number(text))
        if mark == UNREADABLE:
            self.spoilt.append((number, self.titles[place], text[:40]))
        return mark

    def _too_many(self, number: int) -> UnreadableBallots:
        return UnreadableBallots(UnreadableCode.TOO_MANY_BALLOTS, {"file": self.name, "row": str(number)})


def _number(text: str) -> int:
    """A whole number from 0, also written 3.0 as spreadsheets do; UNREADABLE for anything else."""
    whole = text.removesuffix(".0")
    if whole.isascii() and whole.isdigit() and len(whole) <= 10 and int(whole) <= HIGHEST_MARK:
        return int(whole)
    return UNREADABLE
