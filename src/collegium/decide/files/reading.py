"""From a file to a `BallotFile`: sees by its name what it is, and lets the right reader at it."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from collegium.decide.files import pabulib, preflib
from collegium.decide.files.records import DEFAULT, BallotFile, Limits, UnreadableBallots, UnreadableCode
from collegium.decide.files.tables import open_rows, read_table
from collegium.people.rosters.cells import key
from collegium.people.rosters.errors import UnreadableRoster


def read(path: Path, limits: Limits = DEFAULT) -> BallotFile:
    """Read the ballots at `path`. Raises UnreadableBallots."""
    ending = path.suffix.lower()
    try:
        if ending in preflib.ENDINGS:
            found = preflib.read_preflib(path, limits)
        elif ending == pabulib.ENDING:
            found = pabulib.read_pabulib(path, limits)
        else:
            found = read_table(path, limits)
    except UnreadableRoster as error:
        raise UnreadableBallots(error.code, error.data) from error
    except OSError as error:
        raise UnreadableBallots("not_found", {"file": path.name}) from error
    if not found.ballots.n and not found.positions and not found.blank:
        raise UnreadableBallots(UnreadableCode.NO_BALLOTS, {"file": path.name})
    return found


def read_costs(path: Path) -> dict[str, int]:
    """Read what each option costs: a table with the columns option and cost. Raises UnreadableBallots."""
    with ExitStack() as stack:
        try:
            rows = list(open_rows(path, stack, []))
        except UnreadableRoster as error:
            raise UnreadableBallots(error.code, error.data) from error
    titles = [key(cell) for cell in rows[0][1]] if rows else []
    if "option" not in titles or "cost" not in titles:
        raise UnreadableBallots(UnreadableCode.NO_COSTS, {"file": path.name})
    option, cost = titles.index("option"), titles.index("cost")
    found: dict[str, int] = {}
    for number, cells in rows[1:]:
        if not any(cells):
            continue
        text = cells[cost] if cost < len(cells) else ""
        if not (text.isascii() and text.isdigit() and int(text)):
            said = {"file": path.name, "line": str(number), "text": text[:40]}
            raise UnreadableBallots(UnreadableCode.BAD_COST, said)
        if cells[option] in found:
            raise UnreadableBallots(UnreadableCode.DOUBLED_OPTION, {"file": path.name, "option": cells[option]})
        found[cells[option]] = int(text)
    return found
