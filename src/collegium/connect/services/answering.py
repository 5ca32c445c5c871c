"""Answering a tie survey: what one has chosen is kept as a draft, and counts once it is handed in.

It can be changed and handed in anew until the survey closes. No event is recorded and nothing is logged: when somebody
answered, and whom they named, is nobody's business but theirs.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from django.db import transaction

from collegium.base import time
from collegium.connect import policies
from collegium.connect.enums import WaveState
from collegium.connect.errors import Conflict, Invalid
from collegium.connect.models import Tie, TieLayer, TieWave, WaveMember
from collegium.connect.queries import own_ties, roster, waves
from collegium.connect.queries.candidates import Candidates
from collegium.connect.services.members import write_members
from collegium.people.actors import Actor

Named = Sequence[tuple[uuid.UUID, int | None]]


@transaction.atomic
def keep_draft(*, actor: Actor, member: WaveMember, layer: TieLayer, named: Named) -> None:
    """Keep whom somebody has chosen for one question; how often may still be open (None)."""
    policies.check_can_answer(actor, member.person_id)
    _hold(member)
    _check_named(member, layer, named)
    draft = dict(own_ties.read_draft(member))
    draft[layer.key] = dict(named)
    member.draft = {key: {str(person): weight for person, weight in each.items()} for key, each in draft.items()}
    member.save(update_fields=["draft"])


@transaction.atomic
def hand_in(*, actor: Actor, member: WaveMember) -> None:
    """Hand in what has been chosen, instead of what was before; handed in twice, the second changes nothing."""
    policies.check_can_answer(actor, member.person_id)
    _hold(member)
    if member.answered and not member.draft:
        return
    draft = own_ties.read_draft(member)
    layers = waves.list_layers(member.wave)
    for layer in layers:
        named = tuple(draft.get(layer.key, {}).items())
        _check_named(member, layer, named)
        if layer.labels and any(weight is None for _person, weight in named):
            raise Invalid("how_often_missing", question=layer.prompt or layer.title)
    members = _find_members(member.wave, {person for each in draft.values() for person in each})
    Tie.objects.filter(layer__in=layers, source=member).delete()
    Tie.objects.bulk_create(
        Tie(community_id=member.community_id, layer=layer, source=member, target=members[person], weight=weight or 1)
        for layer in layers
        for person, weight in draft.get(layer.key, {}).items()
    )
    member.answered, member.draft = True, {}
    member.save(update_fields=["answered", "draft"])


def _hold(member: WaveMember) -> None:
    """Hold the survey against closing meanwhile, and the member against handing in twice at once."""
    wave = TieWave.objects.select_for_update().get(id=member.wave_id)
    now = time.now()
    if wave.state == WaveState.STOPPED:
        raise Conflict("wave_stopped")
    if wave.state == WaveState.CLOSED or wave.closes_at <= now:
        raise Conflict("wave_over")
    if wave.opens_at > now:
        raise Conflict("wave_not_yet", opens_at=wave.opens_at)
    fresh = WaveMember.objects.select_for_update().get(id=member.id)
    member.answered, member.draft = fresh.answered, fresh.draft


def _check_named(member: WaveMember, layer: TieLayer, named: Named) -> None:
    people = [person for person, _weight in named]
    if member.person_id in people:
        raise Invalid("tie_to_yourself")
    if len(set(people)) < len(people):
        raise Invalid("named_twice")
    if layer.most is not None and len(people) > layer.most:
        raise Invalid("too_many_named", named=len(people), most=layer.most)
    offered = {code for code, _label in layer.labels} or {1}
    if any(weight is not None and weight not in offered for _person, weight in named):
        raise Invalid("how_often_unknown")
    if len(Candidates(member, layer).resolve(people)) < len(people):
        raise Invalid("nobody_of_that_kind")


def _find_members(wave: TieWave, person_ids: set[uuid.UUID]) -> Mapping[uuid.UUID, WaveMember]:
    """Return the rows of those named; people of partner schools become members by being named first."""
    rows = WaveMember.objects.filter(wave=wave, person_id__in=person_ids)
    members = {row.person_id: row for row in rows if row.person_id}
    missing = person_ids - members.keys()
    if missing:
        members |= write_members(wave, roster.list_standings_of(missing, time.today()), asked=False)
    return members
