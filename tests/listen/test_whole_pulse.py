"""A pulse from opening to its published results."""

from __future__ import annotations

import datetime as dt

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


# What becomes of the questions in a second version, and whether the facet may still stand on one line with the first.
SECOND = {
    "the item under another key": ('key = "speak"', 'key = "say"\nsame_as = "speak"', True),
    "its place taken by another item": ('key = "speak"', 'key = "say"', False),
    "the same in other words": ("say what they think.", "speak their mind.", True),
    "one more answer to choose": ('"Mostly", "Fully"', '"Mostly", "Fully", "Wholly"', False),
    "the item turned round": ("reversed = true", "reversed = false", False),
}


@pytest.mark.parametrize("what", SECOND)
def test_a_wave_is_compared_with_another_version_item_by_item(what: str) -> None:
    before, after, continues = SECOND[what]
    school = worlds.build_school(teams=(12,))
    first = worlds.open_at_start(worlds.prepare(school.unit, school.steward), school.steward)
    worlds.answer_all(first, school.staff)
    worlds.close(first)
    text = worlds.SMALL.replace(before, after).replace("version = 1", "version = 2")
    version = worlds.keep_instrument(school.community, text)
    later = worlds.START + dt.timedelta(weeks=5)
    second = worlds.prepare(school.unit, school.steward, version, at=later)
    worlds.answer_all(worlds.open_at_start(second, school.steward), school.staff, seed=2)
    worlds.close(second)
    whole = PublishedView.objects.get(pulse=second, view__unit=school.unit, view__level="")
    changes = read_document(whole.document).changes_of("openness")
    assert bool(changes) is continues
