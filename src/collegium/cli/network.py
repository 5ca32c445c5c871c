"""`collegium network`: from a file of ties to a report that may be shown to those who gave them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from collegium.cli.console import SMALLEST_K, Exit, Stop, remark, say, say_json

if TYPE_CHECKING:
    from collegium.connect.files import Columns, TieFile
    from collegium.connect.reporting import Report, Web

LISTED = 20  # refused rows that are printed


@click.group()
def network() -> None:
    """Say what a web of ties says, from files and without a site or a database.

    \b
    Examples:
      collegium network report edges.csv --nodes nodes.csv --group school
      collegium network report matrix.xlsx --output staff.html
      collegium network report ties.graphml --group department --level grade

    Exit codes: 0 done; 2 refused, nothing was written.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the command line says of columns."""

    group: str
    team: str
    level: str
    id: str
    source: str
    target: str
    weight: str
    layer: str


@network.command("report")
@click.argument("ties", metavar="TIES", type=click.Path(path_type=Path))
@click.option("--nodes", type=click.Path(path_type=Path), help="A list of the people, a row each.")
@click.option("--before", type=click.Path(path_type=Path), help="The ties of an earlier time, to say what changed.")
@click.option("--nodes-before", type=click.Path(path_type=Path), help="A list of the people of that time.")
@click.option("--group", default="", metavar="COLUMN", help="The school of a person, or the team.")
@click.option("--team", default="", metavar="COLUMN", help="The team of a person, beside their school.")
@click.option("--level", default="", metavar="COLUMN", help="The level of a person's post.")
@click.option("--id", "id_", default="", metavar="COLUMN", help="Who a person is, in the list of people.")
@click.option("--from", "source", default="", metavar="COLUMN", help="Who turns to somebody, in the list of ties.")
@click.option("--to", "target", default="", metavar="COLUMN", help="Who is turned to.")
@click.option("--weight", default="", metavar="COLUMN", help="How strong a tie is.")
@click.option("--layer", default="", metavar="COLUMN", help="What kind of tie it is.")
@click.option("--kind", default="", metavar="TEXT", help="What kind of tie it is, where no column says it.")
@click.option("--title", default="", metavar="TEXT", help="The title of the report.")
@click.option(
    "--k",
    type=click.IntRange(min=SMALLEST_K),
    default=SMALLEST_K,
    show_default=True,
    help="Nothing is said of fewer people.",
)
@click.option("--leave-out-refused", is_flag=True, help="Go on without the rows that cannot be taken, and say so.")
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="The HTML file to write.")
@click.option("--overwrite", is_flag=True, help="Replace a file that is there.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for scripts.")
def report(
    ties: Path,
    nodes: Path | None,
    before: Path | None,
    nodes_before: Path | None,
    group: str,
    team: str,
    level: str,
    id_: str,
    source: str,
    target: str,
    weight: str,
    layer: str,
    kind: str,
    title: str,
    k: int,
    leave_out_refused: bool,
    output: Path | None,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Write what a web of ties says as one HTML file that prints.

    TIES is a list of ties (CSV, TSV, XLSX, ODS: a row each), a square matrix (the same), or GraphML. Columns
    with usual titles are found: source and target, from and to, weight, layer; id, school, team, level,
    post, answered. Names are never read. Groups of fewer than --k people are put together before anything
    is counted between groups, and no mark of the map has a name. With --before the report says which ties were
    kept, lost and made since: people are the same where their ids are.

    \b
    Examples:
      collegium network report edges.csv --nodes nodes.csv --group school --kind advice
      collegium network report spring.csv --before autumn.csv --group department
      collegium network report edges.csv --nodes staff.csv --group school --level post --output web.html

    Exit codes: 0 done; 2 refused, nothing was written: each row that is wrong is named.
    """
    from collegium.cli.analysis.report import start_pictures

    start_pictures()
    told = Told(group=group, team=team, level=level, id=id_, source=source, target=target, weight=weight, layer=layer)
    place = output or ties.with_name(f"{ties.stem}-network.html")
    _check_place(place, overwrite=overwrite)
    earlier = _read(before, nodes_before, told, as_json=as_json) if before else None
    found = _read(ties, nodes, told, as_json=as_json)
    for each in filter(None, (earlier, found)):
        if each.refused and not leave_out_refused:
            raise _refused(each, as_json=as_json)
    then = Then(earlier, before.stem) if before and earlier else None
    files = [path for path in (ties, nodes, before, nodes_before) if path]
    made, html = _work_out(found, files, then, kind=kind, title=title, k=k)
    _write(place, html)
    _tell(found, made, place, as_json=as_json)


# --- reading ----------------------------------------------------------------------------------------------------------
def _columns(told: Told) -> Columns:
    """Say which column holds what; a group that is called a team is one."""
    from collegium.connect.files import Columns, titles
    from collegium.people.rosters.cells import key

    is_team = bool(told.group) and not told.team and key(told.group) in titles.PERSON["team"]
    return Columns(
        id=told.id,
        school="" if is_team else told.group,
        team=told.group if is_team else told.team,
        level=told.level,
        source=told.source,
        target=told.target,
        weight=told.weight,
        layer=told.layer,
    )


def _read(ties: Path, nodes: Path | None, told: Told, *, as_json: bool) -> TieFile:
    from collegium.connect import file_words, files

    try:
        return files.read(ties, nodes, columns=_columns(told))
    except files.UnreadableTies as error:
        if as_json:
            say_json({"error": error.code, "message": file_words.unreadable(error), "data": dict(error.data)})
        raise Stop(file_words.unreadable(error), Exit.REFUSED) from error


def _refused(found: TieFile, *, as_json: bool) -> Stop:
    from collegium.connect import file_words

    rows = [
        {
            "file": refusal.ref.file,
            "row": refusal.ref.row,
            "code": refusal.code.value,
            "message": file_words.refusal(refusal.code, refusal.data),
        }
        for refusal in found.refusals
    ]
    if as_json:
        say_json({"error": "refused", "refused": found.refused, "rows": rows})
    lines = [f"{file_words.place(str(row['file']), int(str(row['row'])))}: {row['message']}" for row in rows[:LISTED]]
    if found.refused > LISTED:
        lines.append(f"… and {found.refused - LISTED} more.")
    lines.append("Nothing was written. Mend the file, or go on without these rows with --leave-out-refused.")
    return Stop("\n".join(lines), Exit.REFUSED)


# --- the report -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Then:
    """The people and ties of an earlier time, and what it is called."""

    found: TieFile
    title: str


def _work_out(
    found: TieFile, paths: list[Path], then: Then | None, *, kind: str, title: str, k: int
) -> tuple[Report, str]:
    from django.utils.translation import gettext as _

    from collegium import __version__
    from collegium.cli.networks import report as drawing
    from collegium.cli.networks.webs import make_web_of
    from collegium.connect.reporting import Rules, make_report

    kind = kind or _("Ties")
    web = make_web_of(found, kind)
    made = make_report(web, rules=Rules(k=k))
    if then is not None:
        made = _compare(made, found, web, then, make_web_of(then.found, kind))
    html = drawing.draw_report(
        web,
        made,
        title=title or _("Who turns to whom"),
        log=list(_log(found)),
        files=[path.name for path in paths],
        version=__version__,
    )
    return made, html


def _compare(made: Report, found: TieFile, web: Web, then: Then, web_then: Web) -> Report:
    """Put beside a report what it was then, and what became of each tie."""
    from collegium.connect.reporting import Rules, compare_reports, make_report
    from collegium.connect.reporting.changing import add_change, know

    rules = Rules(k=made.k)
    compared = compare_reports(made, make_report(web_then, rules=rules), then.title)
    before = know(web_then, [person.id for person in then.found.people], rules)
    return add_change(compared, before, know(web, [person.id for person in found.people], rules))


def _log(found: TieFile) -> list[str]:
    from collegium.connect import file_words

    notes = [file_words.note(note.code, note.data) for note in found.notes]
    rows = [
        f"{file_words.place(refusal.ref.file, refusal.ref.row)}: {file_words.refusal(refusal.code, refusal.data)}"
        for refusal in found.refusals[:LISTED]
    ]
    more = [f"… {found.refused - LISTED}"] if found.refused > LISTED else []
    return [*notes, *rows, *more]


# --- writing ----------------------------------------------------------------------------------------------------------
def _check_place(place: Path, *, overwrite: bool) -> None:
    if place.is_dir():
        raise Stop(f"{place} is a folder. Name a file with --output.", Exit.REFUSED)
    if place.exists() and not overwrite:
        raise Stop(f"{place} is there already. --overwrite replaces it.", Exit.REFUSED)


def _write(place: Path, html: str) -> None:
    """Write the file beside its place, and give it its name when it is whole."""
    import tempfile

    half: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=place.absolute().parent, prefix=f".{place.name}.", delete=False
        ) as file:
            half = Path(file.name)
            file.write(html)
        half.chmod(0o644)
        half.replace(place)
    except OSError as error:
        why = f"{place} could not be written: {error.strerror or error}. Nothing was kept."
        raise Stop(why, Exit.REFUSED) from error
    finally:
        if half is not None:
            half.unlink(missing_ok=True)


def _tell(found: TieFile, made: Report, place: Path, *, as_json: bool) -> None:
    from collegium.connect.reporting.documents import write_report

    for line in _log(found)[:LISTED]:
        remark(line)
    if as_json:
        data: dict[str, Any] = {
            "people": len(found.people),
            "ties": len(found.ties),
            "refused": found.refused,
            "output": str(place),
            "report": write_report(made),
        }
        say_json(data)
        return
    say(f"{len(found.people)} people, {len(found.ties)} ties; kinds of tie: {len(made.layers)}.")
    say(f"Written: {place}")
