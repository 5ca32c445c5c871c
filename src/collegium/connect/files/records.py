"""What every reader of ties produces and every writer takes: people, ties between them, and what was not taken.

Names are never read: who is who follows from an id or an address, and a network needs neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from collegium.people.rosters import RowRef

MAIN_LAYER = ""  # the kind of tie of a file that names none


class FileKind(StrEnum):
    """What a file of ties is written as."""

    EDGES = "edges"
    MATRIX = "matrix"
    GRAPHML = "graphml"


class RefusalCode(StrEnum):
    """Why a row, or a cell of a matrix, was not taken."""

    MISSING_ID = "missing_id"
    LONG_ID = "long_id"
    DUPLICATE_PERSON = "duplicate_person"
    SAME_PERSON = "same_person"
    MISSING_END = "missing_end"
    UNKNOWN_PERSON = "unknown_person"
    SELF_TIE = "self_tie"
    DUPLICATE_TIE = "duplicate_tie"
    BAD_WEIGHT = "bad_weight"
    NEGATIVE_WEIGHT = "negative_weight"
    HYPEREDGE = "hyperedge"
    TOO_MANY_CELLS = "too_many_cells"
    CELL_TOO_LONG = "cell_too_long"
    UNCLOSED_QUOTE = "unclosed_quote"


class NoteCode(StrEnum):
    """What was decided for the reader of the file, and should be shown to them."""

    COLUMNS = "columns"
    ROWS_ARE_SOURCES = "rows_are_sources"
    NO_LABELS = "no_labels"
    SCOPED_IDS = "scoped_ids"
    PEOPLE_FROM_TIES = "people_from_ties"
    ALL_ANSWERED = "all_answered"
    UNDIRECTED = "undirected"
    ZERO_WEIGHTS = "zero_weights"
    NOT_YES_OR_NO = "not_yes_or_no"
    BAD_EMAIL = "bad_email"
    ENCODING_GUESSED = "encoding_guessed"
    NULS_REMOVED = "nuls_removed"
    OTHER_TABLES = "other_tables"


class UnreadableCode(StrEnum):
    """Why nothing of a file was taken; beside these there are those of `people.rosters`, for what is no table."""

    NO_TIES = "no_ties"
    NO_PEOPLE = "no_people"
    NO_ENDS = "no_ends"
    NO_ID_COLUMN = "no_id_column"
    UNKNOWN_COLUMN = "unknown_column"
    DOUBLED_COLUMN = "doubled_column"
    NOT_SQUARE = "not_square"
    DOUBLED_LABEL = "doubled_label"
    ROW_WITHOUT_LABEL = "row_without_label"
    MATRIX_TOO_LARGE = "matrix_too_large"
    TOO_MANY_TIES = "too_many_ties"
    TOO_MANY_PEOPLE = "too_many_people"
    TOO_MANY_LAYERS = "too_many_layers"
    BROKEN_ROW = "broken_row"
    BAD_XML = "bad_xml"
    UNSAFE_XML = "unsafe_xml"
    NOT_GRAPHML = "not_graphml"
    TOO_DEEP = "too_deep"


class UnreadableTies(Exception):
    """Nothing could be read; `code` says why, `data` fills the sentence."""

    def __init__(self, code: str, data: Mapping[str, str] | None = None) -> None:
        super().__init__(f"{code}: {dict(data or {})}" if data else str(code))
        self.code = str(code)
        self.data: Mapping[str, str] = dict(data or {})


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read of one upload. A matrix is limited by its people, because most of its cells hold nothing."""

    ties: int = 100_000
    people: int = 100_000
    matrix: int = 2_000
    layers: int = 20
    id_length: int = 200
    refusals: int = 1_000  # listed one by one; the rest is counted
    depth: int = 40  # of XML


DEFAULT = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which column holds what, where its title does not say it; an empty text leaves it to the title."""

    id: str = ""
    email: str = ""
    school: str = ""
    team: str = ""
    level: str = ""
    post: str = ""
    answered: str = ""
    source: str = ""
    target: str = ""
    weight: str = ""
    layer: str = ""


class PersonRow(NamedTuple):
    """One person of a file; an empty text or None where the file does not say it."""

    id: str
    ref: RowRef
    email: str = ""
    school: str = ""
    team: str = ""
    level: str = ""
    has_post: bool | None = None
    answered: bool | None = None


class TieRow(NamedTuple):
    """One tie: from the person who turned to somebody, to the one turned to, both as places in `people`."""

    source: int
    target: int
    weight: float | None
    layer: int
    ref: RowRef


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was not taken, and why."""

    ref: RowRef
    code: RefusalCode
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """A decision taken while reading, how often, and the data of the first time."""

    code: NoteCode
    count: int
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TieFile:
    """Everything one upload says. `is_listed`: the people come from a list of their own and not only from the ties."""

    people: tuple[PersonRow, ...]
    layers: tuple[str, ...]
    ties: tuple[TieRow, ...]
    is_listed: bool = True
    kind: FileKind = FileKind.EDGES
    refusals: tuple[Refusal, ...] = ()
    refused: int = 0
    notes: tuple[Note, ...] = ()
