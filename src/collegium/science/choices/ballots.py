"""Ballots on options: a row a ballot, a column an option, and the rules by which one is spoilt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from collegium.science.choices.outcomes import Turnout
from collegium.science.errors import UnusableInput
from collegium.science.results import BoolArray, IntArray, Locked

NO_MARK = -1
UNREADABLE = -2  # something that is no mark: the ballot is spoilt
HIGHEST_MARK = 10**9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ballots(Locked):
    """What is on the ballots.

    `marks` has a row for each ballot, or for each different ballot with how often it came in `counts`, and a column for
    each of `options`. A mark is a whole number from 0, NO_MARK where there is none: a rank (1 is best), a score, dots,
    yes as 1. UNREADABLE spoils the ballot. A ballot without any mark is an abstention. `asked` is how many could have
    voted, where that is known.
    """

    options: tuple[str, ...]
    marks: IntArray
    counts: IntArray
    asked: int | None = None

    def __post_init__(self) -> None:
        marks, counts = np.asarray(self.marks), np.asarray(self.counts)
        UnusableInput.unless(
            marks.ndim == 2 and marks.shape[1] == len(self.options) and counts.shape == marks.shape[:1],
            "shape",
            "Ballots are rows with a mark for each option, and a count for each row.",
        )
        UnusableInput.unless(
            all(np.issubdtype(part.dtype, np.integer) for part in (marks, counts)),
            "whole",
            "Marks and counts of ballots are whole numbers.",
        )
        UnusableInput.unless(len(set(self.options)) == len(self.options), "options", "Two options have the same name.")
        UnusableInput.unless(
            bool(((marks >= UNREADABLE) & (marks <= HIGHEST_MARK)).all()) and bool((counts > 0).all()),
            "range",
            "Marks are from 0, or none; a row of ballots came at least once.",
        )
        object.__setattr__(self, "marks", marks.astype(np.int64))
        object.__setattr__(self, "counts", counts.astype(np.int64))
        Locked.__post_init__(self)

    @classmethod
    def of(
        cls,
        options: Iterable[str],
        rows: Iterable[Sequence[int | None]] | npt.NDArray[np.integer],
        counts: Sequence[int] | IntArray | None = None,
        *,
        asked: int | None = None,
    ) -> Ballots:
        """Take ballots as rows of marks, None where there is none; each counts once unless `counts` says otherwise."""
        names = tuple(options)
        marks: Any = rows if isinstance(rows, np.ndarray) else _table(rows, len(names))
        times = np.ones(len(marks), dtype=np.int64) if counts is None else np.asarray(counts, dtype=np.int64)
        return cls(options=names, marks=marks, counts=times, asked=asked)

    @property
    def n(self) -> int:
        """How many ballots were handed in."""
        return int(self.counts.sum())

    @property
    def marked(self) -> BoolArray:
        """Where there is a mark."""
        found: BoolArray = self.marks >= 0
        return found

    def without(self, withdrawn: Collection[str]) -> Ballots:
        """Leave out options that were withdrawn; a ballot with marks for these alone becomes an abstention."""
        unknown = set(withdrawn) - set(self.options)
        UnusableInput.unless(not unknown, "unknown_option", "There is no such option.", options=sorted(unknown))
        kept = [place for place, option in enumerate(self.options) if option not in set(withdrawn)]
        return Ballots(
            options=tuple(self.options[place] for place in kept),
            marks=self.marks[:, kept],
            counts=self.counts,
            asked=self.asked,
        )

    def sift(self, spoilt: BoolArray) -> tuple[Ballots, Turnout]:
        """Part the ballots that count from abstentions and from those that `spoilt` says are."""
        blank = (self.marks == NO_MARK).all(axis=1)
        spoilt = spoilt | (self.marks == UNREADABLE).any(axis=1)
        kept = ~blank & ~spoilt
        turnout = Turnout(
            counted=int(self.counts[kept].sum()),
            abstained=int(self.counts[blank].sum()),
            spoilt=int(self.counts[spoilt & ~blank].sum()),
            asked=self.asked,
        )
        sound = Ballots(options=self.options, marks=self.marks[kept], counts=self.counts[kept], asked=self.asked)
        return sound, turnout

    def sift_marks(self, highest: int, spoilt: BoolArray | None = None) -> tuple[Ballots, Turnout]:
        """Part the ballots as `sift` does; a mark above the highest spoils one too."""
        too_high: BoolArray = np.any(self.marks > highest, axis=1)
        return self.sift(too_high if spoilt is None else too_high | spoilt)

    def sift_ranks(self, *, strict: bool = False) -> tuple[Ballots, Turnout]:
        """Part ranked ballots: a rank of 0 spoils one; where `strict`, equal ranks and gaps between ranks do too."""
        spoilt: BoolArray = (self.marks == 0).any(axis=1)
        if strict:
            ordered = np.sort(np.where(self.marked, self.marks, HIGHEST_MARK + 1), axis=1)
            due = np.arange(1, len(self.options) + 1)
            spoilt = spoilt | ((ordered <= HIGHEST_MARK) & (ordered != due)).any(axis=1)
        return self.sift(spoilt)


def _table(rows: Iterable[Sequence[int | None]], width: int) -> IntArray:
    table = [[NO_MARK if mark is None else mark for mark in row] for row in rows]
    UnusableInput.unless(
        all(len(row) == width for row in table), "shape", "Each ballot has a mark, or none, for each option."
    )
    whole = all(isinstance(mark, int | np.integer) and abs(mark) <= HIGHEST_MARK for row in table for mark in row)
    UnusableInput.unless(whole, "whole", "Marks are whole numbers.")
    return np.array(table, dtype=np.int64).reshape(len(table), width)
