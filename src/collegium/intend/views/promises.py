"""Promises: the list of a unit, one promise, and what those who carry it do with it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.intend import promise_policies as policies
from collegium.intend.forms import promises as forms
from collegium.intend.presenters import promise_forms as around
from collegium.intend.presenters.promise_page import present_promise
from collegium.intend.presenters.promises import present_promises
from collegium.intend.queries import choices as choice_queries
from collegium.intend.queries import promises as queries
from collegium.intend.services import promising
from collegium.intend.views.frame import PromiseRequest, of_promise
from collegium.people.views.frame import PlaceRequest, answer_form, get_or_post, of_unit, sent


@require_safe
@of_unit(policies.check_can_view_promises)
def promise_list(request: PlaceRequest) -> HttpResponse:
    """List the promises of a unit."""
    narrow = forms.PromiseFilter(request.GET)
    page = present_promises(
        request.actor,
        request.place,
        show=request.GET.get("show", ""),
        text=narrow.value("q"),
        page=request.GET.get("page", ""),
    )
    return render(request, "intend/promises.html", {"page": page, "filter": narrow})


@require_safe
@of_promise
def promise(request: PromiseRequest) -> HttpResponse:
    """Show one promise."""
    return render(request, "intend/promise.html", {"page": present_promise(request.actor, request.found)})


@get_or_post
@of_unit(policies.check_can_propose)
def promise_add(request: PlaceRequest) -> HttpResponse:
    """Promise something, or propose that others do; `?answers=` pairs it with one, `?serves=` says what for."""
    unit = queries.get_unit_for(request.actor, request.place)
    answered = queries.find_answered(request.actor, request.GET.get("answers", ""))
    choices = choice_queries.list_choices(request.actor, request.place)
    initial = (
        around.initial_answer(answered, choices)
        if answered
        else around.initial_new(request.GET.get("serves", ""), choices)
    )
    form = forms.PromiseForm(sent(request), actor=request.actor, choices=choices, initial=initial)

    def act(_cleaned: dict[str, Any]) -> str:
        made = promising.propose_promise(actor=request.actor, unit=unit, answers=answered, **form.read())
        return reverse("intend:promise", args=[made.id])

    page = around.around_new(request.place, answered)
    return answer_form(request, form=form, page=page, act=act, done=_("It is written down."))


@get_or_post
@of_promise
def promise_make(request: PromiseRequest) -> HttpResponse:
    """Make a promise that was proposed."""
    found = request.found
    policies.check_can_carry(request.actor, found.carriers.owner_ids)
    form = forms.MakeForm(sent(request), initial={"due_on": found.promise.due_on})

    def act(cleaned: dict[str, Any]) -> str:
        promising.make_promise(actor=request.actor, promise=found.promise, due_on=cleaned["due_on"])
        return page.back_url

    page = around.around(found, _("Make this promise?"), found.promise.what, _("I promise it"))
    return answer_form(request, form=form, page=page, act=act, done=_("You have promised it."))


@get_or_post
@of_promise
def promise_reword(request: PromiseRequest) -> HttpResponse:
    """Say a promise in other words."""
    found = request.found
    policies.check_can_carry(request.actor, found.carriers.ids)
    choices = choice_queries.list_choices(request.actor, found.place)
    form = forms.RewordForm(sent(request), promise=found.promise, choices=choices)

    def act(cleaned: dict[str, Any]) -> str:
        promising.reword_promise(
            actor=request.actor,
            promise=found.promise,
            words=form.words,
            seen=cleaned["seen"],
            reason=cleaned["reason"],
            speaks_for=form.spokespeople,
        )
        return page.back_url

    page = around.around_rewording(found)
    return answer_form(request, form=form, page=page, act=act, done=_("The former words stay in its history."))


@get_or_post
@of_promise
def promise_renew(request: PromiseRequest) -> HttpResponse:
    """Give a promise a new day."""
    found = request.found
    policies.check_can_carry(request.actor, found.carriers.ids)

    def act(cleaned: dict[str, Any]) -> str:
        promising.renew_promise(actor=request.actor, promise=found.promise, **cleaned)
        return page.back_url

    page = around.around(found, _("Renew this promise"), around.SAY_WHY, _("Renew it"))
    return answer_form(request, form=forms.RenewForm(sent(request)), page=page, act=act, done=_("It goes on."))


@get_or_post
@of_promise
def promise_release(request: PromiseRequest) -> HttpResponse:
    """Let go of a promise."""
    found = request.found
    is_left = found.carriers.asks_for_owner
    policies.check_can_take_over(request.actor, found.place, found.carriers.ids, asks_for_owner=is_left)

    def act(cleaned: dict[str, Any]) -> str:
        promising.release_promise(actor=request.actor, promise=found.promise, **cleaned)
        return page.back_url

    page = around.around(found, _("Let go of this promise?"), around.SAY_WHY, _("Let it go"), is_danger=True)
    return answer_form(request, form=forms.ReleaseForm(sent(request)), page=page, act=act, done=_("It is let go."))


@get_or_post
@of_promise
def promise_second(request: PromiseRequest) -> HttpResponse:
    """Say who could carry a promise on."""
    found = request.found
    policies.check_can_carry(request.actor, found.carriers.ids)
    choices = choice_queries.list_choices(request.actor, found.place)

    def act(cleaned: dict[str, Any]) -> str:
        promising.name_second(actor=request.actor, promise=found.promise, second=cleaned["second"])
        return page.back_url

    page = around.around(found, _("Who could carry it on?"), around.WHY_SECOND, _("Save"))
    form = forms.SecondForm(sent(request), promise=found.promise, choices=choices)
    return answer_form(request, form=form, page=page, act=act, done=_("Saved."))


@get_or_post
@of_promise
def promise_owner(request: PromiseRequest) -> HttpResponse:
    """Hand a promise on, or take one over whose owner has left."""
    found = request.found
    is_left = found.carriers.asks_for_owner
    policies.check_can_take_over(request.actor, found.place, found.carriers.ids, asks_for_owner=is_left)
    choices = choice_queries.list_choices(request.actor, found.place)

    def act(cleaned: dict[str, Any]) -> str:
        promising.hand_over(actor=request.actor, promise=found.promise, by=cleaned["by"])
        return page.back_url

    page = around.around(found, _("Who carries it from now on?"), around.WHY_OWNER, _("Hand it on"))
    form = forms.OwnerForm(sent(request), actor=request.actor, choices=choices, initial={"by": "me"})
    return answer_form(request, form=form, page=page, act=act, done=_("It has a new owner."))


@get_or_post
@of_promise
def promise_note(request: PromiseRequest) -> HttpResponse:
    """Say something about a promise."""
    found = request.found

    def act(cleaned: dict[str, Any]) -> str:
        promising.write_note(actor=request.actor, promise=found.promise, text=cleaned["text"])
        return f"{page.back_url}#conversation"

    page = around.around(found, _("Say something about it"), around.WHO_READS, _("Say it"))
    return answer_form(request, form=forms.NoteForm(sent(request)), page=page, act=act, done=_("Said."))
