"""A written instrument is read back as it was."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collegium.listen.instruments import Instrument, InstrumentProblems, read, write
from collegium.listen.instruments.texts import one_line, passage
from tests.listen.instruments.making import instruments
from tests.listen.instruments.samples import FULL, SMALL


def test_what_was_read_is_written_the_same() -> None:
    for text in (FULL, SMALL):
        assert read(write(read(text))) == read(text)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(instruments())
def test_whatever_an_instrument_holds_is_read_back_and_taken_by_the_statistics(instrument: Instrument) -> None:
    text = write(instrument)
    assert read(text) == instrument
    assert read(text.encode()) == instrument
    assert write(read(text)) == text, "written the same way every time"
    if not instrument.is_about_ties:
        assert [item.key for item in instrument.layout().items] == [column.key for column in instrument.columns]
    for column in instrument.columns:
        assert all(column.lowest <= code <= column.highest for code in instrument.favourable(column))


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_file_with_any_change_is_read_or_refused_in_words(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(FULL)))
    end = min(len(FULL), place + data.draw(st.integers(0, 30)))
    text = FULL[:place] + data.draw(st.text(st.sampled_from('[]{}="\n\\#.,x1é'), max_size=6)) + FULL[end:]
    try:
        instrument, problems = read(text), ()
    except InstrumentProblems as error:
        instrument, problems = None, error.problems
    assert instrument is None or read(write(instrument)) == instrument
    lines = text.count("\n") + 1
    assert all(1 <= problem.line <= lines and problem.message for problem in problems)


@given(st.text())
def test_texts_have_one_form(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)
    assert passage(passage(text)) == passage(text)
    assert "\n" not in one_line(text)
