"""Writes ballots as a table that `read` reads again, and anybody can count."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from collegium.people.rosters.cells import guard
from collegium.science.choices.ballots import Ballots


def write(ballots: Ballots, codes: Sequence[str] = ()) -> str:
    """Return ballots as CSV: a code for each, where there are any; how often it came, where that differs; the marks."""
    several = bool((ballots.counts > 1).any())
    titles = (["ballot"] if codes else []) + (["count"] if several else []) + [guard(each) for each in ballots.options]
    rows = (
        ([guard(codes[at])] if codes else [])
        + ([count] if several else [])
        + [mark if mark >= 0 else "" for mark in marks]
        for at, (marks, count) in enumerate(zip(ballots.marks.tolist(), ballots.counts.tolist(), strict=True))
    )
    return _csv([titles, *rows])


def write_positions(positions: Iterable[str] | Mapping[str, str]) -> str:
    """Return positions on one proposal as CSV: one a row, with the code of the ballot where there are codes."""
    if isinstance(positions, Mapping):
        return _csv([["ballot", "position"], *([guard(code), guard(each)] for code, each in positions.items())])
    return _csv([["position"], *([guard(each) or "-"] for each in positions)])


def _csv(rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
