"""Lists of items as researchers keep them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.listen.instruments import InstrumentProblems, ItemKind, ProblemCode, read, write
from collegium.listen.instruments.importing import Imported, NoteCode, import_file
from tests.listen.instruments.samples import FULL

LIST = """Item code,Question text,Subscale,Reverse-scored,Response options,Notes
M1,We end on time.,Meetings,,Never; Rarely; Sometimes; Often,
M2,Our meetings wander.,Meetings,R,Never; Rarely; Sometimes; Often,check wording
M3,I say what I think.,Voice,no,,
"""


def bring(text: str, name: str = "items.csv") -> Imported:
    imported = import_file(name, text.encode())
    assert read(write(imported.instrument)) == imported.instrument
    return imported


def told(imported: Imported) -> dict[NoteCode, str]:
    return {note.code: note.where for note in imported.notes}


def test_columns_are_known_by_their_titles() -> None:
    imported = bring(LIST)
    instrument = imported.instrument
    assert [(item.key, item.facet, item.reversed, instrument.text(item)) for item in instrument.items] == [
        ("m1", "meetings", False, "We end on time."),
        ("m2", "meetings", True, "Our meetings wander."),
        ("m3", "voice", False, "I say what I think."),
    ]
    assert [label for _code, label in instrument.labels(instrument.item("m1"))] == [
        "Never", "Rarely", "Sometimes", "Often"
    ]  # fmt: skip
    assert instrument.labels(instrument.item("m3"))[0] == (1, "Strongly disagree")
    assert {NoteCode.IGNORED_COLUMNS, NoteCode.SCALE_ASSUMED, NoteCode.SCALE_ORDER} == set(told(imported))
    assert instrument.title["en"] == "items"


@pytest.mark.parametrize(
    "content",
    [
        LIST.replace(",", ";").replace("Never; Rarely; Sometimes; Often", "Never|Rarely|Sometimes|Often").encode(),
        LIST.replace(",", "\t").encode(),
        LIST.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + LIST.encode(),
        LIST.encode("utf-16"),
    ],
)
def test_other_ways_of_writing_a_list_say_the_same(content: bytes) -> None:
    assert import_file("items.csv", content).instrument == bring(LIST).instrument


def test_an_older_encoding_is_read_and_said() -> None:
    imported = import_file("items.csv", "text\nWir hören zu.\n".encode("cp1252"))
    assert imported.instrument.text(imported.instrument.items[0]) == "Wir hören zu."
    assert NoteCode.ENCODING in told(imported)


def test_every_kind_may_stand_in_a_list() -> None:
    imported = bring("""code,type,text,text (cy),left,right,options,min,max
a,likert,We meet.,Rydym yn cwrdd.,,,,,
b,paired,How much?,Faint?,Talk,Action,Little / Some / Much,,
c,single,When?,Pryd?,,,Morning | Evening,,
d,checkbox,What helps?,Beth sy'n helpu?,,,"Tea, Agenda",,
e,number,How many hours?,Sawl awr?,,,,1,40
f,open,What else?,Beth arall?,,,,,
""")
    instrument = imported.instrument
    assert [item.kind for item in instrument.items] == [
        ItemKind.LIKERT, ItemKind.PAIRED, ItemKind.SINGLE, ItemKind.MULTIPLE, ItemKind.NUMBER, ItemKind.TEXT
    ]  # fmt: skip
    assert instrument.languages == ("cy",) or "cy" in instrument.languages
    assert instrument.text(instrument.item("c"), "cy") == "Pryd?"
    assert instrument.poles(instrument.item("b")) == ("Talk", "Action")
    assert instrument.item("e").highest == 40


def test_answers_may_have_columns_of_their_own() -> None:
    instrument = bring("item,option 1,option 2,option 3\nWe meet.,No,Partly,Yes\n").instrument
    assert [label for _code, label in instrument.labels(instrument.items[0])] == ["No", "Partly", "Yes"]


def test_a_column_of_sentences_needs_no_title() -> None:
    imported = bring("We end on time.\nWe listen to each other.\n")
    assert [imported.instrument.text(item) for item in imported.instrument.items] == [
        "We end on time.", "We listen to each other."
    ]  # fmt: skip
    assert NoteCode.NO_HEADER in told(imported)


def test_rows_that_cannot_come_over_are_named() -> None:
    imported = bring("""code,kind,text,options,min,max,left,right
a,,We meet.,,,,,
a,,We meet again.,,,,,
b,matrix of doom,What?,,,,,
c,single,When?,Morning,,,,
d,number,How much?,,0,5000,,
e,paired,How much?,,,,Talk,
f,,,,,,,
""")
    assert [item.key for item in imported.instrument.items] == ["a", "a_2"]
    assert told(imported) == {
        NoteCode.SCALE_ASSUMED: "",
        NoteCode.SCALE_ORDER: "row 2: We meet.",
        NoteCode.DUPLICATE_CODE: "row 3: We meet again.",
        NoteCode.UNKNOWN_KIND: "row 4: What?",
        NoteCode.NO_OPTIONS: "row 5: When?",
        NoteCode.NUMBER_RANGE: "row 6: How much?",
        NoteCode.NO_POLES: "row 7: How much?",
        NoteCode.NO_TEXT: "row 8",
    }


def test_items_of_one_facet_with_different_answers_are_kept_apart() -> None:
    imported = bring("text,facet,options\nA.,Use,No;Yes\nB.,Use,No;Partly;Yes\nC.,Use,Nein;Ja\n")
    assert [item.facet for item in imported.instrument.items] == ["use", "use_2", "use"]
    assert told(imported)[NoteCode.FACET_MIXED] == "row 3: B."


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", ProblemCode.EMPTY),
        (b",,\n,,\n", ProblemCode.EMPTY),
        (b"colour,size\nred,4\n", ProblemCode.NOT_A_LIST_OF_ITEMS),
        (b"text\n", ProblemCode.NO_ITEMS),
        (b'text\n"' + b"x" * 200_000, ProblemCode.NOT_A_LIST_OF_ITEMS),
        (b"text,kind\nWhat else?,open\n", ProblemCode.NO_ITEMS),
        (b"text" + b"," * 300 + b"\nWe meet.\n", ProblemCode.NOT_A_LIST_OF_ITEMS),
    ],
)
def test_lists_of_something_else_are_refused(content: bytes, code: ProblemCode) -> None:
    with pytest.raises(InstrumentProblems) as caught:
        import_file("items.csv", content)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_a_list_longer_than_a_questionnaire_is_cut_and_said() -> None:
    imported = bring("text\n" + "".join(f"We meet {number} times.\n" for number in range(5000)))
    assert len(imported.instrument.items) == 200
    assert told(imported)[NoteCode.TOO_MANY_ITEMS] == "row 202"


def test_more_kinds_of_answers_than_fit_are_left_out_and_said() -> None:
    imported = bring("text,options\n" + "".join(f"Item {n}.,No {n};Yes {n}\n" for n in range(2000)))
    assert len(imported.instrument.scales) == len(imported.instrument.items) == 20
    assert NoteCode.TOO_MANY_SCALES in told(imported)
    assert len(imported.notes) <= 500


def test_a_toml_file_comes_in_the_same_door() -> None:
    for name in ("meetings.toml", "meetings.txt", ""):
        assert import_file(name, FULL.encode()) == Imported(read(FULL), ())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["text", "text.cy", "facet", "options", "kind", "min", "max", "code", "left", "r", "?"])),
    st.lists(
        st.lists(
            st.sampled_from(["", "a;b", "a;b;c", "single", "open", "number", "paired", "1", "99", "{x}", "Nein", "é\0"])
            | st.text(max_size=8),
            max_size=8,
        ),
        max_size=6,
    ),
)
def test_any_list_is_read_or_refused_in_words(titles: list[str], rows: list[list[str]]) -> None:
    content = "\n".join(",".join(cells) for cells in [titles, *rows]).encode("utf-8", "replace")
    try:
        made, refused = import_file("items.csv", content), ()
    except InstrumentProblems as error:
        made, refused = None, error.problems
    assert all(problem.message for problem in refused)
    assert made is None or read(write(made.instrument)) == made.instrument
