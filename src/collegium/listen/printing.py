"""Slips and posters as PDF: drawn here, in our own typeface, without a browser and without asking anybody.

What is printed comes in as words; nothing in this module knows a table.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fpdf import FPDF

FONTS = Path(__file__).resolve().parent.parent / "site" / "static" / "vendor" / "source-sans-3"
_FACES = (
    ("Sans", "", "latin-400"),
    ("Sans", "B", "latin-600"),
    ("Extended", "", "latin-ext-400"),
    ("Extended", "B", "latin-ext-600"),
    ("Cyrillic", "", "cyrillic-400"),
    ("Greek", "", "greek-400"),
)
PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
MARGIN = 12.0
COLUMNS, ROWS = 2, 5
HEAD = 20.0
HOW, FINE = 9.0, 8.0  # the sizes of the sentences on a slip
MASK = 4  # any of the eight patterns can be read; trying out which looks best takes most of the time
INK, SOFT, CUT = (33, 29, 24), (87, 80, 63), (150, 140, 118)
# Letters that no face holds are drawn as boxes. Both of these would log which letters there are.
for _library in ("fpdf", "fontTools"):
    logging.getLogger(_library).setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSlip:
    """One slip: its code as it is read, and the address behind its picture code."""

    code: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedGroup:
    """A page or more of slips for one group, with what stands at its head and on each slip."""

    heading: str
    note: str
    slips: tuple[PrintedSlip, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipWords:
    """What every slip says."""

    title: str
    label: str
    how: str
    fine: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Poster:
    """What a poster says, from top to bottom; `notes` stand under the steps, one each, in smaller letters."""

    kicker: str
    title: str
    steps: tuple[str, ...]
    address: str
    promise: str
    dates: str
    notes: tuple[str, ...] = ()


def draw_slips(words: SlipWords, groups: Iterable[PrintedGroup], *, paper: str) -> bytes:
    """Return the slips as PDF: every group begins on a page of its own, and slips are cut along dashed lines."""
    pdf = begin(paper, words.title)
    per_page = COLUMNS * ROWS
    slip: _Slip | None = None
    for group in groups:
        for first in range(0, len(group.slips), per_page):
            pdf.add_page()
            _draw_head(pdf, group)
            slip = slip or _Slip(pdf, words)
            for place, each in enumerate(group.slips[first : first + per_page]):
                slip.draw(each, place)
    return bytes(pdf.output())


def draw_poster(poster: Poster, *, paper: str) -> bytes:
    """Return a poster of one page as PDF."""
    pdf = begin(paper, poster.title)
    pdf.add_page()
    width = pdf.w - 2 * 20
    pdf.set_xy(20, 24)
    _write(pdf, poster.kicker, size=18, color=SOFT, width=width, align="C", x=20)
    _write(pdf, poster.title, size=34, style="B", width=width, align="C", x=20, after=8)
    side = 60.0 if poster.notes else 96.0
    _draw_code(pdf, poster.address, (pdf.w - side) / 2, pdf.get_y(), side)
    pdf.set_y(pdf.get_y() + side + 2)
    _write(pdf, poster.address, size=10, color=SOFT, width=width, align="C", x=20, after=8)
    for step, note in zip_longest(poster.steps, poster.notes, fillvalue=""):
        _write(pdf, step, size=17, width=width - 20, align="L", x=30, after=0 if note else 2)
        if note:
            _write(pdf, note, size=12, color=SOFT, width=width - 20, align="L", x=30, after=4)
    pdf.set_y(pdf.get_y() + 5)
    _write(pdf, poster.promise, size=14, width=width - 20, align="L", x=30, after=4)
    _write(pdf, poster.dates, size=14, style="B", width=width - 20, align="L", x=30)
    return bytes(pdf.output())


def begin(paper: str, title: str) -> FPDF:
    """Return an empty document in our typeface; pages are added, and broken, by whoever draws on it."""
    from fpdf import FPDF  # and with it a library of typefaces: a fifth of every start, for the few that print

    pdf = FPDF(unit="mm", format=PAPERS[paper])
    pdf.set_margin(0)
    pdf.set_auto_page_break(False)
    for family, style, name in _FACES:
        pdf.add_font(family, style, FONTS / f"source-sans-3-{name}-normal.woff")
    pdf.set_fallback_fonts(["Extended", "Cyrillic", "Greek"], exact_match=False)
    pdf.set_title(title)
    return pdf


def _write(
    pdf: FPDF,
    text: str,
    *,
    size: float,
    width: float,
    x: float,
    style: str = "",
    color: Sequence[int] = INK,
    align: str = "L",
    after: float = 1,
) -> None:
    pdf.set_font("Sans", style, size)
    pdf.set_text_color(*color)
    pdf.set_x(x)
    pdf.multi_cell(width, size * 0.45, text, align=align, new_x="LMARGIN", new_y="NEXT")
    pdf.set_y(pdf.get_y() + after)


def fit(pdf: FPDF, text: str, width: float) -> str:
    """Cut a line that is too long, in the present font."""
    if pdf.get_string_width(text) <= width:
        return text
    while text and pdf.get_string_width(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _line(pdf: FPDF, text: str, x: float, y: float, width: float, *, size: float, style: str = "") -> None:
    pdf.set_font("Sans", style, size)
    pdf.set_xy(x, y)
    pdf.cell(width, size * 0.45, fit(pdf, text, width - 2))


def _draw_head(pdf: FPDF, group: PrintedGroup) -> None:
    pdf.set_text_color(*INK)
    _line(pdf, group.heading, MARGIN, 7, pdf.w - 2 * MARGIN, size=14, style="B")
    pdf.set_text_color(*SOFT)
    _line(pdf, group.note, MARGIN, 14, pdf.w - 2 * MARGIN, size=10)


class _Slip:
    """Where everything stands on a slip; its sentences are the same on each and broken into lines once."""

    def __init__(self, pdf: FPDF, words: SlipWords) -> None:
        self.pdf = pdf
        self.words = words
        self.width = (pdf.w - 2 * MARGIN) / COLUMNS
        self.height = (pdf.h - HEAD - MARGIN) / ROWS
        self.side = min(32.0, self.height - 16)
        self.room = self.width - self.side - 9
        self.how = self._break(words.how, self.room, HOW)
        self.fine = self._break(words.fine, self.width - 8, FINE)

    def _break(self, text: str, width: float, size: float) -> list[str]:
        self.pdf.set_font("Sans", "", size)
        return list(self.pdf.multi_cell(width, text=text, dry_run=True, output="LINES"))  # type: ignore[arg-type]

    def draw(self, slip: PrintedSlip, place: int) -> None:
        """Draw one slip at its place on the page."""
        pdf, width, height = self.pdf, self.width, self.height
        x = MARGIN + width * (place % COLUMNS)
        y = HEAD + height * (place // COLUMNS)
        pdf.set_draw_color(*CUT)
        pdf.set_line_width(0.2)
        pdf.set_dash_pattern(dash=1.5, gap=1.5)
        pdf.rect(x, y, width, height)
        pdf.set_dash_pattern()
        _draw_code(pdf, slip.address, x + 4, y + 4, self.side)
        left = x + self.side + 7
        pdf.set_text_color(*INK)
        _line(pdf, self.words.title, left, y + 5, self.room, size=11, style="B")
        pdf.set_text_color(*SOFT)
        _line(pdf, self.words.label, left, y + 12, self.room, size=9)
        pdf.set_text_color(*INK)
        pdf.set_char_spacing(0.6)
        _line(pdf, slip.code, left, y + 16.5, self.room, size=17, style="B")
        pdf.set_char_spacing(0)
        for number, text in enumerate(self.how):
            _line(pdf, text, left, y + 26 + 4 * number, self.room + 2, size=HOW)
        pdf.set_text_color(*SOFT)
        for number, text in enumerate(self.fine):
            _line(pdf, text, x + 4, y + height - 11 + 3.6 * number, width - 4, size=FINE)


def _draw_code(pdf: FPDF, address: str, x: float, y: float, side: float) -> None:
    picture = io.BytesIO()
    import segno  # slow to load, and only needed here

    segno.make(address, error="m", micro=False, mask=MASK).save(picture, kind="png", scale=4, border=2)
    pdf.image(picture, x, y, side, side)
