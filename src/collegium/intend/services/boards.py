"""The public board: what stands on it, in which words, and at which address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.db.models import Max

from collegium.base import prose, time
from collegium.intend import promise_policies as policies
from collegium.intend.errors import Conflict, Invalid
from collegium.intend.models import Board, BoardEntry, Commitment
from collegium.intend.queries import boards
from collegium.people.actors import Actor
from collegium.people.models import Unit
from collegium.people.services.writing import check_same_community, locate, record, tidy

TITLE_LIMIT, INTRO_LIMIT, WORDS_LIMIT, NEXT_LIMIT, WHY_LIMIT = 160, 1000, 400, 200, 300
ADDRESS_LEAST, ADDRESS_MOST = 4, 60
ADDRESS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
HOSTS_LIMIT, ENTRIES_LIMIT = 5, 20
HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")


@transaction.atomic
def set_up_board(
    *, actor: Actor, unit: Unit, title: str, address: str, intro: str = "", hosts: Sequence[str] = (), is_public: bool
) -> Board:
    """Set up the board of a unit or change it; it can be read by anybody only while it is public."""
    policies.check_can_run_board(actor, locate(unit))
    Unit.objects.select_for_update().get(id=unit.id)
    board = Board.objects.filter(unit=unit).first() or Board(community_id=actor.community_id, unit=unit)
    was_public, board.is_public = board.is_public, is_public
    board.title = tidy(title, limit=TITLE_LIMIT)
    board.intro = prose.tidy(intro, limit=INTRO_LIMIT)
    board.address, board.hosts, board.changed_at = _address(address), _hosts(hosts), time.now()
    if boards.is_address_taken(board.address, but_of=unit.id):
        raise Conflict("board_address_taken")
    try:
        with transaction.atomic():
            board.save()
    except IntegrityError as error:  # chosen by somebody else in the same moment
        raise Conflict("board_address_taken") from error
    verb = "board.changed" if was_public == is_public else "board.published" if is_public else "board.hidden"
    record(actor, verb, board, unit_id=unit.id, title=board.title)
    return board


@transaction.atomic
def put_on_board(*, actor: Actor, board: Board, promise: Commitment, words: str, next_step: str = "") -> BoardEntry:
    """Put a promise on the board, in words for the public, at its end."""
    policies.check_can_run_board(actor, locate(board.unit))
    check_same_community(actor, board, promise)
    Board.objects.select_for_update().get(id=board.id)
    if not boards.list_candidates(board).filter(id=promise.id).exists():
        raise Conflict("on_board_already")
    standing = BoardEntry.objects.filter(board=board, taken_off_on__isnull=True)
    if standing.count() >= ENTRIES_LIMIT:
        raise Conflict("board_full", limit=ENTRIES_LIMIT)
    last = standing.aggregate(last=Max("position"))["last"]
    entry = BoardEntry.objects.create(
        community_id=board.community_id,
        board=board,
        commitment=promise,
        position=0 if last is None else last + 1,
        words=_words(words),
        next_step=tidy(next_step, limit=NEXT_LIMIT, required=False),
        shown_on=time.today(),
    )
    _changed(board)
    record(actor, "board.put", board, unit_id=board.unit_id, promise_id=promise.id)
    return entry


@transaction.atomic
def reword_entry(*, actor: Actor, entry: BoardEntry, words: str, next_step: str = "") -> BoardEntry:
    """Say a promise on the board in other words, and what comes next."""
    policies.check_can_run_board(actor, locate(entry.board.unit))
    _check_on_board(entry)
    entry.words, entry.next_step = _words(words), tidy(next_step, limit=NEXT_LIMIT, required=False)
    entry.save(update_fields=["words", "next_step"])
    _changed(entry.board)
    record(actor, "board.reworded", entry.board, unit_id=entry.board.unit_id, promise_id=entry.commitment_id)
    return entry


@transaction.atomic
def take_off_board(*, actor: Actor, entry: BoardEntry, why: str) -> BoardEntry:
    """Take a promise off the board; a dated line with the reason stays."""
    policies.check_can_run_board(actor, locate(entry.board.unit))
    _check_on_board(entry)
    if not why.strip():
        raise Invalid("promise_reason_missing")
    entry.taken_off_on, entry.taken_off_why = time.today(), tidy(why, limit=WHY_LIMIT)
    entry.name_allowed = False
    entry.save(update_fields=["taken_off_on", "taken_off_why", "name_allowed"])
    _changed(entry.board)
    record(actor, "board.taken_off", entry.board, unit_id=entry.board.unit_id, promise_id=entry.commitment_id)
    return entry


@transaction.atomic
def move_up(*, actor: Actor, entry: BoardEntry) -> BoardEntry:
    """Let a promise change places with the one before it on the board."""
    policies.check_can_run_board(actor, locate(entry.board.unit))
    Board.objects.select_for_update().get(id=entry.board_id)
    rows = list(BoardEntry.objects.filter(board=entry.board, taken_off_on__isnull=True).order_by("position", "id"))
    place = next((number for number, row in enumerate(rows) if row.id == entry.id), 0)
    if place:
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
    for number, row in enumerate(rows):
        row.position = number
    BoardEntry.objects.bulk_update(rows, ["position"])
    _changed(entry.board)
    return entry


@transaction.atomic
def allow_name(*, actor: Actor, entry: BoardEntry, allowed: bool) -> BoardEntry:
    """Let one's own name stand with one's promise on the board, or take it back."""
    policies.check_can_allow_name(actor, entry.commitment.by_person_id)
    entry.name_allowed = allowed
    entry.save(update_fields=["name_allowed"])
    _changed(entry.board)
    return entry


def _changed(board: Board) -> None:
    board.changed_at = time.now()
    board.save(update_fields=["changed_at"])


def _check_on_board(entry: BoardEntry) -> None:
    if entry.taken_off_on is not None:
        raise Conflict("off_board_already")


def _words(text: str) -> str:
    return tidy(text, limit=WORDS_LIMIT)


def _address(text: str) -> str:
    text = text.strip().lower()
    if not ADDRESS.fullmatch(text) or not ADDRESS_LEAST <= len(text) <= ADDRESS_MOST:
        raise Invalid("board_address_form", least=ADDRESS_LEAST, most=ADDRESS_MOST)
    return text


def _hosts(texts: Sequence[str]) -> list[str]:
    """Return the origins that may frame the board: a scheme and a host each, nothing that could widen a policy."""
    found: list[str] = []
    for text in (each.strip() for each in texts):
        if not text:
            continue
        try:
            parts = urlsplit(text)
            host, port = (parts.hostname or ""), parts.port
        except ValueError:
            raise Invalid("board_host_form", host=text[:80]) from None
        is_plain = parts.path in ("", "/") and not (parts.query or parts.fragment or parts.username)
        if parts.scheme != "https" or not is_plain or not HOST.fullmatch(host):
            raise Invalid("board_host_form", host=text[:80])
        origin = f"https://{host}:{port}" if port else f"https://{host}"
        if origin not in found:
            found.append(origin)
    if len(found) > HOSTS_LIMIT:
        raise Invalid("board_hosts_many", limit=HOSTS_LIMIT)
    return found
