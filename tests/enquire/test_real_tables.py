"""Real tables come in through the web as measures with groups, and their charts are those of the command line."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from collegium.enquire.charting.files import Columns, read_series_file
from collegium.enquire.charting.making import Asked, Charted, Series, Shape, make_chart
from collegium.enquire.charting.series import make_charts
from collegium.enquire.models import Measure, Point, Segment
from collegium.enquire.queries import measures as queries
from collegium.science.improvement.special_causes import Good
from tests.enquire.test_imports import Desk, desk
from tests.shared import SHARED

__all__ = ["desk"]

pytestmark = pytest.mark.django_db
DATA = SHARED / "data"


def upload(desk: Desk, file: Path, **said: str) -> Measure:
    """Bring a file in as a new measure, as somebody would: upload, say what is what, look, keep."""
    first = desk.client.post(desk.url, {"file": SimpleUploadedFile(file.name, file.read_bytes())})
    assert first.status_code == 200, first.content.decode()
    looked = desk.look(first, into="new", title="Real", definition="As in the file", direction="down", **said)
    assert looked.status_code == 200
    kept = desk.look(looked, keep="yes")
    assert kept.status_code == 302, kept.content.decode()[:2000]
    return Measure.objects.get()


def compare(measure: Measure, file: Path, columns: Columns, shape: Shape) -> int:
    """Compare every chart with that of the command line; return how many there are."""
    charts = make_charts(queries.get_measured(measure.enquiry, measure.id), sees_all=True)
    asked = Asked(shape=shape, good=Good.DOWN)
    expected = [make_chart(_trim(one), asked) for one in read_series_file(file, columns).series]
    made, wanted = (
        {one.series.title: one for one in each if any(value is not None for value in one.series.values)}
        for each in (charts, expected)
    )
    assert made.keys() == wanted.keys()
    for title, one in made.items():
        assert say(one) == say(wanted[title]), title
    return len(made)


def say(made: Charted) -> tuple[object, ...]:
    """Return what a chart says, and its lines at every point."""
    numbers = (made.chart.value, made.chart.centre, made.chart.low, made.chart.high)
    lines = [[None if math.isnan(value) else round(float(value), 9) for value in row[0]] for row in numbers]
    return (made.chart.kind, made.reading.finding, made.variation, *lines)


def _trim(series: Series) -> Series:
    """Leave out what stands before the first and after the last value: the command line gives all groups one axis."""
    known = [place for place, value in enumerate(series.values) if value is not None]
    if not known:
        return series
    part = slice(known[0], known[-1] + 1)
    return Series(
        title=series.title,
        labels=series.labels[part],
        values=series.values[part],
        denominators=series.denominators[part],
    )


@pytest.mark.slow
def test_the_attendance_of_connecticut_comes_in_through_the_web(desk: Desk) -> None:
    file = DATA / "attendance_ct_chronic" / "chronic_absenteeism_by_ell_2012-2020.csv"
    measure = upload(desk, file, column_by="District", column_by_too="English Learner Status", numbers="average")
    suppressed = Point.objects.filter(value__isnull=True)
    assert set(suppressed.values_list("note", flat=True)) == {"Suppressed in the table"}
    # 3,690 rows: 287 are missing and 1,480 suppressed; nine groups hold nothing else than missing ones.
    assert (measure.frequency, Segment.objects.count()) == ("year", 401)
    assert (Point.objects.count(), suppressed.count()) == (3403, 1480)
    page = desk.client.get(reverse("enquire:measure", args=[desk.enquiry.id, measure.id]), {"page": 2})
    assert "25 to 48 of 401" in page.content.decode()
    assert "All 401 groups" in desk.client.get(reverse("enquire:enquiry", args=[desk.enquiry.id])).content.decode()
    # What is suppressed at an end stands on the web's axis and is cut off above.
    suppressed.delete()
    by = ("District", "English Learner Status")
    assert compare(measure, file, Columns(date="Year", value="Value", by=by), Shape.AVERAGE) == 312


@pytest.mark.slow
def test_the_emergency_departments_of_england_come_in_through_the_web(desk: Desk) -> None:
    file = DATA / "spc_nhsr" / "ae_attendances.csv"
    said = {"column_value": "breaches", "column_of": "attendances", "column_by": "org_code", "column_by_too": "type"}
    measure = upload(desk, file, **said, numbers="proportion")
    assert (measure.frequency, Segment.objects.count(), Point.objects.count()) == ("month", 428, 12765)
    columns = Columns(date="period", value="breaches", of="attendances", by=("org_code", "type"))
    assert compare(measure, file, columns, Shape.PROPORTION) == 428
