"""From what a file holds to the options of the layout: numbers, words, gaps, and what is none of them.

Columns come as NumPy arrays or as Arrow arrays, which are recognised by what they can do, so that Arrow need not be
installed. Whatever a column holds, each different value is looked at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from collegium.science.measurement.engines._kernel import Options, Places
from collegium.science.measurement.layout import Item
from collegium.science.measurement.moments import NO_ANSWER

# What programs write where nothing was answered.
GAPS = frozenset({"", "NA", "N/A", "NaN", "nan", "None", "NULL", "null", "."})
BETWEEN = "\x1f"  # between the parts of an atom's name; the unit separator is in nobody's file
SMALL = (-128, 127)  # what eight bits hold

Column = Any  # a NumPy array, a pyarrow array, or a list


class Misfit(Exception):
    """A value that is no option of its item."""

    def __init__(self, row: int, value: object) -> None:
        super().__init__(row, value)
        self.row = row
        self.value = value


class ItemCoding:
    """How the values of one column become options; `lowest` and `highest` are the layout's codes."""

    def __init__(self, lowest: int, highest: int, item: Item, recode: Mapping[str | int, int] | None) -> None:
        self.item = item
        self.lowest = lowest
        self.none = highest - lowest + 1
        self.wrong = self.none + 1
        few = self.wrong + highest + item.highest <= np.iinfo(np.uint8).max
        self.kind: type[np.uint8] | type[np.uint16] = np.uint8 if few else np.uint16
        self.recode = None if recode is None else {as_text(value): code for value, code in recode.items()}

    @cached_property
    def small(self) -> Options:
        """The options of what few bits hold, to look them up at once."""
        table = np.full(256, self.wrong, dtype=self.kind)
        # Only the values that mean something need to be asked for.
        known = range(NO_ANSWER, self.item.highest + 1) if self.recode is None else range(SMALL[0], SMALL[1] + 1)
        for value in known:
            if value <= SMALL[1]:
                table[value & 255] = self.option(value)
        return table

    def option(self, value: object) -> int:
        """Return the option of one value."""
        text = as_text(value)
        if self.recode is not None and text in self.recode:
            code = self.recode[text]
        elif text in GAPS:
            return self.none
        elif self.recode is None and _is_whole(text):
            code = int(text)
        else:
            return self.wrong
        if code == NO_ANSWER:
            return self.none
        return code - self.lowest if self.item.lowest <= code <= self.item.highest else self.wrong

    def options(self, column: Column) -> Options:
        """Return the option of each row.

        Raises
        ------
        Misfit
            At the first value that is none.
        """
        found = self._looked_up(column)
        if len(found) and found.max() > self.none:
            row = int(np.argmax(found > self.none))
            value = column[row]
            raise Misfit(row, value.as_py() if hasattr(value, "as_py") else as_text(value))
        return found

    def _looked_up(self, column: Column) -> Options:
        if is_arrow(column):
            quick = self._of_bytes(column) if self.recode is None else None
            if quick is not None:
                return quick
            plain = whole_numbers(column)
            if plain is None:
                values, places = dictionary(column)
                table = np.array([self.option(value) for value in values] + [self.none], dtype=self.kind)
                return np.take(table, places)
            column = plain
        array = np.asarray(column)
        if array.dtype.kind == "f":
            array = _whole_or_same(array)
        if array.dtype.kind in "iu" and len(array) and array.min() >= -128 and array.max() <= 127:
            return np.take(self.small, array.astype(np.int8, copy=False).view(np.uint8))
        values, places = distinct(array)
        table = np.array([self.option(value) for value in values], dtype=self.kind)
        return np.take(table, places) if len(table) else np.zeros(0, dtype=self.kind)

    def _of_bytes(self, column: Column) -> Options | None:
        """Read whole numbers of eight bits where Arrow keeps them; None where they are others, or one is no option."""
        if str(column.type) != "int8" or not len(column) or self.kind is not np.uint8:
            return None
        bits, content = column.buffers()
        start, end = column.offset, column.offset + len(column)
        found = np.frombuffer(content, dtype=np.uint8, count=end)[start:] - np.uint8(self.item.lowest)
        if column.null_count:
            there = np.unpackbits(np.frombuffer(bits, dtype=np.uint8), count=end, bitorder="little")[start:]
            found *= there
        if found.max() > self.item.highest - self.item.lowest:
            return None  # below the lowest option comes out as a large number, since there are no negative ones
        shift = self.item.lowest - self.lowest
        if shift:
            found += np.uint8(shift)
        if column.null_count:
            found += (there ^ np.uint8(1)) * np.uint8(self.none - shift)
        return found


def is_arrow(column: Column) -> bool:
    """Say whether a column is of Arrow."""
    return hasattr(column, "dictionary_encode") and hasattr(column, "null_count")


def whole_numbers(column: Column) -> npt.NDArray[Any] | None:
    """Return an Arrow column of whole numbers of few bits with NO_ANSWER in its gaps, or None where it is another."""
    if str(column.type) not in {"int8", "int16", "int32", "int64"}:
        return None
    if column.null_count:
        column = column.fill_null(NO_ANSWER)
    array: npt.NDArray[Any] = column.to_numpy(zero_copy_only=False)
    return array


def dictionary(column: Column) -> tuple[list[object], Places]:
    """Return the different values of an Arrow column, and each row's place among them; a gap's is one beyond."""
    if not hasattr(column, "dictionary"):
        column = column.dictionary_encode()
    values: list[object] = column.dictionary.to_pylist()
    indices = column.indices
    if indices.null_count:
        indices = indices.cast("int64").fill_null(len(values))
    return values, indices.to_numpy(zero_copy_only=False).astype(np.intp)


def distinct(array: npt.NDArray[Any]) -> tuple[list[object], Places]:
    """Return the different values of a NumPy array, and each row's place among them."""
    if array.dtype.kind == "O":
        places: dict[object, int] = {}
        found = [places.setdefault(value, len(places)) for value in array.tolist()]
        return list(places), np.array(found, dtype=np.intp)
    values, where = np.unique(array, return_inverse=True)
    return values.tolist(), where


def as_text(value: object) -> str:
    """Write a value so that 3, 3.0, "3" and " 3 " are the same."""
    if value is None:
        return ""
    if isinstance(value, bool | np.bool_):
        return str(int(value))
    text = value.strip() if isinstance(value, str) else str(value)
    return text[:-2] if text.endswith(".0") and _is_whole(text[:-2]) else text


def as_name(value: object) -> str:
    """Write a value as the name of a group: words as they are, whole numbers without a point, gaps as nothing."""
    if isinstance(value, str):
        return value.strip().replace(BETWEEN, " ")
    text = as_text(value)
    return "" if text == "nan" else text


def atoms_of(columns: list[Column]) -> tuple[list[str], Places]:
    """Return the different names that rows have in some columns together, and each row's place among them."""
    names, place = _names_of(columns[0])
    for column in columns[1:]:
        more, inner = _names_of(column)
        together, place = np.unique(place * len(more) + inner, return_inverse=True)
        names = [f"{names[both // len(more)]}{BETWEEN}{more[both % len(more)]}" for both in together.tolist()]
    return names, place


def _names_of(column: Column) -> tuple[list[str], Places]:
    if is_arrow(column):
        values, places = dictionary(column)
        if column.null_count:
            values = [*values, None]
    else:
        values, places = distinct(np.asarray(column))
    texts = [value.strip() if type(value) is str and BETWEEN not in value else as_name(value) for value in values]
    used = np.bincount(places, minlength=len(values)) > 0
    if used.all() and len(set(texts)) == len(texts):
        return texts, places
    # Values that read the same, and those no row has, must not become atoms of their own.
    seen: dict[str, int] = {}
    moved = np.zeros(len(values), dtype=np.intp)
    for place in np.flatnonzero(used).tolist():
        moved[place] = seen.setdefault(texts[place], len(seen))
    return list(seen), moved[places]


def _whole_or_same(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Turn floats that are all whole or gaps into whole numbers; leave others as they are."""
    gaps = np.isnan(array)
    filled = np.where(gaps, NO_ANSWER, array)
    if len(filled) and np.abs(filled).max() < np.iinfo(np.int16).max and (filled == np.trunc(filled)).all():
        return filled.astype(np.int16)
    return array


def _is_whole(text: str) -> bool:
    digits = text[1:] if text[:1] in "+-" else text
    return digits.isascii() and digits.isdigit()
