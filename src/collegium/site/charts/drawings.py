"""Drawings of series, profiles and distributions: positions and words, ready for a template."""

from __future__ import annotations

from dataclasses import dataclass

from collegium.base.figures import Distribution, Moment, Profile, Series, Style
from collegium.site.charts import facets, numbers
from collegium.site.charts.scales import Scale, Tick, make_ticks, nice_ends

SPARK_WIDTH, SPARK_HEIGHT, SPARK_EDGE = 160, 44, 6
TREND_HEIGHT, TREND_EDGE = 180, 12
TINTS = 5  # more options than tints are drawn one under another, all in one colour
ROOM_FOR_WORDS = 0.09  # a share narrower than this has its percentage only in the key under the bar


@dataclass(frozen=True, slots=True)
class Dot:
    """A point: `x` in the drawing's own unit, `y` in pixels; `low_y` and `high_y` are the ends of its interval."""

    x: float
    y: float
    low_y: float | None
    high_y: float | None
    is_signal: bool
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """A series drawn: an SVG path for the line, one for the band of intervals, dots, and the last value in words."""

    hue: int
    path: str
    band: str
    dots: tuple[Dot, ...]
    width: float
    height: float
    last_words: str
    ticks: tuple[tuple[float, str], ...] = ()

    @property
    def signals(self) -> tuple[Dot, ...]:
        """The points that are more than noise."""
        return tuple(dot for dot in self.dots if dot.is_signal)

    @property
    def last(self) -> Dot | None:
        """The newest point that is shown."""
        return self.dots[-1] if self.dots else None


def draw_sparkline(series: Series) -> Line:
    """Draw a series as a line the size of a few words, in pixels."""
    across = Scale(0, max(1, len(series.moments) - 1), SPARK_EDGE, SPARK_WIDTH - SPARK_EDGE)
    low, high = _ends_of(series.moments)
    return _draw_line(series, across, Scale(low, high, SPARK_HEIGHT - SPARK_EDGE, SPARK_EDGE), SPARK_WIDTH)


def draw_trend(series: Series) -> Line:
    """Draw a series with its axis; across in percent of the width, so it fits any column."""
    across = Scale(0, max(1, len(series.moments) - 1), 3, 97)
    whole = series.style == "count"
    low, high = nice_ends(_known_values(series.moments), whole=whole)
    up = Scale(low, high, TREND_HEIGHT - TREND_EDGE, TREND_EDGE)
    ticks = tuple(
        (tick.position, numbers.write_value(tick.value, series.style)) for tick in make_ticks(up, whole=whole)
    )
    return _draw_line(series, across, up, 100, ticks)


def _known_values(moments: tuple[Moment, ...]) -> list[float]:
    return [value for moment in moments for value in (moment.value, moment.low, moment.high) if value is not None]


def _ends_of(moments: tuple[Moment, ...]) -> tuple[float, float]:
    known = _known_values(moments)
    return (min(known), max(known)) if known else (0.0, 1.0)


def _draw_line(
    series: Series, across: Scale, up: Scale, width: float, ticks: tuple[tuple[float, str], ...] = ()
) -> Line:
    runs: list[list[Dot]] = [[]]
    for place, moment in enumerate(series.moments):
        if moment.value is None:
            runs.append([])  # a gap in what is known is a gap in the line
            continue
        runs[-1].append(_draw_dot(moment, moment.value, series.style, across.place(place), up))
    dots = tuple(dot for run in runs for dot in run)
    return Line(
        hue=facets.hue_of(series.key),
        path=" ".join(_path_of([(dot.x, dot.y) for dot in run]) for run in runs if run),
        band=" ".join(filter(None, (_band_of(run) for run in runs))),
        dots=dots,
        width=width,
        height=max(up.range_low, up.range_high) + min(up.range_low, up.range_high),
        last_words=dots[-1].words if dots else numbers.write_not_shown(),
        ticks=ticks,
    )


def _draw_dot(moment: Moment, value: float, style: Style, x: float, up: Scale) -> Dot:
    return Dot(
        x=x,
        y=up.place(value),
        low_y=None if moment.low is None else up.place(moment.low),
        high_y=None if moment.high is None else up.place(moment.high),
        is_signal=moment.is_signal,
        label=moment.label,
        words=numbers.write_value(value, style),
    )


def _path_of(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)


def _band_of(run: list[Dot]) -> str:
    upper = [(dot.x, dot.high_y) for dot in run if dot.high_y is not None]
    lower = [(dot.x, dot.low_y) for dot in reversed(run) if dot.low_y is not None]
    return _path_of(upper + lower) + "Z" if len(upper) > 1 and len(upper) == len(lower) else ""


@dataclass(frozen=True, slots=True)
class Whisker:
    """A facet drawn: its dot and the ends of its interval in percent, and its value in words."""

    hue: int
    label: str
    dot: float | None
    low: float | None
    high: float | None
    words: str
    n_words: str


@dataclass(frozen=True, slots=True)
class Whiskers:
    """A profile drawn: rows and an axis in percent."""

    rows: tuple[Whisker, ...]
    ticks: tuple[tuple[float, str], ...]


def draw_profile(profile: Profile) -> Whiskers:
    """Draw each facet as a dot with its interval, all on one scale."""
    across = Scale(profile.lowest, profile.highest, 2, 98)
    ticks: tuple[Tick, ...] = make_ticks(across, at_most=6)
    return Whiskers(
        rows=tuple(
            Whisker(
                hue=facets.hue_of(row.key),
                label=row.label,
                dot=None if row.value is None else across.place(row.value),
                low=None if row.low is None else across.place(row.low),
                high=None if row.high is None else across.place(row.high),
                words=numbers.write_not_shown() if row.value is None else numbers.write_value(row.value, profile.style),
                n_words="" if row.n is None or row.value is None else numbers.write_n(row.n),
            )
            for row in profile.rows
        ),
        ticks=tuple((tick.position, numbers.write_value(tick.value, "count")) for tick in ticks),
    )


@dataclass(frozen=True, slots=True)
class Segment:
    """A share drawn: where it starts and how wide it is in percent, and which of the five tints it has.

    `part_of_largest` is how long its bar is where each share has a row of its own, in percent.
    """

    label: str
    words: str
    part_of_largest: float
    start: float
    width: float
    middle: float
    tint: int
    has_room: bool


def draw_distribution(distribution: Distribution) -> tuple[Segment, ...]:
    """Draw the shares side by side; empty where they are not shown or nobody answered."""
    if not distribution.shares or not distribution.n:
        return ()
    segments, start = [], 0.0
    largest = max(share.count for share in distribution.shares)
    for place, share in enumerate(distribution.shares):
        part = share.count / distribution.n
        width = round(part * 100, 2)
        segments.append(
            Segment(
                label=share.label,
                words=numbers.write_percent(part),
                part_of_largest=round(share.count / largest * 100, 2),
                start=round(start, 2),
                width=width,
                middle=round(start + width / 2, 2),
                tint=_tint_of(place, len(distribution.shares)),
                has_room=part >= ROOM_FOR_WORDS,
            )
        )
        start += part * 100
    return tuple(segments)


def _tint_of(place: int, options: int) -> int:
    """Spread any number of ordered options over the five tints, ends on ends."""
    return (TINTS + 1) // 2 if options == 1 else 1 + round(place * (TINTS - 1) / (options - 1))
