"""What every reader produces, whatever format a school uploads: one frozen, normalised `Roster`.

Ids are the source's own. `parent_ids`, `person_id` and `unit_id` may name things that are not in this roster (a delta
or a part of a roster refers to what was imported before); whoever applies the roster looks them up and decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

UnitKind = Literal["team", "school", "district", "trust", "alliance", "state"]
PostLevel = Literal["classroom", "middle", "senior", "executive", "support", "governance"]


class Dialect(StrEnum):
    """The formats we recognise."""

    ONEROSTER_1_1 = "oneroster-1.1"
    ONEROSTER_1_2 = "oneroster-1.2"
    SDS_2_1 = "sds-2.1"
    SDS_2 = "sds-2"
    SDS_LEGACY = "sds-legacy"
    SDS_UK = "sds-uk"
    EDFI = "ed-fi"
    COLUMNS = "columns"


class LeftOut(StrEnum):
    """What is counted and never kept. People are counted as people, everything else as rows."""

    PUPILS = "pupils"
    GUARDIANS = "guardians"
    PEOPLE_WITHOUT_ROLE = "people_without_role"
    OTHER_PEOPLE = "other_people"
    CLASSES = "classes"
    COURSES = "courses"
    ENROLMENTS = "enrolments"
    SESSIONS = "sessions"
    DEMOGRAPHICS = "demographics"
    RELATIONSHIPS = "relationships"
    OTHER_ORGANISATIONS = "other_organisations"
    OTHER_RECORDS = "other_records"


class RefusalCode(StrEnum):
    """Why a row, or one statement of a row, was not taken."""

    MISSING_ID = "missing_id"
    MISSING_NAME = "missing_name"
    MISSING_UNIT = "missing_unit"
    MISSING_PERSON = "missing_person"
    MISSING_ROLE = "missing_role"
    DUPLICATE_ID = "duplicate_id"
    CONFLICTING_ROW = "conflicting_row"
    UNKNOWN_STATUS = "unknown_status"
    BAD_DATE = "bad_date"
    REVERSED_DATES = "reversed_dates"
    UNIT_CYCLE = "unit_cycle"
    PRINCIPAL_MISMATCH = "principal_mismatch"
    TOO_MANY_CELLS = "too_many_cells"
    CELL_TOO_LONG = "cell_too_long"
    UNCLOSED_QUOTE = "unclosed_quote"
    UNREADABLE_ROW = "unreadable_row"


class NoteCode(StrEnum):
    """What was decided for the reader of the file, and should be shown to them."""

    UNKNOWN_ROLE = "unknown_role"
    UNKNOWN_UNIT_KIND = "unknown_unit_kind"
    INVALID_EMAIL = "invalid_email"
    NAME_FROM_USERNAME = "name_from_username"
    MATCHED_BY_NAME = "matched_by_name"
    DISABLED_ACCOUNT = "disabled_account"
    NO_TITLE = "no_title"
    NO_UNIT = "no_unit"
    NO_ROLE = "no_role"
    PARENT_ASSUMED = "parent_assumed"
    DATE_ORDER = "date_order"
    DATES_AMBIGUOUS = "dates_ambiguous"
    ENCODING_GUESSED = "encoding_guessed"
    NULS_REMOVED = "nuls_removed"
    DELTA_ASSUMED = "delta_assumed"
    DELTA_IN_PART = "delta_in_part"
    IGNORED_FILES = "ignored_files"
    HEADER_NOT_FIRST = "header_not_first"
    OTHER_SHEETS = "other_sheets"
    MORE_REFUSED = "more_refused"


@dataclass(frozen=True, slots=True)
class RowRef:
    """Where a record stands: the file, and its row as a spreadsheet shows it (the header is row 1)."""

    file: str
    row: int


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """A team, school, district ...; `kind` is None when the source's own kind is unknown to us."""

    source_id: str
    name: str
    kind: UnitKind | None
    parent_ids: tuple[str, ...]
    identifier: str
    ended: bool
    ref: RowRef


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """One member of staff. Names are the preferred ones when the source gives them.

    `aliases` are other stable ids the source vouches for (never names), such as OneRoster's userMasterIdentifier.
    An ended person whose role is unknown comes with its id alone, every other text empty.
    """

    source_id: str
    given_name: str
    family_name: str
    email: str
    ended: bool
    ref: RowRef
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PostRecord:
    """One post of a person in a unit; `source_id` is derived, and the same next time, when the format has none."""

    source_id: str
    person_id: str
    unit_id: str
    title: str
    level: PostLevel
    starts_on: date | None
    ends_on: date | None
    is_primary: bool
    ended: bool
    ref: RowRef


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not taken, and why; `words.sentence(refusal)` says it in plain English."""

    ref: RowRef
    code: RefusalCode
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """A decision taken while reading: how often, where first, and the data of that first time."""

    code: NoteCode
    count: int
    ref: RowRef | None
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Roster:
    """Everything one upload says about units and staff. `is_delta`: what is not mentioned is unchanged, not gone."""

    dialect: Dialect
    is_delta: bool
    units: tuple[UnitRecord, ...]
    persons: tuple[PersonRecord, ...]
    posts: tuple[PostRecord, ...]
    refusals: tuple[Refusal, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
