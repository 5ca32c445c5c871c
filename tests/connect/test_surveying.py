"""Opening a tie survey and what the time brings to it: invitations, reminders, closing; and stopping it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail

from collegium.base import time
from collegium.base.errors import CollegiumError
from collegium.base.models import Event, Job
from collegium.connect.enums import WaveState
from collegium.connect.models import Tie, TieLayer, TieWave, WaveMember
from collegium.connect.queries import asking, roster
from collegium.connect.services import closing, mailing, surveying, upkeep
from collegium.listen import instruments
from collegium.listen.models import InstrumentVersion
from collegium.listen.queries import instruments as instrument_queries
from collegium.listen.services import drafting, versions
from collegium.people.enums import Level, TieKind, UnitKind
from collegium.people.models import Person
from tests import factories as make
from tests.connect import worlds
from tests.listen import worlds as schools

pytestmark = pytest.mark.django_db


def refused(act: Callable[[], object]) -> str:
    """Return the code with which something is refused."""
    with pytest.raises(CollegiumError) as caught:
        act()
    return caught.value.code


def jobs_of(wave: TieWave, name: str) -> list[Job]:
    return list(Job.objects.filter(name=name, arguments__wave_id=str(wave.id)))


def quietly(_done: int, _total: int, _step: str = "") -> None:
    """Report to nobody."""


# --- opening ----------------------------------------------------------------------------------------------------------
def test_a_reason_that_is_too_long_is_refused_and_not_cut() -> None:
    school = schools.build_school(teams=(3, 3))
    assert refused(lambda: worlds.open_wave(school.unit, school.steward, why="x" * 2001)) == "text_too_long"
    assert worlds.open_wave(school.unit, school.steward, why=" " + "x" * 2000).why == "x" * 2000


def test_opening_writes_down_who_is_asked_what_and_where_they_stand() -> None:
    school = schools.build_school(teams=(3, 2), support=2)
    head = make.make_person(school.community)
    make.make_post(head, school.unit, "Head", level=Level.SENIOR)
    governor = make.make_person(school.community)
    make.make_post(governor, school.unit, "Governor", level=Level.GOVERNANCE)
    wave = worlds.open_wave(school.unit, school.steward, why="  So that nobody stands alone. ")
    members = {member.person_id: member for member in WaveMember.objects.filter(wave=wave)}
    assert members.keys() == {person.id for person in [*school.staff, head]}
    assert sorted(member.number for member in members.values()) == list(range(8))
    first = members[school.staff[0].id]
    assert (first.school_id, first.team_id, first.level) == (school.unit.id, school.teams[0].id, "classroom")
    assert (first.asked, first.answered, first.shown, first.has_post) == (True, False, True, False)
    assert (members[head.id].has_post, members[head.id].team_id) == (True, None)
    layers = list(TieLayer.objects.filter(wave=wave).order_by("position"))
    assert [layer.key for layer in layers] == ["advice", "support", "collaboration", "confidence", "learning"]
    assert layers[0].labels == [[1, "Once or twice"], [2, "About every week"], [3, "Nearly every day"]]
    assert (layers[0].most, layers[0].may_name_partners, layers[3].labels) == (15, False, [])
    assert (wave.state, wave.why, wave.language, wave.opens_at) == (
        WaveState.OPEN, "So that nobody stands alone.", "en", worlds.OPENS
    )  # fmt: skip
    assert Event.objects.get(verb="wave.opened").data["asked"] == 8


def test_a_wave_of_schools_knows_the_school_of_everybody() -> None:
    community = make.make_community()
    alliance = make.make_unit(community, kind=UnitKind.ALLIANCE)
    one = schools.build_school(community, teams=(3,), support=1, within=alliance)
    two = schools.build_school(community, teams=(2,), within=alliance)
    office = make.make_person(community)
    make.make_post(office, alliance, "Coordinator", level=Level.MIDDLE)
    wave = worlds.open_wave(alliance, make.steward_of(alliance), may_name_partners=True)
    found = dict(WaveMember.objects.filter(wave=wave).values_list("person_id", "school_id"))
    assert found == {
        **{person.id: one.unit.id for person in one.staff},
        **{person.id: two.unit.id for person in two.staff},
        office.id: None,
    }
    assert TieLayer.objects.filter(wave=wave, may_name_partners=True).count() == 5


def test_a_team_and_a_team_in_a_team_belong_to_the_school_around_them() -> None:
    community = make.make_community()
    school = schools.build_school(community, teams=(5,))
    inner = make.make_unit(community, kind=UnitKind.TEAM, within=school.teams[0])
    person = make.make_person(community)
    make.make_post(person, inner)
    day = worlds.OPENS.date()
    (standing,) = [each for each in roster.list_standings(school.teams[0].id, day) if each.person_id == person.id]
    assert (standing.school_id, standing.team_id) == (school.unit.id, inner.id)
    assert roster.list_standings_of([person.id], day) == [standing]
    assert [each for each in roster.list_standings(school.unit.id, day) if each.person_id == person.id] == [standing]


def test_partner_schools_are_those_named_and_those_of_the_alliance() -> None:
    community = make.make_community()
    alliance = make.make_unit(community, kind=UnitKind.ALLIANCE)
    district = make.make_unit(community, kind=UnitKind.DISTRICT)
    own, beside = (make.make_unit(community, within=alliance) for _each in range(2))
    named, inverse, stranger = (make.make_unit(community, within=district) for _each in range(3))
    make.contain(own, named, kind=TieKind.PARTNER)
    make.contain(inverse, own, kind=TieKind.PARTNER)
    make.contain(district, own)
    found = roster.list_partner_schools(own.id, worlds.OPENS.date())
    assert found == {beside.id, named.id, inverse.id}
    assert stranger.id not in found


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        ({"closes_at": worlds.OPENS}, "wave_closes_in_past"),
        ({"opens_at": worlds.CLOSES, "closes_at": worlds.CLOSES}, "wave_times"),
        ({"closes_at": worlds.OPENS + dt.timedelta(days=61)}, "wave_too_long"),
        ({"levels": ["senior"]}, "wave_too_few"),
        ({"title": "  "}, "text_missing"),
    ],
)
def test_what_cannot_be_opened_is_refused(choices: dict[str, object], code: str) -> None:
    school = schools.build_school(teams=(5,))
    assert refused(lambda: worlds.open_wave(school.unit, school.steward, **choices)) == code
    assert not TieWave.objects.exists()


def test_only_stewards_open_and_only_one_at_a_time() -> None:
    school = schools.build_school(teams=(5,))
    lead = make.make_person(school.community)
    make.make_role(lead, school.unit, "lead")
    stranger = make.steward_of(make.make_unit(make.make_community()))
    assert refused(lambda: worlds.open_wave(school.teams[0], make.steward_of(school.teams[0]))) == "wave_of_team"
    assert refused(lambda: worlds.open_wave(school.unit, lead)) == "wave_stewards_only"
    assert refused(lambda: worlds.open_wave(school.unit, stranger)) == "unit_elsewhere"
    worlds.open_wave(school.unit, school.steward)
    assert refused(lambda: worlds.open_wave(school.unit, school.steward)) == "wave_open_already"


def test_an_anonymous_questionnaire_and_ties_never_change_places() -> None:
    school = schools.build_school(teams=(6,))
    actor = make.actor_of(school.steward)
    opened = {"actor": actor, "unit": school.unit, "title": "Ties"}
    with time.at(worlds.OPENS):
        assert refused(lambda: surveying.open_survey(**opened, instrument="heartbeat")) == "wave_instrument"
        times = {"opens_at": worlds.OPENS, "closes_at": worlds.CLOSES, "results_at": worlds.AFTER}
        pulse = {**opened, **times, "levels": ["classroom"]}
        for instrument, code in ((worlds.INSTRUMENT, "unknown_instrument"), (own_ties(school), "ties_not_in_pulse")):
            assert refused(lambda said=instrument: drafting.save_draft(**pulse, instrument=said)) == code
        offered = asking.list_instruments(actor, make.place_of(school.unit))
        assert list(offered) == [worlds.INSTRUMENT, own_ties(school)]


def own_ties(school: schools.School) -> str:
    """Return the id of the school's own version of the shipped questionnaire, made the first time."""
    shipped = instruments.get_shipped(worlds.INSTRUMENT)
    version, _made = InstrumentVersion.objects.get_or_create(
        community=school.community,
        unit=school.unit,
        key="our_ties",
        version=1,
        defaults={"title": "Ours", "definition": instruments.write(shipped).replace("who_turns_to_whom", "our_ties")},
    )
    return str(version.id)


def test_a_questionnaire_that_was_asked_counts_as_used() -> None:
    school = schools.build_school(teams=(5,))
    version = versions.keep_shipped(make.actor_of(school.steward), worlds.INSTRUMENT)
    assert not instrument_queries.is_used(version.id)
    wave = worlds.open_wave(school.unit, school.steward)
    assert wave.instrument_id == version.id
    assert instrument_queries.is_used(version.id)


# --- mail -------------------------------------------------------------------------------------------------------------
def test_one_address_that_is_refused_keeps_nobody_else_from_being_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, send = worlds.ask_school(teams=(5,)), mail.EmailMessage.send
    refused_one = asked.staff[0].email

    def refuse(message: mail.EmailMessage) -> int:
        if message.to == [refused_one]:
            raise SMTPRecipientsRefused({refused_one: (550, b"no such user")})
        return int(send(message))

    monkeypatch.setattr(mail.EmailMessage, "send", refuse)
    with time.at(worlds.DURING):
        assert mailing.invite(report=quietly, wave_id=str(asked.wave.id)) == {"sent": 4}
    assert {message.to[0] for message in mail.outbox} == {person.email for person in asked.staff[1:]}


def test_invitations_and_reminders_go_to_those_who_can_be_written_to() -> None:
    asked = worlds.ask_school(teams=(5,))
    Person.objects.filter(id=asked.staff[4].id).update(email="")
    assert len(jobs_of(asked.wave, mailing.INVITE_JOB)) == 1
    with time.at(worlds.DURING):
        assert mailing.invite(report=quietly, wave_id=str(asked.wave.id)) == {"sent": 4}
        assert mailing.invite(report=quietly, wave_id=str(asked.wave.id)) == {"sent": 0}
    assert {message.to[0] for message in mail.outbox} == {person.email for person in asked.staff[:4]}
    text = mail.outbox[0].body
    assert f"/connect/{asked.wave.id}/" in text
    assert "not anonymous" in text
    assert mail.outbox[0].subject == f"{asked.school.unit.name} asks: Who turns to whom"
    worlds.hand_in(asked.wave, asked.staff[0])
    mail.outbox.clear()
    with time.at(worlds.CLOSES - dt.timedelta(hours=71)):
        assert mailing.remind(report=quietly, wave_id=str(asked.wave.id), number=1) == {"sent": 3}
        assert mailing.remind(report=quietly, wave_id=str(asked.wave.id), number=1) == {"sent": 0}
    assert asked.staff[0].email not in {message.to[0] for message in mail.outbox}


def test_the_worker_does_what_is_due_and_nothing_twice() -> None:
    asked = worlds.ask_school(teams=(5,), opens_at=worlds.OPENS + dt.timedelta(days=1))
    wave = asked.wave
    upkeep_at(worlds.DURING)
    assert not jobs_of(wave, mailing.INVITE_JOB)
    upkeep_at(wave.opens_at)
    upkeep_at(wave.opens_at)
    assert len(jobs_of(wave, mailing.INVITE_JOB)) == 1
    with time.at(wave.opens_at):
        mailing.invite(report=quietly, wave_id=str(wave.id))
    Job.objects.all().delete()
    upkeep_at(wave.closes_at - dt.timedelta(hours=73))
    assert not jobs_of(wave, mailing.REMIND_JOB)
    upkeep_at(wave.closes_at - dt.timedelta(hours=72))
    upkeep_at(wave.closes_at - dt.timedelta(hours=70))
    assert [job.arguments["number"] for job in jobs_of(wave, mailing.REMIND_JOB)] == [1]
    upkeep_at(wave.closes_at)
    upkeep_at(wave.closes_at)
    assert len(jobs_of(wave, closing.CLOSE_JOB)) == 1


def upkeep_at(instant: dt.datetime) -> None:
    with time.at(instant):
        upkeep.do_what_is_due()


# --- closing and stopping ---------------------------------------------------------------------------------------------
def test_closing_forgets_what_was_never_handed_in_and_has_the_rest_worked_out() -> None:
    asked = worlds.ask_school()
    one, other, third = asked.staff[:3]
    worlds.say(asked.wave, one, {other: 2})
    worlds.choose(asked.wave, other, {third: 1})
    with time.at(worlds.CLOSES - dt.timedelta(seconds=1)):
        closing.close(report=quietly, wave_id=str(asked.wave.id))
    asked.wave.refresh_from_db()
    assert asked.wave.state == WaveState.OPEN, "never before its time"
    wave = worlds.close(asked.wave)
    assert (wave.state, wave.closed_at) == (WaveState.CLOSED, worlds.CLOSES)
    assert not WaveMember.objects.filter(wave=wave).exclude(draft={}).exists()
    assert Tie.objects.filter(layer__wave=wave).count() == 1
    assert len(jobs_of(wave, "connect.analyse")) == 1
    worlds.close(wave)
    assert Event.objects.filter(verb="wave.closed").count() == 1
    again = worlds.open_wave(asked.school.unit, asked.school.steward, at=worlds.AFTER)
    assert again.earlier_id == wave.id


def test_stopping_deletes_what_was_handed_in() -> None:
    asked = worlds.ask_school()
    worlds.say(asked.wave, asked.staff[0], {asked.staff[1]: 1})
    actor = make.actor_of(asked.school.steward)
    with time.at(worlds.DURING):
        assert refused(lambda: surveying.stop_wave(actor=make.actor_of(asked.staff[0]), wave=asked.wave)) == (
            "wave_stewards_only"
        )
        surveying.stop_wave(actor=actor, wave=asked.wave)
        assert refused(lambda: surveying.stop_wave(actor=actor, wave=asked.wave)) == "wave_not_open_any_more"
    assert not Tie.objects.exists()
    assert not WaveMember.objects.filter(answered=True).exists()
    assert refused(lambda: worlds.hand_in(asked.wave, asked.staff[0])) == "wave_stopped"
    worlds.open_wave(asked.school.unit, asked.school.steward, at=worlds.DURING)
