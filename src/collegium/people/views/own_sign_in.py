"""Pages of a person about their own sign-in: password, passkeys, devices, and confirming that it is still them."""

from __future__ import annotations

import json
from typing import Any

from allauth.account.internal.flows import password_change
from allauth.decorators import rate_limit
from allauth.mfa.webauthn.internal import auth as passkeys_of_allauth
from allauth.mfa.webauthn.internal import flows as passkey_flows
from allauth.usersessions.internal.flows import sessions as session_flows
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from collegium.base import time
from collegium.people import reauthentication
from collegium.people.queries import own_sign_in, tokens
from collegium.people.reauthentication import account_of
from collegium.people.sign_in_forms import (
    ConfirmCodeForm,
    ConfirmPasskeyForm,
    ConfirmPasswordForm,
    NewPasswordForm,
    PasskeyForm,
)

UNPROCESSABLE = 422


@login_required
def settings(request: HttpRequest) -> HttpResponse:
    """Show how the person signs in."""
    passkeys = own_sign_in.list_passkeys(account_of(request))
    devices = own_sign_in.list_devices(account_of(request))
    actor = request.actor  # type: ignore[attr-defined]
    shown = {
        "passkeys": passkeys,
        "devices": devices,
        "has_tokens": actor is not None,
        "tokens": tokens.list_own_tokens(actor) if actor else [],
        "today": time.today(),
    }
    return render(request, "account/settings.html", shown)


@login_required
@rate_limit(action="change_password")
@sensitive_post_parameters("password1")
def set_password(request: HttpRequest) -> HttpResponse:
    """Set a password, or another one; the old one is not asked for, because the person has just shown who they are."""
    reauthentication.require_recent(request)
    form = NewPasswordForm(account_of(request), request.POST or None)
    if form.is_valid():
        password_change.change_password(account_of(request), form.cleaned_data["password1"])
        password_change.finalize_password_set(request, request.user)
        return redirect("account_settings")
    return render(request, "account/password_set.html", {"form": form}, status=UNPROCESSABLE if form.is_bound else 200)


@login_required
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Add a passkey of the device at hand."""
    reauthentication.require_recent(request)
    form = PasskeyForm(request.POST or None, user=request.user)
    if form.is_valid():
        answers = form.cleaned_data
        passkey_flows.add_authenticator(request, name=answers["name"], credential=answers["credential"])
        return redirect("account_settings")
    options = passkeys_of_allauth.begin_registration(account_of(request), passwordless=True)
    context = {"form": form, "options": json.dumps(options, cls=DjangoJSONEncoder)}
    return render(request, "mfa/webauthn/add_form.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@login_required
@require_POST
def remove_passkey(request: HttpRequest) -> HttpResponse:
    """Remove a passkey."""
    reauthentication.require_recent(request, back="account_settings")
    passkey = own_sign_in.get_passkey_of(account_of(request), request.POST.get("passkey", ""))
    passkey_flows.remove_authenticator(request, passkey)
    return redirect("account_settings")


@login_required
@require_POST
def end_devices(request: HttpRequest) -> HttpResponse:
    """Sign out one device, or all but this one."""
    sessions = own_sign_in.get_sessions_of(account_of(request), request.POST.get("device", ""))
    session_flows.end_sessions(request, sessions)
    messages.success(request, _("Signed out. Whoever used it has to sign in again."))
    return redirect("account_settings")


@login_required
@rate_limit(action="reauthenticate")
@sensitive_post_parameters("password", "code")
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask the person to show once more who they are, then go back to what they were about to do."""
    way = request.POST.get("way", "")
    back = reauthentication.safe_next(request)
    if way == "send":
        reauthentication.ConfirmationCode.start(request)
        return HttpResponseRedirect(reauthentication.confirm_url(back))
    code = reauthentication.ConfirmationCode.resume(request)
    form = _confirm_form(request, way, code)
    if form is not None and form.is_valid():
        reauthentication.confirm(request, way)
        return HttpResponseRedirect(back)
    if form is not None and way == "code" and code and not code.record_invalid_attempt():
        messages.error(request, _("That was the third wrong code. Ask for a new one."))
        return HttpResponseRedirect(reauthentication.confirm_url(back))
    context = {"form": form, "way": way, "back": back, **_confirm_context(request, way, form, code)}
    return render(request, "account/reauthenticate.html", context, status=UNPROCESSABLE if form is not None else 200)


def _confirm_form(request: HttpRequest, way: str, code: Any) -> Any:
    if way == "password" and account_of(request).has_usable_password():
        return ConfirmPasswordForm(request, request.POST)
    if way == "code" and code:
        return ConfirmCodeForm(request.POST, code=code.code)
    if way == "passkey":
        return ConfirmPasskeyForm(request.POST, user=request.user)
    return None


def _confirm_context(request: HttpRequest, way: str, form: Any, code: Any) -> dict[str, Any]:
    has_passkey = bool(own_sign_in.list_passkeys(account_of(request)))
    options = passkeys_of_allauth.begin_authentication(account_of(request)) if has_passkey else None
    return {
        "code_form": (form if way == "code" else ConfirmCodeForm(code=code.code)) if code else None,
        "password_form": (form if way == "password" else ConfirmPasswordForm(request))
        if account_of(request).has_usable_password()
        else None,
        "options": json.dumps(options, cls=DjangoJSONEncoder) if options else "",
    }
