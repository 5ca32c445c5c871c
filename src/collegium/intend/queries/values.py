"""Statements of values: the wordings of a circle, and who signed which."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from collegium.base import time
from collegium.intend.errors import NotFound
from collegium.intend.models import Circle, Signature, TextVersion, ValuesStatement
from collegium.intend.queries import circles
from collegium.intend.queries.circles import KINDS, Gathering
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.queries import structure


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One wording with the names of those who signed it; those who have left the circle since are counted apart."""

    version: TextVersion
    signers: tuple[str, ...]
    signed_since_left: int
    is_signed_by_reader: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """The statement of a circle as its people see it: the latest wording, and those before it."""

    statement: ValuesStatement
    people: int
    latest: Wording
    earlier: tuple[Wording, ...]

    @property
    def last_signed_by_reader(self) -> int | None:
        """The number of the newest wording that the reader signed."""
        signed = [each.version.number for each in (self.latest, *self.earlier) if each.is_signed_by_reader]
        return max(signed, default=None)


def find_statement(circle: Circle) -> ValuesStatement | None:
    """Return the statement of a circle, if there is one."""
    return ValuesStatement.objects.filter(circle=circle).select_related("text", "carried").first()


def get_statement(circle: Circle) -> ValuesStatement:
    """Return the statement of a circle; NotFound when it has none yet."""
    statement = find_statement(circle)
    if statement is None:
        raise NotFound
    return statement


def read_statement(actor: Actor, gathering: Gathering) -> Worded | None:
    """Return the statement of a circle with everything about it; the caller has found the circle for the actor."""
    statement = find_statement(gathering.circle)
    if statement is None:
        return None
    versions = list(TextVersion.objects.filter(text_id=statement.text_id).select_related("written_by"))
    versions.sort(key=lambda version: -version.number)
    signatures = Signature.objects.filter(version__in=versions).select_related("person")
    by_version: dict[uuid.UUID, list[Signature]] = {version.id: [] for version in versions}
    for signature in signatures.order_by("person__family_name", "person__given_name", "id"):
        by_version[signature.version_id].append(signature)
    present = set(circles.members(gathering.circle, time.today()))
    wordings = [_wording(actor, version, by_version[version.id], present) for version in versions]
    return Worded(statement=statement, people=len(present), latest=wordings[0], earlier=tuple(wordings[1:]))


def _wording(
    actor: Actor, version: TextVersion, signatures: list[Signature], present: Collection[uuid.UUID]
) -> Wording:
    here = [signature for signature in signatures if signature.person_id in present]
    return Wording(
        version=version,
        signers=tuple(signature.person.full_name for signature in here),
        signed_since_left=len(signatures) - len(here),
        is_signed_by_reader=any(signature.person_id == actor.person_id for signature in signatures),
    )


def get_wording(statement: ValuesStatement, number: int) -> TextVersion:
    """Return one wording of a statement; NotFound when there is none of that number."""
    version = TextVersion.objects.filter(text_id=statement.text_id, number=number).first()
    if version is None:
        raise NotFound
    return version


# --- what a unit has signed -------------------------------------------------------------------------------------------
def list_carried(place: Place) -> list[ValuesStatement]:
    """Return what circles of a unit carry, its own first: those of its groups too, and of the teams of a school."""
    around = structure.inside(place.unit_id, place.as_of) if place.kind in KINDS else [place.unit_id]
    rows = ValuesStatement.objects.filter(
        Q(circle__unit_id__in=around) | Q(circle__group__unit_id__in=around), carried__isnull=False
    )
    rows = rows.select_related("carried", "circle__unit", "circle__group__unit")
    return sorted(
        rows,
        key=lambda row: (row.circle.unit_id != place.unit_id, circles.name_of(row.circle).casefold(), str(row.id)),
    )


def read_carried(unit_id: uuid.UUID, as_of: dt.date) -> ValuesStatement | None:
    """Return what the people of a unit itself carried by a day."""
    rows = ValuesStatement.objects.filter(circle__unit_id=unit_id, carried__isnull=False, carried_on__lte=as_of)
    return rows.select_related("carried").first()


def list_unsigned(actor: Actor) -> list[ValuesStatement]:
    """Return the statements of the actor's circles whose latest wording they have not signed."""
    own = circles.list_own_circles(actor)
    rows = ValuesStatement.objects.filter(circle__in=own).select_related("text", "circle__unit", "circle__group")
    found = {row.id: row for row in rows}
    signed = Signature.objects.filter(
        person_id=actor.person_id, version__text__in=[row.text_id for row in found.values()]
    ).values_list("version__text_id", "version__number")
    done = set(signed)
    return [row for row in found.values() if (row.text_id, row.text.version) not in done]


def dump_signatures(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """Return what a person signed, for the file that they take away."""
    rows = Signature.objects.filter(person_id=person_id).select_related("version").order_by("signed_at", "id")
    return [
        {
            "text": row.version.parts.get("body", ""),
            "wording": row.version.number,
            "signed_at": row.signed_at.isoformat(),
        }
        for row in rows
    ]
