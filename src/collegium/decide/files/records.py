"""What every reader of ballots produces: the options, what was put on them, and what a reader had to decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from collegium.science.choices.ballots import NO_MARK, Ballots


class FileKind(StrEnum):
    """What a file of ballots is written as."""

    TABLE = "table"
    PREFLIB = "preflib"
    PABULIB = "pabulib"


class Form(StrEnum):
    """What a ballot says. NUMBERS are ranks, scores, dots or yes as 1: the method says which."""

    NUMBERS = "numbers"
    RANKS = "ranks"
    POSITIONS = "positions"


class NoteCode(StrEnum):
    """What was decided for the reader of the file, and should be shown to them."""

    SPOILT_CELL = "spoilt_cell"
    TITLES_TOLD_APART = "titles_told_apart"
    ENCODING_GUESSED = "encoding_guessed"
    CENTS = "cents"


class UnreadableCode(StrEnum):
    """Why nothing of a file was taken; beside these there are those of `people.rosters`, for what is no table."""

    NO_BALLOTS = "no_ballots"
    NO_OPTIONS = "no_options"
    TOO_MANY_OPTIONS = "too_many_options"
    TOO_MANY_BALLOTS = "too_many_ballots"
    DOUBLED_OPTION = "doubled_option"
    DOUBLED_CODE = "doubled_code"
    NO_TITLE = "no_title"
    BROKEN_ROW = "broken_row"
    LONG_ROW = "long_row"
    BAD_COUNT = "bad_count"
    BROKEN_HEADER = "broken_header"
    BROKEN_LINE = "broken_line"
    UNKNOWN_OPTION = "unknown_option"
    BAD_COST = "bad_cost"
    NO_COSTS = "no_costs"
    VOTE_TYPE = "vote_type"
    NOT_LOOMIO = "not_loomio"


class UnreadableBallots(Exception):
    """Nothing could be read; `code` says why, `data` fills the sentence."""

    def __init__(self, code: str, data: Mapping[str, str] | None = None) -> None:
        super().__init__(f"{code}: {dict(data or {})}" if data else str(code))
        self.code = str(code)
        self.data: Mapping[str, str] = dict(data or {})


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read of one file."""

    options: int = 500
    ballots: int = 1_000_000
    cells: int = 50_000_000
    text: int = 300 * 1024 * 1024


DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class Note:
    """A decision taken while reading, how often, and the data of the first time."""

    code: NoteCode
    count: int
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BallotFile:
    """Everything one file says.

    `positions` counts the words of a file of positions, as they were written, and `blank` its ballots without one;
    `ballots` holds everything else. `codes` are what ballots are called, where the file says it.
    """

    name: str
    kind: FileKind
    form: Form
    title: str = ""
    ballots: Ballots
    positions: Mapping[str, int] = field(default_factory=dict)
    blank: int = 0
    codes: tuple[str, ...] = ()
    costs: tuple[int, ...] = ()
    budget: int | None = None
    notes: tuple[Note, ...] = ()

    @property
    def ranks(self) -> Ballots:
        """The ballots as rankings: in a table 0 stands for no rank, as several programs write it."""
        found = self.ballots
        marks = np.where(found.marks == 0, NO_MARK, found.marks)
        return Ballots(options=found.options, marks=marks, counts=found.counts, asked=found.asked)
