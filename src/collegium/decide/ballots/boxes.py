"""Putting ballots into sealed boxes, and emptying the boxes when the vote closes."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from collegium.base.boxes import Boxes, BoxesClosed
from collegium.decide.marking import Marks
from collegium.decide.models.ballots import Box, SecretBallot, SecretReason
from collegium.decide.models.polls import Poll

__all__ = ["BOXES", "FOLDER", "BoxesClosed", "Cast", "empty", "publish", "put"]

FOLDER = "ballot-keys"
BATCH = 1000
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that looks like something else
CODE_LENGTH = 12
BOXES = Boxes(model=Box, owner="poll", folder=FOLDER, allowance=256)


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


def put(poll: Poll, marks: Marks, reason: str) -> str:
    """Put a ballot into a box, and return its code; `BoxesClosed` where that cannot be opened.

    The caller has noted, in the same transaction, that its voter has voted.
    """
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    BOXES.put(poll, (code, json.dumps(marks), reason))
    return code


def empty(poll: Poll) -> list[Cast]:
    """Take all ballots out of the boxes of a vote, sorted by code, and do away with the boxes and their keys."""
    return [Cast(*slip) for slip in BOXES.empty(poll)]


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
