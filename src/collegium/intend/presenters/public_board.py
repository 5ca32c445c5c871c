"""The public board: what anybody reads without signing in, in a page, in a frame, in a feed and on paper."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from collegium import __version__
from collegium.base import time
from collegium.intend.models import BoardEntry
from collegium.intend.presenters import promise_words as words
from collegium.intend.promise_enums import Going, PromiseState
from collegium.intend.queries.boards import PublicBoard
from collegium.listen.printing import Poster

POSTER_LIMIT, POSTER_LINE = 4, 120


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPromise:
    """A promise as the public reads it. `who` names a person only with their permission."""

    id: str
    words: str
    who: str
    whom: str
    state: str
    state_words: str
    since: dt.date
    due_on: dt.date
    next_step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOff:
    """The line that stays of a promise that was taken off."""

    on: dt.date
    why: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicBoardPage:
    """The board."""

    unit_name: str
    title: str
    intro: str
    promises: tuple[PublicPromise, ...]
    taken_off: tuple[TakenOff, ...]
    changed_at: dt.datetime
    url: str
    feed_url: str
    etag: str


def present_public_board(found: PublicBoard) -> PublicBoardPage:
    """Return what the public reads."""
    board = found.board
    promises = tuple(_promise(entry) for entry in found.standing)
    taken_off = tuple(
        TakenOff(on=entry.taken_off_on, why=entry.taken_off_why, words=words.write_line(entry.words))
        for entry in found.taken_off
        if entry.taken_off_on is not None
    )
    shown = repr((__version__, get_language(), board.title, board.intro, board.unit.name, promises, taken_off))
    return PublicBoardPage(
        unit_name=board.unit.name,
        title=board.title,
        intro=board.intro,
        promises=promises,
        taken_off=taken_off,
        changed_at=board.changed_at,
        url=public_url(board.address),
        feed_url=settings.BASE_URL + reverse("intend:public_board_feed", args=[board.address]),
        etag=f'"{hashlib.sha256(shown.encode()).hexdigest()[:32]}"',
    )


def public_url(address: str) -> str:
    """Return where anybody reads a board."""
    return str(settings.BASE_URL) + reverse("intend:public_board", args=[address])


def _promise(entry: BoardEntry) -> PublicPromise:
    promise, today = entry.commitment, time.today()
    state = words.state_key(promise, today)
    return PublicPromise(
        id=str(entry.id),
        words=entry.words,
        who=_who(entry),
        whom=_whom(entry),
        state=state,
        state_words=_state_words(entry, state),
        since=_since(entry, state),
        due_on=promise.due_on,
        next_step=entry.next_step if promise.settled_on is None else "",
    )


def _who(entry: BoardEntry) -> str:
    promise = entry.commitment
    if promise.by_person_id is None:
        return words.write_who(promise)
    is_named = entry.name_allowed and promise.by_person is not None and promise.by_person.erased_at is None
    return words.write_who(promise) if is_named else _("Somebody at %(unit)s") % {"unit": promise.unit.name}


def _whom(entry: BoardEntry) -> str:
    """A group or a unit can be named in public; one person it was made to cannot."""
    promise = entry.commitment
    return "" if promise.to_person_id is not None else words.write_whom(promise)


def _state_words(entry: BoardEntry, state: str) -> str:
    promise = entry.commitment
    said = {
        PromiseState.PROPOSED: _("waiting for a new owner"),
        PromiseState.KEPT: _("kept, say those it was made to"),
        PromiseState.PARTLY: _("partly kept, say those it was made to"),
        PromiseState.NOT_KEPT: _("not kept, say those it was made to"),
        PromiseState.RELEASED: _("let go"),
        "overdue": _("its day has passed, and it is being talked about"),
    }
    if state in said:
        return said[state]
    return str(Going(promise.going).label) if promise.going else _("made")


def _since(entry: BoardEntry, state: str) -> dt.date:
    promise = entry.commitment
    if promise.settled_on is not None:
        return promise.settled_on
    if state == "overdue":
        return promise.due_on
    return promise.going_since or promise.made_on or entry.shown_on


def present_poster(page: PublicBoardPage) -> Poster:
    """Return what a poster of the board says: its first promises, how each is going, and where all of them are read."""
    shown = page.promises[:POSTER_LIMIT]
    more = len(page.promises) - len(shown)
    steps = [words.write_line(each.words, POSTER_LINE) for each in shown]
    return Poster(
        kicker=page.unit_name,
        title=page.title,
        steps=(*steps, *((_("… and %(more)s more") % {"more": more},) if more > 0 else ())),
        address=page.url,
        notes=tuple(_write_going(each) for each in shown),
        promise=_("How each of them is going today stands at this address. No sign-in is needed."),
        dates=_("As it stood on %(day)s") % {"day": words.write_day(time.today())},
    )


def _write_going(promise: PublicPromise) -> str:
    said = {"state": capfirst(promise.state_words), "day": words.write_day(promise.since)}
    going = _("%(state)s, since %(day)s.") % said
    following = words.write_line(promise.next_step, POSTER_LINE)
    return f"{going} {_('Next:')} {following}" if following else going
