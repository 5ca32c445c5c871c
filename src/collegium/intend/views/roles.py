"""Roles in groups: those of a unit, and what whoever keeps a group changes of them."""

from __future__ import annotations

import uuid
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.base import time
from collegium.intend import promise_policies as policies
from collegium.intend.forms.roles import HolderForm, RoleForm
from collegium.intend.presenters import roles as presenter
from collegium.intend.queries import choices
from collegium.intend.queries import roles as queries
from collegium.intend.services import roles
from collegium.people.forms.changes import ConfirmForm
from collegium.people.queries import groups
from collegium.people.views.frame import (
    PlaceRequest,
    View,
    answer_form,
    get_or_post,
    of_group,
    of_unit,
    sent,
    signed_in,
)


def of_role(view: View) -> View:
    """Find the role of the address for the actor, and tell the shell the unit of its group."""

    @wraps(view)
    def wrapped(request: Any, work_role_id: uuid.UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        role, request.place = queries.get_role_for(request.actor, work_role_id)
        return view(request, role, *args, **kwargs)

    return signed_in(wrapped)


def _check(request: PlaceRequest, group: Any) -> None:
    policies.check_can_keep_roles(request.actor, request.place, queries.list_facilitator_ids(group))


@require_safe
@of_unit(policies.check_can_view_promises)
def work_roles(request: PlaceRequest) -> HttpResponse:
    """Show the roles in the groups of a unit."""
    page = presenter.present_roles(request.actor, request.place, page=request.GET.get("page", ""))
    return render(request, "intend/work_roles.html", {"page": page})


@get_or_post
@of_group
def work_role_add(request: PlaceRequest, group: Any) -> HttpResponse:
    """Add a role to a group."""
    _check(request, group)

    def act(cleaned: dict[str, Any]) -> str:
        roles.add_role(actor=request.actor, group=group, **cleaned)
        return page.back_url

    page = presenter.around(request.place, _("Add a role"), group.name, _("Add it"))
    form = RoleForm(sent(request), served=choices.list_served(request.place))
    return answer_form(request, form=form, page=page, act=act, done=_("Now say who holds it."))


@get_or_post
@of_role
def work_role_change(request: PlaceRequest, role: Any) -> HttpResponse:
    """Change a role."""
    _check(request, role.group)

    def act(cleaned: dict[str, Any]) -> str:
        roles.change_role(actor=request.actor, role=role, **cleaned)
        return page.back_url

    page = presenter.around(request.place, _("Change this role"), role.group.name, _("Save"))
    initial = {"title": role.title, "purpose": role.purpose, "works": role.works}
    initial |= {"obligations": "\n".join(role.obligations), "serves": role.goal_id or role.challenge_id}
    form = RoleForm(sent(request), initial=initial, served=choices.list_served(request.place, role.serves))
    return answer_form(request, form=form, page=page, act=act, done=_("Saved."))


@get_or_post
@of_role
def work_role_end(request: PlaceRequest, role: Any) -> HttpResponse:
    """End a role."""
    _check(request, role.group)

    def act(_cleaned: dict[str, Any]) -> str:
        roles.end_role(actor=request.actor, role=role)
        return page.back_url

    consequences = (_("Nobody holds it any more. What was promised in this role asks for a new owner."),)
    more = {"is_danger": True, "consequences": consequences}
    page = presenter.around(request.place, _("End this role?"), role.title, _("End it"), **more)
    return answer_form(request, form=ConfirmForm(sent(request)), page=page, act=act, done=_("The role has ended."))


@get_or_post
@of_role
def work_role_give(request: PlaceRequest, role: Any) -> HttpResponse:
    """Let somebody of the group hold a role."""
    _check(request, role.group)

    def act(cleaned: dict[str, Any]) -> str:
        roles.give_role(actor=request.actor, role=role, **cleaned)
        return page.back_url

    page = presenter.around(request.place, _("Who holds this role?"), role.title, _("Give it"))
    form = HolderForm(sent(request), members=groups.list_memberships(role.group_id, time.today()))
    return answer_form(request, form=form, page=page, act=act, done=_("They hold it from today on."))


@require_POST
@of_role
def work_role_lay_down(request: PlaceRequest, role: Any, holding_id: uuid.UUID) -> HttpResponse:
    """Let somebody hold a role no more; one lays down one's own."""
    holding = queries.get_holding_for(request.actor, role, holding_id)
    roles.end_holding(actor=request.actor, holding=holding)
    messages.success(request, _("Done. That they held it stays on record."))
    return redirect(reverse("intend:work_roles", args=[request.place.slug]))
