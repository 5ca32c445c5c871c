"""`collegium chart`: from a file of numbers over time to charts that say whether anything has changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from collegium.cli.console import Exit, Stop, remark, say, say_json

if TYPE_CHECKING:
    from collegium.enquire.charting.files import Columns, SeriesFile
    from collegium.enquire.charting.making import Asked, Charted

SHAPES = ("average", "count", "proportion", "rate")
KINDS = ("run", "xmr", "p", "p-prime", "u", "u-prime", "c", "g", "t")


@click.command()
@click.argument("data", metavar="DATA", type=click.Path(path_type=Path))
@click.option("--date", required=True, metavar="COLUMN", help="When each number was taken.")
@click.option("--value", default="", metavar="COLUMN", help="The numbers. Without it every column of numbers is one.")
@click.option("--of", "of_", default="", metavar="COLUMN", help="Of how many: shares or rates are drawn.")
@click.option("--by", multiple=True, metavar="COLUMN", help="A chart for each group; may be given several times.")
@click.option("--shape", type=click.Choice(SHAPES), help="What the numbers are; average, with --of proportion.")
@click.option("--kind", type=click.Choice(KINDS), help="The chart that is wanted; without it the usual one.")
@click.option("--per", type=click.FloatRange(min=0, min_open=True), help="A rate is given per so much, such as 1000.")
@click.option(
    "--good",
    type=click.Choice(["up", "down", "neither"]),
    default="neither",
    show_default=True,
    help="Which way is better.",
)
@click.option("--baseline", type=click.IntRange(min=1), help="Lines rest on the first so many points, and stay there.")
@click.option("--target", type=float, help="Where it should be; a share as a number from 0 to 1.")
@click.option("--combine", type=click.Choice(["sum", "mean"]), help="What to do with several rows for one point.")
@click.option("--title", default="", metavar="TEXT", help="The title of the page.")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FOLDER", help="Where to write.")
@click.option("--overwrite", is_flag=True, help="Replace charts that are there.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for scripts.")
def chart(
    data: Path,
    date: str,
    value: str,
    of_: str,
    by: tuple[str, ...],
    shape: str | None,
    kind: str | None,
    per: float | None,
    good: str,
    baseline: int | None,
    target: float | None,
    combine: str | None,
    title: str,
    out: Path,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Chart numbers over time, and say of each series whether anything has changed.

    DATA is a table (CSV, TSV, XLSX, ODS): a row for each point and group, or a column for each group. A page that
    prints, a picture for each series and the numbers as CSV are written. When the numbers do not allow the
    chart that is wanted, the nearest one is drawn and says why.

    \b
    Examples:
      collegium chart attendance.csv --date month --value absent --of pupils --by school --good down --out charts/
      collegium chart wide.xlsx --date week --baseline 12 --out charts/

    Exit codes: 0 done; 2 refused, nothing was written.
    """
    from collegium.cli.analysis.report import start_pictures
    from collegium.enquire.charting.files import Columns, Combine

    start_pictures()
    _check_place(out, overwrite=overwrite)
    columns = Columns(date=date, value=value, of=of_, by=by, combine=Combine(combine) if combine else None)
    found = _read(data, columns, as_json=as_json)
    asked = _ask(shape, kind, good, of_, per=per, baseline=baseline, target=target)
    made = _make(found, asked)
    log = _log(found)
    files = _draw(made, title=title or data.stem, log=log, file=data.name)
    _write(out, files)
    _tell(made, files, out, log, as_json=as_json)


def _ask(
    shape: str | None,
    kind: str | None,
    good: str,
    of_: str,
    *,
    per: float | None,
    baseline: int | None,
    target: float | None,
) -> Asked:
    from collegium.enquire.charting.making import Asked, Shape
    from collegium.science.improvement.charts import Kind
    from collegium.science.improvement.special_causes import Good

    if shape in {"proportion", "rate"} and not of_:
        raise Stop(f"A {shape} is of something: name the column with --of.", Exit.REFUSED)
    usual = (Shape.RATE if per else Shape.PROPORTION) if of_ else Shape.AVERAGE
    return Asked(
        shape=Shape(shape) if shape else usual,
        good=Good(good),
        kind=Kind(kind) if kind else None,
        baseline=baseline or 0,
        target=target,
        per=per or 1.0,
    )


def _read(data: Path, columns: Columns, *, as_json: bool) -> SeriesFile:
    from collegium.enquire.charting import file_words, files

    try:
        return files.read_series_file(data, columns)
    except files.UnreadableSeries as error:
        sentence = file_words.unreadable(error)
        if as_json:
            say_json({"error": error.code, "message": sentence})
        raise Stop(sentence, Exit.REFUSED) from error


def _make(found: SeriesFile, asked: Asked) -> list[Charted]:
    from collegium.enquire.charting.making import make_chart
    from collegium.science.errors import UnusableInput

    made = []
    for series in found.series:
        try:
            made.append(make_chart(series, asked))
        except UnusableInput as error:
            raise Stop(f"{series.title}: {error}", Exit.REFUSED) from error
    return made


def _log(found: SeriesFile) -> list[str]:
    from collegium.enquire.charting.files import CODES

    lines = [f"{found.rows} rows were read: {len(found.series)} series, {len(found.axis.labels)} points each."]
    lines += [f"{count} cells say {code} ({CODES[code]}); they are missing." for code, count in found.codes.items()]
    if found.axis.filled:
        lines.append(f"{found.axis.filled} points of time are not in the file; they are shown as missing.")
    return lines


def _draw(made: list[Charted], *, title: str, log: list[str], file: str) -> dict[str, str]:
    from collegium import __version__
    from collegium.cli.charting.pages import draw_files

    return draw_files(made, title=title, log=log, file=file, version=__version__)


def _check_place(out: Path, *, overwrite: bool) -> None:
    if out.exists() and not out.is_dir():
        raise Stop(f"{out} is a file. Name a folder with --out.", Exit.REFUSED)
    if (out / "index.html").exists() and not overwrite:
        raise Stop(f"{out} holds charts already. --overwrite replaces them.", Exit.REFUSED)


def _write(out: Path, files: dict[str, str]) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (out / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise Stop(f"{out} could not be written: {error.strerror or error}.", Exit.REFUSED) from error


def _tell(made: list[Charted], files: dict[str, str], out: Path, log: list[str], *, as_json: bool) -> None:
    from collegium.enquire.charting import words

    for line in log:
        remark(line)
    if as_json:
        series = [
            {
                "series": each.series.title,
                "chart": each.chart.kind.value,
                "finding": each.reading.finding.name.lower(),
                "variation": each.variation.value,
                "sentence": words.say_reading(each),
            }
            for each in made
        ]
        say_json({"series": series, "out": str(out), "files": sorted(files)})
        return
    for each in made[:20]:
        say(f"{each.series.title}: {words.say_reading(each)}")
    if len(made) > 20:
        say(f"… and {len(made) - 20} more.")
    say(f"Written: {out / 'index.html'}")
