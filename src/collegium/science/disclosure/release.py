"""Release: how the answers of one union of atoms may be shown, and a change between two waves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import isfinite

from collegium.science.disclosure._bins import Bounds, bin_of, is_open, left_open, share_step
from collegium.science.disclosure.atoms import SMALLEST_K
from collegium.science.errors import UnusableInput

CHANGE_STEPS = (0.1, 0.2, 0.5)
MEAN_STEP = 0.1
# Below this many answers, nobody is told that all or none chose an option.
FEWEST_FOR_ALL_OR_NONE = 20


class Band(StrEnum):
    """Words in place of a number that says too much of everybody."""

    NEARLY_ALL = "nearly all"
    NEARLY_NONE = "nearly none"
    NEARLY_LOWEST = "nearly the lowest"
    NEARLY_HIGHEST = "nearly the highest"


class Decision(StrEnum):
    """What becomes of a change between two waves."""

    SHOW = "show"
    ROUND = "round"
    WITHHOLD = "withhold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A number as it may be shown: `low` to `high` is what it stands for; words go in its place where `band` is set."""

    value: float
    low: float
    high: float
    band: Band | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedShares:
    """What may be shown of an item's options: n and shares, n alone, or nothing."""

    n: int | None
    shares: tuple[Shown, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedMean:
    """What may be shown of a score: n and mean, or nothing."""

    n: int | None
    mean: Shown | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedChange:
    """Whether a change may be shown, and in which step. `beside` says how the later wave itself may be shown."""

    decision: Decision
    step: float | None = None


def release_shares(counts: Sequence[int], *, k: int = 5) -> ReleasedShares:
    """Decide how the shares of an item's options may be shown.

    Parameters
    ----------
    counts : sequence of int
        Answers by option of a union of atoms; at least two options. For a favourable share: the others, the favourable.
    k : int
        At least 3. Nothing is shown of fewer than k answers, and no shares of fewer than 2 k.

    Returns
    -------
    ReleasedShares
        Shares are rounded in steps that depend on n and k alone. From all shares and n together nobody can tell that
        between 1 and k - 1 people chose an option, or all but so few; where what would be shown tells it, there are no
        shares. "Nearly all" and "nearly none" stand for the ends where everybody answered the same or n is below 20. A
        page shows either the shares of an item or its mean, not both: together they tell more.

    Raises
    ------
    UnusableInput
        If a count is no whole number of at least 0, there are fewer than two options, or k is below 3.

    Notes
    -----
    A step is fine enough if no bin of counts holds only 1 to k - 1, or n less these. Option i then lies between
    ``max(l_i, n - sum of u_j)`` and ``min(u_i, n - sum of l_j)`` (j the others, l and u the ends of bins): the decision
    uses nothing that is not shown, so it tells nothing itself.

    References
    ----------
    Willenborg and de Waal (2001), Elements of Statistical Disclosure Control, Springer (rounding of tables).
    Kenthapadi, Mishra and Nissim (2005), Simulatable auditing, Proceedings of PODS, 118-127. Homogeneity:
    Machanavajjhala and others (2007), l-diversity, ACM Transactions on Knowledge Discovery from Data 1(1).

    Examples
    --------
    >>> [(share.value, share.band) for share in release_shares([1, 2, 10, 12]).shares]
    [(0.0, None), (0.0, None), (0.4, None), (0.4, None)]
    >>> release_shares([0, 1, 0, 2, 1])
    ReleasedShares(n=None, shares=None)
    """
    exact = tuple(map(int, counts))
    UnusableInput.unless(
        len(exact) >= 2 and min(exact) >= 0 and exact == tuple(counts),
        "not_counts",
        "At least two options, with whole numbers of at least 0.",
    )
    UnusableInput.unless(k >= SMALLEST_K, "k", f"k is at least {SMALLEST_K}.", k=k)
    return _release_shares(exact, k)


# The same counts are asked for twice in a row: for an item's options, and for what is favourable beside them.
@lru_cache(maxsize=1 << 12)
def _release_shares(exact: tuple[int, ...], k: int) -> ReleasedShares:
    n = sum(exact)
    if n < k:
        return ReleasedShares(n=None)
    if n < 2 * k:  # every split has a side below k, and withholding some of them would say which
        return ReleasedShares(n=n)
    step = share_step(n, k)
    return _show(tuple([bin_of(count, n, step) for count in exact]), n, step, k)


# Decided by what would be shown, and by nothing else. Groups of a size come to the same over and over.
@lru_cache(maxsize=1 << 15)
def _show(bins: tuple[Bounds, ...], n: int, step: float, k: int) -> ReleasedShares:
    if not all(is_open(low, high, n, k) for low, high in left_open(bins, n)):
        return ReleasedShares(n=n)
    # Words for the ends must hang on what is shown, not on the answers: else the word itself would say "all".
    careful = n < FEWEST_FOR_ALL_OR_NONE or any(high == n for _low, high in bins)
    return ReleasedShares(n=n, shares=tuple(_share(low, high, n, step, careful=careful) for low, high in bins))


def release_mean(mean: float | None, n: int, *, lowest: float, highest: float, k: int = 5) -> ReleasedMean:
    """Decide how the mean of a score may be shown.

    Parameters
    ----------
    mean : float or None
        Between `lowest` and `highest`; None where nobody has a score.
    n : int
        How many have a score.
    lowest, highest : float
        The ends of the score.
    k : int
        At least 3.

    Returns
    -------
    ReleasedMean
        Nothing below k. Rounded to 0.1; so close to an end that it could tell that all stand there (within (k - 1) / n
        of it), "nearly" that end.

    Raises
    ------
    UnusableInput
        If the mean is not between the ends, n is negative, or k is below 3.

    References
    ----------
    As `release_shares`, homogeneity.

    Examples
    --------
    >>> release_mean(3.8421, 25, lowest=1, highest=5).mean.value
    3.8
    >>> release_mean(4.75, 8, lowest=1, highest=5).mean.band.value
    'nearly the highest'
    """
    UnusableInput.unless(k >= SMALLEST_K, "k", f"k is at least {SMALLEST_K}.", k=k)
    UnusableInput.unless(n >= 0 and lowest < highest, "not_counts", "n is at least 0, and the ends differ.")
    if mean is None or n < k:
        return ReleasedMean(n=None)
    UnusableInput.unless(
        isfinite(mean) and lowest <= mean <= highest, "outside_range", "The mean lies between the ends.", mean=mean
    )
    end = (k - 1) / n
    if highest - mean <= end:
        shown = Shown(value=highest, low=highest - end, high=highest, band=Band.NEARLY_HIGHEST)
    elif mean - lowest <= end:
        shown = Shown(value=lowest, low=lowest, high=lowest + end, band=Band.NEARLY_LOWEST)
    else:
        value = round(mean, 1)
        shown = Shown(value=value, low=value - MEAN_STEP / 2, high=value + MEAN_STEP / 2)
    return ReleasedMean(n=n, mean=shown)


def release_change(*, joined: int, left: int, n_before: int, n_after: int, span: float, k: int = 5) -> ReleasedChange:
    """Decide whether the change of a view's mean between two waves may be shown.

    Parameters
    ----------
    joined, left : int
        Members of the view only in the later wave, and only in the earlier. Opinions last: a change may be put down to
        those who came or went.
    n_before, n_after : int
        Answers in each wave.
    span : float
        Highest code less lowest, above 0.
    k : int
        At least 3.

    Returns
    -------
    ReleasedChange
        SHOW where nobody or at least k moved; ROUND to a step in which those who moved do not show; WITHHOLD where
        that step would be above half a point, or a wave has fewer than k answers.

    Raises
    ------
    UnusableInput
        If a number is negative, the span is not above 0, or k is below 3.

    Notes
    -----
    Between 1 and k - 1 people move a mean of n by at most ``moved * span / n``; the step is more than
    twice that, so a view whose opinions stay shows no change, whatever those who moved think.

    References
    ----------
    Hundepool and others (2012), Statistical Disclosure Control, Wiley (linked tables). The rule is ours.

    Examples
    --------
    >>> release_change(joined=1, left=1, n_before=36, n_after=37, span=4).step
    0.5
    """
    numbers = (joined, left, n_before, n_after)
    UnusableInput.unless(min(numbers) >= 0 and span > 0, "not_counts", "Counts are at least 0 and the span above 0.")
    UnusableInput.unless(k >= SMALLEST_K, "k", f"k is at least {SMALLEST_K}.", k=k)
    moved, n = joined + left, min(n_before, n_after)
    if n < k:
        return ReleasedChange(decision=Decision.WITHHOLD)
    if moved == 0 or moved >= k:
        return ReleasedChange(decision=Decision.SHOW)
    least = 2 * moved * span / n
    step = next((step for step in CHANGE_STEPS if step > least), None)
    if step is None:
        return ReleasedChange(decision=Decision.WITHHOLD)
    return ReleasedChange(decision=Decision.ROUND, step=step)


def _share(low: int, high: int, n: int, step: float, *, careful: bool) -> Shown:
    parts = round(1 / step)
    value = round((2 * low * parts + n) // (2 * n) / parts, 2)
    band = None
    if careful and value == 0:
        band = Band.NEARLY_NONE
    elif careful and value == 1:
        band = Band.NEARLY_ALL
    return Shown(value=value, low=low / n, high=high / n, band=band)
