"""Pages of somebody who is not signed in yet: a code, a password, an issuer, the demo's links.

What they answer never depends on whether an address is known here.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import ConfirmLoginCodeView, LoginView, RequestLoginCodeView
from allauth.core import ratelimit
from allauth.socialaccount.adapter import get_adapter as get_issuer_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from requests import RequestException

from collegium.people import issuers, sign_in_forms
from collegium.people.errors import NotFound
from collegium.people.middleware import PERSON_KEY
from collegium.people.services import demo_links
from collegium.people.sign_in_errors import TooManyRequests

UNPROCESSABLE = 422


class Mendable:
    """A form that cannot be accepted is shown again with the status that says so."""

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """Show the form again."""
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        if response.status_code == 200:
            response.status_code = UNPROCESSABLE
        return response


def _query(context: dict[str, Any]) -> dict[str, Any]:
    """Give the links to other ways in the page that the person was on their way to."""
    wanted = context.get("redirect_field_value")
    return {**context, "query": f"?{urlencode({'next': wanted})}" if wanted else ""}


class SignInView(Mendable, RequestLoginCodeView):
    """The way in: an address to send a code to, and the other ways beside it."""

    form_class = sign_in_forms.AddressForm
    template_name = "account/login.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Write to the address in either case: the code, or that nobody here has it."""
        response: HttpResponse = super().form_valid(form)
        if not form.is_known:
            get_adapter().send_mail("account/email/unknown_account", form.cleaned_data["email"], {})
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the issuers that are set up."""
        return {**_query(super().get_context_data(**kwargs)), "issuers": issuers.list_issuers()}


class CodeView(Mendable, ConfirmLoginCodeView):
    """Takes the code."""

    form_class = sign_in_forms.CodeForm
    template_name = "account/confirm_login_code.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Count the guess before it is looked at: those sent at one moment would all be the session's first."""
        if not ratelimit.consume(request, action="confirm_code", key=request.session.session_key):
            raise TooManyRequests
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Keep where the person was going for when they begin again."""
        return _query(super().get_context_data(**kwargs))


class PasswordView(Mendable, LoginView):
    """Takes a password, for those who have set one."""

    form_class = sign_in_forms.PasswordForm
    template_name = "account/login_password.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Keep where the person was going for the other way in."""
        return _query(super().get_context_data(**kwargs))


def begin_issuer(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the person to their issuer; by link, because the policy for forms holds for all that they redirect to."""
    provider = _get_issuer(request, provider_id)
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return redirect("account_login")  # signing in begins on our own page
    try:
        return provider.redirect(request, AuthProcess.LOGIN, next_url=get_next_redirect_url(request))
    except RequestException as error:
        return render_authentication_error(request, provider, exception=error)


def finish_issuer(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take what the issuer sends back."""
    _get_issuer(request, provider_id)
    flow = issuers.IssuerFlow(request, provider_id)
    return OAuth2CallbackView.adapter_view(flow)(request)


def _get_issuer(request: HttpRequest, provider_id: str) -> Any:
    if provider_id not in {issuer.id for issuer in issuers.list_issuers()}:
        raise NotFound
    return get_issuer_adapter(request).get_provider(request, provider_id)


def demo_sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in as a person of the demo; anywhere else this address does not exist."""
    account, person_id = demo_links.open_link(token)
    get_adapter(request).logout(request)
    record_authentication(request, account, method="demo")
    response: HttpResponse = perform_login(request, Login(user=account, redirect_url="/"))
    request.session[PERSON_KEY] = str(person_id)
    return response
