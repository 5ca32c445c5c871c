"""Draws by lot, found for somebody, and done again from what is published."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from collegium.decide import policies
from collegium.decide.enums import DrawBy
from collegium.decide.errors import NotFound
from collegium.decide.models import Draw, DrawEntry, Matter
from collegium.decide.queries import matters
from collegium.decide.queries.matters import FoundMatter
from collegium.people.actors import Actor
from collegium.people.models import Post
from collegium.people.queries import structure

OTHERS = "-"  # the group of those who have no post in the unit
SUBSTITUTES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class FoundDraw:
    """A draw with the matter it is for."""

    draw: Draw
    found: FoundMatter


def get_draw_for(actor: Actor, draw_id: uuid.UUID) -> FoundDraw:
    """Return a draw of a matter the actor may read; NotFound when absent or not theirs."""
    draw = Draw.objects.filter(id=draw_id, community_id=actor.community_id).select_related("announced_by").first()
    if draw is None:
        raise NotFound
    found = matters.get_matter_for(actor, draw.matter_id)
    draw.matter = found.matter
    return FoundDraw(draw, found)


def get_draw_to_run(actor: Actor, draw_id: uuid.UUID) -> FoundDraw:
    """Return a draw for those who facilitate its matter; NotAllowed for others who may read it."""
    row = get_draw_for(actor, draw_id)
    policies.check_can_facilitate(actor, row.found.place, row.found.standing)
    return row


def list_draws(matter: Matter) -> list[Draw]:
    """Return the draws of a matter that was found for somebody, the latest first."""
    return list(Draw.objects.filter(matter=matter).order_by("-number"))


def list_entries(draw: Draw) -> list[DrawEntry]:
    """Return the whole list of a draw that was found for somebody, by number."""
    return list(DrawEntry.objects.filter(draw=draw).select_related("person").order_by("number"))


def list_places(draw: Draw) -> list[DrawEntry]:
    """Return who has a place, by group and in the order they were drawn."""
    rows = DrawEntry.objects.filter(draw=draw, has_place=True).select_related("person")
    return list(rows.order_by("part_of", "position"))


def list_next(draw: Draw) -> list[DrawEntry]:
    """Return those who would follow, the first few of each group."""
    rows = DrawEntry.objects.filter(
        draw=draw, has_place=False, has_declined=False, position__lte=draw.places + SUBSTITUTES_SHOWN
    )
    found: dict[str, list[DrawEntry]] = {}
    for entry in rows.select_related("person").order_by("part_of", "position"):
        found.setdefault(entry.part_of, []).append(entry)
    return [entry for group in found.values() for entry in group[:SUBSTITUTES_SHOWN]]


def list_declined(draw: Draw) -> list[DrawEntry]:
    """Return who passed their place on."""
    return list(DrawEntry.objects.filter(draw=draw, has_declined=True).select_related("person").order_by("number"))


def count_groups(draw: Draw) -> list[tuple[str, int]]:
    """Return how many there are of each group."""
    rows = DrawEntry.objects.filter(draw=draw).values("part_of").annotate(people=Count("id")).order_by("part_of")
    return [(row["part_of"], row["people"]) for row in rows]


def get_own_number(actor: Actor, draw: Draw) -> int | None:
    """Return the actor's own number in the list."""
    found: int | None = (
        DrawEntry.objects.filter(draw=draw, person_id=actor.person_id).values_list("number", flat=True).first()
    )
    return found


def get_entry_for(draw: Draw, entry_id: uuid.UUID) -> DrawEntry:
    """Return an entry of a draw that was found for somebody; NotFound when it is of another one."""
    entry = DrawEntry.objects.filter(draw=draw, id=entry_id).select_related("person").first()
    if entry is None:
        raise NotFound
    return entry


def groups_of(unit_id: uuid.UUID, people: Sequence[uuid.UUID], by: str, as_of: dt.date) -> dict[uuid.UUID, str]:
    """Return which group of the unit each person is drawn from: their team or school, or the level of their post."""
    if by == DrawBy.ALL:
        return dict.fromkeys(people, OTHERS)
    posts = Post.objects.on(as_of).filter(unit_id__in=structure.inside(unit_id, as_of))
    rows = posts.order_by("is_primary", "-starts_on", "id").values_list("person_id", "unit__name", "level")
    known = {person_id: (name if by == DrawBy.TEAM else level) for person_id, name, level in rows}
    return {person_id: known.get(person_id, OTHERS) for person_id in people}


def dump(person_id: uuid.UUID) -> list[dict[str, object]]:
    """Return the draws that somebody was in, for the file that they take away."""
    rows = DrawEntry.objects.filter(person_id=person_id).select_related("draw").order_by("draw__announced_at", "id")
    return [
        {
            "purpose": row.draw.purpose,
            "number": row.number,
            "drawn_from": row.part_of,
            "has_place": row.has_place,
            "declined": row.has_declined,
        }
        for row in rows
    ]
