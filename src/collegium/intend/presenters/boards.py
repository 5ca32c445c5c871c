"""The board as those see it who keep it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext as _

from collegium.intend.models import Board, BoardEntry
from collegium.intend.presenters import promise_words as words
from collegium.intend.presenters.public_board import PublicBoardPage, present_public_board
from collegium.intend.queries import boards
from collegium.intend.queries.boards import PublicBoard
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.forms import FormPage
from collegium.people.presenters.frame import UnitFrame, frame_of

CANDIDATES_LIMIT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryActions:
    """Where what stands on the board is changed."""

    reword: str
    take_off: str
    up: str
    promise: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A promise that could be put on the board."""

    what: str
    who: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPage:
    """The board of a unit, for those who keep it."""

    unit: UnitFrame
    is_public: bool
    public: PublicBoardPage
    rows: tuple[tuple[Any, EntryActions], ...]
    candidates: tuple[Candidate, ...]
    frame_code: str
    hosts: tuple[str, ...]
    change_url: str
    poster_url: str
    list_url: str


def present_board(actor: Actor, place: Place, board: Board) -> BoardPage:
    """Return the board with what can be done with it."""
    standing, taken_off = boards.list_entries(board)
    public = present_public_board(PublicBoard(board, tuple(standing), tuple(taken_off)))
    candidates = boards.list_candidates(board).select_related("by_person", "by_group", "by_role")[:CANDIDATES_LIMIT]
    return BoardPage(
        unit=frame_of(actor, place),
        is_public=board.is_public,
        public=public,
        rows=tuple((shown, _actions(place, entry)) for shown, entry in zip(public.promises, standing, strict=True)),
        candidates=tuple(
            Candidate(
                what=words.write_line(row.what),
                who=words.write_who(row),
                url=reverse("intend:board_put", args=[place.slug, row.id]),
            )
            for row in candidates
        ),
        frame_code=_frame_code(board) if board.hosts else "",
        hosts=tuple(board.hosts),
        change_url=reverse("intend:board_change", args=[place.slug]),
        poster_url=reverse("intend:board_poster", args=[place.slug]),
        list_url=reverse("intend:promises", args=[place.slug]),
    )


def _actions(place: Place, entry: BoardEntry) -> EntryActions:
    def url(name: str) -> str:
        return reverse(f"intend:board_{name}", args=[place.slug, entry.id])

    return EntryActions(
        reword=url("reword"),
        take_off=url("take_off"),
        up=url("up"),
        promise=reverse("intend:promise", args=[entry.commitment_id]),
    )


def _frame_code(board: Board) -> str:
    address = str(settings.BASE_URL) + reverse("intend:public_board_frame", args=[board.address])
    return f'<iframe src="{address}" title="{escape(board.unit.name)}" width="100%" height="600"></iframe>'


def around(place: Place, heading: Any, lede: Any, submit: Any, *, has_board: bool = True) -> FormPage:
    """Return what stands around a form about the board."""
    back = "intend:board" if has_board else "intend:promises"
    return FormPage(
        kicker=place.name,
        home_url=reverse("people:unit_home", args=[place.slug]),
        home_title=place.name,
        back_url=reverse(back, args=[place.slug]),
        back_title=_("Public board") if has_board else _("Promises"),
        heading=heading,
        lede=lede,
        submit=submit,
    )


def propose(place: Place) -> dict[str, Any]:
    """Return what the form of a new board begins with."""
    title = _("What we promise at %(unit)s") % {"unit": place.name}
    return {"title": title, "address": slugify(place.name)[:50] or place.slug[:50], "is_public": False}
