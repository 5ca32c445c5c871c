"""A row in every table of the room, for tests that ask who can reach them."""

from __future__ import annotations

import datetime as dt

from collegium.base import time
from collegium.connect.enums import LayerOrigin, WaveOrigin, WaveState
from collegium.connect.models import NamePermission, Tie, TieImport, TieLayer, TieWave, WaveAnalysis, WaveMember
from collegium.listen.services import versions
from collegium.people.actors import operator_of
from collegium.people.models import Person, Unit


def fill(unit: Unit, person: Person) -> TieWave:
    """Put an imported wave of the unit with everything about it into the database."""
    owner = {"community": unit.community}
    now = time.now()
    wave = TieWave.objects.create(
        **owner,
        unit=unit,
        origin=WaveOrigin.IMPORTED,
        state=WaveState.CLOSED,
        title="Who asks whom",
        opens_at=now,
        closes_at=now,
    )
    layer = TieLayer.objects.create(**owner, wave=wave, key="advice", title="Advice", origin=LayerOrigin.IMPORTED)
    one, other = (
        WaveMember.objects.create(**owner, wave=wave, person=who, number=number, school=unit)
        for number, who in enumerate((person, None))
    )
    Tie.objects.create(**owner, layer=layer, source=one, target=other)
    NamePermission.objects.create(**owner, owner=person, unit=unit)
    WaveAnalysis.objects.create(**owner, wave=wave, unit=unit, data_hash="0" * 64)
    TieImport.objects.create(
        **owner,
        unit=unit,
        title="Who asks whom",
        asked_on=time.today(),
        kind_of_tie="Advice",
        ties_file="t.csv",
        wave=wave,
    )
    return wave


def make_survey(unit: Unit, person: Person, named: Person) -> dict[str, object]:
    """Make an open tie survey that asks somebody, who has named another; return the ids of its addresses."""
    owner = {"community": unit.community}
    now = time.now()
    wave = TieWave.objects.create(
        **owner,
        unit=unit,
        instrument=versions.keep_shipped(operator_of(unit.community_id), "who_turns_to_whom"),
        title="Whimbrel ties",
        language="en",
        opens_at=now - dt.timedelta(days=1),
        closes_at=now + dt.timedelta(days=6),
    )
    layer = TieLayer.objects.create(**owner, wave=wave, key="advice", title="Advice", origin=LayerOrigin.SAID)
    one, other = (
        WaveMember.objects.create(**owner, wave=wave, person=who, number=number, school=unit, answered=who == person)
        for number, who in enumerate((person, named))
    )
    tie = Tie.objects.create(**owner, layer=layer, source=one, target=other)
    permission = NamePermission.objects.create(**owner, owner=person, viewer=named)
    return {"survey_id": wave.id, "said_id": tie.id, "permission_id": permission.id, "number": 1}
