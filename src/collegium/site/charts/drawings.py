"""Drawings of series, profiles, line-ups and distributions: positions and words, ready for a template."""

from __future__ import annotations

from dataclasses import dataclass

from collegium.base.figures import Distribution, Lineup, Moment, Profile, ProfileRow, Series, Style
from collegium.site.charts import facets, numbers
from collegium.site.charts.scales import Scale, Tick, make_ticks, nice_ends

SPARK_WIDTH, SPARK_HEIGHT, SPARK_EDGE = 160, 44, 6
TREND_HEIGHT, TREND_EDGE = 180, 12
TINTS = 5  # more options than tints are drawn one under another, all in one colour
ROOM_FOR_WORDS = 0.09  # a share narrower than this has its percentage only in the key under the bar
ROOM_FOR_MORE_WORDS = 0.24  # the same where words stand for a percentage, such as "about 20%"
LINEUP_HEIGHT, LINEUP_EDGE = 240, 12


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
        last_words=dots[-1].words if dots else _absent(series.moments),
        ticks=ticks,
    )


def _absent(moments: tuple[Moment, ...]) -> str:
    return next((moment.words for moment in reversed(moments) if moment.words), numbers.write_not_shown())


def _draw_dot(moment: Moment, value: float, style: Style, x: float, up: Scale) -> Dot:
    return Dot(
        x=x,
        y=up.place(value),
        low_y=None if moment.low is None else up.place(moment.low),
        high_y=None if moment.high is None else up.place(moment.high),
        is_signal=moment.is_signal,
        label=moment.label,
        words=moment.words or numbers.write_value(value, style),
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
    url: str = ""
    is_own: bool = False

    @property
    def is_drawn(self) -> bool:
        """Whether there is anything to draw: words may stand for the number, but have an interval."""
        return self.dot is not None or self.low is not None


@dataclass(frozen=True, slots=True)
class Whiskers:
    """A profile drawn: rows and an axis in percent."""

    rows: tuple[Whisker, ...]
    ticks: tuple[tuple[float, str], ...]


def draw_profile(profile: Profile) -> Whiskers:
    """Draw each facet as a dot with its interval, all on one scale."""
    across = Scale(profile.lowest, profile.highest, 2, 98)
    ticks: tuple[Tick, ...] = make_ticks(across, at_most=6, whole=_has_options(profile))
    return Whiskers(
        rows=tuple(_draw_whisker(row, profile.style, across) for row in profile.rows),
        ticks=tuple((tick.position, numbers.write_value(tick.value, "count")) for tick in ticks),
    )


def _has_options(figure: Profile | Lineup) -> bool:
    """Say whether a scale runs over options, so that a mark between two of them would mean nothing."""
    return figure.highest - figure.lowest >= 2


def _draw_whisker(row: ProfileRow, style: Style, across: Scale) -> Whisker:
    return Whisker(
        hue=facets.hue_of(row.key),
        label=row.label,
        dot=None if row.value is None else across.place(row.value),
        low=None if row.low is None else across.place(row.low),
        high=None if row.high is None else across.place(row.high),
        words=numbers.write_row(row.value, row.words, style),
        n_words="" if row.n is None or (row.value is None and row.low is None) else numbers.write_n(row.n),
        url=row.url,
        is_own=row.is_own,
    )


@dataclass(frozen=True, slots=True)
class LineupDrawing:
    """A line-up drawn on a field as wide as it has rows: paths of whiskers and dots, apart for the reader's own."""

    width: int
    height: int
    whiskers: str
    dots: str
    own_whiskers: str
    own_dots: str
    ticks: tuple[tuple[float, str], ...]


def draw_lineup(lineup: Lineup) -> LineupDrawing:
    """Draw each unit as an upright whisker with a dot, in the order that is given."""
    up = Scale(lineup.lowest, lineup.highest, LINEUP_HEIGHT - LINEUP_EDGE, LINEUP_EDGE)
    ticks = make_ticks(up, at_most=6, whole=_has_options(lineup))
    places = list(enumerate(lineup.rows))
    own = [(place, row) for place, row in places if row.is_own]
    others = [(place, row) for place, row in places if not row.is_own]
    return LineupDrawing(
        width=max(1, len(lineup.rows)),
        height=LINEUP_HEIGHT,
        whiskers=_upright(others, up),
        dots=_dots(others, up),
        own_whiskers=_upright(own, up),
        own_dots=_dots(own, up),
        ticks=tuple((tick.position, numbers.write_value(tick.value, "count")) for tick in ticks),
    )


def _upright(rows: list[tuple[int, ProfileRow]], up: Scale) -> str:
    return "".join(
        f"M{place + 0.5:g} {up.place(row.low):g}V{up.place(row.high):g}"
        for place, row in rows
        if row.low is not None and row.high is not None
    )


def _dots(rows: list[tuple[int, ProfileRow]], up: Scale) -> str:
    # A line without length and with round ends is a round dot, however the field is stretched.
    return "".join(f"M{place + 0.5:g} {up.place(row.value):g}h0" for place, row in rows if row.value is not None)


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
    parts = [share.count / distribution.n if share.part is None else share.part for share in distribution.shares]
    # Rounded shares may come to less or more than a whole; the bar is as long as ever.
    whole, largest = sum(parts) or 1, max(parts) or 1
    for place, (share, shown) in enumerate(zip(distribution.shares, parts, strict=True)):
        part = shown / whole
        width = round(part * 100, 2)
        segments.append(
            Segment(
                label=share.label,
                words=share.words or numbers.write_percent(shown),
                part_of_largest=round(shown / largest * 100, 2),
                start=round(start, 2),
                width=width,
                middle=round(start + width / 2, 2),
                tint=_tint_of(place, len(distribution.shares)),
                has_room=part >= (ROOM_FOR_MORE_WORDS if share.words else ROOM_FOR_WORDS),
            )
        )
        start += part * 100
    return tuple(segments)


def _tint_of(place: int, options: int) -> int:
    """Spread any number of ordered options over the five tints, ends on ends."""
    return (TINTS + 1) // 2 if options == 1 else 1 + round(place * (TINTS - 1) / (options - 1))
