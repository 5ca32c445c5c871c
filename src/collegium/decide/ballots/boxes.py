"""Putting ballots into sealed boxes, and emptying the boxes when the vote closes."""

from __future__ import annotations

import datetime as dt
import json
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.db import transaction

from collegium.base import sealing
from collegium.decide.marking import Marks
from collegium.decide.models.ballots import Box, SecretBallot, SecretReason
from collegium.decide.models.polls import Poll

FOLDER = "ballot-keys"
PEOPLE_A_BOX = 200
BLOCK = 4096
BALLOT_ALLOWANCE = 256  # bytes for each who may vote, so that the size of a box does not tell what was written
BATCH = 1000
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that looks like something else
CODE_LENGTH = 12


class BoxesClosed(Exception):
    """This machine has not the key of a box."""


@dataclass(frozen=True, slots=True, order=True)
class Cast:
    """A ballot in a box: its code, what is on it, and the words beside it."""

    code: str
    marks: str  # as JSON, so that ballots have an order that says nothing
    reason: str

    def read(self) -> Marks:
        """Return what is on it."""
        found: Marks = json.loads(self.marks)
        return found


def lay_out(poll: Poll) -> None:
    """Make the empty boxes of a vote; call it in the transaction that opens it."""
    number = max(1, -(-poll.asked // PEOPLE_A_BOX))
    capacity = -(-min(poll.asked, PEOPLE_A_BOX) * BALLOT_ALLOWANCE // BLOCK) * BLOCK
    for position in range(number):
        box = Box(community_id=poll.community_id, poll=poll, position=position)
        _seal(box, [], capacity)
        box.save(force_insert=True)


def put(poll: Poll, marks: Marks, reason: str) -> str:
    """Put a ballot into a box that is drawn by lot, and return its code; `BoxesClosed` where that cannot be opened.

    The caller has noted, in the same transaction, that its voter has voted.
    """
    boxes = list(Box.objects.filter(poll=poll).order_by("position").values_list("id", flat=True))
    if not boxes:
        raise BoxesClosed
    box = Box.objects.select_for_update().get(id=secrets.choice(boxes))
    held = _look_into(box)
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    before = box.number
    _seal(box, sorted([*held, Cast(code, json.dumps(marks), reason)]), len(box.sealed))
    box.save(update_fields=["number", "sealed"])
    transaction.on_commit(partial(sealing.forget, box.id, before, folder=FOLDER))
    return code


def _seal(box: Box, held: Sequence[Cast], capacity: int) -> None:
    body = json.dumps([[each.code, each.marks, each.reason] for each in held], ensure_ascii=False).encode()
    capacity = max(BLOCK, capacity - capacity % BLOCK)
    while capacity < len(body):
        capacity *= 2
    box.number += 1
    box.sealed = sealing.seal(box.id, box.number, body + b" " * (capacity - len(body)), folder=FOLDER)


def _look_into(box: Box) -> list[Cast]:
    try:
        body = sealing.unseal(box.id, box.number, bytes(box.sealed), folder=FOLDER)
    except sealing.KeyMissing as error:
        raise BoxesClosed from error
    return [Cast(*each) for each in json.loads(body)]


def empty(poll: Poll) -> list[Cast]:
    """Take all ballots out of the boxes of a vote, sorted by code, and do away with the boxes and their keys."""
    boxes = list(Box.objects.select_for_update().filter(poll=poll).order_by("position"))
    held = sorted(cast for box in boxes for cast in _look_into(box))
    destroy(poll)
    return held


def destroy(poll: Poll) -> None:
    """Do away with the boxes of a vote and all that is in them, and with their keys once that is committed."""
    ids = list(Box.objects.filter(poll=poll).values_list("id", flat=True))
    Box.objects.filter(poll=poll).delete()
    for box_id in ids:
        transaction.on_commit(partial(sealing.destroy, box_id, folder=FOLDER))


def publish(poll: Poll, held: Sequence[Cast], *, with_reasons: bool) -> None:
    """Keep the ballots of a closed vote for everybody who takes part, and reasons cut from them, by their words."""
    SecretBallot.objects.bulk_create(
        (
            SecretBallot(community_id=poll.community_id, poll=poll, code=cast.code, marks=cast.read())
            for cast in sorted(held)
        ),
        batch_size=BATCH,
    )
    reasons = sorted(cast.reason for cast in held if cast.reason) if with_reasons else []
    SecretReason.objects.bulk_create(
        (SecretReason(community_id=poll.community_id, poll=poll, text=text) for text in reasons), batch_size=BATCH
    )


def forget_old_keys(unused_since: dt.datetime) -> None:
    """Overwrite keys that a killed process could not, and those of boxes that have been gone for so long."""
    numbers: dict[uuid.UUID, int] = dict(Box.objects.values_list("id", "number"))
    for box_id, touched_at in sealing.list_boxes(folder=FOLDER).items():
        if box_id in numbers:
            sealing.forget(box_id, numbers[box_id] - 1, folder=FOLDER)
        elif touched_at < unused_since:  # boxes that are just being laid out are not there to be seen yet
            sealing.destroy(box_id, folder=FOLDER)
