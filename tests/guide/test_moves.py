"""The next moves of a unit, from the numbers to what came of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.base import time
from collegium.base.models import Event
from collegium.guide.errors import Conflict, Invalid, NotAllowed
from collegium.guide.models import MoveRecord
from collegium.guide.queries import moves as queries
from collegium.guide.services import answering_moves
from collegium.listen.models import Pulse
from collegium.people.enums import Role, UnitKind
from collegium.people.models import Person, Unit
from collegium.people.services import persons
from tests import factories as make
from tests.listen import published
from tests.listen.published import Told
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


def make_school(trust: float | None = None, *, staff: int = 24, stewards: int = 2) -> tuple[Unit, Person]:
    """Make a school, its first steward, and what its heartbeat said of trust."""
    school = make.make_unit(make.make_community())
    first = make.steward_of(school)
    for _number in range(stewards - 1):
        make.steward_of(school)
    for _number in range(staff):
        make.make_post(make.make_person(school.community), school, starts_on=dt.date(2020, 9, 1))
    if trust is not None:
        tell_trust(school, trust, NOW - dt.timedelta(days=9))
    return school, first


def tell_trust(school: Unit, trust: float, at: dt.datetime) -> Pulse:
    pulse = published.make_pulse(school, at=at, title="Heartbeat")
    published.tell(pulse, school, Told(means={"trust": trust, "voice": 3.6}, n=24, asked=26))
    return pulse


def suggested(person: Person, school: Unit, at: dt.datetime = NOW) -> list[str]:
    with time.at(at):
        found = queries.suggest_for(make.actor_of(person), make.place_of(school, at.date()))
    return [move.key for move in found.choice.moves]


def answer(person: Person, school: Unit, key: str, choice: str, at: dt.datetime = NOW, **more: Any) -> MoveRecord:
    with time.at(at):
        return answering_moves.answer_move(
            actor=make.actor_of(person), place=make.place_of(school, at.date()), key=key, answer=choice, **more
        )


def page(person: Person, school: Unit, at: dt.datetime = NOW) -> str:
    with time.at(at):
        response = client_of(person).get(reverse("guide:unit_guide", args=[school.slug]))
    assert response.status_code == 200
    return response.content.decode()


# --- what is suggested ------------------------------------------------------------------------------------------------
def test_where_nothing_is_known_the_first_pulse_comes_first() -> None:
    school, steward = make_school()
    assert suggested(steward, school)[0] == "take_first_pulse"
    shown = page(steward, school)
    assert "Nobody knows how trust stands here" in shown
    assert "What we don’t know yet" in shown
    assert "A pulse that at least five answer." in shown


def test_where_trust_is_low_it_comes_first_and_strategy_waits() -> None:
    school, steward = make_school(2.8)
    assert suggested(steward, school)[0] == "hold_a_trust_hour"
    shown = page(steward, school)
    assert "2.8 (" in shown
    assert "n = 24" in shown
    trusting, other = make_school(4.2)
    assert "use_the_trust_you_have" not in suggested(steward, school)
    assert suggested(other, trusting)  # something else


def test_who_may_not_see_the_result_is_suggested_nothing_from_it() -> None:
    """A rule sees what its reader may see: a guest hears nothing of trust, not even that it is low."""
    school, _steward = make_school(2.8)
    above = make.make_unit(school.community, kind=UnitKind.DISTRICT)
    make.contain(above, school)
    supporter = make.make_person(school.community, account=True)
    make.make_role(supporter, above, Role.LEAD)
    assert not {"hold_a_trust_hour", "ask_which_side_of_trust"} & set(suggested(supporter, school))
    assert "2.8" not in page(supporter, school)


def test_a_page_asks_the_same_number_of_questions_however_much_was_answered() -> None:
    counts = []
    for answers in (0, 3, 30):
        school, steward = make_school(2.8)
        for number in range(answers):
            MoveRecord.objects.create(
                community_id=school.community_id, unit=school, move_key=f"m{number}", title="M", answer="taken",
                asks="teams", weeks=1, answered_at=NOW - dt.timedelta(days=300), evidence=[],
            )  # fmt: skip
        client = client_of(steward)
        url = reverse("guide:unit_guide", args=[school.slug])
        with time.at(NOW):
            client.get(url)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(url).status_code == 200
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts


# --- what becomes of it -----------------------------------------------------------------------------------------------
def test_a_move_that_is_taken_up_begins_where_it_is_done_with_its_reason() -> None:
    school, steward = make_school()
    client = client_of(steward)
    url = reverse("guide:move", args=[school.slug, "take_first_pulse"])
    with time.at(NOW):
        assert "Take a first pulse" in client.get(url).content.decode()
        response: Any = client.post(url, {"answer": "taken", "reason": ""})
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("listen:pulse_add", args=[school.slug]) + "?why=")
        form = client.get(response["Location"]).content.decode()
    assert "Nobody knows how trust stands here" in form
    kept = MoveRecord.objects.get()
    assert (kept.answer, kept.answered_by_id, kept.weeks) == ("taken", steward.id, 1)
    assert {row["key"]: row["value"] for row in kept.evidence} == {"listen.trust": None, "people.staff_count": 24.0}
    assert "take_first_pulse" not in suggested(steward, school)
    event = Event.objects.get(verb="move.taken")
    assert (event.unit_id, event.data) == (school.id, {"title": "Take a first pulse"})


def test_what_came_of_it_stands_beside_the_numbers_of_then_and_now() -> None:
    school, steward = make_school(2.8)
    kept = answer(steward, school, "hold_a_trust_hour", "taken")
    later = NOW + dt.timedelta(days=90)
    tell_trust(school, 3.6, later - dt.timedelta(days=9))
    shown = page(steward, school, later)
    assert "2.8 (" in shown
    assert "3.6 (" in shown
    with time.at(later):
        client = client_of(steward)
        url = reverse("guide:move_finish", args=[school.slug, kept.id])
        assert client.post(url, {"came_of_it": " "}).status_code == 422
        assert client.post(url, {"came_of_it": "We kept the promise about cover."}).status_code == 302
        assert client.post(url, {"came_of_it": "Again."}).status_code == 422
    assert "We kept the promise about cover." in page(steward, school, later)


def test_a_move_that_is_put_off_comes_back_on_its_day() -> None:
    school, steward = make_school(2.8)
    until = NOW.date() + dt.timedelta(days=21)
    answer(steward, school, "hold_a_trust_hour", "put_off", reason="Exams.", until=until)
    assert "hold_a_trust_hour" not in suggested(steward, school)
    assert "Exams." in page(steward, school)
    assert "hold_a_trust_hour" not in suggested(steward, school, NOW + dt.timedelta(days=20))
    assert suggested(steward, school, NOW + dt.timedelta(days=21))[0] == "hold_a_trust_hour"
    again = answer(steward, school, "hold_a_trust_hour", "taken", at=NOW + dt.timedelta(days=22))
    assert MoveRecord.objects.filter(finished_at__isnull=True).get() == again


def test_a_move_that_is_declined_comes_back_after_a_year_or_when_taken_back() -> None:
    school, steward = make_school(2.8)
    kept = answer(steward, school, "hold_a_trust_hour", "declined", reason="We do this every week.")
    assert "hold_a_trust_hour" not in suggested(steward, school, NOW + dt.timedelta(days=300))
    assert "hold_a_trust_hour" in suggested(steward, school, NOW + dt.timedelta(days=366))
    client = client_of(steward)
    with time.at(NOW):
        assert client.post(reverse("guide:move_back", args=[school.slug, kept.id])).status_code == 302
    assert suggested(steward, school)[0] == "hold_a_trust_hour"


@pytest.mark.parametrize(
    ("choice", "more", "code"),
    [
        ("declined", {}, "move_needs_reason"),
        ("put_off", {"reason": "Later."}, "move_needs_day"),
        ("put_off", {"reason": "Later.", "until": NOW.date()}, "move_needs_day"),
        ("put_off", {"reason": "Later.", "until": NOW.date() + dt.timedelta(days=800)}, "move_needs_day"),
        ("declined", {"reason": "x" * 3000}, "text_too_long"),
    ],
)
def test_an_answer_without_a_reason_or_a_day_is_refused(choice: str, more: dict[str, Any], code: str) -> None:
    school, steward = make_school(2.8)
    with pytest.raises(Invalid) as refused:
        answer(steward, school, "hold_a_trust_hour", choice, **more)
    assert refused.value.code == code
    assert not MoveRecord.objects.exists()


def test_only_what_is_suggested_now_can_be_answered_and_only_by_leads() -> None:
    school, steward = make_school(4.2)
    with pytest.raises(Conflict):
        answer(steward, school, "hold_a_trust_hour", "taken")
    teacher = make.make_person(school.community, account=True)
    make.make_post(teacher, school)
    low, _other = make_school(2.8)
    with pytest.raises(NotAllowed):
        answer(teacher, low, "hold_a_trust_hour", "taken")
    client = client_of(steward)
    with time.at(NOW):
        assert client.get(reverse("guide:move", args=[school.slug, "nothing"])).status_code == 404
        assert client.get(reverse("guide:move", args=[school.slug, "hold_a_trust_hour"])).status_code == 409


def test_a_neighbour_that_has_begun_is_counted_and_not_named() -> None:
    district = make.make_unit(make.make_community(), kind=UnitKind.DISTRICT)
    schools = [make.make_unit(district.community, f"Hill {number}", within=district) for number in range(2)]
    stewards = [make.steward_of(school) for school in schools]
    for school in schools:
        for _number in range(6):
            make.make_post(make.make_person(school.community), school)
    answer(stewards[0], schools[0], "name_second_steward", "taken")
    shown = page(stewards[1], schools[1])
    assert "1 other unit of your district or alliance has taken this up." in shown
    assert "Hill 0" not in shown


def test_the_home_shows_the_moves_to_those_who_belong() -> None:
    school, steward = make_school(2.8)
    with time.at(NOW):
        home = client_of(steward).get(reverse("people:unit_home", args=[school.slug])).content.decode()
        assert "Next moves" in home
        assert "Say what you heard, and keep one small promise" in home
        colleague = make.make_person(school.community, account=True)
        make.make_post(colleague, make.make_unit(school.community))
        other: Client = client_of(colleague)
        assert "Next moves" not in other.get(reverse("people:unit_home", args=[school.slug])).content.decode()


def test_an_erased_person_leaves_the_answer_to_the_unit() -> None:
    school, steward = make_school(2.8)
    kept = answer(steward, school, "hold_a_trust_hour", "taken")
    from collegium.guide.queries import own

    assert own.dump(steward.id)[0]["move"] == kept.title
    with time.at(NOW):
        persons.erase_person(actor=make.actor_of(steward), person=steward)
    kept.refresh_from_db()
    assert kept.answered_by_id is None
    assert own.dump(steward.id) == []
