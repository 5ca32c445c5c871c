"""Items about ties: asked by name, and therefore never beside what is asked without."""

from __future__ import annotations

import pytest

from collegium.listen.instruments import InstrumentProblems, ItemKind, ProblemCode, editing, limits, read, write
from collegium.listen.instruments.comparing import Change, compare_versions

TIES = """
key = "turning"
version = 1
languages = ["en"]
title = "Turning"
purpose = "Who turns to whom."

[scales.often]
labels = ["Rarely", "Weekly", "Daily"]

[[items]]
key = "advice"
kind = "ties"
scale = "often"
most = 8
partners = true
title = "Advice"
text = "Whom do you ask?"

[[items]]
key = "fun"
kind = "ties"
title = "Fun"
text = "With whom do you laugh?"
"""
REMARK = """
[[items]]
key = "remark"
kind = "text"
text = "Anything else?"
"""


def problems_of(text: str) -> list[tuple[int, ProblemCode]]:
    with pytest.raises(InstrumentProblems) as caught:
        read(text)
    assert all("{" not in problem.message for problem in caught.value.problems)
    return [(problem.line, problem.code) for problem in caught.value.problems]


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_everything_about_a_tie_arrives_and_is_written_again() -> None:
    instrument = read(TIES)
    advice, fun = instrument.items
    assert (advice.kind, advice.title["en"], advice.most, advice.partners) == (ItemKind.TIES, "Advice", 8, True)
    assert instrument.labels(advice) == ((1, "Rarely"), (2, "Weekly"), (3, "Daily"))
    assert (fun.scale, fun.most, fun.partners) == ("", 0, False)
    assert instrument.is_about_ties
    assert instrument.minutes == 1.5
    assert read(write(instrument)) == instrument


def test_a_file_holds_either_ties_or_other_items() -> None:
    mixed = TIES + REMARK
    assert problems_of(mixed) == [(line_of(mixed, 'kind = "text"'), ProblemCode.TIES_MIXED)]
    other_way_round = TIES.replace("[[items]]", f"{REMARK.strip()}\n\n[[items]]", 1)
    assert {code for _line, code in problems_of(other_way_round)} == {ProblemCode.TIES_MIXED}


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ('title = "Advice"\n', "", ProblemCode.MISSING),
        ("most = 8", "most = 0", ProblemCode.OUT_OF_RANGE),
        ("most = 8", f"most = {limits.MOST_NAMED + 1}", ProblemCode.OUT_OF_RANGE),
        ("most = 8", 'most = "8"', ProblemCode.NOT_A_NUMBER),
        ("partners = true", "partners = 1", ProblemCode.NOT_YES_OR_NO),
        ('scale = "often"', 'scale = "oftn"', ProblemCode.UNKNOWN_SCALE),
        ("[scales.often]", "[scales.often]\nlowest = 0", ProblemCode.TIES_FROM_ONE),
        ("most = 8", "reversed = true", ProblemCode.NOT_FOR_KIND),
    ],
)
def test_what_cannot_be_is_said_with_its_line(before: str, after: str, code: ProblemCode) -> None:
    assert [found for _line, found in problems_of(TIES.replace(before, after))] == [code]


def test_what_belongs_to_ties_belongs_to_nothing_else() -> None:
    others = TIES.replace('kind = "ties"\ntitle = "Fun"', 'kind = "text"\ntitle = "Fun"').split("[[items]]")
    assert problems_of("[[items]]".join([others[0], others[2]]))[0][1] == ProblemCode.NOT_FOR_KIND


def test_a_tie_is_reworded_without_losing_how_it_is_answered() -> None:
    before = read(TIES)
    now = editing.change_item(before, "advice", editing.ItemEdit(text={"en": "Whom do you turn to?"}))
    advice = now.item("advice")
    assert (advice.scale, advice.most, advice.partners, advice.title["en"]) == ("often", 8, True, "Advice")
    assert [change.change for change in compare_versions(before, now)] == [Change.REWORDED, Change.SAME]
    fewer = read(TIES.replace("most = 8", "most = 3"))
    assert compare_versions(before, fewer)[0].change == Change.ANSWERS_CHANGED
