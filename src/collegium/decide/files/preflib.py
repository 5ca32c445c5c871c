"""PrefLib's files of rankings (.soc, .soi, .toc, .toi): a count, a colon, and the order; braces hold what is level."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from collegium.decide.files.records import (
    BallotFile,
    FileKind,
    Form,
    Limits,
    Note,
    NoteCode,
    UnreadableBallots,
    UnreadableCode,
)
from collegium.decide.files.texts import read_text
from collegium.science.choices.ballots import NO_MARK, Ballots

ENDINGS = frozenset({".soc", ".soi", ".toc", ".toi"})
_HEADER = re.compile(r"#\s*([A-Z ]+?)(?:\s+(\d+))?\s*:\s*(.*)")
_ORDER = re.compile(r"\s*(\d+)\s*:(.*)")
_PART = re.compile(r"\{([\d,\s]*)\}|(\d+)")
_WHOLE_ORDER = re.compile(r"\s*(?:(?:\{[\d,\s]*\}|\d+)\s*(?:,\s*|$))*")


def read_preflib(path: Path, limits: Limits) -> BallotFile:
    """Read rankings. Raises UnreadableBallots, naming the line."""
    names: dict[int, str] = {}
    title, size, notes = "", None, []
    orders: list[tuple[int, list[list[int]]]] = []
    for number, line in enumerate(read_text(path, limits).splitlines(), start=1):
        if found := _HEADER.fullmatch(line.strip()):
            what, which, text = found.groups()
            if what == "TITLE":
                title = text
            elif what == "NUMBER ALTERNATIVES" and text.isdigit():
                size = int(text)
            elif what == "ALTERNATIVE NAME" and which:
                names[int(which)] = text
        elif line.strip() and not line.startswith("#"):
            orders.append(_order(path.name, number, line))
    if size is None or set(names) != set(range(1, size + 1)):
        raise UnreadableBallots(UnreadableCode.BROKEN_HEADER, {"file": path.name})
    if size > limits.options:
        said = {"file": path.name, "options": str(size), "limit": str(limits.options)}
        raise UnreadableBallots(UnreadableCode.TOO_MANY_OPTIONS, said)
    options = [names[which] for which in range(1, size + 1)]
    if len(set(options)) < size:
        options = [f"{name} ({which})" for which, name in enumerate(options, start=1)]
        notes.append(Note(NoteCode.TITLES_TOLD_APART, 1))
    marks, counts = _marks(path.name, orders, size)
    return BallotFile(
        name=path.name,
        kind=FileKind.PREFLIB,
        form=Form.RANKS,
        title=title,
        ballots=Ballots.of(options, marks, counts),
        notes=tuple(notes),
    )


def _order(name: str, number: int, line: str) -> tuple[int, list[list[int]]]:
    found = _ORDER.fullmatch(line)
    if not found or not int(found[1]) or not _WHOLE_ORDER.fullmatch(found[2]):
        raise UnreadableBallots(UnreadableCode.BROKEN_LINE, {"file": name, "line": str(number)})
    levels = []
    for level, single in _PART.findall(found[2]):
        levels.append([int(single)] if single else [int(part) for part in level.split(",") if part.strip()])
    ranked = [option for level in levels for option in level]
    if len(set(ranked)) < len(ranked):
        raise UnreadableBallots(UnreadableCode.BROKEN_LINE, {"file": name, "line": str(number)})
    return int(found[1]), [level for level in levels if level]


def _marks(
    name: str, orders: list[tuple[int, list[list[int]]]], size: int
) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.int64]], list[int]]:
    marks = np.full((len(orders), size), NO_MARK, dtype=np.int64)
    for row, (_count, levels) in enumerate(orders):
        for rank, level in enumerate(levels, start=1):
            for option in level:
                if not 1 <= option <= size:
                    raise UnreadableBallots(UnreadableCode.UNKNOWN_OPTION, {"file": name, "option": str(option)})
                marks[row, option - 1] = rank
    return marks, [count for count, _levels in orders]
