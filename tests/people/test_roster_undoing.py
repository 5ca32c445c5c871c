"""Taking imports back, and what imports keep of people."""

from __future__ import annotations

import pytest

from collegium.base import time
from collegium.people.errors import Conflict
from collegium.people.models import ExternalId, Person, RosterChange, Unit
from collegium.people.services import persons, rosters
from tests import factories
from tests.people.roster_helpers import (
    ELM,
    LATER,
    OAK,
    apply_import,
    import_roster,
    lines,
    person,
    picture,
    plan_import,
    post,
    roster,
    two_people,
    undo_import,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_first_day")]


# --- what is kept of people -------------------------------------------------------------------------------------------
def test_after_an_import_its_lines_name_nobody_that_undoing_does_not_need(district):
    made = import_roster(district, two_people(person("p3", "Cy Dent", "ada@oak.example"), post("p3", "s1", "Coach")))
    assert not RosterChange.objects.filter(roster_import=made).exclude(label="").exists()
    refused = RosterChange.objects.filter(roster_import=made, action="refused")
    assert {(line.source_id, str(line.data), str(line.after)) for line in refused} == {("", "{}", "{}")}
    import_roster(district, two_people())
    assert not RosterChange.objects.filter(roster_import=made).exists(), "only the last import can be undone"


def test_somebody_who_is_forgotten_leaves_the_lines_and_is_not_brought_back(district):
    made = import_roster(district, two_people())
    ben = Person.objects.get(given_name="Ben")
    rosters.forget_person(ben.id)
    Person.objects.filter(id=ben.id).update(given_name="", family_name="", email="", erased_at=time.now())
    text = str(list(RosterChange.objects.values_list())) + str(list(ExternalId.objects.values_list()))
    assert "Ben" not in text
    assert "'p2'" not in text
    again = import_roster(district, two_people())
    assert Person.objects.count() == 2
    assert sorted(lines(again)) == [("person", "left", "forgotten"), ("post", "left", "forgotten")]
    assert Person.objects.get(id=ben.id).full_name == ""
    assert made.id != again.id


def test_previews_that_speak_of_somebody_forgotten_are_emptied_and_never_carried_out(district):
    import_roster(district, two_people())
    Person.objects.filter(given_name="Ben").update(email="ben@oak.example")
    school = Unit.objects.get(kind="school")
    new_post = plan_import(district, roster(person("p2", "Ben Ogu"), post("p2", "s1", "Head of maths"), is_delta=True))
    refused = plan_import(school, roster(person("x", "Cy Lund", "ben@oak.example"), post("x", str(school.id))))
    other = plan_import(district, roster(person("p1", "Ada Lovelace"), is_delta=True))
    assert "Ben" in str(list(RosterChange.objects.filter(roster_import=refused).values()))
    rosters.forget_person(Person.objects.get(given_name="Ben").id)
    assert "Ben" not in str(list(RosterChange.objects.values()))
    assert RosterChange.objects.filter(roster_import=other).exists()
    for made in (new_post, refused):
        made.refresh_from_db()
        assert made.problem["code"] == "roster_stale"
        with pytest.raises(Conflict, match="roster_stale"):
            apply_import(made)


# --- undo -------------------------------------------------------------------------------------------------------------
def test_undoing_restores_what_was_there(district):
    import_roster(district, two_people())
    before = picture()
    with time.at(LATER):
        second = import_roster(
            district,
            roster(
                OAK,
                ELM,
                person("p1", "Ada Okoye", "ada@elm.example"),
                person("p3", "Cy Dent"),
                post("p1", "s1", "Head", "p1|s1|Teacher"),
                post("p3", "s2"),
            ),
        )
        assert picture() != before
        undone = undo_import(second)
    assert picture() == before
    assert (undone.state, undone.counts["kept"]) == ("undone", 0)


def test_undoing_leaves_and_names_what_was_built_on_since(district):
    made = import_roster(district, two_people())
    ada, ben = Person.objects.get(given_name="Ada"), Person.objects.get(given_name="Ben")
    group = factories.make_group(Unit.objects.get(kind="school"))
    factories.make_membership(ada, group)
    undo_import(made)
    assert set(Person.objects.all()) == {ada}
    assert not Person.objects.filter(id=ben.id).exists()
    kept = {(line.kind, line.reason) for line in RosterChange.objects.filter(roster_import=made)}
    assert kept == {("person", "used_since"), ("unit", "used_since")}


def test_only_the_last_import_can_be_undone(district):
    first = import_roster(district, two_people())
    import_roster(district, two_people(ELM))
    with pytest.raises(Conflict, match="roster_not_last"):
        undo_import(first)


def test_nothing_is_undone_twice(district):
    made = import_roster(district, two_people())
    undo_import(made)
    with pytest.raises(Conflict):
        undo_import(made)


def test_erasing_a_person_reaches_what_imports_remember(district):
    import_roster(district, two_people())
    ben = Person.objects.get(given_name="Ben")
    persons.erase_person(actor=factories.actor_of(ben), person=ben)
    again = import_roster(district, two_people())
    assert {reason for _kind, _action, reason in lines(again)} == {"forgotten"}
    assert Person.objects.count() == 2
