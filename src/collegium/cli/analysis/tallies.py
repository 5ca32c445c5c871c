"""A table of counts: a row for each group, item and option, with how many chose it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from collegium.cli.analysis import files
from collegium.cli.analysis.columns import guess
from collegium.cli.analysis.counting import no_option
from collegium.cli.analysis.dialects import Head
from collegium.cli.analysis.files import ParquetFiles, Source, TableFile
from collegium.cli.analysis.labels import normal
from collegium.cli.analysis.notes import Kind, Log
from collegium.cli.analysis.questions import Questionnaire
from collegium.science.errors import UnusableInput
from collegium.science.measurement.engines import BETWEEN, as_text
from collegium.science.measurement.moments import NO_ANSWER, Moments, moments_of_counts

ITEM = frozenset({"item", "question", "variable"})
OPTION = frozenset({"response", "option", "answer", "code", "value", "category"})
NUMBER = frozenset({"n", "count", "counts", "answers", "frequency", "freq", "number"})


@dataclass(frozen=True, slots=True)
class Tally:
    """The places of the three columns that make a table of counts."""

    item: int
    option: int
    number: int


Counted = dict[tuple[str, str], dict[str, int]]


def find_tally(head: Head) -> Tally | None:
    """Say whether a table holds counts; one of each column, by the names they usually have."""
    names = [normal(header) for header in head.headers]
    found = [[place for place, name in enumerate(names) if name in known] for known in (ITEM, OPTION, NUMBER)]
    if any(len(places) != 1 for places in found):
        return None
    return Tally(*(places[0] for places in found))


def read_tally(source: Source, tally: Tally, groups: tuple[int, ...]) -> Counted:
    """Add up how often each option was chosen, by group and item."""
    if isinstance(source, ParquetFiles):
        raise UnusableInput(
            "kind", f"{source.name}: a table of counts is read from CSV, TSV or a spreadsheet.", file=source.name
        )
    before = files.mark(source.path)
    counted: Counted = {}
    for row, cells in source.rows():
        atom = BETWEEN.join(" ".join(cells[place].split()) for place in groups)
        item, option = cells[tally.item].strip(), as_text(cells[tally.option])
        options = counted.setdefault((atom, item), {})
        UnusableInput.unless(
            option not in options,
            "counted_twice",
            f"{source.name}, row {row}: the option {option} of {item} is counted a second time in the same group. "
            "Name with --group and --level all columns that tell the rows apart.",
            file=source.name,
            row=row,
        )
        options[option] = _number(source, tally, row, cells)
    files.check_unchanged(source.path, before)
    return counted


def _number(source: TableFile, tally: Tally, row: int, cells: Sequence[str]) -> int:
    text = as_text(cells[tally.number])
    UnusableInput.unless(
        not text or (text.isascii() and text.isdigit()),
        "not_counts",
        f"{source.name}, row {row}, column {source.head.headers[tally.number]}: “{text[:40]}” is no whole number of at "
        "least 0.",
        file=source.name,
        row=row,
    )
    return int(text or 0)


def guess_of_tally(name: str, counted: Counted, log: Log) -> Questionnaire:
    """Make a questionnaire of the items that were counted."""
    seen: dict[str, set[int]] = {}
    for (_, item), options in counted.items():
        chosen = {option for option, n in options.items() if n}
        if all(option.isascii() and option.isdigit() for option in chosen):
            seen.setdefault(item, set()).update(int(option) for option in chosen)
    return guess(name, {item: sorted(numbers) for item, numbers in seen.items() if numbers}, log)


def moments_of_tally(name: str, counted: Counted, asked: Questionnaire, told: Mapping[str, str], log: Log) -> Moments:
    """Return the moments that counts allow. Sheets are as many as answered the busiest item of a group."""
    names = {normal(told.get(one.key, one.key)): one for one in asked.questions}
    items = {item for _, item in counted}
    unknown = sorted(item for item in items if normal(item) not in names)
    if unknown:
        log.add(Kind.LEFT_OUT, f"items {', '.join(unknown)}", f"none of {asked.source}")
    there = {names[normal(item)].key for item in items if normal(item) in names}
    UnusableInput.unless(there, "unknown_item", f"{name} counts no item of {asked.source}.", file=name)
    layout = asked.only(there).layout()
    atoms = sorted({atom for atom, _ in counted})
    counts = np.zeros((len(atoms), len(layout.items), layout.highest - layout.lowest + 1), dtype=np.int64)
    places = {atom: place for place, atom in enumerate(atoms)}
    columns = {item.key: place for place, item in enumerate(layout.items)}
    for (atom, item), options in counted.items():
        question = names.get(normal(item))
        if question is None:
            continue
        for option, n in options.items():
            code = question.options.code(option)
            if code is None and n:
                raise no_option(f"{name}, item {item}", option, question.options, name, None)
            if code is not None and code != NO_ANSWER:
                counts[places[atom], columns[question.key], code - layout.lowest] += n
    log.add(Kind.ASSUMED, name, "a table of counts; as many sheets as answered the busiest item of each group")
    return moments_of_counts(layout, atoms, counts, counts.sum(axis=2).max(axis=1))
