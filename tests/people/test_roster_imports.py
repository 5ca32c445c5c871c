"""Imports against the database: what is added, changed, ended, left alone and refused, and why."""

from __future__ import annotations

import pytest

from collegium.base import time
from collegium.base.models import Event
from collegium.people.errors import Conflict, NotAllowed
from collegium.people.models import ExternalId, Person, Post, RosterChange, Unit, UnitTie
from collegium.people.services import posts, rosters
from tests import factories
from tests.people.roster_helpers import (
    ELM,
    LATER,
    OAK,
    TODAY,
    apply_import,
    day,
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


# --- the first time ---------------------------------------------------------------------------------------------------
def test_a_first_import_adds_units_people_and_posts(district):
    made = plan_import(district, two_people())
    assert made.counts["actions"] == {"added": {"unit": 1, "person": 2, "post": 2}}
    assert Person.objects.count() == 0, "a preview writes nothing"
    apply_import(made)
    school = Unit.objects.get(kind="school")
    assert (school.name, school.slug) == ("Oak High", "oak-high")
    assert UnitTie.objects.get(lower=school).upper == district
    ada = Person.objects.get(email="ada@oak.example")
    held = Post.objects.get(person=ada)
    assert (ada.full_name, held.unit, held.title, held.level) == ("Ada Lovell", school, "Teacher", "classroom")
    assert (held.starts_on, held.ends_on) == (TODAY, None)


def test_posts_start_on_the_rosters_day_when_it_gives_one(district):
    import_roster(district, roster(OAK, person("p1"), post("p1", "s1", starts_on=day("2019-09-01"))))
    assert Post.objects.get().starts_on == day("2019-09-01")


def test_an_import_leaves_one_event_and_its_counts(district):
    made = import_roster(district, two_people())
    assert set(Event.objects.values_list("verb", flat=True)) == {"roster.uploaded", "roster.applied"}
    assert Event.objects.get(verb="roster.applied").data == {"added": 5}
    assert made.state == "applied"


def test_importing_the_same_again_writes_nothing(district):
    import_roster(district, two_people())
    before = picture()
    made = plan_import(district, two_people())
    assert made.counts["actions"] == {}
    with time.at(LATER):
        again = import_roster(district, two_people())
    assert (again.counts["actions"], picture()) == ({}, before)


def test_the_only_unit_of_the_scopes_kind_is_the_scope_whatever_it_is_called(district):
    import_roster(
        district, roster(unit("d1", "Valley Unified School District", "district"), unit("s1", "Oak", "school", "d1"))
    )
    assert Unit.objects.filter(kind="district").count() == 1
    assert UnitTie.objects.get().upper == district


def test_a_schools_own_file_goes_to_the_school():
    school = factories.make_unit(factories.make_community(), "Oak High School")
    made = import_roster(school, roster(OAK, person("p1"), post("p1", "s1")))
    assert Unit.objects.count() == 1
    assert Post.objects.get().unit == school
    assert ("unit", "left", "differs") in lines(made), "the name is spelt otherwise and stays as it is here"


# --- what a file may not do -------------------------------------------------------------------------------------------
def test_units_outside_the_scope_are_refused_with_their_people(district):
    elsewhere = factories.make_unit(district.community, "Hill", kind="district")
    said = roster(
        unit("d1", "Valley", "district"),
        unit("d2", "Hill", "district"),
        OAK,
        person("p1"),
        person("p2", "Ben Ogu"),
        post("p1", "s1"),
        post("p2", "d2"),
    )
    made = import_roster(district, said)
    assert ("unit", "refused", "unit_outside") in lines(made)
    assert ("person", "refused", "posts_outside") in lines(made)
    assert Person.objects.count() == 1
    assert not elsewhere.posts.exists()


def test_somebody_elses_name_and_address_are_not_the_files_to_change(district):
    hill = factories.make_unit(district.community, "Hill", kind="district")
    head = factories.make_person(district.community, "Ada", "Lovell", email="ada@hill.example")
    factories.make_post(head, hill, "Superintendent")
    made = plan_import(district, roster(OAK, person("p1", "Ada Silly", "ada@hill.example"), post("p1", "s1")))
    apply_import(made, take_roster=True)
    head.refresh_from_db()
    assert head.full_name == "Ada Lovell"
    assert ("person", "left", "shared") in lines(made)
    assert head.posts.count() == 2


def test_posts_of_other_sources_and_by_hand_stay(district):
    school = factories.make_unit(district.community, "Oak High", within=district)
    volunteer = factories.make_person(district.community, "Vera", "Stone")
    by_hand = factories.make_post(volunteer, school, "Governor")
    import_roster(district, two_people(), source="payroll")
    import_roster(
        district, roster(OAK, person("x1", "Ada Lovell", "ada@oak.example"), post("x1", "s1")), source="other"
    )
    assert Post.objects.filter(ends_on__isnull=True).count() == 3
    import_roster(district, roster(OAK), source="other")
    assert Post.objects.filter(ends_on__isnull=True).count() == 3, "the other source never brought these posts"
    by_hand.refresh_from_db()
    assert by_hand.ends_on is None


def test_only_stewards_import(district):
    teacher = factories.make_person(district.community, account=True)
    factories.make_post(teacher, district)
    with pytest.raises(NotAllowed):
        rosters.start_import(actor=factories.actor_of(teacher), unit=district, source="", parts=[])


# --- refused rows -----------------------------------------------------------------------------------------------------
def test_a_refused_unit_refuses_its_posts_and_nothing_else(district):
    said = two_people(unit("u9", "A guild", None), person("p3", "Cy Dent"), post("p3", "u9"), post("p3", "s1", "Coach"))
    made = import_roster(district, said)
    assert ("unit", "refused", "unit_kind_unknown") in lines(made)
    assert ("post", "refused", "unit_refused") in lines(made)
    assert Post.objects.get(person__family_name="Dent").title == "Coach"


def test_posts_that_point_nowhere_are_refused(district):
    made = plan_import(district, two_people(post("p9", "s1"), post("p1", "s9", "Coach")))
    assert ("post", "refused", "person_unknown") in lines(made)
    assert ("post", "refused", "unit_unknown") in lines(made)


# --- the next time ----------------------------------------------------------------------------------------------------
def test_what_the_roster_changes_is_changed_with_old_and_new(district):
    import_roster(district, two_people())
    made = plan_import(district, roster(
        OAK,
        person("p1", "Ada Okoye", "ada@oak.example"),
        person("p2", "Ben Ogu", "ben@oak.example"),
        post("p1", "s1"),
        post("p2", "s1", "Head of maths", "p2|s1|Teacher", level="middle"),
    ))  # fmt: skip
    changed = {line.kind: line for line in RosterChange.objects.filter(roster_import=made, action="changed")}
    assert changed["person"].before == {"family_name": "Lovell"}
    assert changed["person"].after == {"family_name": "Okoye"}
    assert changed["post"].after == {"title": "Head of maths", "level": "middle"}
    apply_import(made)
    assert Person.objects.get(email="ada@oak.example").family_name == "Okoye"
    assert Post.objects.get(title="Head of maths").level == "middle"


def test_whoever_is_missing_from_a_complete_file_keeps_their_row_and_loses_their_post(district):
    import_roster(district, two_people())
    with time.at(LATER):
        import_roster(district, roster(OAK, person("p1", "Ada Lovell", "ada@oak.example"), post("p1", "s1")))
    gone = Post.objects.get(person__given_name="Ben")
    assert (gone.ends_on, Person.objects.count()) == (LATER, 2)


def test_in_a_file_of_changes_only_who_is_marked_leaves(district):
    import_roster(district, two_people())
    with time.at(LATER):
        import_roster(district, roster(person("p2", "", "", ended=True), is_delta=True))
    assert Post.objects.get(person__given_name="Ben").ends_on == LATER
    assert Post.objects.get(person__given_name="Ada").ends_on is None


def test_somebody_who_leaves_one_of_two_schools_stays_in_the_other(district):
    both = (person("p1", "Ada Lovell", "a@v.example"), person("p7", "Ada Lovell", "a@v.example"))
    import_roster(district, roster(OAK, ELM, *both, post("p1", "s1"), post("p7", "s2")))
    with time.at(LATER):
        import_roster(district, roster(person("p7", "Ada Lovell", "a@v.example", ended=True), is_delta=True))
    assert Post.objects.get(unit__name="Elm Primary").ends_on == LATER
    assert Post.objects.get(unit__name="Oak High").ends_on is None


def test_whoever_returns_the_same_day_goes_on_and_later_begins_anew(district):
    import_roster(district, two_people())
    import_roster(district, roster(OAK))
    import_roster(district, two_people())
    assert list(Post.objects.values_list("ends_on", flat=True)) == [None, None]
    import_roster(district, roster(OAK))
    with time.at(LATER):
        import_roster(district, two_people())
        before = picture()
        assert import_roster(district, two_people()).counts["actions"] == {}
        assert picture() == before
    held = Post.objects.filter(person__given_name="Ada").order_by("starts_on")
    assert [(post.starts_on, post.ends_on) for post in held] == [(TODAY, TODAY), (LATER, None)]


def test_a_post_whose_id_moves_to_another_school_ends_and_begins_there(district):
    import_roster(district, roster(OAK, ELM, person("p1"), post("p1", "s1", source_id="r1")))
    with time.at(LATER):
        moved = import_roster(district, roster(OAK, ELM, person("p1"), post("p1", "s2", source_id="r1")))
    assert Post.objects.get(unit__name="Oak High").ends_on == LATER
    assert Post.objects.get(unit__name="Elm Primary").starts_on == LATER
    with time.at(LATER):
        undo_import(moved)
    assert Post.objects.get().ends_on is None


def test_a_title_that_another_gives_up_in_the_same_file_is_free_at_once(district):
    """Else the same file, brought in once more, would change something."""
    ids = ("r1", "r2", "r3")
    head, deputy = post("p1", "s1", "Head", "r1"), post("p1", "s1", "Deputy", "r2")
    import_roster(district, roster(OAK, person("p1"), head, deputy, post("p1", "s1", "Dean", "r3")))
    before = picture()
    named = [post("p1", "s1", title, key) for title, key in zip(("Deputy", "Dean", "Bursar"), ids, strict=True)]
    said = roster(OAK, person("p1"), *named, post("p1", "s1", "Head", "r4"))
    with time.at(LATER):
        made = import_roster(district, said)
        assert plan_import(district, said).counts["actions"] == {}
    links = ExternalId.objects.filter(post__isnull=False).order_by("source_id")
    assert [(link.source_id, link.post.title) for link in links] == [
        ("r1", "Deputy"), ("r2", "Dean"), ("r3", "Bursar"), ("r4", "Head"),
    ]  # fmt: skip
    with time.at(LATER):
        undo_import(made)
    assert {name: rows for name, rows in picture().items() if name == "Post"} == {"Post": before["Post"]}


def test_an_id_that_comes_twice_is_refused_though_its_first_row_waits_for_another(district):
    import_roster(district, roster(OAK, person("p1"), post("p1", "s1", "Head", "r1"), post("p1", "s1", "Dean", "r2")))
    first, second = post("p1", "s1", "Dean", "r1"), post("p1", "s1", "Coach", "r1")
    made = import_roster(district, roster(OAK, person("p1"), first, second, post("p1", "s1", "Bursar", "r2")))
    assert lines(made, "refused") == [("post", "refused", "duplicate_id")]
    assert sorted(Post.objects.values_list("title", flat=True)) == ["Bursar", "Dean"]


def test_two_posts_that_swap_their_titles_keep_them(district):
    import_roster(district, roster(OAK, person("p1"), post("p1", "s1", "Head", "r1"), post("p1", "s1", "Dean", "r2")))
    said = roster(OAK, person("p1"), post("p1", "s1", "Dean", "r1"), post("p1", "s1", "Head", "r2"))
    made = import_roster(district, said)
    assert lines(made, "left") == [("post", "left", "same_post")] * 2
    assert plan_import(district, said).counts["actions"] == made.counts["actions"]


def test_a_unit_that_moves_is_untied_and_tied_from_today(district):
    teams = [unit("t1", "Maths", "team", "s1")]
    import_roster(district, roster(OAK, ELM, *teams))
    with time.at(LATER):
        moved = import_roster(district, roster(OAK, ELM, unit("t1", "Maths", "team", "s2")))
        ties = UnitTie.objects.filter(lower__name="Maths").order_by("starts_on")
        assert {(tie.upper.name, tie.starts_on, tie.ends_on) for tie in ties} == {
            ("Oak High", None, LATER),
            ("Elm Primary", LATER, None),
        }
        undo_import(moved)
    assert UnitTie.objects.get(lower__name="Maths").upper.name == "Oak High"


def test_a_unit_that_the_source_closes_ends_with_its_posts_and_can_come_back(district):
    import_roster(district, two_people(ELM))
    before = picture()
    with time.at(LATER):
        closed = import_roster(district, roster(unit("s1", "Oak High", ended=True), is_delta=True))
        assert Unit.objects.get(name="Oak High").ends_on == LATER
        assert not Post.objects.filter(ends_on__isnull=True).exists()
        undo_import(closed)
        assert picture() == before
        import_roster(district, roster(unit("s1", "Oak High", ended=True), is_delta=True))
        import_roster(district, roster(unit("s1", "Oak High", "school"), is_delta=True))
    assert Unit.objects.get(name="Oak High").ends_on is None


# --- edited by hand ---------------------------------------------------------------------------------------------------
def test_what_was_edited_here_and_not_in_the_roster_stays(district):
    import_roster(district, two_people())
    Person.objects.filter(given_name="Ada").update(given_name="Adaeze")
    Post.objects.filter(person__given_name="Ben").update(ends_on=TODAY)
    before = picture()
    made = import_roster(district, two_people())
    assert sorted(lines(made)) == [("person", "left", "edited"), ("post", "left", "edited")]
    assert picture() == before


def test_a_title_that_was_corrected_here_stays(district):
    import_roster(district, two_people())
    held = Post.objects.get(person__given_name="Ada")
    posts.retitle_post(actor=factories.actor_of(factories.steward_of(district)), post=held, title="Teacher of maths")
    before = picture()
    made = import_roster(district, two_people())
    assert sorted(lines(made)) == [("post", "left", "edited")]
    assert picture() == before


def test_what_was_edited_here_and_in_the_roster_waits_for_a_choice(district):
    import_roster(district, two_people())
    Person.objects.filter(given_name="Ada").update(family_name="Byhand")
    said = roster(OAK, person("p1", "Ada Newname", "ada@oak.example"), post("p1", "s1"), is_delta=True)
    made = plan_import(district, said)
    line = RosterChange.objects.get(roster_import=made)
    assert (line.action, line.reason, line.before, line.after) == (
        "left",
        "differs",
        {"family_name": "Byhand"},
        {"family_name": "Newname"},
    )
    apply_import(made)
    assert Person.objects.get(given_name="Ada").family_name == "Byhand"
    taken = apply_import(plan_import(district, said), take_roster=True)
    assert Person.objects.get(given_name="Ada").family_name == "Newname"
    assert plan_import(district, said).counts["actions"] == {}
    undo_import(taken)
    assert Person.objects.get(given_name="Ada").family_name == "Byhand"


# --- safety -----------------------------------------------------------------------------------------------------------
def test_when_many_would_leave_they_stay_until_that_is_confirmed(district):
    import_roster(district, two_people())
    wrong_file = roster(OAK, person("p1", "Ada Lovell", "ada@oak.example"), post("p1", "s1"))
    made = plan_import(district, wrong_file)
    assert (made.counts["people_now"], made.counts["people_leaving"], made.counts["must_confirm"]) == (2, 1, True)
    apply_import(made, end_missing=False)
    assert lines(made) == [("post", "left", "not_confirmed")]
    assert Post.objects.filter(ends_on__isnull=True).count() == 2
    apply_import(plan_import(district, wrong_file), end_missing=True)
    assert Post.objects.filter(ends_on__isnull=True).count() == 1


def test_a_preview_that_things_have_overtaken_is_not_carried_out(district):
    made = plan_import(district, two_people())
    factories.make_unit(district.community, "Oak High", within=district)
    before = picture()
    with pytest.raises(Conflict, match="roster_stale"):
        apply_import(made)
    assert picture() == before


def test_an_address_taken_in_between_stops_the_whole_import(district):
    made = plan_import(district, two_people())
    factories.make_person(district.community, email="ben@oak.example")
    before = picture()
    with pytest.raises(Conflict, match="roster_stale"):
        apply_import(made)
    assert picture() == before


def test_a_preview_of_yesterday_is_not_carried_out(district):
    made = plan_import(district, two_people())
    with time.at(LATER), pytest.raises(Conflict, match="roster_stale"):
        apply_import(made)


def test_a_preview_is_carried_out_once(district):
    made = import_roster(district, two_people())
    with pytest.raises(Conflict, match="roster_not_now"):
        apply_import(made)


# --- size -------------------------------------------------------------------------------------------------------------
def test_the_number_of_statements_does_not_grow_with_the_people(district, django_assert_max_num_queries):
    def of(size):
        people = [
            record for n in range(size) for record in (person(f"p{n}", f"Ada Lovell{n}"), post(f"p{n}", f"s{n % 50}"))
        ]
        return roster(*(unit(f"s{n}", f"School {n}") for n in range(50)), *people)

    with django_assert_max_num_queries(45):
        made = plan_import(district, of(2000))
    with django_assert_max_num_queries(60):
        apply_import(made)
    with django_assert_max_num_queries(45):
        assert plan_import(district, of(2000)).counts["actions"] == {}


def test_progress_is_told(district):
    people = [record for n in range(4000) for record in (person(f"p{n}", f"Ada Lovell{n}"), post(f"p{n}", "s1"))]
    heard = []
    steward = factories.actor_of(factories.steward_of(district))
    made = plan_import(district, roster(OAK, *people))
    rosters.apply(
        actor=steward,
        roster_import=made,
        take_roster=False,
        end_missing=False,
        report=lambda *told: heard.append(told[:2]),
    )
    assert heard == [(2000, 8001), (4000, 8001), (6000, 8001), (8000, 8001)]
