"""Charts as figures that the design system draws."""

from __future__ import annotations

import math
from typing import Literal

from django.utils.translation import gettext as _

from collegium.base.figures import ChartPoint, ControlChart, Style
from collegium.enquire.charting import words
from collegium.enquire.charting.making import Charted, Shape
from collegium.science.improvement.charts import Kind


def style_of(made: Charted) -> Style:
    """Return how the values of a chart are written."""
    if made.asked.shape is Shape.PROPORTION and made.series.denominators:
        return "percent"
    return "count" if made.asked.shape is Shape.COUNT and made.chart.kind is not Kind.RUN else "measure"


def draw_figure(made: Charted, *, url: str = "", key: str = "") -> ControlChart:
    """Return the figure of a chart."""
    return ControlChart(
        title=made.series.title,
        points=tuple(_point(made, place) for place in range(len(made.series.values))),
        sentence=words.say_reading(made),
        style=style_of(made),
        key=key,
        lines=words.say_lines(made),
        caution=words.say_caution(made),
        target=made.asked.target,
        baseline=made.asked.baseline,
        url=url,
    )


def _point(made: Charted, place: int) -> ChartPoint:
    chart = made.chart
    value, centre, low, high = (_known(table[0, place]) for table in (chart.value, chart.centre, chart.low, chart.high))
    return ChartPoint(
        label=made.series.labels[place],
        value=value,
        centre=centre,
        low=low,
        high=high,
        mark=_mark(made, place),
        note=made.series.notes.get(place, ""),
        words=made.series.words.get(place, _("Missing")) if value is None else "",
        is_off=place in made.series.off,
    )


def _mark(made: Charted, place: int) -> Literal["", "run", "outside", "left_out"]:
    if place in made.series.left_out:
        return "left_out"
    if made.chart.outside[0, place]:
        return "outside"
    return "run" if made.runs.in_long_run[0, place] else ""


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
