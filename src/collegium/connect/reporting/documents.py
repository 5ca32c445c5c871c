"""What is kept of an analysis, as plain values for JSON, and read again."""

from __future__ import annotations

from typing import Any

import cattrs
import numpy as np

from collegium.connect.reporting.figures import Report
from collegium.connect.reporting.maps import GroupMap, Lines, PeopleMap
from collegium.science.results import IntArray

_converter = cattrs.Converter(unstruct_collection_overrides={tuple: list}, detailed_validation=False)


def write_report(report: Report) -> dict[str, Any]:
    """Return a report as plain values."""
    plain: dict[str, Any] = _converter.unstructure(report)
    return plain


def read_report(plain: dict[str, Any]) -> Report:
    """Return the report that was written."""
    return _converter.structure(plain, Report)


def write_people_map(drawn: PeopleMap) -> dict[str, Any]:
    """Return a map of people as plain values."""
    return {
        "people": drawn.people.tolist(),
        "x": drawn.x.tolist(),
        "y": drawn.y.tolist(),
        "team": drawn.team.tolist(),
        "level": drawn.level.tolist(),
        "lines": [_write_lines(lines) for lines in drawn.lines],
    }


def read_people_map(plain: dict[str, Any]) -> PeopleMap:
    """Return the map that was written."""
    columns = {name: _array(plain[name]) for name in ("people", "x", "y", "team", "level")}
    return PeopleMap(lines=_read_lines(plain), **columns)


def write_group_map(drawn: GroupMap) -> dict[str, Any]:
    """Return a map of groups as plain values."""
    return {
        "parts": [list(part) for part in drawn.parts],
        "sizes": drawn.sizes.tolist(),
        "x": drawn.x.tolist(),
        "y": drawn.y.tolist(),
        "lines": [_write_lines(lines) for lines in drawn.lines],
    }


def read_group_map(plain: dict[str, Any]) -> GroupMap:
    """Return the map that was written."""
    return GroupMap(
        parts=tuple(tuple(part) for part in plain["parts"]),
        lines=_read_lines(plain),
        sizes=_array(plain["sizes"]),
        x=_array(plain["x"]),
        y=_array(plain["y"]),
    )


def _write_lines(lines: Lines) -> dict[str, Any]:
    return {
        "key": lines.key,
        "ends": lines.ends.reshape(-1).tolist(),
        "counts": None if lines.counts is None else lines.counts.tolist(),
    }


def _read_lines(plain: dict[str, Any]) -> tuple[Lines, ...]:
    return tuple(
        Lines(
            key=each["key"],
            ends=_array(each["ends"]).reshape(-1, 2),
            counts=None if each["counts"] is None else _array(each["counts"]),
        )
        for each in plain["lines"]
    )


def _array(values: list[int]) -> IntArray:
    return np.array(values, dtype=np.int64)
