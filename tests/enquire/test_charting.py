"""Axes of time, series of files, and what is said of a chart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collegium.enquire.charting import figures, words
from collegium.enquire.charting.files import Columns, Combine, UnreadableSeries, read_series_file
from collegium.enquire.charting.making import Asked, Series, Shape, make_chart
from collegium.enquire.charting.moments import Grain, read_axis
from collegium.science.improvement.charts import Kind
from collegium.science.improvement.special_causes import Assurance, Good
from tests.shared import SHARED

CALM = (5.0, 6, 5, 4, 5, 6, 4, 5, 6, 4)


# --- when -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("texts", "grain", "labels"),
    [
        (["2024-03", "2024-01"], Grain.MONTH, ("2024-01", "2024-03")),
        (["01/02/2024", "01/01/2024", "01/03/2024"], Grain.MONTH, ("2024-01", "2024-02", "2024-03")),
        (["03/2024", "12/2023"], Grain.MONTH, ("2023-12", "2024-03")),
        (["2012-2013", "2011-2012", "2014-2015"], Grain.SCHOOL_YEAR, tuple(f"{y}-{y + 1}" for y in range(2011, 2015))),
        (["2011/12", "2012/13"], Grain.SCHOOL_YEAR, ("2011/12", "2012/13")),
        (["10", "9", "2"], Grain.NUMBER, ("2", "9", "10")),
        (["2024-01-08", "2024-01-01", "2024-01-22"], Grain.DAY, tuple(f"2024-01-{d:02d}" for d in (1, 8, 15, 22))),
        (["2024-01-08", "2024-01-09", "2024-01-13"], Grain.DAY, ("2024-01-08", "2024-01-09", "2024-01-13")),
        (["spring", "autumn"], Grain.WORDS, ("spring", "autumn")),
        ([], Grain.SCHOOL_YEAR, ()),
    ],
)  # fmt: skip
def test_times_are_put_in_order_and_gaps_are_filled(texts: list[str], grain: Grain, labels: tuple[str, ...]) -> None:
    axis = read_axis(texts)
    assert (axis.grain, axis.labels) == (grain, labels)
    assert all(axis.labels[axis.place_of[text]] for text in texts)


def test_a_month_that_nobody_reported_is_a_gap() -> None:
    axis = read_axis(["2024-01", "2024-02", "2024-04"])
    assert (axis.labels, axis.filled) == (("2024-01", "2024-02", "2024-03", "2024-04"), 1)


# --- files ------------------------------------------------------------------------------------------------------------
def read(folder: Path, text: str, **columns: Any) -> Any:
    path = folder / "data.csv"
    path.write_text(text, encoding="utf-8")
    return read_series_file(path, Columns(date="when", **columns))


def test_rows_of_one_point_are_added_up_or_averaged_when_told_so(tmp_path: Path) -> None:
    text = "when,x,n,site\n1,2,10,A\n1,4,30,A\n2,6,20,A\n2,,5,A\n"
    with pytest.raises(UnreadableSeries, match="several_rows"):
        read(tmp_path, text, value="x")
    assert read(tmp_path, text, value="x", combine=Combine.MEAN).series[0].values == (3.0, 6.0)
    # A sum of which a part is missing would be too small: it is missing.
    found = read(tmp_path, text, value="x", of="n", combine=Combine.SUM).series[0]
    assert (found.values, found.denominators) == ((6.0, None), (40.0, 25.0))


def test_what_stands_for_no_value_is_missing(tmp_path: Path) -> None:
    found = read(tmp_path, 'when,x\n1,-9999\n2,NA\n3,"1,5"\n4,12%\n5,*\n6,-6666.0\n', value="x")
    assert found.series[0].values == (None, None, 1.5, 12.0, None, None)
    assert found.codes == {"-9999": 1, "-6666": 1}


def test_a_group_lacks_the_points_that_only_others_have(tmp_path: Path) -> None:
    found = read(tmp_path, "when,x,site\n1,2,A\n2,3,A\n2,4,B\n", value="x", by=("site",))
    assert [(each.title, each.values) for each in found.series] == [("A", (2.0, 3.0)), ("B", (None, 4.0))]


def test_a_spreadsheet_is_read_as_well(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["when", "x"], [1, 2.5], [2, 3]):
        book.active.append(row)
    book.save(tmp_path / "data.xlsx")
    assert read_series_file(tmp_path / "data.xlsx", Columns(date="when")).series[0].values == (2.5, 3.0)


def test_hospital_infections_become_the_rates_of_qicharts2() -> None:
    file = SHARED / "data" / "spc_qicharts2" / "hospital_infections.csv"
    found = read_series_file(file, Columns(date="month", value="n", of="days", by=("infection",), combine=Combine.SUM))
    made = make_chart(found.series[0], Asked(shape=Shape.RATE, good=Good.DOWN))
    assert (made.series.title, made.chart.kind) == ("BAC", Kind.U)
    assert made.chart.centre[0, 0] == pytest.approx(0.000812768569030364, rel=1e-9)


# --- charts and words -------------------------------------------------------------------------------------------------
def series(*values: float | None, of: float | None = None, **more: Any) -> Series:
    labels = tuple(f"W{place + 1}" for place in range(len(values)))
    return Series(title="Late", labels=labels, values=values, denominators=(of,) * len(values) if of else (), **more)


BETTER, WORSE = "Something has changed, for the better.", "Something has changed, for the worse."
FIND_OUT = "find out what was different then."


@pytest.mark.parametrize(
    ("values", "asked", "said"),
    [
        (
            (*CALM, *[9.0] * 8),
            Asked(baseline=10, good=Good.DOWN),
            f"The last 8 points are all above the line. {WORSE}",
        ),
        (
            (*CALM, *[1.0] * 8),
            Asked(baseline=10, good=Good.DOWN),
            f"The last 9 points are all below the line. {BETTER}",
        ),
        (
            (*CALM, *[1.0] * 8, 5.0, 6.0, 4.0),
            Asked(baseline=10),
            f"9 points in a row, W10 to W18, were below the line. {WORSE}",
        ),
        ((*CALM, 12.0), Asked(baseline=10, good=Good.NEITHER), f"W11 lies above the limits: {FIND_OUT}"),
        ((*CALM, -9.0), Asked(baseline=10), f"W11 lies below the limits: {FIND_OUT}"),
        (CALM * 2, Asked(), "Nothing but the usual ups and downs: no change can be seen."),
        ((3.0,) * 12, Asked(), "Every point is the same: nothing has changed."),
        ((3.0, 4.0), Asked(), "Too few points to tell: 2 so far, about 10 are needed."),
        ((None,), Asked(), "No points yet."),
        ((), Asked(), "No points yet."),
    ],
)
def test_the_sentence_says_what_the_chart_says(values: tuple[float | None, ...], asked: Asked, said: str) -> None:
    assert words.say_reading(make_chart(series(*values), asked)) == said


def test_points_that_rarely_change_sides_are_called_out() -> None:
    slow = [1.0, 2, 3, 2, 1, 2, 3, 9, 8, 9, 8, 9, 8, 9]
    said = words.say_reading(make_chart(series(*slow), Asked()))
    assert "above the line" in said or said.startswith(
        "The points change sides 1 times, and chance would do so at least"
    )


def test_the_usual_chart_follows_from_what_is_measured() -> None:
    shapes = {Shape.COUNT: Kind.C, Shape.PROPORTION: Kind.P, Shape.RATE: Kind.U, Shape.AVERAGE: Kind.XMR}
    for shape, kind in shapes.items():
        assert make_chart(series(3, 4, 5, 4, of=20), Asked(shape=shape)).chart.kind is kind


def test_shares_are_written_as_percentages_and_their_run_chart_too() -> None:
    for kind in (None, Kind.RUN):
        figure = figures.draw_figure(make_chart(series(3, 4, of=20), Asked(shape=Shape.PROPORTION, kind=kind)))
        assert (figure.style, figure.points[0].value) == ("percent", 0.15)
    rate = make_chart(series(3, 4, of=20), Asked(shape=Shape.RATE, per=100, kind=Kind.RUN))
    assert rate.chart.value[0].tolist() == [15, 20]


def test_rare_events_are_drawn_as_a_run_chart_with_advice() -> None:
    made = make_chart(series(0, 0, 0, 1, 0, 0), Asked(shape=Shape.COUNT))
    assert made.chart.kind is Kind.RUN
    assert "record the time from one event to the next" in words.say_caution(made)
    assert made.assurance is Assurance.NO_TARGET


def test_what_is_left_out_is_drawn_and_not_counted() -> None:
    made = make_chart(series(*CALM, 50, left_out=frozenset({10}), notes={10: "Snow"}), Asked())
    figure = figures.draw_figure(made)
    assert (figure.points[10].mark, figure.points[10].note) == ("left_out", "Snow")
    assert made.chart.centre[0, 0] == 5.0


def test_missing_points_are_said_to_be_missing() -> None:
    figure = figures.draw_figure(make_chart(series(1, None, 2), Asked()))
    assert (figure.points[1].value, figure.points[1].words) == (None, "Missing")
