"""Promises: made by those who promise, seen by those concerned, handed on, renewed, released, and never lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from collegium.base import time
from collegium.base.errors import CollegiumError, Conflict, Invalid, NotAllowed, NotFound
from collegium.base.models import Event
from collegium.intend.models import CheckIn, Commitment, PromiseStep
from collegium.intend.promise_enums import Audience, Going, PromiseState, Question, StepKind
from collegium.intend.queries import promises
from collegium.intend.queries.carriers import Carriers, list_carriers
from collegium.intend.services import checking, promising, roles
from collegium.intend.services.promising import By, To, Words
from collegium.people.models import Person
from collegium.people.services import persons
from tests import factories as make
from tests.intend import promised
from tests.intend.promised import DUE, NOON

pytestmark = pytest.mark.django_db


def act(service: Callable[..., Any], who: Person, at: dt.datetime = NOON, **given: Any) -> Any:
    with time.at(at):
        return service(actor=make.actor_of(who), **given)


def refused(code: str, service: Callable[..., Any], who: Person, **given: Any) -> None:
    with pytest.raises(CollegiumError) as raised, transaction.atomic():
        act(service, who, **given)
    assert raised.value.code == code


def carriers_of(promise: Commitment, at: dt.datetime = NOON) -> Carriers:
    with time.at(at):
        return list_carriers([promise])[promise.id]


# --- making -----------------------------------------------------------------------------------------------------------
def test_ones_own_promise_is_made_at_once_and_anothers_waits_until_they_make_it() -> None:
    school = promised.build_school()
    teacher, colleague = school.staff[3], school.staff[4]
    own = promised.promise(school, teacher)
    assert (own.state, own.made_on) == (PromiseState.MADE, promised.TODAY)
    asked = promised.promise(school, teacher, by=By(person=colleague))
    assert (asked.state, asked.made_on) == (PromiseState.PROPOSED, None)
    refused("promise_of_others", promising.make_promise, teacher, promise=asked)
    refused("promise_of_others", promising.make_promise, school.head, promise=asked)
    refused("promise_not_made", checking.check_in, colleague, promise=asked, going=Going.WELL)
    assert act(promising.make_promise, colleague, promise=asked).state == PromiseState.MADE
    refused("promise_made_already", promising.make_promise, colleague, promise=asked)


def test_a_group_promises_by_any_of_its_members_and_a_role_by_who_holds_it() -> None:
    school = promised.build_school()
    member, outsider = school.staff[1], school.staff[5]
    assert promised.promise(school, member, by=By(group=school.group)).state == PromiseState.MADE
    assert promised.promise(school, outsider, by=By(group=school.group)).state == PromiseState.PROPOSED
    role = act(roles.add_role, school.staff[0], group=school.group, title="Keeper of time", works=["ideas"])
    act(roles.give_role, school.staff[0], role=role, person=outsider)
    assert promised.promise(school, outsider, by=By(role=role)).state == PromiseState.MADE
    assert promised.promise(school, member, by=By(role=role)).state == PromiseState.PROPOSED


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("promise_due_past", {"due_on": promised.TODAY - dt.timedelta(days=1)}),
        ("promise_due_far", {"due_on": dt.date(2046, 1, 1)}),
        ("text_missing", {"what": "  \0 "}),
        ("text_too_long", {"what": "x" * 601}),
        ("text_too_long", {"words": {"standard": "x" * 2001}}),
        ("promise_to_whom", {"to": To(audience=Audience.GROUP)}),
        ("promise_to_whom", {"to": To(audience=Audience.PERSON)}),
        ("promise_not_near", {"by": By()}),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(code: str, given: dict[str, Any]) -> None:
    school = promised.build_school()
    with pytest.raises(Invalid) as raised:
        promised.promise(school, **given)
    assert raised.value.code == code
    assert not Commitment.objects.exists()


def test_a_promise_needs_two_sides_and_a_second_person_who_is_another() -> None:
    school = promised.build_school()
    head, group = school.head, school.group
    for code, given in (
        ("promise_to_itself", {"to": To(audience=Audience.PERSON, person=head)}),
        ("promise_to_itself", {"by": By(group=group), "to": To(audience=Audience.GROUP, group=group)}),
        ("second_is_promiser", {"second": head}),
        ("promise_not_near", {"by": By(person=head, group=group)}),
        ("other_community", {"second": make.make_person(make.make_community())}),
    ):
        with pytest.raises(Invalid) as raised:
            promised.promise(school, **given)  # type: ignore[arg-type]
        assert raised.value.code == code
    ended = make.make_group(school.unit, ends_on=promised.TODAY)
    with pytest.raises(Conflict, match="promise_by_ended"):
        promised.promise(school, by=By(group=ended))


def test_the_database_itself_refuses_half_a_promise() -> None:
    school = promised.build_school(staff=3)
    made = promised.promise(school)
    for change in (
        {"by_group": school.group},
        {"by_person": None},
        {"to_group": school.group},
        {"second": school.head},
        {"made_on": None},
        {"state": "forgotten"},
        {"what": ""},
        {"pair": made},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Commitment.objects.filter(id=made.id).update(**change)


def test_only_people_of_the_unit_promise_there() -> None:
    school = promised.build_school()
    elsewhere = make.make_person(school.community)
    make.make_post(elsewhere, make.make_unit(school.community))
    with pytest.raises(NotAllowed):
        promised.promise(school, elsewhere)


# --- who sees it ------------------------------------------------------------------------------------------------------
def test_a_promise_is_seen_by_its_unit_and_by_those_it_was_made_to_and_is_not_there_for_others() -> None:
    school = promised.build_school()
    beside = make.make_unit(school.community, within=school.district)
    partner, other = make.make_person(school.community), make.make_person(school.community)
    for person in (partner, other):
        make.make_post(person, beside)
    made = promised.promise(school, to=To(audience=Audience.PERSON, person=partner))
    for person in (school.head, school.staff[-1], partner):
        with time.at(NOON):
            assert promises.get_promise_for(make.actor_of(person), made.id).promise == made
    stranger = make.steward_of(make.make_unit(make.make_community()))
    for person in (other, stranger):
        with time.at(NOON), pytest.raises(NotFound):
            promises.get_promise_for(make.actor_of(person), made.id)


# --- answered by another ----------------------------------------------------------------------------------------------
def test_two_promises_are_paired_and_no_third() -> None:
    school = promised.build_school()
    first = promised.promise(school, to=To(audience=Audience.GROUP, group=school.group))
    back = {"by": By(group=school.group), "to": To(audience=Audience.PERSON, person=school.head)}
    second = promised.promise(school, school.staff[0], answers=first, **back)
    assert second.pair == first
    for taken in (first, second):
        with pytest.raises(Conflict, match="paired_already"):
            promised.promise(school, school.staff[0], answers=taken, **back)
    assert PromiseStep.objects.filter(commitment=first, kind=StepKind.PAIRED).exists()


# --- words and days ---------------------------------------------------------------------------------------------------
def test_rewording_keeps_the_former_words_asks_why_and_loses_nobodys() -> None:
    school = promised.build_school()
    made = promised.promise(school, second=school.staff[0])
    new = Words(what="We answer every question within a day.")
    reword = {"promise": made, "words": new, "seen": made.version}
    refused("promise_reason_missing", promising.reword_promise, school.head, reason=" ", **reword)
    refused("promise_of_others", promising.reword_promise, school.staff[4], reason="Better.", **reword)
    act(promising.reword_promise, school.staff[0], reason="Two days were too long.", **reword)
    step = PromiseStep.objects.get(commitment=made, kind=StepKind.REWORDED)
    assert step.before == {"what": "We answer every question within two days."}
    assert (step.text, step.by) == ("Two days were too long.", school.staff[0])
    refused("promise_reworded_since", promising.reword_promise, school.head, reason="Mine.", **reword)


def test_an_overdue_promise_is_renewed_or_released_with_a_reason() -> None:
    school = promised.build_school()
    made, later = promised.promise(school), NOON + dt.timedelta(days=120)
    with time.at(later):
        place = make.place_of(school.unit)
        assert list(promises.list_promises_for(make.actor_of(school.head), place, show="overdue")) == [made]
    new_day = later.date() + dt.timedelta(days=30)
    refused("promise_reason_missing", promising.renew_promise, school.head, promise=made, due_on=new_day, reason="")
    act(promising.renew_promise, school.head, later, promise=made, due_on=new_day, reason="It took longer.")
    assert (made.due_on, made.state) == (new_day, PromiseState.MADE)
    assert PromiseStep.objects.get(kind=StepKind.RENEWED).before == {"due_on": DUE.isoformat()}
    refused("promise_reason_missing", promising.release_promise, school.head, promise=made, reason="\n")
    refused("promise_of_others", promising.release_promise, school.staff[1], promise=made, reason="I want to.")
    act(promising.release_promise, school.head, promise=made, reason="The building closes.")
    assert made.state == PromiseState.RELEASED
    refused("promise_settled", promising.release_promise, school.head, promise=made, reason="Again.")
    refused("promise_settled", promising.renew_promise, school.head, promise=made, due_on=DUE, reason="Again.")
    refused("promise_settled", checking.check_in, school.head, promise=made, going=Going.WELL)


# --- who carries it ---------------------------------------------------------------------------------------------------
def test_a_promise_whose_owner_left_asks_for_a_new_one_by_itself() -> None:
    school = promised.build_school()
    teacher, newcomer = school.staff[4], school.staff[5]
    made = promised.promise(school, teacher)
    assert carriers_of(made).rests_on_one
    assert not carriers_of(made).asks_for_owner
    refused("promise_of_others", promising.hand_over, newcomer, promise=made, by=By(person=newcomer))
    teacher.posts.update(ends_on=promised.TODAY)
    elsewhere = make.make_unit(school.community, within=school.district)
    make.make_post(teacher, elsewhere)
    assert carriers_of(made).asks_for_owner
    act(promising.hand_over, newcomer, promise=made, by=By(person=newcomer))
    assert (made.by_person, made.state) == (newcomer, PromiseState.MADE)
    refused("owner_already", promising.hand_over, newcomer, promise=made, by=By(person=newcomer))
    act(promising.hand_over, newcomer, promise=made, by=By(group=school.group))
    assert (made.by_person, made.state) == (None, PromiseState.PROPOSED), "nobody makes it for the group"


def test_an_overdue_promise_is_taken_over_with_a_new_day() -> None:
    school, later = promised.build_school(), NOON + dt.timedelta(days=200)
    made = promised.promise(school, school.staff[4])
    school.staff[4].posts.update(ends_on=later.date())
    act(promising.hand_over, school.staff[5], later, promise=made, by=By(person=school.staff[5]))
    assert made.state == PromiseState.PROPOSED
    new_day = later.date() + dt.timedelta(days=9)
    act(promising.make_promise, school.staff[5], later, promise=made, due_on=new_day)
    assert (made.state, made.due_on) == (PromiseState.MADE, new_day)


def test_who_could_carry_it_on_is_worked_out_for_persons_groups_and_roles() -> None:
    school = promised.build_school()
    alone, second = promised.promise(school), promised.promise(school, second=school.staff[0])
    by_group = promised.promise(school, school.staff[0], by=By(group=school.group))
    role = act(roles.add_role, school.staff[0], group=school.group, title="Keeper of time")
    by_role = promised.promise(school, school.head, by=By(role=role))
    assert carriers_of(by_role).asks_for_owner
    holding = act(roles.give_role, school.staff[0], role=role, person=school.staff[6])
    assert [carriers_of(each).rests_on_one for each in (alone, second, by_group, by_role)] == [True, False, False, True]
    act(roles.end_holding, school.staff[6], NOON + dt.timedelta(days=1), holding=holding)
    assert carriers_of(by_role, NOON + dt.timedelta(days=1)).asks_for_owner
    school.staff[0].posts.update(ends_on=promised.TODAY)
    assert carriers_of(second).rests_on_one, "the second has left"
    with time.at(NOON):
        persons.erase_person(actor=make.actor_of(school.staff[1]), person=school.staff[1])
    assert len(carriers_of(by_group).owners) == 2


def test_carriers_are_worked_out_in_as_many_questions_for_one_promise_as_for_thirty() -> None:
    school = promised.build_school()
    counts = []
    for number in (1, 29):
        for _each in range(number):
            promised.promise(school, second=school.staff[0])
            promised.promise(school, school.staff[0], by=By(group=school.group))
        with time.at(NOON), CaptureQueriesContext(connection) as seen:
            list_carriers(Commitment.objects.all())
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 8


# --- check-ins --------------------------------------------------------------------------------------------------------
def test_a_check_in_says_how_it_goes_and_since_when() -> None:
    school = promised.build_school()
    made = promised.promise(school)
    check = {"promise": made, "question": Question.REFRAMING, "text": "It is about time, not will."}
    act(checking.check_in, school.head, going=Going.SLOWLY, next_step=" Ask  the office ", **check)
    act(checking.check_in, school.head, NOON + dt.timedelta(days=7), going=Going.SLOWLY, promise=made)
    assert (made.going, made.going_since) == (Going.SLOWLY, promised.TODAY)
    assert made.checked_on == promised.TODAY + dt.timedelta(days=7)
    first, second = CheckIn.objects.order_by("at")
    assert (first.question, first.next_step, second.question) == (Question.REFRAMING, "Ask the office", "")
    refused("promise_of_others", checking.check_in, school.staff[0], going=Going.WELL, promise=made)
    refused("text_too_long", checking.check_in, school.head, going=Going.WELL, promise=made, text="x" * 601)


def test_no_event_carries_words_or_names() -> None:
    school = promised.build_school()
    made = promised.promise(school, what="Canary Whimbrel", second=school.staff[0])
    act(checking.check_in, school.head, promise=made, going=Going.STUCK, text="Canary Whimbrel")
    act(promising.write_note, school.staff[3], promise=made, text="Canary Whimbrel")
    act(promising.release_promise, school.head, promise=made, reason="Canary Whimbrel")
    told = [str(event.data) for event in Event.objects.all()]
    assert len(told) >= 3
    assert not any("Whimbrel" in data or "Imogen" in data for data in told)
