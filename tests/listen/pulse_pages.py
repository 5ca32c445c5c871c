"""Reading and filling in the pages of pulses, for their tests."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

from django.test import Client
from django.urls import reverse

from collegium.listen.models import Pulse
from tests.listen import worlds
from tests.listen.worlds import School

LONDON = ZoneInfo("Europe/London")
MONDAY = dt.datetime(2026, 3, 2, 10, 0, tzinfo=LONDON)


def url(name: str, school: School, *args: object) -> str:
    """Return an address of the unit."""
    return reverse(f"listen:{name}", args=[school.unit.slug, *args])


def main_of(response: Any) -> str:
    """Return what a page says, without what is round it."""
    page = response.content.decode()
    return re.sub(r"\s+", " ", page[page.index("<main") : page.index("</main>")])


def read(client: Client, address: str, status: int = 200) -> str:
    """Open a page and return what it says."""
    response = client.get(address)
    assert response.status_code == status, response.status_code
    return main_of(response)


def fill(client: Client, address: str, **changes: Any) -> dict[str, Any]:
    """Return what a browser would send of the form as it stands, with some of it changed."""
    form = client.get(address).context["form"]
    sent = {}
    for name in form.fields:
        value = form[name].value()
        if isinstance(value, dt.datetime):
            value = value.strftime("%Y-%m-%dT%H:%M")
        if value is not None:
            sent[name] = value
    return {**sent, **changes}


def prepare(client: Client, school: School, **changes: Any) -> Pulse:
    """Prepare a pulse on the page, with all defaults but these."""
    address = url("pulse_add", school)
    response = client.post(address, fill(client, address, **changes))
    assert response.status_code == 302, response.context["form"].errors
    return Pulse.objects.get(id=response["Location"].split("/")[-3])


def open_it(client: Client, school: School, pulse: Pulse, **choices: Any) -> Any:
    """Press the button of the preview."""
    return client.post(url("pulse_preview", school, pulse.id), {"slips": "missing", **choices})


def opened(school: School, **choices: Any) -> Pulse:
    """Prepare a pulse and open it, by services alone."""
    return worlds.open_at_start(worlds.prepare(school.unit, school.steward, at=MONDAY, **choices), school.steward)
