"""From an upload to a `TieFile`: sees what each file is, and lets the right reader at it."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from collegium.connect.files.gathering import Gathering
from collegium.connect.files.graphml import read_graphml
from collegium.connect.files.lists import (
    PeopleTable,
    check_told,
    find_people,
    find_ties,
    read_people,
    read_ties,
    scope_ids,
)
from collegium.connect.files.matrices import Matrix, find_matrix, read_matrix
from collegium.connect.files.records import (
    DEFAULT,
    Columns,
    FileKind,
    Limits,
    Note,
    NoteCode,
    TieFile,
    UnreadableCode,
    UnreadableTies,
)
from collegium.connect.files.tables import Table, open_tables
from collegium.people.rosters.errors import UnreadableRoster

_BEGINNING = 200
_NO_COLUMNS = Columns()


def read(
    path: Path, people: Path | None = None, *, columns: Columns = _NO_COLUMNS, limits: Limits = DEFAULT
) -> TieFile:
    """Read the ties at `path`, and the list of people beside them when there is one. Raises UnreadableTies."""
    with ExitStack() as stack:
        try:
            if _is_xml(path):
                return _say_not_needed(read_graphml(path, columns, limits), people)
            tables = open_tables(path, stack)
            listed = open_tables(people, stack) if people else []
            return _read_tables(path.name, tables, listed, columns, limits)
        except UnreadableRoster as error:
            raise UnreadableTies(error.code, error.data) from error
        except OSError as error:
            raise UnreadableTies("not_found", {"file": path.name}) from error


def _say_not_needed(found: TieFile, people: Path | None) -> TieFile:
    """A graph holds its people; a list that came with it is not read, and that is said."""
    if people is None:
        return found
    return replace(found, notes=(*found.notes, Note(NoteCode.OTHER_TABLES, 1, {"files": people.name})))


def _is_xml(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        beginning = stream.read(_BEGINNING)
    # An XML file in UTF-16 has its sign between NULs.
    return beginning.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<")


def _read_tables(name: str, tables: list[Table], listed: list[Table], told: Columns, limits: Limits) -> TieFile:
    ties = next((found for table in tables if (found := find_ties(table, told))), None)
    matrices = [] if ties else _find_matrices(tables, limits)
    if ties is None and not matrices:
        headers = ", ".join(title for title in tables[0].headers[:12] if title)
        raise UnreadableTies(UnreadableCode.NO_ENDS, {"file": tables[0].name, "known": headers})
    used = [ties.table] if ties else [matrix.table for matrix in matrices]
    rest = [table for table in tables if table not in used]
    people = _find_list(listed, rest, told)
    check_told(told, people, ties)
    gathering = Gathering(FileKind.EDGES if ties else FileKind.MATRIX, limits)
    if people and ties:
        people, ties = scope_ids(people, ties)
    if people:
        read_people(people, gathering)
    if ties:
        read_ties(ties, gathering)
    for place, matrix in enumerate(matrices):
        read_matrix(matrix, matrix.table.title, gathering, lists_people=people is None and place == 0)
    _tell(tables, listed, used, people, gathering)
    return gathering.close(name)


def _find_matrices(tables: list[Table], limits: Limits) -> list[Matrix]:
    return [matrix for table in tables if (matrix := find_matrix(table, limits))]


def _find_list(listed: list[Table], rest: list[Table], told: Columns) -> PeopleTable | None:
    """The list of people: in the file that is said to hold it, or else in a table beside the ties."""
    found = next((people for table in listed or rest if (people := find_people(table, told))), None)
    if listed and found is None:
        headers = ", ".join(title for title in listed[0].headers[:12] if title)
        raise UnreadableTies(UnreadableCode.NO_ID_COLUMN, {"file": listed[0].name, "known": headers})
    return found


def _tell(
    tables: list[Table], listed: list[Table], used: list[Table], people: PeopleTable | None, gathering: Gathering
) -> None:
    if people is not None:
        used = [*used, people.table]
    for table in used:
        for code, said in table.notes.items():
            gathering.note(code, about=table.name, **said)
    others = [table.name for table in [*tables, *listed] if table not in used]
    if others:
        gathering.note(NoteCode.OTHER_TABLES, files=", ".join(others[:10]))
