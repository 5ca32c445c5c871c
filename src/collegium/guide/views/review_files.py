"""Files of reviews: taken away, and brought in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.base.errors import Conflict, Invalid, sentence
from collegium.guide import policies
from collegium.guide.forms.reviews import BringForm
from collegium.guide.presenters import reviews as presenter
from collegium.guide.queries import reviews as queries
from collegium.guide.services import review_files as services
from collegium.listen.instruments import InstrumentProblems, limits
from collegium.listen.presenters.instruments import ProblemView, problem_views
from collegium.people.queries import units
from collegium.people.views.frame import PlaceRequest, get_or_post, of_unit, sent


@require_safe
@of_unit(policies.check_can_view_guide)
def review_file(request: PlaceRequest, review_key: str, version: int) -> HttpResponse:
    """Give the file of a review."""
    text = queries.get_file_text(request.place, review_key, version)
    response = HttpResponse(text, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{review_key}-{version}.toml"'
    return response


@get_or_post
@of_unit(policies.check_can_open_review)
def review_bring(request: PlaceRequest) -> HttpResponse:
    """Bring in a file of one's own; what is wrong with it is said line by line."""
    form = BringForm(sent(request), request.FILES or None)
    problems: tuple[ProblemView, ...] = ()
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        content = upload.read(limits.MOST_BYTES + 1) if upload else form.cleaned_data["pasted"].encode()
        try:
            unit = units.get_unit_for(request.actor, request.place)
            file = services.bring_file(actor=request.actor, unit=unit, content=content)
        except InstrumentProblems as error:
            problems = problem_views(error, content.decode("utf-8", "replace"))
        except (Invalid, Conflict) as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, _("“%(title)s” can be opened here now.") % {"title": file.title})
            return HttpResponseRedirect(reverse("guide:reviews", args=[request.place.slug]))
    page = presenter.form_of_unit(
        request.place,
        _("Bring in a file of your own"),
        _("Take a file away from the list, change its words, give it the next version, and bring it in here."),
        _("Bring it in"),
    )
    context = {"page": page, "form": form, "problems": problems}
    return render(request, "guide/review_bring.html", context, status=422 if problems or form.errors else 200)
