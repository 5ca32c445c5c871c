"""What was decided, as anybody reads it without signing in."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from collegium.base import tenancy, time
from collegium.decide.enums import Public
from collegium.decide.errors import NotFound
from collegium.decide.models import Matter, Outcome


@dataclass(frozen=True, slots=True)
class PublicMatter:
    """A question with what was decided on it, the latest first."""

    matter: Matter
    outcomes: list[Outcome]


def find_public(matter_id: uuid.UUID) -> PublicMatter:
    """Return a decision that is public, whoever asks; NotFound for any other, undecided ones among them.

    The address alone is looked for across all communities; what it leads to is read inside its own.
    """
    with tenancy.across_communities():
        rows = Matter.objects.filter(id=matter_id).exclude(public=Public.NOBODY)
        matter = rows.select_related("unit").first()
    if matter is None or (matter.unit.ends_on is not None and matter.unit.ends_on <= time.today()):
        raise NotFound
    with tenancy.community_scope(matter.community_id):
        outcomes = list(Outcome.objects.filter(matter=matter).order_by("-number"))
    if not outcomes:
        raise NotFound
    return PublicMatter(matter, outcomes)
