"""Where a test worked and nobody elsewhere has tried it, the guide suggests to carry it over, until somebody has."""

from __future__ import annotations

import datetime as dt

import pytest

from collegium.base import time
from collegium.enquire.enums import Ending
from collegium.enquire.models import Enquiry, Idea, Trial
from collegium.guide.queries import moves as queries
from collegium.people.enums import UnitKind
from collegium.people.models import Person, Unit
from tests import factories as make
from tests.enquire.rows import make_enquiry

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 2)
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
MOVE = "replicate_what_worked"


def suggested(unit: Unit, person: Person) -> list[str]:
    with time.at(NOON):
        found = queries.suggest_for(make.actor_of(person), make.place_of(unit, TODAY))
    return [move.key for move in found.choice.moves]


def close(enquiry: Enquiry, ending: str, days: int = 30) -> None:
    """Close an enquiry that had begun some months before."""
    Enquiry.objects.filter(id=enquiry.id).update(
        created_at=NOON - dt.timedelta(days=days + 90),
        closed_at=NOON - dt.timedelta(days=days),
        ending=ending,
        finding="Eight of ten begin on time.",
    )


def test_what_worked_is_to_be_tried_elsewhere_until_it_has_been() -> None:
    alliance = make.make_unit(make.make_community(), kind=UnitKind.ALLIANCE)
    school, other = (make.make_unit(alliance.community, within=alliance) for _number in range(2))
    steward = make.steward_of(school)
    make.make_role(steward, alliance)
    make.make_role(make.make_person(alliance.community), school)  # so that nothing else comes first
    enquiry = make_enquiry(school, steward)
    assert MOVE not in suggested(school, steward), "it still runs"
    close(enquiry, Ending.ABANDON)
    assert MOVE not in suggested(school, steward), "it did not work"
    close(enquiry, Ending.ADOPT, days=400)
    assert MOVE not in suggested(school, steward), "that was long ago"
    close(enquiry, Ending.ADOPT)
    assert MOVE in suggested(school, steward)
    assert MOVE in suggested(alliance, steward)
    owner = {"community": alliance.community}
    idea = Idea.objects.create(**owner, unit=school, origin=enquiry, title="At the door", how="Say each name.")
    assert MOVE in suggested(school, steward), "telling it is not trying it"
    Trial.objects.create(
        **owner, idea=idea, enquiry=make_enquiry(other, None), since=TODAY, setting="primary", fidelity="as_told",
        context="One class, one room.", added_at=NOON - dt.timedelta(days=1),
    )  # fmt: skip
    assert MOVE not in suggested(school, steward)
    assert MOVE not in suggested(alliance, steward)
