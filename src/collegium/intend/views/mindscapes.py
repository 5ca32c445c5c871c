"""What one values, thinks and does; and what a circle puts side by side."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.intend.enums import Side
from collegium.intend.forms.values import MindscapeForm, ShareForm
from collegium.intend.presenters import mindscapes as presenter
from collegium.intend.queries import circles, mindscapes
from collegium.intend.queries.circles import Gathering
from collegium.intend.services import mindscapes as services
from collegium.people.forms.changes import ConfirmForm
from collegium.people.presenters.forms import FormPage
from collegium.people.views.frame import ActorRequest, answer_form, get_or_post, sent, signed_in


@require_safe
@signed_in
def my_values(request: ActorRequest) -> HttpResponse:
    """Show what one wrote, and who sees what of it."""
    return render(request, "intend/my_values.html", {"page": presenter.present_my_values(request.actor)})


@get_or_post
@signed_in
def my_value_write(request: ActorRequest) -> HttpResponse:
    """Write a statement."""
    side = request.GET.get("side", "")

    def act(cleaned: dict[str, Any]) -> str:
        services.write(actor=request.actor, **cleaned)
        return reverse("intend:my_values")

    page = FormPage(
        **presenter.around_own(),
        heading=_("Write a statement"),
        lede=_("Nobody sees it but you, until you share it."),
        submit=_("Keep it for me"),
    )
    form = MindscapeForm(sent(request), initial={"side": side if side in Side.values else ""})
    return answer_form(request, form=form, page=page, act=act, done=_("It is kept. Only you see it."))


@get_or_post
@signed_in
def my_value_change(request: ActorRequest, mindscape_id: uuid.UUID) -> HttpResponse:
    """Change a statement that is not shared."""
    own = mindscapes.get_own(request.actor, mindscape_id)

    def act(cleaned: dict[str, Any]) -> str:
        services.change(actor=request.actor, mindscape=own, **cleaned)
        return reverse("intend:my_values")

    page = FormPage(
        **presenter.around_own(),
        heading=_("Change a statement"),
        lede=_("Nobody sees it but you, until you share it."),
        submit=_("Save"),
    )
    form = MindscapeForm(sent(request), initial=presenter.prefill(own))
    return answer_form(request, form=form, page=page, act=act, done=_("Saved."))


@get_or_post
@signed_in
def my_value_share(request: ActorRequest, mindscape_id: uuid.UUID) -> HttpResponse:
    """Share a statement with a group, team or school of one's own."""
    own = mindscapes.get_own(request.actor, mindscape_id)

    def act(cleaned: dict[str, Any]) -> str:
        named = cleaned["named"] == "yes"
        circle = services.share(actor=request.actor, mindscape=own, choice=cleaned["choice"], is_named=named)
        return reverse("intend:circle", args=[circle.id])

    offered = circles.list_choices(request.actor)
    page = FormPage(
        **presenter.around_own(),
        heading=_("Share this statement?"),
        lede=f"“{own.body}”",
        submit=_("Share it"),
        consequences=presenter.sharing_consequences(offered),
    )
    form = ShareForm(sent(request), offered=offered)
    return answer_form(request, form=form, page=page, act=act, done=_("It is shared."))


@require_POST
@signed_in
def my_value_take_back(request: ActorRequest, mindscape_id: uuid.UUID) -> HttpResponse:
    """Take a shared statement back."""
    own = mindscapes.get_own(request.actor, mindscape_id)
    services.take_back(actor=request.actor, mindscape=own)
    messages.success(request, _("It is yours alone again."))
    return redirect("intend:my_values")


@get_or_post
@signed_in
def my_value_delete(request: ActorRequest, mindscape_id: uuid.UUID) -> HttpResponse:
    """Delete a statement."""
    own = mindscapes.get_own(request.actor, mindscape_id)

    def act(_cleaned: dict[str, Any]) -> str:
        services.delete(actor=request.actor, mindscape=own)
        return reverse("intend:my_values")

    page = FormPage(
        **presenter.around_own(),
        heading=_("Delete this statement?"),
        lede=f"“{own.body}”",
        submit=_("Delete it"),
        is_danger=True,
        consequences=(
            _("It is gone, for you as well. That cannot be undone."),
            _("Where it was shared, it stands no more, and the marks of others are forgotten."),
        ),
    )
    return answer_form(request, form=ConfirmForm(sent(request)), page=page, act=act, done=_("It is deleted."))


# --- side by side -----------------------------------------------------------------------------------------------------
def load_circle(request: Any, circle_id: uuid.UUID) -> Gathering:
    """Return a circle to one of its people, and tell the shell its unit."""
    gathering = circles.get_circle_for(request.actor, circle_id)
    request.place = gathering.place
    return gathering


@require_safe
@signed_in
def circle(request: ActorRequest, circle_id: uuid.UUID) -> HttpResponse:
    """Show what a circle shares, by heart, head and hand."""
    gathering = load_circle(request, circle_id)
    return render(request, "intend/circle.html", {"page": presenter.present_circle(request.actor, gathering)})


@require_POST
@signed_in
def circle_echo(request: ActorRequest, circle_id: uuid.UUID, shared_id: uuid.UUID) -> HttpResponse:
    """Say that one sees a statement so too, or no longer."""
    gathering = load_circle(request, circle_id)
    shared = mindscapes.get_shared(gathering, shared_id)
    sees_so = request.POST.get("sees_so") == "yes"
    services.echo(actor=request.actor, gathering=gathering, mindscape=shared, sees_so=sees_so)
    return HttpResponseRedirect(f"{reverse('intend:circle', args=[circle_id])}#s-{shared.id}")
