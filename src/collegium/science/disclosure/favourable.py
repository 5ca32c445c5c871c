"""The share of favourable answers beside the shares of the options, which together must not tell too much."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

from collegium.science.disclosure._bins import Bounds, bin_of, is_open, share_step
from collegium.science.disclosure.release import Shown, release_shares
from collegium.science.errors import UnusableInput


def release_favourable(counts: Sequence[int], favourable: Collection[int], *, k: int = 5) -> Shown | None:
    """Decide how the share of favourable answers may be shown beside the shares of all options.

    Parameters
    ----------
    counts : sequence of int
        Answers by option of a union of atoms; at least two options.
    favourable : collection of int
        Places of the favourable options; some, not all.
    k : int
        At least 3; that of `release_shares` for the same counts.

    Returns
    -------
    Shown or None
        The rounded share where, whatever it turned out to be, all rounded shares together would leave open of every
        option, and of the favourable ones together, that nobody or at least k chose it. Otherwise the sum of what is
        shown of the options, which tells nothing new. None where the shares are not shown.

    Raises
    ------
    UnusableInput
        If a place is no option's, none or all options are favourable, or `release_shares` refuses the counts.

    Notes
    -----
    ``low`` and ``high`` of every figure bound whole counts; the bounds are drawn in by each other until nothing moves.
    The decision uses nothing that is not shown.

    References
    ----------
    As `release_shares`.

    Examples
    --------
    >>> release_favourable([30, 40, 60, 160, 110], {3, 4}).value
    0.68
    >>> release_favourable([1, 2, 2], {2}) is None
    True
    """
    places = frozenset(favourable)
    UnusableInput.unless(
        places and places < frozenset(range(len(counts))), "favourable", "Some options are favourable, and not all."
    )
    options = release_shares(counts, k=k)
    if options.shares is None or options.n is None:
        return None
    n = options.n
    step = share_step(n, k)
    bounds = tuple([bin_of(int(count), n, step) for count in counts])
    candidates = _candidates(bounds, places, n, k)
    good = sum([int(counts[place]) for place in places])
    if candidates is not None:
        return next(share for share in candidates if share.low * n - 0.5 < good < share.high * n + 0.5)
    low, high = _sums(bounds, places, n)
    value = min(1.0, round(sum(options.shares[place].value for place in places), 2))
    return Shown(value=min(max(value, low / n), high / n), low=low / n, high=high / n)


@lru_cache(maxsize=1 << 15)
def _candidates(bounds: tuple[Bounds, ...], places: frozenset[int], n: int, k: int) -> tuple[Shown, ...] | None:
    """Return every share that the favourable could be shown with beside these options; None if one tells too much."""
    count, high = _sums(bounds, places, n)
    found = []
    while count <= high:
        together = release_shares([n - count, count], k=k)
        drawn = together.shares and _drawn_in(bounds, places, _bounds(together.shares[1], n), n)
        if not together.shares or not drawn or not all(is_open(*each, n, k) for each in drawn):
            return None
        found.append(together.shares[1])
        count = _bounds(together.shares[1], n)[1] + 1
    return tuple(found)


def _bounds(share: Shown, n: int) -> Bounds:
    return round(share.low * n), round(share.high * n)


def _sums(bounds: Sequence[Bounds], places: Collection[int], n: int) -> Bounds:
    """Return what the options' own bounds say of the favourable ones together."""
    inside = [bounds[place] for place in places]
    outside = [each for place, each in enumerate(bounds) if place not in places]
    low, high = sum(each[0] for each in inside), sum(each[1] for each in inside)
    return max(low, n - sum(each[1] for each in outside)), min(high, n - sum(each[0] for each in outside))


def _drawn_in(bounds: Sequence[Bounds], places: Collection[int], whole: Bounds, n: int) -> list[Bounds] | None:
    """Return what is left open for each option, for the favourable together and for the others together."""
    found = list(bounds)
    sides = [sorted(places), [place for place in range(len(bounds)) if place not in places]]
    sums = [whole, (n - whole[1], n - whole[0])]
    while True:
        before = (list(found), list(sums))
        for side, own in enumerate(sides):
            low, high = (sum(found[place][end] for place in own) for end in (0, 1))
            sums[side] = (max(sums[side][0], low), min(sums[side][1], high))
            other = sums[1 - side]
            sums[side] = (max(sums[side][0], n - other[1]), min(sums[side][1], n - other[0]))
            for place in own:
                rest_low, rest_high = low - found[place][0], high - found[place][1]
                found[place] = (
                    max(found[place][0], sums[side][0] - rest_high),
                    min(found[place][1], sums[side][1] - rest_low),
                )
                low, high = rest_low + found[place][0], rest_high + found[place][1]
        if any(low > high for low, high in (*found, *sums)):
            return None
        if before == (found, sums):
            return [*found, *sums]
