"""LimeSurvey files: what comes over, what is left out and why, and what a hostile file cannot do."""

from __future__ import annotations

import time

import pytest

from collegium.listen.instruments import InstrumentProblems, ItemKind, ProblemCode, read, write
from collegium.listen.instruments.importing import MOST_BYTES, Imported, NoteCode, import_file
from collegium.listen.instruments.importing.limesurvey import UNSUPPORTED
from tests.listen.instruments import lime


def bring(text: str, name: str = "meetings.lss") -> Imported:
    imported = import_file(name, text.encode())
    assert read(write(imported.instrument)) == imported.instrument
    assert all(note.message and "{" not in note.message.replace("{TOKEN", "") for note in imported.notes)
    return imported


def codes(imported: Imported) -> set[NoteCode]:
    return {note.code for note in imported.notes}


@pytest.mark.parametrize("text", [lime.new_survey(), lime.old_survey()])
def test_a_survey_of_either_age_comes_over(text: str) -> None:
    instrument = bring(text).instrument
    assert instrument.key == "our_meetings"
    assert instrument.title["en"] == "Our meetings"
    assert instrument.purpose["en"] == "How our meetings feel.", "no markup, and no script"
    assert [(item.key, item.kind, instrument.text(item)) for item in instrument.items] == [
        ("can_b", ItemKind.LIKERT, "How confident are you that you can: ask for help?"),
        ("can_a", ItemKind.LIKERT, "How confident are you that you can: speak up?"),
        ("words", ItemKind.TEXT, "Dear, anything else?"),
        ("meet_1", ItemKind.LIKERT, "We end on time."),
        ("meet_2", ItemKind.LIKERT, "We know what was decided & why."),
        ("when", ItemKind.SINGLE, "When do you meet?"),
        ("help", ItemKind.MULTIPLE, "What helps?"),
        ("hours", ItemKind.NUMBER, "How many hours a week?"),
    ]
    assert instrument.labels(instrument.item("meet_1")) == (
        (1, "Disagree"), (2, "Rather disagree"), (3, "Rather agree"), (4, "Agree")
    )  # fmt: skip
    assert instrument.labels(instrument.item("when")) == ((1, "In the morning"), (2, "In the evening"))
    assert [column.key for column in instrument.columns][-3:] == ["help.sq001", "help.sq002", "hours"]
    assert (instrument.item("hours").lowest, instrument.item("hours").highest) == (0, 20)


def test_tables_become_facets_that_can_be_added_up() -> None:
    instrument = bring(lime.new_survey()).instrument
    assert {facet.key: facet.title["en"] for facet in instrument.facets} == {"can": "You", "meet": "Meetings"}
    assert instrument.facet("meet").explanation["en"] == "How far do you agree?"
    assert instrument.layout().facet("can").items == ("can_b", "can_a")


def test_what_is_left_out_is_said_with_its_place() -> None:
    notes = bring(lime.new_survey()).notes
    left_out = {note.where: note.message for note in notes if note.is_left_out}
    assert left_out == {
        "RANK: Put these in order": "Left out: questions of the type “Ranking” are not asked here.",
        "INFO: Thank you for your time.": "Left out: questions of the type “Text display” are not asked here.",
        "SEX: Your gender": next(note.message for note in notes if note.code == NoteCode.ABOUT_THE_PERSON),
    }
    assert {note.code: note.where for note in notes if not note.is_left_out} == {
        NoteCode.SCALE_ORDER: "MEET: How far do you agree?",
        NoteCode.CONDITION: "CAN: How confident are you that you can:",
        NoteCode.EXPRESSION: "WORDS: Dear {TOKEN:FIRSTNAME}, anything else?",
        NoteCode.NO_ANSWER_OPTION: "MEET: How far do you agree?",
        NoteCode.STEM_LEFT: "MEET: How far do you agree?",
        NoteCode.OTHER_OPTION: "WHEN: When do you meet?",
        NoteCode.MANDATORY: "",
        NoteCode.FACETS_MADE: "",
    }


def test_every_language_comes_over() -> None:
    instrument = bring(lime.old_survey(["en", "de", "pt-BR"])).instrument
    assert instrument.languages == ("en", "de", "pt-br")
    assert instrument.text(instrument.item("meet_1"), "de") == "de: We end on time."
    assert instrument.labels(instrument.item("meet_1"), "pt-br")[0] == (1, "pt-BR: Disagree")


def test_a_missing_translation_is_filled_in_and_said() -> None:
    text = lime.old_survey(["en", "de"]).replace("<![CDATA[de: We end on time.]]>", "")
    imported = bring(text)
    assert imported.instrument.text(imported.instrument.item("meet_1"), "de") == "We end on time."
    assert NoteCode.LANGUAGE_FILLED in codes(imported)


@pytest.mark.parametrize(
    ("kind", "answers", "rows", "expected"),
    [
        ("A", 0, 2, [("one_sq0", ItemKind.LIKERT, 5), ("one_sq1", ItemKind.LIKERT, 5)]),
        ("B", 0, 1, [("one_sq0", ItemKind.LIKERT, 10)]),
        ("C", 0, 1, [("one_sq0", ItemKind.LIKERT, 3)]),
        ("E", 0, 1, [("one_sq0", ItemKind.LIKERT, 3)]),
        ("H", 4, 1, [("one_sq0", ItemKind.LIKERT, 4)]),
        ("5", 0, 0, [("one", ItemKind.LIKERT, 5)]),
        ("!", 3, 0, [("one", ItemKind.SINGLE, 3)]),
        ("O", 3, 0, [("one", ItemKind.SINGLE, 3)]),
        ("Y", 0, 0, [("one", ItemKind.SINGLE, 2)]),
        ("P", 0, 2, [("one", ItemKind.MULTIPLE, 0)]),
        ("N", 0, 0, [("one", ItemKind.NUMBER, 0)]),
        ("K", 0, 2, [("one_sq0", ItemKind.NUMBER, 0), ("one_sq1", ItemKind.NUMBER, 0)]),
    ],
)
def test_kinds_of_questions(kind: str, answers: int, rows: int, expected: list[tuple[str, ItemKind, int]]) -> None:
    text = lime.question(kind, [f"Answer {n}" for n in range(answers)], [f"Row {n}" for n in range(rows)])
    imported = bring(text, "one.lsq")
    instrument = imported.instrument
    assert [(item.key, item.kind, len(instrument.labels(item))) for item in instrument.items] == expected
    assert NoteCode.CONTEXT in codes(imported)
    assert (NoteCode.COMMENT_FIELD in codes(imported)) == (kind in "OP")


@pytest.mark.parametrize("kind", [*UNSUPPORTED, "G", "?", ""])
def test_a_question_we_cannot_ask_is_refused_with_the_reason(kind: str) -> None:
    with pytest.raises(InstrumentProblems, match="Left out") as caught:
        bring(lime.question(kind, ["a", "b"], ["a", "b"]), "one.lsq")
    assert caught.value.problems[0].code == ProblemCode.NO_ITEMS


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (lime.question("F", ["Only"], ["Row"]), NoteCode.NO_OPTIONS),
        (lime.question("F", [f"A{n}" for n in range(12)], ["Row"]), NoteCode.TOO_MANY_OPTIONS),
        (lime.question("L", [f"A{n}" for n in range(61)]), NoteCode.TOO_MANY_OPTIONS),
        (lime.question("L", []), NoteCode.NO_OPTIONS),
    ],
)
def test_questions_that_do_not_fit_name_the_reason(text: str, code: NoteCode) -> None:
    good = lime.question("5").replace("<qid><![CDATA[1]]>", "<qid><![CDATA[99]]>")
    rows = good.split("<rows>")[1].split("</rows>")[0]
    imported = bring(text.replace("<rows>", f"<rows>{rows.replace('ONE', 'GOOD')}", 1).replace(
        "<question_l10ns>", "<question_l10ns><rows><row><qid>99</qid><question>Good?</question>"
        "<language>en</language></row></rows>", 1))  # fmt: skip
    assert [item.key for item in imported.instrument.items] == ["good"]
    assert code in codes(imported)


def test_the_same_code_twice_gives_two_keys() -> None:
    text = lime.new_survey().replace("<![CDATA[WHEN]]>", "<![CDATA[WORDS]]>")
    imported = bring(text)
    assert {"words", "words_2"} <= {item.key for item in imported.instrument.items}
    assert NoteCode.DUPLICATE_CODE in codes(imported)


def test_a_text_too_long_is_cut_and_said() -> None:
    imported = bring(lime.new_survey().replace("When do you meet?", "When? " * 100))
    assert len(imported.instrument.text(imported.instrument.item("when"))) <= 300
    assert NoteCode.TEXT_CUT in codes(imported)


def test_encodings_that_xml_allows_are_read() -> None:
    text = lime.new_survey()
    declared = text.replace('encoding="UTF-8"', 'encoding="UTF-16"')
    expected = bring(text).instrument
    assert import_file("a.lss", declared.encode("utf-16")).instrument == expected
    assert import_file("a.lss", b"\xef\xbb\xbf" + text.encode()).instrument == expected
    assert import_file("no ending", text.encode()).instrument == expected


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
ATTACKS = {
    "entity bomb": f'<!DOCTYPE d [<!ENTITY a0 "ha">{LAUGHS}]><document><LimeSurveyDocType>&a9;</LimeSurveyDocType>'
    "</document>",
    "outside entity": '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><document>&x;</document>',
    "outside type": '<!DOCTYPE document SYSTEM "http://127.0.0.1:9/x.dtd"><document/>',
    "quadratic blowup": f'<!DOCTYPE d [<!ENTITY x "{"y" * 10000}">]><document>{"&x;" * 1000}</document>',
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_files_with_a_document_type_are_refused_unread(attack: str) -> None:
    begun = time.monotonic()
    with pytest.raises(InstrumentProblems) as caught:
        import_file("bad.lss", f'<?xml version="1.0"?>\n{ATTACKS[attack]}'.encode())
    assert [(problem.line, problem.code) for problem in caught.value.problems] == [(2, ProblemCode.XML_DOCTYPE)]
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.lss", b"", ProblemCode.EMPTY),
        ("a.lss", b"\xef\xbb\xbf \n", ProblemCode.EMPTY),
        ("a.lss", b"<document>\n<rows>", ProblemCode.NOT_XML),
        ("a.lss", b"<document>&undefined;</document>", ProblemCode.NOT_XML),
        ("a.lss", b'<?xml version="1.0" encoding="klingon"?><document/>', ProblemCode.NOT_XML),
        ("a.lss", b"key = 'toml'", ProblemCode.NOT_XML),
        ("a.lss", b"<html><body>Not found</body></html>", ProblemCode.NOT_LIMESURVEY),
        ("a.lss", b"<document><LimeSurveyDocType>Responses</LimeSurveyDocType></document>", ProblemCode.NOT_LIMESURVEY),
        ("a.lss", b"<document><LimeSurveyDocType>Survey</LimeSurveyDocType></document>", ProblemCode.NO_ITEMS),
        ("a.lss", b"<a>" * 50, ProblemCode.XML_DEEP),
        ("a.lss", b"PK\x03\x04 an archive", ProblemCode.WRONG_TYPE),
        ("a.lss", b"%PDF-1.7", ProblemCode.WRONG_TYPE),
        ("a.lss", b"<" * (MOST_BYTES + 1), ProblemCode.TOO_LARGE),
    ],
)
def test_other_files_are_refused_in_words(name: str, content: bytes, code: ProblemCode) -> None:
    with pytest.raises(InstrumentProblems) as caught:
        import_file(name, content)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert caught.value.problems[0].message


def test_broken_markup_in_texts_costs_no_time() -> None:
    begun = time.monotonic()
    nonsense = "<!--" * 5_000 + "<a " * 20_000
    bring(lime.new_survey().replace("When do you meet?", f"When? {nonsense}"))
    assert time.monotonic() - begun < 3
