"""Draws time against sheets, on two axes of powers of ten, as a small SVG."""

from __future__ import annotations

import math
from typing import Any

WIDTH, HEIGHT, LEFT, BOTTOM, EDGE = 600, 320, 64, 44, 40
COLOURS = {"numpy": "#1f5fa8", "duckdb": "#b3541e", "spark": "#2e7d4f"}


def draw(measured: list[dict[str, Any]]) -> str:
    """Return the picture: a line an engine, and the line along which ten times the sheets take ten times as long."""
    points = [(row["engine"], row["sheets"], row["analyse"]["cpu_s"]) for row in measured]
    low_x, high_x = _decades([sheets for _, sheets, _ in points])
    low_y, high_y = _decades([seconds for _, _, seconds in points])

    def x(sheets: float) -> float:
        return LEFT + (math.log10(sheets) - low_x) / (high_x - low_x) * (WIDTH - LEFT - EDGE)

    def y(seconds: float) -> float:
        return HEIGHT - BOTTOM - (math.log10(seconds) - low_y) / (high_y - low_y) * (HEIGHT - BOTTOM - EDGE)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        '<g font-family="sans-serif" font-size="12">',
        "<title>Processor seconds of the complete analysis by the number of sheets</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
    ]
    for power in range(low_x, high_x + 1):
        at = x(10**power)
        parts.append(f'<path d="M{at:.1f} {EDGE}V{HEIGHT - BOTTOM}" stroke="#dddddd"/>')
        parts.append(f'<text x="{at:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{10**power:,}</text>')
    for power in range(low_y, high_y + 1):
        at = y(10**power)
        parts.append(f'<path d="M{LEFT} {at:.1f}H{WIDTH - EDGE}" stroke="#dddddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{10.0**power:g} s</text>')
    last = max(points, key=lambda point: point[1])
    start = max(10.0**low_x, last[1] * 10.0**low_y / last[2])
    parts.append(
        f'<path d="M{x(start):.1f} {y(last[2] * start / last[1]):.1f}L{x(last[1]):.1f} {y(last[2]):.1f}" '
        'stroke="#888888" stroke-dasharray="4 4" fill="none"/>'
    )
    for place, engine in enumerate(dict.fromkeys(engine for engine, _, _ in points)):
        own = [(x(sheets), y(seconds)) for name, sheets, seconds in points if name == engine]
        colour = COLOURS.get(engine, "#444444")
        line = "L".join(f"{a:.1f} {b:.1f}" for a, b in own)
        parts.append(f'<path d="M{line}" stroke="{colour}" stroke-width="2" fill="none"/>')
        parts += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3.5" fill="{colour}"/>' for a, b in own]
        parts.append(f'<text x="{LEFT + 10}" y="{EDGE + 16 + 16 * place}" fill="{colour}">{engine}</text>')
    at = (LEFT + WIDTH) / 2
    parts.append(f'<text x="{at:.0f}" y="{HEIGHT - 8}" text-anchor="middle">sheets (dashed: exactly linear)</text>')
    return "\n".join([*parts, "</g>", "</svg>"]) + "\n"


def _decades(values: list[float]) -> tuple[int, int]:
    return math.floor(math.log10(min(values))), max(
        math.ceil(math.log10(max(values))), math.floor(math.log10(min(values))) + 1
    )
