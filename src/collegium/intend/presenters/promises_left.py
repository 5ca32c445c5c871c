"""What promises say to the room of ties: which would stand without an owner."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.base.shared_work import Left
from collegium.intend import promise_policies as policies
from collegium.intend.presenters.promise_words import write_line
from collegium.intend.queries import carriers, promises
from collegium.people.actors import Actor
from collegium.people.places import Place


def list_left(actor: Actor, place: Place, leavers: Collection[uuid.UUID]) -> list[Left]:
    """Return the open promises of a unit of whose owners none would be here any more."""
    if not policies.can_view_promises(actor, place):
        return []
    rows = list(promises.with_names(promises.list_promises_for(actor, place)))
    carried = carriers.list_carriers(rows)
    gone = set(leavers)
    found = []
    for promise in rows:
        by = carried[promise.id]
        if by.owner_ids and by.owner_ids <= gone:
            has_second = by.second is not None and by.second.person_id not in gone
            words = (
                _("A promise that nobody would own; its second person could.")
                if has_second
                else _("A promise that nobody would own. Find somebody to carry it on, or release it openly.")
            )
            url = reverse("intend:promise", args=[promise.id])
            found.append(Left(title=write_line(promise.what), url=url, words=words))
    return found
