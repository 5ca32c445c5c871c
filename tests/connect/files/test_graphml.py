"""GraphML: what graph programs write is read; what could harm the reader is refused before it is used."""

from __future__ import annotations

from pathlib import Path

import pytest

from collegium.connect import files
from collegium.connect.files import Columns, Limits
from tests.connect.files.making import ends_of, file_of, noted, refused, why_unreadable

HEAD = '<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
KEYS = (
    '<key id="d0" for="node" attr.name="name" attr.type="string"/>'
    '<key id="d1" for="node" attr.name="team" attr.type="string"><default>Year 3</default></key>'
    '<key id="d2" for="edge" attr.name="weight" attr.type="double"/>'
    '<key id="d3" for="edge" attr.name="layer" attr.type="string"><default>advice</default></key>'
)
GRAPH = (
    f'{HEAD}{KEYS}<graph edgedefault="directed">'
    '<node id="n0"><data key="d0">ann</data></node>\n'
    '<node id="n1"><data key="d0">ben &amp; co</data><data key="d1">Year 4</data></node>\n'
    '<edge source="n0" target="n1"><data key="d2">2.5</data></edge>\n'
    '<edge source="n1" target="n0"><data key="d3">support</data></edge>\n'
    "</graph></graphml>"
)


def test_nodes_edges_and_what_is_said_of_them(tmp_path: Path) -> None:
    found = files.read(file_of(tmp_path, "g.graphml", GRAPH))
    assert [(person.id, person.team) for person in found.people] == [("ann", "Year 3"), ("ben & co", "Year 4")]
    assert ends_of(found) == [("ann", "ben & co", 2.5), ("ben & co", "ann", None)]
    assert found.layers == ("advice", "support")
    columns = next(note for note in found.notes if note.code == "columns")
    assert columns.data == {"file": "g.graphml", "team": "team", "weight": "weight", "layer": "layer"}


def test_a_list_beside_a_graph_is_not_needed_and_that_is_said(tmp_path: Path) -> None:
    people = file_of(tmp_path, "people.csv", "id\nzed\n")
    found = files.read(file_of(tmp_path, "g.graphml", GRAPH), people)
    assert [person.id for person in found.people] == ["ann", "ben & co"]
    assert found.notes[-1].data == {"files": "people.csv"}


def test_the_id_of_a_node_stands_in_where_nodes_have_no_names_of_their_own(tmp_path: Path) -> None:
    text = f'{HEAD}<graph edgedefault="undirected"><node id="a"/><node id="b"/><edge source="a" target="b"/></graph>'
    found = files.read(file_of(tmp_path, "g.graphml", f"{text}</graphml>"))
    assert ends_of(found) == [("a", "b", None), ("b", "a", None)]
    assert "undirected" in noted(found)


def test_what_cannot_stand_is_refused_by_its_line(tmp_path: Path) -> None:
    lines = [
        f'{HEAD}<graph edgedefault="directed"><node id="a"/><node id="b"/>',
        '<edge source="a" target="a"/>',
        '<edge source="a" target="zed"/>',
        '<hyperedge><endpoint node="a"/></hyperedge>',
        '<node id="a"/><edge target="b"/>',
        '<edge source="b" target="a" directed="true"/></graph></graphml>',
    ]
    found = files.read(file_of(tmp_path, "g.graphml", "\n".join(lines)))
    assert sorted(refused(found)) == [
        (2, "self_tie"),
        (3, "unknown_person"),
        (4, "hyperedge"),
        (5, "duplicate_person"),
        (5, "missing_end"),
    ]
    assert ends_of(found) == [("b", "a", None)]


def test_attributes_with_other_titles_can_be_told(tmp_path: Path) -> None:
    graph = file_of(tmp_path, "g.graphml", GRAPH.replace('"team"', '"grade team"').replace('"weight"', '"times met"'))
    assert ends_of(files.read(graph))[0][2] is None
    found = files.read(graph, columns=Columns(school="Grade Team", weight="times met"))
    assert [(person.school, person.team) for person in found.people] == [("Year 3", ""), ("Year 4", "")]
    assert ends_of(found)[0][2] == 2.5
    code, data = why_unreadable(graph, columns=Columns(team="house"))
    assert (code, data["known"]) == ("unknown_column", "grade team, layer, name, times met")


LAUGHS = '<!DOCTYPE g [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><graphml>&b;</graphml>'
OUTSIDE = '<!DOCTYPE g [<!ENTITY x SYSTEM "file:///etc/passwd">]><graphml>&x;</graphml>'
ELSEWHERE = '<!DOCTYPE graphml SYSTEM "http://127.0.0.1:9/evil.dtd"><graphml/>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (LAUGHS, "unsafe_xml"),
        (OUTSIDE, "unsafe_xml"),
        (ELSEWHERE, "unsafe_xml"),
        (LAUGHS.encode("utf-16"), "unsafe_xml"),
        ("<graphml>&undeclared;</graphml>", "bad_xml"),
        ("<graphml><graph>", "bad_xml"),
        (b"<?xml version='1.0' encoding='no-such'?><graphml/>", "bad_xml"),
        ("<gexf/>", "not_graphml"),
        ("<html><body>sign in first</body></html>", "not_graphml"),
        (f"{HEAD}</graphml>", "no_people"),
        ("<graphml>" + "<graph>" * 50, "too_deep"),
    ],
)
def test_what_is_no_graph_or_unsafe_is_refused_as_a_whole(tmp_path: Path, content: str | bytes, code: str) -> None:
    assert why_unreadable(file_of(tmp_path, "g.graphml", content))[0] == code


def test_a_graph_that_is_too_large_is_refused_without_keeping_all_of_it(tmp_path: Path) -> None:
    edges = '<edge source="a" target="a"/>' * 30
    text = f'{HEAD}<graph edgedefault="directed"><node id="a"/>{edges}</graph></graphml>'
    code, _ = why_unreadable(file_of(tmp_path, "g.graphml", text), limits=Limits(ties=5, refusals=10))
    assert code == "too_many_ties"
    nodes = "".join(f'<node id="{place}"/>' for place in range(9))
    text = f'{HEAD}<graph edgedefault="directed">{nodes}</graph></graphml>'
    code, _ = why_unreadable(file_of(tmp_path, "g.graphml", text), limits=Limits(people=5))
    assert code == "too_many_people"
