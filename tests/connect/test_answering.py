"""Answering a tie survey: what counts, what is refused, and what closes behind the last."""

from __future__ import annotations

import random
import uuid

import pytest

from collegium.base import time
from collegium.base.errors import CollegiumError
from collegium.base.models import Event
from collegium.connect.models import Tie, TieLayer, TieWave, WaveMember
from collegium.connect.queries import own_ties, waves
from collegium.connect.queries.candidates import Candidates
from collegium.connect.services import answering
from collegium.people.enums import UnitKind
from collegium.people.models import Person
from collegium.people.services import persons
from tests import factories as make
from tests.connect import worlds
from tests.connect.test_surveying import refused
from tests.listen import worlds as schools

pytestmark = pytest.mark.django_db


def ties_of(wave: TieWave) -> set[tuple[str, uuid.UUID, uuid.UUID, float]]:
    rows = Tie.objects.filter(layer__wave=wave)
    return set(rows.values_list("layer__key", "source__person_id", "target__person_id", "weight"))


def keep(wave: TieWave, person: Person, named: list[tuple[uuid.UUID, int | None]], key: str = "advice") -> None:
    with time.at(worlds.DURING):
        answering.keep_draft(
            actor=make.actor_of(person),
            member=worlds.member_of(wave, person),
            layer=worlds.layer_of(wave, key),
            named=named,
        )


# --- what counts ------------------------------------------------------------------------------------------------------
def test_nothing_counts_until_it_is_handed_in_and_then_all_of_it() -> None:
    asked = worlds.ask_school()
    one, other, third = asked.staff[:3]
    events = Event.objects.count()
    worlds.choose(asked.wave, one, {other: 3, third: None})
    worlds.choose(asked.wave, one, {third: None}, key="learning")
    assert not Tie.objects.exists()
    assert refused(lambda: worlds.hand_in(asked.wave, one)) == "how_often_missing"
    assert not worlds.member_of(asked.wave, one).answered
    worlds.choose(asked.wave, one, {other: 3, third: 1})
    worlds.hand_in(asked.wave, one)
    assert ties_of(asked.wave) == {
        ("advice", one.id, other.id, 3.0),
        ("advice", one.id, third.id, 1.0),
        ("learning", one.id, third.id, 1.0),
    }
    member = worlds.member_of(asked.wave, one)
    assert (member.answered, member.draft) == (True, {})
    assert Event.objects.count() == events, "when somebody answered is nobody's business"


def test_what_was_handed_in_can_be_changed_until_the_survey_closes() -> None:
    asked = worlds.ask_school()
    one, other, third = asked.staff[:3]
    worlds.say(asked.wave, one, {other: 3})
    worlds.hand_in(asked.wave, one)
    assert own_ties.read_draft(worlds.member_of(asked.wave, one)) == {"advice": {other.id: 3}}
    worlds.choose(asked.wave, one, {third: 1}, key="learning")
    assert len(ties_of(asked.wave)) == 1
    worlds.choose(asked.wave, one, {})
    worlds.hand_in(asked.wave, one)
    assert ties_of(asked.wave) == {("learning", one.id, third.id, 1.0)}
    worlds.close(asked.wave)
    assert refused(lambda: worlds.hand_in(asked.wave, one)) == "wave_over"


def test_to_turn_to_nobody_is_an_answer() -> None:
    asked = worlds.ask_school()
    worlds.hand_in(asked.wave, asked.staff[0])
    assert worlds.member_of(asked.wave, asked.staff[0]).answered
    assert waves.count_progress([asked.wave], make.place_of(asked.school.unit)) == {
        asked.wave.id: waves.Progress(asked=6, answered=1)
    }


# --- what is refused --------------------------------------------------------------------------------------------------
def test_what_makes_no_tie_is_refused_and_what_was_kept_stays() -> None:
    school = schools.build_school(teams=(9, 9))
    wave = worlds.open_wave(school.unit, school.steward)
    one, other = school.staff[:2]
    elsewhere = worlds.ask_school()
    beside = schools.build_school(school.community, teams=(1,))
    keep(wave, one, [(other.id, 2)])
    everybody = [(person.id, 1) for person in school.staff[1:]]
    for named, code in [
        ([(uuid.uuid4(), 1)], "nobody_of_that_kind"),
        ([(elsewhere.staff[0].id, 1)], "nobody_of_that_kind"),
        ([(beside.staff[0].id, 1)], "nobody_of_that_kind"),
        ([(school.steward.id, 1)], "nobody_of_that_kind"),
        ([(one.id, 1)], "tie_to_yourself"),
        ([(other.id, 1), (other.id, 2)], "named_twice"),
        (everybody[:16], "too_many_named"),
        ([(other.id, 4)], "how_often_unknown"),
        ([(other.id, 0)], "how_often_unknown"),
    ]:
        assert refused(lambda named=named: keep(wave, one, named)) == code
    assert refused(lambda: keep(wave, one, [(other.id, 2)], key="learning")) == "how_often_unknown"
    assert own_ties.read_draft(worlds.member_of(wave, one)) == {"advice": {other.id: 2}}
    keep(wave, one, everybody[:15])


def test_nobody_answers_for_another_nor_in_a_survey_that_does_not_ask_them() -> None:
    asked, elsewhere = worlds.ask_school(), worlds.ask_school()
    one, other = asked.staff[:2]
    with time.at(worlds.DURING):
        forged = {"actor": make.actor_of(other), "member": worlds.member_of(asked.wave, one)}
        assert refused(lambda: answering.hand_in(**forged)) == "not_in_wave"
        assert refused(lambda: answering.keep_draft(**forged, layer=worlds.layer_of(asked.wave), named=[])) == (
            "not_in_wave"
        )
        for stranger in (asked.school.steward, elsewhere.staff[0]):
            assert refused(lambda who=stranger: waves.get_own_member(make.actor_of(who), asked.wave.id)) == "not_found"


@pytest.mark.parametrize(
    ("at", "code"), [(worlds.OPENS - (worlds.DURING - worlds.OPENS), "wave_not_yet"), (worlds.CLOSES, "wave_over")]
)
def test_time_opens_and_closes_a_survey_before_the_worker_does(at: object, code: str) -> None:
    asked = worlds.ask_school()
    one, other = asked.staff[:2]
    worlds.choose(asked.wave, one, {other: 1})
    assert refused(lambda: worlds.hand_in(asked.wave, one, at=at)) == code
    assert refused(lambda: worlds.choose(asked.wave, one, {}, at=at)) == code
    assert not Tie.objects.exists()


def test_who_was_erased_meanwhile_can_be_named_no_more() -> None:
    asked = worlds.ask_school()
    one, other = asked.staff[:2]
    worlds.choose(asked.wave, one, {other: 1})
    with time.at(worlds.DURING):
        persons.erase_person(actor=make.actor_of(other), person=other)
    assert own_ties.read_draft(worlds.member_of(asked.wave, one)) == {"advice": {}}
    assert refused(lambda: keep(asked.wave, one, [(other.id, 1)])) == "nobody_of_that_kind"
    worlds.hand_in(asked.wave, one)
    assert not Tie.objects.exists()


# --- whom one can name ------------------------------------------------------------------------------------------------
def test_ones_own_team_comes_first_and_a_search_finds_by_all_words() -> None:
    asked = worlds.ask_school(teams=(3, 3))
    one, other = asked.staff[:2]
    Person.objects.filter(id=other.id).update(given_name="Zoë", family_name="Zuckmayer")
    Person.objects.filter(id=asked.staff[5].id).update(given_name="Zoë", family_name="Adler")
    found = Candidates(worlds.member_of(asked.wave, one), worlds.layer_of(asked.wave))
    near = found.list_near()
    assert [each.person_id for each in near[:2]] == sorted(
        [person.id for person in asked.staff[1:3]], key=lambda each: each == other.id
    )
    assert len(near) == 5
    assert [each.name for each in found.search("zo")] == ["Zoë Adler", "Zoë Zuckmayer"]
    assert [each.name for each in found.search("zo zuck")] == ["Zoë Zuckmayer"]
    assert found.search("zo")[0].where == f"Teacher, {asked.school.teams[1].name}"
    assert found.search("z") == found.search("") == []
    assert found.search(one.family_name) == []


def test_people_of_other_schools_can_be_named_where_the_survey_lets_them_be() -> None:
    community = make.make_community()
    alliance = make.make_unit(community, kind=UnitKind.ALLIANCE)
    one = schools.build_school(community, teams=(3,), within=alliance)
    two = schools.build_school(community, teams=(3,), within=alliance)
    steward = make.steward_of(alliance)
    closed_in = worlds.open_wave(alliance, steward)
    teacher, partner = one.staff[0], two.staff[0]
    assert refused(lambda: worlds.choose(closed_in, teacher, {partner: 1})) == "nobody_of_that_kind"
    worlds.close(closed_in)
    wave = worlds.open_wave(alliance, steward, at=worlds.AFTER, may_name_partners=True)
    during = worlds.AFTER + (worlds.DURING - worlds.OPENS)
    worlds.choose(wave, teacher, {partner: 1}, at=during)
    worlds.hand_in(wave, teacher, at=during)
    assert len(ties_of(wave)) == 1
    (found,) = Candidates(worlds.member_of(wave, teacher), worlds.layer_of(wave)).search(partner.family_name)
    assert found.where == two.unit.name, "of another school no more than its name is said"


def test_people_of_partner_schools_join_a_schools_survey_by_being_named() -> None:
    community = make.make_community()
    alliance = make.make_unit(community, kind=UnitKind.ALLIANCE)
    own = schools.build_school(community, teams=(5,), within=alliance)
    beside = schools.build_school(community, teams=(2,), within=alliance)
    stranger = schools.build_school(community, teams=(2,))
    wave = worlds.open_wave(own.unit, own.steward, may_name_partners=True)
    teacher, partner = own.staff[0], beside.staff[0]
    found = Candidates(worlds.member_of(wave, teacher), worlds.layer_of(wave))
    assert [each.where for each in found.search(partner.family_name)] == [beside.unit.name]
    assert found.search(stranger.staff[0].family_name) == []
    assert refused(lambda: worlds.choose(wave, teacher, {stranger.staff[0]: 1})) == "nobody_of_that_kind"
    worlds.say(wave, teacher, {partner: 2})
    worlds.say(wave, own.staff[1], {partner: 1})
    (joined,) = WaveMember.objects.filter(wave=wave, person=partner)
    assert (joined.asked, joined.answered, joined.school_id, joined.team_id, joined.number) == (
        False, False, beside.unit.id, beside.teams[0].id, 5
    )  # fmt: skip
    assert waves.count_progress([wave], make.place_of(own.unit))[wave.id].asked == 5
    with pytest.raises(CollegiumError):
        waves.get_own_member(make.actor_of(partner), wave.id)


# --- whatever is chosen -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_chosen_is_what_is_handed_in(seed: int) -> None:
    dice = random.Random(seed)
    asked = worlds.ask_school(teams=(6,))
    one, others = asked.staff[0], asked.staff[1:]
    for _round in range(2):
        said = set()
        for layer in TieLayer.objects.filter(wave=asked.wave):
            codes = [code for code, _label in layer.labels] or [None]
            named = {other: dice.choice(codes) for other in dice.sample(others, dice.randint(0, 5))}
            worlds.choose(asked.wave, one, named, key=layer.key)
            said |= {(layer.key, one.id, other.id, float(weight or 1)) for other, weight in named.items()}
        worlds.hand_in(asked.wave, one)
        assert ties_of(asked.wave) == said
