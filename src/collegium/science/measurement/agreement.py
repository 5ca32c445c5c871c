"""How far the members of a group agree on items with ordered options. Everything here comes from counts."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from collegium.science.errors import UnusableInput
from collegium.science.measurement.groups import OptionCounts
from collegium.science.results import BoolArray, Caution, Estimates, FloatArray, IntArray


class OutOfRange(StrEnum):
    """What becomes of a group that disagrees more than random answers would; it is marked in every case."""

    LEBRETON_SENTER_2008 = "LeBreton & Senter 2008"  # the value is set to 0
    AS_COMPUTED = "as computed"


class Centre(StrEnum):
    """What average deviation is taken from."""

    MEAN = "mean"
    MEDIAN = "median"


def uniform_variance(options: int) -> float:
    """Return the variance of random answers, every option as likely as another.

    Parameters
    ----------
    options : int
        Number of options, at least 2.

    Returns
    -------
    float
        In squared steps between options.

    Raises
    ------
    UnusableInput
        If there are fewer than two options.

    Notes
    -----
    ``(A^2 - 1) / 12``.

    References
    ----------
    James, Demaree and Wolf (1984), Journal of Applied Psychology 69, 85-98.

    Examples
    --------
    >>> uniform_variance(5)
    2.0
    """
    UnusableInput.unless(options >= 2, "too_few_options", "Agreement needs at least two options.", options=options)
    return (options**2 - 1) / 12


def rwg(counts: OptionCounts, item: str, *, out_of_range: OutOfRange = OutOfRange.LEBRETON_SENTER_2008) -> Estimates:
    """Return within-group agreement on one item, against random answers.

    Parameters
    ----------
    counts : OptionCounts
        Answers by group and option.
    item : str
        One of its items. Sheets without an answer to it are left out and counted as missing.
    out_of_range : OutOfRange
        What becomes of groups with more disagreement than random answers (marked OUT_OF_RANGE).

    Returns
    -------
    Estimates
        1 where all agree, 0 where answers are as random; NaN below two answers (marked TOO_FEW).

    Raises
    ------
    UnusableInput
        If there is no such item.

    Notes
    -----
    ``1 - s^2 / ((A^2 - 1) / 12)``, s^2 with n - 1.

    References
    ----------
    James, Demaree and Wolf (1984), Journal of Applied Psychology 69, 85-98. Out of range: LeBreton and Senter
    (2008), Organizational Research Methods 11, 815-852.

    Examples
    --------
    >>> import numpy as np
    >>> table = np.array([[[0, 0, 1, 2, 1]]])
    >>> counts = OptionCounts(labels=("north",), items=("a",), counts=table, sheets=np.array([5]))
    >>> result = rwg(counts, "a")
    >>> round(result[0].value, 4), result[0].n_missing
    (0.6667, 1)
    """
    one = counts.item(item)
    share = one.variances()[:, 0] / uniform_variance(counts.options)
    return _agreement(1 - share, share, one, f"rwg: one item, uniform null, {out_of_range.value}", out_of_range)


def rwg_j(counts: OptionCounts, *, out_of_range: OutOfRange = OutOfRange.LEBRETON_SENTER_2008) -> Estimates:
    """Return within-group agreement on the items of a facet together, against random answers.

    Parameters
    ----------
    counts : OptionCounts
        Answers by group, item and option. Each item's variance rests on the answers it has.
    out_of_range : OutOfRange
        What becomes of groups with more disagreement than random answers (marked OUT_OF_RANGE). As computed, the
        formula has a pole a little beyond and means nothing there: never average such values.

    Returns
    -------
    Estimates
        1 where all agree, 0 where answers are as random; NaN where an item has fewer than two answers (marked
        TOO_FEW). `n_used` is the smallest number of answers to any item.

    Raises
    ------
    UnusableInput
        If the counts have fewer than two options.

    Notes
    -----
    With J items and m the mean of their variances, divided by the null variance: ``J (1 - m) / (J (1 - m) + m)``.

    References
    ----------
    James, Demaree and Wolf (1984), Journal of Applied Psychology 69, 85-98. Out of range: LeBreton and Senter
    (2008), Organizational Research Methods 11, 815-852.

    Examples
    --------
    >>> import numpy as np
    >>> table = np.array([[[0, 0, 1, 2, 1], [0, 1, 2, 1, 0]]])
    >>> counts = OptionCounts(labels=("north",), items=("a", "b"), counts=table, sheets=np.array([4]))
    >>> round(rwg_j(counts)[0].value, 4)
    0.8
    """
    share = counts.variances().mean(axis=1) / uniform_variance(counts.options)
    together = len(counts.items) * (1 - share)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = together / (together + share)
    return _agreement(value, share, counts, f"rwg: J items, uniform null, {out_of_range.value}", out_of_range)


def rwg_j_lindell(counts: OptionCounts) -> Estimates:
    """Return Lindell's agreement on the items of a facet, which does not grow with their number.

    Parameters
    ----------
    counts : OptionCounts
        Answers by group, item and option. Each item's variance rests on the answers it has.

    Returns
    -------
    Estimates
        1 where all agree, 0 where answers are as random, below 0 beyond (marked OUT_OF_RANGE, never cut off); NaN
        where an item has fewer than two answers (marked TOO_FEW).

    Raises
    ------
    UnusableInput
        If the counts have fewer than two options.

    Notes
    -----
    ``1 - m``, m the mean of the items' variances divided by the null variance.

    References
    ----------
    Lindell, Brandt and Whitney (1999), Applied Psychological Measurement 23, 127-135.

    Examples
    --------
    >>> import numpy as np
    >>> table = np.array([[[0, 0, 1, 2, 1], [0, 1, 2, 1, 0]]])
    >>> counts = OptionCounts(labels=("north",), items=("a", "b"), counts=table, sheets=np.array([4]))
    >>> round(rwg_j_lindell(counts)[0].value, 4)
    0.6667
    """
    share = counts.variances().mean(axis=1) / uniform_variance(counts.options)
    return _agreement(1 - share, share, counts, "rwg: J items, Lindell, uniform null", OutOfRange.AS_COMPUTED)


def average_deviation(counts: OptionCounts, *, centre: Centre = Centre.MEAN) -> Estimates:
    """Return how far answers lie from the group's centre, averaged over the items.

    Parameters
    ----------
    counts : OptionCounts
        Answers by group, item and option; for one item pass ``counts.item(key)``.
    centre : Centre
        The mean of the answers, or their median (the middle of the two middle ones where n is even).

    Returns
    -------
    Estimates
        In steps between options: 0 where all agree, at most (A - 1) / 2; NaN where an item has fewer than two answers
        (marked TOO_FEW).

    Raises
    ------
    UnusableInput
        If the counts have fewer than two options.

    Notes
    -----
    For each item ``sum(|x - centre|) / n``, then the mean over items. The usual upper limit for agreement is A / 6.

    References
    ----------
    Burke and Dunlap (2002), Organizational Research Methods 5, 159-172. Burke, Finkelstein and Dusig (1999),
    Organizational Research Methods 2, 49-68.

    Examples
    --------
    >>> import numpy as np
    >>> table = np.array([[[0, 0, 1, 2, 1]]])
    >>> counts = OptionCounts(labels=("north",), items=("a",), counts=table, sheets=np.array([4]))
    >>> average_deviation(counts)[0].value
    0.5
    """
    n = counts.answers
    codes = np.arange(counts.options)
    middle = _means(counts) if centre is Centre.MEAN else _medians(counts)
    distance = np.abs(codes - middle[:, :, None])
    with np.errstate(divide="ignore", invalid="ignore"):
        each = (counts.counts * distance).sum(axis=2) / n
    value = np.where(n >= 2, each, np.nan).mean(axis=1)
    return _estimates(value, counts, f"average-deviation: from the {centre.value}", {})


def _means(counts: OptionCounts) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):
        means: FloatArray = (counts.counts @ np.arange(counts.options)) / counts.answers
    return means


def _medians(counts: OptionCounts) -> FloatArray:
    below = counts.counts.cumsum(axis=2)
    n = counts.answers[:, :, None]

    def at(rank: IntArray) -> IntArray:
        """Return the code of the answer of some rank, counted from 1."""
        codes: IntArray = (below < rank).sum(axis=2)
        return codes

    medians: FloatArray = (at((n + 1) // 2) + at(n // 2 + 1)) / 2
    return medians


def _agreement(value: FloatArray, share: FloatArray, counts: OptionCounts, method: str, rule: OutOfRange) -> Estimates:
    with np.errstate(invalid="ignore"):
        beyond: BoolArray = share > 1
    if rule is OutOfRange.LEBRETON_SENTER_2008:
        value = np.where(beyond, 0.0, value)
    return _estimates(value, counts, method, {Caution.OUT_OF_RANGE: beyond})


def _estimates(value: FloatArray, counts: OptionCounts, method: str, marks: dict[Caution, BoolArray]) -> Estimates:
    n = counts.answers.min(axis=1)
    few: BoolArray = n < 2
    return Estimates(
        value=value, n_used=n, n_missing=counts.sheets - n, method=method, marks={Caution.TOO_FEW: few, **marks}
    )
