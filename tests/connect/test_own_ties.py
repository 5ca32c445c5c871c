"""What is somebody's own: their ties to see and withdraw, their mark, their name, and being forgotten."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.utils import translation

from collegium.base import time
from collegium.base.models import Event, Job
from collegium.connect.models import NamePermission, Tie, TieLayer, WaveMember
from collegium.connect.queries import own_ties as queries
from collegium.connect.queries import waves
from collegium.connect.services import own_ties
from collegium.people.enums import UnitKind
from collegium.people.models import Person
from collegium.people.queries import own_data
from collegium.people.services import persons
from tests import factories as make
from tests.connect import worlds
from tests.connect.test_surveying import jobs_of, refused
from tests.listen import worlds as schools

pytestmark = pytest.mark.django_db

ANALYSE = "connect.analyse"


def closed_wave() -> worlds.Asked:
    """A closed survey in which the first named the second and third, and the second the first."""
    asked = worlds.ask_school()
    one, other, third = asked.staff[:3]
    worlds.choose(asked.wave, one, {other: 3, third: 1})
    worlds.choose(asked.wave, one, {third: None}, key="learning")
    worlds.hand_in(asked.wave, one)
    worlds.say(asked.wave, other, {one: 2})
    worlds.close(asked.wave)
    Job.objects.all().delete()
    return asked


def test_somebody_sees_what_they_said_and_nothing_that_others_did() -> None:
    asked = closed_wave()
    one, other, third = asked.staff[:3]
    (own,) = queries.list_own_waves(make.actor_of(one))
    assert [(tie.layer, tie.name, tie.how_often) for tie in own.ties] == [
        ("Advice", other.full_name, "Nearly every day"),
        ("Advice", third.full_name, "Once or twice"),
        ("Learning together", third.full_name, ""),
    ]
    (quiet,) = queries.list_own_waves(make.actor_of(third))
    assert (quiet.member.answered, quiet.ties) == (False, ())
    assert queries.list_own_waves(make.actor_of(asked.school.steward)) == []


def test_how_long_waves_take_is_one_question_and_written_as_the_reader_writes(
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    first, second = worlds.ask_school(), worlds.ask_school()
    kept = TieLayer.objects.filter(wave=second.wave).values_list("id", flat=True)[:3]
    TieLayer.objects.filter(wave=second.wave).exclude(id__in=list(kept)).delete()
    with django_assert_num_queries(1), translation.override("de"):
        found = waves.minutes_of(first.wave, second.wave)
    assert found == {first.wave.id: "4", second.wave.id: "2,5"}


def test_ties_are_withdrawn_one_by_one_or_all_and_the_result_is_worked_out_anew() -> None:
    asked = closed_wave()
    one, other = asked.staff[:2]
    actor = make.actor_of(one)
    tie = Tie.objects.filter(source__person=one).first()
    assert refused(lambda: queries.get_own_tie(make.actor_of(other), tie.id)) == "not_found"
    assert refused(lambda: own_ties.withdraw_tie(actor=make.actor_of(other), tie=tie)) == "ties_of_others"
    events = Event.objects.count()
    own_ties.withdraw_tie(actor=actor, tie=queries.get_own_tie(actor, tie.id))
    assert Tie.objects.filter(source__person=one).count() == 2
    assert len(jobs_of(asked.wave, ANALYSE)) == 1
    member = queries.get_own_wave(actor, asked.wave.id)
    assert refused(lambda: own_ties.withdraw_ties(actor=make.actor_of(other), member=member)) == "ties_of_others"
    own_ties.withdraw_ties(actor=actor, member=member)
    own_ties.withdraw_ties(actor=actor, member=member)
    assert list(Tie.objects.values_list("source__person_id", flat=True)) == [other.id]
    assert not worlds.member_of(asked.wave, one).answered, "as if they had not answered"
    assert Event.objects.count() == events, "who withdrew is in no trail"


def test_withdrawing_while_the_survey_is_open_works_nothing_out() -> None:
    asked = worlds.ask_school()
    worlds.say(asked.wave, asked.staff[0], {asked.staff[1]: 1})
    actor = make.actor_of(asked.staff[0])
    own_ties.withdraw_ties(actor=actor, member=queries.get_own_wave(actor, asked.wave.id))
    assert not Tie.objects.exists()
    assert not jobs_of(asked.wave, ANALYSE)


def test_who_declines_to_be_shown_is_not_in_any_wave_past_or_to_come() -> None:
    asked = closed_wave()
    one = asked.staff[0]
    actor = make.actor_of(one)
    assert queries.is_shown(actor)
    own_ties.choose_to_be_shown(actor=actor, shown=False)
    assert not queries.is_shown(actor)
    assert not worlds.member_of(asked.wave, one).shown
    assert len(jobs_of(asked.wave, ANALYSE)) == 1
    own_ties.choose_to_be_shown(actor=actor, shown=False)
    assert len(jobs_of(asked.wave, ANALYSE)) == 1, "nothing changed"
    later = worlds.open_wave(asked.school.unit, asked.school.steward, at=worlds.AFTER)
    shown = dict(WaveMember.objects.filter(wave=later).values_list("person_id", "shown"))
    assert {person for person, is_shown in shown.items() if not is_shown} == {one.id}
    own_ties.choose_to_be_shown(actor=actor, shown=True)
    assert not WaveMember.objects.filter(shown=False).exists()


def test_one_can_decline_before_one_was_ever_asked() -> None:
    school = schools.build_school(teams=(5,))
    newcomer = make.actor_of(school.staff[0])
    own_ties.choose_to_be_shown(actor=newcomer, shown=False)
    own_ties.choose_to_be_shown(actor=newcomer, shown=False)
    assert not queries.is_shown(newcomer)
    wave = worlds.open_wave(school.unit, school.steward)
    assert [member.person_id for member in WaveMember.objects.filter(wave=wave, shown=False)] == [newcomer.person_id]


def test_a_name_is_shown_to_whom_its_owner_chose_and_to_nobody_by_right_of_office() -> None:
    asked = closed_wave()
    one, other = asked.staff[:2]
    actor, stranger = make.actor_of(one), make.steward_of(make.make_unit(make.make_community()))
    district = make.make_unit(asked.school.community, kind=UnitKind.DISTRICT)
    permission = own_ties.let_colleague_see(actor=actor, viewer=other)
    team = own_ties.let_unit_see(actor=actor, unit=asked.school.teams[0])
    assert refused(lambda: own_ties.let_colleague_see(actor=actor, viewer=other)) == "name_seen_already"
    assert refused(lambda: own_ties.let_colleague_see(actor=actor, viewer=one)) == "name_to_yourself"
    assert refused(lambda: own_ties.let_colleague_see(actor=actor, viewer=stranger)) == "name_elsewhere"
    assert refused(lambda: own_ties.let_unit_see(actor=actor, unit=asked.school.teams[0])) == "name_seen_already"
    for unit in (asked.school.teams[1], district):
        assert refused(lambda unit=unit: own_ties.let_unit_see(actor=actor, unit=unit)) == "name_elsewhere"
    assert [row.id for row in queries.list_permissions(actor)] == [team.id, permission.id]
    assert {unit.id for unit in queries.list_units_to_let_see(actor)} == {
        asked.school.unit.id, asked.school.teams[0].id
    }  # fmt: skip
    assert refused(lambda: queries.get_permission(make.actor_of(other), permission.id)) == "not_found"
    assert refused(lambda: own_ties.hide_name(actor=make.actor_of(other), permission=permission)) == "ties_of_others"
    own_ties.hide_name(actor=actor, permission=permission)
    assert [row.id for row in queries.list_permissions(actor)] == [team.id]


def test_who_is_erased_leaves_a_mark_that_nobody_is_drawn_for() -> None:
    asked = closed_wave()
    one, other = asked.staff[:2]
    own_ties.let_colleague_see(actor=make.actor_of(one), viewer=other)
    own_ties.let_colleague_see(actor=make.actor_of(other), viewer=one)
    number = worlds.member_of(asked.wave, one).number
    with time.at(worlds.AFTER):
        persons.erase_person(actor=make.actor_of(one), person=one)
    left = WaveMember.objects.get(wave=asked.wave, number=number)
    assert (left.person_id, left.answered, left.shown, left.team_id) == (None, False, False, asked.school.teams[0].id)
    assert not Tie.objects.filter(source=left).exists()
    assert Tie.objects.filter(target=left).count() == 1, "what others said is theirs"
    assert not NamePermission.objects.exists()
    assert len(jobs_of(asked.wave, ANALYSE)) == 1
    (own,) = queries.list_own_waves(make.actor_of(other))
    assert [tie.name for tie in own.ties] == [""]


def test_everything_held_of_somebody_goes_into_the_file_they_take_away() -> None:
    asked = closed_wave()
    one, other, third = asked.staff[:3]
    own_ties.let_colleague_see(actor=make.actor_of(one), viewer=other)
    later = worlds.open_wave(asked.school.unit, asked.school.steward, at=worlds.AFTER)
    worlds.choose(later, one, {third: 2}, at=worlds.AFTER)
    held = own_data.dump(own_data.get_own_data(Person.objects.get(id=one.id)))["ties"]
    assert json.loads(json.dumps(held)) == held
    with pytest.raises(ValueError, match="twice"):
        own_data.register("ties", queries.dump)
    assert held["who_may_see_my_name"] == [other.full_name]
    by_answered = {wave["answered"]: wave for wave in held["waves"]}
    assert by_answered[True]["ties"][0] == {"kind": "Advice", "person": other.full_name, "weight": 3.0}
    assert by_answered[False]["begun_and_not_handed_in"] == {"advice": {str(third.id): 2}}
    assert other.full_name not in json.dumps(own_data.dump(own_data.get_own_data(Person.objects.get(id=third.id))))
