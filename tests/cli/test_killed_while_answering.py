"""The server is killed while a whole staff hands in: nothing that was confirmed is lost, and nothing is there twice."""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import signal
import threading
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection

from bench.listen import crowd
from bench.listen.crowd import Envelope, Sender
from collegium.listen.models import Invitation
from tests.cli.running import running

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

SCHOOLS, STAFF, ITEMS, SENDERS = 3, 40, 20, 6
TAKEN, REFUSED, KILL_AFTER = 302, 409, 25


def serving() -> contextlib.AbstractContextManager[Any]:
    """Serve the database of this run, in processes of its own."""
    told = connection.settings_dict
    address = f"sqlite:///{told['NAME']}"
    if connection.vendor == "postgresql":
        host = quote(told["HOST"], safe="")
        address = f"postgresql://{told['USER']}:{told['PASSWORD']}@{host}:{told['PORT']}/{told['NAME']}"
    return running("serve", "--no-worker", data_dir=Path(settings.DATA_DIR), COLLEGIUM_DATABASE_URL=address)


def list_marked() -> set[UUID]:
    """Return the invitations of those who are noted as having answered."""
    return set(Invitation.objects.filter(answered=True).values_list("id", flat=True))


def hand_in(envelopes: list[Envelope], port: int, killer: threading.Event) -> tuple[list[Envelope], list[Envelope]]:
    """Send from several sides at once; return what was confirmed and what was not heard of again."""
    confirmed: list[Envelope] = []
    unheard: list[Envelope] = []
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


def test_nothing_is_lost_and_nothing_doubled_when_the_server_is_killed() -> None:
    pulse = crowd.open_district(schools=SCHOOLS, staff=STAFF, items=ITEMS, facets=2)
    envelopes = crowd.envelopes(pulse, random.Random(3))
    assert len(envelopes) == SCHOOLS * STAFF
    killer = threading.Event()
    with serving() as site:
        site.wait_for("Collegium is at")
        assert len(site.family()) == 2, "the parent and the app server: told so, it runs no jobs"

        def kill() -> None:
            killer.wait(60)
            os.killpg(site.process.pid, signal.SIGKILL)

        executioner = threading.Thread(target=kill)
        executioner.start()
        confirmed, unheard = hand_in(envelopes, site.port, killer)
        executioner.join()
        site.process.wait(30)
    assert KILL_AFTER <= len(confirmed) < len(envelopes), "it was to be killed in the middle"
    marked, held = list_marked(), crowd.list_in_trays(pulse)
    assert {envelope.invitation_id for envelope in confirmed} <= marked, "confirmed and lost"
    assert len(held) == len(marked), "a mark without a sheet, or a sheet without a mark"
    with serving() as site:
        site.wait_for("Collegium is at")
        # Everybody who was left without an answer sends the same again, as a browser does.
        again = [envelope for envelope in unheard if envelope.invitation_id not in marked]
        taken, lost = hand_in(again, site.port, threading.Event())
        assert (len(taken), lost) == (len(again), [])
        doubled = [*confirmed, *taken]
        random.Random(1).shuffle(doubled)
        assert answers_to(doubled[:10], site.port) == {REFUSED}
    marked, held = list_marked(), crowd.list_in_trays(pulse)
    assert len(marked) == len(held) == len(envelopes)
    # The very sheets, not merely as many.
    assert sorted(held) == sorted(sheet_of(envelope) for envelope in envelopes)


def answers_to(envelopes: list[Envelope], port: int) -> set[int]:
    """Send what has been sent before."""
    with contextlib.closing(Sender(port)) as sender:
        return {sender.send(envelope) for envelope in envelopes}


def sheet_of(envelope: Envelope) -> tuple[int, ...]:
    """Return what an envelope answers, item by item."""
    fields = parse_qs(envelope.body.decode())
    return tuple(int(fields.get(f"i{item}", ["-1"])[0]) for item in range(ITEMS))
