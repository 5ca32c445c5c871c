"""`collegium roster`: imports, exports and takes back rosters, with the same rules as the pages."""

from __future__ import annotations

import contextlib
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from collegium.cli.console import Exit, Stop, remark, say, say_json
from collegium.cli.people import acting_in, as_json_option, in_community, unit_option

if TYPE_CHECKING:
    from collegium.people.actors import Actor
    from collegium.people.models import RosterImport, Unit
    from collegium.people.rosters import ColumnMapping, Sniffed
    from collegium.people.services.rosters.previewing import Report

FORMATS = ["oneroster-1.1", "oneroster-1.2", "sds-2.1", "csv", "xlsx"]
ACTIONS = ("added", "changed", "ended", "left", "refused")
source_option = click.option(
    "--source", default="", metavar="NAME", help="Which system it is from, where you have several."
)


@click.group()
def roster() -> None:
    """Import, export and take back rosters.

    Reads OneRoster 1.1 and 1.2, Microsoft SDS, Ed-Fi, and any CSV or spreadsheet of staff. Pupils are
    counted and left out. Nothing is written without --apply.

    \b
    Examples:
      collegium roster import roster.zip --unit wendrill-district
      collegium roster import roster.zip --unit wendrill-district --apply
      collegium roster import staff.xlsx --unit oak-high --mapping columns.json --apply
      collegium roster export --unit wendrill-district --format oneroster-1.2 -o roster.zip
      collegium roster undo --unit wendrill-district

    Exit codes: 0 done; 1 things have moved on meanwhile; 2 refused, nothing was done; 3 the file could
    not be read.
    """


# --- import -----------------------------------------------------------------------------------------------------------
@roster.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@unit_option
@in_community
@source_option
@click.option("--mapping", "mapping_file", type=click.Path(path_type=Path), help="A JSON file: field to column title.")
@click.option("--complete", is_flag=True, help="A staff list holds everybody: who is missing from it has left.")
@click.option("--apply", "carry_out", is_flag=True, help="Carry it out; without this, only say what would happen.")
@click.option("--take-roster", is_flag=True, help="Where a value was edited here too, take the roster's.")
@click.option("--yes", is_flag=True, help="End the posts of people who left, however many they are.")
@as_json_option
def import_roster(
    path: Path,
    slug: str,
    community: str | None,
    source: str,
    mapping_file: Path | None,
    complete: bool,
    carry_out: bool,
    take_roster: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Say what a roster would change in a unit, and with --apply change it.

    PATH is a zip, a folder, or one CSV, XLSX, XLS or ODS file. Rows that are refused never stop the
    others; each is listed with its reason. What was edited by hand is left alone.
    """
    with acting_in(community) as actor, _readable():
        from collegium.people.services import rosters

        unit = _find_unit(actor, slug)
        started = rosters.start_local_import(actor=actor, unit=unit, source=source, path=path)
        _choose_columns(started, path, mapping_file, complete)
        with _progress("Reading and comparing") as report:
            made = rosters.preview(actor=actor, roster_import=started, report=report, path=path)
        _stop_if_unreadable(made)
        if carry_out:
            with _progress("Writing") as report:
                made = rosters.apply(
                    actor=actor, roster_import=made, take_roster=take_roster, end_missing=yes, report=report
                )
        if as_json:
            say_json(_as_json(made))
        else:
            _tell(made, is_done=carry_out)
        if not carry_out:
            rosters.discard(actor=actor, roster_import=made)


def _find_unit(actor: Actor, slug: str) -> Unit:
    from collegium.base import time
    from collegium.people.queries import places
    from collegium.people.queries import rosters as queries

    return queries.get_unit_for(actor, places.get_place_for(actor, slug, time.today()))


@contextlib.contextmanager
def _readable() -> Iterator[None]:
    """Say in words that a file cannot be read."""
    from collegium.people.rosters import UnreadableRoster, sentence

    try:
        yield
    except UnreadableRoster as error:
        raise Stop(sentence(error), Exit.UNREADABLE) from error
    except OSError as error:
        raise Stop(f"{error.filename}: {error.strerror}", Exit.UNREADABLE) from error


def _choose_columns(started: RosterImport, path: Path, mapping_file: Path | None, complete: bool) -> None:
    """Settle how the columns of a staff list are to be read: as told, as the last time, or as guessed."""
    from collegium.people import rosters as files
    from collegium.people.queries import rosters as queries
    from collegium.people.services import rosters

    sniffed = files.sniff(path)
    if not sniffed.needs_mapping:
        return
    headers = sniffed.tables[0].headers
    if mapping_file is not None:
        mapping = files.ColumnMapping.from_json(mapping_file.read_text(encoding="utf-8"))
    else:
        known = queries.find_mapping(started.unit_id, rosters.headers_key(headers))
        mapping = files.ColumnMapping(**known) if known else _guessed(sniffed)  # type: ignore[arg-type]
    if not (mapping.unit_id or mapping.unit_name or mapping.fixed_unit_id):
        mapping = replace(mapping, fixed_unit_id=str(started.unit_id))
    if complete:
        mapping = replace(mapping, is_complete=True)
    if mapping.missing:
        raise Stop(
            f"Say which column holds the {' and the '.join(mapping.missing)}. The columns are: {', '.join(headers)}.\n"
            'Write a file such as {"full_name": "Name", "email": "Mail"} and pass it with --mapping.',
            Exit.REFUSED,
        )
    for field, column in mapping.columns.items():
        remark(f"{field:12} {column}")
    rosters.remember_columns(started, headers, mapping)


def _guessed(sniffed: Sniffed) -> ColumnMapping:
    from collegium.people.rosters import ColumnMapping

    remark("The columns were recognised like this; --mapping tells it better.")
    return sniffed.guess.mapping if sniffed.guess else ColumnMapping()


def _stop_if_unreadable(made: RosterImport) -> None:
    from collegium.people.presenters import roster_words

    if made.problem:
        raise Stop(roster_words.problem(made.problem["code"], made.problem["data"]), Exit.UNREADABLE)


@contextlib.contextmanager
def _progress(label: str) -> Iterator[Report]:
    """A bar on stderr; nothing where nobody looks."""
    stream = sys.stderr
    with click.progressbar(length=1000, label=label, file=stream, hidden=not stream.isatty()) as bar:

        def report(done: int, total: int, _step: str) -> None:
            if total:
                bar.update(min(1000, 1000 * done // total) - bar.pos)

        yield report


# --- what happened ----------------------------------------------------------------------------------------------------
def _tell(made: RosterImport, *, is_done: bool) -> None:
    say(f"{made.file_name}: {made.dialect}, {'changes only' if made.is_delta else 'complete'}")
    for action in ACTIONS:
        counts = made.counts["actions"].get(action, {})
        if counts:
            say(f"  {action:8} " + ", ".join(f"{count} {_many(kind, count)}" for kind, count in counts.items()))
    if not made.counts["actions"]:
        say("  nothing: all is as the roster says")
    left_out = made.counts["left_out"]
    if left_out:
        from collegium.people.presenters import roster_words

        listed = ", ".join(f"{count} {roster_words.left_out(what)}" for what, count in left_out.items())
        say(f"  not kept {listed}")
    if not is_done:
        _list_reasons(made)
        if made.counts["must_confirm"]:
            leaving, now = made.counts["people_leaving"], made.counts["people_now"]
            remark(f"{leaving} of {now} people would be left without a post. With --apply, that needs --yes as well.")
        remark("Nothing was written. --apply carries it out.")


def _many(kind: str, count: int) -> str:
    words = {"unit": "units", "person": "people", "post": "posts", "row": "rows"}
    return words[kind] if count != 1 else kind


def _list_reasons(made: RosterImport) -> None:
    """The lines that somebody should look at; a terminal's width at most."""
    from collegium.people.presenters import roster_words
    from collegium.people.queries import rosters as queries

    width = shutil.get_terminal_size().columns
    lines = list(queries.lines_of(made).exclude(reason="").exclude(reason__in=["linked", "same_person"])[:50])
    for line in lines:
        place = f"{line.file} {line.row}: " if line.row else ""
        why = roster_words.reason(line.reason, line.data)
        if line.reason in ("differs", "edited", "shared"):
            why += f" ({roster_words.values(line.before)} / {roster_words.values(line.after)})"
        say(f"  {line.action:8} {place}{line.label}{' ' if line.label else ''}— {why}"[: max(width, 100)])
    more = sum(made.counts["reasons"].values()) - len(lines)
    if len(lines) == 50 and more > 0:
        say(f"  … and {more} more; --json lists them all")


def _as_json(made: RosterImport) -> dict[str, Any]:
    from collegium.people.presenters import roster_words
    from collegium.people.queries import rosters as queries

    lines = queries.lines_of(made).iterator(2000)
    return {
        "id": made.id,
        "state": made.state,
        "dialect": made.dialect,
        "is_delta": made.is_delta,
        "counts": made.counts,
        "notes": [
            {**note, "sentence": roster_words.note(note["code"], note["data"])} for note in made.findings["notes"]
        ],
        "lines": [
            {
                "action": line.action,
                "kind": line.kind,
                "file": line.file,
                "row": line.row,
                "label": line.label,
                "reason": line.reason,
                "sentence": roster_words.reason(line.reason, line.data),
                "before": line.before,
                "after": line.after,
            }
            for line in lines
        ],
    }


# --- export and undo --------------------------------------------------------------------------------------------------
@roster.command("export")
@unit_option
@in_community
@source_option
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="oneroster-1.2", show_default=True, help="The format."
)
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file to write.")
@click.option("--overwrite", is_flag=True, help="Replace the file if it is there.")
def export_roster(slug: str, community: str | None, source: str, form: str, out: Path, overwrite: bool) -> None:
    """Write a unit's people and posts to a file. Importing that file again changes nothing.

    The file names people: keep it as safe as the site itself.
    """
    if out.exists() and not overwrite:
        raise Stop(f"{out} is there already. --overwrite replaces it.", Exit.REFUSED)
    with acting_in(community) as actor, _readable():
        from collegium.people.rosters import Format
        from collegium.people.services import rosters

        unit = _find_unit(actor, slug)
        with rosters.export(actor=actor, unit=unit, source=source, form=Format(form)) as content:
            half = out.with_name(f".{out.name}.part")
            with half.open("wb") as file:
                half.chmod(0o600)
                shutil.copyfileobj(content, file)
            half.replace(out)
    say(f"Written: {out}")


@roster.command("undo")
@unit_option
@in_community
@click.option("--yes", is_flag=True, help="Do not ask.")
@as_json_option
def undo_import(slug: str, community: str | None, yes: bool, as_json: bool) -> None:
    """Take back the last import for a unit. What somebody has built on since stays, and is named."""
    with acting_in(community) as actor:
        from collegium.people.presenters import roster_words
        from collegium.people.queries import rosters as queries
        from collegium.people.services import rosters

        unit = _find_unit(actor, slug)
        last = queries.find_undoable(unit.id)
        if last is None:
            raise Stop(f"There is no import for {unit.name} that could be taken back.", Exit.REFUSED)
        if not yes:
            click.confirm(f"Take back the import of {last.file_name} into {unit.name}?", abort=True, err=True)
        with _progress("Taking back") as report:
            undone = rosters.undo(actor=actor, roster_import=last, report=report)
        kept = list(queries.lines_of(undone))
        names = queries.name_targets(kept)
        told = [
            {
                "name": names.get(line.target_id, "") if line.target_id else "",
                "reason": roster_words.reason(line.reason, line.data),
            }
            for line in kept
        ]
    if as_json:
        say_json({"id": undone.id, "kept": told})
        return
    say(f"Taken back: {undone.file_name}")
    for line in told:
        say(f"  kept {line['name']} — {line['reason']}")
