"""Units and ties: adding, naming, ending, and never in a circle."""

from __future__ import annotations

import datetime as dt

import pytest

from collegium.base import time
from collegium.base.models import Event
from collegium.people.actors import operator_of
from collegium.people.enums import Governance, Role, TieKind, UnitKind
from collegium.people.errors import Conflict, Invalid, NotAllowed
from collegium.people.models import Post, Unit, UnitTie
from collegium.people.services import posts, ties, undo, units
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_steward_adds_a_unit_inside_theirs() -> None:
    school = make.make_unit(make.make_community())
    actor = make.actor_of(make.steward_of(school))
    team = units.add_unit(actor=actor, within=school, kind=UnitKind.TEAM, name="  Maths \n team ")
    assert (team.name, team.slug) == ("Maths team", "maths-team")
    assert UnitTie.objects.get(lower=team).upper == school
    event = Event.objects.get(verb="unit.added")
    assert (event.unit_id, event.object_id, event.actor_id) == (school.id, team.id, actor.person_id)


def test_addresses_of_units_stay_apart_and_readable() -> None:
    actor = operator_of(make.make_community().id)
    slugs = [
        units.add_unit(actor=actor, within=None, kind=UnitKind.SCHOOL, name=name).slug
        for name in ("Hill School", "Hill School", "add", "学校")
    ]
    assert slugs[:3] == ["hill-school", "hill-school-2", "add-2"]
    assert slugs[3].startswith("school-")


def test_a_member_adds_nothing() -> None:
    school = make.make_unit(make.make_community())
    member = make.make_person(school.community)
    make.make_post(member, school)
    with pytest.raises(NotAllowed):
        units.add_unit(actor=make.actor_of(member), within=school, kind=UnitKind.TEAM, name="Maths")


def test_nobody_but_the_operator_adds_a_unit_that_stands_alone() -> None:
    school = make.make_unit(make.make_community())
    with pytest.raises(Invalid, match="unit_needs_parent"):
        units.add_unit(actor=make.actor_of(make.steward_of(school)), within=None, kind=UnitKind.SCHOOL, name="Other")


def test_a_team_cannot_contain_a_school() -> None:
    team = make.make_unit(make.make_community(), kind=UnitKind.TEAM)
    with pytest.raises(Invalid, match="unit_upside_down"):
        units.add_unit(actor=operator_of(team.community_id), within=team, kind=UnitKind.SCHOOL, name="School")


def test_renaming_keeps_the_address() -> None:
    school = make.make_unit(make.make_community(), "Old", slug="old")
    units.rename_unit(actor=make.actor_of(make.steward_of(school)), unit=school, name="New", identifier="URN 1")
    school.refresh_from_db()
    assert (school.name, school.slug, school.identifier) == ("New", "old", "URN 1")


def test_ending_a_unit_ends_what_is_in_it_and_taking_that_back_restores_it() -> None:
    school = make.make_unit(make.make_community())
    team = make.make_unit(school.community, kind=UnitKind.TEAM, within=school)
    person = make.make_person(school.community)
    before = make.make_post(person, team, "Before", ends_on=dt.date(2020, 1, 1))
    post = make.make_post(person, team)
    planned = make.make_post(person, team, "Planned", starts_on=time.today() + dt.timedelta(days=30))
    group = make.make_group(team)
    membership = make.make_membership(person, group)
    actor = make.actor_of(make.steward_of(school))
    units.end_unit(actor=actor, unit=team)
    rows = [team, post, planned, group, membership, UnitTie.objects.get(lower=team)]
    for row in rows:
        row.refresh_from_db()
        assert not row.holds_on(time.today())
    assert planned.starts_on == planned.ends_on

    event = Event.objects.get(verb="unit.ended")
    undo.undo_ending(actor=actor, place=make.place_of(team), event=event)
    for row in rows:
        row.refresh_from_db()
        assert row.ends_on is None
    before.refresh_from_db()
    assert before.ends_on == dt.date(2020, 1, 1)


def test_a_unit_that_contains_units_is_not_ended() -> None:
    district = make.make_unit(make.make_community(), kind=UnitKind.DISTRICT)
    make.make_unit(district.community, within=district)
    with pytest.raises(Conflict, match="unit_holds_units"):
        units.end_unit(actor=operator_of(district.community_id), unit=district)


def test_containing_a_unit_needs_stewards_of_both() -> None:
    community = make.make_community()
    district, school = make.make_unit(community, kind=UnitKind.DISTRICT), make.make_unit(community)
    person = make.steward_of(district)
    with pytest.raises(NotAllowed):
        ties.add_tie(actor=make.actor_of(person), upper=district, lower=school, kind=TieKind.CONTAINS)
    make.make_role(person, school)
    assert ties.add_tie(actor=make.actor_of(person), upper=district, lower=school, kind=TieKind.CONTAINS)


def test_a_circle_is_refused_and_nothing_is_kept_of_it() -> None:
    community = make.make_community()
    first, second, third = (make.make_unit(community, kind=UnitKind.DISTRICT) for _ in range(3))
    make.contain(first, second)
    make.contain(second, third, starts_on=time.today() + dt.timedelta(days=100))
    with pytest.raises(Conflict, match="tie_cycle"):
        ties.add_tie(actor=operator_of(community.id), upper=third, lower=first, kind=TieKind.CONTAINS)
    assert UnitTie.objects.count() == 2


def test_the_other_way_round_is_fine_once_the_first_tie_has_ended() -> None:
    community = make.make_community()
    first, second = (make.make_unit(community, kind=UnitKind.TRUST) for _ in range(2))
    make.contain(first, second, ends_on=time.today())
    assert ties.add_tie(actor=operator_of(community.id), upper=second, lower=first, kind=TieKind.CONTAINS)


def test_a_partnership_is_named_once_whichever_way_round() -> None:
    community = make.make_community()
    first, second = make.make_unit(community), make.make_unit(community)
    actor = operator_of(community.id)
    ties.add_tie(actor=actor, upper=first, lower=second, kind=TieKind.PARTNER)
    with pytest.raises(Conflict, match="tie_open_already"):
        ties.add_tie(actor=actor, upper=second, lower=first, kind=TieKind.PARTNER)


def test_an_alliance_says_how_binding_it_is_and_its_history_is_kept() -> None:
    community = make.make_community()
    alliance, school = make.make_unit(community, kind=UnitKind.ALLIANCE), make.make_unit(community)
    actor = operator_of(community.id)
    with pytest.raises(Invalid, match="governance_missing"):
        ties.add_tie(actor=actor, upper=alliance, lower=school, kind=TieKind.CONTAINS)
    with time.at(dt.date(2025, 9, 1)):
        tie = ties.add_tie(
            actor=actor, upper=alliance, lower=school, kind=TieKind.CONTAINS, governance=Governance.CONVERSATION
        )
    with time.at(dt.date(2026, 1, 10)):
        ties.change_governance(actor=actor, tie=tie, governance=Governance.AGREEMENT)
    history = UnitTie.objects.order_by("starts_on").values_list("starts_on", "ends_on", "governance")
    assert list(history) == [
        (dt.date(2025, 9, 1), dt.date(2026, 1, 10), Governance.CONVERSATION),
        (dt.date(2026, 1, 10), None, Governance.AGREEMENT),
    ]


def test_units_of_two_communities_are_never_tied() -> None:
    ours, theirs = make.make_unit(make.make_community()), make.make_unit(make.make_community())
    with pytest.raises(Invalid, match="other_community"):
        ties.add_tie(actor=operator_of(ours.community_id), upper=ours, lower=theirs, kind=TieKind.PARTNER)
    with pytest.raises(NotAllowed, match="unit_elsewhere"):
        units.rename_unit(actor=operator_of(theirs.community_id), unit=ours, name="Mine now", identifier="")


def test_the_upper_unit_cannot_take_back_alone_what_the_lower_one_ended() -> None:
    community = make.make_community()
    district, school = make.make_unit(community, kind=UnitKind.DISTRICT), make.make_unit(community)
    tie = make.contain(district, school)
    ties.end_tie(actor=make.actor_of(make.steward_of(school)), tie=tie)
    event = Event.objects.get(verb="tie.ended")
    with pytest.raises(NotAllowed):
        undo.undo_ending(actor=make.actor_of(make.steward_of(district)), place=make.place_of(district), event=event)


def test_an_ending_is_not_taken_back_once_things_have_moved_on() -> None:
    school = make.make_unit(make.make_community())
    person, actor = make.make_person(school.community), make.actor_of(make.steward_of(school))
    post = make.make_post(person, school)
    posts.end_post(actor=actor, post=post)
    event = Event.objects.get(verb="post.ended")
    posts.add_post(actor=actor, person=person, unit=school, title=post.title, level=post.level)
    with pytest.raises(Conflict, match="moved_on"):
        undo.undo_ending(actor=actor, place=make.place_of(school), event=event)
    assert Post.objects.filter(ends_on__isnull=True).count() == 1


def test_a_circle_made_in_the_meantime_keeps_an_ending_as_it_is() -> None:
    community = make.make_community()
    first, second = (make.make_unit(community, kind=UnitKind.TRUST) for _ in range(2))
    actor = operator_of(community.id)
    ties.end_tie(actor=actor, tie=make.contain(first, second))
    ties.add_tie(actor=actor, upper=second, lower=first, kind=TieKind.CONTAINS)
    with pytest.raises(Conflict, match="moved_on"):
        undo.undo_ending(actor=actor, place=make.place_of(first), event=Event.objects.get(verb="tie.ended"))


def test_a_post_is_not_brought_back_into_a_unit_that_has_ended() -> None:
    school = make.make_unit(make.make_community())
    post = make.make_post(make.make_person(school.community), school)
    actor = operator_of(school.community_id)
    posts.end_post(actor=actor, post=post)
    Unit.objects.update(ends_on=time.today())
    with pytest.raises(Conflict, match="unit_ended"):
        undo.undo_ending(actor=actor, place=make.place_of(school), event=Event.objects.get(verb="post.ended"))


def test_roles_in_a_unit_above_reach_down() -> None:
    district = make.make_unit(make.make_community(), kind=UnitKind.DISTRICT)
    school = make.make_unit(district.community, within=district)
    lead = make.make_person(district.community)
    make.make_role(lead, district, Role.LEAD)
    with pytest.raises(NotAllowed):
        units.rename_unit(actor=make.actor_of(lead), unit=school, name="New", identifier="")
    units.rename_unit(actor=make.actor_of(make.steward_of(district)), unit=school, name="New", identifier="")
