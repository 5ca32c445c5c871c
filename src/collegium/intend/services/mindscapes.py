"""What somebody writes of what they value, think and do, and with whom they share it.

No event is recorded: a steward who reads the trail must not learn who wrote, shared or took back what.
"""

from __future__ import annotations

import uuid

from django.db import transaction

from collegium.base import time
from collegium.intend import policies
from collegium.intend.enums import Side
from collegium.intend.errors import Conflict, Invalid, NotFound
from collegium.intend.models import Circle, Echo, Mindscape, Signature
from collegium.intend.models.mindscapes import STATEMENT_LIMIT
from collegium.intend.queries import circles
from collegium.intend.queries.circles import Gathering
from collegium.people.actors import Actor
from collegium.people.models import Group, Unit
from collegium.people.queries import persons
from collegium.people.services.writing import tidy

MOST_A_SIDE = 12


@transaction.atomic
def write(*, actor: Actor, side: str, body: str) -> Mindscape:
    """Write a statement that nobody but its writer sees."""
    if side not in Side.values:
        raise Invalid("mindscape_side")
    written = tidy(body, limit=STATEMENT_LIMIT)
    # Two windows of one person write one after the other, so that the limit holds.
    own = Mindscape.objects.select_for_update().filter(writer_id=actor.person_id, side=side)
    if len(own) >= MOST_A_SIDE:
        raise Invalid("mindscape_too_many", limit=MOST_A_SIDE)
    return Mindscape.objects.create(
        community_id=actor.community_id, writer_id=actor.person_id, side=side, body=written, written_at=time.now()
    )


@transaction.atomic
def change(*, actor: Actor, mindscape: Mindscape, side: str, body: str) -> Mindscape:
    """Change a statement that is not shared; others may have agreed to the words of one that is."""
    _lock(actor, mindscape)
    if mindscape.circle_id is not None:
        raise Conflict("mindscape_is_shared")
    if side not in Side.values:
        raise Invalid("mindscape_side")
    mindscape.side, mindscape.body = side, tidy(body, limit=STATEMENT_LIMIT)
    mindscape.save(update_fields=["side", "body"])
    return mindscape


@transaction.atomic
def share(*, actor: Actor, mindscape: Mindscape, choice: str, is_named: bool) -> Circle:
    """Share a statement with a group, team or school of one's own, with one's name or from the whole of them.

    `choice` is one of `circles.list_choices`.
    """
    _lock(actor, mindscape)
    if mindscape.circle_id is not None:
        raise Conflict("mindscape_is_shared")
    chosen = next((each for each in circles.list_choices(actor) if each.key == choice), None)
    if chosen is None:
        raise Invalid("circle_not_yours")
    circle = _find_or_begin(actor, chosen.row)
    mindscape.circle, mindscape.is_named, mindscape.shared_on = circle, is_named, time.today()
    mindscape.save(update_fields=["circle", "is_named", "shared_on"])
    return circle


def _find_or_begin(actor: Actor, row: Group | Unit) -> Circle:
    of = {"group": row} if isinstance(row, Group) else {"unit": row}
    # get_or_create asks again when somebody begins it in the same moment.
    circle, _is_new = Circle.objects.get_or_create(**of, defaults={"community_id": actor.community_id})
    return circle


@transaction.atomic
def take_back(*, actor: Actor, mindscape: Mindscape) -> None:
    """Take a shared statement back: nobody else sees it any more, and what others said of it is forgotten."""
    _lock(actor, mindscape)
    Echo.objects.filter(mindscape=mindscape).delete()
    mindscape.circle, mindscape.is_named, mindscape.shared_on = None, False, None
    mindscape.save(update_fields=["circle", "is_named", "shared_on"])


@transaction.atomic
def delete(*, actor: Actor, mindscape: Mindscape) -> None:
    """Delete a statement, shared or not; it is its writer's own."""
    _lock(actor, mindscape)
    mindscape.delete()


@transaction.atomic
def echo(*, actor: Actor, gathering: Gathering, mindscape: Mindscape, sees_so: bool) -> None:
    """Say that one sees a shared statement of one's circle so too, or no longer."""
    circle, own_groups = gathering.circle, persons.list_own_group_ids(actor, time.today())
    policies.check_can_view_circle(actor, circle.unit_id, circle.group_id, own_groups)
    _refresh(mindscape)
    if mindscape.circle_id != circle.id:
        raise Conflict("mindscape_taken_back")
    if mindscape.writer_id == actor.person_id:
        raise Invalid("echo_of_oneself")
    said = {"mindscape": mindscape, "person_id": actor.person_id}
    if sees_so:
        Echo.objects.get_or_create(**said, defaults={"community_id": actor.community_id})
    else:
        Echo.objects.filter(**said).delete()


def forget_person(person_id: uuid.UUID) -> None:
    """Forget an erased person: their statements, what they saw so too, and their signatures."""
    Mindscape.objects.filter(writer_id=person_id).delete()
    Echo.objects.filter(person_id=person_id).delete()
    Signature.objects.filter(person_id=person_id).delete()


def _lock(actor: Actor, mindscape: Mindscape) -> None:
    policies.check_can_decide_on_mindscape(actor, mindscape.writer_id)
    _refresh(mindscape)


def _refresh(mindscape: Mindscape) -> None:
    try:
        mindscape.refresh_from_db(from_queryset=Mindscape.objects.select_for_update())
    except Mindscape.DoesNotExist:  # deleted in another window
        raise NotFound from None
