"""Series as a table: a row a series, a column a point, NaN where a point is missing."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from collegium.science.errors import UnusableInput
from collegium.science.results import BoolArray, FloatArray, IntArray

ROUNDING = 1e-12  # of a value: what adding and dividing may lose
Baseline = int | npt.ArrayLike | None


def as_table(values: npt.ArrayLike, what: str = "values") -> FloatArray:
    """Return one series or many as a table of its own, and refuse what is none."""
    table = np.array(values, dtype=np.float64, ndmin=2)
    UnusableInput.unless(table.ndim == 2, "shape", "One series, or a table of a row a series.", what=what)
    UnusableInput.unless(not np.isinf(table).any(), "infinite", "A point is infinite.", what=what)
    return table


def as_mask(given: Baseline, shape: tuple[int, ...]) -> BoolArray:
    """Return which points are meant: all, the first so many, or those that are marked."""
    if given is None:
        return np.ones(shape, dtype=bool)
    if isinstance(given, int | np.integer) and not isinstance(given, bool | np.bool_):
        UnusableInput.unless(given >= 1, "baseline", "A baseline has at least one point.", baseline=given)
        return np.broadcast_to(np.arange(shape[1]) < given, shape).copy()
    mask = np.asarray(given)
    UnusableInput.unless(mask.dtype == np.bool_, "baseline", "Points of a baseline are marked by true and false.")
    UnusableInput.unless(
        mask.shape in (shape, shape[-1:]), "baseline", "A baseline is as long as its series.", given=mask.shape
    )
    return np.broadcast_to(mask, shape).copy()


def mean_where(table: FloatArray, where: BoolArray) -> FloatArray:
    """Return the mean of each row over the points that are meant and known; NaN for none."""
    known = where & ~np.isnan(table)
    count = known.sum(axis=1)
    total = np.where(known, table, 0.0).sum(axis=1)
    return divide(total, count)


def median_where(table: FloatArray, where: BoolArray) -> FloatArray:
    """Return the median of each row over the points that are meant and known; NaN for none."""
    ordered = np.sort(np.where(where, table, np.nan), axis=1)  # NaN comes last
    count = (~np.isnan(ordered)).sum(axis=1)
    if not table.shape[1]:
        return np.full(len(table), np.nan)
    rows = np.arange(len(table))
    below = np.maximum((count - 1) // 2, 0)
    above = np.minimum(count // 2, table.shape[1] - 1)
    middle: FloatArray = (ordered[rows, below] + ordered[rows, above]) / 2
    return np.where(count > 0, middle, np.nan)


def divide(over: npt.ArrayLike, under: npt.ArrayLike) -> FloatArray:
    """Divide, NaN where there is nothing to divide by."""
    top, bottom = np.broadcast_arrays(np.asarray(over, dtype=np.float64), np.asarray(under, dtype=np.float64))
    parts: FloatArray = np.divide(top, bottom, out=np.full(top.shape, np.nan), where=bottom != 0)
    return parts


def sides(points: FloatArray, line: FloatArray) -> IntArray:
    """Return 1 for a point above its line, -1 below, and 0 on it, as near as sums of decimals come, or missing."""
    apart = points - line
    is_on = np.abs(apart) <= ROUNDING * np.maximum(np.abs(points), np.abs(line))
    return np.where(is_on, 0.0, np.nan_to_num(np.sign(apart))).astype(np.int64)


def pack(table: FloatArray) -> tuple[FloatArray, IntArray]:
    """Return the known points of each row moved together at its beginning, and where each came from."""
    order: IntArray = np.argsort(np.isnan(table), axis=1, kind="stable")
    return np.take_along_axis(table, order, axis=1), order


def unpack(marks: BoolArray, order: IntArray) -> BoolArray:
    """Return marks of packed points at the places from which the points came."""
    back = np.zeros(marks.shape, dtype=bool)
    np.put_along_axis(back, order, marks, axis=1)
    return back


def run_lengths(sides: IntArray) -> IntArray:
    """Return, for each point, how many neighbours in a row share its side; 0 where it has none."""
    rows, points = sides.shape
    if not sides.size:
        return np.zeros(sides.shape, dtype=np.int64)
    begins = np.ones(sides.shape, dtype=bool)
    begins[:, 1:] = sides[:, 1:] != sides[:, :-1]
    number = np.cumsum(begins.ravel()) - 1
    lengths = np.bincount(number)[number].reshape(rows, points)
    return np.where(sides == 0, 0, lengths).astype(np.int64)
