"""After a restore, nobody's answer is half there: those whose tray cannot be opened are asked again."""

from __future__ import annotations

import pytest

from collegium.listen import codes
from collegium.listen.answers import keys, trays
from collegium.listen.errors import Conflict
from collegium.listen.models import Invitation, Slip, Tray
from collegium.listen.services import answering, restoring
from tests.listen import worlds

pytestmark = pytest.mark.django_db


def test_those_whose_tray_is_lost_answer_anew_and_nobody_else(settings: object) -> None:
    lost, kept = worlds.build_school(teams=(8,)), worlds.build_school(teams=(8,))
    pulses = [
        worlds.open_at_start(worlds.prepare(school.unit, school.steward), school.steward, by_slip=[school.staff[-1].id])
        for school in (lost, kept)
    ]
    for school, pulse in zip((lost, kept), pulses, strict=True):
        worlds.answer_all(pulse, school.staff[:3])
    assert restoring.count_lost() == 0
    keys.destroy(pulses[0].id)
    assert restoring.count_lost() == 1
    with pytest.raises(answering.NotTaken):
        worlds.answer_all(pulses[0], lost.staff[3:4])
    assert Invitation.objects.filter(pulse=pulses[0], answered=True).count() == 3
    Slip.objects.filter(pulse=pulses[0]).update(used=True, code_hash="of another key")
    assert restoring.ask_again() == 1
    assert restoring.ask_again() == 0
    assert not Invitation.objects.filter(pulse=pulses[0], answered=True).exists()
    slip = Slip.objects.get(pulse=pulses[0])
    assert answering.find_slip(pulses[0], codes.slip_code(slip.id)) == slip
    worlds.answer_all(pulses[0], lost.staff[:3])
    assert len(trays.look_into(Tray.objects.get(pulse=pulses[0])).sheets) == 3
    assert Invitation.objects.filter(pulse=pulses[1], answered=True).count() == 3
    with pytest.raises(Conflict):
        worlds.answer_all(pulses[1], kept.staff[:1])
