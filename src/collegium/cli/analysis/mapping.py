"""The mapping of columns: a small TOML file, or `item=column` on the command line.

With an instrument it says which column holds which item. Without one it says which columns make which facet.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from collegium.cli.analysis.questions import Facet, Question, Questionnaire, plain_question
from collegium.listen.instruments import Scale
from collegium.science.errors import UnusableInput

_KEYS = {"title", "lowest", "highest", "labels", "favourable", "columns", "facets"}
_FACET_KEYS = {"title", "columns", "reversed", "lowest", "highest", "labels", "favourable"}


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Which column holds which item, and, where the mapping has facets, the questionnaire that they make."""

    columns: Mapping[str, str] = field(default_factory=dict)
    questionnaire: Questionnaire | None = None


def read_mapping(told: Sequence[str]) -> ColumnMap:
    """Read what `--column-map` was given, each a file or `item=column`."""
    columns: dict[str, str] = {}
    questionnaire: Questionnaire | None = None
    for one in told:
        path = Path(one)
        if path.is_file():
            found = _read_file(path)
            columns |= found.columns
            questionnaire = found.questionnaire or questionnaire
            continue
        item, equals, column = one.partition("=")
        UnusableInput.unless(
            equals and item.strip() and column.strip(),
            "column_map",
            f"--column-map {one}: this is neither a file nor of the form item=column.",
        )
        columns[item.strip()] = column.strip()
    return ColumnMap(columns, questionnaire)


def _read_file(path: Path) -> ColumnMap:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnusableInput(
            "column_map", f"{path}: this is not written as TOML asks: {error}.", file=str(path)
        ) from None
    _check_keys(path, "the file", document, _KEYS)
    columns = document.get("columns", {})
    facets = document.get("facets", {})
    _check(path, _is_texts(columns), '“columns” must hold lines such as item = "column title"')
    _check(path, isinstance(facets, dict), "“facets” must hold a table for each facet: [facets.trust]")
    if not facets:
        return ColumnMap(columns)
    questions: dict[str, Question] = {}
    made: list[Facet] = []
    for key, table in facets.items():
        _check(path, isinstance(table, dict), f"[facets.{key}] must be a table")
        _check_keys(path, f"[facets.{key}]", table, _FACET_KEYS)
        own = {
            **{name: document[name] for name in ("lowest", "highest", "labels", "favourable") if name in document},
            **table,
        }
        names = own.get("columns", [])
        turned = own.get("reversed", [])
        _check(path, _is_list_of_texts(names) and names, f'[facets.{key}] needs columns = ["…", "…"]')
        _check(
            path,
            _is_list_of_texts(turned) and set(turned) <= set(names),
            f"[facets.{key}]: “reversed” must name some of its columns",
        )
        lowest, highest, labels, favourable = _scale(path, key, own)
        for name in names:
            good = frozenset(lowest + highest - code for code in favourable) if name in turned else favourable
            _check(path, name not in questions, f"the column {name} is in two facets")
            questions[name] = plain_question(name, lowest, highest, labels, favourable=good)
        made.append(
            Facet(key=key, title=str(own.get("title", key)), items=tuple(names), reversed_items=frozenset(turned))
        )
    title = str(document.get("title", ""))
    return ColumnMap(
        columns,
        Questionnaire(
            title=title, questions=tuple(questions.values()), facets=tuple(made), source=f"the mapping {path.name}"
        ),
    )


def _scale(path: Path, facet: str, table: Mapping[str, Any]) -> tuple[int, int, dict[int, str], frozenset[int]]:
    labels = table.get("labels", [])
    _check(path, _is_list_of_texts(labels), f"[facets.{facet}]: “labels” must be a list of texts, lowest first")
    lowest = table.get("lowest", 1)
    highest = table.get("highest", lowest + len(labels) - 1 if labels and isinstance(lowest, int) else None)
    _check(
        path,
        isinstance(lowest, int) and isinstance(highest, int) and 0 <= lowest < highest,
        f"[facets.{facet}] needs “lowest” and “highest”, whole numbers from 0, or “labels”",
    )
    _check(
        path,
        not labels or len(labels) == highest - lowest + 1,
        f"[facets.{facet}]: {len(labels)} labels do not fit the options {lowest} to {highest}",
    )
    good = table.get("favourable", sorted(Scale.usually_favourable(lowest, highest - lowest + 1)))
    _check(
        path,
        isinstance(good, list) and all(isinstance(code, int) and lowest <= code <= highest for code in good),
        f"[facets.{facet}]: “favourable” must be a list of codes from {lowest} to {highest}",
    )
    return lowest, highest, dict(enumerate(labels, lowest)), frozenset(good)


def _check(path: Path, holds: object, message: str) -> None:
    UnusableInput.unless(holds, "column_map", f"{path}: {message}.", file=str(path))


def _check_keys(path: Path, where: str, table: Mapping[str, Any], known: set[str]) -> None:
    unknown = sorted(set(table) - known)
    _check(path, not unknown, f"“{', '.join(unknown)}” means nothing in {where}; there are {', '.join(sorted(known))}")


def _is_texts(table: object) -> bool:
    return isinstance(table, dict) and all(isinstance(value, str) for value in table.values())


def _is_list_of_texts(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)
