"""The shapes in which every statistic is handed over."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum, unique

import numpy as np
import numpy.typing as npt

from collegium.science.errors import UnusableInput

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


class Locked:
    """A dataclass whose arrays cannot be written to: results are shared and must not drift."""

    __slots__ = ()

    def __post_init__(self) -> None:
        """Lock every array, in mappings too."""
        for each in fields(self):  # type: ignore[arg-type]
            value = getattr(self, each.name)
            for part in value.values() if isinstance(value, Mapping) else (value,):
                if isinstance(part, np.ndarray):
                    part.setflags(write=False)


@unique
class Caution(StrEnum):
    """Why a number needs care, or why there is none. A page words each one."""

    TOO_FEW = "too few answers for this number"
    ONE_GROUP = "only one group answered, so groups cannot be compared"
    ONLY_SINGLES = "no group has two answers, so agreement inside groups is unknown"
    NO_VARIANCE = "everybody answered the same, so this number is undefined"
    NO_VARIANCE_WITHIN = "inside every group everybody answered the same"
    NEGATIVE = "below zero: the items or the members of a group do not go together"
    OUT_OF_RANGE = "more disagreement than random answers would give"
    CONSTANT_ITEM = "an item that everybody answered the same"
    TWO_ITEMS = "two items only"
    NOT_POSITIVE_DEFINITE = "the items' covariances contradict each other or one item repeats others"
    NO_PROPER_SOLUTION = "one common factor does not fit: an item would have no variance of its own"
    NOT_CONVERGED = "the search for the best fit did not settle"
    SINGULAR = "no difference between groups could be found"
    FEW_DISTRICTS = "too few districts to estimate how districts differ"
    FINITE_POPULATION = "the interval is narrower because most of those asked answered"
    CENSUS = "everybody asked answered, so nothing is left to sampling"
    TOO_FEW_PEOPLE = "too few people for this number"
    NO_TIES = "there are no ties that this number could be made of"
    NO_DIFFERENCES = "nobody differs from anybody in this, so the number is undefined"
    NOT_ALL_ANSWERED = "not everybody told their ties, so some are missing"
    MOSTLY_UNANSWERED = "fewer than half told their ties, so this number does not stand"
    UNKNOWN_GROUPS = "people whose group is not known are left out"
    SHORT_PATHS = "only short paths were followed, because there are many people"
    TOO_LARGE = "too many people to work this number out exactly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """What the data leave open: `low` to `high`, at a confidence `level` between 0 and 1."""

    low: float
    high: float
    level: float = 0.95

    @staticmethod
    def check_level(level: float) -> None:
        """Refuse a level that is none, such as 95."""
        UnusableInput.unless(0 < level < 1, "level", "A confidence level lies between 0 and 1.", level=level)

    def overlaps(self, other: Interval) -> bool:
        """Say whether the two have a point in common."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One number with what it rests on; `value` is None where the definition gives none.

    `n_used` answers or sheets went into it, `n_missing` could have and did not. `method` is the page in docs/methods
    and the variant, as in ``"alpha: raw"``.
    """

    value: float | None
    n_used: int
    method: str
    interval: Interval | None = None
    n_missing: int = 0
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Estimates(Locked):
    """The same number for many groups. Arrays are as long as the groups and read-only; NaN stands for no value."""

    value: FloatArray
    n_used: IntArray
    method: str
    low: FloatArray | None = None
    high: FloatArray | None = None
    level: float = 0.95
    n_missing: IntArray | None = None
    cautions: tuple[Caution, ...] = ()
    marks: Mapping[Caution, BoolArray] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.value)

    def __getitem__(self, group: int) -> Estimate:
        """Return the number of one group."""
        value = float(self.value[group])
        interval = None
        if self.low is not None and self.high is not None and not math.isnan(self.low[group]):
            interval = Interval(low=float(self.low[group]), high=float(self.high[group]), level=self.level)
        marked = tuple(caution for caution, mask in self.marks.items() if mask[group])
        return Estimate(
            value=None if math.isnan(value) else value,
            interval=interval,
            n_used=int(self.n_used[group]),
            n_missing=0 if self.n_missing is None else int(self.n_missing[group]),
            method=self.method,
            cautions=self.cautions + marked,
        )

    def __iter__(self) -> Iterator[Estimate]:
        return (self[group] for group in range(len(self)))
