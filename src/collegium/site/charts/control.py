"""Drawings of control charts: points, centre line, limits, baseline, notes; ready for a template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from collegium.base.figures import ChartPoint, ControlChart
from collegium.site.charts import facets, numbers
from collegium.site.charts.scales import Scale, make_ticks, nice_ends

HEIGHT, SMALL_HEIGHT, EDGE = 220, 120, 12


@dataclass(frozen=True, slots=True)
class Mark:
    """A point drawn: `x` in percent, `y` in pixels; `note` is the number of its note, 0 for none."""

    x: float
    y: float
    mark: str
    note: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """What happened at a point: its number in the picture, when, and what."""

    number: int
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class ControlDrawing:
    """Paths of lines in percent and pixels, points, an axis and its breaks (beginning and width), notes."""

    hue: int
    height: float
    line: str
    centre: str
    limits: str
    target: float | None
    baseline_end: float | None
    breaks: tuple[tuple[float, float], ...]
    marks: tuple[Mark, ...]
    notes: tuple[Note, ...]
    ticks: tuple[tuple[float, str], ...]
    first: str
    last: str
    last_words: str


def draw_control_chart(chart: ControlChart, *, height: float = HEIGHT) -> ControlDrawing:
    """Draw a chart: across in percent of the width, up and down in pixels."""
    count = len(chart.points)
    across = Scale(0, max(1, count - 1), 3, 97)
    whole = chart.style == "count"
    # Percentages are written whole, so their axis is made of whole ones.
    unit = 0.01 if chart.style == "percent" else 1.0
    low, high = nice_ends([value / unit for value in _values(chart)], whole=whole or unit < 1)
    axis = Scale(low, high, height - EDGE, EDGE)
    up = Scale(low * unit, high * unit, height - EDGE, EDGE)
    notes = tuple(
        Note(number, point.label, point.note)
        for number, point in enumerate((point for point in chart.points if point.note), start=1)
    )
    known = [point for point in chart.points if point.value is not None]
    return ControlDrawing(
        hue=facets.hue_of(chart.key),
        height=height,
        line=_path([point.value for point in chart.points], across, up),
        centre=_steps([point.centre for point in chart.points], across, up),
        limits=" ".join(filter(None, (_steps(line, across, up) for line in _limits(chart)))),
        target=None if chart.target is None else up.place(chart.target),
        baseline_end=across.place(chart.baseline - 0.5) if 0 < chart.baseline < count else None,
        breaks=tuple(_breaks(chart.points, across)),
        marks=tuple(_marks(chart.points, across, up)),
        notes=notes,
        ticks=tuple(
            (tick.position, numbers.write_value(tick.value * unit, chart.style))
            for tick in make_ticks(axis, whole=whole or unit < 1)
        ),
        first=chart.points[0].label if count else "",
        last=known[-1].label if known else "",
        last_words=_last_words(chart, known),
    )


def on_one_scale(charts: tuple[ControlChart, ...]) -> tuple[ControlChart, ...]:
    """Give charts the scale that holds them all."""
    values = [value for chart in charts for value in _values(chart)]
    if not values:
        return charts
    return tuple(replace(chart, lowest=min(values), highest=max(values)) for chart in charts)


def _values(chart: ControlChart) -> list[float]:
    ends = [chart.lowest, chart.highest, chart.target]
    of_points = [value for point in chart.points for value in (point.value, point.centre, point.low, point.high)]
    return [value for value in (*ends, *of_points) if value is not None]


def _limits(chart: ControlChart) -> tuple[list[float | None], list[float | None]]:
    return [point.low for point in chart.points], [point.high for point in chart.points]


def _last_words(chart: ControlChart, known: list[ChartPoint]) -> str:
    if not known:
        return next((point.words for point in reversed(chart.points) if point.words), "")
    return known[-1].words or numbers.write_value(known[-1].value or 0.0, chart.style)


def _path(values: list[float | None], across: Scale, up: Scale) -> str:
    """Join neighbours; a missing point is a gap."""
    parts, pen = [], "M"
    for place, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        parts.append(f"{pen}{across.place(place):g} {up.place(value):g}")
        pen = "L"
    return "".join(parts)


def _steps(values: list[float | None], across: Scale, up: Scale) -> str:
    """Draw a line that is level around each point, since each has limits of its own."""
    half = 0.5 * (across.place(1) - across.place(0))
    parts: list[str] = []
    before: float | None = None
    for place, value in enumerate(values):
        if value is None:
            before = None
            continue
        begin, end, y = across.place(place) - half, across.place(place) + half, up.place(value)
        if before is None:
            parts.append(f"M{max(0.0, begin):g} {y:g}H{min(100.0, end):g}")
        elif y == before:
            parts[-1] = f"{parts[-1].rsplit('H', 1)[0]}H{min(100.0, end):g}"
        else:
            parts.append(f"V{y:g}H{min(100.0, end):g}")
        before = y
    return "".join(parts)


def _marks(points: tuple[ChartPoint, ...], across: Scale, up: Scale) -> Iterable[Mark]:
    number = 0
    for place, point in enumerate(points):
        number += bool(point.note)
        if point.value is not None:
            yield Mark(across.place(place), up.place(point.value), point.mark, number if point.note else 0)


def _breaks(points: tuple[ChartPoint, ...], across: Scale) -> Iterable[tuple[float, float]]:
    """Join points at which nothing was expected to stretches of the axis."""
    half = 0.5 * (across.place(1) - across.place(0))
    for is_off, stretch in groupby(enumerate(points), key=lambda each: each[1].is_off):
        if is_off:
            places = [place for place, _ in stretch]
            begin, end = max(0.0, across.place(places[0]) - half), min(100.0, across.place(places[-1]) + half)
            yield begin, end - begin
