"""What the statistics of groups need to know of each group, and nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from collegium.science.errors import UnusableInput
from collegium.science.results import FloatArray, IntArray, Locked


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GroupMoments(Locked):
    """Number, mean and spread of one measure in every group: enough for ICC, estimates and change.

    Arrays run over the groups. `n` counts values (0 is legal), `mean` is NaN where n is 0, `within` is the sum of
    squared deviations from the group's own mean, `n_missing` counts sheets without a value.
    """

    labels: tuple[str, ...]
    n: IntArray
    mean: FloatArray
    within: FloatArray
    n_missing: IntArray

    def __post_init__(self) -> None:
        arrays = (self.n, self.mean, self.within, self.n_missing)
        UnusableInput.unless(
            all(array.shape == (len(self.labels),) for array in arrays),
            "shape",
            "Each array needs one place for each label.",
        )
        answered = self.n > 0
        UnusableInput.unless(
            (self.n >= 0).all()
            and (self.n_missing >= 0).all()
            and np.isfinite(self.mean[answered]).all()
            and np.isfinite(self.within).all()
            and (self.within >= 0).all(),
            "not_moments",
            "Counts and sums of squares must be finite and at least 0, and a group that answered needs a finite mean.",
        )
        Locked.__post_init__(self)

    @classmethod
    def from_values(cls, values: npt.ArrayLike, labels: Sequence[str]) -> GroupMoments:
        """Gather finite values by their labels; groups come in the order of their sorted labels."""
        numbers = np.asarray(values, dtype=np.float64)
        UnusableInput.unless(
            numbers.ndim == 1 and len(numbers) == len(labels), "shape", "Each value needs one label, and no more."
        )
        UnusableInput.unless(
            np.isfinite(numbers).all(), "not_finite", "Values must be finite; leave out what was not answered."
        )
        names, group = np.unique(np.asarray(labels, dtype=np.str_), return_inverse=True)
        n = np.bincount(group, minlength=len(names))
        with np.errstate(invalid="ignore"):
            mean = np.bincount(group, numbers, len(names)) / n
        within = np.bincount(group, (numbers - mean[group]) ** 2, len(names)).astype(np.float64)
        return cls(
            labels=tuple(str(name) for name in names),
            n=n.astype(np.int64),
            mean=mean,
            within=within,
            n_missing=np.zeros(len(names), dtype=np.int64),
        )

    def answered(self) -> GroupMoments:
        """Leave out the groups in which nobody answered."""
        if (self.n > 0).all():
            return self
        kept = np.flatnonzero(self.n > 0)
        return GroupMoments(
            labels=tuple(self.labels[place] for place in kept),
            n=self.n[kept],
            mean=self.mean[kept],
            within=self.within[kept],
            n_missing=self.n_missing[kept],
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OptionCounts(Locked):
    """How often each option of each item was chosen in every group: enough for agreement and shares.

    `counts` has the shape (groups, items, options); all its items have the same options, lowest first. `sheets` holds
    for every group how many sheets there were, answered or not; `answers`, (groups, items), how many answered.
    """

    labels: tuple[str, ...]
    items: tuple[str, ...]
    counts: IntArray
    sheets: IntArray
    answers: IntArray = field(init=False)

    def __post_init__(self) -> None:
        shape = np.shape(self.counts)
        UnusableInput.unless(
            len(shape) == 3 and shape[:2] == (len(self.labels), len(self.items)) and shape[2] >= 2,
            "shape",
            "Counts need a place for each group, each item and at least two options.",
        )
        UnusableInput.unless(
            np.issubdtype(self.counts.dtype, np.integer) and self.counts.min(initial=0) >= 0,
            "not_counts",
            "Counts must be whole numbers of at least 0.",
        )
        # Option by option: NumPy is slow to add up along a short last axis.
        answers = self.counts[:, :, 0].astype(np.int64)
        for option in range(1, self.options):
            answers += self.counts[:, :, option]
        object.__setattr__(self, "answers", answers)
        UnusableInput.unless(
            self.sheets.shape == shape[:1] and (answers.max(axis=1, initial=0) <= self.sheets).all(),
            "sheets",
            "A group has more answers to an item than sheets.",
        )
        Locked.__post_init__(self)

    @property
    def options(self) -> int:
        """How many options each item has."""
        return int(self.counts.shape[2])

    def item(self, key: str) -> OptionCounts:
        """Keep one item."""
        UnusableInput.unless(key in self.items, "unknown_item", f"There is no item {key}.", item=key)
        place = self.items.index(key)
        return OptionCounts(
            labels=self.labels, items=(key,), counts=self.counts[:, place : place + 1], sheets=self.sheets
        )

    def variances(self) -> FloatArray:
        """Return the variance (divided by n - 1) of each item in each group; NaN below two answers."""
        variances = np.full_like(self.answers, np.nan, dtype=np.float64)
        # Item by item, since what is small is worked out near the processor.
        for place in range(len(self.items)):
            n = self.answers[:, place]
            # From the last option down, each answer is added as often as its code says: code times to the sum, and
            # code times (code + 1) / 2 times to what the squares are made of.
            above, sums, halves = (np.zeros_like(n) for _ in range(3))
            for code in range(self.options - 1, 0, -1):
                above += self.counts[:, place, code]
                sums += above
                halves += sums
            # n times the sum of squared deviations is still a whole number.
            deviations = n * (2 * halves - sums) - sums**2
            np.divide(deviations, n * (n - 1), out=variances[:, place], where=n >= 2)
        return variances

    def moments(self, key: str, lowest: int = 0) -> GroupMoments:
        """Return number, mean and spread of one item, whose first option is coded `lowest`."""
        kept = self.item(key)
        n = kept.answers[:, 0]
        with np.errstate(invalid="ignore"):
            mean = lowest + (kept.counts[:, 0] @ np.arange(self.options)) / n
        within = np.where(n >= 2, kept.variances()[:, 0] * (n - 1), 0.0)
        return GroupMoments(labels=self.labels, n=n, mean=mean, within=within, n_missing=self.sheets - n)
