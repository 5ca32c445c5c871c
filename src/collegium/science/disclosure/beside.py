"""How the mean of a wave may be shown beside the published means of earlier ones, when few came or went in between."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from collegium.science.disclosure.atoms import SMALLEST_K
from collegium.science.disclosure.release import MEAN_STEP, Shown
from collegium.science.errors import UnusableInput

WIDEST = 1.2  # in points of the scale: what is wider says too little to be worth showing
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierMean:
    """A mean that is published, of how many scores, and how many may have come or gone since: at least 0."""

    mean: Shown
    n: int
    moved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of a score within which a mean is shown as the whole of it, or, if it is too wide, not at all."""

    low: float
    high: float
    lowest: float
    highest: float

    @property
    def is_hidden(self) -> bool:
        """Say whether nothing is shown."""
        return self.high - self.low > WIDEST + _ROUNDING

    def holds(self, shown: Shown) -> bool:
        """Say whether a mean, as `release_mean` shows it, may be inside."""
        if shown.band is not None:
            return shown.high >= self.low - _ROUNDING and shown.low <= self.high + _ROUNDING
        return self.low - _ROUNDING <= shown.value <= self.high + _ROUNDING


def stretch_beside(
    earlier: Iterable[EarlierMean], *, n: int, lowest: float, highest: float, k: int = 5
) -> Stretch | None:
    """Find the stretch of the scale within which the few who came or went may have moved a mean.

    Parameters
    ----------
    earlier : iterable of EarlierMean
        The same score in earlier waves, as published. Those since which nobody or at least k moved do not matter.
    n : int
        How many have a score now, at least 1.
    lowest, highest : float
        The ends of the score.
    k : int
        At least 3.

    Returns
    -------
    Stretch or None
        None where no earlier mean matters. It depends on what is published and on counts, and not on the mean of now:
        so neither the stretch itself nor that a mean is not shown says anything of those who moved.

    Raises
    ------
    UnusableInput
        If n is below 1, a count is negative, k is below 3, or the ends do not differ.

    Notes
    -----
    With opinions that last, ``moved`` people move a mean of n by at most ``moved * (highest - lowest) / n``, n being
    the smaller of the two waves'. The stretch is what all earlier means reach so, with half a step of 0.1 on each side
    for the rounding of the mean of now; it takes in the "nearly highest" and "nearly lowest" that it touches. Steps
    that lie where they lie would not do: where an earlier mean is close to the edge of one, a later mean beyond that
    edge tells that those who moved pulled it over.

    References
    ----------
    Hundepool and others (2012), Statistical Disclosure Control, Wiley (linked tables). The rule is ours.

    Examples
    --------
    >>> then = EarlierMean(mean=Shown(value=3.4, low=3.35, high=3.45), n=20, moved=2)
    >>> found = stretch_beside([then], n=21, lowest=1, highest=5)
    >>> round(found.low, 2), round(found.high, 2), found.is_hidden
    (2.9, 3.9, False)
    """
    UnusableInput.unless(k >= SMALLEST_K, "k", f"k is at least {SMALLEST_K}.", k=k)
    UnusableInput.unless(n >= 1 and lowest < highest, "not_counts", "n is at least 1, and the ends differ.")
    lows, highs = [], []
    for then in earlier:
        UnusableInput.unless(then.n >= 1 and then.moved >= 0, "not_counts", "Counts are at least 0.")
        if 0 < then.moved < k:
            reach = then.moved * (highest - lowest) / min(then.n, n) + MEAN_STEP / 2
            lows.append(then.mean.low - reach)
            highs.append(then.mean.high + reach)
    if not lows:
        return None
    low, high = max(min(lows), lowest), min(max(highs), highest)
    end = (k - 1) / n  # as `release_mean` has it
    low = lowest if low <= lowest + end else low
    high = highest if high >= highest - end else high
    return Stretch(low=low, high=high, lowest=lowest, highest=highest)
