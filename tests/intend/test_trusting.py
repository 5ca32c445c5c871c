"""Which path the guidance suggests, and that it says nothing where the numbers do not carry it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.intend.trusting import ENOUGH, OLDEST, Evidence, Reason, Suggested, suggest

TODAY = dt.date(2026, 11, 26)
LATELY = TODAY - dt.timedelta(days=30)


def told(mean: float, half: float = 0.2, *, fell: bool = False, on: dt.date = LATELY) -> Evidence:
    return Evidence(closed_on=on, n=40, mean=mean, low=mean - half, high=mean + half, fell=fell)


@pytest.mark.parametrize(
    ("evidence", "path", "reason"),
    [
        (None, Suggested.UNKNOWN, Reason.NEVER_ASKED),
        (Evidence(closed_on=LATELY), Suggested.UNKNOWN, Reason.NOT_SHOWN),
        (Evidence(closed_on=LATELY, n=9, mean=2.0), Suggested.UNKNOWN, Reason.NOT_SHOWN),
        (told(2.0, on=TODAY - OLDEST - dt.timedelta(days=1)), Suggested.UNKNOWN, Reason.TOO_OLD),
        (told(2.0, on=TODAY - OLDEST), Suggested.TRUST_FIRST, Reason.LOW),
        (told(3.0), Suggested.TRUST_FIRST, Reason.LOW),
        (told(3.0, fell=True), Suggested.TRUST_FIRST, Reason.LOW),
        (told(4.2, fell=True), Suggested.TRUST_FIRST, Reason.FELL),
        (told(3.4, 0.3, fell=True), Suggested.TRUST_FIRST, Reason.FELL),
        (told(3.9), Suggested.VISION_FIRST, Reason.HIGH),
        (told(3.6), Suggested.UNKNOWN, Reason.BETWEEN),
        (told(3.4), Suggested.UNKNOWN, Reason.BETWEEN),
        (told(3.0, 0.5), Suggested.UNKNOWN, Reason.BETWEEN),
        (told(4.0, 0.5), Suggested.VISION_FIRST, Reason.HIGH),
    ],
)
def test_the_first_line_that_holds_decides(evidence: Evidence | None, path: Suggested, reason: Reason) -> None:
    suggestion = suggest(evidence, TODAY)
    assert (suggestion.path, suggestion.reason) == (path, reason)


@given(st.floats(1, 5), st.floats(0, 2), st.booleans())
def test_it_never_claims_what_the_interval_does_not_carry(mean: float, half: float, fell: bool) -> None:
    evidence = told(mean, half, fell=fell)
    assert evidence.low is not None
    assert evidence.high is not None
    path = suggest(evidence, TODAY).path
    if path is Suggested.VISION_FIRST:
        assert evidence.low >= ENOUGH
        assert not fell
    if path is Suggested.TRUST_FIRST:
        assert fell or evidence.high < ENOUGH
    # More doubt never makes it surer.
    wider = suggest(told(mean, half + 1, fell=fell), TODAY).path
    assert wider in (path, Suggested.UNKNOWN)
