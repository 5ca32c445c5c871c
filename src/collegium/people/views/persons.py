"""A person's page, one's own part, and one's own data."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth import logout
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.base import time
from collegium.people import erasure, policies
from collegium.people.forms import changes
from collegium.people.presenters.forms import FormPage
from collegium.people.presenters.persons import present_my_part, present_own_data, present_person
from collegium.people.queries import own_data
from collegium.people.queries import persons as person_queries
from collegium.people.reauthentication import require_recent
from collegium.people.services import persons
from collegium.people.views.frame import ActorRequest, answer_form, get_or_post, sent, signed_in


@require_safe
@signed_in
def person(request: ActorRequest, person_id: uuid.UUID) -> HttpResponse:
    """Show a person to a colleague."""
    if person_id == request.actor.person_id:
        return redirect("people:my_part")
    found, whereabouts = person_queries.get_person_for(request.actor, person_id)
    return render(request, "people/person.html", {"page": present_person(request.actor, found, whereabouts)})


@require_safe
@signed_in
def my_part(request: ActorRequest) -> HttpResponse:
    """Show what one is here."""
    return render(request, "people/my_part.html", {"page": present_my_part(request.actor)})


@get_or_post
@signed_in
def person_name(request: ActorRequest, person_id: uuid.UUID) -> HttpResponse:
    """Change one's own name, or correct that of somebody one looks after."""
    found, whereabouts = person_queries.get_person_for(request.actor, person_id)
    policies.check_can_look_after_person(request.actor, whereabouts)
    back = reverse("people:person", args=[person_id])

    def act(cleaned: dict[str, Any]) -> str:
        persons.rename_person(actor=request.actor, person=found, **cleaned)
        return back

    page = FormPage(
        kicker=found.full_name,
        heading=_("Name"),
        lede=_("As colleagues should read it. A later roster will not change it back without asking."),
        submit=_("Save"),
        back_url=back,
        back_title=found.full_name,
    )
    initial = {"given_name": found.given_name, "family_name": found.family_name}
    form = changes.NameForm(sent(request), initial=initial)
    return answer_form(request, form=form, page=page, act=act, done=_("Saved."))


@get_or_post
@signed_in
def my_strengths(request: ActorRequest) -> HttpResponse:
    """Say what colleagues may turn to one for."""
    own = person_queries.get_own_person(request.actor)
    back = reverse("people:my_part")

    def act(cleaned: dict[str, Any]) -> str:
        persons.declare_strengths(actor=request.actor, person=own, texts=cleaned["texts"])
        return back

    page = FormPage(
        kicker=_("My part"),
        heading=_("What can colleagues turn to you for?"),
        lede=_("Say it in your own words. Colleagues who can see you can see these."),
        submit=_("Save"),
        back_url=back,
        back_title=_("My part"),
    )
    texts = "\n".join(person_queries.list_strengths(own))
    form = changes.StrengthsForm(sent(request), initial={"texts": texts})
    return answer_form(request, form=form, page=page, act=act, done=_("Saved."))


@require_safe
@signed_in
def my_data(request: ActorRequest) -> HttpResponse:
    """Say what is known of one and who may see it."""
    return render(request, "people/my_data.html", {"page": present_own_data(request.actor)})


@require_POST
@signed_in
def my_export(request: ActorRequest) -> HttpResponse:
    """Give everything that is known of one as a file."""
    require_recent(request, back="people:my_data")
    own = person_queries.get_own_person(request.actor)
    persons.record_export(actor=request.actor, person=own)
    response = JsonResponse(
        own_data.dump(own_data.get_own_data(own)), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    response["Content-Disposition"] = f'attachment; filename="collegium-my-data-{time.today():%Y-%m-%d}.json"'
    return response


@get_or_post
@signed_in
def my_erasure(request: ActorRequest) -> HttpResponse:
    """Erase oneself, after saying plainly what that does."""
    require_recent(request)
    own = person_queries.get_own_person(request.actor)

    def act(_cleaned: dict[str, Any]) -> str:
        persons.erase_person(actor=request.actor, person=own)
        logout(request)
        return reverse("people:home")

    page = FormPage(
        kicker=_("My part"),
        heading=_("Erase what is known of you?"),
        lede=_("This cannot be undone."),
        submit=_("Erase me now"),
        home_url=reverse("people:my_part"),
        home_title=_("My part"),
        back_url=reverse("people:my_data"),
        back_title=_("What is known of you"),
        is_danger=True,
        consequences=(
            _("Your name, email address, strengths, numbers in other systems and the titles of your posts are erased."),
            _("Your posts, roles and parts in groups end today. That somebody was there stays: counts stay true."),
            *erasure.list_consequences(),
            _("You are signed out and can no longer sign in, unless your login belongs to another community."),
            _("If your employer’s roster still holds you, its next import adds you again. Ask them to take you out."),
            _("Backups hold the old state until they are replaced by newer ones."),
        ),
    )
    form = changes.ErasureForm(sent(request))
    return answer_form(request, form=form, page=page, act=act, done=_("What was known of you has been erased."))
