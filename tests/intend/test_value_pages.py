"""The pages of values, as browsers without script read and send them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.intend.models import Echo, Mindscape, Signature, TextVersion
from collegium.intend.services import values
from tests.intend import staffroom
from tests.intend.staffroom import Staffroom
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db


def read(client: Client, name: str, *args: Any, status: int = 200) -> str:
    response: Any = client.get(reverse(f"intend:{name}", args=args))
    assert response.status_code == status, (name, response.status_code)
    return str(response.content.decode())


def send(client: Client, name: str, *args: Any, **data: Any) -> Any:
    return client.post(reverse(f"intend:{name}", args=args), data)


def circle_of(room: Staffroom) -> Any:
    return room.gather(room.school).circle.id


def test_somebody_writes_shares_and_takes_back() -> None:
    room = staffroom.build(accounts=True)
    client, colleague = client_of(room.people[0]), client_of(room.people[5])
    assert "Such as" in read(client, "my_values")
    assert 'value="hand"' in client.get(reverse("intend:my_value_write"), {"side": "hand"}).content.decode()
    assert send(client, "my_value_write", side="hand", body="I greet each of them").status_code == 302
    written = Mindscape.objects.get()
    page = read(client, "my_values")
    assert "only you" in page
    share_url = reverse("intend:my_value_share", args=[written.id])
    assert share_url in page
    sharing = client.get(share_url).content.decode()
    assert "Fewer than 5 others are in Reading circle" in sharing
    response = client.post(share_url, {"choice": f"unit:{room.school.id}", "named": "no"})
    assert response["Location"] == reverse("intend:circle", args=[circle_of(room)])
    shown = read(colleague, "circle", circle_of(room))
    assert "I greet each of them" in shown
    assert "from all of us" in shown
    assert room.people[0].full_name not in shown
    assert "You wrote this" in read(client, "circle", circle_of(room))
    assert send(client, "my_value_change", written.id, side="hand", body="Else").status_code == 422
    assert send(client, "my_value_take_back", written.id).status_code == 302
    assert "I greet each of them" not in read(colleague, "circle", circle_of(room))
    assert send(client, "my_value_delete", written.id).status_code == 302
    assert not Mindscape.objects.exists()


def test_what_is_wrong_is_said_and_what_was_typed_is_kept() -> None:
    room = staffroom.build(accounts=True)
    client = client_of(room.people[0])
    response = send(client, "my_value_write", side="liver", body="I greet " + "x" * 300)
    assert response.status_code == 422
    assert "I greet" in response.content.decode()
    written = staffroom.write(room.actor(0))
    assert send(client, "my_value_share", written.id, choice=f"unit:{room.outsider.id}", named="no").status_code == 422
    assert send(client, "my_value_share", written.id).status_code == 422


def test_one_marks_what_one_sees_so_too_and_takes_it_back() -> None:
    room = staffroom.build(accounts=True)
    shared = staffroom.share(room.actor(0), room.school, "Every child can learn to read", named=True)
    staffroom.share(room.actor(1), room.school, "Every child can learn to read well")
    client = client_of(room.people[2])
    response = send(client, "circle_echo", circle_of(room), shared.id, sees_so="yes")
    assert response["Location"].endswith(f"#s-{shared.id}")
    page = read(client, "circle", circle_of(room))
    assert "3 of 7" in page
    assert "nearly the same words" in page
    assert room.people[0].full_name in page
    assert "You see it so too" in page
    send(client, "circle_echo", circle_of(room), shared.id, sees_so="no")
    assert not Echo.objects.exists()


def test_a_circle_is_not_there_for_others() -> None:
    room = staffroom.build(accounts=True)
    shared = staffroom.share(room.actor(0), room.school)
    values.word(actor=room.actor(0), gathering=room.gather(room.school), body="We listen.")
    for person in (room.steward, room.lead, room.outsider):
        client = client_of(person)
        for name in ("circle", "values_statement", "values_word"):
            read(client, name, circle_of(room), status=404)
        assert send(client, "circle_echo", circle_of(room), shared.id, sees_so="yes").status_code == 404
        assert send(client, "values_sign", circle_of(room), wording=1).status_code == 404


def test_a_statement_is_worded_signed_and_reworded() -> None:
    room = staffroom.build(teachers=3, accounts=True)
    one, other = client_of(room.people[0]), client_of(room.people[1])
    read(one, "values_statement", circle_of(room), status=404)
    assert "Why is it changed?" not in read(one, "values_word", circle_of(room))
    assert send(one, "values_word", circle_of(room), body="We **listen**.", from_version=0).status_code == 302
    page = read(other, "values_statement", circle_of(room))
    assert "<strong>listen</strong>" in page
    assert "Nobody has signed this wording yet." in page
    for client in (one, other):
        assert send(client, "values_sign", circle_of(room), wording=1).status_code == 302
    page = read(other, "values_statement", circle_of(room))
    assert "signed by 2 of 3" in page
    assert room.people[0].full_name in page
    public = client_of(room.steward).get(reverse("intend:unit_values", args=[room.school.slug])).content.decode()
    assert "<strong>listen</strong>" in public
    assert "signed by 2 of 3" in public
    assert room.people[0].full_name not in public
    assert send(other, "values_word", circle_of(room), body="We trust.", from_version=1).status_code == 422
    sent = send(other, "values_word", circle_of(room), body="We trust.", reason="It is more.", from_version=1)
    assert sent.status_code == 302
    assert send(one, "values_sign", circle_of(room), wording=1).status_code == 409
    page = read(one, "values_statement", circle_of(room))
    assert "It has been reworded since you signed" in page
    assert "It is more." in page
    assert re.search(r"<del>.*listen", page)
    assert send(one, "values_sign", circle_of(room), wording="two").status_code == 422
    send(one, "values_take_name_off", circle_of(room), wording=1)
    assert Signature.objects.count() == 1


def test_the_second_of_two_who_write_sees_both_texts() -> None:
    room = staffroom.build(accounts=True)
    values.word(actor=room.actor(0), gathering=room.gather(room.school), body="We listen.")
    values.word(actor=room.actor(1), gathering=room.gather(room.school), body="We trust.", reason="x", from_version=1)
    client = client_of(room.people[2])
    data = {"body": "We learn.", "reason": "As well", "from_version": 1}
    response = send(client, "values_word", circle_of(room), **data)
    page = response.content.decode()
    assert response.status_code == 409
    assert "We trust." in page
    assert "We learn." in page
    assert 'name="from_version" value="2"' in page
    assert send(client, "values_word", circle_of(room), **(data | {"from_version": 2})).status_code == 302
    # Two who begin at once are told so as well.
    early = send(client, "values_word", circle_of(room), body="First!", from_version=0)
    assert early.status_code == 409
    assert "First!" in early.content.decode()
    assert TextVersion.objects.count() == 3


def test_what_waits_for_one_stands_on_my_part_and_in_ones_own_data() -> None:
    room = staffroom.build(accounts=True)
    values.word(actor=room.actor(0), gathering=room.gather(room.school), body="We listen.")
    staffroom.write(room.actor(1))
    client = client_of(room.people[1])
    page = client.get(reverse("people:my_part")).content.decode()
    assert "a statement of values to read" in page
    assert "You have written 1 statement." in page
    assert "1 statements, 0 of them shared" in client.get(reverse("people:my_data")).content.decode()


@pytest.mark.parametrize("number", [1, 3, 30])
def test_pages_ask_the_same_number_of_questions_whatever_they_hold(number: int) -> None:
    room = staffroom.build(teachers=10, accounts=True)
    for count in range(number):
        staffroom.share(room.actor(count % 10), room.school, f"Statement {count} of {number}", named=True)
    client = client_of(room.people[9])
    for name, args, expected in (("my_values", (), None), ("circle", (circle_of(room),), None)):
        with CaptureQueriesContext(connection) as asked:
            read(client, name, *args)
        assert len(asked) <= 22, expected
