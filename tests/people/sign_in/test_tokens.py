"""A person's own tokens: made, shown once, kept as a digest, ended, forgotten."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client

from collegium.base import errors, time
from collegium.base.models import Event
from collegium.people import erasure
from collegium.people.models import ApiToken, Person, Unit
from collegium.people.queries import own_data, tokens
from collegium.people.services import tokens as services
from tests import factories as make
from tests.people.sign_in.helpers import client_of

pytestmark = pytest.mark.django_db

ADD, END, OWN = "/account/tokens/add/", "/account/tokens/end/", "/account/"
SAID = {"name": "Sheet of the data office", "scope": "read", "days": "30"}
ASKED = "/api/v1/units"


@pytest.fixture
def school() -> Unit:
    return make.make_unit(make.make_community())


@pytest.fixture
def person(school: Unit) -> Person:
    return make.steward_of(school, "Ada")


def ask(secret: str, **more: str) -> int:
    return Client(headers={"Authorization": f"Bearer {secret}", **more}).get(ASKED).status_code


def test_a_token_is_shown_once_and_lets_a_program_in(person: Person) -> None:
    browser = client_of(person)
    page = browser.post(ADD, SAID)
    found = re.search(r"collegium_[\w-]{43}", page.content.decode())
    assert found
    assert "no-store" in page["Cache-Control"]
    assert ask(found[0]) == 200

    kept = ApiToken.objects.get()
    assert found[0] not in str(vars(kept))
    assert (kept.can_write, kept.expires_on) == (False, time.today() + dt.timedelta(days=30))
    own = browser.get(OWN).content.decode()
    assert SAID["name"] in own
    assert found[0] not in own


def test_only_the_day_of_the_last_use_is_kept(person: Person) -> None:
    secret = make.make_token(person)
    assert ApiToken.objects.get().used_on is None
    ask(secret)
    assert ApiToken.objects.get().used_on == time.today()


def test_an_ended_token_and_one_that_is_over_let_nobody_in(person: Person) -> None:
    browser = client_of(person)
    ended, over = make.make_token(person), make.make_token(person, days=0)
    assert (ask(ended), ask(over)) == (200, 401)
    row = ApiToken.objects.get(digest=tokens.digest_of(ended))
    assert browser.post(END, {"token": row.id}).status_code == 302
    assert ask(ended) == 401


def test_nobody_ends_the_token_of_another(person: Person, school: Unit) -> None:
    secret = make.make_token(person)
    other = client_of(make.steward_of(school))
    assert other.post(END, {"token": ApiToken.objects.get().id}).status_code == 404
    assert ask(secret) == 200


def test_another_login_that_becomes_the_persons_does_not_inherit_it(person: Person) -> None:
    secret = make.make_token(person)
    new = make.make_account("new@school.example")
    Person.objects.filter(id=person.id).update(account=new, email=new.email)
    assert ask(secret) == 401


def test_an_address_that_has_changed_ends_what_the_old_login_made(person: Person) -> None:
    secret = make.make_token(person)
    Person.objects.filter(id=person.id).update(email="other@school.example")
    assert ask(secret) == 401


def test_a_login_that_is_closed_lets_no_program_in(person: Person) -> None:
    secret = make.make_token(person)
    assert person.account is not None
    person.account.is_active = False
    person.account.save()
    assert ask(secret) == 401


def test_making_and_ending_stand_in_the_trail_without_the_token(person: Person) -> None:
    actor = make.actor_of(person)
    token, secret = services.make_token(actor=actor, name="Sheet", can_write=True, days=30)
    services.end_token(actor=actor, token=token)
    events = list(Event.objects.order_by("at").values("verb", "actor_id", "data"))
    assert [each["verb"] for each in events] == ["token.made", "token.ended"]
    assert {each["actor_id"] for each in events} == {person.id}
    assert secret not in str(events)
    assert tokens.digest_of(secret) not in str(events)


def test_there_is_a_limit_to_how_many(person: Person) -> None:
    actor = make.actor_of(person)
    for _number in range(services.MOST_TOKENS):
        make.make_token(person)
    with pytest.raises(errors.Invalid, match="tokens_too_many"):
        services.make_token(actor=actor, name="One more", can_write=False, days=30)
    assert client_of(person).post(ADD, SAID).status_code == 422


@pytest.mark.parametrize("days", [0, 367])
def test_no_token_works_for_ever(person: Person, days: int) -> None:
    with pytest.raises(errors.Invalid, match="token_days"):
        services.make_token(actor=make.actor_of(person), name="Sheet", can_write=False, days=days)


def test_erasing_a_person_deletes_their_tokens_and_their_file_lists_them(person: Person) -> None:
    secret = make.make_token(person)
    listed = own_data.dump(own_data.get_own_data(person))["tokens"]
    assert [each["name"] for each in listed] == ["A sheet"]
    assert secret not in str(listed)
    erasure.forget_person(person.id)
    assert not ApiToken.objects.exists()


def test_a_token_is_in_no_log(person: Person, caplog: pytest.LogCaptureFixture) -> None:
    secret = make.make_token(person)
    assert ask(secret) == 200
    assert Client(headers={"Authorization": f"Bearer {secret}"}).get("/api/v1/units/none/readings").status_code == 404
    assert ask(f"{secret}wrong") == 401
    assert caplog.records
    assert secret not in "".join(str(vars(record).get("message")) + str(record.args) for record in caplog.records)
