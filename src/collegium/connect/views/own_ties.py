"""One's own ties: to see and withdraw them, to decline to be drawn, to let others see one's name."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.connect.forms.own_ties import ColleagueForm, UnitForm
from collegium.connect.presenters import own_ties as presenter
from collegium.connect.queries import names, own_ties
from collegium.connect.services import own_ties as services
from collegium.people.forms.changes import ConfirmForm, SearchForm
from collegium.people.presenters.forms import FormPage
from collegium.people.views.frame import ActorRequest, answer_form, get_or_post, pick, sent, signed_in


def _around() -> dict[str, Any]:
    return {
        "kicker": _("My part"),
        "back_url": reverse("connect:my_ties"),
        "back_title": _("My ties"),
        "home_url": reverse("people:my_part"),
        "home_title": _("My part"),
    }


@require_safe
@signed_in
def my_ties(request: ActorRequest) -> HttpResponse:
    """Show what one said, and who sees what of one."""
    return render(request, "connect/my_ties.html", {"page": presenter.present_my_ties(request.actor)})


@require_POST
@signed_in
def my_tie_withdraw(request: ActorRequest, said_id: uuid.UUID) -> HttpResponse:
    """Withdraw one tie."""
    tie = own_ties.get_own_tie(request.actor, said_id)
    services.withdraw_tie(actor=request.actor, tie=tie)
    messages.success(request, _("It is withdrawn and deleted."))
    return redirect("connect:my_ties")


@get_or_post
@signed_in
def my_ties_withdraw(request: ActorRequest, survey_id: uuid.UUID) -> HttpResponse:
    """Withdraw everything one said in a wave."""
    member = own_ties.get_own_wave(request.actor, survey_id)

    def act(_cleaned: dict[str, Any]) -> str:
        services.withdraw_ties(actor=request.actor, member=member)
        return reverse("connect:my_ties")

    page = FormPage(
        **_around(),
        heading=_("Withdraw everything you said here?"),
        lede=member.wave.title,
        submit=_("Withdraw it"),
        is_danger=True,
        consequences=(
            _("All ties you said here are deleted. You count as one who did not answer."),
            _("What the whole staff sees is worked out anew without them."),
            _("While the survey is open you can answer again; after that it cannot be undone."),
        ),
    )
    return answer_form(
        request, form=ConfirmForm(sent(request)), page=page, act=act, done=_("It is withdrawn and deleted.")
    )


@require_POST
@signed_in
def my_mark(request: ActorRequest) -> HttpResponse:
    """Decline to be drawn on maps, or be drawn again."""
    shown = request.POST.get("shown") == "yes"
    services.choose_to_be_shown(actor=request.actor, shown=shown)
    done = _("Your mark may be drawn again.") if shown else _("Your mark is drawn on no map from now on.")
    messages.success(request, done)
    return redirect("connect:my_ties")


@get_or_post
@signed_in
def my_name_colleague(request: ActorRequest) -> HttpResponse:
    """Let a colleague see one's name."""
    search = SearchForm(
        request.GET,
        label=_("Find the person"),
        hint=_("A name, for people of your school. For people of other schools, their whole email address."),
    )
    found = names.list_colleagues(request.actor, search.text)
    form = ColleagueForm(sent(request), found=found)

    def act(cleaned: dict[str, Any]) -> str:
        services.let_colleague_see(actor=request.actor, viewer=cleaned["person"])
        return reverse("connect:my_ties")

    page = FormPage(
        **_around(),
        heading=_("Let a colleague see your name"),
        lede=_("They see it beside your mark. You can take it back at any time."),
        submit=_("Let them see it"),
    )
    return pick(request, form=form, search=search, page=page, act=act, done=_("They may see your name now."))


@get_or_post
@signed_in
def my_name_unit(request: ActorRequest) -> HttpResponse:
    """Let everybody of one's team or school see one's name."""
    form = UnitForm(sent(request), choices=presenter.list_unit_choices(request.actor))

    def act(cleaned: dict[str, Any]) -> str:
        unit = names.get_own_unit(request.actor, cleaned["unit"])
        services.let_unit_see(actor=request.actor, unit=unit)
        return reverse("connect:my_ties")

    page = FormPage(
        **_around(),
        heading=_("Let your team or school see your name"),
        lede=_("Everybody who works there sees it beside your mark, those who lead as well."),
        submit=_("Let them see it"),
    )
    return answer_form(request, form=form, page=page, act=act, done=_("They may see your name now."))


@require_POST
@signed_in
def my_name_hide(request: ActorRequest, permission_id: uuid.UUID) -> HttpResponse:
    """Take back that somebody may see one's name."""
    permission = own_ties.get_permission(request.actor, permission_id)
    services.hide_name(actor=request.actor, permission=permission)
    messages.success(request, _("They no longer see your name."))
    return redirect("connect:my_ties")
