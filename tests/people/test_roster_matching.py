"""Whom and what a roster means: people by id, address and alias, units by identifier and name."""

from __future__ import annotations

import pytest

from collegium.people.models import ExternalId, Person, Post, Unit
from tests import factories
from tests.people.roster_helpers import (
    ELM,
    OAK,
    import_roster,
    lines,
    person,
    picture,
    plan_import,
    post,
    roster,
    two_people,
    undo_import,
    unit,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_first_day")]


def test_people_are_recognised_by_their_address_whatever_its_case(district):
    ada = factories.make_person(district.community, "Ada", "Lovell", email="ada@oak.example")
    import_roster(district, two_people())
    assert Post.objects.get(person=ada).title == "Teacher"
    assert Person.objects.count() == 2


def test_one_person_with_two_ids_in_two_schools_becomes_one_with_two_posts(district):
    said = roster(
        OAK,
        ELM,
        person("p1", "Ada Lovell", "ada@valley.example"),
        person("p7", "Ada Lovell", "ada@valley.example"),
        post("p1", "s1"),
        post("p7", "s2"),
    )
    import_roster(district, said)
    ada = Person.objects.get()
    assert {held.unit.name for held in ada.posts.all()} == {"Oak High", "Elm Primary"}
    assert set(ada.external_ids.values_list("source_id", flat=True)) == {"p1", "p7"}
    before = picture()
    assert import_roster(district, said).counts["actions"] == {}
    assert picture() == before


def test_addresses_can_be_passed_on_and_swapped_in_one_file(district):
    import_roster(
        district,
        two_people(person("p3", "Cy Dent", "head@oak.example"), post("p3", "s1", "Head")),
    )
    before = picture()
    said = roster(
        OAK,
        # The new head comes first in the file and gets the old head's address.
        person("p4", "Di Moss", "head@oak.example"),
        person("p1", "Ada Lovell", "ben@oak.example"),
        person("p2", "Ben Ogu", "ada@oak.example"),
        person("p3", "Cy Dent", "cy@oak.example"),
        post("p4", "s1", "Head"),
        is_delta=True,
    )
    made = import_roster(district, said)
    addresses = dict(Person.objects.values_list("given_name", "email"))
    assert addresses == {
        "Ada": "ben@oak.example",
        "Ben": "ada@oak.example",
        "Cy": "cy@oak.example",
        "Di": "head@oak.example",
    }
    assert plan_import(district, said).counts["actions"] == {}
    undo_import(made)
    assert picture() == before


def test_an_alias_joins_two_ids_without_an_address(district):
    said = roster(
        OAK, person("p1", aliases=("m9",)), person("p7", aliases=("m9",)), post("p1", "s1"), post("p7", "s1", "Coach")
    )
    import_roster(district, said)
    assert Person.objects.get().posts.count() == 2
    assert plan_import(district, said).counts["actions"] == {}


def test_an_address_shared_by_clearly_different_names_is_refused_with_its_posts(district):
    said = roster(
        OAK,
        person("p1", "Ada Lovell", "office@oak.example"),
        person("p2", "Ben Ogu", "office@oak.example"),
        post("p1", "s1"),
        post("p2", "s1"),
    )
    made = import_roster(district, said)
    assert ("person", "refused", "email_of_other") in lines(made)
    assert ("post", "refused", "person_refused") in lines(made)
    assert (Person.objects.count(), Post.objects.count()) == (1, 1)


def test_a_name_that_an_alias_vouches_for_is_one_of_theirs_at_once(district):
    """Else the same file, brought in once more, would let in whom it refused before."""
    import_roster(district, roster(OAK, person("p3", "Ben Ogu", "ada@oak.example", aliases=("m1",))))
    said = roster(
        OAK,
        person("p1", "Ada Lovell", "ada@oak.example"),
        person("p2", "Ada Lovell", aliases=("m1",)),
        post("p1", "s1", source_id="r1"),
    )
    import_roster(district, said)
    assert Post.objects.get().person == Person.objects.get()
    assert not {"added", "changed", "ended"} & set(plan_import(district, said).counts["actions"])


def test_units_are_recognised_by_identifier_then_by_name(district):
    by_number = factories.make_unit(district.community, "Old name", within=district)
    by_number.identifier = "077"
    by_number.save()
    by_name = factories.make_unit(district.community, "Elm primary", within=district)
    import_roster(district, roster(unit("s1", "Oak High", identifier="077"), ELM))
    known = dict(ExternalId.objects.values_list("source_id", "unit"))
    assert known == {"s1": by_number.id, "s2": by_name.id}


def test_teams_of_one_name_are_told_apart_by_their_schools(district):
    said = roster(OAK, ELM, unit("t1", "Maths", "team", "s1"), unit("t2", "Maths", "team", "s2"))
    import_roster(district, said)
    assert Unit.objects.filter(name="Maths").count() == 2
    # Another system knows the same teams by other numbers.
    other = roster(OAK, ELM, unit("x1", "Maths", "team", "s1"), unit("x2", "Maths", "team", "s2"))
    import_roster(district, other, source="other")
    assert Unit.objects.filter(name="Maths").count() == 2
