"""Which column of a file holds what: groups, answers, and what is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from collegium.cli.analysis.dialects import Dialect, Head
from collegium.cli.analysis.labels import normal
from collegium.cli.analysis.notes import Kind, Log
from collegium.cli.analysis.questions import Facet, Question, Questionnaire, plain_question
from collegium.listen.instruments import Scale
from collegium.science.errors import UnusableInput

MOST_VALUES = 11
_GRID = re.compile(r"^(?P<prefix>.*\d)[ _.-]?[a-z]$", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?P<prefix>.*?\D)[ _.-]*\d+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The places of a file's columns: one for each question, and those that name a sheet's groups, in order."""

    questions: Mapping[str, int]
    groups: tuple[int, ...]


def find_groups(name: str, head: Head, asked: Sequence[str]) -> tuple[int, ...]:
    """Return the places of the columns that name groups."""
    return tuple(_find(name, head, column) for column in asked)


def _find(name: str, head: Head, column: str) -> int:
    """Return the one column that is called so: by its exact name, or by one that only typography makes different."""
    exact = [place for place, header in enumerate(head.headers) if header == column]
    found = exact or [
        place for place, aliases in enumerate(head.aliases) if normal(column) in {normal(alias) for alias in aliases}
    ]
    UnusableInput.unless(
        found,
        "unknown_column",
        f"{name} has no column “{column}”. It has: {_listed(head.headers)}. Name one of these.",
        file=name,
        column=column,
    )
    _check_one(name, head, column, found)
    return found[0]


def _check_one(name: str, head: Head, what: str, found: Sequence[int]) -> None:
    where = ", ".join(f"{letter(place)} “{_short(head.headers[place])}”" for place in found)
    UnusableInput.unless(
        len(found) == 1,
        "same_name",
        f"{name}: several columns could be “{what}”: {where}. Rename all but one, or say which it is with "
        f"--column-map {what}=COLUMN.",
        file=name,
        column=what,
    )


def match(
    name: str, head: Head, asked: Questionnaire, told: Mapping[str, str], groups: tuple[int, ...], log: Log
) -> Columns:
    """Find the column of every question. Questions without one are left out, with a line in the log."""
    keys = {question.key for question in asked.questions}
    unknown = sorted(set(told) - keys)
    UnusableInput.unless(
        not unknown,
        "unknown_item",
        f"There is no item {', '.join(unknown)} in {asked.source}. Its items are: {_listed(sorted(keys))}.",
        items=unknown,
    )
    free = [place for place in range(len(head.headers)) if place not in groups and not head.is_metadata(place)]
    headers = _index((place, [head.headers[place]]) for place in free)
    aliases = _index((place, head.aliases[place]) for place in free)
    found: dict[str, int] = {}
    for question in asked.questions:
        if question.key in told:
            found[question.key] = _find(name, head, told[question.key])
            continue
        places = sorted(headers.get(normal(question.key), set()))
        places = places or sorted({place for each in question.names for place in aliases.get(normal(each), set())})
        if places:
            _check_one(name, head, question.key, places)
            found[question.key] = places[0]
    _check_each_once(name, head, found, groups)
    UnusableInput.unless(
        found,
        "unknown_column",
        f"No column of {name} fits an item of {asked.source}. The columns are: {_listed(head.headers)}. Say which is "
        "which with --column-map item=COLUMN.",
        file=name,
    )
    for question in asked.questions:
        if question.key not in found:
            log.add(Kind.LEFT_OUT, f"the item {question.key}", f"{name} has no column that is called so")
    _tell_the_rest(head, {*found.values(), *groups}, log)
    return Columns(questions=found, groups=groups)


def _check_each_once(name: str, head: Head, found: Mapping[str, int], groups: tuple[int, ...]) -> None:
    by_place: dict[int, list[str]] = {}
    for key, place in found.items():
        by_place.setdefault(place, []).append(key)
    for place, keys in by_place.items():
        column = _short(head.headers[place])
        UnusableInput.unless(
            len(keys) == 1,
            "same_name",
            f"{name}: the column “{column}” fits several items: {', '.join(keys)}. Say with --column-map which column "
            "holds each.",
            file=name,
            column=column,
        )
        UnusableInput.unless(
            place not in groups,
            "same_name",
            f"{name}: the column “{column}” cannot be an item and a group.",
            file=name,
            column=column,
        )


def _tell_the_rest(head: Head, used: set[int], log: Log) -> None:
    rest = [place for place in range(len(head.headers)) if place not in used]
    about = [_short(head.headers[place]) for place in rest if head.is_metadata(place)]
    other = [_short(head.headers[place]) or f"column {letter(place)}" for place in rest if not head.is_metadata(place)]
    if about:
        who = f"what {head.dialect} adds" if head.dialect is not Dialect.PLAIN else "about the respondent"
        log.add(Kind.LEFT_OUT, f"columns {', '.join(about)}", f"{who}; never read")
    if other:
        log.add(Kind.LEFT_OUT, f"columns {', '.join(other)}", "no question of the questionnaire; never read")


def _index(named: Iterable[tuple[int, Sequence[str]]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for place, names in named:
        for one in names:
            found.setdefault(normal(one), set()).add(place)
    return found


# --- without a questionnaire ------------------------------------------------------------------------------------------
def guess(name: str, values: Mapping[str, Sequence[int]], log: Log) -> Questionnaire:
    """Make a questionnaire of columns that hold few whole numbers: those with the same beginning are one facet.

    `values` holds for every such column the different numbers that it has.
    """
    UnusableInput.unless(
        values,
        "no_items",
        f"{name} has no column of whole numbers with at most {MOST_VALUES} different values. Say with --instrument or "
        "--column-map which columns are answers and what their words mean.",
        file=name,
    )
    together: dict[str, list[str]] = {}
    for column in values:
        together.setdefault(prefix_of(column), []).append(column)
    questions: list[Question] = []
    facets: list[Facet] = []
    for prefix, columns in together.items():
        numbers = {number for column in columns for number in values[column]}
        lowest, highest = min(1, *numbers), max(numbers)
        if len(numbers) == 1:
            log.add(
                Kind.LEFT_OUT, f"columns {', '.join(columns)}", "all answers are the same, so the options are unknown"
            )
            continue
        good = Scale.usually_favourable(lowest, highest - lowest + 1)
        questions += [plain_question(column, lowest, highest, favourable=good) for column in columns]
        facets.append(Facet(key=prefix, title=prefix, items=tuple(columns)))
        log.add(
            Kind.ASSUMED,
            f"{prefix} ({_listed(columns)})",
            f"one facet with the options {lowest} to {highest}, {highest} the best, no item reversed; --instrument or "
            "--column-map tells it better",
        )
    UnusableInput.unless(questions, "no_items", f"All columns of {name} hold one value only.", file=name)
    return Questionnaire(title="", questions=tuple(questions), facets=tuple(facets), source=f"the columns of {name}")


def prefix_of(column: str) -> str:
    """Return what a column shares with its neighbours: LEAD of LEAD01, q11 of q11d."""
    found = _GRID.match(column) or _NUMBERED.match(column)
    return (found["prefix"].rstrip(" _.-") if found else "") or column


def letter(place: int) -> str:
    """Return a column's letter, as a spreadsheet shows it."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text


def _short(text: str, limit: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _listed(names: Sequence[str], most: int = 20) -> str:
    shown = ", ".join(_short(name, 40) for name in names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"
