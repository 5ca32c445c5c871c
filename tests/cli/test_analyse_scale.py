"""Many schools take as many times longer as they are more, and no longer."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import numpy as np
import pytest

from collegium.cli.analysis import computing, report, results
from collegium.cli.analysis.columns import guess
from collegium.cli.analysis.grouping import GroupColumns, Grouped, group
from collegium.cli.analysis.notes import Log
from collegium.cli.analysis.questions import Questionnaire
from collegium.listen.reporting import Rules
from collegium.science.measurement.engines import BETWEEN
from collegium.science.measurement.moments import moments_of_sheets

PEOPLE, ITEMS = 12, ("trust_1", "trust_2", "trust_3")


def grouped(schools: int) -> tuple[Questionnaire, GroupColumns, Grouped, Log]:
    """Counted answers, merged to what may be shown."""
    chance = np.random.default_rng(4)
    questions = guess("answers", {item: [1, 2, 3, 4, 5] for item in ITEMS}, Log())
    cells = [
        BETWEEN.join((f"School {number}", f"District {number % 7}", level))
        for number in range(schools)
        for level in ("Support", "Teaching")
        for _ in range(PEOPLE)
    ]
    moments = moments_of_sheets(questions.layout(), cells, chance.integers(1, 6, (len(cells), len(ITEMS))))
    columns, log = GroupColumns(school="school", district="district", level="level"), Log()
    return questions, columns, group(moments, columns, Rules(k=5), log), log


def whole_analysis(schools: int) -> None:
    """From counted answers to everything that is written."""
    questions, columns, views, log = grouped(schools)
    found = computing.analyse(questions, views, columns, log)
    data = results.as_json(found, ["answers.csv"], "1")
    results.write_json(data)
    results.as_tables(data)
    report.draw_report(found, ["answers.csv"], "1")


def steps_of(work: Callable[[], object]) -> int:
    """Count every call, of Python's own functions too."""
    steps = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal steps
        steps += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return steps


# More groups than have room for their names.
@pytest.mark.parametrize(("work", "schools"), [(grouped, 200), (whole_analysis, 70)])
def test_twice_the_schools_take_twice_the_steps(work: Callable[[int], object], schools: int) -> None:
    work(schools)  # what is remembered from the first time is remembered before both
    some, twice = steps_of(lambda: work(schools)), steps_of(lambda: work(2 * schools))
    assert some < twice < 2.25 * some, (some, twice)
