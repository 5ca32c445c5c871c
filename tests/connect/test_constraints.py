"""What the database itself refuses, whatever a service believes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from collegium.connect.enums import WaveOrigin, WaveState
from collegium.connect.models import MapRefusal, NamePermission, Tie, TieLayer, TieWave, WaveMember
from tests.connect import worlds

pytestmark = pytest.mark.django_db


def test_rows_that_make_no_sense_are_refused() -> None:
    asked = worlds.ask_school()
    wave, layer = asked.wave, worlds.layer_of(asked.wave)
    one, other, third = (worlds.member_of(wave, person) for person in asked.staff[:3])
    owner: dict[str, Any] = {"community": asked.school.community}
    person, unit = asked.staff[0], asked.school.unit
    Tie.objects.create(**owner, layer=layer, source=one, target=other)
    NamePermission.objects.create(**owner, owner=person, unit=unit)
    NamePermission.objects.create(**owner, owner=person, viewer=asked.staff[1])
    MapRefusal.objects.create(**owner, person=person)
    refused: dict[str, Callable[[], object]] = {
        "a tie twice": lambda: Tie.objects.create(**owner, layer=layer, source=one, target=other),
        "a tie to oneself": lambda: Tie.objects.create(**owner, layer=layer, source=one, target=one),
        "a tie without weight": lambda: Tie.objects.create(**owner, layer=layer, source=one, target=third, weight=0),
        "a layer twice": lambda: TieLayer.objects.create(**owner, wave=wave, key="advice", title="A", origin="said"),
        "a layer of no origin": lambda: TieLayer.objects.create(**owner, wave=wave, key="x", title="A", origin="felt"),
        "a number twice": lambda: WaveMember.objects.create(**owner, wave=wave, number=one.number),
        "a person twice": lambda: WaveMember.objects.create(**owner, wave=wave, number=99, person=person),
        "an answer nobody asked for": lambda: WaveMember.objects.filter(id=one.id).update(asked=False, answered=True),
        "an import that is open": lambda: TieWave.objects.filter(id=wave.id).update(
            origin=WaveOrigin.IMPORTED, instrument=None
        ),
        "a survey without questions": lambda: TieWave.objects.filter(id=wave.id).update(instrument=None),
        "times out of order": lambda: TieWave.objects.filter(id=wave.id).update(
            closes_at=worlds.OPENS.replace(year=2025)
        ),
        "a state of its own": lambda: TieWave.objects.filter(id=wave.id).update(state="paused"),
        "a wave before itself": lambda: TieWave.objects.filter(id=wave.id).update(earlier_id=wave.id),
        "a name for nobody": lambda: NamePermission.objects.create(**owner, owner=person),
        "a name for two": lambda: NamePermission.objects.create(
            **owner, owner=asked.staff[2], viewer=asked.staff[1], unit=unit
        ),
        "a name for oneself": lambda: NamePermission.objects.create(**owner, owner=person, viewer=person),
        "a name for a unit twice": lambda: NamePermission.objects.create(**owner, owner=person, unit=unit),
        "a refusal twice": lambda: MapRefusal.objects.create(**owner, person=person),
    }
    assert {what for what, act in refused.items() if is_taken(act)} == set()


def is_taken(act: Callable[[], object]) -> bool:
    """Say whether the database takes a row."""
    try:
        with transaction.atomic():
            act()
    except IntegrityError:
        return False
    return True


def test_an_import_is_closed_from_the_start_and_has_no_questionnaire() -> None:
    asked = worlds.ask_school()
    imported = TieWave.objects.create(
        community=asked.school.community,
        unit=asked.school.unit,
        origin=WaveOrigin.IMPORTED,
        state=WaveState.CLOSED,
        title="From a file",
        opens_at=worlds.OPENS,
        closes_at=worlds.OPENS,
    )
    one, other = (
        WaveMember.objects.create(community=asked.school.community, wave=imported, number=number) for number in range(2)
    )
    assert (one.person_id, other.person_id) == (None, None), "people without names are many"
