"""What one person said in tie surveys, and who may see their name: for that person alone."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from collegium.connect import policies
from collegium.connect.enums import LayerOrigin
from collegium.connect.errors import NotFound
from collegium.connect.models import MapRefusal, NamePermission, Tie, TieWave, WaveMember
from collegium.people.actors import Actor
from collegium.people.models import Unit

BY_LAYER_AND_NAME = (
    "layer__position",
    "layer__key",
    "target__person__family_name",
    "target__person__given_name",
    "id",
)
Draft = Mapping[str, Mapping[uuid.UUID, int | None]]


def read_draft(member: WaveMember) -> Draft:
    """Return whom somebody has chosen so far, by layer: the draft, or else what they have handed in."""
    if member.draft or not member.answered:
        return {
            key: {uuid.UUID(person): weight for person, weight in named.items()} for key, named in member.draft.items()
        }
    found: dict[str, dict[uuid.UUID, int | None]] = {}
    ties = Tie.objects.filter(source=member, target__person__isnull=False).order_by("id")
    for key, person, weight in ties.values_list("layer__key", "target__person_id", "weight"):
        found.setdefault(key, {})[person] = int(weight)
    return found


@dataclass(frozen=True, slots=True)
class OwnTie:
    """One thing somebody said: whom they turn to for what, and how often where that was asked."""

    id: uuid.UUID
    layer: str
    name: str
    how_often: str


@dataclass(frozen=True, slots=True)
class OwnWave:
    """One wave that somebody is part of, with what they said in it."""

    wave: TieWave
    member: WaveMember
    ties: tuple[OwnTie, ...]


def list_own_waves(actor: Actor) -> list[OwnWave]:
    """Return every wave that the actor is part of, the latest first, with their own ties."""
    members = WaveMember.objects.filter(person_id=actor.person_id, community_id=actor.community_id)
    rows = list(members.select_related("wave__unit").order_by("-wave__closes_at", "id"))
    ties = Tie.objects.filter(source__in=rows).select_related("layer", "target__person")
    found: dict[uuid.UUID, list[OwnTie]] = {row.id: [] for row in rows}
    for tie in ties.order_by(*BY_LAYER_AND_NAME):
        person = tie.target.person
        name = person.full_name if person is not None else ""
        found[tie.source_id].append(OwnTie(tie.id, tie.layer.title, name, _how_often(tie)))
    return [OwnWave(row.wave, row, tuple(found[row.id])) for row in rows]


def _how_often(tie: Tie) -> str:
    if tie.layer.origin == LayerOrigin.SAID:
        return next((label for code, label in tie.layer.labels if code == tie.weight), "")
    return "" if tie.weight == 1 else f"{tie.weight:g}"


@dataclass(frozen=True, slots=True)
class OwnCount:
    """In how many waves somebody is, and how many ties they said in all of them."""

    waves: int
    ties: int


def count_own_ties(actor: Actor) -> OwnCount:
    """Count what the actor said."""
    own = WaveMember.objects.filter(person_id=actor.person_id, community_id=actor.community_id)
    return OwnCount(own.count(), Tie.objects.filter(source__in=own).count())


def get_own_wave(actor: Actor, wave_id: uuid.UUID) -> WaveMember:
    """Return what the actor is in a wave, asked or not; NotFound when they are no part of it."""
    members = WaveMember.objects.filter(wave_id=wave_id, person_id=actor.person_id, community_id=actor.community_id)
    member = members.select_related("wave__unit").first()
    if member is None or not policies.can_decide_on_ties(actor, member.person_id):
        raise NotFound
    return member


def get_own_tie(actor: Actor, tie_id: uuid.UUID) -> Tie:
    """Return a tie that the actor said; NotFound for anybody else's."""
    tie = Tie.objects.filter(id=tie_id, source__person_id=actor.person_id, community_id=actor.community_id)
    found = tie.select_related("source__wave", "layer", "target__person").first()
    if found is None:
        raise NotFound
    return found


def is_shown(actor: Actor) -> bool:
    """Say whether the actor may be drawn; they may unless they have declined."""
    return not MapRefusal.objects.filter(person_id=actor.person_id).exists()


def list_permissions(actor: Actor) -> list[NamePermission]:
    """Return whom the actor lets see their name, units first."""
    own = NamePermission.objects.filter(Q(viewer__isnull=True) | Q(viewer__erased_at__isnull=True))
    own = own.filter(owner_id=actor.person_id, community_id=actor.community_id).select_related("viewer", "unit")
    return sorted(own, key=lambda row: (row.unit is None, row.unit.name if row.unit else _sort_name(row)))


def _sort_name(row: NamePermission) -> str:
    return f"{row.viewer.family_name} {row.viewer.given_name}" if row.viewer else ""


def get_permission(actor: Actor, permission_id: uuid.UUID) -> NamePermission:
    """Return one that the actor gave; NotFound for anybody else's."""
    own = NamePermission.objects.filter(id=permission_id, owner_id=actor.person_id, community_id=actor.community_id)
    found = own.select_related("viewer", "unit").first()
    if found is None:
        raise NotFound
    return found


def list_units_to_let_see(actor: Actor) -> list[Unit]:
    """Return the teams and schools that the actor works in, whose people they may let see their name."""
    own = Unit.objects.filter(id__in=actor.member_of, community_id=actor.community_id).order_by("name", "id")
    return [unit for unit in own if policies.can_let_see(actor, unit.id, unit.kind)]


def dump(actor_person_id: uuid.UUID) -> dict[str, Any]:
    """Return everything this room holds of a person as plain values, for a file that the person takes away."""
    members = list(WaveMember.objects.filter(person_id=actor_person_id).select_related("wave__unit"))
    ties = Tie.objects.filter(source__in=members).select_related("layer", "target__person")
    said: dict[uuid.UUID, list[dict[str, Any]]] = {}
    for tie in ties.order_by(*BY_LAYER_AND_NAME):
        person = tie.target.person
        named = {"kind": tie.layer.title, "person": person.full_name if person else "", "weight": tie.weight}
        said.setdefault(tie.source_id, []).append(named)
    permissions = NamePermission.objects.filter(owner_id=actor_person_id).select_related("viewer", "unit")
    return {
        "waves": [
            {
                "title": member.wave.title,
                "unit": member.wave.unit.name,
                "asked": member.asked,
                "answered": member.answered,
                "shown_on_maps": member.shown,
                "begun_and_not_handed_in": member.draft,
                "ties": said.get(member.id, []),
            }
            for member in members
        ],
        "declines_to_be_drawn": MapRefusal.objects.filter(person_id=actor_person_id).exists(),
        "who_may_see_my_name": [
            row.unit.name if row.unit else row.viewer.full_name if row.viewer else "" for row in permissions
        ],
    }
