"""`collegium people`, in the database of the run."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result
from django.core import mail

from collegium.base.models import Event
from collegium.cli.commands import collegium
from collegium.people.models import Account, Community, Person, Post, UnitRole
from tests.factories import contain, make_community, make_person, make_post, make_role, make_unit

pytestmark = pytest.mark.django_db(transaction=True)


def invoke(*args: str) -> Result:
    return CliRunner().invoke(collegium, ["people", *args])


def begin(name: str = "Vale") -> Result:
    return invoke(
        *("add-community", name, "--unit", f"{name} District", "--kind", "district"),
        *("--given", "Ada", "--family", "Vale", "--email", "Ada@Vale.example"),
    )


def test_a_community_begins_with_a_unit_and_a_steward() -> None:
    assert "Begin one with" in invoke("communities").stdout
    done = begin()
    assert done.exit_code == 0, done.output
    assert "two stewards" in done.stderr
    role = UnitRole.objects.get()
    assert (role.person.email, role.unit.slug, role.role) == ("ada@vale.example", "vale-district", "steward")
    verbs = Event.objects.values_list("verb", flat=True)
    assert set(verbs) == {"community.added", "unit.added", "person.added", "role.given"}
    assert set(Event.objects.values_list("actor_id", flat=True)) == {None}


def test_a_community_begins_whole_or_not_at_all() -> None:
    done = invoke("add-community", "Vale", "--unit", "Vale", "--kind", "school", "--email", "a@b.example")
    assert done.exit_code == 2
    assert "A name is missing" in done.stderr
    assert not Community.objects.exists()


def test_a_name_can_be_used_once() -> None:
    begin()
    done = begin()
    assert done.exit_code == 1
    assert "already" in done.stderr
    assert Community.objects.count() == 1


def test_people_are_added_given_roles_and_listed() -> None:
    begin()
    added = invoke(
        *("add", "--unit", "vale-district", "--given", "Bo", "--email", "bo@vale.example"),
        *("--title", "Data officer", "--level", "support"),
    )
    assert added.exit_code == 0, added.output
    assert Post.objects.get().title == "Data officer"
    assert invoke("give-role", "bo@vale.example", "steward", "--unit", "vale-district").exit_code == 0
    listed = {one["email"]: one for one in json.loads(invoke("list", "--json").stdout)}
    assert listed["bo@vale.example"]["roles"] == ["steward of vale-district"]
    assert listed["bo@vale.example"]["posts"] == ["Data officer (vale-district)"]
    assert invoke("end-role", "bo@vale.example", "steward", "--unit", "vale-district").exit_code == 0
    assert "Bo" in invoke("list").stdout


def test_the_last_steward_stays() -> None:
    begin()
    done = invoke("end-role", "ada@vale.example", "steward", "--unit", "vale-district")
    assert done.exit_code == 1
    assert "Make somebody else a steward" in done.stderr


def test_a_list_of_one_unit_holds_those_inside_it_and_nobody_else() -> None:
    community = make_community()
    district = make_unit(community, kind="district", slug="the-district")
    school = make_unit(community, slug="the-school")
    contain(district, school)
    elsewhere = make_unit(community, slug="elsewhere")
    inside, outside = make_person(community), make_person(community)
    make_post(inside, school)
    make_post(outside, elsewhere)
    listed = json.loads(invoke("list", "--unit", "the-district", "--json").stdout)
    assert [one["id"] for one in listed] == [str(inside.id)]
    units = json.loads(invoke("units", "--json").stdout)
    assert {one["slug"] for one in units} == {"the-district", "the-school", "elsewhere"}


def test_with_several_communities_one_must_be_named_and_the_others_stay_apart() -> None:
    begin()
    other = make_community("Other")
    make_person(other)
    assert "Say which with --community" in invoke("list").stderr
    assert "There are: Other, Vale" in invoke("list", "--community", "Nowhere").stderr
    listed = json.loads(invoke("list", "--community", "Vale", "--json").stdout)
    assert [one["email"] for one in listed] == ["ada@vale.example"]
    done = invoke("give-role", "ada@vale.example", "guest", "--community", "Other", "--unit", "vale-district")
    assert done.exit_code == 2


def test_an_invitation_says_where_to_sign_in_and_holds_no_secret() -> None:
    begin()
    done = invoke("invite", "ada@vale.example")
    assert done.exit_code == 0, done.output
    (sent,) = mail.outbox
    assert sent.to == ["ada@vale.example"]
    assert "/account/login/" in sent.body
    assert Account.objects.get().email == "ada@vale.example"
    assert Event.objects.filter(verb="person.invited").count() == 1


def test_nobody_is_invited_without_an_address() -> None:
    begin()
    assert invoke("invite", "nobody@vale.example").exit_code == 2
    assert mail.outbox == []


def test_a_unit_that_is_not_there_is_named() -> None:
    begin()
    done = invoke("add", "--unit", "vael-district", "--given", "Bo")
    assert done.exit_code == 2
    assert "vael-district" in done.stderr
    assert Person.objects.count() == 1


def test_roles_end_only_where_they_are_held() -> None:
    community = make_community()
    unit = make_unit(community, slug="a-school")
    person = make_person(community)
    make_role(person, unit, "lead")
    assert invoke("end-role", person.email, "guest", "--unit", "a-school").exit_code == 2
    assert invoke("end-role", person.email, "lead", "--unit", "a-school").exit_code == 0
