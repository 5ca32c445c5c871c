"""`collegium analyse`: from a file of answers to a report that may be shown to those who gave them."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from collegium.base import collecting
from collegium.cli.console import SMALLEST_K, Exit, Stop, remark, say, say_json

if TYPE_CHECKING:
    from collegium.cli.analysis.computing import Analysis
    from collegium.cli.analysis.files import Source
    from collegium.cli.analysis.grouping import GroupColumns
    from collegium.cli.analysis.notes import Log
    from collegium.cli.analysis.questions import Questionnaire
    from collegium.science.measurement.moments import Moments

ENGINES = ["auto", "numpy", "duckdb", "spark"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the command line says."""

    paths: tuple[Path, ...]
    instrument: str
    column_map: tuple[str, ...]
    groups: tuple[str, ...]
    level: str
    wave: str
    k: int
    engine: str
    leave_out: tuple[str, ...]
    asked: Path | None


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option(
    "--instrument", default="", metavar="FILE|KEY", help="An instrument file, or the key of one that is shipped."
)
@click.option("--column-map", multiple=True, metavar="FILE|ITEM=COLUMN", help="Which column holds which item or facet.")
@click.option(
    "--group", "groups", multiple=True, metavar="COLUMN", help="The school of a sheet; once more for its district."
)
@click.option("--level", default="", metavar="COLUMN", help="The level of a sheet, such as teaching or support.")
@click.option(
    "--wave", default="", metavar="COLUMN", help="The wave of a sheet; the newest is compared with the one before."
)
@click.option(
    "--k",
    type=click.IntRange(min=SMALLEST_K),
    default=SMALLEST_K,
    show_default=True,
    help="Nothing is shown of fewer people besides the reader.",
)
@click.option(
    "--engine", type=click.Choice(ENGINES), default="auto", show_default=True, help="What counts large files."
)
@click.option("--leave-out", multiple=True, metavar="ITEM", help="An item to leave out; may be given several times.")
@click.option(
    "--asked", type=click.Path(path_type=Path), help="A table of how many were asked, joined and left, by group."
)
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="FOLDER", help="The folder to write.")
@click.option("--overwrite", is_flag=True, help="Replace an analysis that is in the folder.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for scripts.")
def analyse(
    paths: tuple[Path, ...],
    instrument: str,
    column_map: tuple[str, ...],
    groups: tuple[str, ...],
    level: str,
    wave: str,
    k: int,
    engine: str,
    leave_out: tuple[str, ...],
    asked: Path | None,
    out: Path,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Analyse a survey, from a file of answers to a report that prints.

    FILE is a wide CSV, TSV, XLSX, Parquet or folder of Parquet (a row for each sheet), or a table of
    counts with the columns item, response and n. Exports of Qualtrics, Google Forms, Microsoft Forms and
    LimeSurvey are recognised; addresses and names are never read. The folder holds report.html,
    results.json, tables as CSV, and log.txt with what was left out and why.

    \b
    Examples:
      collegium analyse answers.csv --instrument trust --group school --out results
      collegium analyse answers.xlsx --column-map facets.toml --group school --group district --out results
      collegium analyse waves.parquet --instrument trust --group school --wave term --out results

    Exit codes: 0 done; 2 refused, nothing was written.
    """
    told = Told(
        paths=paths,
        instrument=instrument,
        column_map=column_map,
        groups=groups,
        level=level,
        wave=wave,
        k=k,
        engine=engine,
        leave_out=leave_out,
        asked=asked,
    )
    with _refusing(), collecting.at_rest():
        from collegium import __version__
        from collegium.cli.analysis import report, results, writing

        writing.check_place(out, overwrite=overwrite)
        found = run(told)
        names = [path.name for path in paths]
        data = results.as_json(found, names, __version__)
        contents = {
            "report.html": report.draw_report(found, names, __version__),
            "results.json": results.write_json(data),
            "log.txt": "".join(f"{note}\n" for note in found.log.notes),
            **{f"tables/{name}": text for name, text in results.as_tables(data).items()},
        }
        writing.write_folder(out, contents)
    _tell(found, out, data if as_json else None)


@contextlib.contextmanager
def _refusing() -> Iterator[None]:
    """Say in words what cannot be analysed."""
    from collegium.listen.instruments import InstrumentProblems
    from collegium.science.errors import UnusableInput

    try:
        yield
    except UnusableInput as error:
        raise Stop(str(error), Exit.REFUSED) from error
    except InstrumentProblems as error:
        raise Stop(f"The instrument cannot be used.\n{error}", Exit.REFUSED) from error
    except OSError as error:
        raise Stop(f"{error.filename}: {error.strerror}", Exit.REFUSED) from error


def run(told: Told) -> Analysis:
    """Read, count, group and work out."""
    from collegium.cli.analysis.computing import analyse as work_out
    from collegium.cli.analysis.computing import check_items
    from collegium.cli.analysis.grouping import GroupColumns, group
    from collegium.cli.analysis.notes import Log
    from collegium.cli.analysis.roll import read_roll
    from collegium.listen.reporting import Rules
    from collegium.science.errors import UnusableInput

    UnusableInput.unless(
        len(told.groups) <= 2, "groups", "--group is given once for the school, once for its district."
    )
    school, district = (*told.groups, "", "")[:2]
    columns = GroupColumns(school=school, district=district, level=told.level, wave=told.wave)
    UnusableInput.unless(
        len(set(columns.asked)) == len(columns.asked),
        "same_name",
        "The same column cannot be two of --group, --level and --wave.",
    )
    log = Log()
    with ExitStack() as stack:
        moments, questions, where = _counted(told, columns, stack, log)
    with _naming(told.paths):
        check_items(moments, questions, where)
        grouped = group(moments, columns, Rules(k=told.k), log)
    people = read_roll(told.asked, columns, grouped, log) if told.asked else None
    with _progress("Working out") as tell:
        return work_out(questions, grouped, columns, log, people=people, tell=tell)


@contextlib.contextmanager
def _naming(paths: tuple[Path, ...]) -> Iterator[None]:
    """Say in which files it is that something is wrong with all answers together."""
    from collegium.science.errors import UnusableInput

    try:
        yield
    except UnusableInput as error:
        names = ", ".join(path.name for path in paths)
        raise UnusableInput(error.code, f"{names}: {error}", **error.data, file=names) from None


@contextlib.contextmanager
def _progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr; nothing where nobody looks."""
    with click.progressbar(length=1000, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        yield lambda done, total: bar.update(1000 * done // max(total, 1) - bar.pos)


def _counted(
    told: Told, columns: GroupColumns, stack: ExitStack, log: Log
) -> tuple[Moments, Questionnaire, dict[str, str]]:
    """Count all files together; the first one says what was asked, where nothing else does."""
    from collegium.cli.analysis import tallies
    from collegium.cli.analysis.columns import find_groups
    from collegium.cli.analysis.dialects import Dialect
    from collegium.cli.analysis.files import open_source
    from collegium.cli.analysis.mapping import read_mapping
    from collegium.cli.analysis.notes import Kind

    mapping = read_mapping(told.column_map)
    questions = _questionnaire(told, mapping.questionnaire)
    total: Moments | None = None
    where: dict[str, str] = {}
    for path in told.paths:
        source = open_source(path, stack, log)
        if source.head.dialect is not Dialect.PLAIN:
            log.add(Kind.READ, source.name, f"an export of {source.head.dialect}")
        groups = find_groups(source.name, source.head, columns.asked)
        tally = tallies.find_tally(source.head)
        if tally is not None:
            counted = tallies.read_tally(source, tally, groups)
            questions = questions or _without(tallies.guess_of_tally(source.name, counted, log), told.leave_out)
            found = tallies.moments_of_tally(source.name, counted, questions, mapping.columns, log)
            there = {item.key: item.key for item in found.layout.items}
        else:
            questions = questions or _guessed(source, groups, told.leave_out, log)
            found, there = _count_sheets(source, questions, mapping.columns, groups, told.engine, log)
        if total is not None and total.layout != found.layout:
            raise _other_questions(source.name)
        where = where or there
        questions = questions.only([item.key for item in found.layout.items])
        total = found if total is None else total + found
    assert total is not None  # noqa: S101 - there is at least one file
    assert questions is not None  # noqa: S101 - the first file gave them
    return total, questions, where


def _count_sheets(
    source: Source, questions: Questionnaire, told: Mapping[str, str], groups: tuple[int, ...], engine: str, log: Log
) -> tuple[Moments, dict[str, str]]:
    from collegium.cli.analysis.columns import match
    from collegium.cli.analysis.counting import Counting, count

    columns = match(source.name, source.head, questions, told, groups, log)
    found = count(source, Counting(asked=questions, columns=columns, engine=engine, log=log))
    return found, {key: source.head.headers[place] for key, place in columns.questions.items()}


def _questionnaire(told: Told, mapped: Questionnaire | None) -> Questionnaire | None:
    """Return what was asked, as the instrument or the mapping says it; None where neither was given."""
    from collegium.cli.analysis.questions import from_instrument
    from collegium.listen import instruments
    from collegium.science.errors import UnusableInput

    if not told.instrument:
        return None if mapped is None else _without(mapped, told.leave_out)
    UnusableInput.unless(
        mapped is None, "column_map", "With --instrument, a --column-map file may hold [columns] and no facets."
    )
    path = Path(told.instrument)
    if path.is_file():
        instrument = instruments.read(path.read_bytes())
        UnusableInput.unless(
            not instrument.is_about_ties, "ties_instrument", f"{path.name} asks who turns to whom; it has no answers."
        )
        return _without(from_instrument(instrument), told.leave_out)
    shipped = {one.key: one for one in instruments.list_shipped()}
    UnusableInput.unless(
        told.instrument in shipped,
        "unknown_instrument",
        f"{told.instrument} is neither a file nor an instrument that is shipped: {', '.join(sorted(shipped))}.",
    )
    return _without(from_instrument(shipped[told.instrument]), told.leave_out)


def _guessed(source: Source, groups: tuple[int, ...], leave_out: tuple[str, ...], log: Log) -> Questionnaire:
    from collegium.cli.analysis.columns import guess
    from collegium.cli.analysis.counting import whole_numbers
    from collegium.science.errors import UnusableInput

    unknown = sorted(set(leave_out) - set(source.head.headers))
    UnusableInput.unless(not unknown, "unknown_item", f"--leave-out {', '.join(unknown)}: there is no such item.")
    values = whole_numbers(source, groups)
    return guess(source.name, {key: found for key, found in values.items() if key not in leave_out}, log)


def _without(questions: Questionnaire, leave_out: tuple[str, ...]) -> Questionnaire:
    from collegium.science.errors import UnusableInput

    keys = [one.key for one in questions.questions]
    unknown = sorted(set(leave_out) - set(keys))
    UnusableInput.unless(
        not unknown, "unknown_item", f"--leave-out {', '.join(unknown)}: there is no such item in {questions.source}."
    )
    kept = [key for key in keys if key not in leave_out]
    UnusableInput.unless(kept, "no_items", "--leave-out leaves no item.")
    return questions.only(kept)


def _other_questions(name: str) -> Exception:
    from collegium.science.errors import UnusableInput

    return UnusableInput(
        "other_layout",
        f"{name} has not the same items as the files before it. Analyse it by itself, or name with --leave-out the "
        "items that not all files have.",
        file=name,
    )


def _tell(found: Analysis, out: Path, data: dict[str, object] | None) -> None:
    from collegium.cli.analysis.notes import Kind

    for note in found.log.of(Kind.ASSUMED, Kind.CAUTION, Kind.LEFT_OUT, Kind.NOT_SHOWN)[:20]:
        remark(str(note))
    if len(found.log.notes) > 20:
        remark(f"… and more in {out / 'log.txt'}")
    if data is not None:
        say_json(data)
        return
    whole = found.reports["all"]
    say(f"{whole.n} sheets, {len(whole.facets)} facets, {len(found.grouped.views)} views shown.")
    say(f"Written: {out / 'report.html'}")
