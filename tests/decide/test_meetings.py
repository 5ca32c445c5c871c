"""Meetings: called, with an agenda from open questions, minutes that lead to them, and decisions without a vote."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from collegium.base import calendars, time
from collegium.decide.enums import Presence, Readers, Stage
from collegium.decide.errors import CollegiumError, Conflict, NotAllowed, NotFound
from collegium.decide.models import AgendaItem, Attendance, Matter, Meeting, Outcome, Told
from collegium.decide.presenters import meetings as presenter
from collegium.decide.queries import meetings as queries
from collegium.decide.queries import own
from collegium.decide.services import meetings, outcomes
from collegium.decide.services.meetings import Item, Minutes, Planned
from collegium.people.enums import UnitKind
from collegium.people.models import Person
from tests import factories as make
from tests.decide import worlds
from tests.decide.worlds import NOW, World
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db
STARTS = NOW + dt.timedelta(days=2, hours=6)


@pytest.fixture
def world() -> World:
    return worlds.build()


def call(world: World, person: Person, **more: Any) -> Meeting:
    planned = Planned(**{"title": "Staff meeting", "starts_at": STARTS, "where": "Hall", **more})
    with time.at(NOW):
        return meetings.plan(
            actor=make.actor_of(person), unit=world.unit, planned=planned, is_in_group=planned.group is not None
        )


def by(person: Person, meeting: Meeting) -> dict[str, Any]:
    found = queries.get_meeting_for(make.actor_of(person), meeting.id)
    return {"actor": make.actor_of(person), "meeting": meeting, "is_theirs": found.is_theirs}


def page_of(person: Person, meeting: Meeting) -> presenter.MeetingPage:
    actor = make.actor_of(person)
    return presenter.present_meeting(actor, queries.get_meeting_for(actor, meeting.id))


def refused(call_: Any) -> str:
    with pytest.raises(CollegiumError) as caught:
        call_()
    return caught.value.code


def test_whoever_belongs_calls_a_meeting_and_those_who_lead_keep_it_too(world: World) -> None:
    meeting = call(world, world.cleo)
    assert by(world.cleo, meeting)["is_theirs"]
    with pytest.raises(NotAllowed, match="meeting_of_others"):
        queries.get_meeting_to_keep(make.actor_of(world.ben), meeting.id)
    assert queries.get_meeting_to_keep(make.actor_of(world.steward), meeting.id).meeting == meeting
    with pytest.raises(NotFound):
        queries.get_meeting_for(make.actor_of(world.colleague), meeting.id)
    assert refused(lambda: call(world, world.colleague)) == "matter_of_others"
    assert refused(lambda: call(world, world.cleo, minutes=0)) == "meeting_too_long"
    assert refused(lambda: call(world, world.cleo, title=" ")) == "text_missing"
    elsewhere = make.make_group(make.make_unit(world.unit.community))
    assert refused(lambda: call(world, world.cleo, group=elsewhere)) == "group_elsewhere"


def test_above_a_school_only_those_who_lead_take_everybodys_time(world: World) -> None:
    district = make.make_unit(world.unit.community, kind=UnitKind.DISTRICT)
    make.contain(district, world.unit)
    planned = Planned(title="All of us", starts_at=STARTS)
    assert refused(lambda: meetings.plan(actor=make.actor_of(world.cleo), unit=district, planned=planned))
    lead = make.steward_of(district)
    made = meetings.plan(actor=make.actor_of(lead), unit=district, planned=planned)
    Attendance.objects.create(community=made.community, meeting=made, person=world.ben, presence=Presence.THERE)
    Meeting.objects.update(written_at=NOW)
    seen = page_of(world.cleo, made)
    assert (seen.there, seen.number_there) == ((), 1), "those of one school read no names of another's staff"
    assert page_of(lead, made).there == (world.ben.full_name,)


def test_an_agenda_takes_open_questions_and_anything_else_in_order(world: World) -> None:
    meeting = call(world, world.cleo)
    items = [Item(matter=world.matter, minutes=50, brought_by=world.ada), Item(title="Thanks", minutes=20)]
    meetings.set_agenda(**by(world.cleo, meeting), items=items)
    page = page_of(world.ben, meeting)
    assert [(point.title, point.minutes, point.brought_by) for point in page.points] == [
        (world.matter.question, 50, world.ada.full_name),
        ("Thanks", 20, ""),
    ]
    assert page.points[1].begins - page.points[0].begins == dt.timedelta(minutes=50)
    assert page.minutes_over == 10
    twice = [Item(matter=world.matter), Item(matter=world.matter)]
    assert refused(lambda: meetings.set_agenda(**by(world.cleo, meeting), items=twice)) == "agenda_twice"
    many = [Item(title=f"{n}") for n in range(meetings.MOST_ITEMS + 1)]
    assert refused(lambda: meetings.set_agenda(**by(world.cleo, meeting), items=many)) == "agenda_too_long"
    first, second = queries.list_items(meeting)
    kept = [Item(title="Thanks", row=second), Item(matter=world.matter, row=first)]
    meetings.set_agenda(**by(world.cleo, meeting), items=kept)
    assert [item.id for item in queries.list_items(meeting)] == [second.id, first.id]
    other = call(world, world.cleo)
    assert refused(lambda: meetings.set_agenda(**by(world.cleo, other), items=kept)) == "point_elsewhere"


def test_a_question_that_is_not_open_to_somebody_is_not_named_to_them(world: World) -> None:
    Matter.objects.update(readers=Readers.INVOLVED)
    world.matter.parts.all().delete()
    meeting = call(world, world.ada)
    meetings.set_agenda(**by(world.ada, meeting), items=[Item(matter=world.matter)])
    AgendaItem.objects.update(note="Between us.")
    point = page_of(world.cleo, meeting).points[0]
    assert (point.is_closed_to_you, point.url, point.note) == (True, "", "")
    assert world.matter.question not in client_of(world.cleo).get(reverse("decide:meeting", args=[meeting.id])).text
    assert page_of(world.ada, meeting).points[0].note == "Between us."


def test_minutes_say_who_was_there_and_lead_to_what_was_decided(world: World) -> None:
    meeting = call(world, world.cleo)
    meetings.set_agenda(**by(world.cleo, meeting), items=[Item(matter=world.matter), Item(title="Thanks")])
    with time.at(NOW):
        words = outcomes.Words(statement="Fridays.", reasons="Most can.", review_on=STARTS.date())
        outcome = outcomes.publish(**world.by(world.ada), matter=world.matter, words=words)
    first, second = queries.list_items(meeting)
    presence = {world.ada: Presence.THERE, world.ben: Presence.APOLOGIES}
    said = [(first, "We heard why.", outcome), (second, "", None)]
    meetings.write_minutes(**by(world.cleo, meeting), minutes=Minutes(presence=presence, said=said, notes="Cake."))
    page = page_of(world.ben, meeting)
    assert (page.there, page.apologies, page.notes) == ((world.ada.full_name,), (world.ben.full_name,), "Cake.")
    assert (page.points[0].note, page.points[0].decided) == ("We heard why.", "Fridays.")
    assert page.points[0].decided_url.endswith("#outcome-1")
    assert [row.title for row in presenter.list_rows_of(make.actor_of(world.ben), world.found(world.ben))]
    assert refused(lambda: meetings.set_agenda(**by(world.cleo, meeting), items=[])) == "agenda_has_notes"
    wrong = Minutes(presence={}, said=[(second, "", outcome)])
    assert refused(lambda: meetings.write_minutes(**by(world.cleo, meeting), minutes=wrong)) == "point_elsewhere"
    assert own.dump(world.ben.id)["meetings"][0]["was"] == "apologies"


def test_a_group_that_decides_face_to_face_writes_it_down_without_a_vote(world: World) -> None:
    for person in (world.ada, world.ben, world.guest):
        make.make_membership(person, world.group)
    meeting = call(world, world.ben, group=world.group)
    meetings.set_agenda(**by(world.ada, meeting), items=[Item(title="Which text?")])
    assert refused(lambda: meetings.set_agenda(**by(world.cleo, meeting), items=[])) == "meeting_of_others"
    client, here = client_of(world.ada), reverse("decide:meeting_decided", args=[meeting.id])
    item = AgendaItem.objects.get()
    sent = {
        "question": "Which text?",
        "statement": "The science book.",
        "reasons": "It is hard.",
        "review_on": (time.today() + dt.timedelta(days=30)).isoformat(),
        **{f"steps-{name}": n for name, n in (("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0))},
    }
    assert "Which text?" in client.get(f"{here}?item={item.id}").text
    assert client.post(f"{here}?item={item.id}", {**sent, "reasons": ""}).status_code == 422
    assert client.post(f"{here}?item={item.id}", sent).status_code == 302
    matter = Matter.objects.get(question="Which text?")
    assert (matter.stage, matter.group, matter.polls.count()) == (Stage.CARRYING_OUT, world.group, 0)
    item.refresh_from_db()
    assert (item.matter, item.outcome) == (matter, Outcome.objects.get(matter=matter))
    told = set(Told.objects.filter(outcome__matter=matter).values_list("person_id", flat=True))
    assert told == {world.ada.id, world.ben.id, world.guest.id}, "all whom it affects, and no others"


def test_a_meeting_comes_onto_ones_page_and_into_ones_calendar(world: World) -> None:
    meeting = call(world, world.cleo)
    make.make_membership(world.ada, world.group)
    ours = call(world, world.ada, group=world.group, title="Circle")
    with time.at(NOW):
        own_page = presenter.build_next(make.actor_of(world.ada))
        assert own_page is not None
        assert {row.title for row in own_page.context["rows"]} == {"Staff meeting", "Circle"}
        assert presenter.build_next(make.actor_of(world.colleague)) is None
        mine = calendars.list_entries(make.actor_of(world.ben))
        written = calendars.write("Mine", mine)
    assert [entry.uid for entry in mine] == [f"meeting-{meeting.id}"], "the circle is not Ben's"
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert (event["summary"], event["location"]) == (f"Staff meeting ({world.unit.name})", "Hall")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (STARTS, STARTS + dt.timedelta(hours=1))
    with time.at(NOW):
        meetings.call_off(**by(world.cleo, meeting))
        with pytest.raises(Conflict, match="meeting_called_off"):
            meetings.call_off(**by(world.cleo, meeting))
    file = client_of(world.ben).get(reverse("decide:meeting_file", args=[meeting.id]))
    (event,) = Calendar.from_ical(file.content).walk("VEVENT")
    assert (event["status"], file["Content-Type"]) == ("CANCELLED", "text/calendar; charset=utf-8")
    with time.at(STARTS + dt.timedelta(days=90)):
        assert calendars.list_entries(make.actor_of(world.ada)) == []
    assert ours.group == world.group
    assert mail.outbox == []


def test_it_is_all_done_on_pages(world: World) -> None:
    cleo = client_of(world.cleo)
    home = reverse("decide:meetings", args=[world.unit.slug])
    add = reverse("decide:meeting_add", args=[world.unit.slug])
    assert add in cleo.get(home).text
    starts = (time.now() + dt.timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    sent = {"title": "Staff meeting", "starts_at": starts, "minutes": "60"}
    assert cleo.post(add, {**sent, "minutes": "0"}).status_code == 422
    assert cleo.post(add, {**sent, "group": str(world.group.id)}).status_code == 422, "a group she is not in"
    agenda = cleo.post(add, sent)["Location"]
    meeting = Meeting.objects.get()
    here = reverse("decide:meeting", args=[meeting.id])
    assert cleo.post(agenda, {"matters": [str(world.matter.id)], "others": "Thanks\n\nCake"})["Location"] == agenda
    first, second, third = queries.list_items(meeting)
    assert (first.matter, first.brought_by, second.title) == (world.matter, world.ada, "Thanks")
    assert second.brought_by == world.cleo
    rows = {f"{item.id}-{name}": value for item in (first, second) for name, value in (("minutes", 5), ("place", 2))}
    rows |= {f"{second.id}-place": 1, f"{third.id}-place": 3, f"{third.id}-minutes": 5, f"{third.id}-take_off": "on"}
    assert cleo.post(agenda, {**rows, f"{first.id}-minutes": "many"}).status_code == 422
    assert cleo.post(agenda, rows)["Location"] == here
    assert [item.title for item in queries.list_items(meeting)] == ["Thanks", world.matter.question]
    write = reverse("decide:meeting_minutes", args=[meeting.id])
    both = {"there": [str(world.ada.id)], "apologies": [str(world.ada.id)]}
    assert cleo.post(write, both).status_code == 422
    assert cleo.post(write, {"there": [str(world.ada.id)], f"{first.id}-note": "We **heard** why."}).status_code == 302
    page = client_of(world.ben).get(here).text
    assert "<strong>heard</strong>" in page
    assert world.ada.full_name in page
    assert write not in page
    assert here in client_of(world.ben).get(reverse("decide:matter", args=[world.matter.id])).text
    change = reverse("decide:meeting_change", args=[meeting.id])
    assert cleo.post(change, {**sent, "where": "Library"}).status_code == 302
    assert "Library" in cleo.get(home).text
    assert cleo.post(reverse("decide:meeting_call_off", args=[meeting.id]), {}).status_code == 302
    assert "called off" in cleo.get(here).text


def test_pages_of_meetings_take_as_many_statements_whatever_there_is(world: World) -> None:
    actor, place = make.actor_of(world.cleo), make.place_of(world.unit)
    meeting, counts = call(world, world.cleo), []
    for more in (1, 3, 8):
        matters_ = [worlds.ask(make.actor_of(world.ada), world.unit, question=f"Why {more} {n}?") for n in range(more)]
        meetings.set_agenda(**by(world.cleo, meeting), items=[Item(matter=each) for each in matters_])
        call(world, world.cleo)
        with CaptureQueriesContext(connection) as statements:
            presenter.present_meeting(actor, queries.get_meeting_for(actor, meeting.id))
            presenter.present_meetings(actor, place, 1)
            presenter.build_next(actor)
        counts.append(len(statements))
    assert len(set(counts)) == 1, counts
