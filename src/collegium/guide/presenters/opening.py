"""What the forms of a review offer, and what stands beside their fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from collegium.guide.enums import Whom
from collegium.guide.presenters.evidence import Evidence
from collegium.guide.queries.reviews import FoundReview
from collegium.guide.reviews import Claim, Definition
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.models import Group
from collegium.people.places import Place
from collegium.people.queries import groups

MOST_GROUPS = 60


@dataclass(frozen=True, slots=True)
class Circles:
    """Whom a review can ask, by the value on a form."""

    groups: Mapping[str, Group]

    def choices(self) -> list[tuple[str, str]]:
        """Return them for a form."""
        return [
            (Whom.ALL, _("Everybody who works here")),
            (Whom.LEADERS, _("Those who lead here")),
            *((key, _("The group %(name)s") % {"name": group.name}) for key, group in self.groups.items()),
        ]

    def find(self, value: str) -> tuple[str, Group | None]:
        """Return what was chosen."""
        return (Whom.GROUP, self.groups[value]) if value in self.groups else (value, None)


def list_whom(actor: Actor, place: Place) -> Circles:
    """Return whom a review of a unit can ask."""
    found = groups.list_groups(actor, place)[:MOST_GROUPS]
    return Circles({f"group:{group.id}": group for group in found})


def has_schools(place: Place, definition: Definition) -> bool:
    """Say whether the schools of a unit can do a review too."""
    return place.kind not in (UnitKind.SCHOOL, UnitKind.TEAM) and UnitKind.SCHOOL in definition.kinds


@dataclass(frozen=True, slots=True)
class JudgePart:
    """A claim on the page where one judges: what is known, then the field."""

    claim: Claim
    evidence: Evidence
    field: BoundField


def pair(form: forms.Form, found: FoundReview, evidence: Mapping[str, Evidence]) -> tuple[JudgePart, ...]:
    """Return the claims with their evidence and their fields, in order."""
    return tuple(JudgePart(claim, evidence[claim.key], form[claim.key]) for claim in found.definition.claims)


def list_consequences(definition: Definition) -> tuple[str, ...]:
    """Say what follows when a review is finished."""
    sets = {
        "phase": _(
            "The phase that follows from it is the unit’s from today, and the guide suggests moves that fit it."
        ),
        "stage": _(
            "The stage that follows from it is the unit’s from today, and the guide suggests moves that fit it."
        ),
    }
    first = (sets[definition.sets],) if definition.sets else ()
    return (*first, _("What was agreed and who dissents cannot be changed any more. The conversation stays open."))
