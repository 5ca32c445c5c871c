"""The numbers of an enquiry as a table that can be brought in again."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from collegium.enquire.charting.series import K, is_of_few
from collegium.enquire.queries import measures as queries
from collegium.enquire.queries.enquiries import FoundEnquiry
from collegium.people.rosters.cells import guard

# Read again by these words, whatever the language of the page.
TITLES = ("Measure", "Group", "Date", "Value", "Of", "Note")
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Cell = str | float | dt.date | None


def write_numbers(found: FoundEnquiry, form: str) -> bytes:
    """Return the numbers that stand, as `csv` or `xlsx`; shares of few are in it only for the team."""
    rows = list(_rows(found))
    return _write_csv(rows) if form == "csv" else _write_xlsx(rows)


def _rows(found: FoundEnquiry) -> Iterator[Sequence[Cell]]:
    for measured in queries.list_measured(found.enquiry):
        for segment in measured.segments:
            for point in measured.points[segment.id]:
                place = (guard(measured.measure.title), guard(segment.title), point.on)
                if not found.standing.is_involved and is_of_few(measured.measure, point):
                    yield (*place, None, None, _("Not shown (fewer than %(k)s)") % {"k": K})
                else:
                    yield (*place, _whole(point.value), _whole(point.denominator), guard(point.note))


def _whole(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == round(value) else value


def _write_csv(rows: Sequence[Sequence[Cell]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([TITLES, *rows])
    return out.getvalue().encode("utf-8-sig")


def _write_xlsx(rows: Sequence[Sequence[Cell]]) -> bytes:
    from openpyxl import Workbook  # type: ignore[import-untyped]  # slow to load, and only needed here

    book, out = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet(_("Numbers")[:31])
    for row in [TITLES, *rows]:
        sheet.append(list(row))
    book.save(out)
    return out.getvalue()
