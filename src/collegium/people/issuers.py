"""Issuers of OpenID Connect: which are set up, and when to believe what they say about an address.

Only an address that the issuer vouches for may open an account. An issuer vouches by `email_verified`; one that never
says so (Microsoft Entra does not) is believed for the domains named in the settings, and then only about its own
people: a guest's address is the word of somebody else's tenant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings

# Here and not by an app of the settings: a client for the web need not be loaded to add a person to a list.
registry.register(OpenIDConnectProvider)


@dataclass(frozen=True, slots=True)
class Issuer:
    """One issuer as the sign-in page names it."""

    id: str
    name: str


class IssuerFlow(OpenIDConnectOAuth2Adapter):
    """The flow as the standard has it: an issuer that does not say how to show the secret takes it as HTTP Basic."""

    @property
    def basic_auth(self) -> bool:
        """Whether to show the secret as HTTP Basic."""
        return "client_secret_basic" in self.openid_config.get(
            "token_endpoint_auth_methods_supported", ["client_secret_basic"]
        )


def list_issuers() -> list[Issuer]:
    """Return the issuers of the settings, in their order."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return [Issuer(app["provider_id"], app["name"]) for app in apps]


def verified_email(sociallogin: SocialLogin) -> str | None:
    """Return the address that the issuer vouches for, in lower case, or None."""
    claims: Mapping[str, Any] = sociallogin.account.extra_data
    id_token, userinfo = claims.get("id_token") or {}, claims.get("userinfo") or {}
    if not id_token or (userinfo and userinfo.get("sub") != id_token.get("sub")):
        return None  # what the two say must be about one person
    source = userinfo if userinfo.get("email") else id_token
    email = str(source.get("email") or "").strip().lower()
    if not email:
        return None
    said = source.get("email_verified")
    if said is True or said == "true":
        return email
    return email if _is_trusted(sociallogin, email, source, id_token) else None


def _is_trusted(sociallogin: SocialLogin, email: str, source: Mapping[str, Any], id_token: Mapping[str, Any]) -> bool:
    domains = {domain.lower() for domain in sociallogin.provider.app.settings.get("email_domains", ())}
    # It does say, and says no: what userinfo leaves out may stand in the token.
    denies = "email_verified" in source or "email_verified" in id_token
    is_guest = id_token.get("idp", id_token.get("iss")) != id_token.get("iss")
    return not denies and not is_guest and email.rpartition("@")[2] in domains
