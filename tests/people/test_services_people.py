"""People, posts, groups and roles: dated, never deleted, never without a steward; erasure keeps the counts."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from collegium.base import time
from collegium.base.models import Event
from collegium.people.actors import operator_of
from collegium.people.enums import GroupKind, GroupRole, Level, Role, UnitKind
from collegium.people.errors import Conflict, Invalid, NotAllowed
from collegium.people.models import Account, GroupMembership, Person, Post, UnitRole
from collegium.people.queries import structure
from collegium.people.services import groups, persons, posts, roles, undo
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 2)


def test_a_steward_adds_a_person_with_a_first_post() -> None:
    school = make.make_unit(make.make_community())
    person = persons.add_person(
        actor=make.actor_of(make.steward_of(school)),
        unit=school,
        given_name=" Nia ",
        family_name="O\u0301 Sé",
        email="Nia@School.example",
        title="Teacher",
        level=Level.CLASSROOM,
    )
    assert (person.given_name, person.family_name, person.email) == ("Nia", "Ó Sé", "nia@school.example")
    assert Post.objects.get(person=person).unit == school
    assert set(Event.objects.values_list("verb", flat=True)) == {"person.added", "post.added"}


def test_an_address_belongs_to_one_person_of_a_community() -> None:
    school, other = make.make_unit(make.make_community()), make.make_unit(make.make_community())
    make.make_person(school.community, email="a@b.example")
    with pytest.raises(Conflict, match="email_taken"):
        persons.add_person(actor=operator_of(school.community_id), unit=school, given_name="X", email="A@b.example")
    assert persons.add_person(actor=operator_of(other.community_id), unit=other, given_name="X", email="a@b.example")


@pytest.mark.parametrize(("given_name", "code"), [(" ", "text_missing"), ("x" * 121, "text_too_long")])
def test_a_name_has_a_length(given_name: str, code: str) -> None:
    school = make.make_unit(make.make_community())
    with pytest.raises(Invalid, match=code):
        persons.add_person(actor=operator_of(school.community_id), unit=school, given_name=given_name)


def test_no_event_holds_a_name_or_an_address() -> None:
    school = make.make_unit(make.make_community())
    actor = make.actor_of(make.steward_of(school))
    person = persons.add_person(
        actor=actor, unit=school, given_name="Canaryname", email="canary@x.example", title="Teacher", level="classroom"
    )
    persons.rename_person(actor=actor, person=person, given_name="Canaryname", family_name="Canaryfamily")
    persons.declare_strengths(actor=make.actor_of(person), person=person, texts=["Canarystrength"])
    roles.give_role(actor=actor, person=person, unit=school, role=Role.LEAD)
    assert "canary" not in serializers.serialize("json", Event.objects.all()).lower()


def test_a_post_ends_without_being_deleted_and_the_ending_can_be_taken_back() -> None:
    school = make.make_unit(make.make_community())
    actor = make.actor_of(make.steward_of(school))
    post = make.make_post(make.make_person(school.community), school, starts_on=dt.date(2024, 9, 1))
    with pytest.raises(Invalid, match="ends_before_start"):
        posts.end_post(actor=actor, post=post, on=dt.date(2024, 8, 31))
    posts.end_post(actor=actor, post=post, on=dt.date(2025, 8, 31))
    with pytest.raises(Conflict, match="already_ended"):
        posts.end_post(actor=actor, post=post, on=dt.date(2025, 9, 30))
    undo.undo_ending(actor=actor, place=make.place_of(school), event=Event.objects.get(verb="post.ended"))
    post.refresh_from_db()
    assert post.ends_on is None


def test_a_title_is_corrected_for_all_its_days_and_the_trail_keeps_both() -> None:
    school = make.make_unit(make.make_community())
    actor = make.actor_of(make.steward_of(school))
    post = make.make_post(make.make_person(school.community), school, "Techer", starts_on=dt.date(2024, 9, 1))
    for title in (" Teacher  of maths ", "Teacher of maths"):
        posts.retitle_post(actor=actor, post=post, title=title)
    post.refresh_from_db()
    assert (post.title, post.starts_on, post.ends_on) == ("Teacher of maths", dt.date(2024, 9, 1), None)
    event = Event.objects.get(verb="post.retitled")
    assert (event.data["before"], event.data["title"]) == ("Techer", "Teacher of maths")


def test_a_title_is_not_corrected_to_one_that_they_hold_there_already() -> None:
    school = make.make_unit(make.make_community())
    actor = make.actor_of(make.steward_of(school))
    person = make.make_person(school.community)
    post = make.make_post(person, school, "Techer")
    make.make_post(person, school, "Teacher")
    with pytest.raises(Conflict, match="post_open_already"):
        posts.retitle_post(actor=actor, post=post, title="Teacher")
    with pytest.raises(Invalid, match="text_missing"):
        posts.retitle_post(actor=actor, post=post, title=" ")


def test_the_title_of_somebody_erased_stays_empty() -> None:
    school = make.make_unit(make.make_community())
    actor = make.actor_of(make.steward_of(school))
    person = make.make_person(school.community)
    post = make.make_post(person, school, "Headteacher")
    persons.erase_person(actor=make.actor_of(person), person=person)
    post.refresh_from_db()
    with pytest.raises(Conflict, match="person_erased"):
        posts.retitle_post(actor=actor, post=post, title="Headteacher")


def test_nobody_outside_gives_or_ends_a_post() -> None:
    community = make.make_community()
    school, other = make.make_unit(community), make.make_unit(community)
    stranger = make.actor_of(make.steward_of(other))
    post = make.make_post(make.make_person(community), school)
    with pytest.raises(NotAllowed):
        posts.end_post(actor=stranger, post=post)
    with pytest.raises(NotAllowed):
        posts.retitle_post(actor=stranger, post=post, title="Spy")
    with pytest.raises(NotAllowed):
        posts.add_post(actor=stranger, person=post.person, unit=school, title="Spy", level=Level.SUPPORT)


def test_only_yourself_declares_your_strengths() -> None:
    school = make.make_unit(make.make_community())
    person = make.make_person(school.community)
    make.make_post(person, school)
    with pytest.raises(NotAllowed, match="only_yourself"):
        persons.declare_strengths(actor=make.actor_of(make.steward_of(school)), person=person, texts=["Phonics"])
    own = make.actor_of(person)
    persons.declare_strengths(actor=own, person=person, texts=["Phonics", "", "Phonics ", "Choir"])
    kept = person.strengths.get(text="Choir").id
    persons.declare_strengths(actor=own, person=person, texts=["Choir", "Chess"])
    assert set(person.strengths.values_list("text", flat=True)) == {"Choir", "Chess"}
    assert person.strengths.get(text="Choir").id == kept
    with pytest.raises(Invalid, match="too_many_strengths"):
        persons.declare_strengths(actor=own, person=person, texts=[str(number) for number in range(13)])


def test_a_steward_corrects_the_name_of_who_works_there_but_not_of_a_guest() -> None:
    community = make.make_community()
    school, other = make.make_unit(community), make.make_unit(community)
    person = make.make_person(community)
    make.make_post(person, other)
    make.make_role(person, school, Role.GUEST)
    with pytest.raises(NotAllowed):
        persons.rename_person(
            actor=make.actor_of(make.steward_of(school)), person=person, given_name="X", family_name=""
        )
    persons.rename_person(actor=make.actor_of(make.steward_of(other)), person=person, given_name="X", family_name="")


def test_the_last_steward_stays_until_there_is_another() -> None:
    school = make.make_unit(make.make_community())
    first = make.steward_of(school)
    role = UnitRole.objects.get(person=first)
    actor = make.actor_of(first)
    with pytest.raises(Conflict, match="last_steward"):
        roles.end_role(actor=actor, role=role)
    make.make_role(make.make_person(school.community), school, ends_on=time.today() + dt.timedelta(days=3))
    with pytest.raises(Conflict, match="last_steward"):
        roles.end_role(actor=actor, role=role, on=time.today() + dt.timedelta(days=5))
    roles.give_role(actor=actor, person=make.make_person(school.community), unit=school, role=Role.STEWARD)
    roles.end_role(actor=actor, role=role)
    assert not UnitRole.objects.on(time.today()).filter(person=first).exists()


def test_a_role_is_held_once_at_a_time_and_may_be_laid_down() -> None:
    school = make.make_unit(make.make_community())
    actor = make.actor_of(make.steward_of(school))
    person = make.make_person(school.community)
    role = roles.give_role(actor=actor, person=person, unit=school, role=Role.LEAD)
    with pytest.raises(Conflict, match="role_open_already"):
        roles.give_role(actor=actor, person=person, unit=school, role=Role.LEAD)
    roles.end_role(actor=make.actor_of(person), role=role)
    assert roles.give_role(actor=actor, person=person, unit=school, role=Role.LEAD)


def test_leads_run_groups_across_units_and_members_may_leave() -> None:
    community = make.make_community()
    school, other = make.make_unit(community), make.make_unit(community)
    lead = make.make_person(community)
    make.make_role(lead, school, Role.LEAD)
    actor = make.actor_of(lead)
    group = groups.add_group(actor=actor, unit=school, kind=GroupKind.PLC, name="Reading", purpose="Fluency")
    with pytest.raises(Conflict, match="group_name_taken"):
        groups.add_group(actor=actor, unit=school, kind=GroupKind.PLC, name="Reading")
    guest = make.make_person(community)
    make.make_post(guest, other)
    membership = groups.add_member(actor=actor, group=group, person=guest)
    with pytest.raises(Conflict, match="member_already"):
        groups.add_member(actor=actor, group=group, person=guest)
    stranger = make.make_person(community)
    make.make_post(stranger, school)
    with pytest.raises(NotAllowed):
        groups.end_membership(actor=make.actor_of(stranger), membership=membership)
    groups.end_membership(actor=make.actor_of(guest), membership=membership)
    groups.end_group(actor=actor, group=group)
    with pytest.raises(Conflict, match="group_ended"):
        groups.add_member(actor=actor, group=group, person=guest)


def test_a_members_new_role_keeps_the_old_one_on_record() -> None:
    group = make.make_group(make.make_unit(make.make_community()))
    membership = make.make_membership(make.make_person(group.community), group, starts_on=dt.date(2025, 9, 1))
    actor = operator_of(group.community_id)
    with time.at(TODAY):
        groups.change_member_role(actor=actor, membership=membership, role=GroupRole.FACILITATOR)
    rows = GroupMembership.objects.order_by("starts_on").values_list("role", "starts_on", "ends_on")
    assert list(rows) == [("member", dt.date(2025, 9, 1), TODAY), ("facilitator", TODAY, None)]


def test_erasing_asks_the_person_and_leaves_no_trace_of_who_they_were() -> None:
    school = make.make_unit(make.make_community())
    person = make.make_person(school.community, "Canaryname", "Canaryfamily", email="canary@x.example", account=True)
    make.make_post(person, school, "Canarytitle")
    make.make_strength(person, "canarystrength")
    make.make_external_id(person, "canary-17", imported={"given_name": "Canaryname"})
    with pytest.raises(NotAllowed, match="only_yourself"):
        persons.erase_person(actor=make.actor_of(make.steward_of(school)), person=person)
    persons.erase_person(actor=make.actor_of(person), person=person)
    tables = list(apps.get_app_config("people").get_models())
    everything = json.dumps([serializers.serialize("json", model.objects.all()) for model in [*tables, Event]])
    assert "canary" not in everything.lower()
    assert not Account.objects.filter(email="canary@x.example").exists()
    with pytest.raises(Conflict, match="person_erased"):
        persons.erase_person(actor=operator_of(school.community_id), person=person)


def test_a_login_that_serves_another_community_outlives_the_erasure() -> None:
    school = make.make_unit(make.make_community())
    account = make.make_account()
    person = make.make_person(school.community, account=account)
    make.make_person(make.make_community(), account=account)
    persons.erase_person(actor=make.actor_of(person), person=person)
    assert Account.objects.filter(id=account.id).exists()


def test_the_only_steward_hands_over_before_being_erased() -> None:
    school = make.make_unit(make.make_community())
    person = make.steward_of(school)
    with pytest.raises(Conflict, match="last_steward"):
        persons.erase_person(actor=make.actor_of(person), person=person)
    person.refresh_from_db()
    assert person.erased_at is None


def test_an_erased_person_is_not_brought_back_by_taking_an_ending_back() -> None:
    school = make.make_unit(make.make_community())
    actor = make.actor_of(make.steward_of(school))
    post = make.make_post(make.make_person(school.community), school)
    posts.end_post(actor=actor, post=post)
    persons.erase_person(actor=operator_of(school.community_id), person=post.person)
    with pytest.raises(Conflict, match="moved_on"):
        undo.undo_ending(actor=actor, place=make.place_of(school), event=Event.objects.get(verb="post.ended"))


DAYS = st.integers(-700, 700).map(lambda days: TODAY + dt.timedelta(days=days))
SPANS = st.tuples(st.none() | DAYS, st.none() | DAYS).map(
    lambda span: (span[1], span[0]) if span[0] and span[1] and span[1] < span[0] else span
)


class DatedProperties(TestCase):
    """What must hold whatever the dates are."""

    @given(spans=st.lists(SPANS, min_size=1, max_size=6), asked=st.lists(DAYS, min_size=1, max_size=5))
    @settings(max_examples=40)
    def test_erasing_changes_no_count_of_a_past_day(self, spans: list[Any], asked: list[dt.date]) -> None:
        district = make.make_unit(make.make_community(), kind=UnitKind.DISTRICT)
        school = make.make_unit(district.community, within=district)
        people = [make.make_person(school.community) for _ in range(2)]
        for number, (starts_on, ends_on) in enumerate(spans):
            make.make_post(people[number % 2], school, f"Post {number}", starts_on=starts_on, ends_on=ends_on)
        past = [day for day in asked if day < TODAY]
        with time.at(TODAY):
            before = [structure.count_people_by_unit([district.id, school.id], day) for day in past]
            persons.erase_person(actor=operator_of(school.community_id), person=people[0])
            after = [structure.count_people_by_unit([district.id, school.id], day) for day in past]
            assert before == after
            assert not Post.objects.on(TODAY).filter(person=people[0]).exists()
            assert not Post.objects.on(TODAY + dt.timedelta(days=999)).filter(person=people[0]).exists()

    @given(spans=st.lists(SPANS, max_size=6), day=DAYS)
    @settings(max_examples=60)
    def test_the_database_and_python_agree_on_who_is_there_on_a_day(self, spans: list[Any], day: dt.date) -> None:
        school = make.make_unit(make.make_community())
        rows = [
            make.make_post(make.make_person(school.community), school, starts_on=starts_on, ends_on=ends_on)
            for starts_on, ends_on in spans
        ]
        expected = {row.id for row in rows if row.holds_on(day)}
        assert set(Post.objects.on(day).values_list("id", flat=True)) == expected
        assert structure.count_people_by_unit([school.id], day) == ({school.id: len(expected)} if expected else {})

    @given(edges=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=14))
    @settings(max_examples=40)
    def test_no_order_of_ties_ever_closes_a_circle(self, edges: list[tuple[int, int]]) -> None:
        from collegium.people.services import ties

        community = make.make_community()
        actor = operator_of(community.id)
        nodes = [make.make_unit(community, kind=UnitKind.TRUST) for _ in range(6)]
        for upper, lower in edges:
            try:
                ties.add_tie(actor=actor, upper=nodes[upper], lower=nodes[lower], kind="contains")
            except (Conflict, Invalid):
                continue
        for node in nodes:
            assert node.id not in structure.ids_above([node.id], time.today())
            assert node.id not in structure.ids_within([node.id], time.today())


def test_person_rows_are_left_where_they_are() -> None:
    school = make.make_unit(make.make_community())
    person = make.make_person(school.community)
    make.make_post(person, school)
    persons.erase_person(actor=make.actor_of(person), person=person)
    assert Person.objects.get(id=person.id).erased_at is not None
