"""A driver diagram as SVG. It carries its own colours, for where no style sheet is; on a page the page's rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from collegium.enquire.drivers.layout import GAP_X, HEAD, LINE, PAD, WIDTH, Box, Picture
from collegium.enquire.enums import DriverKind

FONTS = "'Source Sans 3', 'Segoe UI', Helvetica, Arial, sans-serif"
PAPER, INK, SOFT, RULE = "#ffffff", "#211d18", "#57503f", "#80755e"
FILLS: Mapping[str, str] = {
    DriverKind.AIM: "#0e5166",
    DriverKind.PRIMARY: "#dcebec",
    DriverKind.SECONDARY: "#f3ecdd",
    DriverKind.IDEA: "#fffdf8",
    DriverKind.MEASURE: "#fffdf8",
}


def draw(picture: Picture, *, title: str, about: str, url: Callable[[str], str] | None = None) -> str:
    """Return the diagram as one SVG element; with `url`, each box is a link by its id."""
    size = f'viewBox="0 0 {picture.width} {picture.height}" width="{picture.width}" height="{picture.height}"'
    look = f'font-family="{FONTS}" font-size="14" fill="{INK}"'
    role = "group" if url else "img"
    named = f'role="{role}" aria-labelledby="drivers-title drivers-about"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drivers-picture" {size} {look} {named}>',
        f'<title id="drivers-title">{escape(title)}</title><desc id="drivers-about">{escape(about)}</desc>',
    ]
    if url is None:
        parts.append(f'<rect class="drivers-paper" width="{picture.width}" height="{picture.height}" fill="{PAPER}"/>')
    for kind in picture.columns:
        parts.append(
            f'<text class="drivers-head" x="{picture.x_of(kind)}" y="{HEAD - 14}" font-weight="600" fill="{SOFT}">'
            f"{escape(str(kind.label))}</text>"
        )
    edges = "".join(_edge(upper, lower) for upper, lower in picture.edges)
    parts.append(f'<path class="drivers-edges" d="{edges}" fill="none" stroke="{RULE}" stroke-width="1.5"/>')
    parts += [_box(box, url) for box in picture.boxes]
    return "\n".join([*parts, "</svg>\n"])


def _edge(upper: Box, lower: Box) -> str:
    x1, bend = upper.x + WIDTH, GAP_X // 2
    # Level at the height of the lower box, where no other box stands in the way.
    turn = f"C{x1 + bend} {upper.middle:g} {x1 + bend} {lower.middle:g} {x1 + GAP_X} {lower.middle:g}"
    return f"M{x1} {upper.middle:g}{turn}H{lower.x}"


def _box(box: Box, url: Callable[[str], str] | None) -> str:
    node = box.node
    ink = ' fill="#ffffff"' if node.kind == DriverKind.AIM else ""
    dash = ' stroke-dasharray="4 3"' if node.kind == DriverKind.MEASURE else ""
    lines = "".join(
        f'<tspan x="{box.x + PAD}" y="{box.y + PAD + 9 + LINE * place:g}">{escape(line)}</tspan>'
        for place, line in enumerate(box.lines)
    )
    inner = (
        f"<title>{escape(f'{DriverKind(node.kind).label}: {node.text}')}</title>"
        f'<rect x="{box.x}" y="{box.y:g}" width="{WIDTH}" height="{box.height}" rx="6" fill="{FILLS[node.kind]}"'
        f' stroke="{RULE}"{dash}/><text{ink}>{lines}</text>'
    )
    look = f'class="drivers-box drivers-{node.kind}" data-node="{node.id}" data-kind="{node.kind}"'
    return f'<a {look} href="{escape(url(node.id))}">{inner}</a>' if url else f"<g {look}>{inner}</g>"
