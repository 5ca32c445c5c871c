"""Answering a tie survey: what to know first, one question a screen, handing in."""

from __future__ import annotations

import uuid
from functools import wraps
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from collegium.base import time
from collegium.base.errors import Conflict, Invalid
from collegium.connect.errors import NotFound
from collegium.connect.forms import answering as forms
from collegium.connect.presenters import answering as presenter
from collegium.connect.queries import waves
from collegium.connect.services import answering
from collegium.listen.languages import speaking
from collegium.people.views.frame import ActorRequest, View, get_or_post, signed_in


def _of_asked(view: View) -> View:
    """Find what the reader is in the survey of the address; speak its language."""

    @wraps(view)
    def wrapped(request: Any, survey_id: uuid.UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        member = waves.get_own_member(request.actor, survey_id)
        with speaking(member.wave.language):
            return view(request, member, *args, **kwargs)

    return never_cache(signed_in(wrapped))


def _while_open(view: View) -> View:
    """Send whoever comes too early or too late to the page that says so."""

    @wraps(view)
    def wrapped(request: Any, member: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not waves.is_taking_answers(member.wave, time.now()):
            return redirect("connect:answer", member.wave_id)
        return view(request, member, *args, **kwargs)

    return wrapped


@require_safe
@_of_asked
def answer(request: ActorRequest, member: Any) -> HttpResponse:
    """Say who will see what, before the first name."""
    page = presenter.present_start(member, time.now())
    return render(request, "connect/answer.html", {"page": page})


@get_or_post
@_of_asked
@_while_open
def answer_question(request: ActorRequest, member: Any, number: int) -> HttpResponse:
    """Choose whom one turns to for one thing; every step keeps what was chosen."""
    layers = _layers_with(member, number)
    if request.method == "POST":
        return _keep(request, member, layers, number)
    page = presenter.present_question(
        member, layers, number, searched=forms.read_search(request.GET), is_often="often" in request.GET
    )
    return render(request, "connect/answer_question.html", {"page": page})


def _layers_with(member: Any, number: int) -> Any:
    layers = waves.list_layers(member.wave)
    if not 1 <= number <= len(layers):
        raise NotFound
    return layers


def _keep(request: ActorRequest, member: Any, layers: Any, number: int) -> HttpResponse:
    layer, named = layers[number - 1], []
    try:
        named = forms.read_named(request.POST, layer)
        answering.keep_draft(actor=request.actor, member=member, layer=layer, named=named)
    except Conflict:
        return redirect("connect:answer", member.wave_id)
    except Invalid as error:
        page = presenter.present_question(
            member, layers, number, searched=forms.read_search(request.POST), typed=dict(named) or None, error=error
        )
        return render(request, "connect/answer_question.html", {"page": page}, status=422)
    return HttpResponseRedirect(_next_url(request, member, layer, number, len(layers), named))


def _next_url(request: ActorRequest, member: Any, layer: Any, number: int, last: int, named: Any) -> str:
    step = request.POST.get(forms.STEP, "")
    if step == "search":
        return presenter.question_url(member.wave, number, q=forms.read_search(request.POST))
    if step == "back":
        return presenter.back_url(member.wave, number)
    if layer.labels and any(weight is None for _person, weight in named):
        return presenter.question_url(member.wave, number, often=1)
    if number < last:
        return presenter.question_url(member.wave, number + 1)
    return reverse("connect:answer_review", args=[member.wave_id])


@require_safe
@_of_asked
@_while_open
def answer_people(request: ActorRequest, member: Any, number: int) -> HttpResponse:
    """Give who is found by name, for the script of the page."""
    layer = _layers_with(member, number)[number - 1]
    return JsonResponse({"people": presenter.list_found(member, layer, forms.read_search(request.GET))})


@get_or_post
@_of_asked
@_while_open
def answer_review(request: ActorRequest, member: Any) -> HttpResponse:
    """Look over what has been chosen, and hand it in."""
    error = None
    if request.method == "POST":
        try:
            answering.hand_in(actor=request.actor, member=member)
        except Conflict:
            return redirect("connect:answer", member.wave_id)
        except Invalid as refused:
            error = refused
        else:
            return redirect("connect:answer_thanks", member.wave_id)
    page = presenter.present_review(member, error)
    return render(request, "connect/answer_review.html", {"page": page}, status=422 if error else 200)


@require_safe
@_of_asked
def answer_thanks(request: ActorRequest, member: Any) -> HttpResponse:
    """Say thank you, and where what was said can be seen and withdrawn."""
    page = presenter.present_start(member, time.now())
    return render(request, "connect/answer_thanks.html", {"page": page})
