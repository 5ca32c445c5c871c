"""Those a promise was made to say whether it was kept: anonymous by construction, told at the announced moment."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from collegium.base import sealing, time
from collegium.base.errors import CollegiumError, Conflict
from collegium.base.models import Event
from collegium.intend.confirming import Counts, K, Told, tell, tell_named
from collegium.intend.models import Commitment, Confirmation, ConfirmationRound, NamedAnswer, PromiseStep
from collegium.intend.promise_enums import Audience, Kept, PromiseState, RoundState, StepKind
from collegium.intend.services import confirming, promising
from collegium.intend.services.promising import By, To
from tests import factories as make
from tests.intend import promised
from tests.intend.promised import NOON

pytestmark = pytest.mark.django_db
counts = st.builds(Counts, st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))


# --- what is said -----------------------------------------------------------------------------------------------------
@given(counts)
def test_nothing_is_said_unless_more_than_k_answered(said: Counts) -> None:
    told = tell(said)
    assert (told.outcome is None) == (said.total <= K)
    if told.answered_at_least is not None:
        assert told.answered_at_least % K == 0
        assert K <= told.answered_at_least <= said.total


@given(counts)
def test_kept_is_said_only_where_k_people_and_more_than_half_say_so(said: Counts) -> None:
    if tell(said).outcome == Kept.KEPT:
        assert said.kept >= K
        assert 2 * said.kept > said.total
    if tell(said).outcome == Kept.NOT_KEPT:
        assert 2 * said.not_kept > said.total


@given(counts, st.sampled_from(Kept))
def test_no_word_tells_what_any_one_person_said(said: Counts, own: Kept) -> None:
    """Whatever word is said, and whatever the reader said, no other single answer follows but that they agree it was
    kept where all but the reader were needed for it."""
    told, total = tell(said), said.total
    if told.outcome is None or told.outcome == Kept.KEPT:
        return
    possible = [
        Counts(kept, partly, total - kept - partly)
        for kept in range(total + 1)
        for partly in range(total + 1 - kept)
        if tell(Counts(kept, partly, total - kept - partly)) == told
    ]
    mine = [each for each in possible if getattr(each, own.value) > 0]
    for said_by_another in Kept:
        others = {getattr(each, said_by_another.value) - (said_by_another == own) for each in mine}
        assert total - 1 not in others or len(others) > 1


def test_what_is_said_by_name_needs_no_crowd() -> None:
    assert tell_named(Counts()) == Told()
    assert tell_named(Counts(kept=2)) == Told(Kept.KEPT, 2)
    assert tell_named(Counts(not_kept=1)) == Told(Kept.NOT_KEPT, 1)
    assert tell_named(Counts(kept=1, not_kept=1)) == Told(Kept.PARTLY, 2)


# --- a round ----------------------------------------------------------------------------------------------------------
def test_a_promise_is_kept_when_those_it_was_made_to_say_so_and_not_before_the_announced_moment() -> None:
    school = promised.build_school(staff=8)
    made = promised.promise(school, second=school.staff[0])
    asking = promised.ask(made, school.head)
    assert (asking.is_by_name, asking.asked) == (False, 7), "neither the promiser nor the second is asked"
    for person in school.staff[1:]:
        promised.answer(asking, person)
    with time.at(asking.closes_at - dt.timedelta(minutes=1)):
        assert confirming.close(report=lambda *_: None, round_id=str(asking.id)) == {"closed": False}
    made.refresh_from_db()
    assert made.state == PromiseState.MADE, "all have answered, and still nothing is said"
    settled = promised.close(asking)
    assert (settled.state, settled.settled_on) == (PromiseState.KEPT, asking.closes_at.date())
    assert (asking.outcome, asking.answered_at_least, bytes(asking.sealed)) == (Kept.KEPT, 5, b"")
    assert not Confirmation.objects.exists()
    assert confirming.close(report=lambda *_: None, round_id=str(asking.id)) == {"closed": False}


def test_too_few_answers_say_nothing_and_the_promise_goes_on() -> None:
    school = promised.build_school(staff=8)
    asking = promised.ask(promised.promise(school), school.head)
    for person in school.staff[:5]:
        promised.answer(asking, person)
    settled = promised.close(asking)
    assert (settled.state, asking.outcome, asking.answered_at_least) == (PromiseState.MADE, "", None)
    with pytest.raises(Conflict, match="asked_lately"):
        promised.ask(settled, school.head, at=asking.closes_at + dt.timedelta(days=1))
    assert promised.ask(settled, school.head, at=asking.closes_at + dt.timedelta(days=29)).asked == 8


def test_nobody_answers_twice_late_unasked_or_for_another() -> None:
    school = promised.build_school(staff=7)
    asking = promised.ask(promised.promise(school), school.head)
    promised.answer(asking, school.staff[0])

    def refused(code: str, row: Confirmation, at: dt.datetime = NOON, who: int = 0) -> None:
        with pytest.raises(CollegiumError) as raised, time.at(at), transaction.atomic():
            confirming.answer(actor=make.actor_of(school.staff[who]), confirmation=row, said=Kept.KEPT)
        assert raised.value.code == code

    refused("confirmed_already", Confirmation.objects.get(person=school.staff[0]))
    refused("not_asked_to_confirm", Confirmation.objects.get(person=school.staff[1]))
    refused("round_over", Confirmation.objects.get(person=school.staff[1]), asking.closes_at, who=1)
    with pytest.raises(ValueError, match="maybe"):
        promised.answer(asking, school.staff[2], "maybe")
    assert not Confirmation.objects.get(person=school.staff[2]).answered


def test_who_may_ask_and_when() -> None:
    school = promised.build_school()
    made = promised.promise(school)
    for code, run in (
        ("promise_of_others", lambda: promised.ask(made, school.staff[0])),
        (
            "promise_not_made",
            lambda: promised.ask(promised.promise(school, by=By(group=school.group)), school.staff[0]),
        ),
        (
            "nobody_to_confirm",
            lambda: promised.ask(
                promised.promise(school, to=To(audience=Audience.PARENTS, unit=school.unit)), school.head
            ),
        ),
    ):
        with pytest.raises(CollegiumError) as raised:
            run()
        assert raised.value.code == code
    promised.ask(made, school.head)
    with pytest.raises(Conflict, match="round_open_already"):
        promised.ask(made, school.head)


def test_a_group_speaks_for_parents() -> None:
    school = promised.build_school()
    made = promised.promise(
        school, to=To(audience=Audience.PARENTS, unit=school.unit, speaks_for=school.group), second=school.staff[0]
    )
    asking = promised.ask(made, school.head)
    assert (asking.asked, asking.is_by_name) == (2, True)


def test_so_few_that_nothing_could_hide_them_answer_by_name() -> None:
    school = promised.build_school()
    made = promised.promise(school, to=To(audience=Audience.GROUP, group=school.group))
    asking = promised.ask(made, school.head)
    assert (asking.is_by_name, asking.asked, bytes(asking.sealed)) == (True, 3, b"")
    promised.answer(asking, school.staff[0])
    promised.answer(asking, school.staff[1], Kept.NOT_KEPT)
    assert promised.close(asking).state == PromiseState.PARTLY
    assert NamedAnswer.objects.count() == 2


def test_a_promise_that_is_released_meanwhile_leaves_no_trace_of_what_was_said() -> None:
    school = promised.build_school()
    made = promised.promise(school)
    asking = promised.ask(made, school.head)
    promised.answer(asking, school.staff[0], Kept.NOT_KEPT)
    with time.at(NOON):
        promising.release_promise(actor=make.actor_of(school.head), promise=made, reason="Closed.")
    asking.refresh_from_db()
    assert (asking.state, bytes(asking.sealed)) == (RoundState.STOPPED, b"")
    assert not Confirmation.objects.exists()


# --- the attack -------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_whoever_keeps_every_state_of_the_database_cannot_tell_who_said_what() -> None:
    """Every state that a log would hold is kept while people answer at known times; none but the last can be opened."""
    school = promised.build_school(staff=12)
    asking = promised.ask(promised.promise(school), school.head)
    dice, states = random.Random(5), []
    for person in school.staff:
        promised.answer(asking, person, dice.choice(Kept.values))
        asking.refresh_from_db()
        states.append((asking.number, bytes(asking.sealed)))
    assert len({sealed for _number, sealed in states}) == 12
    assert len({len(sealed) for _number, sealed in states}) == 1, "its size tells nothing"
    for number, sealed in states[:-1]:
        with pytest.raises(sealing.KeyMissing):
            sealing.unseal(asking.id, number, sealed)
    (path,) = (Path(settings.DATA_DIR) / sealing.FOLDER).glob(f"{asking.id.hex}.keys")
    assert sum(any(path.read_bytes()[place : place + 40]) for place in (0, 40)) == 1, "one key is left"
    assert not Event.objects.filter(verb__startswith="promise", data__has_key="said").exists()
    assert Event.objects.filter(verb="promise.asked").count() == Event.objects.filter(object_id=None).count() + 1
    promised.close(asking)
    assert not path.exists()
    asking.refresh_from_db()
    with pytest.raises(sealing.KeyMissing):
        sealing.unseal(asking.id, *states[-1])


def test_no_table_has_a_column_that_joins_a_person_and_an_anonymous_answer() -> None:
    assert {field.name for field in Confirmation._meta.fields} == {"id", "community", "round", "person", "answered"}
    school = promised.build_school()
    asking = promised.ask(promised.promise(school), school.head)
    before = Event.objects.count(), PromiseStep.objects.count()
    promised.answer(asking, school.staff[0], Kept.PARTLY)
    assert (Event.objects.count(), PromiseStep.objects.count()) == before
    assert not NamedAnswer.objects.exists()


def test_after_a_restore_without_keys_everybody_is_asked_again() -> None:
    school = promised.build_school()
    asking = promised.ask(promised.promise(school), school.head)
    promised.answer(asking, school.staff[0])
    sealing.destroy(asking.id)
    with pytest.raises(Conflict, match="round_lost"):
        promised.answer(asking, school.staff[1])
    with time.at(asking.closes_at + dt.timedelta(minutes=1)):
        assert confirming.close(report=lambda *_: None, round_id=str(asking.id)) == {"closed": False}
    asking.refresh_from_db()
    assert asking.state == RoundState.OPEN
    assert not Confirmation.objects.filter(answered=True).exists()
    sealing.destroy(asking.id)
    assert confirming.begin_again_where_lost() == 1
    assert confirming.begin_again_where_lost() == 0


def test_old_keys_are_forgotten_and_those_of_rounds_that_are_gone() -> None:
    school = promised.build_school()
    asking = promised.ask(promised.promise(school), school.head)
    orphan = make.make_group(school.unit).id
    sealing.seal(orphan, 0, b"x")
    confirming.forget_old_keys(NOON - dt.timedelta(days=9000))
    assert orphan in sealing.list_boxes()
    confirming.forget_old_keys(NOON + dt.timedelta(days=9000))
    assert orphan not in sealing.list_boxes()
    assert not confirming.is_lost(asking)
    ConfirmationRound.objects.all().delete()


def test_settling_is_told_in_the_history_of_the_promise() -> None:
    school = promised.build_school()
    asking = promised.ask(promised.promise(school), school.head)
    for person in school.staff[:7]:
        promised.answer(asking, person, Kept.NOT_KEPT)
    settled = promised.close(asking)
    assert settled.state == PromiseState.NOT_KEPT
    step = PromiseStep.objects.get(kind=StepKind.SETTLED)
    assert (step.text, step.by) == (Kept.NOT_KEPT, None)
    with time.at(asking.closes_at + dt.timedelta(days=1)):
        day = asking.closes_at.date() + dt.timedelta(days=60)
        actor = make.actor_of(school.head)
        renewed = promising.renew_promise(actor=actor, promise=settled, due_on=day, reason="We try again.")
    assert Commitment.objects.get(id=renewed.id).state == PromiseState.MADE
    assert connection.vendor in {"sqlite", "postgresql"}
