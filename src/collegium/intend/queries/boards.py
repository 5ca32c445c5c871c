"""Boards: for those who keep one, and for the public."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from collegium.base import tenancy, time
from collegium.intend import promise_policies as policies
from collegium.intend.errors import NotFound
from collegium.intend.models import Board, BoardEntry, Commitment
from collegium.intend.promise_enums import PromiseState
from collegium.intend.queries import promises
from collegium.people.actors import Actor
from collegium.people.models import Unit
from collegium.people.places import Place
from collegium.people.queries import places

GONE_LIMIT = 20
_PARTS = ("by_person", "by_group", "by_role", "to_unit", "to_group", "unit")
_ENTRY = (*(f"commitment__{part}" for part in _PARTS), "board__unit")


@dataclass(frozen=True, slots=True)
class PublicBoard:
    """A board as the public may read it: what stands on it, and what was taken off."""

    board: Board
    standing: tuple[BoardEntry, ...]
    taken_off: tuple[BoardEntry, ...]


def find_public(address: str) -> PublicBoard:
    """Return a public board by its address, whoever asks; NotFound for any other, hidden ones among them.

    The address alone is looked for across all communities; what it leads to is read inside its own.
    """
    with tenancy.across_communities():
        board = Board.objects.filter(address=address, is_public=True).select_related("unit").first()
    if board is None or (board.unit.ends_on is not None and board.unit.ends_on <= time.today()):
        raise NotFound
    with tenancy.community_scope(board.community_id):
        standing, taken_off = list_entries(board)
    return PublicBoard(board, tuple(standing), tuple(taken_off))


def list_entries(board: Board) -> tuple[list[BoardEntry], list[BoardEntry]]:
    """Return what stands on a board in its order, and what was taken off, the latest first."""
    rows = BoardEntry.objects.filter(board=board).select_related(*_ENTRY)
    standing = list(rows.filter(taken_off_on__isnull=True).order_by("position", "id"))
    gone = rows.filter(taken_off_on__isnull=False).order_by("-taken_off_on", "id")
    return standing, list(gone[:GONE_LIMIT])


def is_address_taken(address: str, *, but_of: uuid.UUID) -> bool:
    """Say whether the board of any other unit, of any community, has the address."""
    with tenancy.across_communities():
        return Board.objects.filter(address=address).exclude(unit_id=but_of).exists()


def find_board(place: Place) -> Board | None:
    """Return the board of a unit, public or not, or None where none was set up."""
    return Board.objects.filter(unit_id=place.unit_id).select_related("unit").first()


def get_board_for(actor: Actor, place: Place) -> Board:
    """Return the board of a unit for those who keep it; NotFound where none was set up."""
    policies.check_can_run_board(actor, place)
    board = find_board(place)
    if board is None:
        raise NotFound
    return board


def get_unit_for(actor: Actor, place: Place) -> Unit:
    """Return the unit of a place for setting up its board."""
    policies.check_can_run_board(actor, place)
    return Unit.objects.get(id=place.unit_id, community_id=actor.community_id)


def get_entry_for(actor: Actor, place: Place, entry_id: uuid.UUID) -> BoardEntry:
    """Return what stands on the board of a unit, for those who keep it."""
    board = get_board_for(actor, place)
    entry = BoardEntry.objects.filter(id=entry_id, board=board).select_related(*_ENTRY).first()
    if entry is None:
        raise NotFound
    return entry


def list_candidates(board: Board) -> QuerySet[Commitment]:
    """Return the promises that could be put on a board: made ones of its unit that do not stand there."""
    place = places.locate(board.unit, time.today())
    standing = BoardEntry.objects.filter(board=board, taken_off_on__isnull=True)
    rows = promises.of_unit(place).exclude(state__in=(PromiseState.PROPOSED, PromiseState.RELEASED))
    return rows.exclude(id__in=standing.values("commitment_id")).order_by("due_on", "id")


def list_own_entries(actor: Actor) -> list[BoardEntry]:
    """Return where a promise of the actor's own stands on a board."""
    rows = BoardEntry.objects.filter(commitment__by_person_id=actor.person_id, taken_off_on__isnull=True)
    return list(rows.select_related(*_ENTRY).order_by("board__title", "position", "id"))


def get_own_entry(actor: Actor, entry_id: uuid.UUID) -> BoardEntry:
    """Return one of these; NotFound for anybody else's."""
    found = next((row for row in list_own_entries(actor) if row.id == entry_id), None)
    if found is None:
        raise NotFound
    return found
