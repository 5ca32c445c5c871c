"""What a file says, and what is said about a file that says it wrongly."""

from __future__ import annotations

import pickle

import pytest

from collegium.listen.instruments import InstrumentProblems, ItemKind, ProblemCode, limits, read
from collegium.listen.instruments.problems import WORDS
from tests.listen.instruments.samples import FULL, SMALL, changed, line_of


def problems_of(content: bytes | str) -> list[tuple[int, ProblemCode]]:
    with pytest.raises(InstrumentProblems) as caught:
        read(content)
    for problem in caught.value.problems:
        assert "{" not in problem.message.replace("{referent}", ""), problem.message
    return [(problem.line, problem.code) for problem in caught.value.problems]


def test_everything_in_a_file_arrives() -> None:
    instrument = read(FULL)
    assert (instrument.key, instrument.version, instrument.languages) == ("meetings", 3, ("en", "cy"))
    assert instrument.purpose["en"] == (
        "How meetings feel to those who sit in them.\n\nA second paragraph with [[items]] in it."
    )
    assert instrument.sources == ("A source (2019)", "Another = source")
    assert [item.kind for item in instrument.items] == [
        ItemKind.LIKERT, ItemKind.LIKERT, ItemKind.PAIRED, ItemKind.SINGLE, ItemKind.MULTIPLE, ItemKind.NUMBER,
        ItemKind.TEXT,
    ]  # fmt: skip
    assert instrument.item("use_wasted").same_as == "use_waste"
    assert instrument.facet("use").construct == "C5"
    assert [option.key for option in instrument.item("when").options] == ["morning", "evening"]


def test_columns_follow_the_items() -> None:
    instrument = read(FULL)
    assert [(column.key, column.lowest, column.highest) for column in instrument.columns] == [
        ("use_decide", 1, 5),
        ("use_wasted", 1, 5),
        ("talk_act.left", 0, 3),
        ("talk_act.right", 0, 3),
        ("when", 1, 2),
        ("helps.agenda", 0, 1),
        ("helps.tea", 0, 1),
        ("hours", 1, 20),
    ]
    assert [column.side for column in instrument.columns[2:4]] == ["left", "right"]
    assert instrument.column("helps.tea").option == "tea"
    assert [item.key for item in instrument.text_items] == ["comment"]
    with pytest.raises(KeyError):
        instrument.column("comment")


def test_the_layout_of_the_statistics_has_both_poles_as_facets() -> None:
    layout = read(FULL).layout()
    assert [item.key for item in layout.items] == [column.key for column in read(FULL).columns]
    assert {facet.key: facet.items for facet in layout.facets} == {
        "use": ("use_decide", "use_wasted"),
        "balance.left": ("talk_act.left",),
        "balance.right": ("talk_act.right",),
    }
    assert layout.facet("use").reversed_items == {"use_wasted"}


def test_favourable_answers_are_at_the_good_end() -> None:
    instrument = read(FULL)
    codes = {column.key: instrument.favourable(column) for column in instrument.columns}
    assert codes["use_decide"] == {4, 5}
    assert codes["use_wasted"] == {1, 2}
    assert codes["talk_act.left"] == {3}, "as the file says"
    assert codes["when"] == codes["helps.tea"] == codes["hours"] == frozenset()
    assert read(SMALL).favourable(read(SMALL).columns[0]) == {2}, "of two options only the top one"


def test_texts_speak_of_the_referent_in_the_language_asked_for() -> None:
    instrument = read(FULL)
    item = instrument.item("use_decide")
    assert instrument.text(item) == "The people in my team leave meetings knowing what was decided."
    assert instrument.text(item, "en", "school").startswith("The teachers in my school leave")
    assert instrument.text(item, "cy", "school").startswith("Mae yr athrawon yn fy ysgol yn gwybod")
    assert instrument.text(item, "fr").startswith("The people"), "an unknown language falls back to the default"
    assert instrument.poles(instrument.item("talk_act"), "cy") == ("Siarad", "Gwneud")
    assert instrument.text(read(SMALL).items[0]) == "We meet."


def test_labels_go_with_their_codes() -> None:
    instrument = read(FULL)
    assert instrument.labels(instrument.item("talk_act"), "cy") == (
        (0, "Dim"), (1, "Ychydig"), (2, "Llawer"), (3, "Yn fawr")
    )  # fmt: skip
    assert instrument.labels(instrument.item("when")) == ((1, "In the morning"), (2, "In the evening"))
    assert instrument.labels(instrument.item("hours")) == ()


def test_minutes_are_rounded_up_to_halves() -> None:
    # 3 x 8 seconds, a pair of 16, a choice of several of 12, and 30 to write: 82 seconds.
    assert read(FULL).minutes == 1.5
    assert read(SMALL).minutes == 0.5


def test_an_instrument_can_be_kept_in_a_cache() -> None:
    instrument = read(FULL)
    assert pickle.loads(pickle.dumps(instrument)) == instrument
    assert len({instrument, read(FULL)}) == 1
    assert read(FULL) != read(SMALL)


@pytest.mark.parametrize(
    "content",
    [SMALL.replace("\n", "\r\n"), SMALL.encode(), b"\xef\xbb\xbf" + SMALL.encode(), SMALL.encode("utf-16")],
)
def test_files_of_all_editors_are_read(content: bytes | str) -> None:
    assert read(content) == read(SMALL)


@pytest.mark.parametrize(
    ("content", "line", "code"),
    [
        ("", 1, ProblemCode.EMPTY),
        ("  \n\n", 1, ProblemCode.EMPTY),
        (b"\xef\xbb\xbf", 1, ProblemCode.EMPTY),
        (b"PK\x03\x04\xff\xfe\x00\x80", 1, ProblemCode.NOT_TEXT),
        (b"\xff\xfea", 1, ProblemCode.NOT_TEXT),
        ("a" * (limits.MOST_BYTES + 1), 1, ProblemCode.TOO_LARGE),
        ("a = 1\nb = '" + "x" * limits.LONGEST_LINE + "'", 2, ProblemCode.LONG_LINE),
        ("a = 1\nb = ", 2, ProblemCode.SYNTAX),
        ("a = 1\nb = \n", 2, ProblemCode.SYNTAX),
        ("a = 1\n[b\nc = 2", 2, ProblemCode.SYNTAX),
        ("a = 1\na = 2", 2, ProblemCode.SYNTAX),
        ("a = " + "[\n" * 5000, 1, ProblemCode.SYNTAX),
        ("a = " + "9\n" * 1 + "b = " + "9" * 5000, 1, ProblemCode.SYNTAX),
        ("<?xml version='1.0'?><document/>", 1, ProblemCode.SYNTAX),
        ("a = 1\n" + ".".join("a" * 2900) + " = 1", 2, ProblemCode.SYNTAX),
        ("a = 1\n[[" + " . ".join(["'a'"] * 40) + "]]", 2, ProblemCode.SYNTAX),
        ("a = {" + ".".join(["a-b"] * 40) + "=1}", 1, ProblemCode.SYNTAX),
    ],
)
def test_what_is_no_file_of_ours_is_refused_with_its_line(content: bytes | str, line: int, code: ProblemCode) -> None:
    assert problems_of(content) == [(line, code)]


LIKERT = 'key = "use_decide"\nkind = "likert"'
# What is changed in the full file; the beginning of the line the problem is in; and what it is.
MISTAKES = [
    ((('key = "meetings"\n', ""),), "# A comment", ProblemCode.MISSING),
    ((('key = "meetings"', 'key = "Our meetings"'),), "key", ProblemCode.BAD_KEY),
    ((('key = "meetings"', "key = 7"),), "key", ProblemCode.NOT_A_TEXT),
    ((("version = 3", 'version = "3"'),), "version", ProblemCode.NOT_A_NUMBER),
    ((("version = 3", "version = true"),), "version", ProblemCode.NOT_A_NUMBER),
    ((("version = 3", "version = 0"),), "version", ProblemCode.OUT_OF_RANGE),
    ((("version = 3", "verson = 3\nversion = 3"),), "verson", ProblemCode.UNKNOWN_KEY),
    ((('default_language = "en"', 'default_language = "fr"'),), "default_language", ProblemCode.DEFAULT_LANGUAGE),
    ((('["en", "cy"]', '["en", "cy", "Welsh"]'),), "languages", ProblemCode.BAD_LANGUAGE),
    ((('["en", "cy"]', '["en", "cy", "en"]'),), "languages", ProblemCode.TWICE),
    ((('cy = "Cyfarfodydd"', 'cy = "Cyfarfodydd"\nfr = "Réunions"'),), 'fr = "R', ProblemCode.OTHER_LANGUAGE),
    ((('cy = "Cyfarfodydd"\n', ""),), "[title]", ProblemCode.LANGUAGE_LACKS),
    ((('en = "Meetings"', "en = 2001-01-01"),), "en = 2001", ProblemCode.NOT_A_TEXT),
    ((('en = "Meetings"', 'en = " "'),), 'en = " "', ProblemCode.MISSING),
    ((('en = "Meetings"', f'en = "{"x" * 121}"'),), "en = ", ProblemCode.TOO_LONG),
    ((('"A source (2019)"', "2019"),), "sources", ProblemCode.NOT_A_TEXT),
    ((('en = "the people in my team"', 'en = "{people}"'),), "[referents.team]", ProblemCode.REFERENT_IN_REFERENT),
    ((("[referents.team]", '[referents."my team"]'),), "[referents.", ProblemCode.BAD_KEY),
    ((("[scales.agreement]", "[scales.agreements]"),), "scale = ", ProblemCode.UNKNOWN_SCALE),
    ((("lowest = 0\n", "lowest = 0\nhighest = 3\n"),), "highest", ProblemCode.UNKNOWN_KEY),
    ((("favourable = [3]", "favourable = [4]"),), "favourable", ProblemCode.NOT_A_CODE),
    ((("favourable = [3]", "favourable = 3"),), "favourable", ProblemCode.NOT_A_LIST),
    ((('cy = ["Dim", "Ychydig", ', 'cy = ["Dim", '),), "labels = {", ProblemCode.DIFFERENT_LENGTHS),
    ((("labels.cy = [", 'labels.cy = "Cytuno"\nother = ['),), "labels.cy", ProblemCode.NOT_A_LIST),
    ((('key = "balance"', 'key = "use"'),), 'key = "use"', ProblemCode.TWICE),
    ((('facet = "use"', 'facet = "uses"'),), 'facet = "uses"', ProblemCode.UNKNOWN_FACET),
    ((('facet = "balance"\n', ""),), "[[facets]]", ProblemCode.FACET_WITHOUT_ITEMS),
    ((('scale = "agreement"', 'scale = "how_much"'),), "[[facets]]", ProblemCode.FACET_MIXED),
    ((('facet = "balance"', 'facet = "use"'),), "[[facets]]", ProblemCode.FACET_MIXED),
    ((('kind = "likert"', 'kind = "matrix"'),), 'kind = "matrix"', ProblemCode.UNKNOWN_KIND),
    ((('kind = "likert"\n', ""),), "[[items]]", ProblemCode.MISSING),
    ((("reversed = true", 'reversed = "yes"'),), "reversed", ProblemCode.NOT_YES_OR_NO),
    ((('kind = "number"', 'kind = "number"\nreversed = true'),), "reversed", ProblemCode.NOT_FOR_KIND),
    ((("highest = 20", "highest = 1"),), "lowest = 1", ProblemCode.LOWEST_NOT_BELOW),
    ((("highest = 20", "highest = 400"),), "highest = 400", ProblemCode.TOO_WIDE),
    ((("highest = 20\n", ""),), "[[items]]", ProblemCode.MISSING),
    ((('key = "evening"', 'key = "morning"'),), 'key = "morning"', ProblemCode.TWICE),
    ((('key = "use_wasted"', 'key = "use_decide"'),), 'key = "use_decide"', ProblemCode.TWICE),
    ((('left.en = "Talking"\n', ""),), "left.cy", ProblemCode.LANGUAGE_LACKS),
]


@pytest.mark.parametrize(("changes", "beginning", "code"), MISTAKES)
def test_mistakes_are_found_in_their_line(
    changes: tuple[tuple[str, str], ...], beginning: str, code: ProblemCode
) -> None:
    text = changed(FULL, *changes)
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.startswith(beginning)]
    found = problems_of(text)
    assert code in {kind for _line, kind in found}
    assert next(line for line, kind in found if kind == code) in lines, found


def test_a_heading_that_should_be_many_is_named() -> None:
    text = changed(SMALL, ("[[items]]", "[items]"))
    assert problems_of(text) == [(line_of(text, "[items]"), ProblemCode.NOT_A_LIST_OF_TABLES)]


def test_all_problems_come_at_once_in_the_order_of_lines() -> None:
    text = changed(FULL, ("version = 3", "version = -1"), ('scale = "agreement"', 'scale = "agree"'), ("true", "1"))
    found = problems_of(text)
    assert [code for _line, code in found] == [
        ProblemCode.OUT_OF_RANGE, ProblemCode.UNKNOWN_SCALE, ProblemCode.NOT_YES_OR_NO
    ]  # fmt: skip
    assert [line for line, _code in found] == sorted(line for line, _code in found)


def test_a_near_miss_gets_a_suggestion() -> None:
    with pytest.raises(InstrumentProblems, match=r"Line \d+, item “only”: There is no scale “agrement”. Did you mean"):
        read(changed(SMALL, ('scale = "agreement"', 'scale = "agrement"')))


def test_a_referent_nobody_named_is_a_problem() -> None:
    text = changed(SMALL, ("We meet.", "{Referent} meet."))
    assert problems_of(text) == [(line_of(text, "text"), ProblemCode.REFERENT_MISSING)]


def test_limits_hold() -> None:
    item = SMALL[SMALL.index("[[items]]") :]
    many = SMALL + "".join(item.replace("only", f"i{number}") for number in range(limits.MOST_ITEMS))
    assert problems_of(many) == [(line_of(many, "[[items]]"), ProblemCode.TOO_MANY)]
    nothing = SMALL + "".join(f"[[items]]\nkey = 'k{number}'\n" for number in range(150))
    found = problems_of(nothing)
    assert len(found) == limits.MOST_PROBLEMS + 1
    assert found[-1][1] == ProblemCode.MORE


def test_a_text_may_have_as_many_sentences_as_fit() -> None:
    text = "So it is. " * 60 + "Wait" + "." * 60
    assert read(changed(SMALL, ("As little as possible.", text))).purpose["en"] == text


def test_an_instrument_of_open_questions_alone_has_nothing_to_count() -> None:
    text = changed(SMALL, ('kind = "likert"\nscale = "agreement"', 'kind = "text"'))
    assert problems_of(text) == [(line_of(text, "[[items]]"), ProblemCode.NOTHING_TO_CHOOSE)]


def test_every_problem_has_words() -> None:
    assert set(WORDS) == set(ProblemCode)
