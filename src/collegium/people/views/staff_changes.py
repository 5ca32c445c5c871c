"""What stewards change of people and their posts and roles."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.base import time
from collegium.people import policies
from collegium.people.forms import changes
from collegium.people.presenters.forms import form_of_unit
from collegium.people.queries import persons as person_queries
from collegium.people.queries import roles as role_queries
from collegium.people.queries import staff, units
from collegium.people.reauthentication import require_recent
from collegium.people.services import persons, posts, roles
from collegium.people.views.frame import PlaceRequest, answer_form, get_or_post, of_unit, pick, sent


def _search(request: PlaceRequest) -> changes.SearchForm:
    return changes.SearchForm(
        request.GET,
        label=_("Find the person"),
        hint=_("A name, for people of this unit. For people of other units, their whole email address."),
    )


@get_or_post
@of_unit(policies.check_can_steward)
def person_add(request: PlaceRequest) -> HttpResponse:
    """Add a person with a first post."""
    unit = units.get_unit_for(request.actor, request.place)

    def act(cleaned: dict[str, Any]) -> str:
        cleaned["starts_on"] = cleaned["starts_on"] or time.today()
        person = persons.add_person(actor=request.actor, unit=unit, **cleaned)
        return reverse("people:person", args=[person.id])

    page = form_of_unit(
        request.place,
        "people:unit_people",
        heading=_("Add a person"),
        lede=_("Somebody new to your community, with their first post in %(unit)s.") % {"unit": unit.name},
        submit=_("Add the person"),
    )
    return answer_form(
        request, form=changes.NewPersonForm(sent(request)), page=page, act=act, done=_("The person is here.")
    )


@get_or_post
@of_unit(policies.check_can_steward)
def post_add(request: PlaceRequest) -> HttpResponse:
    """Give somebody who is already in the community a post here."""
    search = _search(request)
    found = person_queries.list_candidates(request.actor, request.place, search.text) if search.text else []
    unit = units.get_unit_for(request.actor, request.place)

    def act(cleaned: dict[str, Any]) -> str:
        cleaned["starts_on"] = cleaned["starts_on"] or time.today()
        post = posts.add_post(actor=request.actor, unit=unit, **cleaned)
        return reverse("people:person", args=[post.person_id])

    page = form_of_unit(
        request.place,
        "people:unit_people",
        heading=_("Give somebody a post here"),
        lede=_("For somebody who is already in your community; a person may hold several posts."),
        submit=_("Give the post"),
    )
    form = changes.GivePostForm(sent(request), found=found)
    return pick(request, form=form, search=search, page=page, act=act, done=_("The post is theirs."))


@get_or_post
@of_unit(policies.check_can_steward)
def post_title(request: PlaceRequest, post_id: uuid.UUID) -> HttpResponse:
    """Correct what a post is called."""
    post = staff.get_post_for(request.actor, request.place, post_id)

    def act(cleaned: dict[str, Any]) -> str:
        posts.retitle_post(actor=request.actor, post=post, title=cleaned["title"])
        return reverse("people:unit_people", args=[request.place.slug])

    page = form_of_unit(
        request.place,
        "people:unit_people",
        heading=_("Correct the title"),
        lede=_("The post of %(person)s, for all its days. For a new task, end this post and give the other.")
        % {"person": post.person.full_name},
        submit=_("Save"),
    )
    form = changes.PostTitleForm(sent(request), initial={"title": post.title})
    return answer_form(request, form=form, page=page, act=act, done=_("The title is corrected."))


@get_or_post
@of_unit(policies.check_can_steward)
def post_end(request: PlaceRequest, post_id: uuid.UUID) -> HttpResponse:
    """End a post."""
    post = staff.get_post_for(request.actor, request.place, post_id)

    def act(cleaned: dict[str, Any]) -> str:
        posts.end_post(actor=request.actor, post=post, on=cleaned["ends_on"])
        return reverse("people:unit_people", args=[request.place.slug])

    page = form_of_unit(
        request.place,
        "people:unit_people",
        heading=_("End this post?"),
        lede=_("%(title)s, held by %(person)s.") % {"title": post.title, "person": post.person.full_name},
        submit=_("End the post"),
        is_danger=True,
        consequences=(
            _("Their groups and roles stay as they are; end those on their own pages."),
            _("Nothing is deleted, and it can be taken back from the trail of changes."),
        ),
    )
    form = changes.EndForm(sent(request), initial={"ends_on": time.today()})
    return answer_form(request, form=form, page=page, act=act, done=_("The post has ended."))


@get_or_post
@of_unit(policies.check_can_steward)
def role_give(request: PlaceRequest) -> HttpResponse:
    """Give somebody a role here."""
    require_recent(request)
    search = _search(request)
    found = person_queries.list_candidates(request.actor, request.place, search.text) if search.text else []
    unit = units.get_unit_for(request.actor, request.place)

    def act(cleaned: dict[str, Any]) -> str:
        roles.give_role(actor=request.actor, unit=unit, **cleaned)
        return reverse("people:unit_roles", args=[unit.slug])

    page = form_of_unit(
        request.place,
        "people:unit_roles",
        heading=_("Give somebody a role"),
        lede=_("Stewards look after a unit, leads lead it, supporters and guests see who works here."),
        submit=_("Give the role"),
    )
    form = changes.GiveRoleForm(sent(request), found=found)
    return pick(request, form=form, search=search, page=page, act=act, done=_("The role is theirs."))


@get_or_post
@of_unit(policies.check_can_view_unit)
def role_end(request: PlaceRequest, role_id: uuid.UUID) -> HttpResponse:
    """End a role: a steward ends anybody's, and everybody may lay down their own."""
    role = role_queries.get_role_for(request.actor, request.place, role_id)
    policies.check_can_end_role(request.actor, request.place, role.person_id)

    def act(cleaned: dict[str, Any]) -> str:
        roles.end_role(actor=request.actor, role=role, on=cleaned["ends_on"])
        return reverse("people:unit_home", args=[request.place.slug])

    page = form_of_unit(
        request.place,
        "people:unit_roles",
        heading=_("End this role?"),
        lede=_("%(person)s, %(role)s.") % {"person": role.person.full_name, "role": role.get_role_display()},
        submit=_("End the role"),
        is_danger=True,
        consequences=(
            _("What only this role lets them see or change is closed to them from that day on."),
            _("Nothing is deleted, and a steward can take it back from the trail of changes."),
        ),
    )
    form = changes.EndForm(sent(request), initial={"ends_on": time.today()})
    return answer_form(request, form=form, page=page, act=act, done=_("The role has ended."))
