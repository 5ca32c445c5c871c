"""Accounts and the persons they act as, also where one account belongs to several communities."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from collegium.base import tenancy
from collegium.people.models import Account, Person
from collegium.people.services import accounts, persons
from tests import factories
from tests.people.sign_in.helpers import CONFIRM, ask_for_code, client_of

pytestmark = pytest.mark.django_db

EMAIL = "ada@school.example"


def person_in_two() -> tuple[Person, Person, Account]:
    """One account that is a person in two communities."""
    here = factories.make_person(factories.make_community(), email=EMAIL)
    there = factories.make_person(factories.make_community(), email=EMAIL)
    account = accounts.ensure_account(EMAIL)
    assert account is not None
    accounts.link_persons(account)
    here.refresh_from_db()
    there.refresh_from_db()
    return here, there, account


def test_an_account_is_made_once_and_only_for_somebody_invited() -> None:
    factories.make_person(factories.make_community(), email=EMAIL)
    assert accounts.ensure_account("Ada@School.example ") == accounts.ensure_account(EMAIL)
    assert accounts.ensure_account("stranger@school.example") is None
    assert accounts.ensure_account("") is None
    assert Account.objects.count() == 1


def test_a_person_without_an_address_never_gets_an_account() -> None:
    nobody = factories.make_person(factories.make_community())
    Person.objects.filter(id=nobody.id).update(email="")
    assert accounts.ensure_account("") is None


def test_erasing_oneself_in_one_community_leaves_the_other_alone() -> None:
    here, there, account = person_in_two()
    with tenancy.community_scope(here.community_id):
        persons.erase_person(actor=factories.actor_of(here), person=here)
    there.refresh_from_db()
    assert there.account == account
    assert client_of(there).get("/account/").status_code == 200


def test_the_last_erasure_takes_the_account_along() -> None:
    here, there, _account = person_in_two()
    for person in (here, there):
        with tenancy.community_scope(person.community_id):
            persons.erase_person(actor=factories.actor_of(person), person=person)
    assert not Account.objects.exists()


def test_no_session_remembers_the_address_of_somebody_erased() -> None:
    person = factories.make_person(factories.make_community(), email=EMAIL)
    devices = [Client(), Client()]
    for device in devices:
        device.post(CONFIRM, {"code": ask_for_code(device, EMAIL)})
    device.post("/me/data/erase/", {"understood": "on"})
    person.refresh_from_db()
    assert person.erased_at is not None
    assert not [session for session in Session.objects.all() if EMAIL in repr(session.get_decoded())]
    assert [device.get("/me/").status_code for device in devices] == [302, 302]


def test_linking_lets_go_of_persons_whose_address_has_changed() -> None:
    here, there, account = person_in_two()
    Person.objects.filter(id=here.id).update(email="ada.new@school.example")
    accounts.link_persons(account)
    assert list(Person.objects.filter(account=account)) == [there]


def test_two_persons_may_swap_addresses() -> None:
    """One community holds one person for an account, so the old tie must go before the new one comes."""
    community = factories.make_community()
    ada = factories.make_person(community, email=EMAIL, account=True)
    bea = factories.make_person(community, email="bea@school.example", account=True)
    Person.objects.filter(id=ada.id).update(email="swapping@school.example")
    Person.objects.filter(id=bea.id).update(email=EMAIL)
    Person.objects.filter(id=ada.id).update(email="bea@school.example")
    for email in (EMAIL, "bea@school.example"):
        account = accounts.ensure_account(email)
        assert account is not None
        accounts.link_persons(account)
    ada.refresh_from_db()
    bea.refresh_from_db()
    assert (ada.account.email, bea.account.email) == ("bea@school.example", EMAIL)  # type: ignore[union-attr]
