"""The report of a unit as PDF: one page of A4, whatever it holds. What is written comes in as words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from collegium.listen.printing import INK, SOFT, begin, fit

if TYPE_CHECKING:
    from fpdf import FPDF

MARGIN, GAP, FOOT = 16.0, 8.0, 18.0  # the foot is kept free for where more is to be read
IN_A_ROW = 4
SIZES = (10.5, 9.5, 8.75, 8.0)  # the largest at which everything fits; below the last nobody reads
LONGEST = 320  # letters of a text: to break it into lines takes a while for each of them
STEP = 3.0
ABOVE, BELOW, APART = 3.5, 0.8, 1.2  # the room around a heading, and between sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetNumber:
    """A number: what it is of, the number, and what it rests on; or, without one, why it is not known."""

    label: str
    value: str
    beside: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPart:
    """A heading with its sentences."""

    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What the page says, from top to bottom: `more` at its foot where a part was left out, else `source`."""

    language: str
    kicker: str
    title: str
    lede: str
    numbers: tuple[SheetNumber, ...]
    parts: tuple[SheetPart, ...]
    source: str
    more: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A few lines that stay together: a sentence, with its heading if it is the first."""

    heading: tuple[str, ...]
    lines: tuple[str, ...]
    height: float


def draw_sheet(sheet: Sheet) -> bytes:
    """Return the page as PDF."""
    from fpdf.prefs import ViewerPreferences

    pdf = begin("a4", f"{sheet.title}. {sheet.lede}")
    pdf.set_lang(sheet.language)
    pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
    pdf.c_margin = 0
    pdf.add_page()
    top = _draw_numbers(pdf, sheet.numbers, _draw_head(pdf, sheet))
    is_whole = _draw_parts(pdf, sheet.parts, top)
    pdf.set_text_color(*SOFT if is_whole else INK)
    _draw_lines(
        pdf, _break(pdf, sheet.source if is_whole else sheet.more, _inner(pdf), 9, most=2), MARGIN, pdf.h - FOOT
    )
    return bytes(pdf.output())


def _inner(pdf: FPDF) -> float:
    return pdf.w - 2 * MARGIN


def _leading(size: float) -> float:
    return size * 0.45


def _break(pdf: FPDF, text: str, width: float, size: float, style: str = "", *, most: int) -> tuple[str, ...]:
    """Break a text into lines, at most so many; leaves its font as the present one."""
    pdf.set_font("Sans", style, size)
    text = text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"
    lines: list[str] = pdf.multi_cell(width, text=text, dry_run=True, output="LINES", align="L")  # type: ignore[assignment]
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], fit(pdf, " ".join(lines[most - 1 : most + 1]), width))


def _draw_lines(pdf: FPDF, lines: tuple[str, ...], x: float, y: float) -> float:
    """Draw lines in the present font, and return where the next would stand."""
    height = _leading(pdf.font_size_pt)
    for line in lines:
        pdf.set_xy(x, y)
        pdf.cell(0, height, line)
        y += height
    return y


def _draw_head(pdf: FPDF, sheet: Sheet) -> float:
    y = MARGIN - 2
    for text, size, style, most, color in (
        (sheet.kicker, 10, "", 1, SOFT),
        (sheet.title, 22, "B", 2, INK),
        (sheet.lede, 11, "", 2, SOFT),
    ):
        pdf.set_text_color(*color)
        y = _draw_lines(pdf, _break(pdf, text, _inner(pdf), size, style, most=most), MARGIN, y) + 1
    return y + 4


def _draw_numbers(pdf: FPDF, numbers: tuple[SheetNumber, ...], y: float) -> float:
    """Draw the numbers side by side, and return where they end."""
    width = _inner(pdf) / IN_A_ROW
    for first in range(0, len(numbers), IN_A_ROW):
        pdf.set_draw_color(*SOFT)
        pdf.line(MARGIN, y, pdf.w - MARGIN, y)
        row = numbers[first : first + IN_A_ROW]
        y = max(_draw_number(pdf, one, MARGIN + width * place, y + 2, width - 4) for place, one in enumerate(row)) + 3
    pdf.line(MARGIN, y, pdf.w - MARGIN, y)
    return y + 5


def _draw_number(pdf: FPDF, number: SheetNumber, x: float, y: float, width: float) -> float:
    pdf.set_text_color(*SOFT)
    y = _draw_lines(pdf, _break(pdf, number.label, width, 8.5, most=2), x, y)
    pdf.set_text_color(*INK)
    if number.value:
        y = _draw_lines(pdf, _break(pdf, number.value, width, 16, "B", most=1), x, y + 0.5)
    if number.beside:
        y = _draw_lines(pdf, _break(pdf, number.beside, width, 8.5, most=4), x, y + 0.5)
    return y


def _draw_parts(pdf: FPDF, parts: tuple[SheetPart, ...], top: float) -> bool:
    """Draw the parts in two columns of like height, as large as they can be; whether all of it had room."""
    room = pdf.h - FOOT - 3 - top
    width = (_inner(pdf) - GAP) / 2
    for size in SIZES:
        rows = _take(_list_rows(pdf, parts, width, size), 2 * room)
        if (height := _height_of_two(rows, room)) is not None:
            break
    columns = _fill(rows, room if height is None else height)
    for place, column in enumerate(columns):
        _draw_column(pdf, column, MARGIN + place * (width + GAP), top, size)
    return height is not None


def _list_rows(pdf: FPDF, parts: tuple[SheetPart, ...], width: float, size: float) -> Iterator[_Row]:
    for part in parts:
        heading = _break(pdf, part.title, width, size + 1.5, "B", most=2)
        for sentence in part.sentences:
            lines = _break(pdf, sentence, width, size, most=8)
            height = len(heading) * _leading(size + 1.5) + len(lines) * _leading(size) + APART
            yield _Row(heading, lines, height + (ABOVE + BELOW if heading else 0))
            heading = ()


def _take(rows: Iterator[_Row], room: float) -> list[_Row]:
    """Take rows until there are more than the room holds: what comes after them need not be measured."""
    taken: list[_Row] = []
    while room >= 0 and (row := next(rows, None)) is not None:
        taken.append(row)
        room -= row.height
    return taken


def _height_of_two(rows: list[_Row], room: float) -> float | None:
    """The least height of two columns that hold everything, the second with a heading on top if that can be.

    None where the room is too little.
    """
    least = min(room, sum(row.height for row in rows) / 2)
    holding: float | None = None
    for height in (*(least + step * STEP for step in range(int((room - least) / STEP) + 1)), room):
        first, second = _fill(rows, height)
        if len(first) + len(second) < len(rows):
            continue
        if not second or second[0].heading:
            return height
        holding = holding or height
    return holding


def _fill(rows: list[_Row], height: float) -> tuple[list[_Row], list[_Row]]:
    """Fill one column after the other; what has no room, and all after it, is left out."""
    columns: tuple[list[_Row], list[_Row]] = ([], [])
    waiting = iter(rows)
    row = next(waiting, None)
    for column in columns:
        left = height
        while row is not None and row.height <= left:
            column.append(row)
            left -= row.height
            row = next(waiting, None)
    return columns


def _draw_column(pdf: FPDF, rows: list[_Row], x: float, y: float, size: float) -> None:
    pdf.set_text_color(*INK)
    if rows and rows[0].heading:
        y -= ABOVE
    for row in rows:
        if row.heading:
            pdf.set_font("Sans", "B", size + 1.5)
            y = _draw_lines(pdf, row.heading, x, y + ABOVE) + BELOW
        pdf.set_font("Sans", "", size)
        y = _draw_lines(pdf, row.lines, x, y) + APART
