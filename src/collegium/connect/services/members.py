"""Writing down who can have ties in a wave, and where they stood that day."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection, Sequence

from django.db.models import Max

from collegium.connect.models import MapRefusal, TieWave, WaveMember
from collegium.connect.queries.roster import Standing

BATCH = 1000


def write_members(wave: TieWave, people: Sequence[Standing], *, asked: bool = True) -> dict[uuid.UUID, WaveMember]:
    """Add people to a wave, and return their rows by person. Whoever declines to be shown is not, here either."""
    hidden = not_shown(wave.community_id, [standing.person_id for standing in people])
    last = WaveMember.objects.filter(wave=wave).aggregate(last=Max("number"))["last"]
    members = {
        standing.person_id: WaveMember(
            community_id=wave.community_id,
            wave=wave,
            person_id=standing.person_id,
            number=number,
            school_id=standing.school_id,
            team_id=standing.team_id,
            level=standing.level,
            has_post=standing.has_post,
            asked=asked,
            shown=standing.person_id not in hidden,
        )
        for number, standing in enumerate(_shuffled(wave, people), start=0 if last is None else last + 1)
    }
    WaveMember.objects.bulk_create(members.values(), batch_size=BATCH)
    return members


def not_shown(community_id: uuid.UUID, person_ids: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Return who of these people has declined to be shown; the choice stands for every wave, past and to come."""
    declined = MapRefusal.objects.filter(community_id=community_id).values_list("person_id", flat=True)
    return frozenset(declined) & frozenset(person_ids)


def _shuffled(wave: TieWave, people: Sequence[Standing]) -> list[Standing]:
    """The people in an order that says nothing, and another one in each wave, so that numbers lead nowhere."""

    def place(standing: Standing) -> bytes:
        return hashlib.sha256(wave.id.bytes + standing.person_id.bytes).digest()

    return sorted(people, key=place)
