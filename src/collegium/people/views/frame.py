"""What the views of this room share: who asks, which unit, which day, and how a form is answered."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from collegium.base import openings, time
from collegium.base.errors import Conflict, Invalid, sentence
from collegium.people.actors import Actor
from collegium.people.forms.changes import SearchForm
from collegium.people.places import Place
from collegium.people.presenters.forms import FormPage
from collegium.people.presenters.work import Work
from collegium.people.queries import groups, places

View = Callable[..., HttpResponse]
Check = Callable[[Actor, Place], None]
EARLIEST, LATEST = 1600, 2999  # years that a page can be asked for
HANDED_LIMIT = openings.LONGEST
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


class ActorRequest(HttpRequest):
    """A request whose actor is known."""

    actor: Actor


class PlaceRequest(ActorRequest):
    """A request about a unit."""

    place: Place


def signed_in(view: View) -> View:
    """Let people of a community in; send everybody else to sign in, or to the page that says what is missing."""

    @wraps(view)
    def wrapped(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if request.actor is None:
            return redirect("people:home")
        return view(request, *args, **kwargs)

    return wrapped


def of_unit(check: Check) -> Callable[[View], View]:
    """Find the unit of the address, tell the shell, and apply the policy; the view reads `request.place`."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: Any, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
            check(request.actor, load_place(request, slug))
            return view(request, *args, **kwargs)

        return signed_in(wrapped)

    return decorate


def of_group(view: View) -> View:
    """Find the group of the address for the actor, and tell the shell the unit that is its home."""

    @wraps(view)
    def wrapped(request: Any, group_id: uuid.UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        group, request.place = groups.get_group_for(request.actor, group_id, read_as_of(request))
        return view(request, group, *args, **kwargs)

    return signed_in(wrapped)


def load_place(request: Any, slug: str) -> Place:
    """Return the unit with this slug as of the day that the address asks for, and tell the shell."""
    request.place = places.get_place_for(request.actor, slug, read_as_of(request))
    place: Place = request.place
    return place


def read_as_of(request: HttpRequest) -> dt.date:
    """Return the day the address asks for with `?as_of=`, or today."""
    text = request.GET.get("as_of", "").strip()
    if not text:
        return time.today()
    day = time.parse_date(text)
    # Pages look back some years and on by a day, which the calendar's own ends do not allow.
    if day is None or not EARLIEST <= day.year <= LATEST:
        raise Invalid("bad_date", text=text[:40])
    return day


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, for a form; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def handed_over(request: HttpRequest, *names: str) -> dict[str, str]:
    """Return what an address hands to a form to begin with (`base.openings`), in these fields."""
    return {name: request.GET[name][:HANDED_LIMIT] for name in names if request.GET.get(name)}


def answer_work(request: HttpRequest, page: Work) -> HttpResponse:
    """Answer a page that asks how far work has come; it goes on to the next page once there is nothing to wait for."""
    response = render(request, "people/_work.html", {"page": page})
    if not page.is_under_way:
        response["HX-Redirect"] = page.next_url
    return response


def answer_form(
    request: HttpRequest,
    *,
    form: forms.Form,
    page: FormPage,
    act: Callable[[dict[str, Any]], str],
    done: str,
    template: str = "",
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show a form; when it was sent and is valid, call `act` with what it holds and go to the address it returns.

    What a service refuses because of what was sent is said above the form, with all that was typed still there.
    """
    if request.method == "POST" and form.is_valid():
        try:
            url = act(form.cleaned_data)
        except (Invalid, Conflict) as error:
            form.add_error(None, sentence(error))
        else:
            if done:
                messages.success(request, done)
            return HttpResponseRedirect(url)
    status = 422 if form.is_bound and form.errors else 200
    template = template or page.template
    return render(request, template, {"page": page, "form": form, **(extra or {})}, status=status)


def pick(
    request: HttpRequest,
    *,
    form: forms.Form,
    search: SearchForm,
    page: FormPage,
    act: Callable[[dict[str, Any]], str],
    done: str,
) -> HttpResponse:
    """Show a form that begins with finding somebody or something; what is searched for stays in the address."""
    found = bool(getattr(form, "found", ()))
    extra = {"search": search, "found": found}
    return answer_form(request, form=form, page=page, act=act, done=done, template="people/pick.html", extra=extra)
