"""The loop that runs background jobs, and the upkeep that nobody should have to think of."""

from __future__ import annotations

import datetime as dt
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType

from django.core.management import call_command
from django.db import connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from collegium.base import jobs, registries, tenancy
from collegium.cli.console import remark
from collegium.connect.services import imports
from collegium.connect.services import upkeep as tie_surveys
from collegium.decide.services import upkeep as decisions
from collegium.guide.services import digests
from collegium.guide.services import judging as reviews
from collegium.guide.services import refreshing as readings
from collegium.intend.services import promise_upkeep as promises
from collegium.listen.services import upkeep as pulses
from collegium.people.services import rosters

LOOK_EVERY_S = 1.0
GIVING_WAY = 5  # Beside a server pages come first; a job that holds SQLite's one writer must still get on.
LOOK_FOR_ABANDONED_EVERY = dt.timedelta(minutes=1)
TIDY_EVERY = dt.timedelta(hours=6)
DROP_UPLOADS_EVERY = dt.timedelta(hours=1)
LOOK_FOR_PULSES_EVERY = dt.timedelta(seconds=20)
LOOK_FOR_DIGESTS_EVERY = dt.timedelta(minutes=1)
LOOK_AFTER_PROMISES_EVERY = dt.timedelta(minutes=30)
KEPT_RESULTS_DAYS = 30


def work(*, until_input_ends: bool) -> None:
    """Run jobs until SIGTERM, SIGINT, or the end of standard input."""
    registries.ask_rooms()
    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)  # It remarks on every look at an empty queue.
    worker = Worker(
        queue_names=["*"],
        interval=LOOK_EVERY_S,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    stop_on_signals(worker, ignore_interrupt=until_input_ends)
    if until_input_ends:
        os.nice(GIVING_WAY)
        threading.Thread(target=_stop_when_input_ends, daemon=True).start()
    else:
        remark("Running background jobs. Ctrl-C stops after the one at hand.")
    if connection.vendor == "sqlite":
        jobs.requeue_abandoned(dt.timedelta(0))
    upkeep = Upkeep()
    while worker.running:
        upkeep.do_what_is_due()
        worker.run()
        _rest(worker)


def stop_on_signals(worker: Worker, *, ignore_interrupt: bool) -> None:
    """Finish the running job when asked to stop; when asked again, stop at once."""

    def stop(number: int, _frame: FrameType | None) -> None:
        worker.running = False
        signal.signal(number, signal.SIG_DFL)

    signal.signal(signal.SIGTERM, stop)
    # Beside a server, a Ctrl-C in the terminal reaches both, and the server says when to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN if ignore_interrupt else stop)


def _rest(worker: Worker) -> None:
    until = time.monotonic() + LOOK_EVERY_S
    while worker.running and time.monotonic() < until:
        time.sleep(0.05)


def _stop_when_input_ends() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


class Upkeep:
    """What must be done now and then, each in its own time."""

    def __init__(self) -> None:
        self._every: dict[Callable[[], object], dt.timedelta] = {
            jobs.requeue_abandoned: LOOK_FOR_ABANDONED_EVERY,
            _tidy: TIDY_EVERY,
            _drop_old_uploads: DROP_UPLOADS_EVERY,
            pulses.do_what_is_due: LOOK_FOR_PULSES_EVERY,
            tie_surveys.do_what_is_due: LOOK_FOR_PULSES_EVERY,
            promises.do_what_is_due: LOOK_FOR_PULSES_EVERY,
            promises.look_after: LOOK_AFTER_PROMISES_EVERY,
            decisions.do_what_is_due: LOOK_FOR_PULSES_EVERY,
            readings.do_what_is_due: LOOK_FOR_PULSES_EVERY,
            digests.do_what_is_due: LOOK_FOR_DIGESTS_EVERY,
            reviews.do_what_is_due: LOOK_FOR_PULSES_EVERY,
        }
        self._due = dict.fromkeys(self._every, 0.0)

    def do_what_is_due(self) -> None:
        """Start abandoned jobs again; forget old results and sessions that have run out."""
        now = time.monotonic()
        for task, due in self._due.items():
            if now >= due:
                self._due[task] = now + self._every[task].total_seconds()
                task()


def _tidy() -> None:
    call_command("clearsessions", verbosity=0)
    call_command("prune_db_task_results", min_age_days=KEPT_RESULTS_DAYS, verbosity=0)


def _drop_old_uploads() -> None:
    """Rosters and ties that nobody imported within a day are personal data without a purpose."""
    with tenancy.across_communities():
        rosters.sweep_expired()
        imports.sweep_expired()
