"""How many sheets a second a site takes: ``python -m bench.listen.load`` (``--workers 2``, ``--postgres URL``).

A district of schools of fifty answers sixty items each, one sheet a person, over connections that are kept open; the
sender runs on the same machine, on the same cores. Sheets arrive at a steady rate (``--rate``), whether or not the ones
before have been answered, as people do. Prints the rate, the times of answering, and whether every sheet that was
confirmed lies in its tray, once. Exits with 1 when the target is missed: 200 a second, 99 in 100 within 250 ms.
"""

from __future__ import annotations

import argparse
import os
import queue
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time

RATE, SECONDS, P99_MS = 200, 30, 250
STAFF, ITEMS, CONNECTIONS = 50, 60, 16


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rate", type=int, default=RATE)
    parser.add_argument("--seconds", type=int, default=SECONDS)
    parser.add_argument("--port", type=int, default=8123)
    parser.add_argument("--postgres", default="", help="the URL of an empty database, instead of SQLite")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="collegium-load-") as folder:
        os.environ |= {"COLLEGIUM_DATA_DIR": folder, "COLLEGIUM_LOG_LEVEL": "ERROR"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "collegium.site.settings"
        if options.postgres:
            os.environ["COLLEGIUM_DATABASE_URL"] = options.postgres
        return measure(options)


def measure(options: argparse.Namespace) -> int:
    """Serve, send, count."""
    from collegium.cli.console import start_django

    start_django()
    from bench.listen import crowd
    from collegium.cli import preparation

    preparation.prepare(migrate=True)
    schools = -(-options.rate * options.seconds // STAFF)
    pulse = crowd.open_district(schools=schools, staff=STAFF, items=ITEMS)
    sheets = crowd.envelopes(pulse, random.Random(1))[: options.rate * options.seconds]
    command = [sys.executable, "-m", "collegium", "serve", "--port", str(options.port), "--workers"]
    server = subprocess.Popen([*command, str(options.workers)], stdout=subprocess.DEVNULL)
    try:
        wait_until_open(options.port)
        wait_until_read()
        before = time.process_time()
        times, failures, seconds = send_all(sheets, options.port, options.rate)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)
    held = crowd.count_in_trays(pulse)
    times.sort()
    p50, p99 = (1000 * times[int(len(times) * share)] for share in (0.5, 0.99))
    database = "PostgreSQL" if options.postgres else "SQLite"
    print(f"{database}, {options.workers} process(es), {ITEMS} items, {schools} schools of {STAFF}")
    print(f"{len(times)} sheets in {seconds:.1f} s: {len(times) / seconds:.0f} a second (asked for: {options.rate})")
    print(f"answered after {p50:.0f} ms (median), {p99:.0f} ms (99 in 100), {1000 * times[-1]:.0f} ms (slowest)")
    used, own = (resource.getrusage(who) for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF))
    # This says the same on a machine that is busy with other things; the start of the server is in it.
    each = 1000 * (used.ru_utime + used.ru_stime) / len(times)
    sending = 1000 * (own.ru_utime + own.ru_stime - before) / len(times)
    print(f"processor time of a sheet: {each:.1f} ms for the site, {sending:.1f} ms for the sender")
    print(f"refused or failed: {failures}; confirmed: {len(times)}; in the trays: {held}")
    in_time = len(times) / seconds > 0.97 * options.rate and p99 < P99_MS
    return 0 if in_time and not failures and held == len(times) else 1


def wait_until_open(port: int) -> None:
    """Wait until the server answers."""
    from bench.server.run import answers

    until = time.monotonic() + 60
    while not answers(port):
        if time.monotonic() > until:
            raise SystemExit("The server did not start.")
        time.sleep(0.1)


def wait_until_read() -> None:
    """Wait until the indicators of every unit have been read, as they are once a day and at the first start."""
    from collegium.base import tenancy
    from collegium.base.models import ReadUnit
    from collegium.people.models import Unit

    until = time.monotonic() + 180
    with tenancy.across_communities():
        while ReadUnit.objects.count() < Unit.objects.count():
            if time.monotonic() > until:
                raise SystemExit("The first readings did not come to an end.")
            time.sleep(0.5)


def send_all(sheets: list[object], port: int, rate: int) -> tuple[list[float], int, float]:
    """Send at a steady rate; return the times of those that were taken, how many were not, and how long it all took."""
    from bench.listen.crowd import Sender

    waiting: queue.SimpleQueue[tuple[float, object] | None] = queue.SimpleQueue()
    times: list[float] = []
    failures = [0]

    def work() -> None:
        sender = Sender(port)
        while (given := waiting.get()) is not None:
            due, envelope = given
            if sender.send(envelope) == 302:
                times.append(time.perf_counter() - due)
            else:
                failures[0] += 1
        sender.close()

    threads = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    began = time.perf_counter()
    for place, envelope in enumerate(sheets):
        due = began + place / rate
        if (early := due - time.perf_counter()) > 0:
            time.sleep(early)
        # The clock of a sheet runs from when it was due, so that a queue on our side counts as waiting.
        waiting.put((due, envelope))
    for _ in threads:
        waiting.put(None)
    for thread in threads:
        thread.join()
    return times, failures[0], time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
