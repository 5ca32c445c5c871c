"""The intending part of the demo: its gaps are written down, and the page finds exactly those."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from django.db import transaction

from collegium.base import tenancy, time
from collegium.intend.demo import build, line, promises
from collegium.intend.models import Challenge, Dissent, Intent
from collegium.intend.queries import throughline
from collegium.people import demo as people_demo
from collegium.people.actors import operator_of
from collegium.people.demo import story
from collegium.people.models import Unit
from collegium.people.queries import places

pytestmark = pytest.mark.slow

TODAY = dt.date(2026, 11, 26)
LINE = {
    (story.BRINDLE_STREET, "vision_without_challenge", line.BRINDLE_VISION, ()),
    (story.CASTLEWICK, "wish", line.CASTLEWICK_INTENT, ("pathway",)),
    (story.THORNMERE, "wish", line.THORNMERE_INTENT, ("belief",)),
    (story.OAKHOLLOW, "wish", line.OAKHOLLOW_INTENT, ("pathway", "action")),
    (story.OAKHOLLOW, "challenge_without_commitment", line.OAKHOLLOW_CHALLENGE, ()),
    (story.OAKHOLLOW, "only_one_person", line.OAKHOLLOW_CHALLENGE, ()),
    (story.ALLIANCE, "challenge_without_commitment", line.ALLIANCE_CHALLENGE, ()),
}
PROMISED = {
    (story.THORNMERE, "commitment_serves_nothing", promises.TIMETABLE, ()),
    (story.THORNMERE, "commitment_serves_nothing", promises.WORKLOAD, ()),
    (story.THORNMERE, "asks_for_owner", promises.WORKLOAD, ()),
    (story.THORNMERE, "role_without_obligations", "Questioner", ()),
    (story.CASTLEWICK, "commitment_serves_nothing", promises.QUIET_ROOM, ()),
    (story.OAKHOLLOW, "commitment_serves_nothing", promises.GARDEN, ()),
    (story.OAKHOLLOW, "only_one_person", promises.GARDEN, ()),
}
GAPS = LINE | PROMISED


@dataclass(frozen=True)
class Told:
    """The gaps that the pages of the alliance, of each school and of the district find."""

    gaps: dict[str, set[tuple[str, str, str, tuple[str, ...]]]]
    dissent: int
    wordings: int
    closed: list[str]


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: object) -> Told:
    """Build the demo once, read it, and leave nothing of it behind."""
    with django_db_blocker.unblock(), tenancy.across_communities(), transaction.atomic():  # type: ignore[attr-defined]
        with time.at(TODAY):
            community = people_demo.build(seed=people_demo.SEED, today=TODAY)
            build(community, seed=people_demo.SEED, today=TODAY)
            units = Unit.objects.filter(community=community).exclude(kind="team")
            found = Told(
                gaps={unit.slug: read_gaps(unit) for unit in units},
                dissent=Dissent.objects.count(),
                wordings=Intent.objects.get(title=line.KESTREL_INTENT).text.version,
                closed=list(Challenge.objects.filter(closed_at__isnull=False).values_list("outcome", flat=True)),
            )
        transaction.set_rollback(True)
    return found


def read_gaps(unit: Unit) -> set[tuple[str, str, str, tuple[str, ...]]]:
    found = throughline.read_line_for(operator_of(unit.community_id), places.locate(unit, TODAY))
    return {
        (found.slugs[found.targets[gap.of].unit_id], gap.kind, found.graph.nodes[gap.of].title, gap.missing)
        for gap in found.gaps
    }


def test_the_page_of_the_alliance_finds_exactly_the_gaps_of_the_story(told: Told) -> None:
    assert told.gaps[story.ALLIANCE] == GAPS


def test_each_school_finds_its_own_and_the_district_those_of_its_schools(told: Told) -> None:
    for school in story.SCHOOLS:
        assert told.gaps[school.slug] == {gap for gap in GAPS if gap[0] == school.slug}
    assert told.gaps[story.DISTRICT] == {gap for gap in GAPS if gap[0] != story.ALLIANCE}
    assert told.gaps[story.KESTREL_LANE] == set(), "a whole line"


def test_what_was_said_around_it_is_there(told: Told) -> None:
    assert (told.dissent, told.wordings, told.closed) == (1, 2, ["not_met"])
