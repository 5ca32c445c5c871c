"""Delimited text as schools really send it: any usual encoding, delimiter and line end, broken quotes, huge cells."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from collegium.people.rosters.errors import UnreadableCode, UnreadableRoster
from collegium.people.rosters.limits import Limits
from collegium.people.rosters.records import RefusalCode

HEAD = 65536
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PICTURES_AND_CO = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"Rar!", "an archive (RAR)"),
    (b"7z\xbc\xaf", "an archive (7z)"),
    (b"\x1f\x8b", "an archive (gzip)"),
    (b"SQLite format 3", "a database"),
)
_DELIMITERS = ",;\t|"
_SEP_LINE = re.compile(r'\s*"?sep=([,;\t|])"?\s*')
# Words that stand in the header of a Japanese staff list; they tell its older encoding from a western one.
_JAPANESE = ("氏名", "名前", "姓", "メール", "学校", "職", "所属")

BadRow = tuple[RefusalCode, dict[str, str]]
RawRow = tuple[int, list[str] | BadRow]


@dataclass(frozen=True, slots=True)
class Shape:
    """How the bytes of one file turn into rows."""

    encoding: str
    delimiter: str
    guessed: str  # the encoding in words, when it was a guess
    skip_first: bool  # the first line only names the delimiter


def find_shape(name: str, open_binary: Callable[[], BinaryIO]) -> Shape:
    """Encoding and delimiter, by looking at the whole file once. Raises UnreadableRoster for what is no text."""
    with open_binary() as stream:
        head = stream.read(HEAD)
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf\xfe\xff"):
        raise UnreadableRoster(UnreadableCode.EMPTY, {"file": name})
    for magic, looks_like in _PICTURES_AND_CO:
        if head.startswith(magic):
            raise UnreadableRoster(UnreadableCode.NOT_A_TABLE, {"file": name, "looks_like": looks_like})
    encoding, guessed = _find_encoding(name, head, open_binary)
    text = head.decode(encoding, "replace")
    lines = io.StringIO(text, newline=None).read().split("\n")[:12]
    marked = _SEP_LINE.fullmatch(lines[0])
    delimiter = marked.group(1) if marked else _find_delimiter(lines)
    return Shape(encoding, delimiter, guessed, bool(marked))


def _find_encoding(name: str, head: bytes, open_binary: Callable[[], BinaryIO]) -> tuple[str, str]:
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return encoding, ""
    if b"\0" in head:
        even, odd, half = head[::2].count(0), head[1::2].count(0), max(len(head) // 2, 1)
        if odd > 0.4 * half and even < 0.1 * half:
            return "utf-16-le", "UTF-16"
        if even > 0.4 * half and odd < 0.1 * half:
            return "utf-16-be", "UTF-16"
    strange = len(head) - len(head.translate(None, bytes([*range(9), *range(14, 27), *range(28, 32)])))
    if strange > 0.05 * len(head):
        raise UnreadableRoster(UnreadableCode.NOT_A_TABLE, {"file": name, "looks_like": "a program's own data"})
    if _is_utf8(open_binary):
        return "utf-8", ""
    return _find_older_encoding(head, open_binary)


def _is_utf8(open_binary: Callable[[], BinaryIO]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with open_binary() as stream:
        try:
            while chunk := stream.read(1 << 20):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _find_older_encoding(head: bytes, open_binary: Callable[[], BinaryIO]) -> tuple[str, str]:
    with open_binary() as stream:
        text = stream.read(1 << 20).decode("utf-8", "replace")
    broken = text.count("\ufffd")
    foreign = len(text) - len(text.encode("ascii", "ignore")) - broken
    if foreign > 20 * broken:
        return "utf-8", "UTF-8 with a few damaged characters"
    first_line = re.split(rb"[\r\n]", head, maxsplit=1)[0]
    if any(word in first_line.decode("cp932", "ignore") for word in _JAPANESE):
        return "cp932", "Shift-JIS"
    return "cp1252", "Windows-1252"


def _find_delimiter(lines: list[str]) -> str:
    """The delimiter that cuts most of the first lines into the same number of cells, and into most cells."""

    def score(delimiter: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1]
        except csv.Error:
            widths = [line.count(delimiter) + 1 for line in lines if delimiter in line]
        if not widths:
            return (0, 0)
        width, rows = Counter(widths).most_common(1)[0]
        return (rows, width)

    return max(_DELIMITERS, key=score)


class _RecordTooLong(Exception):
    """One row goes on for too many lines or characters."""


_LONG_LINE = "a line that was longer than we keep"


class _Lines:
    """Feeds `csv.reader` and remembers the lines of the current row, so that a broken row can be taken apart again."""

    def __init__(self, stream: io.TextIOWrapper, limits: Limits) -> None:
        self._stream = stream
        self._limits = limits
        self._given_back: deque[str] = deque()
        self.taken: list[str] = []
        self.size = 0
        self.ended = False
        self.nuls = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._given_back.popleft() if self._given_back else self._read()
        if not line:
            self.ended = True
            raise StopIteration
        self.taken.append(line)
        self.size += len(line)
        too_many = len(self.taken) > self._limits.record_lines or self.size > self._limits.record
        if line is _LONG_LINE or too_many:
            raise _RecordTooLong
        return line

    def _read(self) -> str:
        line = self._stream.readline(self._limits.record + 1)
        if len(line) > self._limits.record:
            rest = line
            while rest and not rest.endswith(("\n", "\r")):
                rest = self._stream.readline(self._limits.record)
            return _LONG_LINE
        if "\0" in line:
            self.nuls = True
            # A line of nothing but NULs must not look like the end of the file.
            line = line.replace("\0", "") or "\n"
        return line

    def begin_row(self) -> None:
        """Forget the lines of the row before."""
        self.taken.clear()
        self.size = 0

    def give_back(self) -> None:
        """All lines of this row but the first are to be read again, as rows of their own."""
        self._given_back.extendleft(reversed(self.taken[1:]))
        self.ended = False


def read_rows(
    shape: Shape, stream: BinaryIO, limits: Limits, *, on_nuls: Callable[[], None] | None = None
) -> Iterator[RawRow]:
    """Every row with its number as a spreadsheet shows it: its cells, or why it cannot be read. Blank rows count."""
    text = io.TextIOWrapper(stream, encoding=shape.encoding, errors="replace", newline="")
    lines = _Lines(text, limits)
    reader = csv.reader(lines, delimiter=shape.delimiter)
    number = 0
    while True:
        lines.begin_row()
        try:
            cells = next(reader)
        except StopIteration:
            break
        except (_RecordTooLong, csv.Error):
            number += 1
            yield number, _why_broken(lines)
            lines.give_back()
            continue
        number += 1
        if lines.ended:
            # The reader only asks for a line beyond the last one when it is inside quotes.
            yield number, (RefusalCode.UNCLOSED_QUOTE, {})
            lines.give_back()
            continue
        if number > 1 or not shape.skip_first:
            yield number, cells
    if lines.nuls and on_nuls:
        on_nuls()


def _why_broken(lines: _Lines) -> BadRow:
    if len(lines.taken) > 1:
        return RefusalCode.UNCLOSED_QUOTE, {}
    return RefusalCode.CELL_TOO_LONG, {"column": "…", "limit": "131072"}
