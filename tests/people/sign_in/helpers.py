"""Browsers that are signed in, for tests of what comes after."""

from __future__ import annotations

import re
import time
from typing import Any

from django.core import mail
from django.test import Client

from collegium.people.models import Account, Person
from collegium.people.services import accounts

LOGIN = "/account/login/"
CONFIRM = "/account/login/code/confirm/"


def client_of(person: Person, *, shown_s_ago: float = 0, **headers: Any) -> Client:
    """Return a browser in which the person has shown who they are so many seconds ago."""
    account = accounts.ensure_account(person.email, is_proven=True)
    assert account is not None
    accounts.link_persons(account)
    person.refresh_from_db()
    client = Client(**headers)
    client.force_login(account)
    show(client, account, shown_s_ago)
    return client


def show(client: Client, account: Account, seconds_ago: float) -> None:
    """Put into the session that the person showed who they are so long ago."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": time.time() - seconds_ago}]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()


def ask_for_code(client: Client, email: str, **extra: str) -> str:
    """Ask for a code to sign in and return the one that was mailed, or an empty text."""
    response = client.post(LOGIN, {"email": email, **extra})
    assert response.status_code == 302, response.content.decode()
    return mailed_code()


def mailed_code() -> str:
    """Return the code of the newest mail, or an empty text."""
    found = re.search(r"\b\d{4}-\d{4}\b", str(mail.outbox[-1].body))
    return found.group() if found else ""
