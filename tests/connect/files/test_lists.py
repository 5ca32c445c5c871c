"""Lists of ties and people: what is read, and what is refused by row."""

from __future__ import annotations

from pathlib import Path

import pytest

from collegium.connect import files
from collegium.connect.files import Columns, Limits
from tests.connect.files.making import ends_of, file_of, noted, refused, why_unreadable
from tests.shared import SHARED

PITTS = SHARED / "data" / "net_pitts_spillane"
PEOPLE = "id,school,team,level,answered\nann,Oak,Year 3,middle,yes\nben,Oak,Year 4,classroom,no\ncai,Elm,,,\n"


def test_a_list_of_ties_alone_knows_only_those_in_it(tmp_path: Path) -> None:
    found = files.read(file_of(tmp_path, "ties.csv", "from,to,weight\nann,ben,2\nben,cai,\n"))
    assert [person.id for person in found.people] == ["ann", "ben", "cai"]
    assert ends_of(found) == [("ann", "ben", 2.0), ("ben", "cai", None)]
    assert not found.is_listed
    assert "people_from_ties" in noted(found)


def test_a_list_of_people_says_where_everybody_stands(tmp_path: Path) -> None:
    ties = file_of(tmp_path, "ties.csv", "source;target\r\nann;ben\r\n")
    found = files.read(ties, file_of(tmp_path, "people.csv", PEOPLE))
    assert [(p.school, p.team, p.level, p.answered) for p in found.people] == [
        ("Oak", "Year 3", "middle", True),
        ("Oak", "Year 4", "classroom", False),
        ("Elm", "", "", None),
    ]
    assert ends_of(found) == [("ann", "ben", None)]


def test_what_cannot_stand_is_refused_by_its_row(tmp_path: Path) -> None:
    rows = ["ann,ben,1", "ann,zed,1", "ben,ben,1", "ann,ben,3", "ben,cai,often", "cai,ann,-1", ",ann,1", "cai,ben,nan"]
    rows += ["cai,ann,inf", "cai,ben,0", "cai,ben,2,x"]
    ties = file_of(tmp_path, "ties.csv", "from,to,weight\n" + "\n".join(rows))
    found = files.read(ties, file_of(tmp_path, "people.csv", PEOPLE))
    assert refused(found) == [
        (3, "unknown_person"),
        (4, "self_tie"),
        (5, "duplicate_tie"),
        (6, "bad_weight"),
        (7, "negative_weight"),
        (8, "missing_end"),
        (10, "bad_weight"),
        (12, "too_many_cells"),
    ]
    assert found.refusals[2].data["first_row"] == "2"
    # A blank, "nan" too, gives no number: the row itself says that there is a tie. A zero says that there is none.
    assert ends_of(found) == [("ann", "ben", 1.0), ("cai", "ben", None)]
    assert "zero_weights" in noted(found)


def test_people_are_refused_by_their_row_and_nothing_hangs_on_them(tmp_path: Path) -> None:
    people = file_of(tmp_path, "people.csv", "id,email\nann,ann@oak.example\n,ben@oak.example\nann,\ncai,no address\n")
    found = files.read(file_of(tmp_path, "ties.csv", "from,to\nann,cai\n"), people)
    assert refused(found) == [(3, "missing_id"), (4, "duplicate_person")]
    assert [(p.id, p.email) for p in found.people] == [("ann", "ann@oak.example"), ("cai", "")]
    assert "bad_email" in noted(found)


def test_several_kinds_of_tie_stand_in_one_list(tmp_path: Path) -> None:
    text = "from,to,layer\nann,ben,advice\nann,ben,support\nann,ben,advice\n"
    found = files.read(file_of(tmp_path, "ties.csv", text))
    assert found.layers == ("advice", "support")
    assert [tie.layer for tie in found.ties] == [0, 1]
    assert refused(found) == [(4, "duplicate_tie")]


def test_decimal_commas_and_tabs_are_read(tmp_path: Path) -> None:
    found = files.read(file_of(tmp_path, "ties.tsv", "von\tzu\tGewicht\nann\tben\t1,5\n"))
    assert ends_of(found) == [("ann", "ben", 1.5)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_found_out(tmp_path: Path, encoding: str) -> None:
    found = files.read(file_of(tmp_path, "ties.csv", "from,to\nZoë,Åsa\n".encode(encoding)))
    assert ends_of(found) == [("Zoë", "Åsa", None)]
    assert ("encoding_guessed" in noted(found)) == (encoding == "cp1252")


def test_columns_of_other_names_can_be_told(tmp_path: Path) -> None:
    ties = file_of(tmp_path, "ties.csv", "wer,wen,wieoft\nann,ben,2\n")
    assert why_unreadable(ties) == ("no_ends", {"file": "ties.csv", "known": "wer, wen, wieoft"})
    told = Columns(source="wer", target="wen", weight="wieoft")
    assert ends_of(files.read(ties, columns=told)) == [("ann", "ben", 2.0)]
    code, data = why_unreadable(ties, columns=Columns(source="wer", target="wen", weight="how"))
    assert (code, data["column"]) == ("unknown_column", "how")
    twice = file_of(tmp_path, "twice.csv", "wer,wer,wen\nann,ben,cai\n")
    assert why_unreadable(twice, columns=told)[0] == "doubled_column"


def test_a_list_of_people_without_ids_says_which_columns_it_has(tmp_path: Path) -> None:
    people = file_of(tmp_path, "people.csv", "shoe,hat\n1,2\n")
    ties = file_of(tmp_path, "ties.csv", "from,to\nann,ben\n")
    assert why_unreadable(ties, people) == ("no_id_column", {"file": "people.csv", "known": "shoe, hat"})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"  \n\n", "empty"),
        (b"from,to\n", "no_ties"),
        (b"%PDF-1.4 ties", "not_a_table"),
        (b"PK\x03\x04 broken", "damaged"),
        (b'"from,to\n1,2\n', "broken_row"),
    ],
)
def test_files_without_ties_say_why(tmp_path: Path, content: bytes, code: str) -> None:
    assert why_unreadable(file_of(tmp_path, "ties.csv", content))[0] == code


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    assert why_unreadable(tmp_path / "none.csv")[0] == "not_found"


def test_people_without_any_tie_are_a_network_too(tmp_path: Path) -> None:
    found = files.read(file_of(tmp_path, "ties.csv", "from,to\n"), file_of(tmp_path, "people.csv", PEOPLE))
    assert (len(found.people), found.ties) == (3, ())


def test_a_hundred_thousand_ties_are_read_and_more_are_refused_whole(tmp_path: Path) -> None:
    rows = [f"{i},{(i * 7 + step) % 20_000 + 20_000}" for i in range(20_000) for step in range(5)]
    found = files.read(file_of(tmp_path, "ties.csv", "from,to\n" + "\n".join(rows)))
    assert (len(found.ties), found.refused) == (100_000, 0)
    more = file_of(tmp_path, "more.csv", "from,to\n" + "\n".join(rows[:50]))
    code, data = why_unreadable(more, limits=Limits(ties=49))
    assert (code, data) == ("too_many_ties", {"file": "more.csv", "limit": "49"})


def test_refusals_beyond_the_list_are_counted(tmp_path: Path) -> None:
    ties = file_of(tmp_path, "ties.csv", "from,to\n" + "ann,ann\n" * 9)
    found = files.read(ties, limits=Limits(refusals=4))
    assert (len(found.refusals), found.refused) == (4, 9)


def test_ids_that_repeat_from_school_to_school_are_told_apart_by_it() -> None:
    found = files.read(PITTS / "edges.csv", PITTS / "nodes.csv")
    assert (len(found.people), len(found.ties), found.refused) == (433, 1540, 0)
    assert {person.school for person in found.people} == {str(number) for number in range(1, 16)}
    assert found.people[30].id == "2/1"
    assert "scoped_ids" in noted(found)


def test_the_same_ties_by_codes_that_never_repeat() -> None:
    told = Columns(id="code", source="sender_code", target="receiver_code")
    found = files.read(PITTS / "edges.csv", PITTS / "nodes.csv", columns=told)
    by_number = files.read(PITTS / "edges.csv", PITTS / "nodes.csv")
    assert found.people[0].id == "AUW"
    assert [tie[:3] for tie in found.ties] == [tie[:3] for tie in by_number.ties]
