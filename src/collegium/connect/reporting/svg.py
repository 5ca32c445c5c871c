"""A map as a picture that stands by itself: for paper, for files, and for browsers without script."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot, sqrt
from xml.sax.saxutils import escape, quoteattr

from collegium.connect.reporting.maps import SIDE
from collegium.connect.reporting.pictures import Picture, PictureLayer

# The light theme of the house: a picture that is saved or printed lies on paper.
PAPER, INK, SOFT, ACCENT = "#fffdf8", "#211d18", "#57503f", "#0e5166"
HUES = ("#0a5f9e", "#962e00", "#258766", "#8c6100", "#3f8fc0", "#ba5d94", "#8f8a12", "#4a443d")
LETTERS = 190
LETTER_WIDTH = 0.62  # of its size; a picture cannot bring the house's font, and others run wide in bold
FONTS = "'Source Sans 3', 'Segoe UI', 'Noto Sans', sans-serif"
NONE = -1


def write_svg(picture: Picture, *, layer: str = "", team: str = "", level: str = "", letters: int = LETTERS) -> str:
    """Write the map as a picture that stands by itself, the marks of other teams or levels made faint."""
    chosen = picture.find_layer(layer)
    wanted_team = next((place for place, each in enumerate(picture.groups) if each.key == team), NONE) if team else None
    wanted_level = picture.level_keys.index(level) if level in picture.level_keys else None
    seen = [
        (wanted_team is None or group == wanted_team) and (wanted_level is None or at == wanted_level)
        for group, at in zip(picture.group, picture.level, strict=True)
    ]
    title = f"{picture.title}: {chosen.title}" if chosen else picture.title
    box = f'viewBox="0 0 {SIDE} {SIDE}" font-family="{FONTS}" font-size="{letters}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" aria-label={quoteattr(title)}>',
        f"<title>{escape(title)}</title>",
        f'<rect width="{SIDE}" height="{SIDE}" fill="{PAPER}"/>',
    ]
    if chosen:
        parts += _arrows(picture, chosen) if picture.kind == "groups" else _lines(picture, chosen, seen)
    parts += [_mark(picture, mark, faint=not seen[mark]) for mark in range(len(picture.x))]
    parts += _titles(picture, seen, letters)
    return "\n".join([*parts, "</svg>\n"])


def _lines(picture: Picture, layer: PictureLayer, seen: Sequence[bool]) -> list[str]:
    many = len(layer.ends) > 6000
    ends = zip(layer.ends[::2], layer.ends[1::2], strict=True)
    path = "".join(
        f"M{picture.x[one]} {picture.y[one]}L{picture.x[other]} {picture.y[other]}"
        for one, other in ends
        if seen[one] and seen[other]
    )
    wide, strong = (8, 0.16) if many else (14, 0.34)
    return [f'<path d="{path}" fill="none" stroke="{SOFT}" stroke-width="{wide}" stroke-opacity="{strong}"/>']


def _arrows(picture: Picture, layer: PictureLayer) -> list[str]:
    ends = list(zip(layer.ends[::2], layer.ends[1::2], layer.counts or (), strict=True))
    most = max((count for one, other, count in ends if one != other), default=1)
    return [_arrow(picture, one, other, 12 + 60 * sqrt(count / most)) for one, other, count in ends if one != other]


def _arrow(picture: Picture, one: int, other: int, wide: float) -> str:
    """Draw a bent arrow, so that there and back lie beside each other."""
    (x1, y1), (x2, y2) = _at(picture, one), _at(picture, other)
    length = hypot(x2 - x1, y2 - y1) or 1.0
    bend = min(280.0, length * 0.12)
    cx, cy = (x1 + x2) / 2 - (y2 - y1) / length * bend, (y1 + y2) / 2 + (x2 - x1) / length * bend
    along = hypot(x2 - cx, y2 - cy) or 1.0
    dx, dy = (x2 - cx) / along, (y2 - cy) / along
    head, gap = 50 + wide * 1.6, _radius(picture, other) + 20
    ex, ey = x2 - dx * gap, y2 - dy * gap
    corners = [(ex, ey)]
    corners += [(ex - dx * head - dy * head * side, ey - dy * head + dx * head * side) for side in (0.55, -0.55)]
    points = " ".join(f"{x:.0f},{y:.0f}" for x, y in corners)
    end = f"{ex - dx * head * 0.8:.0f} {ey - dy * head * 0.8:.0f}"
    line = f'<path d="M{x1} {y1}Q{cx:.0f} {cy:.0f} {end}" fill="none" stroke-width="{wide:.0f}"/>'
    return f'<g opacity="0.5" stroke="{SOFT}" fill="{SOFT}">{line}<polygon points="{points}" stroke="none"/></g>'


def _at(picture: Picture, mark: int) -> tuple[int, int]:
    return picture.x[mark], picture.y[mark]


def _radius(picture: Picture, mark: int) -> float:
    if picture.size is not None:
        return max(110.0, SIDE * 0.045 * sqrt(picture.size[mark] / max(picture.size)))
    return max(26.0, SIDE * 0.13 / sqrt(len(picture.x) + 4))


def _mark(picture: Picture, mark: int, *, faint: bool) -> str:
    x, y = _at(picture, mark)
    group, radius = picture.group[mark], _radius(picture, mark)
    edge = SOFT if group < 0 else PAPER
    look = f'fill="{_colour(picture, mark)}" stroke="{edge}" stroke-width="{min(20.0, radius * 0.3):.0f}"'
    look += ' opacity="0.12"' if faint else ""
    shape = 0 if group < 0 or picture.size else group // len(HUES) % 4
    if shape == 0:
        return f'<circle cx="{x}" cy="{y}" r="{radius:.0f}" {look}/>'
    corners = {
        1: ((-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)),
        2: ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
        3: ((0, -1.2), (1.1, 0.85), (-1.1, 0.85)),
    }[shape]
    points = " ".join(f"{x + dx * radius:.0f},{y + dy * radius:.0f}" for dx, dy in corners)
    return f'<polygon points="{points}" {look}/>'


def _colour(picture: Picture, mark: int) -> str:
    """Return a colour for each team; among schools only the reader's own stand out."""
    group = picture.group[mark]
    if picture.size is None:
        return PAPER if group < 0 else HUES[group % len(HUES)]
    return ACCENT if picture.groups[mark].url or not any(each.url for each in picture.groups) else SOFT


def _titles(picture: Picture, seen: Sequence[bool], letters: int) -> list[str]:
    found = (
        _group_titles(picture, letters) if picture.size else [*_names(picture, letters), *_team_titles(picture, seen)]
    )
    drawn: list[str] = []
    written: list[tuple[float, float, float]] = []
    for text, x, y in found:
        wide = len(text) * letters * LETTER_WIDTH
        middle = min(max(x, wide / 2 + 60), SIDE - wide / 2 - 60)
        if any(abs(middle - a) < (wide + b) / 2 and abs(y - c) < letters * 1.2 for a, b, c in written):
            continue
        written.append((middle, wide, y))
        drawn.append(
            f'<text x="{middle:.0f}" y="{y:.0f}" text-anchor="middle" dominant-baseline="middle" font-weight="600"'
            f' fill="{INK}" stroke="{PAPER}" stroke-width="50" stroke-linejoin="round" paint-order="stroke">'
            f"{escape(text)}</text>"
        )
    return drawn


def _group_titles(picture: Picture, letters: int) -> list[tuple[str, float, float]]:
    found = []
    for mark in sorted(range(len(picture.x)), key=lambda mark: -(picture.size or [0])[mark]):
        x, y = _at(picture, mark)
        below = _radius(picture, mark) + letters * 0.8
        found.append((picture.groups[mark].short, float(x), y - below if y + below > SIDE - letters else y + below))
    return found


def _names(picture: Picture, letters: int) -> list[tuple[str, float, float]]:
    return [
        (name, float(picture.x[mark]), picture.y[mark] - _radius(picture, mark) - letters * 0.7)
        for mark, name in picture.names.items()
    ]


def _team_titles(picture: Picture, seen: Sequence[bool]) -> list[tuple[str, float, float]]:
    found = []
    for place, group in enumerate(picture.groups):
        marks = [mark for mark, of in enumerate(picture.group) if of == place and seen[mark]]
        if marks:
            middle = len(marks) // 2
            x, y = sorted(picture.x[mark] for mark in marks)[middle], sorted(picture.y[mark] for mark in marks)[middle]
            found.append((len(marks), group.short, float(x), max(float(y) - _radius(picture, 0) - LETTERS, LETTERS)))
    return [(text, x, y) for _size, text, x, y in sorted(found, key=lambda each: -each[0])]
