"""A statement of values: worded together without losing a word, signed by version, carried by more than half."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collegium.base import events, indicators, time
from collegium.base.models import Event
from collegium.intend.errors import Conflict, Invalid, NotAllowed, NotFound, TextMovedOn
from collegium.intend.models import Signature, TextVersion
from collegium.intend.queries import values
from collegium.intend.services import values as services
from collegium.people import erasure
from collegium.people.models import Person, Post
from tests import factories as make
from tests.intend import staffroom

pytestmark = pytest.mark.django_db


def test_two_who_write_at_once_lose_nothing() -> None:
    room = staffroom.build()
    gathering = room.gather(room.school)
    services.word(actor=room.actor(0), gathering=gathering, body="We listen.")
    with pytest.raises(TextMovedOn) as first:
        services.word(actor=room.actor(1), gathering=gathering, body="We trust.")
    assert first.value.version == 1
    services.word(actor=room.actor(1), gathering=gathering, body="We trust.", reason="It is more", from_version=1)
    with pytest.raises(TextMovedOn) as second:
        services.word(actor=room.actor(2), gathering=gathering, body="We learn.", reason="As well", from_version=1)
    assert second.value.version == 2
    services.word(actor=room.actor(2), gathering=gathering, body="We trust and learn.", reason="Both", from_version=2)
    bodies = TextVersion.objects.order_by("number").values_list("parts__body", flat=True)
    assert list(bodies) == ["We listen.", "We trust.", "We trust and learn."]


def test_a_rewording_says_why_and_only_its_circle_rewords() -> None:
    room = staffroom.build()
    gathering = room.gather(room.school)
    services.word(actor=room.actor(0), gathering=gathering, body="We listen.")
    with pytest.raises(Invalid, match="text_reason_missing"):
        services.word(actor=room.actor(0), gathering=gathering, body="Else", from_version=1)
    with pytest.raises(Invalid, match="text_too_long"):
        services.word(actor=room.actor(0), gathering=gathering, body="x" * 4001, reason="x", from_version=1)
    with pytest.raises(Conflict, match="text_unchanged"):
        services.word(actor=room.actor(0), gathering=gathering, body="We listen. ", reason="x", from_version=1)
    for other in (room.keeper, make.actor_of(room.outsider), make.actor_of(room.steward)):
        with pytest.raises(NotAllowed):
            services.word(actor=other, gathering=gathering, body="Else", reason="x", from_version=1)
        with pytest.raises(NotAllowed):
            services.sign(actor=other, gathering=gathering, number=1)


def test_a_wording_is_carried_when_more_than_half_have_signed_it() -> None:
    room = staffroom.build(teachers=4)
    services.word(actor=room.actor(0), gathering=room.gather(room.school), body="We listen.")
    staffroom.sign(room, room.school, 0, 1)
    assert values.list_carried(make.place_of(room.school)) == []
    staffroom.sign(room, room.school, 2, 2)
    (statement,) = values.list_carried(make.place_of(room.school))
    assert (statement.carried_by, statement.carried_of) == (3, 4)
    assert statement.carried is not None
    assert statement.carried.parts == {"body": "We listen."}
    services.take_name_off(actor=room.actor(2), gathering=room.gather(room.school), number=1)
    assert values.list_carried(make.place_of(room.school)) == []


def test_a_rewording_asks_anew_and_says_who_signed_which() -> None:
    room = staffroom.build(teachers=4)
    gathering = room.gather(room.school)
    services.word(actor=room.actor(0), gathering=gathering, body="We listen.")
    staffroom.sign(room, room.school, 0, 1, 2)
    services.word(actor=room.actor(3), gathering=gathering, body="We trust.", reason="More", from_version=1)
    with pytest.raises(Conflict, match="values_reworded"):
        staffroom.sign(room, room.school, 3, wording=1)
    staffroom.sign(room, room.school, 3, wording=2)
    worded = values.read_statement(room.actor(0), gathering)
    assert worded is not None
    assert worded.latest.signers == (room.people[3].full_name,)
    assert set(worded.earlier[0].signers) == {person.full_name for person in room.people[:3]}
    assert (worded.latest.is_signed_by_reader, worded.last_signed_by_reader) == (False, 1)
    (statement,) = values.list_carried(make.place_of(room.school))
    assert statement.carried is not None
    assert statement.carried.number == 1, "what they carry stays until more than half have signed the new wording"
    assert len(values.list_unsigned(room.actor(0))) == 1
    assert values.list_unsigned(room.actor(3)) == []
    staffroom.sign(room, room.school, 0, 1, wording=2)
    (statement,) = values.list_carried(make.place_of(room.school))
    assert statement.carried is not None
    assert statement.carried.number == 2


def test_who_has_left_is_counted_apart() -> None:
    room = staffroom.build(teachers=4)
    services.word(actor=room.actor(0), gathering=room.gather(room.school), body="We listen.")
    staffroom.sign(room, room.school, 0, 1, 2)
    Post.objects.filter(person=room.people[0]).delete()
    worded = values.read_statement(room.actor(1), room.gather(room.school))
    assert worded is not None
    assert room.people[0].full_name not in worded.latest.signers
    assert worded.latest.signed_since_left == 1


def test_the_erased_have_signed_nothing() -> None:
    room = staffroom.build(teachers=4)
    services.word(actor=room.actor(0), gathering=room.gather(room.school), body="We listen.")
    staffroom.sign(room, room.school, 0, 1)
    assert values.dump_signatures(room.people[0].id)[0]["wording"] == 1
    erasure.forget_person(room.people[0].id)
    assert list(Signature.objects.values_list("person_id", flat=True)) == [room.people[1].id]


def test_nobody_can_sign_what_is_not_there() -> None:
    room = staffroom.build()
    with pytest.raises(NotFound):
        staffroom.sign(room, room.school, 0)
    services.word(actor=room.actor(0), gathering=room.gather(room.school), body="We listen.")
    with pytest.raises(NotFound):
        services.take_name_off(actor=room.actor(0), gathering=room.gather(room.school), number=7)


def test_a_school_reads_what_its_groups_carry_and_no_other_school_does() -> None:
    room = staffroom.build()
    services.word(actor=room.actor(0), gathering=room.gather(room.group), body="We read.")
    staffroom.sign(room, room.group, 0, 1)
    assert [row.circle.group for row in values.list_carried(make.place_of(room.school))] == [room.group]
    beside = make.make_unit(room.community)
    assert values.list_carried(make.place_of(beside)) == []
    district = make.make_unit(room.community, kind="district")
    make.contain(district, room.school)
    assert values.list_carried(make.place_of(district)) == []


def test_the_trail_says_that_a_statement_was_worded_and_carried_and_not_who_signed() -> None:
    room = staffroom.build(teachers=4)
    services.word(actor=room.actor(0), gathering=room.gather(room.school), body="We listen.")
    staffroom.sign(room, room.school, 1, 2, 3)
    worded, carried = Event.objects.order_by("at")
    assert (worded.verb, worded.actor_id) == ("values.worded", room.people[0].id)
    assert (carried.verb, carried.actor_id) == ("values.carried", None)
    for event in (worded, carried):
        assert str(events.get_phrase(event.verb)).format(who="Ada", **event.data)


@pytest.mark.parametrize("number", [1, 3, 30])
def test_a_statement_is_read_in_so_many_queries_however_many_signed(number: int) -> None:
    room = staffroom.build(teachers=30)
    gathering = room.gather(room.school)
    services.word(actor=room.actor(0), gathering=gathering, body="We listen.")
    version = TextVersion.objects.get()
    Signature.objects.bulk_create(
        Signature(community=room.community, version=version, person=person)
        for person in Person.objects.filter(id__in=[person.id for person in room.people[:number]])
    )
    actor = room.actor(0)
    with CaptureQueriesContext(connection) as asked:
        worded = values.read_statement(actor, gathering)
    assert worded is not None
    assert len(worded.latest.signers) == number
    assert len(asked) == 4


def test_the_share_who_signed_is_measured_where_it_names_nobody() -> None:
    room, small = staffroom.build(teachers=6), staffroom.build(teachers=5)
    today = time.today()
    assert indicators.read("intend.values_signed", room.school.id, today).value is None
    for each in (room, small):
        services.word(actor=each.actor(0), gathering=each.gather(each.school), body="We listen.")
        staffroom.sign(each, each.school, 0, 1, 2, 3)
    reading = indicators.read("intend.values_signed", room.school.id, today)
    assert (reading.value, reading.n) == (4 / 6, 6)
    assert indicators.read("intend.values_signed", room.school.id, today - dt.timedelta(days=1)).value is None
    assert indicators.read("intend.values_signed", small.school.id, today).value is None
