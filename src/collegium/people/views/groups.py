"""Groups: the list of a unit, one group, and what leads change of them."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.base import time
from collegium.people import policies
from collegium.people.forms import changes, filters
from collegium.people.presenters.forms import FormPage, form_of_unit
from collegium.people.presenters.groups import present_group, present_groups
from collegium.people.queries import groups as group_queries
from collegium.people.queries import persons, units
from collegium.people.services import groups
from collegium.people.views.frame import (
    PlaceRequest,
    answer_form,
    get_or_post,
    handed_over,
    of_group,
    of_unit,
    pick,
    sent,
)


def _page(group: Any, **texts: Any) -> FormPage:
    return FormPage(
        kicker=group.name, back_url=reverse("people:group", args=[group.id]), back_title=group.name, **texts
    )


@require_safe
@of_unit(policies.check_can_view_people)
def unit_groups(request: PlaceRequest) -> HttpResponse:
    """List the groups of a unit."""
    narrow = filters.GroupFilter(request.GET)
    page = present_groups(
        request.actor,
        request.place,
        kind=narrow.value("kind"),
        text=narrow.value("q"),
        page=request.GET.get("page", ""),
    )
    return render(request, "people/unit_groups.html", {"page": page, "filter": narrow})


@require_safe
@of_group
def group(request: PlaceRequest, group: Any) -> HttpResponse:
    """Show one group."""
    return render(request, "people/group.html", {"page": present_group(request.actor, request.place, group)})


@get_or_post
@of_unit(policies.check_can_lead)
def group_add(request: PlaceRequest) -> HttpResponse:
    """Start a group."""
    unit = units.get_unit_for(request.actor, request.place)

    def act(cleaned: dict[str, Any]) -> str:
        added = groups.add_group(actor=request.actor, unit=unit, **cleaned)
        return reverse("people:group", args=[added.id])

    page = form_of_unit(
        request.place,
        "people:unit_groups",
        heading=_("Start a group"),
        lede=_("A team, a learning community, a committee or an enquiry; its members may come from other units too."),
        submit=_("Start the group"),
    )
    form = changes.NewGroupForm(sent(request), initial=handed_over(request, "purpose"))
    return answer_form(request, form=form, page=page, act=act, done=_("The group is there. Now add its people."))


@get_or_post
@of_group
def group_change(request: PlaceRequest, group: Any) -> HttpResponse:
    """Change what a group is called and for."""
    policies.check_can_lead(request.actor, request.place)

    def act(cleaned: dict[str, Any]) -> str:
        groups.change_group(actor=request.actor, group=group, **cleaned)
        return page.back_url

    page = _page(
        group,
        heading=_("Change this group"),
        lede=_("Its members see the change at once."),
        submit=_("Save"),
    )
    initial = {"name": group.name, "kind": group.kind, "purpose": group.purpose}
    form = changes.GroupForm(sent(request), initial=initial)
    return answer_form(request, form=form, page=page, act=act, done=_("Saved."))


@get_or_post
@of_group
def group_end(request: PlaceRequest, group: Any) -> HttpResponse:
    """End a group."""
    policies.check_can_lead(request.actor, request.place)

    def act(cleaned: dict[str, Any]) -> str:
        groups.end_group(actor=request.actor, group=group, on=cleaned["ends_on"])
        return reverse("people:unit_groups", args=[request.place.slug])

    page = _page(
        group,
        heading=_("End this group?"),
        lede=_("For a group that has done its work."),
        submit=_("End the group"),
        is_danger=True,
        consequences=(
            _("Everybody’s part in it ends on the same day."),
            _("Nothing is deleted, and it can be taken back from the trail of changes."),
        ),
    )
    form = changes.EndForm(sent(request), initial={"ends_on": time.today()})
    return answer_form(request, form=form, page=page, act=act, done=_("The group has ended."))


@get_or_post
@of_group
def member_add(request: PlaceRequest, group: Any) -> HttpResponse:
    """Put somebody into a group."""
    policies.check_can_lead(request.actor, request.place)
    search = changes.SearchForm(
        request.GET,
        label=_("Find the person"),
        hint=_("A name, for people of this unit. For people of other units, their whole email address."),
    )
    found = persons.list_candidates(request.actor, request.place, search.text) if search.text else []

    def act(cleaned: dict[str, Any]) -> str:
        groups.add_member(actor=request.actor, group=group, **cleaned)
        return page.back_url

    page = _page(
        group,
        heading=_("Add somebody to this group"),
        lede=_("Members of a group see each other’s names and where they work, whichever unit they come from."),
        submit=_("Add to the group"),
    )
    form = changes.AddMemberForm(sent(request), found=found)
    return pick(request, form=form, search=search, page=page, act=act, done=_("They are in the group."))


@get_or_post
@of_group
def member_role(request: PlaceRequest, group: Any, membership_id: uuid.UUID) -> HttpResponse:
    """Change somebody's part in a group."""
    policies.check_can_lead(request.actor, request.place)
    membership = group_queries.get_membership_for(request.actor, group, membership_id)

    def act(cleaned: dict[str, Any]) -> str:
        groups.change_member_role(actor=request.actor, membership=membership, **cleaned)
        return page.back_url

    page = _page(
        group,
        heading=_("Change a part in this group"),
        lede=_("The part of %(person)s from today on.") % {"person": membership.person.full_name},
        submit=_("Save"),
    )
    form = changes.MemberRoleForm(sent(request), initial={"role": membership.role})
    return answer_form(request, form=form, page=page, act=act, done=_("Saved."))


@get_or_post
@of_group
def member_end(request: PlaceRequest, group: Any, membership_id: uuid.UUID) -> HttpResponse:
    """Take somebody out of a group; members may leave by themselves."""
    membership = group_queries.get_membership_for(request.actor, group, membership_id)
    policies.check_can_end_membership(request.actor, request.place, membership.person_id)

    def act(cleaned: dict[str, Any]) -> str:
        groups.end_membership(actor=request.actor, membership=membership, on=cleaned["ends_on"])
        return reverse("people:unit_home", args=[request.place.slug])

    page = _page(
        group,
        heading=_("End this part in the group?"),
        lede=_("%(person)s leaves %(group)s.") % {"person": membership.person.full_name, "group": group.name},
        submit=_("End it"),
        is_danger=True,
        consequences=(_("Nothing is deleted, and whoever leads the unit can take it back."),),
    )
    form = changes.EndForm(sent(request), initial={"ends_on": time.today()})
    return answer_form(request, form=form, page=page, act=act, done=_("Done. The group’s history keeps it."))
