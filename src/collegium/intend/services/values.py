"""Wording a statement of values together, and signing it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import transaction

from collegium.base import events, time
from collegium.intend import policies
from collegium.intend.errors import Conflict, Invalid, TextMovedOn
from collegium.intend.models import Circle, Signature, TextVersion, ValuesStatement
from collegium.intend.queries import circles, values
from collegium.intend.queries.circles import Gathering
from collegium.intend.services import texts
from collegium.people.actors import Actor
from collegium.people.queries import persons
from collegium.people.services.writing import record

BODY_LIMIT = 4000


@transaction.atomic
def word(*, actor: Actor, gathering: Gathering, body: str, reason: str = "", from_version: int = 0) -> ValuesStatement:
    """Word the statement of a circle, first or anew. `from_version` is the wording it was written from, 0 for none.

    Raises `TextMovedOn` when somebody else was faster; nothing of either is lost.
    """
    _check_in(actor, gathering.circle)
    if len(body) > BODY_LIMIT:
        raise Invalid("text_too_long", limit=BODY_LIMIT)
    # Two people who begin at once begin one.
    Circle.objects.select_for_update().get(id=gathering.circle.id)
    statement = values.find_statement(gathering.circle)
    if statement is None:
        text = texts.write_text(actor, {"body": body}, required=("body",))
        statement = ValuesStatement.objects.create(community_id=actor.community_id, circle=gathering.circle, text=text)
    elif from_version == 0:
        raise TextMovedOn(version=statement.text.version)
    else:
        texts.reword_text(
            actor, statement.text, {"body": body}, reason=reason, from_version=from_version, required=("body",)
        )
    record(
        actor,
        "values.worded",
        statement,
        unit_id=gathering.place.unit_id,
        of=gathering.name,
        wording=statement.text.version,
    )
    return statement


@transaction.atomic
def sign(*, actor: Actor, gathering: Gathering, number: int) -> Signature:
    """Sign the latest wording; Conflict when it has been reworded since it was read."""
    statement, version = _latest(actor, gathering, number)
    signature, _ = Signature.objects.get_or_create(
        version=version,
        person_id=actor.person_id,
        defaults={"community_id": actor.community_id, "signed_at": time.now()},
    )
    _find_carried(actor, gathering, statement)
    return signature


@transaction.atomic
def take_name_off(*, actor: Actor, gathering: Gathering, number: int) -> None:
    """Take one's own signature off a wording, the latest or an earlier one."""
    _check_in(actor, gathering.circle)
    statement = _lock(gathering.circle)
    Signature.objects.filter(version=values.get_wording(statement, number), person_id=actor.person_id).delete()
    _find_carried(actor, gathering, statement)


def _latest(actor: Actor, gathering: Gathering, number: int) -> tuple[ValuesStatement, TextVersion]:
    _check_in(actor, gathering.circle)
    statement = _lock(gathering.circle)
    if number != statement.text.version:
        raise Conflict("values_reworded")
    return statement, values.get_wording(statement, number)


def _lock(circle: Circle) -> ValuesStatement:
    """Return the statement while nobody else signs or rewords it."""
    Circle.objects.select_for_update().get(id=circle.id)
    return values.get_statement(circle)


def _find_carried(actor: Actor, gathering: Gathering, statement: ValuesStatement) -> None:
    """Find out anew which wording more than half of the circle have signed: the newest such one is carried."""
    present = set(circles.members(gathering.circle, time.today()))
    signers: dict[Any, set[Any]] = defaultdict(set)
    for version_id, person_id in Signature.objects.filter(version__text_id=statement.text_id).values_list(
        "version_id", "person_id"
    ):
        if person_id in present:
            signers[version_id].add(person_id)
    versions = TextVersion.objects.filter(text_id=statement.text_id).order_by("-number")
    carried = next((each for each in versions if 2 * len(signers[each.id]) > len(present)), None)
    was = statement.carried_id
    statement.carried = carried
    statement.carried_by = len(signers[carried.id]) if carried else 0
    statement.carried_of = len(present) if carried else 0
    if carried is None:
        statement.carried_on = None
    elif carried.id != was:
        statement.carried_on = time.today()
    statement.save(update_fields=["carried", "carried_on", "carried_by", "carried_of"])
    if carried is not None and carried.id != was:
        # Without an actor: whoever signed last is no more the one who did it than all the others.
        events.record(
            "values.carried",
            community_id=actor.community_id,
            actor_id=None,
            object_kind="values",
            object_id=statement.id,
            unit_id=gathering.place.unit_id,
            data={"of": gathering.name, "wording": carried.number},
        )


def _check_in(actor: Actor, circle: Circle) -> None:
    own_groups = persons.list_own_group_ids(actor, time.today())
    policies.check_can_view_circle(actor, circle.unit_id, circle.group_id, own_groups)
