"""How long closing takes, by ``python -m bench.listen.closing`` (50,000 sheets of 500 schools).

A pulse of a whole district, in which four of five answer, is closed as the worker does it: trays opened, sheets
counted, atoms formed, every view worked out and written. Then a second one, which is compared with the first. Sheets
are put into the trays without the web. Prints the seconds of the processor and of the clock; exits with 1 when the
target is missed.
"""

from __future__ import annotations

import argparse
import cProfile
import datetime as dt
import os
import pstats
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

TARGET_S = 10
SHARE = 0.8
FIRST = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--staff", type=int, default=62_500, help="of whom four in five answer")
    parser.add_argument("--schools", type=int, default=500)
    parser.add_argument("--instrument", default="heartbeat")
    parser.add_argument("--postgres", default="", help="the URL of an empty database, instead of SQLite")
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="collegium-closing-") as folder:
        os.environ |= {"COLLEGIUM_DATA_DIR": folder, "COLLEGIUM_LOG_LEVEL": "ERROR"}
        os.environ["COLLEGIUM_DATABASE_URL"] = options.postgres or f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        os.environ["DJANGO_SETTINGS_MODULE"] = "collegium.site.settings"
        return measure(options)


def measure(options: argparse.Namespace) -> int:
    """Open, fill and close twice."""
    from collegium.cli.console import start_django

    start_django()
    from bench.pages.populate import populate
    from collegium.base import tenancy
    from collegium.cli import preparation

    preparation.bring_database_up_to_date(migrate=True)
    slowest = 0.0
    with tenancy.across_communities():
        district = populate(staff=options.staff, schools=options.schools)
        for name, months in (("the first", 0), ("compared with it", 4)):
            at = FIRST + dt.timedelta(days=30 * months)
            began = process_time()
            pulse = open_pulse(district, options.instrument, at)
            opened = process_time() - began
            sheets = fill(pulse, seed=months)
            seconds, clock = close(pulse, profile=options.profile)
            slowest = max(slowest, seconds)
            print(
                f"{name}: {sheets} sheets in {options.schools} schools; opened in {opened:.1f} s, "
                f"closed in {seconds:.1f} s of the processor, {clock:.1f} s by the clock"
            )
    return 0 if slowest <= TARGET_S else 1


def open_pulse(district: Any, key: str, at: dt.datetime) -> Any:
    """Open a pulse of the alliance with a shipped instrument."""
    from collegium.base import time
    from collegium.listen.services import opening, preparing
    from collegium.listen.services.preparing import Draft
    from collegium.listen.services.versions import keep_shipped
    from collegium.people.actors import operator_of

    operator = operator_of(district.community.id)
    draft = Draft(
        title="Bench",
        instrument=keep_shipped(operator, key),
        opens_at=at,
        closes_at=at + dt.timedelta(days=7),
        results_at=at + dt.timedelta(days=8),
    )
    with time.at(at):
        pulse = preparing.prepare_pulse(actor=operator, unit=district.alliance, draft=draft)
        return opening.open_pulse(actor=operator, pulse=pulse)


def fill(pulse: Any, *, seed: int) -> int:
    """Let four in five answer by chance; return how many did."""
    import numpy as np
    from django.db import transaction

    from collegium.listen.answers import trays
    from collegium.listen.answers.trays import Laid
    from collegium.listen.models import Cell, Invitation
    from collegium.listen.queries import versions

    dice = np.random.default_rng(seed)
    columns = versions.read(pulse.instrument).columns
    lowest, highest = (np.array([getattr(column, end) for column in columns]) for end in ("lowest", "highest"))
    cells = {cell.id: cell for cell in Cell.objects.filter(pulse=pulse)}
    by_tray = defaultdict(list)
    answered = []
    for invitation_id, cell_id in Invitation.objects.filter(pulse=pulse).order_by("id").values_list("id", "cell_id"):
        if dice.random() < SHARE:
            person = dice.normal(0.6, 0.2)
            felt = np.clip(person + dice.normal(0, 0.25, len(columns)), 0, 1)
            answers = np.rint(lowest + felt * (highest - lowest)).astype(np.int64)
            by_tray[cells[cell_id].mixed_in_id].append(Laid(cells[cell_id].number, answers))
            answered.append(invitation_id)
    with transaction.atomic():
        for unit_id, sheets in by_tray.items():
            trays.put_all(pulse.id, unit_id, sheets)
        for start in range(0, len(answered), 500):
            Invitation.objects.filter(id__in=answered[start : start + 500]).update(answered=True)
    return len(answered)


def close(pulse: Any, *, profile: bool) -> tuple[float, float]:
    """Close as the worker does; return the seconds of the processor and of the clock."""
    from collegium.base import time
    from collegium.listen.services import closing
    from collegium.listen.services.answering import last_moment

    watch = cProfile.Profile()
    with time.at(last_moment(pulse)):
        began, began_by_clock = process_time(), perf_counter()
        if profile:
            watch.enable()
        closing.close(report=lambda _done, _total, _step="": None, pulse_id=str(pulse.id))
        watch.disable()
    if profile:
        pstats.Stats(watch).sort_stats("cumulative").print_stats(40)
    return process_time() - began, perf_counter() - began_by_clock


if __name__ == "__main__":
    sys.exit(main())
