"""The home of every kind of unit: whole, honest where nothing is known, and closed to those outside."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from collegium.base import indicators, time
from collegium.guide import moves as rules
from collegium.guide.moves import Given, MoveKind, choose
from collegium.guide.moves.model import Test as Ask
from collegium.guide.presenters.moves import WOULD_TELL
from collegium.guide.queries import moves as queries
from collegium.people.enums import UnitKind
from collegium.people.models import Person, Unit
from collegium.people.presenters.home import HomePage, present_home
from tests import factories as make
from tests.listen import published
from tests.listen.published import Told
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 2)
KINDS = [UnitKind.TEAM, UnitKind.SCHOOL, UnitKind.DISTRICT, UnitKind.ALLIANCE, UnitKind.STATE]


def make_unit(kind: str) -> tuple[Unit, Person]:
    """Make a unit with a steward and nothing else."""
    unit = make.make_unit(make.make_community(), kind=kind)
    steward = make.make_person(unit.community, account=True)
    make.make_role(steward, unit)
    return unit, steward


def home_of(unit: Unit, person: Person, day: dt.date = TODAY) -> HomePage:
    with time.at(TODAY):
        return present_home(make.actor_of(person), make.place_of(unit, day))


# --- where nothing is known -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", KINDS)
def test_a_home_without_evidence_says_what_would_tell_and_leads_there(kind: str) -> None:
    unit, steward = make_unit(kind)
    home = home_of(unit, steward)
    client = client_of(steward)
    for stat in home.stats:
        assert stat.value is not None or stat.note, f"{stat.label} is empty without a word"
    assert home.panels
    with time.at(TODAY):
        for panel in home.panels:
            assert panel.sentences, f"{panel.title} says nothing"
            for url in {panel.url, *(said.url for said in panel.sentences)} - {""}:
                assert client.get(url).status_code == 200, (panel.title, url)
            assert panel.url or any(said.url for said in panel.sentences), f"{panel.title} leads nowhere"


@pytest.mark.parametrize("kind", KINDS)
def test_no_rule_guesses_at_what_is_not_known(kind: str) -> None:
    """Of an indicator without a value nothing holds but that it is unknown, in any rule that is shipped."""
    unit, steward = make_unit(kind)
    with time.at(TODAY):
        found = queries.suggest_for(make.actor_of(steward), make.place_of(unit, TODAY))
        page = client_of(steward).get(reverse("guide:unit_guide", args=[unit.slug])).content.decode()
    unknown = {key for key, reading in found.readings.items() if reading.value is None}
    assert "listen.trust" in unknown
    shown = (*found.choice.moves, *found.choice.beside, *found.choice.waiting, *found.choice.warnings)
    for move in shown:
        for condition in move.when:
            assert condition.indicator not in unknown or condition.test is Ask.UNKNOWN, move.key
    assert "What we don’t know yet" in page
    assert str(WOULD_TELL["listen"]) in page


def test_nothing_known_at_all_fires_only_what_asks_for_it() -> None:
    nothing = {key: indicators.Reading(value=None) for move in rules.list_shipped() for key in move.indicators}
    for kind in KINDS:
        choice = choose(rules.list_shipped(), Given(kind=kind, readings=nothing))
        assert not choice.warnings
        for move in (*choice.moves, *choice.beside, *choice.waiting):
            assert {condition.test for condition in move.when} == {Ask.UNKNOWN}, move.key


def test_every_room_that_measures_says_what_would_tell() -> None:
    asked = {key for move in rules.list_shipped() if move.kind is MoveKind.MOVE for key in move.indicators}
    assert {key.partition(".")[0] for key in asked} <= WOULD_TELL.keys()


@pytest.mark.parametrize("kind", [UnitKind.SCHOOL, UnitKind.ALLIANCE])
def test_too_few_answers_are_no_evidence(kind: str) -> None:
    unit, steward = make_unit(kind)
    pulse = published.make_pulse(unit, at=dt.datetime(2026, 2, 2, 12, tzinfo=dt.UTC))
    published.tell(pulse, unit, Told(means={}, n=4, asked=30))
    with time.at(TODAY):
        found = queries.suggest_for(make.actor_of(steward), make.place_of(unit, TODAY))
    assert found.readings["listen.trust"].value is None
    assert found.trust_is_unknown
    assert not found.choice.warnings


# --- looking back, and from outside -----------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", KINDS)
def test_a_home_looks_back_and_offers_nothing_to_do_there(kind: str) -> None:
    unit, steward = make_unit(kind)
    make.make_post(make.make_person(unit.community), unit, starts_on=TODAY - dt.timedelta(days=10))
    then = TODAY - dt.timedelta(days=30)
    assert [home_of(unit, steward, day).stats[0].value for day in (TODAY, then)] == [1, 0]
    with time.at(TODAY):
        client = client_of(steward)
        page = client.get(reverse("people:unit_home", args=[unit.slug]), {"as_of": then.isoformat()}).content.decode()
    page = page.partition("<main")[2].partition("</main>")[0]
    for offer in ("listen:pulse_add", "connect:wave_add", "people:roster_start", "decide:matter_add"):
        assert reverse(offer, args=[unit.slug]) not in page


@pytest.mark.parametrize("kind", KINDS)
def test_whoever_does_not_belong_is_not_told_what_there_is(kind: str) -> None:
    unit, steward = make_unit(kind)
    pulse = published.make_pulse(unit, at=dt.datetime(2026, 2, 2, 12, tzinfo=dt.UTC))
    published.tell(pulse, unit, Told(means={"trust": 2.8}, n=30, asked=30))
    make.make_post(make.make_person(unit.community), unit, starts_on=TODAY - dt.timedelta(days=10))
    stranger = make.make_person(unit.community, account=True)
    make.make_post(stranger, make.make_unit(unit.community), starts_on=TODAY - dt.timedelta(days=10))
    assert "Heartbeat" in {panel.title for panel in home_of(unit, steward).panels}
    home = home_of(unit, stranger)
    assert {panel.title for panel in home.panels} <= {"Who we are"}
    assert not any(stat.url for stat in home.stats)
    with time.at(TODAY):
        page = client_of(stranger).get(reverse("people:unit_home", args=[unit.slug])).content.decode()
        for name in ("unit_guide", "unit_report", "indicators", "indicators_file"):
            assert client_of(stranger).get(reverse(f"guide:{name}", args=[unit.slug])).status_code == 403
    assert "2.8" not in page
    assert "trust" not in page.lower()
