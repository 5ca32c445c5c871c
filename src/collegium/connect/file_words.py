"""The plain sentence for everything that can be wrong with a file of ties, in one place, for pages and command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from collegium.connect.files import NoteCode, RefusalCode, UnreadableTies

Words = str | Promise

REFUSED: Mapping[RefusalCode, Words] = {
    RefusalCode.MISSING_ID: _("The row does not say who it is about. Fill in the id, or delete the row."),
    RefusalCode.LONG_ID: _("The id “{id}…” is longer than {limit} characters. Give this person a shorter one."),
    RefusalCode.DUPLICATE_PERSON: _("“{id}” stands in row {first_row} already, which was taken. Delete one of them."),
    RefusalCode.SAME_PERSON: _(
        "“{id}” is the same person here as in row {first_row}, which was taken. Use one id for each person."
    ),
    RefusalCode.MISSING_END: _("One of the two people is missing. Fill in both, or delete the row."),
    RefusalCode.UNKNOWN_PERSON: _(
        "“{id}” is not in the list of people. Add them to the list, or correct the id in this row."
    ),
    RefusalCode.SELF_TIE: _("“{id}” is tied to themselves. Correct one of the two, or delete the row."),
    RefusalCode.DUPLICATE_TIE: _(
        "The tie from “{source}” to “{target}” stands in row {first_row} already, which was taken. Delete one of them."
    ),
    RefusalCode.BAD_WEIGHT: _("“{value}” is not a number. Write how strong the tie is as a number, or leave it empty."),
    RefusalCode.NEGATIVE_WEIGHT: _("“{value}” is below zero. A tie counts for more than zero; zero is no tie."),
    RefusalCode.HYPEREDGE: _("A hyperedge joins several people at once. Write it as a tie for each two of them."),
    RefusalCode.TOO_MANY_CELLS: _("The row has more cells than there are column titles: a comma may lack its quotes."),
    RefusalCode.CELL_TOO_LONG: _("A text in this row is too long to be read."),
    RefusalCode.UNCLOSED_QUOTE: _("A quotation mark is opened and never closed."),
}

NOTED: Mapping[NoteCode, Words] = {
    NoteCode.ROWS_ARE_SOURCES: _("Whoever stands at the beginning of a row turns to those in the columns."),
    NoteCode.NO_LABELS: _("The matrix names nobody, so people are numbered in its order."),
    NoteCode.SCOPED_IDS: _(
        "Ids repeat, so each was read together with the column “{column}”, within which they do not."
    ),
    NoteCode.PEOPLE_FROM_TIES: _(
        "There is no list of people: only those with a tie are known, and whoever names nobody counts as not having "
        "answered. Add a list of people to have everybody in."
    ),
    NoteCode.ALL_ANSWERED: _("The file does not say who answered, so everybody in it counts as having answered."),
    NoteCode.UNDIRECTED: _(
        "The graph says that two people are joined and not who turns to whom: each tie was read both ways."
    ),
    NoteCode.ZERO_WEIGHTS: _("Rows with a weight of zero were read as no tie."),
    NoteCode.NOT_YES_OR_NO: _("“{value}” in row {row} is neither yes nor no; it was left open."),
    NoteCode.BAD_EMAIL: _("“{value}” in row {row} is not an email address; the person was taken without one."),
    NoteCode.ENCODING_GUESSED: _("{file} is not in UTF-8; it was read as {encoding}. Check ids with accents."),
    NoteCode.NULS_REMOVED: _("{file} holds NUL characters; they were removed."),
    NoteCode.OTHER_TABLES: _("These tables were not needed and not read: {files}."),
}

UNREADABLE: Mapping[str, Words] = {
    "no_ties": _("{file} holds column titles and no ties. Add a row for each tie."),
    "no_people": _("{file} names nobody. Add the people, or export the file again."),
    "no_ends": _(
        "No columns of {file} say who turns to whom: it has {known}. Call two of them source and target, or say below "
        "what they are called."
    ),
    "no_id_column": _(
        "No column of {file} says who is who: it has {known}. Call one of them id, or say below what it is called."
    ),
    "unknown_column": _("There is no column “{column}”. The columns are {known}."),
    "doubled_column": _("{file} has two columns “{column}”. Give each a title of its own."),
    "not_square": _(
        "The matrix in {file} is not square: it has {rows} rows and {columns} columns of people. Only on one side: "
        "{missing}. Give everybody a row and a column."
    ),
    "doubled_label": _(
        "“{label}” stands twice at the edge of the matrix in {file}. Give everybody one row and one column."
    ),
    "row_without_label": _("Row {row} of the matrix in {file} does not say whose it is. Fill in its first cell."),
    "matrix_too_large": _(
        "The matrix in {file} is of {size} people, and at most {limit} are read. Use a list of ties."
    ),
    "too_many_ties": _("{file} holds more than {limit} ties. Divide it, for instance by school."),
    "too_many_people": _("{file} holds more than {limit} people. Divide it, for instance by school."),
    "too_many_layers": _(
        "{file} holds more than {limit} kinds of tie (row {row}). Look whether the right column was read."
    ),
    "broken_row": _("Row {row} of {file} cannot be read: a quotation mark may never be closed. Mend it and try again."),
    "bad_xml": _("{file} breaks off or is damaged in line {row}. Export it again."),
    "unsafe_xml": _(
        "{file} declares a document type or entities, with which a file can harm whoever reads it. It was not read. "
        "Save it as plain GraphML."
    ),
    "not_graphml": _("{file} is XML and not GraphML: it begins with “{root}”. Export it as GraphML."),
    "too_deep": _("{file} nests too deeply to be a graph of people. Export it as plain GraphML."),
    "not_found": _("There is no file {file}."),
    "empty": _("{file} is empty."),
    "not_a_table": _("{file} is no table: it looks like {looks_like}. CSV, TSV, XLSX, ODS and GraphML can be read."),
    "damaged": _("{file} is damaged. Save or export it again."),
    "encrypted": _("{file} is locked with a password. Save it without one."),
    "macros": _("{file} holds macros. Save it as a plain spreadsheet."),
    "sheet_too_big": _("{file} is too large to be opened as a spreadsheet. Save it as CSV."),
}
_UNSAFE: Words = _("{file} cannot be opened safely. Save it as CSV or XLSX and try again.")

FIELDS: Mapping[str, Words] = {
    "id": _("who"),
    "email": _("email address"),
    "school": _("school"),
    "team": _("team"),
    "level": _("level"),
    "post": _("post of leadership"),
    "answered": _("answered"),
    "source": _("who turns to somebody"),
    "target": _("who is turned to"),
    "weight": _("weight"),
    "layer": _("kind of tie"),
}


class _Given(dict[str, Any]):
    """What a sentence needs; what is missing is left out."""

    def __missing__(self, _name: str) -> str:
        return "…"


def _fill(words: Words, data: Mapping[str, Any]) -> str:
    return str(words).format_map(_Given(data))


def refusal(code: str, data: Mapping[str, Any]) -> str:
    """Say why a row was not taken, and what to do."""
    return _fill(REFUSED[RefusalCode(code)], data)


def note(code: str, data: Mapping[str, Any]) -> str:
    """Say what was decided while reading."""
    if code == NoteCode.COLUMNS:
        read = [f"{FIELDS[name]} = “{title}”" for name, title in data.items() if name in FIELDS]
        return _now("%(file)s was read like this: %(columns)s.") % {
            "file": data.get("file", "…"),
            "columns": ", ".join(read),
        }
    return _fill(NOTED[NoteCode(code)], data)


def problem(code: str, data: Mapping[str, Any]) -> str:
    """Say why a file cannot be read, and what to do."""
    return _fill(UNREADABLE.get(code, _UNSAFE), data)


def unreadable(error: UnreadableTies) -> str:
    """Say the same of an error."""
    return problem(error.code, error.data)


def place(file: str, row: int) -> str:
    """Say where something stands."""
    return _now("%(file)s, row %(row)s") % {"file": file, "row": row}
