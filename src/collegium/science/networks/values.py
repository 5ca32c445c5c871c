"""The shapes of results that only networks have: a number for each person, and what chance would give."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from collegium.science.results import Caution, FloatArray, Interval, Locked


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PersonValues(Locked):
    """The same number for each person; NaN stands for no value. Not for showing: nobody sees a table of people.

    `n_used` and `n_missing` count those who told their ties and those who did not.
    """

    value: FloatArray
    n_used: int
    n_missing: int
    method: str
    cautions: tuple[Caution, ...] = ()

    def __len__(self) -> int:
        return len(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChanceComparison:
    """A number beside those that chance gave in `draws` draws; None where chance gave fewer than two.

    `mean` and `deviation` (divided by draws - 1) are those of the draws, `usual` holds the middle of them. `p_low` is
    the share of numbers at most as high as the observed one, `p_high` of those at least as high, the observed one
    counted among them; `p` is twice the smaller, at most 1. `z` is None where the draws do not differ.
    """

    observed: float | None
    draws: int
    mean: float | None = None
    deviation: float | None = None
    usual: Interval | None = None
    p_low: float | None = None
    p_high: float | None = None

    @property
    def p(self) -> float | None:
        """How rarely chance gives a number so far from the middle, on either side."""
        return None if self.p_low is None or self.p_high is None else min(1.0, 2 * min(self.p_low, self.p_high))

    @property
    def z(self) -> float | None:
        """How many deviations the number lies from what chance gives."""
        if self.observed is None or self.mean is None or not self.deviation:
            return None
        return (self.observed - self.mean) / self.deviation

    @classmethod
    def of(cls, observed: float | None, drawn: npt.ArrayLike, level: float = 0.95) -> ChanceComparison:
        """Set a number beside what was drawn; draws without a value (NaN) are left out."""
        Interval.check_level(level)
        values = np.asarray(drawn, dtype=np.float64)
        values = values[~np.isnan(values)]
        if observed is None or len(values) < 2:
            return cls(observed=observed, draws=len(values))
        # Sums in another order differ in their last digits, and are the same number.
        slack = 1e-12 * max(abs(observed), 1e-300)
        tail = (1 - level) / 2
        low, high = (float(each) for each in np.quantile(values, (tail, 1 - tail)))
        spread = float(values.std(ddof=1))
        return cls(
            observed=observed,
            draws=len(values),
            mean=float(values.mean()),
            deviation=spread if spread > slack else 0.0,
            usual=Interval(low=low, high=high, level=level),
            p_low=(1 + int((values <= observed + slack).sum())) / (1 + len(values)),
            p_high=(1 + int((values >= observed - slack).sum())) / (1 + len(values)),
        )
