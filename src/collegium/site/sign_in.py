"""Settings of sign-in (django-allauth): code by email, password, passkey, and the community's own OpenID Connect.

Nobody signs up: an account exists because a person with that address does (collegium.people.services.accounts).
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from collegium.site import env

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

# --- sessions: over when the browser closes, for shared staff-room computers, unless the person asks for longer -------
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# --- accounts ---------------------------------------------------------------------------------------------------------
ACCOUNT_ADAPTER = "collegium.people.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the code that a person signs in with is the verification
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # our own view writes to them; see collegium.people.views.sign_in
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email"]},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# --- codes: digits for the sake of phones, eight of them because anybody may ask for one again and again --------------
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": True, "length": 8}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3

# --- limits: kept in the database's cache, so a restart forgets none; a whole school shares one address
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "request_login_code": "60/m/ip,400/h/ip,3/m/key,12/h/key",
    "confirm_code": "200/m/ip,10/15m/key",
    "reauthenticate": "10/m/user",
    "slip_code": "30/m/ip,300/h/ip",  # codes on slips that do not fit; of those that do, nothing is noted
    "change_password": "5/m/user",
}
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}

# --- passkeys: one more way in, not a second step; losing one locks nobody out ----------------------------------------
MFA_ADAPTER = "collegium.people.adapters.PasskeyAdapter"
MFA_FORMS = {"login_webauthn": "collegium.people.sign_in_forms.PasskeySignInForm"}
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_REAUTHENTICATION_REQUIRED = False  # collegium.people.reauthentication asks, for those without a password as well

# --- the community's own sign-in: any issuer of OpenID Connect --------------------------------------------------------
SOCIALACCOUNT_ADAPTER = "collegium.people.adapters.IssuerAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
GOOGLE = "https://accounts.google.com"
MICROSOFT = "https://login.microsoftonline.com/{tenant}/v2.0"


def _issuer(
    provider_id: str, prefix: str, name: str, server_url: str, email_domains: list[str]
) -> list[dict[str, Any]]:
    """Return the issuer in allauth's form, or nothing when it is not set up."""
    client_id = env.text(
        f"{prefix}_CLIENT_ID", "", meaning=f"the id that {name} gave this site", example="collegium-1234"
    )
    secret = env.text(
        f"{prefix}_CLIENT_SECRET", "", meaning=f"the secret that {name} gave this site", example="s3cr3t", secret=True
    )
    if not (client_id or secret or (server_url and server_url != GOOGLE)):
        return []
    missing = [
        what
        for what, value in {
            "the issuer or tenant": server_url,
            f"{prefix}_CLIENT_ID": client_id,
            f"{prefix}_CLIENT_SECRET": secret,
        }.items()
        if not value
    ]
    if missing:
        raise ImproperlyConfigured(
            f"Sign-in with {name} is only half set up: {', '.join(missing)} is missing. "
            f"Give it, or take the other {prefix}_ variables away."
        )
    settings = {"server_url": server_url, "oauth_pkce_enabled": True, "email_domains": email_domains}
    return [{"provider_id": provider_id, "name": name, "client_id": client_id, "secret": secret, "settings": settings}]


def _google() -> list[dict[str, Any]]:
    return _issuer("google", "COLLEGIUM_GOOGLE", "Google", GOOGLE, [])


def _microsoft() -> list[dict[str, Any]]:
    tenant = env.text(
        "COLLEGIUM_MICROSOFT_TENANT",
        "",
        meaning="the id or domain of your own Microsoft Entra tenant",
        example="district.example.org",
    )
    domains = env.items(
        "COLLEGIUM_MICROSOFT_EMAIL_DOMAINS",
        [],
        meaning="the domains of the addresses that your tenant vouches for",
        example="district.example.org,school.example.org",
    )
    if tenant.lower() in {"common", "organizations", "consumers"}:
        raise ImproperlyConfigured(
            f"COLLEGIUM_MICROSOFT_TENANT is {tenant!r}, but must be your own tenant: with {tenant!r} anybody who runs "
            "one could claim anybody's address. For example: COLLEGIUM_MICROSOFT_TENANT=district.example.org"
        )
    server_url = MICROSOFT.format(tenant=tenant) if tenant else ""
    apps = _issuer("microsoft", "COLLEGIUM_MICROSOFT", "Microsoft", server_url, domains)
    if apps and not domains:
        raise ImproperlyConfigured(
            "COLLEGIUM_MICROSOFT_EMAIL_DOMAINS is missing. Microsoft does not say whether an address is verified; name "
            "the domains that are yours. For example: COLLEGIUM_MICROSOFT_EMAIL_DOMAINS=district.example.org"
        )
    return apps


def _any_issuer() -> list[dict[str, Any]]:
    name = env.text(
        "COLLEGIUM_OIDC_NAME",
        "your school account",
        meaning='what the button says after "Sign in with"',
        example="your district account",
    )
    server_url = env.issuer(
        "COLLEGIUM_OIDC_ISSUER",
        "",
        meaning="the address of your own OpenID Connect issuer",
        example="https://id.district.example.org/realms/staff",
    )
    domains = env.items(
        "COLLEGIUM_OIDC_EMAIL_DOMAINS",
        [],
        meaning="the domains whose addresses count as verified although the issuer does not say so",
        example="district.example.org",
    )
    return _issuer("school", "COLLEGIUM_OIDC", name, server_url, domains)


SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [*_google(), *_microsoft(), *_any_issuer()]}}
