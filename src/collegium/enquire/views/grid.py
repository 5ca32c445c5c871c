"""Entering many numbers at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from collegium.enquire.forms.grid import GridForm
from collegium.enquire.presenters import grid as presenter
from collegium.enquire.queries import grids
from collegium.enquire.queries.enquiries import get_enquiry_to_work_on
from collegium.enquire.services import points
from collegium.enquire.views.frame import EnquiryRequest, of_enquiry
from collegium.people.views.frame import get_or_post, sent
from collegium.talk.views.threads import read_page


@get_or_post
@of_enquiry(get_enquiry_to_work_on)
def points_enter(request: EnquiryRequest) -> HttpResponse:
    """Show every measure over the last periods, and keep what was changed."""
    found = request.found
    periods = next((n for n in grids.PERIODS if request.GET.get("periods") == str(n)), grids.PERIODS[0])
    grid = grids.get_grid(found, periods=periods, number=read_page(request))
    form = GridForm(sent(request), grid)
    if request.method == "POST":
        form.refuse(points.plan(found.enquiry, form.entries))
        if not form.wrong:
            kept = points.record(
                actor=request.actor, enquiry=found.enquiry, standing=found.standing, entries=form.entries
            )
            count = kept.new + kept.changed
            words = ngettext("%(n)s number is kept.", "%(n)s numbers are kept.", count)
            messages.success(request, words % {"n": count})
            return redirect(request.get_full_path())
    page = presenter.present_grid(request.actor, found, grid, form, periods)
    return render(request, "enquire/grid.html", {"page": page}, status=422 if form.wrong else 200)
