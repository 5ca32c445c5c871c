"""The driver diagram of an enquiry: shown, changed box by box, and taken along as a picture."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.base.errors import Conflict, Invalid, sentence
from collegium.enquire.drivers.png import draw_png
from collegium.enquire.enums import DriverKind
from collegium.enquire.forms.drivers import AddForm, PlaceForm, WordsForm, kinds_under
from collegium.enquire.presenters import drivers as presenter
from collegium.enquire.presenters import frame
from collegium.enquire.queries import drivers as queries
from collegium.enquire.queries.enquiries import get_enquiry_to_work_on
from collegium.enquire.services import drivers as services
from collegium.enquire.views.frame import EnquiryRequest, of_enquiry
from collegium.people.forms.changes import ConfirmForm
from collegium.people.presenters.forms import FormPage
from collegium.people.views.frame import answer_form, get_or_post, sent

TEMPLATE = "enquire/driver_form.html"


@require_safe
@of_enquiry()
def drivers(request: EnquiryRequest) -> HttpResponse:
    """Show the driver diagram as it stands."""
    return render(request, "enquire/drivers.html", {"page": presenter.present_drivers(request.actor, request.found)})


@require_safe
@of_enquiry()
def drivers_version(request: EnquiryRequest, number: int) -> HttpResponse:
    """Show the driver diagram as it stood."""
    page = presenter.present_drivers(request.actor, request.found, number)
    return render(request, "enquire/drivers.html", {"page": page})


@require_safe
@of_enquiry()
def drivers_svg(request: EnquiryRequest) -> HttpResponse:
    """Hand out the diagram as SVG."""
    headers = {"Content-Disposition": 'attachment; filename="drivers.svg"'}
    return HttpResponse(presenter.draw_svg(request.found), content_type="image/svg+xml", headers=headers)


@require_safe
@of_enquiry()
def drivers_png(request: EnquiryRequest) -> HttpResponse:
    """Hand out the diagram as PNG."""
    headers = {"Content-Disposition": 'attachment; filename="drivers.png"'}
    return HttpResponse(draw_png(presenter.lay_out_newest(request.found)), content_type="image/png", headers=headers)


@get_or_post
@of_enquiry(get_enquiry_to_work_on)
def driver_add(request: EnquiryRequest) -> HttpResponse:
    """Add a box under another one, or the aim."""
    found, tree = request.found, queries.get_newest(request.found.enquiry).tree
    above = tree.find(request.GET.get("under", ""))
    kinds = kinds_under(above)
    if not kinds or (above is None and tree.aim):
        return redirect(frame.address_of(found.enquiry, "drivers"))

    def act(cleaned: dict[str, Any]) -> str:
        parent = above.id if above else ""
        services.add(actor=request.actor, enquiry=found.enquiry, standing=found.standing, parent=parent, **cleaned)
        return frame.address_of(found.enquiry, "drivers")

    page = _page(
        request,
        heading=_("Add to the driver diagram"),
        lede=_("Under: %(text)s") % {"text": above.text} if above else _("It begins with the aim."),
        submit=_("Add it"),
    )
    form = AddForm(sent(request), kinds=kinds, initial={"text": "" if above else found.enquiry.aim[:200]})
    return answer_form(request, form=form, page=page, act=act, done=_("It is added."))


@get_or_post
@of_enquiry(get_enquiry_to_work_on)
def driver_change(request: EnquiryRequest, node_id: uuid.UUID) -> HttpResponse:
    """Put other words into a box."""
    now = queries.get_newest(request.found.enquiry)
    node = now.tree.get(str(node_id))
    page = _page(request, heading=_("Reword it"), lede=str(DriverKind(node.kind).label), submit=_("Keep it"))
    form = WordsForm(sent(request), kind=DriverKind(node.kind), initial={"text": node.text})
    return _answer(request, services.change, form=form, page=page, node_id=node.id, latest=now.number)


@get_or_post
@of_enquiry(get_enquiry_to_work_on)
def driver_move(request: EnquiryRequest, node_id: uuid.UUID) -> HttpResponse:
    """Put a box, with all under it, under another one, or at another place beside its neighbours."""
    now = queries.get_newest(request.found.enquiry)
    node = now.tree.get(str(node_id))
    page = _page(request, heading=_("Move it"), lede=node.text, submit=_("Move it"))
    form = PlaceForm(sent(request), tree=now.tree, node=node)
    return _answer(request, services.move, form=form, page=page, node_id=node.id, latest=now.number)


@get_or_post
@of_enquiry(get_enquiry_to_work_on)
def driver_remove(request: EnquiryRequest, node_id: uuid.UUID) -> HttpResponse:
    """Take a box off, with all under it."""
    now = queries.get_newest(request.found.enquiry)
    node = now.tree.get(str(node_id))
    under = len(now.tree.branch(node.id)) - 1
    page = _page(
        request,
        heading=_("Take it off?"),
        lede=node.text,
        submit=_("Take it off"),
        consequences=(
            _("Boxes that go with it: %(n)s.") % {"n": under},
            _("Earlier versions keep it, and can be taken up again."),
        ),
    )
    form = ConfirmForm(sent(request))
    return _answer(request, services.remove, form=form, page=page, node_id=node.id, latest=now.number)


@require_POST
@of_enquiry(get_enquiry_to_work_on)
def driver_drop(request: EnquiryRequest) -> HttpResponse:
    """Take what was dragged from one place to another in the drawing."""
    found, posted = request.found, request.POST
    try:
        services.move(
            actor=request.actor,
            enquiry=found.enquiry,
            standing=found.standing,
            node_id=posted.get("node", ""),
            parent=posted.get("parent", ""),
            seen=_seen(request),
        )
    except (Invalid, Conflict) as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("It is moved."))
    return redirect(frame.address_of(found.enquiry, "drivers"))


@require_POST
@of_enquiry(get_enquiry_to_work_on)
def drivers_restore(request: EnquiryRequest, number: int) -> HttpResponse:
    """Take up an earlier version again."""
    found = request.found
    services.restore(
        actor=request.actor,
        enquiry=found.enquiry,
        standing=found.standing,
        number=number,
        seen=queries.get_newest(found.enquiry).number,
    )
    messages.success(request, _("That version is how it stands now."))
    return redirect(frame.address_of(found.enquiry, "drivers"))


def _answer(
    request: EnquiryRequest, service: Any, *, form: forms.Form, page: FormPage, node_id: str, latest: int
) -> HttpResponse:
    """Answer a form about one box. It tells which version it showed, and shows the newest when it comes back."""
    found = request.found

    def act(cleaned: dict[str, Any]) -> str:
        who = {"actor": request.actor, "enquiry": found.enquiry, "standing": found.standing}
        service(**who, node_id=node_id, seen=_seen(request), **cleaned)
        return frame.address_of(found.enquiry, "drivers")

    extra = {"seen": latest}
    return answer_form(request, form=form, page=page, act=act, done=_("It is kept."), template=TEMPLATE, extra=extra)


def _seen(request: HttpRequest) -> int:
    text = request.POST.get("seen", "")
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _page(request: EnquiryRequest, **texts: Any) -> FormPage:
    found = request.found
    back = {"back_url": frame.address_of(found.enquiry, "drivers"), "back_title": _("Driver diagram")}
    return frame.form_of_enquiry(found, **back, **texts)
