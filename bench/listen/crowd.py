"""A district in which everybody is asked at once, and the requests that they send: for measurements and for a test that
kills the server in the middle of them.
"""

from __future__ import annotations

import datetime as dt
import random
import re
import socket
import urllib.parse
import uuid
from dataclasses import dataclass

from collegium.base import tenancy, time
from collegium.listen import instruments, tickets
from collegium.listen.models import InstrumentVersion, Invitation, Pulse
from collegium.listen.services import opening, preparing
from collegium.listen.services.preparing import Draft
from collegium.people.actors import operator_of
from collegium.people.enums import Level, TieKind, UnitKind
from collegium.people.models import Community, Person, Post, Unit, UnitTie

BATCH = 1000
HEAD = """key = "load"
version = 1
title = "Load"
purpose = "To measure."
languages = ["en"]

[scales.agreement]
labels = ["Not at all", "Hardly", "Partly", "Mostly", "Fully"]
"""
FACET = """
[[facets]]
key = "f{0}"
construct = "A6"
title = "Facet {0}"
explanation = "Made up."
source = "Made up"
rationale = "Made up."
how_to_read = "Not at all."
how_not_to_read = "As anything."
"""
ITEM = """
[[items]]
key = "i{0}"
kind = "likert"
facet = "f{1}"
scale = "agreement"
text = "Item {0}."
"""


def instrument_text(items: int, facets: int) -> str:
    """Return an instrument of so many items."""
    parts = [HEAD, *(FACET.format(facet) for facet in range(facets))]
    parts += [ITEM.format(item, item * facets // items) for item in range(items)]
    return "".join(parts)


def open_district(*, schools: int, staff: int, items: int, facets: int = 8) -> Pulse:
    """Make a district with schools of so many people, and open a pulse that asks them all."""
    with tenancy.across_communities():
        community = Community.objects.create(name="District of the measurement")
        district = Unit.objects.create(community=community, kind=UnitKind.DISTRICT, name="District", slug="district")
        units = [
            Unit(community=community, kind=UnitKind.SCHOOL, name=f"School {number}", slug=f"school-{number}")
            for number in range(schools)
        ]
        Unit.objects.bulk_create(units, batch_size=BATCH)
        ties = (UnitTie(community=community, upper=district, lower=unit, kind=TieKind.CONTAINS) for unit in units)
        UnitTie.objects.bulk_create(ties, batch_size=BATCH)
        people = [
            Person(community=community, given_name="Somebody", family_name=f"{n}", email=f"p{n}@school.example")
            for n in range(schools * staff)
        ]
        Person.objects.bulk_create(people, batch_size=BATCH)
        posts = (
            Post(
                community=community,
                person=person,
                unit=units[place // staff],
                title="Teacher",
                level=(Level.CLASSROOM, Level.CLASSROOM, Level.MIDDLE, Level.SUPPORT)[place % 4],
            )
            for place, person in enumerate(people)
        )
        Post.objects.bulk_create(posts, batch_size=BATCH)
        text = instrument_text(items, facets)
        instrument = instruments.read(text)
        version = InstrumentVersion.objects.create(
            community=community, key=instrument.key, version=1, title="Load", definition=text
        )
        now = time.now()
        draft = Draft(
            title="Load",
            instrument=version,
            opens_at=now - dt.timedelta(minutes=1),
            closes_at=now + dt.timedelta(days=1),
            results_at=now + dt.timedelta(days=2),
            remind_before_hours=(),
        )
        actor = operator_of(community.id)
        pulse = opening.open_pulse(actor=actor, pulse=preparing.prepare_pulse(actor=actor, unit=district, draft=draft))
        Pulse.objects.filter(id=pulse.id).update(invited_at=now)  # nobody is written to
        return pulse


@dataclass(frozen=True)
class Envelope:
    """What one person sends."""

    invitation_id: uuid.UUID
    path: str
    body: bytes


def envelopes(pulse: Pulse, dice: random.Random) -> list[Envelope]:
    """Return what everybody sends, in an order by chance: five in a hundred questions are left out."""
    instrument = instruments.read(pulse.instrument.definition)
    with tenancy.across_communities():
        asked = list(Invitation.objects.filter(pulse=pulse).values_list("id", flat=True))
    dice.shuffle(asked)
    path = f"/p/{pulse.id}/answer/"
    sent = []
    for invitation_id in asked:
        fields = {
            column.key: str(dice.randint(column.lowest, column.highest))
            for column in instrument.columns
            if dice.random() > 0.05
        }
        fields["way-in"] = tickets.write(tickets.begin(pulse, invitation_id=invitation_id))
        fields["version-of"] = pulse.instrument_id.hex
        sent.append(Envelope(invitation_id, path, urllib.parse.urlencode(fields).encode()))
    return sent


class Sender:
    """One connection that is kept open. It reads no more of an answer than it must, to leave the cores to the site."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._head = (
            b"POST %s HTTP/1.1\r\nHost: 127.0.0.1:" + str(port).encode() + b"\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s"
        )

    def send(self, envelope: Envelope) -> int:
        """Hand a sheet in and return the status; OSError where the server is gone."""
        self._socket.sendall(self._head % (envelope.path.encode(), len(envelope.body), envelope.body))
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self._receive()
        head, _end, rest = answer.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: *(\d+)", head)
        missing = int(length.group(1)) - len(rest) if length else 0
        while missing > 0:
            missing -= len(self._receive())
        return int(head[9:12])

    def _receive(self) -> bytes:
        received = self._socket.recv(65536)
        if not received:
            raise ConnectionResetError
        return received

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()


def count_in_trays(pulse: Pulse) -> int:
    """Return how many sheets lie in the trays of a pulse."""
    from collegium.listen.answers import trays
    from collegium.listen.models import Tray

    with tenancy.across_communities():
        return sum(len(trays.look_into(tray).sheets) for tray in Tray.objects.filter(pulse=pulse))


def list_in_trays(pulse: Pulse) -> list[tuple[int, ...]]:
    """Return the answers that lie in the trays of a pulse."""
    from collegium.listen.answers import packing, trays
    from collegium.listen.models import Tray

    with tenancy.across_communities():
        sheets = [sheet for tray in Tray.objects.filter(pulse=pulse) for sheet in trays.look_into(tray).sheets]
    return [tuple(int(code) for code in packing.answers_of(packing.sheet_of(sheet)[1])) for sheet in sheets]
