"""The demo's story holds whatever the day it is told on, and says what docs/reference/demo.md says."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.base.models import Event
from collegium.people import demo
from collegium.people.demo import story
from collegium.people.demo.book import Book
from collegium.people.demo.calendar import Calendar
from collegium.people.demo.staff import schools_leaders
from collegium.people.enums import Governance, GroupRole, Level, Role, TieKind
from collegium.people.models import Group, GroupMembership, Person, Post, Strength, Unit, UnitRole, UnitTie
from collegium.people.queries import actors, structure
from collegium.people.services import demo_links

pytestmark = pytest.mark.slow

TODAY = dt.date(2026, 11, 23)
days = st.dates(dt.date(2024, 1, 1), dt.date(2060, 12, 31))


@pytest.fixture(scope="module")
def book() -> Book:
    return demo.tell(seed=demo.SEED, today=TODAY)


def staff_of(book: Book, slug: str, on: dt.date) -> set[str]:
    """Everybody who works in a school or one of its teams on a day; governors do not."""
    units = {slug} | {tie.lower.slug for tie in book.ties if tie.upper.slug == slug and tie.kind == TieKind.CONTAINS}
    return {
        post.person.full_name
        for post in book.posts
        if post.unit.slug in units and post.level != Level.GOVERNANCE and post.holds_on(on)
    }


def stewards_of(book: Book, slug: str, on: dt.date) -> list[str]:
    return [
        role.person.full_name
        for role in book.roles
        if role.unit.slug == slug and role.role == Role.STEWARD and role.holds_on(on)
    ]


def everything(book: Book) -> list[dict[str, object]]:
    rows = [book.community, *book.units.values(), *book.persons.values(), *book.posts, *book.roles, *book.ties]
    rows += [*book.groups, *book.memberships, *book.strengths, *book.events]
    rows += [person.account for person in book.persons.values()]
    return [{key: value for key, value in vars(row).items() if key != "_state"} for row in rows]


# --- whatever the day and the seed ------------------------------------------------------------------------------------
def test_same_seed_and_day_tell_the_same_rows() -> None:
    assert everything(demo.tell(seed=7, today=TODAY)) == everything(demo.tell(seed=7, today=TODAY))


def test_another_seed_tells_of_other_people() -> None:
    one, other = (set(demo.tell(seed=seed, today=TODAY).persons) for seed in (7, 8))
    cast = {part.name.full for part in story.CAST}
    assert cast <= one & other
    assert len(one - other) > len(one) / 2


@given(days)
def test_the_calendar_begins_in_a_september_long_enough_ago(today: dt.date) -> None:
    calendar = Calendar.ending(today)
    assert (calendar.first_day.month, calendar.first_day.day) == (9, 1)
    assert 17 * 30 <= (today - calendar.first_day).days <= 31 * 31
    assert calendar.year(calendar.years) <= today < calendar.year(calendar.years + 1)


@given(days, st.integers(0, 10_000))
@settings(max_examples=10)
def test_nothing_happens_before_its_time_or_after_today(today: dt.date, seed: int) -> None:
    book = demo.tell(seed=seed, today=today)
    for row in [*book.posts, *book.roles, *book.ties, *book.groups, *book.memberships]:
        assert row.starts_on is None or row.starts_on <= today
        assert row.ends_on is None or row.ends_on <= today
        assert row.starts_on is None or row.ends_on is None or row.starts_on < row.ends_on
    assert all(book.calendar.first_day <= one.declared_at.date() <= today for one in book.strengths)
    assert all(one.at.date() <= today for one in book.events)


@given(days, st.integers(0, 10_000))
@settings(max_examples=10)
def test_about_two_hundred_and_sixty_people_work_here(today: dt.date, seed: int) -> None:
    book = demo.tell(seed=seed, today=today)
    staff = {post.person.full_name for post in book.posts if post.holds_on(today) and post.level != Level.GOVERNANCE}
    assert 250 <= len(staff) <= 270
    assert len({person.email for person in book.persons.values()}) == len(book.persons)
    assert all(person.email.endswith("@demo.example") for person in book.persons.values())


# --- the truth --------------------------------------------------------------------------------------------------------
def test_a_leader_left_and_a_deputy_acts_since(book: Book) -> None:
    left, acting = (book.cast(key).full_name for key in ("left_head", "principal"))
    second_year = book.calendar.year(2)
    before, after = second_year - dt.timedelta(days=1), second_year
    assert schools_leaders(book, story.LEADER_LEFT, before)[0].full_name == left
    assert schools_leaders(book, story.LEADER_LEFT, TODAY)[0].full_name == acting
    assert left in stewards_of(book, story.LEADER_LEFT, before)
    assert left not in stewards_of(book, story.LEADER_LEFT, after)
    assert left not in staff_of(book, story.LEADER_LEFT, after)
    assert any(post.title == "Acting principal" and post.ends_on is None for post in book.posts)
    lost = {slug: len(staff_of(book, slug, before) - staff_of(book, slug, TODAY)) for slug in story.GOVERNANCE}
    assert max(lost, key=lambda slug: lost[slug]) == story.LEADER_LEFT


def test_a_group_ended_with_the_leader_who_led_it(book: Book) -> None:
    group = next(group for group in book.groups if group.name == "Workload group")
    assert group.ends_on is not None
    assert group.ends_on <= book.calendar.year(2)


def test_one_school_grows(book: Book) -> None:
    marks = [book.calendar.first_day, book.calendar.year(2), TODAY]
    sizes = {slug: [len(staff_of(book, slug, day)) for day in marks] for slug in story.GOVERNANCE}
    growing = sizes.pop(story.GROWING)
    assert growing == sorted(growing)
    assert growing[-1] >= 1.5 * growing[0]
    assert all(size[-1] <= 1.35 * size[0] for size in sizes.values())


def test_one_school_is_very_small(book: Book) -> None:
    own = [post for post in book.posts_in(book.units[story.VERY_SMALL], TODAY) if post.level != Level.GOVERNANCE]
    assert 5 <= sum(post.is_primary for post in own) <= 8


def test_one_school_rests_on_one_steward_and_the_others_do_not(book: Book) -> None:
    alone = {slug for slug in book.units if len(stewards_of(book, slug, TODAY)) < 2}
    assert alone == {story.ONE_STEWARD}
    assert stewards_of(book, story.ONE_STEWARD, TODAY) == [book.cast("only_steward").full_name]


def test_two_groups_of_two_schools_do_the_same_work_unaware(book: Book) -> None:
    one, other = (next(group for group in book.groups if group.name == name) for name in story.DUPLICATES)
    assert one.unit is not other.unit
    members = [{row.person_id for row in book.memberships if row.group is group} for group in (one, other)]
    assert not members[0] & members[1]
    words = [set(group.purpose.lower().strip(".").split()) for group in (one, other)]
    assert {"eleven", "thirteen", "weak", "understand"} & words[0] & words[1]


def test_the_alliance_changes_and_one_school_joins_late(book: Book) -> None:
    before, after = book.calendar.year(2) - dt.timedelta(days=1), book.calendar.year(2)
    ties = [tie for tie in book.ties if tie.upper.slug == story.ALLIANCE]
    then, now = ({tie.lower.slug: tie.governance for tie in ties if tie.holds_on(day)} for day in (before, after))
    assert story.JOINED_LATE not in then
    assert now.keys() == story.GOVERNANCE.keys()
    assert (then[story.LEADER_LEFT], now[story.LEADER_LEFT]) == (Governance.JOINT_BODY, Governance.AGREEMENT)


def test_most_groups_have_a_facilitator_and_some_rest_on_one(book: Book) -> None:
    chairs = Counter(row.group.name for row in book.memberships if row.role == GroupRole.FACILITATOR)
    assert set(chairs) == {group.name for group in book.groups}
    assert {1, 2} == set(chairs.values())


# --- written ----------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_it_is_written_whole(book: Book) -> None:
    community = demo.build(seed=demo.SEED, today=TODAY)
    assert community.is_demo
    for model, rows in (
        (Unit, book.units),
        (UnitTie, book.ties),
        (UnitRole, book.roles),
        (Person, book.persons),
        (Post, book.posts),
        (Group, book.groups),
        (GroupMembership, book.memberships),
        (Strength, book.strengths),
        (Event, book.events),
    ):
        assert model.objects.count() == len(rows), model
    district = Unit.objects.get(slug=story.DISTRICT)
    assert structure.ids_within([district.id], TODAY) == {
        unit.id for unit in Unit.objects.exclude(slug__in=[story.DISTRICT, story.ALLIANCE])
    }
    built = demo.get_built()
    assert built == demo.Built(community.id, demo.SEED, TODAY, story.VERSION)


@pytest.mark.django_db
def test_when_it_cannot_be_finished_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Strength.objects, "bulk_create", stop)
    with pytest.raises(KeyboardInterrupt):
        demo.build(seed=1, today=TODAY)
    assert demo.get_built() is None
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_the_cast_can_sign_in_and_lands_where_it_belongs() -> None:
    community = demo.build(seed=demo.SEED, today=TODAY)
    cast = dict(demo.list_cast(community.id))
    assert list(cast) == ["Teacher", "Team facilitator", "Principal", "Alliance leader", "Governor"]
    homes = {
        label: Unit.objects.get(id=actors.get_actor(person, TODAY).home_unit_id).slug for label, person in cast.items()
    }
    assert homes == {
        "Teacher": story.THORNMERE,
        "Team facilitator": "thornmere-academy-english",
        "Principal": story.THORNMERE,
        "Alliance leader": story.ALLIANCE,
        "Governor": story.THORNMERE,
    }
    assert all(demo_links.path_of(person).startswith("/demo/sign-in/") for person in cast.values())
