"""A row in every table of the room, for tests that ask who can reach them."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import numpy as np

from collegium.base import time
from collegium.connect.enums import LayerOrigin, WaveOrigin, WaveState
from collegium.connect.models import (
    MapRefusal,
    NamePermission,
    Tie,
    TieImport,
    TieLayer,
    TieWave,
    WaveAnalysis,
    WaveMember,
)
from collegium.connect.reporting import Layer, Rules, Seen, draw_groups, draw_people, make_report, make_web
from collegium.connect.reporting.documents import write_group_map, write_people_map, write_report
from collegium.listen.services import versions
from collegium.people.actors import operator_of
from collegium.people.models import Person, Unit
from collegium.science.networks.network import Network


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
    MapRefusal.objects.create(**owner, person=person)
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


def make_web_of(unit: Unit) -> TieWave:
    """Make a closed wave of a unit that says something; return it. Nobody in it is known."""
    owner = {"community": unit.community}
    closed_at = time.now() - dt.timedelta(days=9)
    wave = TieWave.objects.create(
        **owner,
        unit=unit,
        origin=WaveOrigin.IMPORTED,
        state=WaveState.CLOSED,
        title="Whimbrel web",
        opens_at=closed_at,
        closes_at=closed_at,
    )
    WaveAnalysis.objects.create(**owner, wave=wave, unit=unit, data_hash="1" * 64, **work_out_a_small_web())
    return wave


@cache
def work_out_a_small_web() -> dict[str, Any]:
    """Return what is kept of a web of two teams of eight."""
    dice = np.random.default_rng(5)
    edges = [(one, other) for one in range(16) for other in range(16) if one != other and dice.random() < 0.2]
    layer = Layer(key="advice", title="Advice", network=Network.of(16, edges))
    web = make_web(16, [layer], team=[0] * 8 + [1] * 8, teams=["English", "Science"])
    rules = Rules(draws=3)
    seen = Seen(web=web, layer=layer, core=web.asked, rules=rules)
    return {
        "document": {
            "report": write_report(make_report(web, rules=rules)),
            "maps": ["groups", "people"],
            "groups_are": "teams",
        },
        "map": {
            "groups": write_group_map(draw_groups(web, seen.teams)),
            "people": write_people_map(draw_people(web, web.asked)),
            "teams": ["English", "Science"],
            "schools": {},
        },
        "leaving": {},
    }
