"""The public board: what anybody reads without signing in, and what never stands there."""

from __future__ import annotations

import datetime as dt
import gzip
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.base import time
from collegium.base.errors import Conflict, Invalid, NotAllowed
from collegium.intend.models import Board, BoardEntry
from collegium.intend.presenters.public_board import present_poster, present_public_board
from collegium.intend.queries import boards as board_queries
from collegium.intend.services import boards, checking, promising
from collegium.intend.services.promising import By
from tests import factories as make
from tests.intend import promised
from tests.intend.promised import NOON, School
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db
FORM = {"title": "What we promise", "address": "wrenfield-high", "intro": "Hold us to it.", "is_public": "on"}


def keep(school: School, **given: Any) -> Board:
    fields = {"title": "What we promise", "address": "wrenfield-high", "is_public": True, **given}
    with time.at(NOON):
        return boards.set_up_board(actor=make.actor_of(school.head), unit=school.unit, **fields)


def put(school: School, board: Board, words: str = "Every letter is answered.", **given: Any) -> BoardEntry:
    promise = given.pop("promise", None) or promised.promise(school)
    with time.at(NOON):
        actor = make.actor_of(school.head)
        return boards.put_on_board(actor=actor, board=board, promise=promise, words=words, **given)


def public(name: str = "public_board", address: str = "wrenfield-high", **headers: str) -> Any:
    with time.at(NOON):
        return Client().get(reverse(f"intend:{name}", args=[address]), headers=headers)


def test_a_parent_reads_the_board_without_signing_in_and_without_a_cookie() -> None:
    school = promised.build_school()
    entry = put(school, keep(school, intro="Hold us to it."), next_step="A box at the gate")
    with time.at(NOON):
        checking.check_in(actor=make.actor_of(school.head), promise=entry.commitment, going="slowly", text="Whimbrel")
    response = public()
    text = response.content.decode()
    assert response.status_code == 200
    assert all(
        words in text
        for words in ("Every letter is answered.", "Slower than we thought", "A box at the gate", "Hold us to it.")
    )
    assert "Whimbrel" not in text, "what was said at a check-in is for those of the school"
    assert "We answer every question" not in text, "the words inside are not those outside"
    assert (len(response.cookies), response["Cache-Control"]) == (0, "public, max-age=300")
    assert "csrf" not in text
    assert len(response.content) < 40_000
    assert len(gzip.compress(response.content)) < 10_000


def test_no_person_is_named_without_their_own_permission() -> None:
    school = promised.build_school(accounts=True)
    board = keep(school)
    entry = put(school, board, promise=promised.promise(school, school.staff[4]))
    name = school.staff[4].full_name
    assert name not in public().content.decode()
    assert f"Somebody at {school.unit.name}" in public().content.decode()
    with time.at(NOON), pytest.raises(NotAllowed):
        boards.allow_name(actor=make.actor_of(school.head), entry=entry, allowed=True)
    url = reverse("intend:my_board_name", args=[entry.id])
    with time.at(NOON):
        assert client_of(school.head).post(url, {"allowed": "yes"}).status_code == 404
        client_of(school.staff[4]).post(url, {"allowed": "yes"})
    assert name in public().content.decode()
    with time.at(NOON):
        client_of(school.staff[4]).post(url, {"allowed": "no"})
    assert name not in public().content.decode()


def test_a_board_that_is_not_public_is_not_there_and_neither_is_one_of_another_name() -> None:
    school = promised.build_school()
    put(school, keep(school, is_public=False))
    for name in ("public_board", "public_board_frame", "public_board_feed"):
        hidden, absent = public(name), public(name, "no-such-board")
        assert hidden.status_code == absent.status_code == 404
        assert "Every letter" not in hidden.content.decode()
    keep(school)
    assert public().status_code == 200
    school.unit.ends_on = promised.TODAY
    school.unit.save()
    assert public().status_code == 404


def test_caches_ask_whether_it_has_changed() -> None:
    school = promised.build_school()
    entry = put(school, keep(school))
    first = public()
    again = public(**{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, len(again.cookies)) == (304, b"", 0)
    with time.at(NOON):
        checking.check_in(actor=make.actor_of(school.head), promise=entry.commitment, going="well")
    assert public(**{"If-None-Match": first["ETag"]}).status_code == 200


def test_only_the_named_websites_may_show_it_in_a_frame_and_only_that_address() -> None:
    school = promised.build_school()
    keep(school, hosts=["https://www.school.example/", "https://www.school.example"])
    frame = public("public_board_frame")
    assert "frame-ancestors https://www.school.example;" in frame["Content-Security-Policy"] + ";"
    assert "script-src 'self'" in frame["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame
    page = public()
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    keep(school, hosts=[])
    assert "frame-ancestors 'none'" in public("public_board_frame")["Content-Security-Policy"]
    for host in (
        "http://www.school.example",
        "https://*",
        "https://a.example; script-src *",
        "https://a.example/x",
        "'self'",
    ):
        with pytest.raises(Invalid, match="board_host_form"):
            keep(school, hosts=[host])
    with pytest.raises(Invalid, match="board_hosts_many"):
        keep(school, hosts=[f"https://s{number}.example" for number in range(6)])


def test_taking_a_promise_off_leaves_a_dated_line() -> None:
    school = promised.build_school(accounts=True)
    entry = put(school, keep(school))
    client = client_of(school.head)
    url = reverse("intend:board_take_off", args=[school.unit.slug, entry.id])
    with time.at(NOON):
        assert client.post(url, {"why": " "}).status_code == 422
        client.post(url, {"why": "The gate is closed now."})
    text = public().content.decode()
    assert all(words in text for words in ("was taken off on 2 Mar 2026", "The gate is closed now."))
    with pytest.raises(Conflict, match="off_board_already"), time.at(NOON):
        boards.take_off_board(actor=make.actor_of(school.head), entry=BoardEntry.objects.get(), why="Again.")
    again = put(school, Board.objects.get(), promise=entry.commitment)
    assert again.id != entry.id
    with pytest.raises(Conflict, match="on_board_already"):
        put(school, Board.objects.get(), promise=entry.commitment)


def test_the_feed_is_well_formed_and_says_what_the_page_says() -> None:
    school = promised.build_school()
    put(school, keep(school), "Bread & <roses>", next_step="Bake")
    response = public("public_board_feed")
    assert response["Content-Type"].startswith("application/atom+xml")
    feed, atom = ElementTree.fromstring(response.content), "{http://www.w3.org/2005/Atom}"
    (item,) = feed.findall(f"{atom}entry")
    assert item.findtext(f"{atom}title") == "Bread & <roses>"
    assert "Next: Bake" in str(item.findtext(f"{atom}summary"))
    assert str(item.findtext(f"{atom}id")).startswith("urn:uuid:")
    assert str(item.findtext(f"{atom}updated")).startswith("2026-03-02")


def test_stewards_set_it_up_fill_it_print_it_and_nobody_else_does() -> None:
    school = promised.build_school(accounts=True)
    client, slug = client_of(school.head), school.unit.slug
    url, change = reverse("intend:board", args=[slug]), reverse("intend:board_change", args=[slug])
    promise = promised.promise(school)
    with time.at(NOON):
        assert client.get(url)["Location"] == change
        assert "What we promise at" in client.get(change).content.decode()
        for wrong in ({"address": "No!"}, {"address": "abc"}, {"hosts": "nonsense"}, {"title": ""}):
            assert client.post(change, FORM | wrong).status_code == 422, wrong
        assert client.post(change, FORM)["Location"] == url
        put_url = reverse("intend:board_put", args=[slug, promise.id])
        assert put_url in client.get(url).content.decode()
        client.post(put_url, {"words": "Every letter is answered."})
        page = client.get(url).content.decode()
        assert all(words in page for words in ("Every letter is answered.", "/board/wrenfield-high/feed/"))
        poster = client.get(reverse("intend:board_poster", args=[slug]) + "?paper=letter")
        assert poster.content.startswith(b"%PDF")
        reword = reverse("intend:board_reword", args=[slug, BoardEntry.objects.get().id])
        client.post(reword, {"words": "All letters are.", "next_step": "A box"})
        assert "All letters are." in public().content.decode()
        said = present_poster(present_public_board(board_queries.find_public("wrenfield-high")))
        assert said.steps == ("All letters are.",)
        assert len(said.notes) == 1
        assert said.notes[0].startswith("Made, since ")
        assert said.notes[0].endswith(". Next: A box")
        assert client_of(school.staff[0]).get(url).status_code == 403
    elsewhere = promised.build_school()
    with pytest.raises(Conflict, match="board_address_taken"):
        keep(elsewhere)


def test_promises_change_places_and_a_board_stays_short() -> None:
    school = promised.build_school()
    board = keep(school)
    first, second = put(school, board, "One"), put(school, board, "Two")
    with time.at(NOON):
        boards.move_up(actor=make.actor_of(school.head), entry=second)
        boards.move_up(actor=make.actor_of(school.head), entry=second)
    text = public().content.decode()
    assert text.index("Two") < text.index("One")
    for number in range(18):
        put(school, board, f"Promise {number}")
    with pytest.raises(Conflict, match="board_full"):
        put(school, board)
    assert first.board_id == board.id
    response = public()
    assert len(response.content) < 40_000, "twenty promises are the most"


def test_a_board_asks_the_database_as_often_for_one_promise_as_for_fifteen() -> None:
    school = promised.build_school()
    board, counts = keep(school), []
    for number in (1, 14):
        for _each in range(number):
            put(school, board, promise=promised.promise(school, school.staff[0], by=By(group=school.group)))
        with CaptureQueriesContext(connection) as seen:
            public()
        counts.append(len(seen))
    # PostgreSQL is told besides whose rows may be seen.
    assert counts[0] == counts[1] <= (7 if connection.vendor == "postgresql" else 6)


def test_a_board_says_when_a_promise_is_overdue_without_blame() -> None:
    school = promised.build_school()
    entry = put(school, keep(school))
    with time.at(NOON + dt.timedelta(days=150)):
        text = Client().get(reverse("intend:public_board", args=["wrenfield-high"])).content.decode()
        assert "Its day has passed, and it is being talked about" in text
        actor = make.actor_of(school.head)
        promising.release_promise(actor=actor, promise=entry.commitment, reason="A secret reason.")
        text = Client().get(reverse("intend:public_board", args=["wrenfield-high"])).content.decode()
    assert "Let go" in text
    assert "A secret reason." not in text
