"""A pulse from opening to its published results."""

from __future__ import annotations

import pytest

from collegium.listen.enums import PulseState
from collegium.listen.models import Invitation, PublishedView, Sheet, Tray
from collegium.listen.publishing.documents import read_document
from tests.listen import worlds

pytestmark = pytest.mark.django_db


def test_a_pulse_is_opened_answered_closed_and_published() -> None:
    school = worlds.build_school()
    pulse = worlds.open_at_start(worlds.prepare(school.unit, school.steward), school.steward)
    assert Invitation.objects.filter(pulse=pulse).count() == 40
    assert Tray.objects.filter(pulse=pulse).count() == 1
    worlds.answer_all(pulse, school.staff)
    worlds.close(pulse)
    assert pulse.state == PulseState.CLOSED
    assert not Tray.objects.filter(pulse=pulse).exists()
    assert not Sheet.objects.filter(pulse=pulse).exists()
    whole = PublishedView.objects.get(pulse=pulse, view__unit=school.unit, view__level="")
    document = read_document(whole.document)
    assert document.report.n == 40
    assert document.report.facet("openness").mean.mean is not None
    teams = PublishedView.objects.filter(pulse=pulse, view__unit__in=school.teams, n__isnull=False)
    assert teams.count() == 3
