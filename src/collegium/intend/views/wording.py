"""Answering a form that words a text, also when somebody else has worded it meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from collegium.base.errors import Conflict, Invalid, sentence
from collegium.intend.errors import TextMovedOn
from collegium.people.presenters.forms import FormPage
from collegium.people.views.frame import sent


def answer_text(
    request: HttpRequest,
    *,
    make_form: Callable[[QueryDict | None], forms.Form],
    page: FormPage,
    act: Callable[[Any], str],
    done: str,
    read_meanwhile: Callable[[int], Any],
) -> HttpResponse:
    """Show a form that words a text; when it was sent and is valid, call `act` with it and go to where it says.

    When somebody else was faster, both texts are shown (409): what they wrote, and the form with all that was typed,
    which is now written from their version. `read_meanwhile` takes the version that the form was opened with.
    """
    form = make_form(sent(request))
    meanwhile, status = None, 200
    if request.method == "POST" and form.is_valid():
        try:
            url = act(form)
        except TextMovedOn as moved:
            meanwhile, status = read_meanwhile(form.cleaned_data["from_version"]), moved.status
            form = _written_from(make_form, request, moved)
        except (Invalid, Conflict) as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, done)
            return HttpResponseRedirect(url)
    if status == 200 and form.is_bound and form.errors:
        status = 422
    return render(request, page.template, {"page": page, "form": form, "meanwhile": meanwhile}, status=status)


def _written_from(make_form: Callable[[QueryDict | None], forms.Form], request: HttpRequest, moved: TextMovedOn) -> Any:
    data = request.POST.copy()
    data["from_version"] = str(moved.version)
    form = make_form(data)
    form.full_clean()
    form.add_error(None, sentence(moved))
    return form
