"""Lists: of people, a row each; and of ties, a row each with the two people it joins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from collegium.connect.files import titles
from collegium.connect.files.gathering import Gathering
from collegium.connect.files.records import Columns, NoteCode, PersonRow, RefusalCode, UnreadableCode, UnreadableTies
from collegium.connect.files.tables import Table
from collegium.people.rosters import RowRef
from collegium.people.rosters.cells import key

_NONE = -1


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """A table of people and where its columns are. Where ids repeat, `scope` is the column that tells them apart."""

    table: Table
    id: int
    places: dict[str, int]
    scope: int = _NONE


@dataclass(frozen=True, slots=True)
class TieTable:
    """A table of ties and where its columns are."""

    table: Table
    source: int
    target: int
    weight: int
    layer: int
    scope: int = _NONE


# --- which table is what ----------------------------------------------------------------------------------------------
def find_ties(table: Table, told: Columns) -> TieTable | None:
    """Return where the columns of a list of ties are; None when the table is none."""
    source, target = _find_ends(table, told)
    if source == _NONE or target == _NONE:
        return None
    found = [_find(table, told.weight, titles.WEIGHT), _find(table, told.layer, titles.LAYER)]
    weight, layer = (place if place not in (source, target) else _NONE for place in found)
    return TieTable(table, source, target, weight, layer)


def _find_ends(table: Table, told: Columns) -> tuple[int, int]:
    if told.source or told.target:
        return table.told_column(told.source), table.told_column(told.target)
    keys = [key(title) for title in table.headers]
    for source, target in titles.ENDS:
        if keys.count(source) == 1 and keys.count(target) == 1:
            return keys.index(source), keys.index(target)
    return _NONE, _NONE


def find_people(table: Table, told: Columns) -> PeopleTable | None:
    """Return where the columns of a list of people are; None when no column tells who is who."""
    place = _find(table, told.id, titles.ID)
    places = {name: _find(table, getattr(told, name), words) for name, words in titles.PERSON.items()}
    if place == _NONE:
        place = places.get("email", _NONE)
        place = place if place != _NONE else table.column(titles.NAME)
    if place == _NONE:
        return None
    said = {place for name, place in places.items() if getattr(told, name)}
    places = {name: at for name, at in places.items() if getattr(told, name) or at not in said}
    # One column is one thing, unless somebody says otherwise; an address may be the id as well.
    kept = {name: at for name, at in places.items() if at != _NONE and (at != place or name == "email")}
    for name in ("post", "answered", "level"):
        if not getattr(told, name) and list(kept.values()).count(kept.get(name, _NONE)) > 1:
            del kept[name]
    return PeopleTable(table, place, kept)


def _find(table: Table, told: str, words: frozenset[str]) -> int:
    return table.told_column(told) if told else table.column(words)


def check_told(told: Columns, people: PeopleTable | None, ties: TieTable | None) -> None:
    """Refuse the name of a column that is in neither table."""
    tables = [each.table for each in (people, ties) if each is not None]
    for name in Columns.__dataclass_fields__:
        title = getattr(told, name)
        if title and not any(table.told_column(title) != _NONE for table in tables):
            said = {"column": title, "known": ", ".join(h for table in tables for h in table.headers if h)}
            raise UnreadableTies(UnreadableCode.UNKNOWN_COLUMN, said)


# --- ids that repeat --------------------------------------------------------------------------------------------------
def scope_ids(people: PeopleTable, ties: TieTable) -> tuple[PeopleTable, TieTable]:
    """Where ids repeat among the people, find the column of both lists within which they do not, such as school."""
    rows = [cells for _, cells in people.table.rows(lambda *_: None)]
    ids = [cells[people.id] for cells in rows]
    if len(set(ids)) == len(ids):
        return people, ties
    for place, title in enumerate(people.table.headers):
        at = ties.table.column(frozenset({key(title)})) if title else _NONE
        if place == people.id or at in (_NONE, ties.source, ties.target):
            continue
        if len({(cells[place], cells[people.id]) for cells in rows}) == len(rows):
            return (
                PeopleTable(people.table, people.id, people.places, place),
                TieTable(ties.table, ties.source, ties.target, ties.weight, ties.layer, at),
            )
    return people, ties


def _scoped(cells: list[str], place: int, scope: int) -> str:
    if scope == _NONE or not cells[place]:
        return cells[place]
    return f"{cells[scope]}/{cells[place]}"


# --- reading ----------------------------------------------------------------------------------------------------------
def read_people(people: PeopleTable, gathering: Gathering) -> None:
    """Read a list of people."""
    gathering.is_listed = True
    for ref, cells in _rows(people.table, gathering):
        at = {name: cells[place] for name, place in people.places.items()}
        gathering.add_person(
            PersonRow(
                id=_scoped(cells, people.id, people.scope),
                ref=ref,
                email=at.get("email", ""),
                school=at.get("school", ""),
                team=at.get("team", ""),
                level=at.get("level", ""),
                has_post=gathering.truth(at.get("post", ""), ref),
                answered=gathering.truth(at.get("answered", ""), ref),
            )
        )
    _note_columns(people.table, {"id": people.id, **people.places}, gathering)
    if people.scope != _NONE:
        gathering.note(NoteCode.SCOPED_IDS, column=people.table.headers[people.scope])


def read_ties(ties: TieTable, gathering: Gathering) -> None:
    """Read a list of ties, after the people."""
    for ref, cells in _rows(ties.table, gathering):
        ends = (_scoped(cells, ties.source, ties.scope), _scoped(cells, ties.target, ties.scope))
        weight = None if ties.weight == _NONE else cells[ties.weight]
        gathering.add_tie(ends, weight, "" if ties.layer == _NONE else cells[ties.layer], ref)
    found = {"source": ties.source, "target": ties.target, "weight": ties.weight, "layer": ties.layer}
    _note_columns(ties.table, found, gathering)


def _rows(table: Table, gathering: Gathering) -> Iterator[tuple[RowRef, list[str]]]:
    def refuse(number: int, code: RefusalCode) -> None:
        gathering.refuse(RowRef(table.name, number), code)

    for number, cells in table.rows(refuse):
        yield RowRef(table.name, number), cells


def _note_columns(table: Table, places: dict[str, int], gathering: Gathering) -> None:
    read = {name: table.headers[place] for name, place in places.items() if place != _NONE}
    gathering.note(NoteCode.COLUMNS, about=table.name, file=table.name, **read)
