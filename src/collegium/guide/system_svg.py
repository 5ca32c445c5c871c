"""The system picture as SVG: on the page its marks open, as a file it stands by itself."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from collegium.guide.system_layout import WIDTH, Drawn, Line, Mark

# The light theme of the house: a picture that is kept lies on paper. On the page, classes give both themes.
COLOURS = {
    "paper": "#fffdf8",
    "ink": "#211d18",
    "soft": "#57503f",
    "tie": "#57503f",
    "support": "#0e5166",
    "intent": "#8c6100",
    "enquiry": "#258766",
    "decision": "#ba5d94",
}
FONTS = "'Source Sans 3', 'Segoe UI', 'Noto Sans', sans-serif"
SCHOOL_LETTERS, THING_LETTERS = 32, 50


def write_svg(drawn: Drawn, *, with_links: bool) -> str:
    """Write the picture; with links it is a part of a page."""
    letters = min(15.0, drawn.row * 0.72)
    size = f'viewBox="0 0 {WIDTH} {drawn.height:.0f}" font-family="{FONTS}" font-size="{letters:.1f}"'
    role = "group" if with_links else "img"
    head = f'<path class="system-head" d="M0 0L8 4L0 8z" fill="{COLOURS["support"]}"/>'
    box = 'viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse"'
    named = f'role="{role}" aria-label={quoteattr(drawn.title)}'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="system-picture" {size} {named}>',
        f'<defs><marker id="system-head" {box} orient="auto">{head}</marker></defs>',
    ]
    if not with_links:
        parts.append(f'<rect width="{WIDTH}" height="{drawn.height:.0f}" fill="{COLOURS["paper"]}"/>')
    for heading in drawn.headings:
        parts.append(
            f'<text class="system-phase" x="{WIDTH / 2:.0f}" y="{heading.y:.0f}" text-anchor="middle"'
            f' font-size="14" font-weight="600" fill="{COLOURS["soft"]}">{escape(heading.title)}</text>'
        )
    parts += [_line(line, len(drawn.lines)) for line in drawn.lines]
    parts += [_mark(mark, letters, with_links=with_links) for mark in drawn.marks]
    return "\n".join([*parts, "</svg>"])


def _line(line: Line, lines: int) -> str:
    """Draw a line, the fainter the more there are."""
    strength = 0.62 if lines <= 60 else 0.34 if lines <= 200 else 0.2
    wide = 1.2 + 5 * line.weight if line.kind == "tie" else 1.6
    more = ""
    if line.kind == "support":
        strength, more = max(strength, 0.5), ' stroke-dasharray="6 4" marker-end="url(#system-head)"'
    return (
        f'<path class="system-{line.kind}" d="{line.path}" fill="none" stroke="{COLOURS[line.kind]}"'
        f' stroke-width="{wide:.1f}" stroke-opacity="{strength}"{more}/>'
    )


def _mark(mark: Mark, letters: float, *, with_links: bool) -> str:
    drawn = _school(mark, letters) if mark.kind == "school" else _thing(mark)
    said = f"{mark.title}. {mark.note}" if mark.note else mark.title
    inner = f"<title>{escape(said)}</title>{drawn}"
    if with_links and mark.url:
        return f'<a href={quoteattr(mark.url)} class="system-mark">{inner}</a>'
    return f"<g>{inner}</g>"


def _school(mark: Mark, letters: float) -> str:
    radius = min(6.0, letters * 0.42)
    look = (
        f'fill="{COLOURS["paper"]}" stroke="{COLOURS["soft"]}" class="system-school system-closed"'
        if mark.is_faint
        else f'fill="{COLOURS["ink"]}" stroke="{COLOURS["ink"]}" class="system-school"'
    )
    x, anchor = (mark.x - 14, "end") if mark.is_left else (mark.x + 14, "start")
    return (
        f'<circle cx="{mark.x:.0f}" cy="{mark.y:.1f}" r="{radius:.1f}" stroke-width="1.5" {look}/>'
        f'<text class="system-name" x="{x:.0f}" y="{mark.y + letters * 0.34:.1f}" text-anchor="{anchor}"'
        f' fill="{COLOURS["ink"]}">{escape(shorten(mark.title, SCHOOL_LETTERS))}</text>'
    )


def _thing(mark: Mark) -> str:
    x, y = mark.x, mark.y
    colour = COLOURS[mark.kind]
    shape = {
        "intent": f'<path d="M{x:.0f} {y - 9:.1f}L{x + 9:.0f} {y:.1f}L{x:.0f} {y + 9:.1f}L{x - 9:.0f} {y:.1f}z"',
        "enquiry": f'<circle cx="{x:.0f}" cy="{y:.1f}" r="7.5"',
        "decision": f'<rect x="{x - 7:.0f}" y="{y - 7:.1f}" width="14" height="14"',
    }[mark.kind]
    title = escape(shorten(mark.title, THING_LETTERS))
    return (
        f'{shape} fill="{colour}" class="system-thing system-{mark.kind}"/>'
        f'<text class="system-name system-halo" x="{x:.0f}" y="{y + 22:.1f}" text-anchor="middle" font-size="13"'
        f' fill="{COLOURS["ink"]}" stroke="{COLOURS["paper"]}" stroke-width="4" stroke-linejoin="round"'
        f' paint-order="stroke">{title}</text>'
    )


def shorten(text: str, letters: int) -> str:
    """Return the text, or its beginning with a mark that there is more."""
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"
