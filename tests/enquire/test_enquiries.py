"""Enquiries: begun in a minute, worked on by their team, seen by those who may, and forgotten of a person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from collegium.base import errors as base_errors
from collegium.base import time
from collegium.base.models import Event
from collegium.enquire import phrases
from collegium.enquire.enums import NoteKind, Stage, Template
from collegium.enquire.errors import WORDINGS, Invalid, NotAllowed, NotFound
from collegium.enquire.models import Enquiry, EnquiryMember, StageNote
from collegium.enquire.prompts import prompt_of
from collegium.enquire.queries import enquiries as queries
from collegium.enquire.queries import own
from collegium.enquire.services import enquiries as services
from collegium.enquire.services.enquiries import Said
from collegium.people import erasure
from collegium.people.enums import Role, UnitKind
from collegium.people.models import Person, Unit
from tests import factories as make
from tests.enquire.rows import make_enquiry

pytestmark = pytest.mark.django_db


@dataclass
class School:
    """A school in a district, and four of its people."""

    district: Unit
    unit: Unit
    steward: Person
    ada: Person
    ben: Person
    cem: Person


@pytest.fixture
def school() -> School:
    community = make.make_community()
    district = make.make_unit(community, kind=UnitKind.DISTRICT)
    unit = make.make_unit(community, "Hill", within=district)
    people = [make.make_person(community, name, "Hill", account=True) for name in ("Ada", "Ben", "Cem")]
    for person in people:
        make.make_post(person, unit)
    return School(district, unit, make.steward_of(unit), *people)


def begin(school: School, **said: object) -> Enquiry:
    told = {"title": "On time", "question": "Does it help?", **said}
    return services.begin(actor=make.actor_of(school.ada), unit=school.unit, said=Said(**told))


def found(person: Person, enquiry: Enquiry) -> queries.FoundEnquiry:
    return queries.get_enquiry_for(make.actor_of(person), enquiry.id)


# --- beginning --------------------------------------------------------------------------------------------------------
def test_a_title_and_a_question_are_enough(school: School) -> None:
    client = Client()
    client.force_login(school.ada.account)
    url = reverse("enquire:enquiry_add", args=[school.unit.slug])
    assert "A title and a question are enough" in client.get(url).content.decode()
    sent = {"title": "On  time", "question": "Does greeting help?", "template": "pdsa", "owner": str(school.ada.id)}
    done = client.post(url, sent, follow=True)
    enquiry = Enquiry.objects.get()
    assert (enquiry.title, enquiry.template, enquiry.stage) == ("On time", Template.PDSA, Stage.CONTEXT)
    assert enquiry.owner == school.ada
    text = done.content.decode()
    assert "hangs on one person" in text
    assert "What change can you try by next Tuesday" in text
    assert Event.objects.get(verb="enquiry.begun").data == {"title": "On time"}


def test_a_form_with_nothing_in_it_is_shown_again(school: School) -> None:
    client = Client()
    client.force_login(school.ada.account)
    done = client.post(reverse("enquire:enquiry_add", args=[school.unit.slug]), {"title": "", "template": "none"})
    assert done.status_code == 422
    assert not Enquiry.objects.exists()


def test_owners_are_two_and_a_friend_looks_from_outside(school: School) -> None:
    with pytest.raises(Invalid, match="enquiry_owners_alike"):
        begin(school, owner=school.ada, second_owner=school.ada)
    with pytest.raises(Invalid, match="enquiry_friend_owns"):
        begin(school, critical_friend=school.ada)
    row = begin(school, second_owner=school.ben, critical_friend=school.cem, team=[school.ben, school.steward])
    assert (row.owner, row.second_owner, row.critical_friend) == (school.ada, school.ben, school.cem)
    assert queries.list_members(row) == [school.steward]


def test_whoever_names_somebody_else_as_both_owners_does_not_own(school: School) -> None:
    row = begin(school, owner=school.ben, second_owner=school.cem)
    assert not found(school.ada, row).standing.owns


def test_nobody_of_another_community_can_be_named(school: School) -> None:
    with pytest.raises(Invalid, match="other_community"):
        begin(school, team=[make.make_person(make.make_community())])


# --- working ----------------------------------------------------------------------------------------------------------
def test_stages_may_loop_and_notes_stay(school: School) -> None:
    row = begin(school, team=[school.ben])
    ben = make.actor_of(school.ben)
    for stage in (Stage.ACTION, Stage.CONTEXT):
        services.move(actor=ben, enquiry=row, standing=found(school.ben, row).standing, stage=stage)
        services.write_note(
            actor=ben,
            enquiry=row,
            standing=found(school.ben, row).standing,
            stage=stage,
            text=f" seen at {stage} ",
            kind=NoteKind.REFLECTION,
        )
    row.refresh_from_db()
    assert row.stage == Stage.CONTEXT
    assert [note.text for note in queries.list_notes(row)] == ["seen at action", "seen at context"]


def test_those_who_are_not_in_it_read_and_write_nothing(school: School) -> None:
    row = begin(school)
    standing = found(school.cem, row).standing
    with pytest.raises(NotAllowed, match="enquiry_team_only"):
        services.move(actor=make.actor_of(school.cem), enquiry=row, standing=standing, stage=Stage.EFFECT)
    with pytest.raises(NotAllowed, match="enquiry_owners_only"):
        services.change(
            actor=make.actor_of(school.cem), enquiry=row, standing=standing, said=Said(title="X", question="Y")
        )
    ada = {"actor": make.actor_of(school.ada), "standing": found(school.ada, row).standing}
    with pytest.raises(Invalid, match="enquiry_text_missing"):
        services.write_note(enquiry=row, stage=Stage.EFFECT, text=" \0 ", **ada)


def test_the_team_is_what_was_chosen_last(school: School) -> None:
    row = begin(school, team=[school.ben])
    standing = found(school.ada, row).standing
    said = Said(title="On time", question="Does it?", owner=school.ada, second_owner=school.ben, team=[school.cem])
    services.change(actor=make.actor_of(school.ada), enquiry=row, standing=standing, said=said)
    assert queries.list_members(row) == [school.cem]
    assert found(school.ben, row).standing.owns


def test_pages_take_what_is_written_and_moved(school: School) -> None:
    row = begin(school)
    client = Client()
    client.force_login(school.ada.account)
    url = reverse("enquire:note_add", args=[row.id, "effect"])
    assert client.post(url, {"kind": "note", "text": ""}).status_code == 422
    assert client.post(url, {"kind": "note", "text": "It *helped* <b>"}).status_code == 302
    assert client.post(reverse("enquire:enquiry_move", args=[row.id]), {"stage": "effect"}).status_code == 302
    assert client.post(reverse("enquire:enquiry_move", args=[row.id]), {"stage": "nowhere"}).status_code == 422
    text = client.get(reverse("enquire:enquiry", args=[row.id])).content.decode()
    assert "It <em>helped</em>" in text
    assert "<b>" not in text
    assert client.get(reverse("enquire:note_add", args=[row.id, "nowhere"])).status_code == 404


def test_the_owners_change_it_on_a_page(school: School) -> None:
    row = begin(school)
    client = Client()
    client.force_login(school.ada.account)
    url = reverse("enquire:enquiry_change", args=[row.id])
    text = client.get(url).content.decode()
    assert 'value="On time"' in text
    sent = {"title": "Better", "question": "Why?", "template": "lesson_study", "owner": str(school.ada.id)}
    assert client.post(url, {**sent, "second_owner": str(school.ada.id)}).status_code == 422
    sent |= {"second_owner": str(school.ben.id), "team": [str(school.cem.id)], "aim": "All of them"}
    assert client.post(url, sent).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.second_owner, row.aim) == ("Better", school.ben, "All of them")


def test_it_ends_with_a_finding_whichever_way_it_went(school: School) -> None:
    row = begin(school, team=[school.ben])
    client = Client()
    client.force_login(school.ada.account)
    url = reverse("enquire:enquiry_close", args=[row.id])
    assert client.post(url, {"ending": "abandon", "finding": " "}).status_code == 422
    text = client.post(url, {"ending": "abandon", "finding": "It did *not* help."}, follow=True).content.decode()
    assert "We abandon it" in text
    assert "It did <em>not</em> help." in text
    for name in ("enquiry_change", "enquiry_close"):
        assert client.get(reverse(f"enquire:{name}", args=[row.id])).status_code == 403
    assert client.post(reverse("enquire:enquiry_move", args=[row.id]), {"stage": "effect"}).status_code == 403
    assert "We abandon it" in client.get(reverse("enquire:unit_enquire", args=[school.unit.slug])).content.decode()
    assert Event.objects.get(verb="enquiry.closed").data == {"title": "On time", "ending": "abandon"}


# --- who sees what ----------------------------------------------------------------------------------------------------
def test_a_team_reaches_across_schools_and_others_see_nothing(school: School) -> None:
    other = make.make_unit(school.unit.community, "Vale", within=school.district)
    guest, outsider = (make.make_person(school.unit.community) for _ in range(2))
    for person in (guest, outsider):
        make.make_post(person, other)
    row = begin(school, team=[guest])
    assert found(guest, row).standing.in_team
    with pytest.raises(NotFound):
        found(outsider, row)
    with pytest.raises(NotFound):
        found(make.steward_of(make.make_unit(make.make_community())), row)
    # On the page of the district, members of another school see only what they work on.
    place = make.place_of(school.district)
    assert list(queries.list_enquiries_for(make.actor_of(guest), place)) == [row]
    assert list(queries.list_enquiries_for(make.actor_of(outsider), place)) == []
    leader = make.make_person(school.unit.community)
    make.make_role(leader, school.district, Role.LEAD)
    assert list(queries.list_enquiries_for(make.actor_of(leader), place)) == [row]


def test_the_list_asks_as_much_for_thirty_as_for_one(school: School) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(school.ada.account)
    url = reverse("enquire:unit_enquire", args=[school.unit.slug])
    assert "Nothing is being found out yet" in client.get(url).content.decode()
    counts = []
    for add in (1, 2, 27):
        for _ in range(add):
            make_enquiry(school.unit, school.ada, second_owner=school.ben)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        counts.append(len(captured))
    assert len(set(counts)) == 1, counts


def test_what_nobody_touches_is_called_quiet(school: School) -> None:
    row = begin(school, second_owner=school.ben)
    Enquiry.objects.filter(id=row.id).update(touched_at=time.now() - dt.timedelta(days=60))
    client = Client()
    client.force_login(school.cem.account)
    assert ">quiet<" in client.get(reverse("enquire:unit_enquire", args=[school.unit.slug])).content.decode()


# --- one's own --------------------------------------------------------------------------------------------------------
def test_one_takes_away_what_is_kept_and_may_be_forgotten(school: School) -> None:
    row = begin(school, second_owner=school.ben, team=[school.cem])
    standing = found(school.cem, row).standing
    services.write_note(
        actor=make.actor_of(school.cem), enquiry=row, standing=standing, stage=Stage.CONTEXT, text="Late"
    )
    assert own.dump(school.cem.id)["notes"][0]["text"] == "Late"
    assert [each["as"] for each in own.dump(school.cem.id)["in"]] == ["member"]
    assert [each["as"] for each in own.dump(school.ben.id)["in"]] == ["owner"]
    for person in (school.ben, school.cem):
        erasure.forget_person(person.id)
        assert not any(own.dump(person.id).values())
    row.refresh_from_db()
    assert (row.second_owner_id, EnquiryMember.objects.count()) == (None, 0)
    assert StageNote.objects.get().text == "Late"


# --- words ------------------------------------------------------------------------------------------------------------
def test_every_stage_of_every_kind_asks_something() -> None:
    for template in Template:
        for stage in Stage:
            assert prompt_of(template, stage).endswith(("?", "."))


def test_every_code_and_verb_is_worded() -> None:
    assert base_errors.list_worded_codes() >= WORDINGS.keys()
    assert all(verb.split(".")[0] in phrases.KINDS for verb in phrases.PHRASES)
