import datetime as dt

import pytest

from collegium.base import time


def test_the_clock_can_be_set_and_goes_back():
    with time.at(dt.date(2025, 9, 1)):
        assert time.today() == dt.date(2025, 9, 1)
        assert time.now().tzinfo is not None
        with time.at(dt.date(2024, 2, 29)):
            assert time.today() == dt.date(2024, 2, 29)
        assert time.today() == dt.date(2025, 9, 1)
    assert abs(time.now() - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025-09-01", dt.date(2025, 9, 1)),
        (" 2025-09-01 ", dt.date(2025, 9, 1)),
        ("2025-02-30", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_in_addresses_are_read_or_refused(text, date):
    assert time.parse_date(text) == date
