"""Asking once more, before something dangerous, whether it is still the person who signed in.

A view calls `require_recent(request)` first, on GET as on POST. Whoever signed in or confirmed within the last quarter
of an hour passes; anybody else is sent to confirm (by code, password or passkey) and comes back.
"""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from collegium.people.models import Account
from collegium.people.sign_in_errors import TooManyRequests

RECENT_S = 15 * 60
CODE_KEY = "collegium_confirm_code"


class ConfirmationNeeded(Exception):
    """Raised by `require_recent`; the middleware turns it into the way to confirm and back."""

    def __init__(self, back: str) -> None:
        self.back = back
        super().__init__()


def account_of(request: HttpRequest) -> Account:
    """Return the account that is signed in, behind a view that asks for one."""
    assert isinstance(request.user, Account)  # noqa: S101 tells the type checker what `login_required` ensures
    return request.user


def is_recent(request: HttpRequest) -> bool:
    """Say whether the person has shown who they are within the last quarter of an hour."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < RECENT_S


def require_recent(request: HttpRequest, *, back: str = "") -> None:
    """Pass when the person has shown recently who they are; else send them to confirm and back to this address.

    A form that was sent is shown again afterwards, not sent again. An address that answers POST alone names another
    page to come `back` to, by its name or its path.
    """
    if not is_recent(request):
        raise ConfirmationNeeded(resolve_url(back) if back else request.get_full_path())


def confirm_url(back: str) -> str:
    """Return the address of the page that asks, which then goes back."""
    return f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}"


def redirect_to_confirm(request: HttpRequest, needed: ConfirmationNeeded) -> HttpResponse:
    """Answer `ConfirmationNeeded`."""
    url = confirm_url(needed.back)
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def safe_next(request: HttpRequest) -> str:
    """Return the address to go back to, never one of another site."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    is_safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if is_safe else reverse("account_settings")


def confirm(request: HttpRequest, method: str) -> None:
    """Write down that the person has just shown who they are, and forget any code that is still on its way."""
    request.session.pop(CODE_KEY, None)
    record_authentication(request, request.user, method=method, reauthenticated=True)


class ConfirmationCode(AbstractCodeVerificationProcess):
    """A code sent to the person's own address, kept in their session until it is typed, wrong three times, or old."""

    def __init__(self, request: HttpRequest, state: dict[str, Any]) -> None:
        self.request = request
        super().__init__(max_attempts=3, timeout=RECENT_S, state=state, user=request.user)

    @classmethod
    def start(cls, request: HttpRequest) -> None:
        """Send a code."""
        email = account_of(request).email
        if not ratelimit.consume(request, action="request_login_code", key=email):
            raise TooManyRequests
        process = cls(request, cls.initial_state(user=request.user, email=email))
        process.send()
        process.persist()

    @classmethod
    def resume(cls, request: HttpRequest) -> ConfirmationCode | None:
        """Return the code that is on its way to this person, or None."""
        state = request.session.get(CODE_KEY)
        if not state or state.get("user_id") != str(request.user.pk):
            return None
        process: ConfirmationCode | None = cls(request, state).abort_if_invalid()
        return process

    def send(self) -> None:
        """Make the code and mail it."""
        self.state["code"] = get_adapter().generate_login_code()
        get_adapter().send_mail("account/email/confirm_code", self.state["email"], {"code": self.state["code"]})

    def persist(self) -> None:
        """Keep how it stands."""
        self.request.session[CODE_KEY] = self.state

    def abort(self) -> None:
        """Forget the code."""
        self.request.session.pop(CODE_KEY, None)
