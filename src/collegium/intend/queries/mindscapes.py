"""Short statements: one's own, for their writer alone; shared ones, for the people they are shared with."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from collegium.intend import alike, policies
from collegium.intend.enums import Side
from collegium.intend.errors import NotFound
from collegium.intend.models import Echo, Mindscape
from collegium.intend.queries import circles
from collegium.intend.queries.circles import Gathering
from collegium.people.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """A statement of one's own, and how many others see it so too."""

    row: Mindscape
    echoes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A statement as its circle sees it: `writer` only where they chose to be named."""

    id: uuid.UUID
    body: str
    writer: str
    is_own: bool
    echoes: int
    is_echoed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Kindred:
    """Statements that say nearly the same; `people` is how many wrote one of them or see one so too."""

    statements: tuple[Shared, ...]
    people: int


# --- one's own --------------------------------------------------------------------------------------------------------
def list_own(actor: Actor) -> list[Own]:
    """Return what the actor wrote, in the order in which they did."""
    rows = Mindscape.objects.filter(writer_id=actor.person_id, community_id=actor.community_id)
    rows = rows.select_related("circle__unit", "circle__group").order_by("written_at", "id")
    counts = _count_echoes(row.id for row in rows)
    return [Own(row=row, echoes=counts.get(row.id, 0)) for row in rows]


def get_own(actor: Actor, mindscape_id: uuid.UUID) -> Mindscape:
    """Return a statement that the actor wrote; NotFound for anybody else's."""
    rows = Mindscape.objects.filter(id=mindscape_id, community_id=actor.community_id)
    row = rows.select_related("circle__unit", "circle__group").first()
    if row is None or not policies.can_decide_on_mindscape(actor, row.writer_id):
        raise NotFound
    return row


# --- shared -----------------------------------------------------------------------------------------------------------
def list_shared(actor: Actor, gathering: Gathering) -> dict[Side, list[Kindred]]:
    """Return what a circle shares, by side, those alike together; what most people see so comes first.

    The order among the others follows the words alone: it must not tell who wrote what one after another.
    """
    rows = list(Mindscape.objects.filter(circle=gathering.circle).select_related("writer"))
    said = list(Echo.objects.filter(mindscape__in=rows).values_list("mindscape_id", "person_id"))
    echoes: dict[uuid.UUID, set[uuid.UUID]] = {row.id: set() for row in rows}
    for mindscape_id, person_id in said:
        echoes[mindscape_id].add(person_id)
    return {side: _side(actor, [row for row in rows if row.side == side], echoes) for side in Side}


def _side(actor: Actor, rows: list[Mindscape], echoes: dict[uuid.UUID, set[uuid.UUID]]) -> list[Kindred]:
    rows = sorted(rows, key=lambda row: (alike.normalise(row.body), row.body, str(row.id)))
    found = []
    for places in alike.group_alike([row.body for row in rows]):
        together = [rows[place] for place in places]
        who = {row.writer_id for row in together}.union(*(echoes[row.id] for row in together))
        found.append(
            Kindred(
                statements=tuple(_shared(actor, row, echoes[row.id]) for row in together),
                people=len(who),
            )
        )
    return sorted(found, key=lambda kindred: -kindred.people)


def _shared(actor: Actor, row: Mindscape, echoed_by: set[uuid.UUID]) -> Shared:
    return Shared(
        id=row.id,
        body=row.body,
        writer=row.writer.full_name if row.is_named else "",
        is_own=row.writer_id == actor.person_id,
        echoes=len(echoed_by),
        is_echoed=actor.person_id in echoed_by,
    )


def get_shared(gathering: Gathering, mindscape_id: uuid.UUID) -> Mindscape:
    """Return a statement that is shared with a circle; NotFound for any other."""
    row = Mindscape.objects.filter(id=mindscape_id, circle=gathering.circle).first()
    if row is None:
        raise NotFound
    return row


def _count_echoes(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    rows = Echo.objects.filter(mindscape_id__in=list(ids)).order_by().values_list("mindscape_id")
    return dict(rows.annotate(n=Count("id")))


# --- for the person themselves ----------------------------------------------------------------------------------------
def dump(person_id: uuid.UUID) -> dict[str, Any]:
    """Return what is held of a person's values as plain values, for the file that they take away."""
    own = Mindscape.objects.filter(writer_id=person_id).select_related("circle__unit", "circle__group")
    echoed = Echo.objects.filter(person_id=person_id, mindscape__circle__isnull=False).select_related("mindscape")
    return {
        "statements": [
            {
                "side": row.side,
                "text": row.body,
                "written_at": row.written_at.isoformat(),
                "shared_with": circles.name_of(row.circle) if row.circle else None,
                "shared_on": row.shared_on.isoformat() if row.circle and row.shared_on else None,
                "with_my_name": row.is_named,
            }
            for row in own.order_by("written_at", "id")
        ],
        "what_i_see_so_too": [row.mindscape.body for row in echoed.order_by("mindscape__body", "id")],
    }
