"""A person's own tokens, by which programs of theirs act as them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from collegium.base.errors import Invalid, sentence
from collegium.people import reauthentication
from collegium.people.forms.tokens import TokenForm
from collegium.people.queries import tokens as queries
from collegium.people.services import tokens as services
from collegium.people.views.frame import ActorRequest, get_or_post, sent, signed_in


@get_or_post
@signed_in
def token_add(request: ActorRequest) -> HttpResponse:
    """Make a token, and show it this once."""
    reauthentication.require_recent(request)
    form = TokenForm(sent(request))
    if form.is_valid():
        try:
            token, secret = services.make_token(actor=request.actor, **form.chosen())
        except Invalid as error:
            form.add_error(None, sentence(error))
        else:
            return render(request, "account/token_made.html", {"token": token, "secret": secret})
    return render(request, "account/token_form.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
@signed_in
def token_end(request: ActorRequest) -> HttpResponse:
    """Let a token work no more."""
    token = queries.get_own_token(request.actor, request.POST.get("token", ""))
    services.end_token(actor=request.actor, token=token)
    messages.success(request, _("It is ended. The program that used it is let in no more."))
    return redirect("account_settings")
