"""One's own reminders, and the secret address for one's calendar."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from collegium.base import calendars, tenancy
from collegium.intend.forms.own_promises import RemindersForm
from collegium.intend.queries import own_promises as queries
from collegium.intend.services import own_promises, reminding
from collegium.people.presenters.forms import FormPage
from collegium.people.views.frame import ActorRequest, answer_form, get_or_post, sent, signed_in


@get_or_post
@signed_in
def my_reminders(request: ActorRequest) -> HttpResponse:
    """Choose how often one is reminded, and look after the address of one's calendar."""

    def act(cleaned: dict[str, Any]) -> str:
        own_promises.choose_reminders(actor=request.actor, **cleaned)
        return page.back_url

    page = FormPage(
        kicker=_("My part"),
        back_url=reverse("people:my_part"),
        back_title=_("My part"),
        heading=_("Reminders and calendar"),
        lede=_("A mail asks how your promises go, and names those that were made to you and ask to be judged."),
        submit=_("Save"),
    )
    weeks = queries.get_weeks_between(request.actor.person_id)
    form = RemindersForm(sent(request), initial={"weeks_between": weeks})
    extra = {"feed": queries.find_feed(request.actor)}
    template = "intend/my_reminders.html"
    return answer_form(request, form=form, page=page, act=act, done=_("Saved."), template=template, extra=extra)


@require_POST
@signed_in
def my_calendar_make(request: ActorRequest) -> HttpResponse:
    """Make a secret address for one's calendar and show it, this once."""
    secret = own_promises.make_calendar_address(actor=request.actor)
    address = settings.BASE_URL + reverse("intend:calendar", args=[secret])
    return render(request, "intend/my_calendar.html", {"address": address})


@require_POST
@signed_in
def my_calendar_end(request: ActorRequest) -> HttpResponse:
    """End the address."""
    own_promises.end_calendar_address(actor=request.actor)
    messages.success(request, _("Nobody can read your dates there any more."))
    return redirect("intend:my_reminders")


@require_safe
def calendar(_request: HttpRequest, secret: str) -> HttpResponse:
    """Return the dates of whoever's secret it is, for their calendar."""
    actor = queries.find_owner_of_feed(secret)
    with tenancy.community_scope(actor.community_id):
        written = calendars.write(_("My dates"), calendars.list_entries(actor))
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    patch_cache_control(response, private=True, no_store=True)
    return response


@csrf_exempt
@get_or_post
def reminders_stop(request: HttpRequest, token: str) -> HttpResponse:
    """End the reminders of whoever the link was written for: by a button, or by the mail program itself (RFC 8058)."""
    is_done = request.method == "POST"
    if is_done:
        reminding.stop_reminders(token)
    else:
        reminding.check_stop(token)
    return render(request, "intend/reminders_stop.html", {"is_done": is_done})
