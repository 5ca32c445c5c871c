"""Charts of improvement for the gallery: a made-up school that wants its lessons to begin on time."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from collegium.base.figures import ChartPoint, ControlChart, SmallMultiples

ON_TIME = (62, 58, 66, 60, 63, 57, 64, 61, 59, 65, 60, 62, 58, 71, 74, 70, None, 76, 73, 88, 75, 72, 77, 74)
SCHOOLS = (("Hill", 0), ("Vale", -9), ("Mill", 6))


def make_control_chart() -> ControlChart:
    """Return a chart with everything that one can have."""
    points = tuple(
        ChartPoint(
            label=_("Week %(n)s") % {"n": place + 1},
            value=None if share is None else share / 100,
            centre=0.61,
            low=0.47,
            high=0.75 + 0.02 * (place % 3),
            mark="" if share is None or place < 13 else "outside" if share > 80 else "run",
            note={13: _("Bell five minutes earlier"), 19: _("Two classes on a trip")}.get(place, ""),
            words=_("Not entered") if share is None else "",
        )
        for place, share in enumerate(ON_TIME)
    )
    return ControlChart(
        title=_("Lessons that began on time"),
        points=points,
        sentence=_("The last 10 points are above the line: more often on time than in the first 12 weeks."),
        style="percent",
        lines=_("Line and limits rest on the first 12 weeks."),
        caution="",
        target=0.8,
        baseline=12,
    )


def make_small_multiples() -> SmallMultiples:
    """Return the same measure of three schools, one of them too short to tell."""
    chart = make_control_chart()
    return SmallMultiples(
        title=_("Lessons that began on time, by school"),
        charts=tuple(
            replace(
                chart,
                title=name,
                points=tuple(_move(point, by / 100) for point in chart.points[: 24 - 8 * (by < 0)]),
                sentence=_("Too few points to tell.") if by < 0 else _("Higher than before."),
            )
            for name, by in SCHOOLS
        ),
    )


def _move(point: ChartPoint, by: float) -> ChartPoint:
    return replace(point, value=None if point.value is None else point.value + by, note="")
