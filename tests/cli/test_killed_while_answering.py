"""The server is killed while a whole staff hands in: nothing that was confirmed is lost, and nothing is there twice."""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.cli.running import ROOT, environment, free_port, running

pytestmark = pytest.mark.slow

SCHOOLS, STAFF, ITEMS, SENDERS = 3, 40, 20, 6
TAKEN, REFUSED, KILL_AFTER = 302, 409, 25

IN_THE_SITE = """
import pickle, random, sys
import django
django.setup()
from bench.listen import crowd
from collegium.listen.models import Pulse, Invitation
from collegium.base import tenancy
{body}
"""
OPEN = f"""
from collegium.cli import preparation
preparation.prepare(migrate=True)
pulse = crowd.open_district(schools={SCHOOLS}, staff={STAFF}, items={ITEMS}, facets=2)
sys.stdout.buffer.write(pickle.dumps(crowd.envelopes(pulse, random.Random(3))))
"""
COUNT = """
with tenancy.across_communities():
    pulse = Pulse.objects.select_related("instrument").get()
    marked = Invitation.objects.filter(answered=True).values_list("id", flat=True)
    sys.stdout.buffer.write(pickle.dumps((set(marked), crowd.list_in_trays(pulse))))
"""


def in_site(folder: Path, body: str) -> object:
    """Run something in a process of its own that has the site's database."""
    import pickle

    done = subprocess.run(
        [sys.executable, "-c", IN_THE_SITE.format(body=body)],
        env=environment(folder, DJANGO_SETTINGS_MODULE="collegium.site.settings", PYTHONPATH=str(ROOT)),
        stdout=subprocess.PIPE,
        check=True,
        timeout=120,
    )
    return pickle.loads(done.stdout)


def hand_in(envelopes: list[object], port: int, killer: threading.Event) -> tuple[list[object], list[object]]:
    """Send from several sides at once; return what was confirmed and what was not heard of again."""
    from bench.listen.crowd import Sender

    confirmed: list[object] = []
    unheard: list[object] = []
    line = list(envelopes)
    statuses = {TAKEN}

    def work() -> None:
        with contextlib.closing(Sender(port)) as sender, contextlib.suppress(IndexError):
            while True:
                envelope = line.pop()
                try:
                    status = sender.send(envelope)
                except (OSError, http.client.HTTPException):
                    sender.close()
                    unheard.append(envelope)
                    continue
                statuses.add(status)
                confirmed.append(envelope)
                if len(confirmed) >= KILL_AFTER:
                    killer.set()

    threads = [threading.Thread(target=work) for _ in range(SENDERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == {TAKEN}
    return confirmed, unheard


def test_nothing_is_lost_and_nothing_doubled_when_the_server_is_killed(tmp_path: Path) -> None:
    envelopes = in_site(tmp_path, OPEN)
    assert len(envelopes) == SCHOOLS * STAFF
    killer = threading.Event()
    with running("serve", "--no-worker", data_dir=tmp_path, port=free_port()) as site:
        site.wait_for("Collegium is at")

        def kill() -> None:
            killer.wait(60)
            os.killpg(site.process.pid, signal.SIGKILL)

        executioner = threading.Thread(target=kill)
        executioner.start()
        confirmed, unheard = hand_in(envelopes, site.port, killer)
        executioner.join()
        site.process.wait(30)
    assert KILL_AFTER <= len(confirmed) < len(envelopes), "it was to be killed in the middle"
    marked, held = in_site(tmp_path, COUNT)
    assert {envelope.invitation_id for envelope in confirmed} <= marked, "confirmed and lost"
    assert len(held) == len(marked), "a mark without a sheet, or a sheet without a mark"
    with running("serve", "--no-worker", data_dir=tmp_path, port=free_port()) as site:
        site.wait_for("Collegium is at")
        # Everybody who was left without an answer sends the same again, as a browser does.
        again = [envelope for envelope in unheard if envelope.invitation_id not in marked]
        taken, lost = hand_in(again, site.port, threading.Event())
        assert (len(taken), lost) == (len(again), [])
        doubled = [*confirmed, *taken]
        random.Random(1).shuffle(doubled)
        assert answers_to(doubled[:10], site.port) == {REFUSED}
    marked, held = in_site(tmp_path, COUNT)
    assert len(marked) == len(held) == len(envelopes)
    # The very sheets, not merely as many.
    assert sorted(held) == sorted(sheet_of(envelope) for envelope in envelopes)


def answers_to(envelopes: list[object], port: int) -> set[int]:
    """Send what has been sent before."""
    from bench.listen.crowd import Sender

    with contextlib.closing(Sender(port)) as sender:
        return {sender.send(envelope) for envelope in envelopes}


def sheet_of(envelope: object) -> tuple[int, ...]:
    """Return what an envelope answers, item by item."""
    from urllib.parse import parse_qs

    fields = parse_qs(envelope.body.decode())
    return tuple(int(fields.get(f"i{item}", ["-1"])[0]) for item in range(ITEMS))
