"""The pages of a vote, as browsers without script send them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from collegium.base import time
from collegium.decide.enums import Method
from collegium.decide.models import OpenBallot, Option, Poll, Voter
from tests.decide import worlds
from tests.decide.test_polls import CLOSES, DURING, close, open_poll, vote
from tests.decide.worlds import NOW, World
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return worlds.build(8)


def read(client: Any, url: str, at: dt.datetime = DURING) -> str:
    with time.at(at):
        response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    page = str(response.content.decode())
    assert not re.search(r"\{[{%]|>None<", page), url
    return page


def send(client: Any, url: str, at: dt.datetime = DURING, **data: Any) -> Any:
    with time.at(at):
        return client.post(url, data)


def test_every_way_of_voting_is_offered_and_opens(world: World) -> None:
    ada = client_of(world.ada)
    made = world.propose(world.ada)
    url = reverse("decide:poll_add", args=[world.matter.id])
    ways = read(ada, url)
    closes = localtime(CLOSES).strftime("%Y-%m-%dT%H:%M")
    for method in Method:
        assert str(method.label) in ways
        page = read(ada, f"{url}?method={method}")
        filled = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="(\d+)"', page))
        sent = {**filled, "question": f"By {method}?", "closes_at": closes, "proposal": str(made.id)}
        sent |= {"options": "Shed; 10\nPond; 20", "budget": "25", "needed": "2/3"}
        sent.pop("is_secret", None)
        response = send(ada, f"{url}?method={method}", NOW, **sent)
        assert response.status_code == 302, (
            method,
            re.findall(r'class="error"[^>]*>([^<]+)', response.content.decode()),
        )
        poll = Poll.objects.get(method=method)
        for person in (world.cleo, world.guest):
            read(client_of(person), reverse("decide:poll", args=[poll.id]))
    broken = send(ada, f"{url}?method=budget", NOW, question="Q?", closes_at=closes, options="Shed\nPond", budget="5")
    assert broken.status_code == 422
    assert "needs what it costs" in broken.content.decode()
    assert client_of(world.cleo).get(url).status_code == 403


def test_voting_openly(world: World) -> None:
    poll = open_poll(world, Method.SCORE, highest=5)
    cleo, url = client_of(world.cleo), reverse("decide:poll", args=[poll.id])
    for sent, words in (
        ({"seen": "3"}, "Nothing is chosen"),
        ({"seen": "3", "mark_1": "9"}, "less than or equal to 5"),
        ({"seen": "3", "mark_1": "x"}, "whole number"),
        ({"seen": "2", "mark_1": "4"}, "has been withdrawn"),
    ):
        response = send(cleo, url, **sent)
        assert response.status_code == 422, sent
        assert words in response.content.decode()
    assert send(cleo, url, seen="3", mark_1="4", mark_2="0", reason="Near").status_code == 302
    assert OpenBallot.objects.get().marks == [4, 0, None]
    page = read(cleo, url)
    assert "You voted:" in page
    assert "Near" in page
    assert send(client_of(world.guest), url, seen="3", mark_1="4").status_code == 403
    assert send(cleo, url, seen="3", abstain="on").status_code == 302
    assert send(cleo, url, CLOSES, seen="3", mark_1="4").status_code == 422
    option = Option.objects.get(poll=poll, position=1)
    withdraw = reverse("decide:option_withdraw", args=[poll.id, option.id])
    assert send(client_of(world.ada), withdraw, why="Sold.").status_code == 302
    assert "withdrawn: Sold." in read(cleo, url)


def test_voting_in_secret(world: World) -> None:
    poll = open_poll(world, Method.RANKED, is_secret=True)
    url = reverse("decide:poll", args=[poll.id])
    response = send(client_of(world.cleo), url, seen="3", mark_1="2", mark_2="1", reason="Quietly")
    assert response.status_code == 200
    (code,) = re.findall(r"<code>(\w{12})</code>", response.content.decode())
    assert "no-store" in response["Cache-Control"]
    assert "You have voted" in read(client_of(world.cleo), url)
    assert send(client_of(world.cleo), url, seen="3", mark_1="1").status_code == 422
    for person in world.staff[:2] + world.staff[3:]:
        vote(poll, person, [1, None, None])
    before = read(client_of(world.ada), url)
    assert "Quietly" not in before
    assert code not in before
    close(poll)
    page = read(client_of(world.guest), f"{url}?code={code.lower()}", CLOSES)
    assert "This ballot was counted" in page
    assert "Chosen: Hill." in page
    assert "There is no ballot with this code" in read(client_of(world.guest), f"{url}?code=NONE", CLOSES)
    file = client_of(world.guest).get(reverse("decide:poll_csv", args=[poll.id]))
    assert file["Content-Type"].startswith("text/csv")
    assert code in file.content.decode()
    assert "Quietly" not in file.content.decode()


def test_an_objection_and_a_stopped_vote(world: World) -> None:
    poll = open_poll(world, Method.CONSENT)
    cleo, url = client_of(world.cleo), reverse("decide:poll", args=[poll.id])
    refused = send(cleo, url, seen="1", position="objection", reason="")
    assert "An objection or a block says why" in refused.content.decode()
    send(cleo, url, seen="1", position="objection", reason="The bus.")
    assert send(cleo, reverse("decide:objection", args=[poll.id]), why="Solved.").status_code == 302
    assert "Worked through: Solved." in read(client_of(world.ada), url)
    assert client_of(world.ben).get(reverse("decide:objection", args=[poll.id])).status_code == 404
    assert client_of(world.ben).get(reverse("decide:poll_csv", args=[poll.id])).status_code == 404
    send(client_of(world.ben), reverse("decide:poll_stop", args=[poll.id]), why="Another proposal.")
    assert "Another proposal." in read(cleo, url)
    assert not Voter.objects.filter(has_voted=True).exists()
