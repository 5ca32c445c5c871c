"""The promises of a unit as a list, for those who may see them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from collegium.base import time
from collegium.intend import promise_policies as policies
from collegium.intend.models import Commitment
from collegium.intend.presenters import promise_words as words
from collegium.intend.presenters.tabs import TabLink, tabs_of
from collegium.intend.queries import boards, promises
from collegium.intend.queries.carriers import Carriers, list_carriers
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseRow:
    """A promise in a list."""

    what: str
    url: str
    who: str
    whom: str
    due_on: dt.date
    state: str
    state_words: str
    asks_for_owner: bool
    rests_on_one: bool
    unit_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowTab:
    """One of the lists."""

    title: str
    url: str
    current: bool
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseList:
    """The promises of a unit."""

    unit: UnitFrame
    rows: tuple[PromiseRow, ...]
    pages: Page[Commitment]
    tabs: tuple[TabLink, ...]
    shows: tuple[ShowTab, ...]
    show: str
    is_narrowed: bool
    has_any: bool
    add_url: str
    board_url: str
    board_title: str
    roles_url: str


class _Counted(Paginator[Commitment]):
    """Pages of a list whose length is known already."""

    def __init__(self, rows: object, length: int | None) -> None:
        super().__init__(rows, PAGE_SIZE)  # type: ignore[arg-type]
        self._length = length

    @cached_property
    def count(self) -> int:
        """How many there are."""
        return super().count if self._length is None else self._length


def present_promises(actor: Actor, place: Place, *, show: str, text: str, page: str) -> PromiseList:
    """Return one page of the promises of a unit."""
    show = show if show in promises.SHOWN else "open"
    rows = promises.list_promises_for(actor, place, show=show, text=text)
    counts = promises.count_states(place)
    pages = _Counted(promises.with_names(rows), None if text else counts[show]).get_page(page)
    shown = list(pages.object_list)
    carriers = list_carriers(shown)
    url = reverse("intend:promises", args=[place.slug])
    titles = {"open": _("Open"), "overdue": _("Their day has passed"), "settled": _("Settled")}
    can_keep_board, board = policies.can_run_board(actor, place), boards.find_board(place)
    has_board = can_keep_board or (board is not None and board.is_public)
    return PromiseList(
        unit=frame_of(actor, place),
        rows=tuple(present_row(row, carriers[row.id], of_unit=place) for row in shown),
        pages=pages,
        tabs=tabs_of(actor, place, "promises"),
        shows=tuple(
            ShowTab(title=title, url=f"{url}?show={key}", current=key == show, count=counts[key])
            for key, title in titles.items()
        ),
        show=show,
        is_narrowed=bool(text),
        has_any=bool(counts["open"] or counts["settled"]),
        add_url=reverse("intend:promise_add", args=[place.slug]) if policies.can_propose(actor, place) else "",
        board_url=_board_url(place, board.address if board else "", can_keep=can_keep_board) if has_board else "",
        roles_url=reverse("intend:work_roles", args=[place.slug]),
        board_title=_("Public board") if board is not None else _("Set up a public board"),
    )


def _board_url(place: Place, address: str, *, can_keep: bool) -> str:
    if can_keep:
        return reverse("intend:board" if address else "intend:board_change", args=[place.slug])
    return reverse("intend:public_board", args=[address])


def present_row(row: Commitment, carriers: Carriers, *, of_unit: Place | None = None) -> PromiseRow:
    """Return a promise as a line of a list."""
    today = time.today()
    is_open = row.settled_on is None
    return PromiseRow(
        what=words.write_line(row.what),
        url=reverse("intend:promise", args=[row.id]),
        who=words.write_who(row),
        whom=words.write_whom(row),
        due_on=row.due_on,
        state=words.state_key(row, today),
        state_words=words.write_state(row, today),
        asks_for_owner=is_open and carriers.asks_for_owner,
        rests_on_one=is_open and carriers.rests_on_one,
        unit_name="" if of_unit is not None and row.unit_id == of_unit.unit_id else row.unit.name,
    )
