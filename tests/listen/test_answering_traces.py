"""Whoever reads logs, tables or pages afterwards finds no code, no link and no answer, and nothing that says when."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from collegium.base import time
from collegium.listen.models import Pulse
from collegium.listen.services import desk
from tests.listen import answering_helpers as answer
from tests.listen import worlds
from tests.people.sign_in.helpers import client_of
from tests.security.test_logs import written  # noqa: F401 a fixture: everything that is logged while a test runs

pytestmark = pytest.mark.django_db

IN_TIME = worlds.START + answer.HOUR
CANARY = "Hawfinches sing at dusk"


def everything_stored() -> dict[str, list[Any]]:
    """Return every row of every table, by table; the trays and their marks among them."""
    stored: dict[str, list[Any]] = {}
    for alias in connections:
        connection = connections[alias]
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')
                stored[f"{alias}.{table}"] = sorted(map(repr, cursor.fetchall()))
    return stored


def by_link(pulse: Pulse, school: worlds.School) -> None:
    client = Client()
    page = answer.enter(client, answer.link_of(pulse, school.staff[9]), IN_TIME)
    assert answer.hand_in(client, pulse, page, IN_TIME, speak="5", wish=CANARY).status_code == 302


def by_slip(pulse: Pulse, _school: worlds.School) -> None:
    client = Client()
    page = answer.enter_code(client, pulse, answer.codes_of(pulse)[0], IN_TIME)
    assert answer.hand_in(client, pulse, page, IN_TIME, speak="5", wish=CANARY).status_code == 302


def from_my_part(pulse: Pulse, school: worlds.School) -> None:
    client: Client = school.extra["client"]
    page = answer.enter(client, f"/listen/{pulse.id}/answer/", IN_TIME)
    assert answer.hand_in(client, pulse, page, IN_TIME, speak="5", wish=CANARY).status_code == 302


@pytest.mark.parametrize(
    ("walk", "marked"),
    [(by_link, "listen_invitation"), (by_slip, "listen_slip"), (from_my_part, "listen_invitation")],
    ids=["link", "slip", "my part"],
)
def test_a_sheet_changes_its_mark_and_its_tray_and_nothing_else(
    walk: Callable[[Pulse, worlds.School], None], marked: str
) -> None:
    school, pulse = answer.open_pulse(by_slip=6)
    school.extra["client"] = client_of(school.staff[9])
    before = everything_stored()
    walk(pulse, school)
    after = everything_stored()
    changed = {table for table in after if before.get(table) != after[table]}
    assert changed == {f"default.{marked}", "default.listen_tray"}
    assert before.keys() == after.keys()
    assert CANARY not in repr(after)


def test_nothing_of_it_is_logged(
    written: io.StringIO,  # noqa: F811 the fixture
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    school, pulse = answer.open_pulse(by_slip=6)
    link, code = answer.link_of(pulse, school.staff[9]), answer.codes_of(pulse)[0]
    token = link.split("/")[-2]
    client = Client(raise_request_exception=False)
    page = answer.enter(client, link, IN_TIME)
    ticket = answer.hidden(page)["way-in"]
    answer.hand_in(client, pulse, page, IN_TIME, speak="9", wish=CANARY)
    client.get(link[:-2] + "x/")
    client.get(link + "more/")
    answer.enter_code(client, pulse, code + "2", IN_TIME)
    slip_page = answer.enter_code(Client(), pulse, code, IN_TIME)
    for error in (OSError(f"cannot write {CANARY}"), RuntimeError(f"died over '{CANARY}'")):
        monkeypatch.setattr(desk, "_put_one", _raise(error))
        answer.hand_in(client, pulse, page, IN_TIME, speak="5", wish=CANARY)
    monkeypatch.undo()
    answer.hand_in(client, pulse, page, IN_TIME, speak="5", wish=CANARY)
    answer.hand_in(Client(), pulse, slip_page, IN_TIME, speak="5", wish=CANARY)
    text = written.getvalue()
    assert "/a/[masked]" in text
    assert "a sheet could not be taken: OSError" in text
    assert "Traceback" in text
    for secret in (token, token[:16], code, ticket, ticket[:30], "dusk", str(pulse.community_id)):
        assert secret not in text, text


def _raise(error: Exception) -> Callable[..., None]:
    def die(*_arguments: Any) -> None:
        raise error

    return die


def test_a_page_title_and_what_a_browser_tells_others_hold_no_secret() -> None:
    school, pulse = answer.open_pulse()
    link = answer.link_of(pulse, school.staff[0])
    client = Client()
    page = answer.enter(client, link, IN_TIME)
    text = page.content.decode()
    assert "<title>How are we doing? · Collegium</title>" in text
    assert link.split("/")[-2] not in text
    with time.at(IN_TIME):
        leads_on = client.get(link)
    assert leads_on["Referrer-Policy"] == "no-referrer"
    assert page["Referrer-Policy"] == "same-origin"
