"""What is written reads back the same, runs as no formula, and names nobody's address."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.connect import files
from collegium.connect.files import Format, PersonRow, TieFile, TieRow
from collegium.people.rosters import RowRef
from collegium.people.rosters.cells import normal

NOWHERE = RowRef("", 0)
FORMULAS = ["=1+1", "+a", "-a", "@sum(a)", "'=1", "a'b", "<&>\"'", "]]>", "a,b;c", 'say "hi"', "Zoë", "雪", "' x"]
texts = st.one_of(st.sampled_from(FORMULAS), st.text(max_size=12)).map(lambda text: normal(text.replace("\x00", "")))
truths = st.sampled_from([None, True, False])
weights = st.one_of(st.none(), st.integers(1, 9).map(float), st.floats(0.001, 1e6))


@st.composite
def networks(draw: st.DrawFn) -> TieFile:
    """A few people with whatever ids and teams, and ties of up to three kinds."""
    ids = draw(st.lists(texts.filter(bool), min_size=1, max_size=6, unique=True))
    people = [
        PersonRow(each, NOWHERE, "", draw(texts), draw(texts), draw(texts), draw(truths), draw(truths)) for each in ids
    ]
    pairs = [(a, b) for a in range(len(ids)) for b in range(len(ids)) if a != b]
    layers = draw(st.lists(texts, min_size=1, max_size=3, unique=True))
    ties = [
        TieRow(source, target, draw(weights), layer, NOWHERE)
        for layer in range(len(layers))
        for source, target in draw(st.lists(st.sampled_from(pairs), max_size=5, unique=True) if pairs else st.just([]))
    ]
    return TieFile(tuple(people), tuple(layers), tuple(ties))


def again(ties: TieFile, form: Format) -> TieFile:
    """What comes back of it."""
    out = io.BytesIO()
    files.write(out, ties, form)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"ties.{form.extension}"
        path.write_bytes(out.getvalue())
        return files.read(path)


def people_of(ties: TieFile) -> list[tuple[object, ...]]:
    """The people without where they stood in a file."""
    return [(person.id, *person[3:]) for person in ties.people]


def ties_of(ties: TieFile, *, one: float | None = None) -> set[tuple[object, ...]]:
    """The ties; `one` stands for a weight that is not given."""
    return {(t.source, t.target, one if t.weight is None else t.weight, ties.layers[t.layer]) for t in ties.ties}


@pytest.mark.parametrize("form", [Format.EDGES, Format.GRAPHML])
@settings(max_examples=30)
@given(ties=networks())
def test_lists_and_graphs_come_back_the_same(form: Format, ties: TieFile) -> None:
    found = again(ties, form)
    assert people_of(found) == people_of(ties)
    assert ties_of(found) == ties_of(ties)
    assert found.refused == 0


@settings(max_examples=30)
@given(ties=networks())
def test_matrices_come_back_but_for_ties_without_a_number(ties: TieFile) -> None:
    layers = tuple(f"kind {place}" for place, _ in enumerate(ties.layers))
    titled = TieFile(ties.people, layers, ties.ties)
    found = again(titled, Format.MATRIX_CSV)
    assert people_of(found) == people_of(ties)
    # A single matrix beside the list of people keeps its title, as each of several does.
    assert ties_of(found) == ties_of(titled, one=1.0)


def small() -> TieFile:
    """Three people whose words begin like formulas, and two kinds of tie."""
    people = (
        PersonRow("=cmd|' /C calc'!A0", NOWHERE, "ann@oak.example", "@Oak", "-Year 3", "middle", True, True),
        PersonRow("+ben", NOWHERE, "ben@oak.example", "Oak", "", "", None, False),
        PersonRow("cai", NOWHERE),
    )
    ties = (TieRow(0, 1, 2.0, 0, NOWHERE), TieRow(1, 2, None, 1, NOWHERE))
    return TieFile(people, ("advice", "=support"), ties)


def test_a_book_comes_back_with_its_kinds_of_tie() -> None:
    found = again(small(), Format.MATRIX_XLSX)
    assert people_of(found) == people_of(small())
    assert {(t.source, t.target, t.weight) for t in found.ties} == {(0, 1, 2.0), (1, 2, 1.0)}


@pytest.mark.parametrize("form", [Format.EDGES, Format.MATRIX_CSV])
def test_no_cell_can_be_run(form: Format) -> None:
    out = io.BytesIO()
    files.write(out, small(), form)
    with zipfile.ZipFile(out) as archive:
        for name in archive.namelist():
            cells = archive.read(name).decode("utf-8-sig").replace('"', "").replace("\r\n", ",").split(",")
            assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


@pytest.mark.parametrize("form", list(Format))
def test_the_same_ties_make_the_same_file_without_any_address(form: Format) -> None:
    first, second = io.BytesIO(), io.BytesIO()
    files.write(first, small(), form)
    files.write(second, small(), form)
    if form is not Format.MATRIX_XLSX:  # a book says when it was made
        assert first.getvalue() == second.getvalue()
    content = first.getvalue()
    if form.extension in ("zip", "xlsx"):
        with zipfile.ZipFile(first) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    assert b"oak.example" not in content


def test_gexf_is_whole_and_says_the_same() -> None:
    out = io.BytesIO()
    files.write(out, small(), Format.GEXF)
    root = ElementTree.fromstring(out.getvalue())
    space = "{http://gexf.net/1.3}"
    assert root.tag == f"{space}gexf"
    nodes = [node.get("label") for node in root.iter(f"{space}node")]
    assert nodes == ["=cmd|' /C calc'!A0", "+ben", "cai"]
    edges = [(e.get("source"), e.get("target"), e.get("weight"), e.get("kind")) for e in root.iter(f"{space}edge")]
    assert edges == [("0", "1", "2", "advice"), ("1", "2", None, "=support")]
