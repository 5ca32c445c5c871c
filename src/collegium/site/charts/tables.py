"""The numbers behind each figure, as the table that stands one click away from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from collegium.base.figures import (
    Column,
    ControlChart,
    Distribution,
    Lineup,
    Moment,
    Profile,
    ProfileRow,
    Series,
    Style,
    Table,
)
from collegium.site.charts import numbers


def table_of_series(series: Series) -> Table:
    """Return a row for each moment."""
    return _table(series.title, _("When"), [(moment.label, moment) for moment in series.moments], series.style)


def table_of_profile(profile: Profile) -> Table:
    """Return a row for each facet."""
    return _table(profile.title, _("What"), [(row.label, row) for row in profile.rows], profile.style)


def table_of_lineup(lineup: Lineup) -> Table:
    """Return a row for each unit, in the same order as the picture."""
    return _table(lineup.title, _("What"), [(row.label, row) for row in lineup.rows], lineup.style)


def table_of_distribution(distribution: Distribution) -> Table:
    """Return a row for each option; released shares have no counts."""
    if distribution.is_released:
        return Table(
            caption=distribution.title,
            columns=(Column(title=_("Answer")), Column(title=_("Share"), is_number=True)),
            rows=tuple(
                (share.label, share.words or numbers.write_percent(share.part or 0))
                for share in distribution.shares or ()
            ),
        )
    rows = tuple(
        (share.label, numbers.write_percent(share.count / distribution.n), numbers.write_count(share.count))
        for share in distribution.shares or ()
        if distribution.n
    )
    columns = (
        Column(title=_("What") if distribution.counted else _("Answer")),
        Column(title=_("Share"), is_number=True),
        Column(title=_("How many"), is_number=True),
    )
    return Table(caption=distribution.title, columns=columns, rows=rows)


def table_of_control_chart(chart: ControlChart) -> Table:
    """Return a row for each point, with the lines it is read by."""
    columns = [
        Column(title=_("When")),
        Column(title=_("Value"), is_number=True),
        Column(title=_("Line"), is_number=True),
    ]
    has_limits = any(point.low is not None for point in chart.points)
    has_notes = any(point.note or point.mark for point in chart.points)
    columns += [Column(title=_("Limits"), is_number=True)] if has_limits else []
    columns += [Column(title=_("What stands out"))] if has_notes else []
    marks = {"run": _("In a long run"), "outside": _("Beyond the limits"), "left_out": _("Left out")}
    rows = []
    for point in chart.points:
        cells = [point.label, numbers.write_row(point.value, point.words, chart.style)]
        cells.append("" if point.centre is None else numbers.write_value(point.centre, chart.style))
        if has_limits:
            known = point.low is not None and point.high is not None
            cells.append(numbers.write_range(point.low or 0, point.high or 0, chart.style) if known else "")
        if has_notes:
            cells.append("; ".join(part for part in (marks.get(point.mark, ""), point.note) if part))
        rows.append(tuple(cells))
    return Table(caption=chart.title, columns=tuple(columns), rows=tuple(rows))


def _table(caption: str, first: str, known: Sequence[tuple[str, Moment | ProfileRow]], style: Style) -> Table:
    """Return values, with intervals and numbers of answers where the figure has any."""
    columns = [Column(title=first), Column(title=_("Value"), is_number=True)]
    cells: list[Callable[[Moment | ProfileRow], str]] = [lambda row: _value(row, style)]
    if any(row.low is not None for _label, row in known):
        columns.append(Column(title=_("Very likely between"), is_number=True))
        cells.append(lambda row: _interval(row, style))
    if any(row.n is not None for _label, row in known):
        columns.append(Column(title=_("Answers"), is_number=True))
        cells.append(_answers)
    rows = tuple((label, *(cell(row) for cell in cells)) for label, row in known)
    return Table(caption=caption, columns=tuple(columns), rows=rows)


def _value(row: Moment | ProfileRow, style: Style) -> str:
    return numbers.write_row(row.value, row.words, style)


def _interval(row: Moment | ProfileRow, style: Style) -> str:
    if row.low is None or row.high is None:
        return _("Not shown") if row.value is None else _("Not known")
    return numbers.write_range(row.low, row.high, style)


def _answers(row: Moment | ProfileRow) -> str:
    if row.value is None and row.low is None:
        return _("Not shown")
    return _("Not known") if row.n is None else numbers.write_count(row.n)
