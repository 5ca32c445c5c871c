"""Challenges: from what should become true, over the change check, to what became of it."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from collegium.base import time
from collegium.intend.enums import CitationKind, Measured
from collegium.intend.errors import Conflict, Invalid, NotAllowed, NotFound
from collegium.intend.models import Challenge, ChangeCheck, Citation
from collegium.intend.queries import challenges as queries
from collegium.intend.queries import evidence
from collegium.intend.services import challenges, line
from collegium.people.enums import UnitKind
from collegium.people.models import Person
from tests import factories as make
from tests.intend import worlds
from tests.intend.worlds import Line

pytestmark = pytest.mark.django_db

YES = dict.fromkeys(("not_isolated", "fits_priorities", "clear_why", "clear_what", "believed"), "yes")
DAY = dt.timedelta(days=1)


def refused(code: str, error: type[Exception] = Invalid) -> object:
    return pytest.raises(error, match=f"^{code}$")


@pytest.fixture
def world() -> Line:
    return worlds.build()


def test_a_challenge_goes_from_draft_over_the_check_to_its_end(world: Line) -> None:
    lead, member = make.actor_of(world.lead), make.actor_of(world.staff[0])
    challenge = worlds.write_challenge(world.school, world.lead, publish=False)
    assert challenge.owner_id == world.lead.id, "whoever writes it owns it until somebody else is named"
    with refused("challenge_not_published"):
        challenges.start(actor=lead, challenge=challenge)
    with refused("challenge_not_published"):
        challenges.sign_on(actor=member, challenge=challenge)
    line.publish(actor=lead, thing=challenge)
    with refused("challenge_needs_two"):
        challenges.start(actor=lead, challenge=challenge)
    with refused("challenge_two_people"):
        challenges.name_owner(actor=lead, challenge=challenge, person=world.lead, is_second=True)
    challenges.name_owner(actor=lead, challenge=challenge, person=world.staff[0], is_second=True)
    with refused("challenge_not_checked"):
        challenges.start(actor=lead, challenge=challenge)
    challenges.keep_check(actor=member, challenge=challenge, **{**YES, "believed": "no"}, pilot="In one class.")
    challenges.keep_check(actor=member, challenge=challenge, **YES)
    assert [check.believed for check in queries.list_checks(challenge)] == ["yes", "no"]
    with refused("challenge_not_started"):
        challenges.close(actor=lead, challenge=challenge, outcome="met")
    with refused("leads_only", NotAllowed):
        challenges.start(actor=member, challenge=challenge)
    challenges.start(actor=lead, challenge=challenge)
    with refused("challenge_started_already", Conflict):
        challenges.start(actor=lead, challenge=challenge)
    with refused("challenge_learned_missing"):
        challenges.close(actor=lead, challenge=challenge, outcome="not_met", learned=" ")
    challenges.close(actor=lead, challenge=challenge, outcome="not_met", learned="One class is not a school.")
    with refused("challenge_closed", Conflict):
        challenges.keep_check(actor=member, challenge=challenge, **YES)


def test_days_owners_and_tags_that_make_no_sense_are_refused(world: Line) -> None:
    lead, today = make.actor_of(world.lead), time.today()
    for place, code in (
        ({"starts_on": today - 9 * DAY, "by_on": today - DAY}, "challenge_past"),
        ({"starts_on": today + 9 * DAY, "by_on": today + DAY}, "challenge_dates"),
        ({"measured": Measured.INDICATOR, "indicator_key": "made.up"}, "citation_unknown"),
        ({"owner": world.staff[0], "second_owner": world.staff[0]}, "challenge_two_people"),
        ({"asks": [world.district]}, "serves_unknown"),
        ({"second_owner": make.make_person(make.make_community())}, "other_community"),
    ):
        with refused(code):
            worlds.write_challenge(world.school, world.lead, **place)
    written = worlds.write_challenge(world.school, world.lead, gateways=["voice", "made up"], agenda=["people"])
    assert (written.gateways, written.agenda) == (["voice"], ["people"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Challenge.objects.filter(id=written.id).update(second_owner=world.lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        Challenge.objects.filter(id=written.id).update(by_on=today - DAY)
    with refused("check_incomplete"):
        challenges.keep_check(actor=lead, challenge=written, **{**YES, "clear_why": "perhaps"})
    assert not ChangeCheck.objects.exists()


def test_a_challenge_belongs_to_an_intent_of_the_unit_or_of_one_above(world: Line) -> None:
    own = worlds.write_intent(world.school, world.lead, publish=False)
    above = worlds.write_intent(world.district, worlds.lead_of(world.district), "Above")
    hidden = worlds.write_intent(world.district, worlds.lead_of(world.district), "Hidden", publish=False)
    beside_unit = make.make_unit(world.community, within=world.district)
    beside = worlds.write_intent(beside_unit, worlds.lead_of(beside_unit), "Beside")
    for intent in (own, above):
        assert worlds.write_challenge(world.school, world.lead, intent=intent).intent == intent
    for intent in (hidden, beside):
        with refused("serves_unknown"):
            worlds.write_challenge(world.school, world.lead, intent=intent)


def test_a_citation_keeps_the_number_of_its_day(world: Line) -> None:
    lead, place = make.actor_of(world.lead), make.place_of(world.school)
    challenge = worlds.write_challenge(world.school, world.lead)
    citation = challenges.cite(actor=lead, challenge=challenge, code="people.staff_count", note="We are two.")
    assert (citation.kind, citation.value) == (CitationKind.INDICATOR, 2)
    make.make_post(make.make_person(world.community), world.school)
    (cited,) = evidence.list_cited_for(lead, place, challenge)
    assert cited.now is not None
    assert (cited.citation.value, cited.now.value) == (2, 3)
    with refused("citation_there_already", Conflict):
        challenges.cite(actor=lead, challenge=challenge, code="people.staff_count")
    for key in ("listen.trust", "made.up"):
        with refused("citation_unknown"):
            challenges.cite(actor=lead, challenge=challenge, code=key)
    found = evidence.get_citation_for(lead, challenge, citation.id)
    challenges.withdraw_citation(actor=lead, citation=found)
    assert evidence.list_cited_for(lead, place, challenge) == []
    with pytest.raises(NotFound):
        evidence.get_citation_for(lead, challenge, citation.id)
    challenges.cite(actor=lead, challenge=challenge, code="people.staff_count")


def test_a_number_that_is_not_the_readers_to_see_stays_so_when_it_is_cited(world: Line) -> None:
    challenge = worlds.write_challenge(world.school, world.lead)
    Citation.objects.create(
        community=world.community, challenge=challenge, kind="facet", key="listen.trust", unit=world.school, value=3.1
    )
    stranger = make.make_person(world.community)
    make.make_post(stranger, make.make_unit(world.community))
    (cited,) = evidence.list_cited_for(make.actor_of(stranger), make.place_of(world.school), challenge)
    assert cited.now is None


def test_signing_on_is_ones_own_to_do_and_to_take_back(world: Line) -> None:
    member, other = (make.actor_of(person) for person in world.staff)
    challenge = worlds.write_challenge(world.school, world.lead)
    challenges.sign_on(actor=member, challenge=challenge)
    challenges.sign_on(actor=member, challenge=challenge)
    assert queries.list_signed_ids(challenge) == [member.person_id]
    with refused("not_signed_on", Conflict):
        challenges.sign_off(actor=other, challenge=challenge)
    challenges.sign_off(actor=member, challenge=challenge)
    assert queries.count_signed(challenge) == 0


def conflicts_of(person: Person, world: Line, challenge: Challenge) -> list[tuple[str, int]]:
    found = queries.list_conflicts_for(make.actor_of(person), make.place_of(world.school), challenge)
    return [(each.challenge.title, each.people) for each in found]


def test_the_check_names_what_else_asks_the_same_people_in_the_same_months(world: Line) -> None:
    today, lead = time.today(), world.lead
    maths, science = (make.make_unit(world.community, kind=UnitKind.TEAM, within=world.school) for _each in range(2))
    for unit in (maths, maths, maths, science):
        make.make_post(make.make_person(world.community), unit)
    ours = worlds.write_challenge(world.school, lead, "Ours", asks=[maths])
    worlds.write_challenge(world.school, lead, "Whole school")
    worlds.write_challenge(world.school, lead, "Science alone", asks=[science])
    worlds.write_challenge(world.school, lead, "Much later", starts_on=today + 400 * DAY, by_on=today + 500 * DAY)
    worlds.write_challenge(maths, worlds.lead_of(maths), "Maths itself")
    worlds.write_challenge(maths, worlds.lead_of(maths), "A draft of maths", publish=False)
    worlds.write_challenge(world.district, worlds.lead_of(world.district), "The district")
    withdrawn = worlds.write_challenge(world.school, lead, "Withdrawn")
    line.withdraw(actor=make.actor_of(lead), thing=withdrawn, because="No")
    expected = {("Whole school", 3), ("Maths itself", 3), ("The district", 3)}
    assert set(conflicts_of(lead, world, ours)) == expected
    in_maths = make.make_person(world.community)
    make.make_post(in_maths, maths)
    assert ("A draft of maths", 4) in conflicts_of(in_maths, world, ours)


def test_what_is_not_there_is_not_found(world: Line) -> None:
    from collegium.intend.queries import line as line_queries

    actor, place = make.actor_of(world.lead), make.place_of(world.school)
    challenge = worlds.write_challenge(world.school, world.lead)
    elsewhere = make.place_of(world.district)
    for find in (
        lambda: line_queries.get_challenge_for(actor, place, uuid.uuid4()),
        lambda: line_queries.get_challenge_for(actor, elsewhere, challenge.id),
        lambda: line_queries.get_thing_for(actor, place, "promises", challenge.id),
    ):
        with pytest.raises(NotFound):
            find()
