"""Pabulib's files of participatory budgets (.pb): META, PROJECTS and VOTES, each a table divided by semicolons."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

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
from collegium.science.choices.ballots import HIGHEST_MARK, NO_MARK, Ballots

ENDING = ".pb"
_SECTIONS = ("META", "PROJECTS", "VOTES")
Row = dict[str, str]


def read_pabulib(path: Path, limits: Limits) -> BallotFile:
    """Read projects with their costs, the budget and the votes. Raises UnreadableBallots, naming the line."""
    meta, projects, votes = _sections(path, limits)
    said = {row.get("key", ""): row.get("value", "") for _, row in meta}
    if not projects:
        raise UnreadableBallots(UnreadableCode.NO_OPTIONS, {"file": path.name})
    ids = [row.get("project_id", "") for _, row in projects]
    places = {project: place for place, project in enumerate(ids)}
    if len(places) < len(ids) or "" in places:
        raise UnreadableBallots(UnreadableCode.BROKEN_HEADER, {"file": path.name})
    if len(ids) > limits.options:
        refused = {"file": path.name, "options": str(len(ids)), "limit": str(limits.options)}
        raise UnreadableBallots(UnreadableCode.TOO_MANY_OPTIONS, refused)
    money = [_money(path.name, line, row.get("cost", "")) for line, row in projects]
    budget = _money(path.name, 1, said.get("budget", ""))
    factor = 1 if all(part.denominator == 1 for part in (*money, budget)) else 100
    kind = said.get("vote_type", "approval")
    rows = [_marks(path.name, line, row, kind, places) for line, row in votes]
    names = [row.get("name", "").strip() or project for project, (_, row) in zip(ids, projects, strict=True)]
    if len(set(names)) < len(names):
        names = [f"{name} ({project})" for name, project in zip(names, ids, strict=True)]
    return BallotFile(
        name=path.name,
        kind=FileKind.PABULIB,
        form=Form.RANKS if kind == "ordinal" else Form.NUMBERS,
        title=said.get("description", ""),
        ballots=Ballots.of(names, rows),
        costs=tuple(int(part * factor) for part in money),
        budget=int(budget * factor),
        notes=(Note(NoteCode.CENTS, 1),) if factor > 1 else (),
    )


def _sections(path: Path, limits: Limits) -> list[list[tuple[int, Row]]]:
    found: dict[str, list[tuple[int, Row]]] = {name: [] for name in _SECTIONS}
    section = ""
    titles: list[str] = []
    for number, line in enumerate(read_text(path, limits).splitlines(), start=1):
        if line.strip().upper() in found:
            section, titles = line.strip().upper(), []
        elif line.strip():
            cells = [cell.strip() for cell in next(csv.reader([line], delimiter=";"))]
            if not section:
                raise UnreadableBallots(UnreadableCode.BROKEN_LINE, {"file": path.name, "line": str(number)})
            if not titles:
                titles = [cell.casefold() for cell in cells]
            else:
                found[section].append((number, dict(zip(titles, cells, strict=False))))
    return [found[name] for name in _SECTIONS]


def _money(name: str, line: int, text: str) -> Fraction:
    try:
        amount = Fraction(text.replace(",", "."))
    except (ValueError, ZeroDivisionError):
        amount = Fraction(-1)
    if amount < 0 or (amount * 100).denominator != 1:
        raise UnreadableBallots(UnreadableCode.BAD_COST, {"file": name, "line": str(line), "text": text[:40]})
    return amount


def _marks(name: str, line: int, row: Row, kind: str, places: dict[str, int]) -> list[int | None]:
    marks: list[int | None] = [None] * len(places)
    chosen = [part.strip() for part in row.get("vote", "").split(",") if part.strip()]
    points = [part.strip() for part in row.get("points", "").split(",") if part.strip()]
    if kind not in {"approval", "choose-1", "ordinal", "cumulative", "scoring"}:
        raise UnreadableBallots(UnreadableCode.VOTE_TYPE, {"file": name, "kind": kind[:40]})
    if kind in {"cumulative", "scoring"} and len(points) != len(chosen):
        raise UnreadableBallots(UnreadableCode.BROKEN_LINE, {"file": name, "line": str(line)})
    for at, project in enumerate(chosen):
        if project not in places:
            raise UnreadableBallots(UnreadableCode.UNKNOWN_OPTION, {"file": name, "option": project[:40]})
        text = points[at] if kind in {"cumulative", "scoring"} else str(at + 1 if kind == "ordinal" else 1)
        if not (text.isdigit() and int(text) <= HIGHEST_MARK):
            raise UnreadableBallots(UnreadableCode.BROKEN_LINE, {"file": name, "line": str(line)})
        marks[places[project]] = int(text)
    return [NO_MARK if mark is None else mark for mark in marks]
