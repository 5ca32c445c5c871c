"""The ways in, and the page of questions. Nothing here is logged, counted or kept: when somebody answered is
nobody's business.

The form needs no protection against forged requests of its own: it carries a signed ticket that no other site can know,
and whatever comes without one is refused.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from collegium.base import tenancy, time
from collegium.base.errors import CollegiumError, Conflict, Invalid, NotFound, sentence
from collegium.listen import tickets
from collegium.listen.enums import WayIn
from collegium.listen.forms import answering as forms
from collegium.listen.languages import speaking
from collegium.listen.presenters import answering as presenter
from collegium.listen.queries import invitations, versions, ways_in
from collegium.listen.services import answering
from collegium.listen.services.answering import Filled, NotTaken
from collegium.listen.tickets import Ticket
from collegium.people.sign_in_errors import TooManyRequests
from collegium.people.views.frame import ActorRequest, get_or_post, signed_in

logger = logging.getLogger(__name__)
COOKIE = "collegium_ticket"
COOKIE_SECONDS = 3 * 60 * 60


# --- the ways in ------------------------------------------------------------------------------------------------------
@require_safe
@never_cache
def answer_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take a personal link out of the address, where a browser would remember it, and go on to the questions."""
    invitation = ways_in.find_by_token(token)
    return _let_in(invitation.pulse, tickets.begin(invitation.pulse, invitation_id=invitation.id))


@require_safe
@never_cache
@signed_in
def answer(request: ActorRequest, pulse_id: uuid.UUID) -> HttpResponse:
    """Let somebody who is signed in answer what they are asked."""
    invitation = invitations.get_invitation_for(request.actor, pulse_id)
    if invitation.way != WayIn.LINK:
        raise Conflict("by_slip")
    return _let_in(invitation.pulse, tickets.begin(invitation.pulse, invitation_id=invitation.id))


@get_or_post
@never_cache
def answer_by_code(request: HttpRequest, pulse_id: uuid.UUID) -> HttpResponse:
    """Ask for the code of a slip. Whoever was here before leaves nothing for whoever comes next."""
    pulse = ways_in.find_pulse(pulse_id)
    is_shared = "shared" in request.GET
    form = forms.CodeForm(request.POST if request.method == "POST" else None)
    if is_shared:
        del form.fields["shared"]
    try:
        answering.check_window(pulse, time.now())
        if form.is_valid():
            ticket = _try_code(request, pulse, form.cleaned_data["code"], is_shared or form.cleaned_data["shared"])
            return _let_in(pulse, ticket)
    except Conflict as error:
        if error.code != "code_used":
            return _refuse(request, pulse, error, status=200)
        form.add_error("code", sentence(error))
    except Invalid as error:
        form.add_error("code", sentence(error))
    page = presenter.present_code(pulse, is_shared=is_shared, was_sent="sent" in request.GET)
    status = 422 if form.errors else 200
    return _forget(render(request, "listen/answer_code.html", {"page": page, "form": form}, status=status), pulse_id)


def _try_code(request: HttpRequest, pulse: Any, code: str, is_shared: bool) -> Ticket:
    """Return a ticket for a code that fits. Only those that do not are counted: of the others nothing is noted."""
    if not ratelimit.consume(request, action="slip_code", dry_run=True):
        raise TooManyRequests
    try:
        with tenancy.community_scope(pulse.community_id):
            answering.find_slip(pulse, code)
    except Invalid:
        ratelimit.consume(request, action="slip_code")
        raise
    return tickets.begin(pulse, code=code, is_shared=is_shared)


def _let_in(pulse: Any, ticket: Ticket) -> HttpResponse:
    """Go on to the questions with a ticket. After closing none is given out, so that one from before still counts."""
    response = redirect("listen:answer_sheet", pulse.id)
    response["Referrer-Policy"] = "no-referrer"
    if time.now() <= pulse.closes_at:
        response.set_cookie(
            COOKIE,
            tickets.write(ticket),
            max_age=COOKIE_SECONDS,
            path=_path(pulse.id),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def _path(pulse_id: uuid.UUID) -> str:
    return reverse("listen:answer_by_code", args=[pulse_id])


def _forget(response: HttpResponse, pulse_id: uuid.UUID) -> HttpResponse:
    response.delete_cookie(COOKIE, path=_path(pulse_id), samesite="Lax")
    return response


# --- the questions ----------------------------------------------------------------------------------------------------
@csrf_exempt
@get_or_post
@never_cache
def answer_sheet(request: HttpRequest, pulse_id: uuid.UUID) -> HttpResponse:
    """Show the questions, and take the answers."""
    if request.method == "POST":
        return _take(request, pulse_id)
    ticket = tickets.read(request.COOKIES.get(COOKIE, ""), pulse_id)
    if ticket is None:
        return _show_none(request, pulse_id)
    pulse = ways_in.find_pulse_of(ticket)
    with tenancy.community_scope(ticket.community_id):
        try:
            answering.check_window(pulse, ticket.started_at)
            _check_not_answered(pulse, ticket)
        except (Conflict, Invalid) as error:
            return _forget(_refuse(request, pulse, error, status=200), pulse_id)
        page = presenter.present_sheet(pulse, ticket)
    return _show(request, pulse, page, status=200)


def _show_none(request: HttpRequest, pulse_id: uuid.UUID) -> HttpResponse:
    """Say what there is to do for somebody without a ticket: they have handed in, or come too late, or begin again."""
    pulse = ways_in.find_pulse(pulse_id)
    try:
        answering.check_window(pulse, time.now())
    except Conflict as error:
        return _refuse(request, pulse, error, status=200)
    return render(request, "listen/answer_none.html", {"code_url": presenter.code_url(pulse_id)})


def _check_not_answered(pulse: Any, ticket: Ticket) -> None:
    if ticket.invitation_id is None:
        answering.find_slip(pulse, ticket.code)
    elif ways_in.find_invitation(ticket).answered:
        raise Conflict("answered_already")


def _take(request: HttpRequest, pulse_id: uuid.UUID) -> HttpResponse:
    """Hand in a sheet. What cannot be taken comes back with all that was typed."""
    ticket = tickets.read(request.POST.get(forms.TICKET, ""), pulse_id)
    if ticket is None:
        raise NotFound("link_unknown")
    pulse = ways_in.find_pulse_of(ticket)
    instrument = versions.read(pulse.instrument)
    sheet = forms.Sheet()
    try:
        forms.check_version(request.POST, pulse.instrument_id)
        sheet = forms.read_sheet(instrument, request.POST)
        forms.check_sheet(instrument, sheet, pulse.language, pulse.referent)
        _hand_in(pulse, ticket, Filled(answers=sheet.answers, remarks=sheet.remarks, started_at=ticket.started_at))
    except (Conflict, Invalid) as error:
        with tenancy.community_scope(ticket.community_id):
            return _give_back(request, pulse, ticket, sheet, error)
    return _forget(HttpResponseRedirect(presenter.done_url(ticket)), pulse_id)


def _give_back(
    request: HttpRequest, pulse: Any, ticket: Ticket, sheet: forms.Sheet, error: CollegiumError
) -> HttpResponse:
    if error.code in ("answered_already", "code_used"):
        return _forget(_refuse(request, pulse, error, status=error.status, ticket=ticket), pulse.id)
    page = presenter.present_sheet(pulse, ticket, typed=request.POST, wrong=sheet.wrong + sheet.too_long, error=error)
    return _show(request, pulse, page, status=error.status)


def _hand_in(pulse: Any, ticket: Ticket, filled: Filled) -> None:
    try:
        if ticket.invitation_id is None:
            answering.hand_in_slip(pulse=pulse, code=ticket.code, filled=filled)
        else:
            answering.hand_in(pulse=pulse, invitation_id=ticket.invitation_id, filled=filled)
    except (OperationalError, OSError) as error:
        # A database or a disk that refuses has taken nothing. Its message could say what was to be written.
        logger.error("a sheet could not be taken: %s", type(error).__name__)
        raise NotTaken("sheets_not_taken") from error


@require_safe
@never_cache
def answer_thanks(request: HttpRequest, pulse_id: uuid.UUID) -> HttpResponse:
    """Say thank you, and when the results come. Nothing on this page is about who opens it."""
    pulse = ways_in.find_pulse(pulse_id)
    page = presenter.present_thanks(pulse, time.now())
    return _in_language(pulse, lambda: render(request, "listen/answer_after.html", {"page": page}))


# --- pages ------------------------------------------------------------------------------------------------------------
def _show(request: HttpRequest, pulse: Any, page: presenter.SheetPage, *, status: int) -> HttpResponse:
    return _in_language(pulse, lambda: render(request, "listen/answer.html", {"page": page}, status=status))


def _refuse(
    request: HttpRequest, pulse: Any, error: CollegiumError, *, status: int, ticket: Ticket | None = None
) -> HttpResponse:
    """Say why there is nothing to answer, without a word of what anybody answered."""

    def draw() -> HttpResponse:
        page = presenter.present_refusal(pulse, error, time.now(), ticket)
        return render(request, "listen/answer_after.html", {"page": page}, status=status)

    return _in_language(pulse, draw)


def _in_language(pulse: Any, draw: Callable[[], HttpResponse]) -> HttpResponse:
    with speaking(pulse.language):
        return draw()
