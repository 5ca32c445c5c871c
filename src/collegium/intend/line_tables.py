"""Reading a plan: CSV, a spreadsheet or JSON as titles and rows of text, and which column is likely to hold what."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from collegium.connect.files.records import UnreadableTies
from collegium.connect.files.tables import open_tables
from collegium.people.rosters.cells import key

MOST_ROWS, MOST_CELLS, MOST_BYTES = 2000, 40, 5 * 1024 * 1024
FIELDS = ("id", "kind", "title", "text", "serves", "owner", "second_owner", "starts", "by")
NEEDED = ("kind", "title")
_WORDS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "number", "no", "ref", "reference", "key"),
    "kind": ("kind", "type", "level", "category", "what it is"),
    "title": ("title", "name", "goal", "objective", "priority", "summary", "item"),
    "text": ("text", "description", "details", "note", "notes", "what"),
    "serves": ("serves", "parent", "belongs to", "part of", "under", "leads to"),
    "owner": ("owner", "lead", "responsible", "who", "email", "carried by email"),
    "second_owner": ("second owner", "second", "deputy", "supported by"),
    "starts": ("starts", "start", "from", "start date", "begins"),
    "by": ("by", "due", "deadline", "end", "end date", "by when", "until"),
}
_KINDS: Mapping[str, tuple[str, ...]] = {
    "vision": ("vision",),
    "intent": ("intent", "strategic intent", "aim", "strategic aim"),
    "challenge": ("challenge", "priority", "milestone"),
    "goal": ("goal", "objective", "target", "outcome"),
    "obligation": ("obligation", "duty"),
    "strategy": ("strategy", "approach"),
    "action": ("action", "task", "activity"),
    "pathway": ("pathway", "step", "steps"),
    "standard": ("standard", "success criterion", "criterion"),
    "commitment": ("commitment", "promise"),
    "role": ("role",),
}
KIND_OF: Mapping[str, str] = {key(word): kind for kind, words in _KINDS.items() for word in words}


class UnreadablePlan(Exception):
    """The file is no table, is empty, or is larger than a plan."""


@dataclass(frozen=True, slots=True)
class PlanTable:
    """The titles of a table, and its rows with their numbers in the file."""

    headers: list[str]
    rows: list[tuple[int, list[str]]]


def read_plan(path: Path) -> PlanTable:
    """Return the first table of a file. Raises UnreadablePlan."""
    if path.stat().st_size > MOST_BYTES:
        raise UnreadablePlan
    if path.suffix.lower() == ".json":
        return _read_json(path)
    try:
        with ExitStack() as stack:
            table = open_tables(path, stack)[0]
            rows: list[tuple[int, list[str]]] = []
            for number, cells in table.rows(lambda number, _code: rows.append((number, []))):
                rows.append((number, cells))
                if len(rows) > MOST_ROWS:
                    raise UnreadablePlan
            found = PlanTable(list(table.headers), rows)
    except UnreadableTies as error:
        raise UnreadablePlan from error
    return _checked(found)


def guess(headers: Sequence[str]) -> dict[str, str]:
    """Return which column is likely to hold what, by its title; a column is taken once."""
    found: dict[str, str] = {}
    for field in FIELDS:
        words = {key(word) for word in _WORDS[field]} | {key(field)}
        match = next((title for title in headers if key(title) in words and title not in found.values()), "")
        if match:
            found[field] = match
    return found


def _read_json(path: Path) -> PlanTable:
    try:
        read = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise UnreadablePlan from error
    items = read.get("line") if isinstance(read, dict) else read
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items) or len(items) > MOST_ROWS:
        raise UnreadablePlan
    headers = list(dict.fromkeys(str(name) for item in items for name in item))
    return _checked(
        PlanTable(
            headers, [(place, [_cell(item.get(name)) for name in headers]) for place, item in enumerate(items, start=1)]
        )
    )


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return "" if value is None else str(value)


def _checked(table: PlanTable) -> PlanTable:
    if not table.rows or not any(table.headers) or len(table.headers) > MOST_CELLS:
        raise UnreadablePlan
    return table
