"""Writing down who can have ties in a wave, and where they stood that day."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection, Sequence

from django.db.models import Max

from collegium.base.jobs import Report
from collegium.connect.models import MapRefusal, TieWave, WaveMember
from collegium.connect.queries.roster import Standing
from collegium.listen.services.opening import say_nothing

BATCH = 1000


def write_members(
    wave: TieWave, people: Sequence[Standing], *, asked: bool = True, report: Report = say_nothing
) -> dict[uuid.UUID, WaveMember]:
    """Add people to a wave, and return their rows by person. Whoever declines to be shown is not, here either."""
    report(0, len(people), "")
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
    rows = list(members.values())
    for start in range(0, len(rows), BATCH):
        WaveMember.objects.bulk_create(rows[start : start + BATCH])
        report(min(start + BATCH, len(rows)), len(rows), "")
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
