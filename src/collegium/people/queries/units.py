"""Units, as readers of them need them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.models import Unit

SWITCHER_LIMIT = 12


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit as a list of units shows it."""

    id: uuid.UUID
    slug: str
    name: str
    kind: str

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return str(UnitKind(self.kind).label)


def list_switcher_units(actor: Actor) -> list[UnitName]:
    """Return the units the actor belongs to or has a role in, nearest kinds first, at most a dozen."""
    own = set(actor.given) | actor.member_of
    rows = Unit.objects.filter(id__in=own).order_by("name", "id").values_list("id", "slug", "name", "kind")
    kinds = [kind.value for kind in UnitKind]
    names = [UnitName(*row) for row in rows]
    return sorted(names, key=lambda name: kinds.index(name.kind))[:SWITCHER_LIMIT]
