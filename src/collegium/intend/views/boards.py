"""The public board, for those who keep it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.intend import promise_policies as policies
from collegium.intend.forms import boards as forms
from collegium.intend.presenters import boards as presenter
from collegium.intend.presenters.public_board import present_poster, present_public_board
from collegium.intend.queries import boards as queries
from collegium.intend.queries import promises
from collegium.intend.queries.boards import PublicBoard
from collegium.intend.services import boards
from collegium.listen import printing
from collegium.people.views.frame import ActorRequest, PlaceRequest, answer_form, get_or_post, of_unit, sent, signed_in


def _board_url(request: PlaceRequest) -> str:
    return reverse("intend:board", args=[request.place.slug])


@require_safe
@of_unit(policies.check_can_run_board)
def board(request: PlaceRequest) -> HttpResponse:
    """Show the board with what can be done with it."""
    found = queries.find_board(request.place)
    if found is None:
        return redirect("intend:board_change", request.place.slug)
    return render(request, "intend/board.html", {"page": presenter.present_board(request.actor, request.place, found)})


@get_or_post
@of_unit(policies.check_can_run_board)
def board_change(request: PlaceRequest) -> HttpResponse:
    """Set the board up, or change what it is called and who may read it."""
    found, unit = queries.find_board(request.place), queries.get_unit_for(request.actor, request.place)

    def act(cleaned: dict[str, Any]) -> str:
        boards.set_up_board(actor=request.actor, unit=unit, **cleaned)
        return _board_url(request)

    form = forms.BoardForm(sent(request), initial=forms.BoardForm.initial_of(found, presenter.propose(request.place)))
    page = presenter.around(
        request.place,
        _("Change the board") if found else _("Set up a public board"),
        _("A short list of promises that anybody can read without signing in, and hold you to."),
        _("Save"),
        has_board=found is not None,
    )
    return answer_form(request, form=form, page=page, act=act, done=_("Saved."))


@get_or_post
@of_unit(policies.check_can_run_board)
def board_put(request: PlaceRequest, promise_id: uuid.UUID) -> HttpResponse:
    """Put a promise on the board."""
    found = queries.get_board_for(request.actor, request.place)
    promise = promises.get_promise_for(request.actor, promise_id).promise

    def act(cleaned: dict[str, Any]) -> str:
        boards.put_on_board(actor=request.actor, board=found, promise=promise, **cleaned)
        return page.back_url

    form = forms.EntryForm(sent(request), initial={"words": promise.what})
    lede = _("It can be read by everybody, with how it is going, since when, and what comes next.")
    page = presenter.around(request.place, _("Put this promise on the board"), lede, _("Put it there"))
    return answer_form(request, form=form, page=page, act=act, done=_("It stands on the board."))


@get_or_post
@of_unit(policies.check_can_run_board)
def board_reword(request: PlaceRequest, board_entry_id: uuid.UUID) -> HttpResponse:
    """Say a promise on the board in other words, and what comes next."""
    entry = queries.get_entry_for(request.actor, request.place, board_entry_id)

    def act(cleaned: dict[str, Any]) -> str:
        boards.reword_entry(actor=request.actor, entry=entry, **cleaned)
        return page.back_url

    form = forms.EntryForm(sent(request), initial={"words": entry.words, "next_step": entry.next_step})
    page = presenter.around(request.place, _("Reword it for the public"), entry.commitment.what, _("Save"))
    return answer_form(request, form=form, page=page, act=act, done=_("Saved."))


@get_or_post
@of_unit(policies.check_can_run_board)
def board_take_off(request: PlaceRequest, board_entry_id: uuid.UUID) -> HttpResponse:
    """Take a promise off the board."""
    entry = queries.get_entry_for(request.actor, request.place, board_entry_id)

    def act(cleaned: dict[str, Any]) -> str:
        boards.take_off_board(actor=request.actor, entry=entry, **cleaned)
        return page.back_url

    page = presenter.around(request.place, _("Take this promise off the board?"), entry.words, _("Take it off"))
    form = forms.TakeOffForm(sent(request))
    return answer_form(request, form=form, page=page, act=act, done=_("It is off the board. A dated line says so."))


@require_POST
@of_unit(policies.check_can_run_board)
def board_up(request: PlaceRequest, board_entry_id: uuid.UUID) -> HttpResponse:
    """Let a promise change places with the one before it."""
    entry = queries.get_entry_for(request.actor, request.place, board_entry_id)
    boards.move_up(actor=request.actor, entry=entry)
    return redirect(_board_url(request))


@require_safe
@of_unit(policies.check_can_run_board)
def board_poster(request: PlaceRequest) -> HttpResponse:
    """Print the board as a poster with a picture code."""
    found = queries.get_board_for(request.actor, request.place)
    standing, _taken_off = queries.list_entries(found)
    poster = present_poster(present_public_board(PublicBoard(found, tuple(standing), ())))
    paper = request.GET.get("paper", "")
    drawn = printing.draw_poster(poster, paper=paper if paper in printing.PAPERS else "a4")
    headers = {"Content-Disposition": 'attachment; filename="promises.pdf"'}
    return HttpResponse(drawn, content_type="application/pdf", headers=headers)


@require_POST
@signed_in
def my_board_name(request: ActorRequest, board_entry_id: uuid.UUID) -> HttpResponse:
    """Let one's own name stand with one's promise on the board, or take it back."""
    entry, allowed = queries.get_own_entry(request.actor, board_entry_id), request.POST.get("allowed") == "yes"
    boards.allow_name(actor=request.actor, entry=entry, allowed=allowed)
    messages.success(request, _("Your name stands there now.") if allowed else _("Your name is off the board."))
    return redirect("people:my_part")
