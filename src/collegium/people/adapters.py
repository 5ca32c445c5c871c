"""Where django-allauth meets this house: who may sign in, as whom, and in which words they are told."""

from __future__ import annotations

import smtplib
from contextlib import suppress
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from collegium.people import issuers
from collegium.people.models import Account
from collegium.people.services import accounts
from collegium.people.sign_in_errors import MailNotSent

# What a person is told on the next page; allauth would say more, and render a template for each.
MESSAGES = {
    "account/messages/logged_out.txt": _("You have signed out."),
    "account/messages/password_set.txt": _(
        "Your password is set. Other browsers that were signed in as you are signed out."
    ),
    "mfa/messages/webauthn_added.txt": _("The passkey is added. You can sign in with it from now on."),
    "mfa/messages/webauthn_removed.txt": _(
        "The passkey is removed. Remove it on your device as well, so that it is not offered any more."
    ),
}


class AccountAdapter(DefaultAccountAdapter):
    """Signing in by code, password or passkey; nobody signs up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "This address and this password do not belong together. Try again, or sign in with a code instead."
        ),
        "incorrect_code": _("This is not the code that we sent last. Look at the newest mail and type it again."),
        "incorrect_password": _("This is not your password. Try again, or confirm with a code instead."),
        "too_many_login_attempts": _("This was tried too often. Wait a few minutes and try again."),
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Say no: people are invited."""
        return False

    def get_login_stages(self) -> list[str]:
        """Keep the code as the one stage; a passkey is a way in of its own, not a second step."""
        return ["allauth.account.stages.LoginByCodeStage"]

    def format_email_subject(self, subject: str) -> str:
        """Leave the subject as the template has it."""
        return str(subject)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002 no message of ours needs any
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what is worth saying."""
        if text := message or MESSAGES.get(message_template or ""):
            messages.add_message(request, level, text, extra_tags=extra_tags)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail, or say in words that it cannot be sent."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, smtplib.SMTPException) as error:
            raise MailNotSent from error

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell a person that their sign-in has changed; they keep the change even when the mail cannot go out."""
        with suppress(MailNotSent):
            super().send_notification_mail(template_prefix, user, context, email or user.email)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Tie the account to its persons, and end the session with the browser unless asked to keep it."""
        accounts.link_persons(user)
        request.session.set_expiry(settings.SESSION_COOKIE_AGE if request.POST.get("remember") else 0)
        return super().post_login(request, user, **kwargs)


class PasskeyAdapter(DefaultMFAAdapter):
    """What a device shows of a passkey, and what a person reads when it does not fit."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This passkey does not fit, or was removed here. Try again, or use a code instead."),
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return the site as devices know it."""
        return {"id": current.request.get_host().partition(":")[0], "name": "Collegium"}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """Return the person as their own device shows them: by the address they sign in with."""
        return {**super().get_public_key_credential_user_entity(user), "display_name": user.email}


class IssuerAdapter(DefaultSocialAccountAdapter):
    """Signing in through an issuer of OpenID Connect, matched by verified address every time and stored nowhere."""

    def is_open_for_signup(self, _request: HttpRequest, _sociallogin: SocialLogin) -> bool:
        """Say no: people are invited."""
        return False

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[Account, str] | None:
        """Return the account of the address that the issuer vouches for."""
        email = issuers.verified_email(sociallogin)
        account = accounts.ensure_account(email, is_proven=True) if email else None
        return (account, account.email) if account and account.is_active else None

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Stop whoever was not matched, and anything else than signing in."""
        is_sign_in = sociallogin.state.get("process") == AuthProcess.LOGIN
        email = issuers.verified_email(sociallogin)
        if is_sign_in and email and getattr(sociallogin.user, "email", "") == email and sociallogin.is_existing:
            return
        page = render(request, "socialaccount/not_matched.html", {"issuer": sociallogin.provider.name}, status=403)
        raise ImmediateHttpResponse(page)
