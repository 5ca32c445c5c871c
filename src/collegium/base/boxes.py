"""Boxes into which people put something secret, one after the other, to be opened all at once.

While a box is open its slips lie together, sorted by what is on them, sealed under a key that is used once
(`base.sealing`). Whoever copies the disk finds earlier states that nobody can open, and nothing that leads from a slip
to who put it in, when, or after whom. docs/explanation/anonymity.md says what this holds against, and what not.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import models, transaction

from collegium.base import sealing

PEOPLE_A_BOX = 200
BLOCK = 4096
Slip = tuple[str, ...]


class BoxesClosed(Exception):
    """This machine has not the key of a box."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxes:
    """The boxes of one kind of thing: a table with `position`, `number`, `sealed`, and `owner`, whose they are.

    `allowance` is how many bytes there are for each who may put something in, so that the size of a box tells nothing.
    """

    model: type[models.Model]
    owner: str
    folder: str
    allowance: int

    def _of(self, owner: models.Model) -> models.QuerySet[Any]:
        rows: models.QuerySet[Any] = self.model._default_manager.filter(**{self.owner: owner})  # noqa: SLF001 Django's own name
        return rows.order_by("position")

    def lay_out(self, owner: Any, people: int) -> None:
        """Make the empty boxes for so many people; call it in the transaction that opens what they are of."""
        capacity = -(-min(people, PEOPLE_A_BOX) * self.allowance // BLOCK) * BLOCK
        for position in range(max(1, -(-people // PEOPLE_A_BOX))):
            box: Any = self.model(community_id=owner.community_id, position=position, **{self.owner: owner})
            self._seal(box, [], capacity)
            box.save(force_insert=True)

    def put(self, owner: models.Model, slip: Slip) -> None:
        """Put a slip into a box that is drawn by lot; `BoxesClosed` where that cannot be opened.

        The caller has noted, in the same transaction, that its writer has taken part.
        """
        boxes = list(self._of(owner).values_list("id", flat=True))
        if not boxes:
            raise BoxesClosed
        box: Any = self.model._default_manager.select_for_update().get(id=secrets.choice(boxes))  # noqa: SLF001
        held, before = self.look_into(box), box.number
        self._seal(box, [*held, slip], len(box.sealed))
        box.save(update_fields=["number", "sealed"])
        transaction.on_commit(partial(sealing.forget, box.id, before, folder=self.folder))

    def _seal(self, box: Any, held: Iterable[Slip], capacity: int) -> None:
        body = json.dumps(sorted(held), ensure_ascii=False).encode()
        capacity = max(BLOCK, capacity - capacity % BLOCK)
        while capacity < len(body):
            capacity *= 2
        box.number += 1
        box.sealed = sealing.seal(box.id, box.number, body + b" " * (capacity - len(body)), folder=self.folder)

    def look_into(self, box: Any) -> list[Slip]:
        """Return what lies in a box; `BoxesClosed` where this machine has not its key."""
        try:
            body = sealing.unseal(box.id, box.number, bytes(box.sealed), folder=self.folder)
        except sealing.KeyMissing as error:
            raise BoxesClosed from error
        return [tuple(each) for each in json.loads(body)]

    def empty(self, owner: models.Model) -> list[Slip]:
        """Take everything out, sorted by what is on it, and do away with the boxes and their keys."""
        held = sorted(slip for box in self._of(owner).select_for_update() for slip in self.look_into(box))
        self.destroy(owner)
        return held

    def destroy(self, owner: models.Model) -> None:
        """Do away with the boxes and all that is in them, and with their keys once that is committed."""
        ids = list(self._of(owner).values_list("id", flat=True))
        self._of(owner).delete()
        for box_id in ids:
            transaction.on_commit(partial(sealing.destroy, box_id, folder=self.folder))

    def forget_old_keys(self, unused_since: dt.datetime) -> None:
        """Overwrite keys that a killed process could not, and those of boxes that have been gone for so long."""
        numbers: dict[uuid.UUID, int] = dict(self.model._default_manager.values_list("id", "number"))  # noqa: SLF001
        for box_id, touched_at in sealing.list_boxes(folder=self.folder).items():
            if box_id in numbers:
                sealing.forget(box_id, numbers[box_id] - 1, folder=self.folder)
            elif touched_at < unused_since:  # boxes that are just being laid out are not there to be seen yet
                sealing.destroy(box_id, folder=self.folder)
