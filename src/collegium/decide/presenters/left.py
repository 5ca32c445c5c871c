"""What decisions say to the room of ties: who decides together, and what would stand without a facilitator."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.base.shared_work import Left, Together
from collegium.decide import policies
from collegium.decide.queries import together
from collegium.people.actors import Actor
from collegium.people.places import Place

TOGETHER = Together(
    key="decisions",
    title=gettext_lazy("Deciding something together"),
    inside=gettext_lazy("deciding something together"),
    find=together.find_together,
)


def list_left(actor: Actor, place: Place, leavers: Collection[uuid.UUID]) -> list[Left]:
    """Return the decisions that nobody would facilitate."""
    if not policies.can_view_decisions(actor, place):
        return []
    return [
        Left(
            title=matter.question,
            url=reverse("decide:matter", args=[matter.id]),
            words=_("A decision that nobody would facilitate. Ask somebody who takes part to see it through."),
        )
        for matter in together.list_without_facilitator(actor, place, leavers)
    ]
