"""What is said around intents: conversations, those who see it otherwise, intents of other units."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from collegium.base import time
from collegium.intend import policies
from collegium.intend.forms.line import AnswerForm, ConversationForm, DissentForm, LinkForm
from collegium.intend.queries import line as queries
from collegium.intend.services import conversing
from collegium.intend.views.line import back_to, back_to_line
from collegium.people.forms.changes import ConfirmForm
from collegium.people.presenters.forms import FormPage
from collegium.people.views.frame import PlaceRequest, answer_form, get_or_post, of_unit, sent


@get_or_post
@of_unit(policies.check_can_draft)
def conversation_add(request: PlaceRequest) -> HttpResponse:
    """Record a conversation."""
    unit = queries.get_unit_for(request.actor, request.place)

    def act(cleaned: dict[str, Any]) -> str:
        conversing.record_conversation(actor=request.actor, unit=unit, **cleaned)
        return page.back_url

    form = ConversationForm(
        sent(request),
        intents=queries.list_intents_for(request.actor, request.place),
        initial={"held_on": time.today(), "intent": request.GET.get("intent", "")},
    )
    page = FormPage(
        **back_to_line(request),
        heading=_("Record a conversation"),
        lede=_("Where it is going is decided in many talks. What came of them should not be lost."),
        submit=_("Keep it"),
    )
    return answer_form(request, form=form, page=page, act=act, done=_("It is kept for everybody who belongs here."))


@get_or_post
@of_unit(policies.check_can_draft)
def conversation_withdraw(request: PlaceRequest, conversation_id: uuid.UUID) -> HttpResponse:
    """Take a conversation off the page."""
    found = queries.get_conversation_for(request.actor, request.place, conversation_id)

    def act(_cleaned: dict[str, Any]) -> str:
        conversing.withdraw_conversation(actor=request.actor, conversation=found)
        return page.back_url

    page = FormPage(
        **back_to_line(request),
        heading=_("Take this conversation off the page?"),
        lede=found.outcome,
        submit=_("Take it off"),
        is_danger=True,
        consequences=(_("Nobody will read it any more."),),
    )
    return answer_form(request, form=ConfirmForm(sent(request)), page=page, act=act, done=_("It was taken off."))


# --- those who see it otherwise ---------------------------------------------------------------------------------------
@get_or_post
@of_unit(policies.check_can_draft)
def dissent_add(request: PlaceRequest, intent_id: uuid.UUID) -> HttpResponse:
    """Say that one sees an intent otherwise."""
    intent = queries.get_intent_for(request.actor, request.place, intent_id)

    def act(cleaned: dict[str, Any]) -> str:
        conversing.say_dissent(actor=request.actor, intent=intent, **cleaned)
        return page.back_url

    page = FormPage(
        **back_to(request, intent),
        heading=_("I see it otherwise"),
        lede=_("One can pull in the same direction without agreeing. What you say stays beside the intent."),
        submit=_("Say it under my name"),
    )
    return answer_form(request, form=DissentForm(sent(request)), page=page, act=act, done=_("It stands beside it."))


@get_or_post
@of_unit(policies.check_can_draft)
def dissent_withdraw(request: PlaceRequest, intent_id: uuid.UUID, dissent_id: uuid.UUID) -> HttpResponse:
    """Take back what one said."""
    intent = queries.get_intent_for(request.actor, request.place, intent_id)
    found = queries.get_dissent_for(request.actor, request.place, intent, dissent_id)
    policies.check_can_take_back(request.actor, found.person_id)

    def act(_cleaned: dict[str, Any]) -> str:
        conversing.withdraw_dissent(actor=request.actor, dissent=found)
        return page.back_url

    page = FormPage(
        **back_to(request, intent),
        heading=_("Take back what you said?"),
        lede=intent.title,
        submit=_("Take it back"),
        is_danger=True,
        consequences=(_("What you wrote, and the answer to it, is no longer shown to anybody."),),
    )
    return answer_form(request, form=ConfirmForm(sent(request)), page=page, act=act, done=_("You took it back."))


@get_or_post
@of_unit(policies.check_can_keep)
def dissent_answer(request: PlaceRequest, intent_id: uuid.UUID, dissent_id: uuid.UUID) -> HttpResponse:
    """Answer somebody who sees it otherwise."""
    intent = queries.get_intent_for(request.actor, request.place, intent_id)
    found = queries.get_dissent_for(request.actor, request.place, intent, dissent_id)

    def act(cleaned: dict[str, Any]) -> str:
        conversing.answer_dissent(actor=request.actor, dissent=found, **cleaned)
        return page.back_url

    page = FormPage(
        **back_to(request, intent),
        heading=_("Answer somebody who sees it otherwise"),
        lede=found.body,
        submit=_("Answer"),
    )
    form = AnswerForm(sent(request), initial={"answer": found.answer})
    return answer_form(request, form=form, page=page, act=act, done=_("Your answer stands under it."))


# --- intents of other units -------------------------------------------------------------------------------------------
@get_or_post
@of_unit(policies.check_can_keep)
def link_add(request: PlaceRequest, intent_id: uuid.UUID) -> HttpResponse:
    """Let an intent adopt or serve another."""
    intent = queries.get_intent_for(request.actor, request.place, intent_id)

    def act(cleaned: dict[str, Any]) -> str:
        conversing.link_intent(actor=request.actor, lower=intent, **cleaned)
        return page.back_url

    page = FormPage(
        **back_to(request, intent),
        heading=_("Adopt or serve an intent of another unit"),
        lede=_("It may serve several. Nobody has to agree with all of what stands above."),
        submit=_("Say so"),
    )
    form = LinkForm(sent(request), offered=queries.list_intents_to_link(request.actor, intent))
    return answer_form(request, form=form, page=page, act=act, done=_("Both pages show it now."))


@get_or_post
@of_unit(policies.check_can_keep)
def link_end(request: PlaceRequest, intent_id: uuid.UUID, link_id: uuid.UUID) -> HttpResponse:
    """Let an intent no longer adopt or serve another."""
    intent = queries.get_intent_for(request.actor, request.place, intent_id)
    link = queries.get_link_for(request.actor, intent, link_id)

    def act(_cleaned: dict[str, Any]) -> str:
        conversing.unlink_intent(actor=request.actor, link=link)
        return page.back_url

    page = FormPage(
        **back_to(request, intent),
        heading=_("No longer adopt or serve it?"),
        lede=link.upper.title,
        submit=_("End it"),
        is_danger=True,
        consequences=(_("The line from this intent no longer leads there. You can say so anew at any time."),),
    )
    return answer_form(request, form=ConfirmForm(sent(request)), page=page, act=act, done=_("It was ended."))
