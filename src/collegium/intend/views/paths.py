"""How a unit begins: choosing a path, planning its steps, taking them."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.intend import path_words, policies
from collegium.intend.forms.paths import ChoosePathForm, FinishStepForm, LeavePathForm, PlanStepForm, RevisitForm
from collegium.intend.presenters import paths as presenter
from collegium.intend.queries import paths
from collegium.intend.services import paths as services
from collegium.people.queries import units
from collegium.people.views.frame import PlaceRequest, answer_form, get_or_post, of_unit, sent


@require_safe
@of_unit(policies.check_can_view_path)
def unit_beginning(request: PlaceRequest) -> HttpResponse:
    """Show where trust stands, which path follows from it, and the steps of the one that was chosen."""
    page = presenter.present_beginning(request.actor, request.place)
    return render(request, "intend/beginning.html", {"page": page})


@get_or_post
@of_unit(policies.check_can_keep)
def beginning_choose(request: PlaceRequest) -> HttpResponse:
    """Choose a path."""
    place = request.place
    guidance = paths.read_guidance(request.actor, place)
    suggested = guidance.suggestion.path.value

    def act(cleaned: dict[str, Any]) -> str:
        unit = units.get_unit_for(request.actor, place)
        services.choose_path(actor=request.actor, unit=unit, **cleaned)
        return presenter.address("unit_beginning", place)

    page = presenter.form_page(
        place,
        heading=_("Choose how you begin"),
        lede=path_words.write_suggestion(guidance.suggestion.reason, place.name),
        submit=_("Begin"),
    )
    form = ChoosePathForm(sent(request), initial={"path": suggested})
    return answer_form(request, form=form, page=page, act=act, done=_("It is chosen. Now say who sees to each step."))


@get_or_post
@of_unit(policies.check_can_keep)
def beginning_leave(request: PlaceRequest) -> HttpResponse:
    """Leave a path, to choose again."""
    place = request.place
    path = paths.get_open(place)

    def act(cleaned: dict[str, Any]) -> str:
        services.leave_path(actor=request.actor, path=path, because=cleaned["because"])
        return presenter.address("unit_beginning", place)

    page = presenter.form_page(
        place,
        heading=_("Leave this path?"),
        lede=str(path_words.TITLES[path.path]),
        submit=_("Leave it"),
        is_danger=True,
        consequences=(
            _("Its steps, and what you learned, stay on record with your reason."),
            _("You can choose anew, and begin with the first step."),
        ),
    )
    return answer_form(request, form=LeavePathForm(sent(request)), page=page, act=act, done=_("It was left."))


# --- steps ------------------------------------------------------------------------------------------------------------
@get_or_post
@of_unit(policies.check_can_keep)
def step_plan(request: PlaceRequest, step_id: uuid.UUID) -> HttpResponse:
    """Say who sees to a step, who could in their place, and by when."""
    step = paths.get_step(request.place, step_id)

    def act(cleaned: dict[str, Any]) -> str:
        chosen = {"owner_id": cleaned["owner"], "second_id": cleaned["second"], "due_on": cleaned["due_on"]}
        services.plan_step(actor=request.actor, step=step, **chosen)
        return presenter.address("unit_beginning", request.place)

    title, meaning = path_words.STEPS[step.kind]
    page = presenter.form_page(request.place, heading=str(title), lede=str(meaning), submit=_("Save"))
    initial = {"owner": str(step.owner_id or ""), "second": str(step.second_id or ""), "due_on": step.due_on}
    form = PlanStepForm(sent(request), people=paths.list_carriers(request.place), initial=initial)
    return answer_form(request, form=form, page=page, act=act, done=_("It is planned."))


@get_or_post
@of_unit(policies.check_can_view_path)
def step_done(request: PlaceRequest, step_id: uuid.UUID) -> HttpResponse:
    """Report a step as done, with what was learned."""
    step = paths.get_step_to_do(request.actor, request.place, step_id)

    def act(cleaned: dict[str, Any]) -> str:
        services.finish_step(actor=request.actor, step=step, learned=cleaned["learned"])
        return presenter.address("unit_beginning", request.place)

    title, _meaning = path_words.STEPS[step.kind]
    page = presenter.form_page(
        request.place,
        heading=_("What came of “%(step)s”?") % {"step": title},
        lede=_("What you write here goes on to the next step."),
        submit=_("It is done"),
    )
    form = FinishStepForm(sent(request), initial={"learned": step.learned})
    return answer_form(request, form=form, page=page, act=act, done=_("It is done. The next step is open."))


@require_POST
@of_unit(policies.check_can_view_path)
def step_undo(request: PlaceRequest, step_id: uuid.UUID) -> HttpResponse:
    """Take up again the step that was done last."""
    step = paths.get_step_to_do(request.actor, request.place, step_id)
    services.undo_step(actor=request.actor, step=step)
    messages.success(request, _("It is open again. What was written is kept."))
    return redirect(presenter.address("unit_beginning", request.place))


@get_or_post
@of_unit(policies.check_can_keep)
def step_revisit(request: PlaceRequest, step_id: uuid.UUID, text_id: uuid.UUID) -> HttpResponse:
    """Open a vision or an intent again with what was learned."""
    step = paths.get_step(request.place, step_id)
    found = paths.get_to_revisit(step, text_id)

    def act(cleaned: dict[str, Any]) -> str:
        words = {"learned": cleaned["learned"], "stands_because": cleaned["stands_because"]}
        services.reopen_text(actor=request.actor, step=step, text=found.row.text, **words)
        if cleaned["outcome"] == "reword":
            return presenter.reword_url(request.place, found.row)
        return presenter.address("unit_beginning", request.place)

    page = presenter.form_page(
        request.place,
        heading=_("Look again at “%(title)s”") % {"title": found.row.title},
        lede=_("It was worded before you acted. What do you know now that you did not know then?"),
        submit=_("Go on"),
    )
    learned = found.revisit.learned if found.revisit else paths.get_learned_before(step)
    form = RevisitForm(sent(request), initial={"learned": learned})
    return answer_form(request, form=form, page=page, act=act, done=_("It is kept beside the text."))
