"""The geometry of the charts and how numbers are written."""

from __future__ import annotations

import itertools
import math
import re

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from collegium.base.figures import Distribution, Lineup, Moment, Profile, ProfileRow, Series, Share
from collegium.site.charts import drawings, facets, numbers, tables
from collegium.site.charts.scales import Scale, make_ticks, nice_ends

FINITE = st.floats(min_value=-1e6, max_value=1e6, allow_nan=False)


# --- numbers ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("value", "written"),
    [
        (3.4567, "3.46"),
        (3.4, "3.40"),
        (0, "0"),
        (0.012345, "0.0123"),
        (-2.5, "−2.50"),
        (12.34, "12.3"),
        (999.6, "1,000"),
        (12345, "12,300"),
        (9.996, "10.0"),
    ],
)
def test_a_measure_has_three_significant_figures(value: float, written: str) -> None:
    assert numbers.write_measure(value) == written


@given(st.floats(min_value=1e-6, max_value=1e9))
def test_a_measure_is_written_close_to_what_it_is(value: float) -> None:
    read_back = float(numbers.write_measure(value).replace(",", ""))
    assert read_back == pytest.approx(value, rel=0.0051)


@pytest.mark.parametrize(
    ("share", "written"), [(0, "0%"), (0.004, "0%"), (0.005, "1%"), (0.125, "13%"), (0.61538, "62%"), (1, "100%")]
)
def test_percentages_are_whole(share: float, written: str) -> None:
    assert numbers.write_percent(share) == written


def test_counts_are_exact_and_plural() -> None:
    assert numbers.write_count(123456) == "123,456"
    assert (numbers.write_n(1), numbers.write_n(1204)) == ("1 answer", "1,204 answers")


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    with translation.override("de"):
        assert numbers.write_measure(3.4567) == "3,46"
        assert numbers.write_count(12345) == "12.345"


# --- scales -----------------------------------------------------------------------------------------------------------
@given(st.lists(FINITE, min_size=1, max_size=20))
def test_ends_are_outside_all_values(values: list[float]) -> None:
    low, high = nice_ends(values)
    slack = 1e-6 * max(1.0, abs(low), abs(high))
    assert low <= min(values) + slack
    assert high >= max(values) - slack
    assert low < high


@given(FINITE, st.floats(min_value=1e-3, max_value=1e6))
def test_ticks_are_few_even_and_within(low: float, span: float) -> None:
    scale = Scale(low, low + span, 0, 100)
    ticks = make_ticks(scale, at_most=4)
    assert 1 <= len(ticks) <= 5
    assert all(0 <= tick.position <= 100 for tick in ticks)
    gaps = [b.value - a.value for a, b in itertools.pairwise(ticks)]
    assert all(math.isclose(gap, gaps[0], rel_tol=1e-3, abs_tol=1e-6) for gap in gaps)


def test_a_scale_keeps_what_is_outside_on_its_edge() -> None:
    scale = Scale(1, 6, 2, 98)
    assert (scale.place(1), scale.place(3.5), scale.place(6)) == (2, 50, 98)
    assert (scale.place(-9), scale.place(99)) == (2, 98)
    assert Scale(3, 3, 0, 100).place(3) == 50


# --- drawings ---------------------------------------------------------------------------------------------------------
def make_series(*values: float | None, key: str = "", margin: float | None = 0.5) -> Series:
    """Return a series with an interval of `margin` on both sides."""
    return Series(
        title="Openness",
        key=key,
        moments=tuple(
            Moment(
                label=f"Week {place}",
                value=value,
                low=None if value is None or margin is None else value - margin,
                high=None if value is None or margin is None else value + margin,
                n=12,
                is_signal=place == 2,
            )
            for place, value in enumerate(values, start=1)
        ),
    )


def test_a_sparkline_spans_its_box() -> None:
    line = drawings.draw_sparkline(make_series(1, 2, 3, margin=None))
    assert [(dot.x, dot.y) for dot in line.dots] == [(6, 38), (80, 22), (154, 6)]
    assert line.path == "M6 38L80 22L154 6"
    assert line.band == ""
    assert [dot.label for dot in line.signals] == ["Week 2"]
    assert line.last_words == "3.00"


def test_a_gap_in_what_is_known_is_a_gap_in_the_line() -> None:
    line = drawings.draw_sparkline(make_series(1, 2, None, 3, 4))
    assert line.path.count("M") == 2
    assert line.band.count("Z") == 2
    assert len(line.dots) == 4


def test_a_series_nobody_may_see_says_so() -> None:
    line = drawings.draw_trend(make_series(None, None))
    assert (line.path, line.dots, line.last) == ("", (), None)
    assert line.last_words == "Not shown (fewer than 5 answers)"


def test_an_empty_series_and_a_single_moment_are_drawn() -> None:
    assert drawings.draw_trend(make_series()).dots == ()
    assert drawings.draw_sparkline(make_series(4, margin=None)).dots[0].y == 22


@given(st.lists(st.one_of(st.none(), FINITE), max_size=30))
def test_every_point_is_within_its_drawing(values: list[float | None]) -> None:
    for line in (drawings.draw_sparkline(make_series(*values)), drawings.draw_trend(make_series(*values))):
        assert all(0 <= dot.x <= line.width and 0 <= dot.y <= line.height for dot in line.dots)
        assert not re.search(r"nan|inf", line.path + line.band)


def test_shares_fill_the_bar_and_take_the_tints_in_order() -> None:
    shares = tuple(Share(label=str(place), count=count) for place, count in enumerate((2, 5, 8, 17, 6)))
    segments = drawings.draw_distribution(Distribution(title="t", shares=shares))
    assert [segment.tint for segment in segments] == [1, 2, 3, 4, 5]
    assert segments[0].start == 0
    assert segments[-1].start + segments[-1].width == pytest.approx(100, abs=0.02)
    assert [segment.has_room for segment in segments] == [False, True, True, True, True]
    assert [segment.words for segment in segments] == ["5%", "13%", "21%", "45%", "16%"]


@pytest.mark.parametrize(("options", "tints"), [(1, [3]), (2, [1, 5]), (3, [1, 3, 5]), (4, [1, 2, 4, 5])])
def test_fewer_options_spread_over_the_tints(options: int, tints: list[int]) -> None:
    shares = tuple(Share(label=str(place), count=1) for place in range(options))
    assert [s.tint for s in drawings.draw_distribution(Distribution(title="t", shares=shares))] == tints


def test_more_options_than_tints_get_a_row_each() -> None:
    shares = tuple(Share(label=str(place), count=count) for place, count in enumerate((31, 12, 9, 4, 1, 6)))
    segments = drawings.draw_distribution(Distribution(title="t", shares=shares))
    assert len(segments) > drawings.TINTS
    assert segments[0].part_of_largest == 100
    assert segments[1].part_of_largest == pytest.approx(38.71)


def test_a_table_has_no_column_that_would_be_empty() -> None:
    bare = Series(title="People", moments=(Moment(label="May", value=41),), style="count")
    assert [column.title for column in tables.table_of_series(bare).columns] == ["When", "Value"]
    assert tables.table_of_series(bare).rows == (("May", "41"),)
    full = tables.table_of_series(make_series(3, None))
    assert [column.title for column in full.columns] == ["When", "Value", "Very likely between", "Answers"]
    assert full.rows[1] == ("Week 2", "Not shown (fewer than 5 answers)", "Not shown", "Not shown")


@pytest.mark.parametrize("shares", [None, (), (Share(label="Yes", count=0),)])
def test_nothing_is_drawn_where_nothing_is_known(shares: tuple[Share, ...] | None) -> None:
    assert drawings.draw_distribution(Distribution(title="t", shares=shares)) == ()
    assert tables.table_of_distribution(Distribution(title="t", shares=shares)).rows == ()


def test_a_profile_keeps_a_row_for_what_is_not_shown() -> None:
    rows = (
        ProfileRow(key="trust.openness", label="Openness", value=3.5, low=3, high=4, n=38),
        ProfileRow(key="trust.care", label="Care", value=None, n=3),
    )
    profile = Profile(title="Trust", rows=rows, lowest=1, highest=6)
    shown, hidden = drawings.draw_profile(profile).rows
    assert (shown.dot, shown.words, shown.n_words, shown.hue) == (50, "3.50", "38 answers", 3)
    assert (hidden.dot, hidden.low, hidden.words, hidden.n_words) == (
        None,
        None,
        "Not shown (fewer than 5 answers)",
        "",
    )
    assert tables.table_of_profile(profile).rows[0] == ("Openness", "3.50", "3.00 to 4.00", "38")
    # Not even how many answered: three would be a number about three people.
    assert "3" not in "".join(tables.table_of_profile(profile).rows[1][2:])


def test_the_facets_of_one_instrument_have_a_colour_each() -> None:
    trust = [hue for key, hue in facets._HUE_OF.items() if key.startswith("trust.")]
    assert sorted(trust) == list(range(1, facets.HUES + 1))
    for instrument in {key.partition(".")[0] for key in facets._HUE_OF}:
        hues = [hue for key, hue in facets._HUE_OF.items() if key.startswith(f"{instrument}.")]
        assert sorted(hues) == list(range(1, len(hues) + 1))
    assert facets.hue_of("no.such.facet") == facets.PLAIN


# --- released figures -------------------------------------------------------------------------------------------------
def test_rounded_shares_fill_the_bar_and_have_no_counts() -> None:
    """Shares in steps of 20% may come to 120%: the words are as released, and the bar stays within its box."""
    shares = tuple(Share(label=word, part=part, words=word) for word, part in [("a", 0.2), ("b", 0.4), ("c", 0.6)])
    figure = Distribution(title="Rounded", shares=shares, answers=40)
    drawn = drawings.draw_distribution(figure)
    assert sum(segment.width for segment in drawn) == pytest.approx(100, abs=0.1)
    assert [segment.words for segment in drawn] == ["a", "b", "c"]
    table = tables.table_of_distribution(figure)
    assert [column.title for column in table.columns] == ["Answer", "Share"]


def test_a_score_keeps_the_one_decimal_it_was_released_with() -> None:
    assert [numbers.write_value(value, "score") for value in (3.8, 4.0, -0.3)] == ["3.8", "4.0", "−0.3"]


def test_words_stand_for_a_value_that_says_too_much() -> None:
    row = ProfileRow(key="", label="Hope", value=None, low=4.4, high=5.0, n=12, words="nearly the highest")
    profile = Profile(title="Hope", rows=(row,), lowest=1, highest=5, style="score")
    whisker = drawings.draw_profile(profile).rows[0]
    assert (whisker.words, whisker.dot, whisker.is_drawn) == ("nearly the highest", None, True)
    assert tables.table_of_profile(profile).rows[0][1:3] == ("nearly the highest", "4.4 to 5.0")


def test_a_line_up_keeps_its_order_and_sets_ones_own_apart() -> None:
    rows = tuple(
        ProfileRow(key="", label=str(place), value=value, low=value - 0.2, high=value + 0.2, is_own=place == 1)
        for place, value in enumerate([4.0, 2.0, 3.0])
    )
    drawing = drawings.draw_lineup(Lineup(title="Schools", rows=rows, lowest=1, highest=5))
    assert [part[:3] for part in drawing.dots.split("M")[1:]] == ["0.5", "2.5"]
    assert drawing.own_dots.startswith("M1.5 ")
    assert drawing.width == 3


def test_marks_on_a_scale_of_four_options_stand_at_the_options() -> None:
    row = ProfileRow(key="a", label="A", value=2.5)
    marks = drawings.draw_profile(Profile(title="T", rows=(row,), lowest=1, highest=4)).ticks
    assert [words for _place, words in marks] == ["1", "2", "3", "4"]
    marks = drawings.draw_lineup(Lineup(title="T", rows=(row,), lowest=1, highest=4)).ticks
    assert [words for _place, words in marks] == ["1", "2", "3", "4"]
