"""A laid-out line as SVG: colours come from the page's style sheet, names and titles are escaped."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from html import escape

from collegium.intend.throughline.graph import Graph
from collegium.intend.throughline.layout import Layout, Spot

WIDTH, HEIGHT, GAP, STEP, HEAD = 196, 42, 44, 54, 30
LETTERS = 29  # that fit on a line of a box
MARGIN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What stands in and around a drawing, in the reader's language; `below` writes how many are folded."""

    title: str
    about: str
    columns: Mapping[str, str]
    states: Mapping[str, str]
    open_text: Callable[[int], str]
    fold_text: str


def draw(
    graph: Graph,
    layout: Layout,
    words: Words,
    *,
    gaps: Collection[str] = (),
    fold_url: Callable[[str], str] | None = None,
) -> str:
    """Return the drawing as one SVG element; nodes with an address are links, folds are links beside them."""
    marked = frozenset(gaps)
    width = MARGIN * 2 + len(layout.columns) * (WIDTH + GAP) - GAP + 24
    height = HEAD + max(layout.rows, 1) * STEP + MARGIN
    spots = {spot.id: spot for spot in layout.spots}
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    named = 'role="group" aria-labelledby="line-title line-about"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="line-picture" {size} {named}>',
        f'<title id="line-title">{escape(words.title)}</title><desc id="line-about">{escape(words.about)}</desc>',
    ]
    for place, kind in enumerate(layout.columns):
        parts.append(f'<text class="line-head" x="{_x(place)}" y="18">{escape(words.columns[kind])}</text>')
    edges = "".join(_edge(spots[upper], spots[lower]) for upper, lower in layout.edges)
    parts.append(f'<path class="line-edges" d="{edges}"/>')
    for spot in layout.spots:
        parts.append(_box(graph, spot, words, is_gap=spot.id in marked))
        if fold_url is not None and spot.has_below:
            parts.append(_fold(spot, words, fold_url(spot.id)))
    parts.append("</svg>")
    return "\n".join(parts)


def _x(column: int) -> int:
    return MARGIN + column * (WIDTH + GAP)


def _y(row: float) -> float:
    return HEAD + row * STEP


def _edge(upper: Spot, lower: Spot) -> str:
    x1, y1 = _x(upper.column) + WIDTH, _y(upper.row) + HEIGHT / 2
    x2, y2 = _x(lower.column), _y(lower.row) + HEIGHT / 2
    bend = GAP / 2
    # It runs level to the column before, so that it does not cross the boxes between.
    level = x2 - GAP
    return f"M{x1} {y1:g}H{level}C{level + bend:g} {y1:g} {x2 - bend:g} {y2:g} {x2} {y2:g}"


def _box(graph: Graph, spot: Spot, words: Words, *, is_gap: bool) -> str:
    node = graph.nodes[spot.id]
    x, y = _x(spot.column), _y(spot.row)
    look = f"line-box line-{node.kind}" + (" line-gap" if is_gap else "") + ("" if node.is_living else " line-past")
    kind = words.columns.get(node.kind, node.kind)
    full = f"{words.states.get(node.kind, kind)}: {node.title}" + (f" ({node.words})" if node.words else "")
    first, second = _two_lines(node.title, node.words)
    inner = (
        f'<title>{escape(full)}</title><rect x="{x}" y="{y:g}" width="{WIDTH}" height="{HEIGHT}" rx="6"/>'
        f'<text x="{x + 9}" y="{y + (18 if second else 26):g}">{escape(first)}</text>'
    )
    if second:
        look_of_second = "line-words" if node.words else "line-more"
        inner += f'<text class="{look_of_second}" x="{x + 9}" y="{y + 34:g}">{escape(second)}</text>'
    if is_gap:
        inner += f'<text class="line-mark" x="{x + WIDTH - 14}" y="{y + 17:g}" aria-hidden="true">!</text>'
    if node.url:
        return f'<a class="{look}" href="{escape(node.url)}">{inner}</a>'
    return f'<g class="{look}">{inner}</g>'


def _fold(spot: Spot, words: Words, url: str) -> str:
    x, y = _x(spot.column) + WIDTH + 3, _y(spot.row) + HEIGHT / 2
    sign = f"+{spot.folded}" if spot.folded else "−"
    text = words.open_text(spot.folded) if spot.folded else words.fold_text
    wide = 10 + 7 * len(sign)
    return (
        f'<a class="line-fold" href="{escape(url)}"><title>{escape(text)}</title>'
        f'<rect x="{x}" y="{y - 12:g}" width="{max(wide, 24)}" height="24" rx="12"/>'
        f'<text x="{x + max(wide, 24) / 2:g}" y="{y + 4:g}" text-anchor="middle">{sign}</text></a>'
    )


def _two_lines(title: str, words: str) -> tuple[str, str]:
    """Return what fits into a box: the title on one line with what is said of it, or the title on two."""
    if words:
        return _cut(title), _cut(words)
    if len(title) <= LETTERS:
        return title, ""
    space = title.rfind(" ", 0, LETTERS + 1)
    at = space if space > LETTERS // 3 else LETTERS
    return title[:at], _cut(title[at:].strip())


def _cut(text: str) -> str:
    return text if len(text) <= LETTERS else f"{text[: LETTERS - 1].rstrip()}…"
