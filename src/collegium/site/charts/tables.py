"""The numbers behind each figure, as the table that stands one click away from it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from collegium.base.figures import Column, Distribution, Profile, Series, Style, Table
from collegium.site.charts import numbers


def table_of_series(series: Series) -> Table:
    """Return a row for each moment."""
    rows = tuple(
        (moment.label, *_cells(moment.value, moment.low, moment.high, moment.n, series.style))
        for moment in series.moments
    )
    return Table(caption=series.title, columns=_columns(_("When")), rows=rows)


def table_of_profile(profile: Profile) -> Table:
    """Return a row for each facet."""
    rows = tuple((row.label, *_cells(row.value, row.low, row.high, row.n, profile.style)) for row in profile.rows)
    return Table(caption=profile.title, columns=_columns(_("What")), rows=rows)


def table_of_distribution(distribution: Distribution) -> Table:
    """Return a row for each option."""
    rows = tuple(
        (share.label, numbers.write_percent(share.count / distribution.n), numbers.write_count(share.count))
        for share in distribution.shares or ()
        if distribution.n
    )
    columns = (
        Column(title=_("Answer")),
        Column(title=_("Share"), is_number=True),
        Column(title=_("People"), is_number=True),
    )
    return Table(caption=distribution.title, columns=columns, rows=rows)


def _columns(first: str) -> tuple[Column, ...]:
    return (
        Column(title=first),
        Column(title=_("Value"), is_number=True),
        Column(title=_("Very likely between"), is_number=True),
        Column(title=_("Answers"), is_number=True),
    )


def _cells(
    value: float | None, low: float | None, high: float | None, n: int | None, style: Style
) -> tuple[str, str, str]:
    if value is None:
        return numbers.write_not_shown(), _("Not shown"), _("Not shown")
    interval = _("Not known") if low is None or high is None else numbers.write_range(low, high, style)
    return numbers.write_value(value, style), interval, _("Not known") if n is None else numbers.write_count(n)
