"""Issuers are set up by the environment; what is half set up or unsafe stops the start with a sentence that helps."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from collegium.site import sign_in

Read = Callable[[dict[str, str]], list[dict[str, Any]]]

GOOGLE = {"COLLEGIUM_GOOGLE_CLIENT_ID": "id", "COLLEGIUM_GOOGLE_CLIENT_SECRET": "hush"}
MICROSOFT = {
    "COLLEGIUM_MICROSOFT_TENANT": "district.example.org",
    "COLLEGIUM_MICROSOFT_CLIENT_ID": "id",
    "COLLEGIUM_MICROSOFT_CLIENT_SECRET": "hush",
    "COLLEGIUM_MICROSOFT_EMAIL_DOMAINS": "district.example.org, school.example.org",
}
ANY = {
    "COLLEGIUM_OIDC_ISSUER": "https://id.example.org/realms/staff",
    "COLLEGIUM_OIDC_CLIENT_ID": "id",
    "COLLEGIUM_OIDC_CLIENT_SECRET": "hush",
}


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Iterator[Read]:
    """Return a function that reads the settings anew from an environment."""
    for name in list(os.environ):
        if name.startswith(("COLLEGIUM_GOOGLE", "COLLEGIUM_MICROSOFT", "COLLEGIUM_OIDC")):
            monkeypatch.delenv(name)

    def read_from(environment: dict[str, str]) -> list[dict[str, Any]]:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return importlib.reload(sign_in).SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]

    yield read_from
    monkeypatch.undo()
    importlib.reload(sign_in)


def test_without_settings_no_issuer_is_offered(read: Read) -> None:
    assert read({}) == []


def test_all_three_can_be_offered_at_once(read: Read) -> None:
    apps = read(GOOGLE | MICROSOFT | ANY)
    assert [(app["provider_id"], app["name"], app["settings"]["server_url"]) for app in apps] == [
        ("google", "Google", "https://accounts.google.com"),
        ("microsoft", "Microsoft", "https://login.microsoftonline.com/district.example.org/v2.0"),
        ("school", "your school account", "https://id.example.org/realms/staff"),
    ]
    assert all(app["settings"]["oauth_pkce_enabled"] for app in apps)
    assert apps[1]["settings"]["email_domains"] == ["district.example.org", "school.example.org"]


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"COLLEGIUM_GOOGLE_CLIENT_ID": "id"}, "COLLEGIUM_GOOGLE_CLIENT_SECRET is missing"),
        ({"COLLEGIUM_OIDC_ISSUER": "https://id.example.org"}, "COLLEGIUM_OIDC_CLIENT_ID, COLLEGIUM_OIDC_CLIENT_SECRET"),
        ({**MICROSOFT, "COLLEGIUM_MICROSOFT_TENANT": "common"}, "must be your own tenant"),
        ({**MICROSOFT, "COLLEGIUM_MICROSOFT_TENANT": ""}, "the issuer or tenant is missing"),
        ({**MICROSOFT, "COLLEGIUM_MICROSOFT_EMAIL_DOMAINS": ""}, "name the domains that are yours"),
        ({**ANY, "COLLEGIUM_OIDC_ISSUER": "http://id.example.org"}, "must be an https address"),
        ({**ANY, "COLLEGIUM_OIDC_ISSUER": "id.example.org"}, "must be an https address"),
    ],
)
def test_what_is_half_or_unsafe_is_refused_with_what_to_do(
    read: Read, environment: dict[str, str], sentence: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=sentence) as refusal:
        read(environment)
    assert "hush" not in str(refusal.value)


def test_an_issuer_on_this_very_machine_needs_no_https(read: Read) -> None:
    assert read({**ANY, "COLLEGIUM_OIDC_ISSUER": "http://127.0.0.1:9000"})
