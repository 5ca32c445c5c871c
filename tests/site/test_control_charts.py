"""Control charts drawn: gaps, steps of limits, marks, notes, one scale, and the table beside them."""

from __future__ import annotations

import re
from typing import Any

from django.template import Context, Template

from collegium.base.figures import ChartPoint, ControlChart, SmallMultiples
from collegium.site.charts import control, tables


def chart(*values: float | None, **more: Any) -> ControlChart:
    lines = more.pop("lines", (3.0, 1.0, 5.0))
    points = tuple(
        ChartPoint(label=f"W{place}", value=value, centre=lines[0], low=lines[1], high=lines[2])
        for place, value in enumerate(values)
    )
    return ControlChart(title="On time", points=points, **more)


def test_a_missing_point_is_a_gap_in_the_line_and_not_in_the_limits() -> None:
    drawing = control.draw_control_chart(chart(2, 3, None, 4))
    assert drawing.line.count("M") == 2
    assert len(drawing.marks) == 3
    assert drawing.centre.count("M") == 1
    assert drawing.limits.count("M") == 2


def test_limits_that_change_go_in_steps() -> None:
    points = tuple(ChartPoint(label="", value=3, centre=3, low=None, high=high) for high in (5.0, 5.0, 6.0))
    drawing = control.draw_control_chart(ControlChart(title="T", points=points))
    assert re.fullmatch(r"M0 [\d.]+H73\.5V[\d.]+H100", drawing.limits)


def test_everything_lies_inside_the_picture() -> None:
    drawing = control.draw_control_chart(chart(2, 30, -4, target=50.0))
    heights = [mark.y for mark in drawing.marks] + [y for y, _ in drawing.ticks] + [drawing.target or 0]
    assert all(0 <= y <= drawing.height for y in heights)
    assert all(0 <= mark.x <= 100 for mark in drawing.marks)


def test_one_point_and_none_are_drawn() -> None:
    assert len(control.draw_control_chart(chart(2)).marks) == 1
    empty = control.draw_control_chart(ControlChart(title="T", points=()))
    assert (empty.marks, empty.line, empty.centre, empty.last) == ((), "", "", "")


def test_an_axis_of_percentages_repeats_none() -> None:
    drawing = control.draw_control_chart(chart(0.951, 0.953, lines=(0.952, 0.95, 0.954), style="percent"))
    words = [words for _, words in drawing.ticks]
    assert len(words) == len(set(words)) > 1


def test_the_baseline_ends_between_two_points() -> None:
    drawing = control.draw_control_chart(chart(*[3.0] * 10, baseline=5))
    assert drawing.baseline_end is not None
    assert drawing.marks[4].x < drawing.baseline_end < drawing.marks[5].x
    assert control.draw_control_chart(chart(3, 3, baseline=2)).baseline_end is None


def test_charts_beside_each_other_have_one_scale() -> None:
    low, high = control.on_one_scale((chart(1, 2), chart(40, 50)))
    assert control.draw_control_chart(low).ticks == control.draw_control_chart(high).ticks


def test_the_table_says_what_the_picture_says() -> None:
    points = (
        ChartPoint(label="May", value=0.5, centre=0.6, low=0.4, high=0.8),
        ChartPoint(label="June", value=None, words="Not entered", centre=0.6, low=0.4, high=0.8),
        ChartPoint(label="July", value=0.9, centre=0.6, low=0.4, high=0.8, mark="outside", note="Trip"),
    )
    table = tables.table_of_control_chart(ControlChart(title="T", points=points, style="percent"))
    assert [column.title for column in table.columns] == ["When", "Value", "Line", "Limits", "What stands out"]
    assert table.rows[1] == ("June", "Not entered", "60%", "40% to 80%", "")
    assert table.rows[2][-1] == "Beyond the limits; Trip"
    plain = tables.table_of_control_chart(ControlChart(title="T", points=(ChartPoint(label="May", value=3.0),)))
    assert plain.rows == (("May", "3.00", ""),)


def test_the_tags_draw_title_sentence_and_notes() -> None:
    figure = ControlChart(
        title="On <time>",
        points=(ChartPoint(label="May", value=3.0, centre=2.0, note="A <trip>"),),
        sentence="Too few points to tell.",
    )
    html = Template("{% control_chart figure=figure %}").render(Context({"figure": figure}))
    assert "<title>On &lt;time&gt;</title><desc>Too few points to tell.</desc>" in html
    assert "A &lt;trip&gt;" in html
    many = SmallMultiples(title="By school", charts=(figure, figure))
    html = Template("{% small_multiples figure=figure %}").render(Context({"figure": many}))
    assert html.count('<svg class="chart control-plot"') == 2
