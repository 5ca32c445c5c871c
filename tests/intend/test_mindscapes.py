"""Statements: private until they are shared, taken back at will, and nobody's to look at but the circle's."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collegium.base.models import Event
from collegium.intend.enums import Side
from collegium.intend.errors import Conflict, Invalid, NotAllowed, NotFound
from collegium.intend.models import Echo, Mindscape
from collegium.intend.models.mindscapes import STATEMENT_LIMIT
from collegium.intend.queries import circles, mindscapes
from collegium.intend.services import mindscapes as services
from collegium.people import erasure
from collegium.people.actors import operator_of
from collegium.people.queries import own_data
from tests import factories as make
from tests.intend import staffroom

pytestmark = pytest.mark.django_db


def test_a_private_statement_is_its_writers_alone() -> None:
    room = staffroom.build()
    written = staffroom.write(room.actor(0), "  Every child\n can learn ")
    assert written.body == "Every child can learn"
    assert [own.row for own in mindscapes.list_own(room.actor(0))] == [written]
    for other in (room.actor(1), make.actor_of(room.steward), room.keeper, operator_of(room.community.id)):
        assert mindscapes.list_own(other) == []
        with pytest.raises(NotFound):
            mindscapes.get_own(other, written.id)
        with pytest.raises(NotAllowed):
            services.delete(actor=other, mindscape=written)
    staffroom.share(room.actor(1), room.school, "We listen first")
    shown = mindscapes.list_shared(room.actor(1), room.gather(room.school))
    assert [each.body for kindred in shown[Side.HEART] for each in kindred.statements] == ["We listen first"]


def test_nothing_about_statements_is_in_the_trail() -> None:
    room = staffroom.build()
    shared = staffroom.share(room.actor(0), room.school, named=True)
    services.echo(actor=room.actor(1), gathering=room.gather(room.school), mindscape=shared, sees_so=True)
    services.take_back(actor=room.actor(0), mindscape=shared)
    services.delete(actor=room.actor(0), mindscape=shared)
    assert not Event.objects.exists()


def test_what_does_not_make_sense_is_refused() -> None:
    room = staffroom.build()
    actor = room.actor(0)
    for side, body, code in (
        ("liver", "So it is", "mindscape_side"),
        (Side.HEAD, " \n\0 ", "text_missing"),
        (Side.HEAD, "x" * (STATEMENT_LIMIT + 1), "text_too_long"),
    ):
        with pytest.raises(Invalid) as refused:
            services.write(actor=actor, side=side, body=body)
        assert refused.value.code == code
    for number in range(services.MOST_A_SIDE):
        staffroom.write(actor, f"Statement {number}")
    with pytest.raises(Invalid, match="mindscape_too_many"):
        staffroom.write(actor, "One more")
    assert staffroom.write(actor, "Elsewhere there is room", Side.HAND)
    elsewhere = make.make_unit(room.community)
    mine = staffroom.write(room.actor(1))
    for choice in (f"unit:{elsewhere.id}", "unit:", "", f"group:{room.school.id}"):
        with pytest.raises(Invalid, match="circle_not_yours"):
            services.share(actor=room.actor(1), mindscape=mine, choice=choice, is_named=False)


def test_one_shares_with_groups_teams_and_schools_of_ones_own() -> None:
    room = staffroom.build()
    assert [choice.name for choice in circles.list_choices(room.actor(0))] == [room.group.name, room.school.name]
    assert [choice.name for choice in circles.list_choices(room.actor(5))] == [room.school.name]
    assert circles.list_choices(make.actor_of(room.steward)) == []


def test_a_circle_is_there_for_its_people_alone() -> None:
    room = staffroom.build()
    staffroom.share(room.actor(0), room.group)
    circle = room.gather(room.group).circle
    assert circles.get_circle_for(room.actor(2), circle.id).people == 3
    stranger = make.actor_of(make.steward_of(make.make_unit(make.make_community())))
    for other in (room.actor(5), room.keeper, make.actor_of(room.steward), make.actor_of(room.outsider), stranger):
        with pytest.raises(NotFound):
            circles.get_circle_for(other, circle.id)


def test_a_name_is_shown_only_where_its_writer_chose_that() -> None:
    room = staffroom.build()
    staffroom.share(room.actor(0), room.school, "Every child can learn", named=True)
    staffroom.share(room.actor(1), room.school, "We listen before we judge")
    found = mindscapes.list_shared(room.actor(2), room.gather(room.school))[Side.HEART]
    by_body = {each.body: each for kindred in found for each in kindred.statements}
    assert by_body["Every child can learn"].writer == room.people[0].full_name
    assert by_body["We listen before we judge"].writer == ""
    assert not by_body["We listen before we judge"].is_own


def test_among_fewer_than_k_others_a_writer_is_said_to_be_recognisable() -> None:
    room, smaller = staffroom.build(teachers=6), staffroom.build(teachers=5)
    assert not room.gather(room.school).is_recognisable
    assert room.gather(room.group).is_recognisable
    assert smaller.gather(smaller.school).is_recognisable


def test_those_alike_are_shown_together_and_people_count_once() -> None:
    room = staffroom.build()
    one = staffroom.share(room.actor(0), room.school, "Every child can learn to read")
    other = staffroom.share(room.actor(1), room.school, "Every child can learn to read well")
    staffroom.share(room.actor(2), room.school, "A different thing altogether")
    staffroom.share(room.actor(2), room.school, "Every child can learn to read", side=Side.HAND)
    gathering = room.gather(room.school)
    for shared in (one, other):
        services.echo(actor=room.actor(3), gathering=gathering, mindscape=shared, sees_so=True)
        services.echo(actor=room.actor(3), gathering=gathering, mindscape=shared, sees_so=True)
    first, second = mindscapes.list_shared(room.actor(3), gathering)[Side.HEART]
    assert {each.body for each in first.statements} == {one.body, other.body}
    assert (first.people, second.people) == (3, 1)
    assert all(each.is_echoed and each.echoes == 1 for each in first.statements)
    services.echo(actor=room.actor(3), gathering=gathering, mindscape=one, sees_so=False)
    assert Echo.objects.count() == 1


def test_one_does_not_count_twice_for_what_one_wrote() -> None:
    room = staffroom.build()
    own = staffroom.share(room.actor(0), room.school)
    gathering = room.gather(room.school)
    with pytest.raises(Invalid, match="echo_of_oneself"):
        services.echo(actor=room.actor(0), gathering=gathering, mindscape=own, sees_so=True)
    with pytest.raises(NotAllowed):
        services.echo(actor=make.actor_of(room.outsider), gathering=gathering, mindscape=own, sees_so=True)


def test_taking_back_forgets_what_others_said_and_allows_a_change() -> None:
    room = staffroom.build()
    own = staffroom.share(room.actor(0), room.school)
    gathering = room.gather(room.school)
    services.echo(actor=room.actor(1), gathering=gathering, mindscape=own, sees_so=True)
    for attempt in (
        lambda: services.change(actor=room.actor(0), mindscape=own, side=Side.HEAD, body="Else"),
        lambda: services.share(actor=room.actor(0), mindscape=own, choice=f"group:{room.group.id}", is_named=True),
    ):
        with pytest.raises(Conflict, match="mindscape_is_shared"):
            attempt()
    services.take_back(actor=room.actor(0), mindscape=own)
    assert not Echo.objects.exists()
    assert mindscapes.list_shared(room.actor(1), gathering)[Side.HEART] == []
    with pytest.raises(Conflict, match="mindscape_taken_back"):
        services.echo(actor=room.actor(1), gathering=gathering, mindscape=own, sees_so=True)
    assert services.change(actor=room.actor(0), mindscape=own, side=Side.HEAD, body="Else").body == "Else"


def test_what_was_deleted_in_another_window_is_not_there() -> None:
    room = staffroom.build()
    own = staffroom.write(room.actor(0))
    Mindscape.objects.all().delete()
    with pytest.raises(NotFound):
        services.change(actor=room.actor(0), mindscape=own, side=Side.HEAD, body="Else")


def test_whoever_has_left_a_circle_sees_it_no_more_and_can_still_take_back() -> None:
    room = staffroom.build()
    own = staffroom.share(room.actor(0), room.group)
    room.group.memberships.filter(person=room.people[0]).delete()
    with pytest.raises(NotFound):
        circles.get_circle_for(room.actor(0), room.gather(room.group).circle.id)
    services.take_back(actor=room.actor(0), mindscape=own)
    assert own.circle is None


def test_ones_own_statements_are_in_ones_own_file_and_gone_with_one() -> None:
    room = staffroom.build()
    staffroom.write(room.actor(0), "For me alone")
    shared = staffroom.share(room.actor(0), room.school, "For us all")
    other = staffroom.share(room.actor(1), room.school, "Of another")
    services.echo(actor=room.actor(0), gathering=room.gather(room.school), mindscape=other, sees_so=True)
    held = mindscapes.dump(room.people[0].id)
    assert [row["text"] for row in held["statements"]] == ["For me alone", "For us all"]
    assert [row["shared_with"] for row in held["statements"]] == [None, room.school.name]
    assert held["what_i_see_so_too"] == ["Of another"]
    assert "For me alone" not in str(mindscapes.dump(room.people[1].id))
    dumped = own_data.dump(own_data.get_own_data(room.people[0]))
    assert dumped["values"]["statements"] == held["statements"]
    erasure.forget_person(room.people[0].id)
    assert list(Mindscape.objects.all()) == [other]
    assert not Echo.objects.exists()
    assert shared.id is not None


@pytest.mark.parametrize("number", [1, 3, 30])
def test_a_circle_is_read_in_so_many_queries_however_much_it_shares(number: int) -> None:
    room = staffroom.build(teachers=10)
    for count in range(number):
        staffroom.share(room.actor(count % 10), room.school, f"Statement {count} of {number}", named=True)
    actor, circle = room.actor(9), room.gather(room.school).circle
    with CaptureQueriesContext(connection) as asked:
        mindscapes.list_shared(actor, circles.get_circle_for(actor, circle.id))
    assert len(asked) == 6
