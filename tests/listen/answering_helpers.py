"""Browsers that answer a pulse, for the tests of the pages."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.test import Client
from django.urls import reverse

from collegium.base import time
from collegium.listen import codes, tickets
from collegium.listen.answers import trays
from collegium.listen.forms.answering import TICKET, VERSION
from collegium.listen.models import Cell, Invitation, Pulse, Slip, Tray
from collegium.people.models import Person
from tests.listen import worlds

HOUR = dt.timedelta(hours=1)
FULL = {"speak": "4", "hold": "2", "wish": "More time together."}


def open_pulse(school: worlds.School | None = None, *, by_slip: int = 0, **choices: Any) -> tuple[worlds.School, Pulse]:
    """Open a pulse in a school, in which so many people come in by slip."""
    school = school or worlds.build_school(teams=(8, 7))
    pulse = worlds.prepare(school.unit, school.steward, **choices)
    slips = [person.id for person in school.staff[:by_slip]]
    return school, worlds.open_at_start(pulse, school.steward, by_slip=slips)


def link_of(pulse: Pulse, person: Person) -> str:
    """Return the address of a person's own link."""
    invitation = Invitation.objects.get(pulse=pulse, person=person)
    return reverse("listen:answer_by_link", args=[codes.link_token(invitation.id)])


def codes_of(pulse: Pulse) -> list[str]:
    """Return the codes on the slips of a pulse."""
    return [codes.slip_code(slip_id) for slip_id in Slip.objects.filter(pulse=pulse).values_list("id", flat=True)]


def sheet_url(pulse: Pulse) -> str:
    """Return where the questions are."""
    return reverse("listen:answer_sheet", args=[pulse.id])


def enter(client: Client, url: str, at: dt.datetime) -> Any:
    """Open a link and follow it to where it leads."""
    with time.at(at):
        return client.get(url, follow=True)


def enter_code(client: Client, pulse: Pulse, code: str, at: dt.datetime, **more: Any) -> Any:
    """Type a code at the address of the poster and follow where it leads."""
    with time.at(at):
        url = reverse("listen:answer_by_code", args=[pulse.id])
        return client.post(url, {"code": code, **more}, follow=True)


def hidden(page: Any) -> dict[str, str]:
    """Return what the page of questions carries besides the answers."""
    text = page.content.decode()
    found = {name: re.search(rf'name="{name}" value="([^"]+)"', text) for name in (TICKET, VERSION)}
    return {name: each.group(1) for name, each in found.items() if each}


def hand_in(client: Client, pulse: Pulse, page: Any, at: dt.datetime, **answers: Any) -> Any:
    """Send a sheet from a page of questions."""
    with time.at(at):
        return client.post(sheet_url(pulse), {**hidden(page), **(answers or FULL)})


def sheets_in(pulse: Pulse) -> int:
    """Count the sheets that lie in the trays of a pulse."""
    return sum(len(trays.look_into(tray).sheets) for tray in Tray.objects.filter(pulse=pulse))


def ticket_for(pulse: Pulse, person: Person, at: dt.datetime) -> str:
    """Return a ticket as a page would carry it."""
    invitation = Invitation.objects.get(pulse=pulse, person=person)
    with time.at(at):
        return tickets.write(tickets.begin(pulse, invitation_id=invitation.id))


def cell_of(pulse: Pulse, code: str) -> Cell:
    """Return the cell that a code belongs to."""
    return Slip.objects.select_related("cell").get(pulse=pulse, code_hash=codes.hash_code(code)).cell


EVERY_KIND = """
key = "every_kind"
version = 1
title = "Every kind"
purpose = "To see every kind of question."
languages = ["en"]

[scales.agreement]
labels = ["Not at all", "Hardly", "Partly", "Mostly", "Fully"]

[[facets]]
key = "openness"
construct = "A6"
title = "Openness"
explanation = "Whether people speak their mind here."
source = "Our own"
rationale = "Without it nothing else is heard."
how_to_read = "High means that people say what they think."
how_not_to_read = "It is no judgement on anybody."

[[facets]]
key = "pairs"
construct = "A6"
title = "Pairs"
explanation = "Whether people speak their mind here."
source = "Our own"
rationale = "Without it nothing else is heard."
how_to_read = "High means that people say what they think."
how_not_to_read = "It is no judgement on anybody."

[[items]]
key = "speak"
kind = "likert"
facet = "openness"
scale = "agreement"
text = "People here say what they think."

[[items]]
key = "pair"
kind = "paired"
facet = "pairs"
scale = "agreement"
text = "How much is each of these true of our school?"
left = "Rules say what is to be done."
right = "People know for themselves what is to be done, because they agree on what the school is for."

[[items]]
key = "where"
kind = "single"
text = "Where do you hear first about what has been decided?"
[[items.options]]
key = "meeting"
label = "In a meeting"
[[items.options]]
key = "mail"
label = "By mail"
[[items.options]]
key = "corridor"
label = "In the corridor, or not at all"

[[items]]
key = "which"
kind = "multiple"
text = "Which of these have you used this term?"
[[items.options]]
key = "visit"
label = "Visited a colleague's lesson"
[[items.options]]
key = "plan"
label = "Planned together"
[[items.options]]
key = "coach"
label = "Coaching"

[[items]]
key = "hours"
kind = "number"
text = "How many hours a week do you work together with colleagues?"
lowest = 0
highest = 40

[[items]]
key = "wish"
kind = "text"
text = "What one thing should we change?"
"""
