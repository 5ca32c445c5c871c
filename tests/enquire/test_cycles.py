"""Cycles: predicted beforehand, locked by the first number, studied once, and seen on the charts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.base import time
from collegium.enquire.enums import Decision
from collegium.enquire.errors import Conflict, Invalid, NotAllowed, NotFound
from collegium.enquire.models import Cycle, Enquiry
from collegium.enquire.presenters import enquiries as presenter
from collegium.enquire.queries import cycles as queries
from collegium.enquire.queries import enquiries as enquiry_queries
from collegium.enquire.queries import own
from collegium.enquire.services import cycles as services
from collegium.enquire.services import points
from collegium.enquire.services.cycles import Studied
from collegium.enquire.services.points import Entry
from collegium.people.models import Person
from tests import factories as make
from tests.enquire.rows import make_enquiry, make_measure, make_segment

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 6, 1, 12, 0, tzinfo=dt.UTC)  # a Monday
SAID = {"plan": "One door, one week", "prediction": "Eight of ten begin on time"}


@dataclass
class Team:
    """An enquiry of one person, and a colleague who is not in it."""

    enquiry: Enquiry
    ada: Person
    cem: Person

    def by(self, person: Person | None = None) -> dict[str, Any]:
        actor = make.actor_of(person or self.ada)
        standing = enquiry_queries.get_enquiry_for(actor, self.enquiry.id).standing
        return {"actor": actor, "enquiry": self.enquiry, "standing": standing}

    def begin(self, day: int = 0) -> Cycle:
        with time.at(NOW + dt.timedelta(days=day)):
            return services.begin(**self.by(), **SAID)

    def study(self, cycle: Cycle, day: int = 0, decision: Decision = Decision.SCALE) -> Cycle:
        with time.at(NOW + dt.timedelta(days=day)):
            return services.study(**self.by(), cycle=cycle, studied=Studied(found="Seven did", decision=decision))

    def page(self, person: Person | None = None) -> presenter.EnquiryPage:
        actor = make.actor_of(person or self.ada)
        return presenter.present_enquiry(actor, enquiry_queries.get_enquiry_for(actor, self.enquiry.id))

    def url(self, name: str, *more: object) -> str:
        return reverse(f"enquire:{name}", args=[self.enquiry.id, *more])


@pytest.fixture
def team() -> Team:
    community = make.make_community()
    unit = make.make_unit(community, "Hill")
    ada, cem = (make.make_person(community, name, "Hill", account=True) for name in ("Ada", "Cem"))
    for person in (ada, cem):
        make.make_post(person, unit)
    return Team(make_enquiry(unit, ada), ada, cem)


def enter(team: Team, week: int) -> None:
    measure = make_measure(team.enquiry)
    with time.at(NOW + dt.timedelta(days=7 * week)):
        points.record(
            **team.by(), entries=[Entry(segment=make_segment(measure), on=time.today(), value=8, denominator=20)]
        )


# --- plan, do, study, act ---------------------------------------------------------------------------------------------
def test_a_cycle_is_planned_changed_and_studied_on_pages(team: Team) -> None:
    client = Client()
    client.force_login(team.ada.account)
    assert client.post(team.url("cycle_add"), {"plan": "One door"}).status_code == 422
    client.post(team.url("cycle_add"), SAID)
    cycle = Cycle.objects.get()
    client.post(team.url("cycle_change", cycle.id), {**SAID, "prediction": "Nine of ten"})
    assert "Nine of ten" in client.get(team.url("cycle_study", cycle.id)).content.decode()
    assert client.post(team.url("cycle_study", cycle.id), {"found": "Seven", "decision": "often"}).status_code == 422
    client.post(team.url("cycle_study", cycle.id), {"found": "Seven of ten", "surprise": "Rain", "decision": "scale"})
    page = client.get(team.url("enquiry")).content.decode()
    for text in ("Nine of ten", "Seven of ten", "Rain", "Test again at a larger scale", team.url("cycle_add")):
        assert text in page
    assert team.url("cycle_study", cycle.id) not in page


def test_the_prediction_stays_as_it_is_once_a_number_has_come_in(team: Team) -> None:
    cycle = team.begin()
    services.change(**team.by(), cycle=cycle, plan="Two doors", prediction="Nine")
    enter(team, 1)
    with pytest.raises(Conflict) as told:
        services.change(**team.by(), cycle=cycle, plan="Two doors", prediction="As it came")
    assert told.value.code == "cycle_locked"
    cycle.refresh_from_db()
    assert (cycle.plan, cycle.prediction) == ("Two doors", "Nine")
    (shown,) = team.page().cycles
    assert (shown.is_locked, shown.change_url) == (True, "")
    assert shown.study_url


def test_a_number_that_came_before_locks_nothing(team: Team) -> None:
    enter(team, 0)
    assert team.begin(day=1).locked_at is None


def test_a_cycle_is_studied_once_and_the_next_begins_after_it(team: Team) -> None:
    first = team.begin()
    with pytest.raises(Conflict) as told:
        team.begin()
    assert told.value.code == "cycle_open"
    assert team.page().cycle_add_url == ""
    team.study(first, day=7)
    with pytest.raises(Conflict):
        team.study(first, day=8, decision=Decision.ABANDON)
    with pytest.raises(Conflict):
        services.change(**team.by(), cycle=first, plan="Another", prediction="Another")
    assert team.begin(day=8).number == 2
    assert Cycle.objects.get(number=1).decision == Decision.SCALE


def test_words_are_needed_and_the_database_holds_to_it(team: Team) -> None:
    with pytest.raises(Invalid):
        services.begin(**team.by(), plan=" ", prediction="Eight")
    cycle = team.begin()
    with pytest.raises(Invalid):
        services.study(**team.by(), cycle=cycle, studied=Studied(found=" \0", decision=Decision.ADOPT))
    for wrong in ({"prediction": ""}, {"decision": "adopt"}, {"decision": "often", "studied_at": NOW, "found": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Cycle.objects.filter(id=cycle.id).update(**wrong)


def test_others_read_cycles_and_write_none(team: Team) -> None:
    cycle = team.begin()
    (shown,) = team.page(team.cem).cycles
    assert (shown.prediction, shown.change_url, shown.study_url) == (SAID["prediction"], "", "")
    by = team.by(team.cem)
    for act in (
        lambda: services.begin(**by, **SAID),
        lambda: services.change(**by, cycle=cycle, **SAID),
        lambda: services.study(**by, cycle=cycle, studied=Studied(found="x", decision=Decision.ADOPT)),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_cycle_of_another_enquiry_is_not_there(team: Team) -> None:
    other = make_enquiry(team.enquiry.unit, team.ada)
    with pytest.raises(NotFound):
        queries.get_cycle(other, team.begin().id)


# --- on the page ------------------------------------------------------------------------------------------------------
def test_cycles_stand_on_the_chart_where_they_began_and_ended(team: Team) -> None:
    measure = make_measure(team.enquiry)
    segment = make_segment(measure)
    for week, said in enumerate(("", "", "Rain", "")):
        with time.at(NOW + dt.timedelta(days=7 * week)):
            points.record(
                **team.by(),
                entries=[Entry(segment=segment, on=time.today(), value=8, denominator=20, note=said)],
            )
    Cycle.objects.create(community=team.enquiry.community, enquiry=team.enquiry, number=1, **SAID,
                         begun_at=NOW + dt.timedelta(days=9), locked_at=NOW, found="x", decision="adopt",
                         studied_at=NOW + dt.timedelta(days=15))  # fmt: skip
    Cycle.objects.create(community=team.enquiry.community, enquiry=team.enquiry, number=2, **SAID,
                         begun_at=NOW + dt.timedelta(days=60))  # fmt: skip
    (shown,) = team.page().measures
    assert shown.chart is not None
    assert [point.note for point in shown.chart.points] == ["", "Cycle 1 begins", "Rain; Cycle 1: Adopt it", ""]


def test_the_page_asks_as_often_for_many_cycles_as_for_one(team: Team) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            team.page()
        return len(asked)

    team.study(team.begin())
    one = count()
    for day in range(1, 30):
        team.study(team.begin(day), day)
    assert count() == one


# --- of a person ------------------------------------------------------------------------------------------------------
def test_who_wrote_is_in_their_data_and_is_forgotten(team: Team) -> None:
    cycle = team.study(team.begin())
    assert own.dump(team.ada.id)["cycles"][0]["prediction"] == SAID["prediction"]
    assert own.dump(team.cem.id)["cycles"] == []
    services.forget_person(team.ada.id)
    cycle.refresh_from_db()
    assert (cycle.begun_by, cycle.studied_by, cycle.found) == (None, None, "Seven did")
