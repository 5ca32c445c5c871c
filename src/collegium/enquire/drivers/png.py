"""The same picture as PNG, for where SVG cannot be put: twice as large, in the house's own letters."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from collegium.enquire.drivers.layout import GAP_X, HEAD, LINE, PAD, WIDTH, Box, Picture
from collegium.enquire.drivers.svg import FILLS, INK, PAPER, RULE, SOFT
from collegium.enquire.enums import DriverKind

SCALE = 2
FACES = Path(__file__).resolve().parents[2] / "site" / "static" / "vendor" / "source-sans-3"


def draw_png(picture: Picture) -> bytes:
    """Return the diagram as a PNG file."""
    image = Image.new("RGB", (picture.width * SCALE, picture.height * SCALE), PAPER)
    pen = ImageDraw.Draw(image)
    for kind in picture.columns:
        _write(pen, (picture.x_of(kind), HEAD - 14), str(kind.label), SOFT, weight=600)
    for upper, lower in picture.edges:
        _line(pen, upper, lower)
    for box in picture.boxes:
        ends = (box.x, box.y, box.x + WIDTH, box.y + box.height)
        fill = FILLS[box.node.kind]
        pen.rounded_rectangle([end * SCALE for end in ends], radius=6 * SCALE, fill=fill, outline=RULE, width=SCALE)
        ink = PAPER if box.node.kind == DriverKind.AIM else INK
        for place, line in enumerate(box.lines):
            _write(pen, (box.x + PAD, box.y + PAD + 9 + LINE * place), line, ink)
    out = io.BytesIO()
    image.save(out, format="PNG", optimize=True)
    return out.getvalue()


def _line(pen: ImageDraw.ImageDraw, upper: Box, lower: Box) -> None:
    middle = upper.x + WIDTH + GAP_X / 2
    points = [(upper.x + WIDTH, upper.middle), (middle, upper.middle), (middle, lower.middle), (lower.x, lower.middle)]
    pen.line([(x * SCALE, y * SCALE) for x, y in points], fill=RULE, width=3)


def _write(pen: ImageDraw.ImageDraw, at: tuple[float, float], text: str, ink: str, weight: int = 400) -> None:
    """Write a line, each letter in the face that has it."""
    x, y = at[0] * SCALE, at[1] * SCALE
    for letter in text:
        face = _face(_script_of(letter), weight)
        pen.text((x, y), letter, font=face, fill=ink, anchor="ls")
        x += face.getlength(letter)


def _script_of(letter: str) -> str:
    code = ord(letter)
    if 0x370 <= code < 0x400:
        return "greek"
    if 0x400 <= code < 0x530:
        return "cyrillic"
    return "latin-ext" if 0x100 <= code < 0x2000 else "latin"


@lru_cache(maxsize=8)
def _face(script: str, weight: int) -> ImageFont.FreeTypeFont:
    weight = weight if script.startswith("latin") else 400
    return ImageFont.truetype(FACES / f"source-sans-3-{script}-{weight}-normal.woff", 14 * SCALE)
