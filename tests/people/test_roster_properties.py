"""Whatever two rosters say and whatever was edited in between: applying is final, and undoing is exact."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collegium.base import time
from collegium.people.models import Person, Post, Unit
from collegium.people.rosters import Roster
from tests import factories
from tests.people.roster_helpers import (
    TABLES,
    apply_import,
    import_roster,
    person,
    picture,
    plan_import,
    post,
    roster,
    undo_import,
    unit,
)

pytestmark = pytest.mark.django_db

FIRST, SECOND = dt.date(2026, 9, 1), dt.date(2026, 11, 23)
UNITS = ["s1", "s2", "t1"]
PEOPLE = ["p1", "p2", "p3", "p4"]
NAMES = ["Ada Lovell", "Ada Okoye", "Ben Ogu", "Zoë Ogu"]
ADDRESSES = ["", "ada@oak.example", "ben@oak.example", "zoe@oak.example"]
TITLES = ["Teacher", "Head"]
DAYS = [None, dt.date(2020, 9, 1), dt.date(2026, 9, 1)]
often_not = st.sampled_from([False, False, False, True])


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    """A small roster in which ids, names, addresses, units and titles meet in every way."""
    is_delta = draw(st.booleans())
    units = [
        unit(
            source_id,
            draw(st.sampled_from(["Oak", "Elm"])),
            "team" if source_id == "t1" else draw(st.sampled_from(["school", "school", None, "district"])),
            *(["s1"] if source_id == "t1" and draw(st.booleans()) else []),
            identifier=draw(st.sampled_from(["", "7"])),
            ended=is_delta and draw(often_not),
        )
        for source_id in draw(st.lists(st.sampled_from(UNITS), unique=True))
    ]
    people = [
        person(
            source_id,
            draw(st.sampled_from(NAMES)),
            draw(st.sampled_from(ADDRESSES)),
            ended=is_delta and draw(often_not),
            aliases=draw(st.sampled_from([(), ("m1",), ("m2",)])),
        )
        for source_id in draw(st.lists(st.sampled_from(PEOPLE), unique=True))
    ]
    posts = [
        post(
            draw(st.sampled_from(PEOPLE)),
            draw(st.sampled_from(UNITS)),
            draw(st.sampled_from(TITLES)),
            source_id,
            starts_on=draw(st.sampled_from(DAYS)),
            ends_on=draw(st.sampled_from([None, None, dt.date(2027, 7, 31)])),
            ended=is_delta and draw(often_not),
        )
        for source_id in draw(st.lists(st.sampled_from(["r1", "r2", "r3", "r4", "r5"]), unique=True))
    ]
    return roster(*units, *people, *posts, is_delta=is_delta)


EDITS = ["rename a person", "empty an address", "end a post", "rename a unit", "retitle a post", "a post by hand"]


def edit(scope: Unit, what: str) -> None:
    """Change something by hand, if there is such a thing."""
    someone, held = Person.objects.order_by("given_name", "id").first(), Post.objects.order_by("title", "id").first()
    if what == "rename a person" and someone:
        Person.objects.filter(id=someone.id).update(family_name="Byhand")
    elif what == "empty an address" and someone:
        Person.objects.filter(id=someone.id).update(email="")
    elif what == "end a post" and held:
        Post.objects.filter(id=held.id).update(ends_on=max(FIRST, held.starts_on or FIRST))
    elif what == "retitle a post" and held:
        Post.objects.filter(id=held.id).update(title="By hand")
    elif what == "rename a unit":
        Unit.objects.filter(kind="school").update(name="By hand")
    elif what == "a post by hand" and someone and not someone.posts.filter(unit=scope).exists():
        factories.make_post(someone, scope, "Governor")


def clear() -> None:
    """Begin the next example with empty tables."""
    transaction.set_rollback(True)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    before=rosters(),
    after=rosters(),
    edits=st.lists(st.sampled_from(EDITS), max_size=3),
)
def test_applying_is_final_and_undoing_is_exact(before: Roster, after: Roster, edits: list[str]) -> None:
    with transaction.atomic():
        scope = factories.make_unit(factories.make_community(), "Valley", kind="district")
        with time.at(FIRST):
            first = import_roster(scope, before)
            for what in edits:
                edit(scope, what)
        by_hand = set(Post.objects.filter(title="Governor").values_list())
        with time.at(SECOND):
            was = picture()
            second = import_roster(scope, after)
            now = picture()
            assert_sound()
            assert set(Post.objects.filter(title="Governor").values_list()) == by_hand
            again = plan_import(scope, after)
            assert not {"added", "changed", "ended"} & set(again.counts["actions"]), told(again)
            undo_import(apply_import(again))
            assert picture() == now, "the same file again writes nothing that undoing would not find"
            third = plan_import(scope, after)
            assert third.counts["actions"] == again.counts["actions"]
        assert first.state == second.state == "applied"
        assert was.keys() == now.keys()
        clear()


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(before=rosters(), after=rosters(), edits=st.lists(st.sampled_from(EDITS), max_size=3), take=st.booleans())
def test_undoing_restores_exactly_what_was_there(before: Roster, after: Roster, edits: list[str], take: bool) -> None:
    with transaction.atomic():
        scope = factories.make_unit(factories.make_community(), "Valley", kind="district")
        with time.at(FIRST):
            import_roster(scope, before)
            for what in edits:
                edit(scope, what)
        was = picture()
        with time.at(SECOND):
            undone = undo_import(apply_import(plan_import(scope, after), take_roster=take))
        assert undone.counts["kept"] == 0, told(undone)
        assert picture() == was
        clear()


def assert_sound() -> None:
    """No row points at nothing, and every post of one person, unit and title is open once at most."""
    open_posts = list(Post.objects.filter(ends_on__isnull=True).values_list("person", "unit", "title"))
    assert len(open_posts) == len(set(open_posts))
    assert all(model.objects.filter(community__isnull=True).count() == 0 for model in TABLES)


def told(made: Any) -> list[tuple[Any, ...]]:
    return [(x.kind, x.action, x.reason, x.source_id, x.label, x.before, x.after) for x in made.changes.all()]
