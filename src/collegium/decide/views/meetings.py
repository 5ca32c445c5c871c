"""Meetings: when people meet, on what, and what came of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.base import calendars
from collegium.decide import policies
from collegium.decide.forms import meetings as forms
from collegium.decide.forms.outcomes import StepFormSet
from collegium.decide.presenters import frame
from collegium.decide.presenters import meetings as presenter
from collegium.decide.queries import choosing
from collegium.decide.queries import meetings as queries
from collegium.decide.services import meetings as services
from collegium.decide.services import outcomes
from collegium.decide.services.meetings import Item, Planned
from collegium.people.forms.changes import ConfirmForm
from collegium.people.queries import units
from collegium.people.views.frame import ActorRequest, PlaceRequest, answer_form, get_or_post, of_unit, sent, signed_in
from collegium.talk.views.threads import read_page


@require_safe
@of_unit(policies.check_can_view_norms)
def meetings(request: PlaceRequest) -> HttpResponse:
    """Show when a unit and its groups meet."""
    page = presenter.present_meetings(request.actor, request.place, read_page(request))
    return render(request, "decide/meetings.html", {"page": page})


@get_or_post
@of_unit(policies.check_can_start)
def meeting_add(request: PlaceRequest) -> HttpResponse:
    """Call a meeting."""
    unit = units.get_unit_for(request.actor, request.place)
    groups = queries.list_groups_to_meet(request.actor, request.place)
    everybody = unit.name if policies.can_plan_meeting(request.actor, request.place) else ""

    def act(cleaned: dict[str, Any]) -> str:
        is_in_group = cleaned["group"] in groups
        made = services.plan(actor=request.actor, unit=unit, planned=Planned(**cleaned), is_in_group=is_in_group)
        return reverse("decide:meeting_agenda", args=[made.id])

    page = frame.form_of_unit(
        request.place,
        heading=_("Call a meeting"),
        lede=_("It shows on the pages of those who meet, and in the calendars that they have subscribed to."),
        submit=_("Call it"),
        back_url=reverse("decide:meetings", args=[request.place.slug]),
        back_title=_("Meetings"),
    )
    form = forms.PlanForm(
        sent(request), groups=groups, everybody=everybody, initial={"group": request.GET.get("group")}
    )
    return answer_form(request, form=form, page=page, act=act, done=_("It is called. What will you talk about?"))


@require_safe
@signed_in
def meeting(request: ActorRequest, meeting_id: uuid.UUID) -> HttpResponse:
    """Show a meeting."""
    found = queries.get_meeting_for(request.actor, meeting_id)
    request.place = found.place  # type: ignore[attr-defined]
    return render(request, "decide/meeting.html", {"page": presenter.present_meeting(request.actor, found)})


@require_safe
@signed_in
def meeting_file(request: ActorRequest, meeting_id: uuid.UUID) -> HttpResponse:
    """Give a meeting as a file for a calendar."""
    found = queries.get_meeting_for(request.actor, meeting_id)
    written = calendars.write(found.meeting.title, [presenter.entry_of(found.meeting)])
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return response


def _to_keep(request: ActorRequest, meeting_id: uuid.UUID) -> queries.FoundMeeting:
    found = queries.get_meeting_to_keep(request.actor, meeting_id)
    request.place = found.place  # type: ignore[attr-defined]
    return found


@get_or_post
@signed_in
def meeting_change(request: ActorRequest, meeting_id: uuid.UUID) -> HttpResponse:
    """Change when and where people meet."""
    found = _to_keep(request, meeting_id)
    now = found.meeting

    def act(cleaned: dict[str, Any]) -> str:
        planned = Planned(**cleaned, group=now.group)
        services.change(actor=request.actor, meeting=now, is_theirs=found.is_theirs, planned=planned)
        return frame.meeting_address(now)

    initial = {name: getattr(now, name) for name in ("title", "starts_at", "minutes", "where")}
    page = frame.form_of_meeting(found, heading=_("Change this meeting"), submit=_("Change it"))
    form = forms.MeetingForm(sent(request), initial=initial)
    return answer_form(request, form=form, page=page, act=act, done=_("It is changed."))


@get_or_post
@signed_in
def meeting_call_off(request: ActorRequest, meeting_id: uuid.UUID) -> HttpResponse:
    """Call a meeting off."""
    found = _to_keep(request, meeting_id)

    def act(_cleaned: dict[str, Any]) -> str:
        services.call_off(actor=request.actor, meeting=found.meeting, is_theirs=found.is_theirs)
        return frame.meeting_address(found.meeting)

    page = frame.form_of_meeting(
        found,
        heading=_("Call this meeting off?"),
        submit=_("Call it off"),
        is_danger=True,
        consequences=(_("It stays in the list and in calendars, marked as called off. Nobody is mailed."),),
    )
    return answer_form(request, form=ConfirmForm(sent(request)), page=page, act=act, done=_("It is called off."))


@get_or_post
@signed_in
def meeting_agenda(request: ActorRequest, meeting_id: uuid.UUID) -> HttpResponse:
    """Choose what is talked about, in which order, how long, and who brings it."""
    found = _to_keep(request, meeting_id)
    points, add = _agenda_forms(request, found)
    if request.method == "POST" and not all(point.is_valid() for point in points):
        add.add_error(None, _("Look at the points again: each has a place in the order, and minutes."))

    def act(_cleaned: dict[str, Any]) -> str:
        kept = [point.item for point in points if point.item is not None]
        items: list[Item] = [item for _place, item in sorted(kept, key=lambda each: each[0])]
        services.set_agenda(
            actor=request.actor, meeting=found.meeting, is_theirs=found.is_theirs, items=[*items, *add.items]
        )
        return request.path if add.items else frame.meeting_address(found.meeting)

    page = frame.form_of_meeting(found, heading=_("What do you talk about?"), submit=_("Save"))
    extra = {"points": points}
    template = "decide/meeting_agenda.html"
    done = _("The agenda is saved.")
    return answer_form(request, form=add, page=page, act=act, done=done, template=template, extra=extra)


def _agenda_forms(
    request: ActorRequest, found: queries.FoundMeeting
) -> tuple[list[forms.PointForm], forms.AddPointsForm]:
    items = queries.list_items(found.meeting)
    readable = queries.list_readable(request.actor, found.place, items)
    people = forms.key_people(queries.list_expected(found.meeting, found.place))
    points = [
        forms.PointForm(
            sent(request), prefix=str(item.id), row=item, title=presenter.title_of(item, readable), people=people
        )
        for item in items
    ]
    on_it = {item.matter_id for item in items}
    open_ones = queries.list_choosable(request.actor, found.place, found.meeting.group_id)
    return points, forms.AddPointsForm(
        sent(request),
        matters=[matter for matter in open_ones if matter.id not in on_it],
        actor=forms.only(people, request.actor.person_id),
    )


@get_or_post
@signed_in
def meeting_minutes(request: ActorRequest, meeting_id: uuid.UUID) -> HttpResponse:
    """Write who was there, what was said and what was decided."""
    found = _to_keep(request, meeting_id)
    points, form = _minutes_forms(request, found)
    if request.method == "POST" and not all(point.is_valid() for point in points):
        form.add_error(None, _("Look at what you wrote under each point again."))

    def act(cleaned: dict[str, Any]) -> str:
        minutes = services.Minutes(
            presence=form.presence,
            others_there=cleaned["others_there"],
            notes=cleaned["notes"],
            said=[point.said for point in points],
        )
        services.write_minutes(actor=request.actor, meeting=found.meeting, is_theirs=found.is_theirs, minutes=minutes)
        return frame.meeting_address(found.meeting)

    page = frame.form_of_meeting(found, heading=_("Minutes"), submit=_("Save the minutes"))
    template, extra = "decide/meeting_minutes.html", {"points": points}
    done = _("The minutes are saved.")
    return answer_form(request, form=form, page=page, act=act, done=done, template=template, extra=extra)


def _minutes_forms(
    request: ActorRequest, found: queries.FoundMeeting
) -> tuple[list[forms.PointMinutesForm], forms.MinutesForm]:
    meeting, items = found.meeting, queries.list_items(found.meeting)
    readable = queries.list_readable(request.actor, found.place, items)
    says = presenter.say_outcomes(items)
    points = [
        forms.PointMinutesForm(
            sent(request),
            prefix=str(item.id),
            row=item,
            title=presenter.title_of(item, readable),
            outcomes=says.get(item.matter_id, []) if item.matter_id else [],
        )
        for item in items
        if item.matter_id is None or item.matter_id in readable
    ]
    people = forms.key_people(queries.list_expected(meeting, found.place))
    form = forms.MinutesForm(sent(request), people=people, initial=presenter.fill_minutes(meeting))
    return points, form


@get_or_post
@signed_in
def meeting_decided(request: ActorRequest, meeting_id: uuid.UUID) -> HttpResponse:
    """Write down what was decided at a meeting, without a vote here."""
    found = _to_keep(request, meeting_id)
    policies.check_can_start(request.actor, found.place)
    item = queries.find_item(found.meeting, request.GET.get("item", ""))
    people = choosing.list_people(found.place)
    steps = StepFormSet(sent(request), form_kwargs={"people": people}, prefix="steps")
    form = forms.DecidedForm(sent(request), initial={"question": item.title if item else ""})
    if request.method == "POST" and not steps.is_valid():
        form.add_error(None, _("Look at the steps again: each needs who, what and by when."))

    def act(cleaned: dict[str, Any]) -> str:
        said = [outcomes.Step(**each) for each in (one.step for one in steps.forms) if each is not None]
        services.record_decision(
            actor=request.actor,
            meeting=found.meeting,
            is_theirs=found.is_theirs,
            question=cleaned.pop("question"),
            words=outcomes.Words(**cleaned, steps=said),
            item=item,
        )
        return frame.meeting_address(found.meeting)

    page = frame.form_of_meeting(
        found,
        heading=_("Write down a decision"),
        lede=_("For what you decided face to face. Everybody it affects is told, and it is looked at again."),
        submit=_("Publish it"),
    )
    extra, template = {"steps": steps}, "decide/publish.html"
    done = _("It is written down, and sent to everybody it affects.")
    return answer_form(request, form=form, page=page, act=act, done=done, template=template, extra=extra)
