"""The numbers behind each figure, as the table that stands one click away from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from collegium.base.figures import Column, Distribution, Lineup, Moment, Profile, ProfileRow, Series, Style, Table
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
