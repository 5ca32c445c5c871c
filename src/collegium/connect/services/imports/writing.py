"""Writes the wave that an import adds."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Sequence

from django.utils.text import slugify

from collegium.base import time
from collegium.base.jobs import Report
from collegium.connect.enums import LayerOrigin, WaveOrigin, WaveState
from collegium.connect.models import Tie, TieImport, TieLayer, TieWave, WaveMember
from collegium.connect.queries import waves
from collegium.connect.services.imports.planning import Plan
from collegium.connect.services.members import not_shown
from collegium.people.actors import Actor
from collegium.people.enums import Governance, UnitKind
from collegium.people.models import Unit
from collegium.people.services import units

_CHUNK = 2000


def add_schools(actor: Actor, unit: Unit, names: Sequence[str]) -> dict[str, uuid.UUID]:
    """Add the schools that a file names and that are not here; return them by those names.

    How binding an alliance is for them, nobody has said: they begin with the softest tie.
    """
    governance = Governance.CONVERSATION if unit.kind == UnitKind.ALLIANCE else None
    return {
        name: units.add_unit(actor=actor, within=unit, kind=UnitKind.SCHOOL, name=name, governance=governance).id
        for name in names
    }


def write_wave(actor: Actor, made: TieImport, plan: Plan, report: Report) -> TieWave:
    """Write a closed wave with its members, layers and ties."""
    moment = time.start_of(made.asked_on)
    wave = TieWave.objects.create(
        community_id=made.community_id,
        unit=made.unit,
        origin=WaveOrigin.IMPORTED,
        title=made.title,
        state=WaveState.CLOSED,
        opens_at=moment,
        closes_at=moment,
        closed_at=time.now(),
        created_at=time.now(),
        created_by_id=actor.recorded_id,
        earlier=waves.find_earlier(made.unit_id, closes_at__lt=moment),
    )
    members = [member.id for member in _write_members(wave, plan)]
    layers = [layer.id for layer in _write_layers(wave, plan)]
    total = len(plan.ties)
    for start in range(0, total, _CHUNK):
        chunk = plan.ties[start : start + _CHUNK]
        Tie.objects.bulk_create(
            Tie(
                community_id=wave.community_id,
                layer_id=layers[tie.layer],
                source_id=members[tie.source],
                target_id=members[tie.target],
                weight=1.0 if tie.weight is None else tie.weight,
            )
            for tie in chunk
        )
        report(start + len(chunk), total, "")
    return wave


def _write_members(wave: TieWave, plan: Plan) -> list[WaveMember]:
    """Write everybody in an order that says nothing of the order in the file."""
    hidden = not_shown(wave.community_id, [member.person_id for member in plan.members if member.person_id])
    numbers = list(range(len(plan.members)))
    secrets.SystemRandom().shuffle(numbers)
    rows = [
        WaveMember(
            community_id=wave.community_id,
            wave=wave,
            person_id=member.person_id,
            number=number,
            school_id=member.standing.school_id,
            team_id=member.standing.team_id,
            level=member.standing.level,
            has_post=member.has_post,
            answered=member.answered,
            shown=member.person_id not in hidden,
        )
        for number, member in zip(numbers, plan.members, strict=True)
    ]
    WaveMember.objects.bulk_create(rows, batch_size=_CHUNK)
    return rows


def _write_layers(wave: TieWave, plan: Plan) -> list[TieLayer]:
    layers: list[TieLayer] = []
    taken: set[str] = set()
    for position, title in enumerate(plan.layers):
        key = slugify(title)[:50] or "ties"
        key = key if key not in taken else f"{key}-{position + 1}"
        taken.add(key)
        layers.append(
            TieLayer(
                community_id=wave.community_id,
                wave=wave,
                key=key,
                title=title[:200],
                origin=LayerOrigin.IMPORTED,
                position=position,
            )
        )
    TieLayer.objects.bulk_create(layers)
    return layers
