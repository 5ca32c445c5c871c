"""What a person sees of their own sign-in: passkeys and the devices they are signed in on."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _

from collegium.people.errors import NotFound
from collegium.people.models import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    """A passkey as its owner knows it."""

    id: int
    name: str
    added_at: dt.datetime
    used_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A browser that is signed in."""

    id: int
    name: str
    address: str
    since: dt.datetime
    is_this: bool


# The order matters: most browsers claim to be several.
_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Android", "Android"),
    (r"CrOS", "Chromebook"),
    (r"Windows", "Windows"),
    (r"Macintosh|Mac OS", "Mac"),
    (r"Linux", "Linux"),
)


def list_passkeys(account: Account) -> list[Passkey]:
    """Return the passkeys of an account, oldest first."""
    return [
        Passkey(id=row.pk, name=row.wrap().name, added_at=row.created_at, used_at=row.last_used_at)
        for row in Authenticator.objects.filter(user=account, type=Authenticator.Type.WEBAUTHN).order_by("created_at")
    ]


def get_passkey_of(account: Account, passkey_id: str) -> Authenticator:
    """Return a passkey of this account; NotFound for any other."""
    rows = Authenticator.objects.filter(user=account, type=Authenticator.Type.WEBAUTHN)
    row = rows.filter(pk=passkey_id).first() if passkey_id.isdecimal() else None
    if row is None:
        raise NotFound
    return row


def list_devices(account: Account) -> list[Device]:
    """Return where the account is signed in, newest first; sessions that have run out are cleared away."""
    sessions = UserSession.objects.purge_and_list(account)
    return [
        Device(
            id=session.pk,
            name=name_browser(session.user_agent),
            address=session.ip,
            since=session.created_at,
            is_this=session.is_current(),
        )
        for session in sorted(sessions, key=lambda session: session.created_at, reverse=True)
    ]


def get_sessions_of(account: Account, device_id: str) -> list[UserSession]:
    """Return the session of this account with the id, or all others than the current one for an empty id."""
    sessions = UserSession.objects.filter(user=account)
    if not device_id:
        return [session for session in sessions if not session.is_current()]
    found = list(sessions.filter(pk=device_id)) if device_id.isdecimal() else []
    if not found:
        raise NotFound
    return found


def name_browser(user_agent: str) -> str:
    """Say in a few words what a browser calls itself."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for pattern, name in _SYSTEMS if re.search(pattern, user_agent)), "")
    if browser and system:
        return _("{browser} on {system}").format(browser=browser, system=system)
    return browser or system or _("An unknown browser")
