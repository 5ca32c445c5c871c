"""Bringing in decisions that were taken elsewhere."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from collegium.base.errors import sentence
from collegium.decide import policies
from collegium.decide.errors import Invalid
from collegium.decide.forms.importing import BringForm, KeepForm
from collegium.decide.presenters import frame
from collegium.decide.presenters import importing as presenter
from collegium.decide.services import importing as services
from collegium.people.queries import units
from collegium.people.views.frame import PlaceRequest, get_or_post, of_unit, sent


@get_or_post
@of_unit(policies.check_can_write_norms)
def bring(request: PlaceRequest) -> HttpResponse:
    """Choose a file, and see what of it would be kept."""
    unit = units.get_unit_for(request.actor, request.place)
    form = BringForm(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, question = form.cleaned_data["file"], form.cleaned_data["question"]
        try:
            pasts = services.read_upload(file, question, is_ranking=form.cleaned_data["is_ranking"])
            page = presenter.present_preview(request.actor, request.place, pasts, services.keep(unit, pasts))
        except Invalid as error:
            form.add_error(None, sentence(error))
        else:
            return render(request, "decide/bring_preview.html", {"page": page})
    around = frame.form_of_unit(
        request.place,
        heading=_("Bring in earlier decisions"),
        lede=_("Votes that are closed become closed matters to read. You see them before anything is kept."),
        submit=_("Look at it"),
    )
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "decide/bring.html", {"page": around, "form": form}, status=status)


@require_POST
@of_unit(policies.check_can_write_norms)
def bring_keep(request: PlaceRequest) -> HttpResponse:
    """Keep what was previewed."""
    unit = units.get_unit_for(request.actor, request.place)
    form = KeepForm(request.POST)
    token = form.cleaned_data["kept"] if form.is_valid() else ""
    brought = services.bring_in(actor=request.actor, unit=unit, pasts=services.open_kept(unit, token))
    said = ngettext("%(n)s decision was brought in.", "%(n)s decisions were brought in.", brought.made)
    there = _("%(n)s were here already.") % {"n": brought.there} if brought.there else ""
    long = ngettext("%(n)s was too long and left out.", "%(n)s were too long and left out.", brought.too_long)
    left_out = long % {"n": brought.too_long} if brought.too_long else ""
    messages.success(request, " ".join(filter(None, (said % {"n": brought.made}, there, left_out))))
    return HttpResponseRedirect(reverse("decide:unit_decide", args=[request.place.slug]))
