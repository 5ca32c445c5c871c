"""The plain sentence for every code of this package, in one place, so that it can be translated."""

from __future__ import annotations

from collections.abc import Mapping

from collegium.people.rosters.errors import UnreadableCode, UnreadableRoster
from collegium.people.rosters.records import LeftOut, Note, NoteCode, Refusal, RefusalCode

REFUSED: Mapping[RefusalCode, str] = {
    RefusalCode.MISSING_ID: "The row has no id in the column “{column}”.",
    RefusalCode.MISSING_NAME: "The row has no name.",
    RefusalCode.MISSING_UNIT: "The row does not say in which unit.",
    RefusalCode.MISSING_PERSON: "The row does not say which person it is about.",
    RefusalCode.MISSING_ROLE: "The row does not say which role, so we cannot tell staff from pupils.",
    RefusalCode.DUPLICATE_ID: "The id {id} was already used in row {first_row}. The first row was taken.",
    RefusalCode.CONFLICTING_ROW: "Row {first_row} has another name under the id {id}. The first row was taken.",
    RefusalCode.UNKNOWN_STATUS: "The status “{value}” is not one we know, so the row was left alone.",
    RefusalCode.BAD_DATE: "“{value}” in the column “{column}” is not a date we can read.",
    RefusalCode.REVERSED_DATES: "The end ({ends_on}) comes before the start ({starts_on}).",
    RefusalCode.UNIT_CYCLE: "The unit would contain itself: {cycle}. The tie to its parent was not taken.",
    RefusalCode.PRINCIPAL_MISMATCH: (
        "The school names {principal} as its principal under the id {id}, but that id belongs to {teacher}. "
        "The principal was not taken."
    ),
    RefusalCode.TOO_MANY_CELLS: "The row has {cells} cells and the header {columns}: a comma may lack its quotes.",
    RefusalCode.CELL_TOO_LONG: "The text in the column “{column}” is longer than {limit} characters.",
    RefusalCode.UNCLOSED_QUOTE: "A quotation mark is opened and never closed.",
    RefusalCode.UNREADABLE_ROW: "The row cannot be read.",
}

NOTED: Mapping[NoteCode, str] = {
    NoteCode.UNKNOWN_ROLE: "We do not know the role “{value}”; it was kept as a title, with the level “support”.",
    NoteCode.UNKNOWN_UNIT_KIND: "We do not know the unit type “{value}”; say which kind it is before it is added.",
    NoteCode.INVALID_EMAIL: "“{value}” is not an email address; the person was taken without one.",
    NoteCode.NAME_FROM_USERNAME: "The file gives no names; the user name stands in for them.",
    NoteCode.MATCHED_BY_NAME: "The row has neither id nor email; the person is recognised by name and unit alone.",
    NoteCode.DISABLED_ACCOUNT: "The account is switched off in the source. The person is kept: off is not gone.",
    NoteCode.NO_TITLE: "The row names no post; it was taken as “Member of staff”, with the level “support”.",
    NoteCode.NO_UNIT: "The person is in no unit, so they get no post.",
    NoteCode.NO_ROLE: "The person has no role in this upload and may be a pupil, so they were left out.",
    NoteCode.PARENT_ASSUMED: "The school names no district; it was placed in {parent}, the only one in the upload.",
    NoteCode.DATE_ORDER: "Dates such as {value} in the column “{column}” were read as {order}.",
    NoteCode.DATES_AMBIGUOUS: "Dates such as {value} in the column “{column}” could be read two ways; we took {order}.",
    NoteCode.ENCODING_GUESSED: "{file} is not in UTF-8; it was read as {encoding}. Check names with accents.",
    NoteCode.NULS_REMOVED: "{file} holds NUL characters; they were removed.",
    NoteCode.DELTA_ASSUMED: "The upload has no manifest and marks rows as deleted, so it was read as changes only.",
    NoteCode.DELTA_IN_PART: "Only a part of the upload is complete, so who is missing from it was not taken as gone.",
    NoteCode.IGNORED_FILES: "These files are not part of a roster and were not opened: {files}.",
    NoteCode.HEADER_NOT_FIRST: "The column titles were found in row {row}; what stands above was ignored.",
    NoteCode.OTHER_SHEETS: "The sheet “{sheet}” was read. Other sheets were ignored: {others}.",
    NoteCode.MORE_REFUSED: "More rows were refused than are listed.",
}

LEFT_OUT: Mapping[LeftOut, str] = {
    LeftOut.PUPILS: "pupils",
    LeftOut.GUARDIANS: "parents and guardians",
    LeftOut.PEOPLE_WITHOUT_ROLE: "people without a role",
    LeftOut.OTHER_PEOPLE: "other people",
    LeftOut.CLASSES: "classes",
    LeftOut.COURSES: "courses",
    LeftOut.ENROLMENTS: "enrolments",
    LeftOut.SESSIONS: "terms and sessions",
    LeftOut.DEMOGRAPHICS: "demographic records",
    LeftOut.RELATIONSHIPS: "family relationships",
    LeftOut.OTHER_ORGANISATIONS: "other organisations",
    LeftOut.OTHER_RECORDS: "other records",
}

UNREADABLE: Mapping[UnreadableCode, str] = {
    UnreadableCode.NOT_FOUND: "There is no file or folder {file}, or it cannot be opened.",
    UnreadableCode.EMPTY: "{file} is empty.",
    UnreadableCode.NO_ROWS: "{file} holds column titles and no rows.",
    UnreadableCode.NOT_A_TABLE: "{file} is not a table: it looks like {looks_like}.",
    UnreadableCode.DAMAGED: "{file} is damaged or incomplete. Export it again and retry.",
    UnreadableCode.TOO_LARGE: "{file} is larger than we read ({limit} MB).",
    UnreadableCode.TOO_MANY_FILES: "{file} holds more than {limit} files.",
    UnreadableCode.TOO_MANY_ROWS: "{file} holds more than {limit} rows.",
    UnreadableCode.TOO_MANY_COLUMNS: "{file} has more than {limit} columns.",
    UnreadableCode.ZIP_BOMB: "{file} would unpack to far more than it holds. It was not opened.",
    UnreadableCode.UNSAFE_NAME: "The zip holds a file whose name points outside of it: {member}. It was not opened.",
    UnreadableCode.SYMLINK: "{member} is a link to another place. It was not followed.",
    UnreadableCode.ENCRYPTED: "{file} is protected by a password. Save it without one and retry.",
    UnreadableCode.NESTED_ZIP: "{member} is packed inside the zip. Unpack it and upload it by itself.",
    UnreadableCode.DUPLICATE_MEMBER: "The zip holds {member} twice, and we cannot tell which one counts.",
    UnreadableCode.MACROS: "{file} contains macros. Save it as .xlsx or .csv and retry.",
    UnreadableCode.SHEET_TOO_BIG: (
        "{file} asks for more memory or time than a roster needs. Delete empty rows and columns, or save it as .csv."
    ),
    UnreadableCode.NO_TABLES: "{file} holds no table that we recognise.",
    UnreadableCode.SEVERAL_ROSTERS: "{file} holds several rosters ({folders}). Upload them one by one.",
    UnreadableCode.DOUBLED_COLUMN: "{file} has the column “{column}” twice. Remove one of them and retry.",
    UnreadableCode.MISSING_COLUMN: "{file} lacks the column “{column}”.",
    UnreadableCode.MAPPING_NEEDED: "Say which column of {file} holds what.",
    UnreadableCode.MAPPING_DOES_NOT_FIT: "{file} has no column “{column}”, which was named for {field}.",
}


def sentence(told: Refusal | Note | UnreadableRoster) -> str:
    """The English sentence for one refusal, note or error, filled with its data."""
    if isinstance(told, Refusal):
        template = REFUSED[told.code]
    elif isinstance(told, Note):
        template = NOTED[told.code]
    else:
        template = UNREADABLE[told.code]
    return template.format_map(_Lenient(told.data))


class _Lenient(dict[str, str]):
    """A sentence must never fail for want of a word."""

    def __missing__(self, key: str) -> str:
        return "…"
