"""Early warnings that are counted and not estimated: of somebody going, of silence, of a second look that is owed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from collegium.base import indicators, time
from collegium.decide.models import Outcome
from collegium.enquire.models import Enquiry
from collegium.guide.queries import moves as queries
from collegium.intend.services.promising import By
from collegium.people.models import Person, Post, Unit
from tests import factories as make
from tests.decide import rows as decisions
from tests.enquire.rows import make_enquiry
from tests.intend import promised
from tests.intend.promised import NOON, TODAY
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db
DAY, WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)


def warned(unit: Unit, person: Person, day: dt.date = TODAY) -> list[str]:
    """Return the warnings that somebody is shown on a day."""
    with time.at(day):
        found = queries.suggest_for(make.actor_of(person), make.place_of(unit, day))
    return [move.key for move in found.choice.warnings]


# --- a promise whose owner goes ---------------------------------------------------------------------------------------
def losing(school: promised.School, day: dt.date = TODAY) -> tuple[float | None, int | None]:
    with time.at(day):
        found = indicators.read("intend.promises_losing_owner", school.unit.id, day)
    return found.value, found.n


def test_a_promise_asks_for_a_new_owner_before_its_owner_has_gone() -> None:
    school = promised.build_school()
    assert losing(school) == (None, None), "nothing is promised, so nothing can be lost"
    promised.promise(school, school.staff[4], second=school.staff[5])
    promised.promise(school)
    assert losing(school) == (0, 2)
    assert "promise_loses_owner" not in warned(school.unit, school.head)
    Post.objects.filter(person=school.staff[4]).update(ends_on=TODAY + 7 * WEEK)
    assert losing(school) == (0, 2), "that is more than six weeks ahead"
    Post.objects.filter(person=school.staff[4]).update(ends_on=TODAY + 5 * WEEK)
    assert losing(school) == (1, 2)
    assert "promise_loses_owner" in warned(school.unit, school.head)
    assert losing(school, TODAY + 9 * WEEK) == (1, 2), "and still when they have gone"


def test_whoever_changes_team_or_goes_on_in_another_post_is_not_leaving() -> None:
    school = promised.build_school()
    promised.promise(school, school.staff[4])
    Post.objects.filter(person=school.staff[4]).update(ends_on=TODAY + WEEK)
    assert losing(school) == (1, 1)
    make.make_post(school.staff[4], make.make_unit(school.community, kind="team", within=school.unit))
    assert losing(school) == (0, 1)


def test_a_group_that_loses_one_still_keeps_its_promise() -> None:
    school = promised.build_school()
    promised.promise(school, school.staff[0], by=By(group=school.group))
    Post.objects.filter(person=school.staff[0]).update(ends_on=TODAY + WEEK)
    assert losing(school) == (0, 1)


# --- an enquiry that is silent ----------------------------------------------------------------------------------------
def test_an_enquiry_is_warned_of_after_a_term_and_not_before() -> None:
    school = promised.build_school()
    assert "enquiry_is_silent" not in warned(school.unit, school.head)
    enquiry = make_enquiry(school.unit, school.head)
    for days, is_warned in ((89, False), (93, True)):
        Enquiry.objects.filter(id=enquiry.id).update(created_at=NOON - 200 * DAY, touched_at=NOON - days * DAY)
        assert ("enquiry_is_silent" in warned(school.unit, school.head)) == is_warned
    Enquiry.objects.filter(id=enquiry.id).update(closed_at=NOON - DAY, ending="abandon", finding="It did not help.")
    assert "enquiry_is_silent" not in warned(school.unit, school.head)


# --- a decision whose review is past ----------------------------------------------------------------------------------
def test_a_review_is_owed_two_weeks_after_its_day_until_it_is_held() -> None:
    school = promised.build_school(accounts=True)

    def past(day: dt.date) -> tuple[float | None, int | None]:
        found = indicators.read("decide.review_past", school.unit.id, day)
        return found.value, found.n

    assert past(TODAY) == (None, 0)
    with time.at(NOON):
        outcome_id = decisions.fill(school.unit, school.head)["outcome_id"]
    review_on = TODAY + 30 * DAY
    Outcome.objects.filter(id=outcome_id).update(review_on=review_on, reviewed_at=None, verdict="", published_at=NOON)
    assert [past(review_on + days * DAY)[0] for days in (0, 14, 15)] == [0, 0, 1]
    late = review_on + 20 * DAY
    assert "review_is_past" in warned(school.unit, school.head, late)
    with time.at(late):
        home = client_of(school.head).get(reverse("people:unit_home", args=[school.unit.slug])).content.decode()
    assert "A decision was to be looked at again, and has not been" in home
    assert "Put it on the next meeting" in home
    Outcome.objects.filter(id=outcome_id).update(reviewed_at=NOON + 49 * DAY, verdict="keep")
    assert past(TODAY + 48 * DAY) == (1, 1), "as of that day it had not been"
    assert past(late) == (None, 0)
    assert "review_is_past" not in warned(school.unit, school.head, late)
