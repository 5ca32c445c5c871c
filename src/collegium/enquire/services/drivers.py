"""Driver diagrams are changed box by box, so that two who work on one at once lose nothing."""

from __future__ import annotations

import uuid

from django.db import transaction

from collegium.enquire.drivers.tree import TEXT_LIMIT, Tree
from collegium.enquire.enums import DriverChange, DriverKind
from collegium.enquire.errors import Conflict
from collegium.enquire.models import DriverVersion, Enquiry
from collegium.enquire.policies import Standing
from collegium.enquire.queries import drivers as queries
from collegium.enquire.services.enquiries import check_work, touch
from collegium.people.actors import Actor
from collegium.people.services.writing import record, tidy


@transaction.atomic
def add(
    *, actor: Actor, enquiry: Enquiry, standing: Standing, parent: str, kind: DriverKind, text: str
) -> DriverVersion:
    """Add a box under another one."""
    check_work(actor, enquiry, standing)
    text = tidy(text, limit=TEXT_LIMIT)
    now = _now(enquiry)
    return _keep(actor, enquiry, now, now.tree.add(parent=parent, kind=kind, text=text), DriverChange.ADDED, text)


@transaction.atomic
def change(*, actor: Actor, enquiry: Enquiry, standing: Standing, node_id: str, text: str, seen: int) -> DriverVersion:
    """Put other words into a box, unless somebody else has since the version that was seen."""
    check_work(actor, enquiry, standing)
    now = _now(enquiry)
    _check_seen(enquiry, now, node_id, seen)
    text = tidy(text, limit=TEXT_LIMIT)
    return _keep(actor, enquiry, now, now.tree.change(node_id, text=text), DriverChange.CHANGED, text)


@transaction.atomic
def move(
    *,
    actor: Actor,
    enquiry: Enquiry,
    standing: Standing,
    node_id: str,
    parent: str,
    before: str = "",
    seen: int,
) -> DriverVersion:
    """Put a box, with all under it, under another one, unless somebody has changed it since."""
    check_work(actor, enquiry, standing)
    now = _now(enquiry)
    _check_seen(enquiry, now, node_id, seen)
    tree = now.tree.move(node_id, parent=parent, before=before)
    return _keep(actor, enquiry, now, tree, DriverChange.MOVED, now.tree.get(node_id).text)


@transaction.atomic
def remove(*, actor: Actor, enquiry: Enquiry, standing: Standing, node_id: str, seen: int) -> DriverVersion:
    """Take a box off, with all under it, unless somebody has changed any of it since."""
    check_work(actor, enquiry, standing)
    now = _now(enquiry)
    then = queries.get_version(enquiry, seen).tree
    node = now.tree.find(node_id)
    if node is None or now.tree.branch(node_id) != then.branch(node_id):
        raise Conflict("driver_changed", text=node.text if node else "–")
    return _keep(actor, enquiry, now, now.tree.remove(node_id), DriverChange.REMOVED, node.text)


@transaction.atomic
def restore(*, actor: Actor, enquiry: Enquiry, standing: Standing, number: int, seen: int) -> DriverVersion:
    """Take up an earlier version again, as the newest one; unless there is a newer one than was seen."""
    check_work(actor, enquiry, standing)
    now = _now(enquiry)
    if now.number != seen:
        raise Conflict("driver_newer")
    tree = queries.get_version(enquiry, number).tree
    return _keep(actor, enquiry, now, tree, DriverChange.RESTORED, str(number))


def forget_person(person_id: uuid.UUID) -> None:
    """Take a name off the versions; the diagrams stay with the team."""
    DriverVersion.objects.filter(made_by_id=person_id).update(made_by=None)


def _now(enquiry: Enquiry) -> queries.Version:
    """Return how the diagram stands now that its enquiry is locked."""
    return queries.get_newest(enquiry)


def _check_seen(enquiry: Enquiry, now: queries.Version, node_id: str, seen: int) -> None:
    node = now.tree.find(node_id)
    if node is None:
        raise Conflict("driver_gone")
    if node != queries.get_version(enquiry, seen).tree.find(node_id):
        raise Conflict("driver_changed", text=node.text)


def _keep(
    actor: Actor, enquiry: Enquiry, now: queries.Version, tree: Tree, what: DriverChange, about: str
) -> DriverVersion:
    version = DriverVersion.objects.create(
        community_id=enquiry.community_id,
        enquiry=enquiry,
        number=now.number + 1,
        nodes=tree.dump(),
        what=what,
        about=about,
        made_by_id=actor.recorded_id,
    )
    touch(enquiry)
    record(actor, "enquiry.drivers_changed", enquiry, unit_id=enquiry.unit_id, title=enquiry.title)
    return version
