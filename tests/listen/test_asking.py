"""Whom a pulse asks and what it can report; pulses that come back; and that nobody is asked more often than agreed."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from collections import defaultdict
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import localtime

from collegium.base import time
from collegium.base.errors import Conflict, Invalid, NotAllowed
from collegium.base.models import Event
from collegium.listen.enums import PulseState, ReportingLevel, WayIn
from collegium.listen.models import Invitation, NamingConsent, Pulse, PulseSeries, Slip
from collegium.listen.queries import asking
from collegium.listen.services import naming, opening, preparing, recurring
from collegium.people.enums import Level, UnitKind
from collegium.people.models import Person, Unit
from tests import factories as make
from tests.listen import worlds

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
USUAL_WEEKS = 4


def asked_by(pulse: Pulse) -> set[uuid.UUID]:
    with time.at(pulse.opens_at):
        return {person for cell in asking.plan(pulse).cells for person in cell.people}


# --- who is asked -----------------------------------------------------------------------------------------------------
def test_everybody_is_asked_but_governors() -> None:
    school = worlds.build_school(teams=(8,), support=6)
    governor = make.make_person(school.community)
    make.make_post(governor, school.unit, "Governor", level=Level.GOVERNANCE)
    asked = asked_by(worlds.prepare(school.unit, school.steward))
    assert asked == {person.id for person in school.staff}
    with_them = worlds.prepare(school.unit, school.steward, levels=ReportingLevel.values)
    assert asked_by(with_them) == asked | {governor.id}


def test_units_levels_and_a_group_narrow_who_is_asked() -> None:
    school = worlds.build_school(teams=(8, 7), support=6)
    first, second, assistants = school.staff[:8], school.staff[8:15], school.staff[15:]
    group = make.make_group(school.unit)
    for person in (*first[:6], assistants[0]):
        make.make_membership(person, group)

    def asked(**choices: Any) -> set[uuid.UUID]:
        return asked_by(worlds.prepare(school.unit, school.steward, **choices))

    def ids(*people: Person) -> set[uuid.UUID]:
        return {person.id for person in people}

    assert asked(units=[school.teams[1]]) == ids(*second)
    assert asked(levels=[ReportingLevel.SUPPORT]) == ids(*assistants)
    assert asked(group=group) == ids(*first[:6], assistants[0])
    assert asked(group=group, units=[school.teams[0]]) == ids(*first[:6])


def test_the_cells_hold_more_than_k_and_what_is_too_small_is_named_as_lost() -> None:
    school = worlds.build_school(teams=(9, 3, 8), support=4)
    plan = asking.plan(worlds.prepare(school.unit, school.steward))
    assert all(len(cell.people) >= 6 for cell in plan.cells)
    assert sum(len(cell.people) for cell in plan.cells) == plan.asked == 24
    shown = {(view.unit_id, view.level) for view in plan.views}
    assert {(school.unit.id, ""), (school.teams[0].id, ""), (school.teams[2].id, "")} <= shown
    lost = {(view.unit_id, view.level): view.asked for view in plan.lost}
    assert lost[school.unit.id, "support"] == 4
    assert lost[school.teams[1].id, ""] == 3


def test_without_an_address_one_comes_by_slip_and_so_does_whoever_is_named() -> None:
    school = worlds.build_school(teams=(10,))
    Person.objects.filter(id=school.staff[0].id).update(email="")
    pulse = worlds.prepare(school.unit, school.steward)
    stranger = uuid.uuid4()
    worlds.open_at_start(pulse, school.steward, by_slip=[school.staff[1].id, stranger])
    by_slip = Invitation.objects.filter(pulse=pulse, way=WayIn.SLIP).values_list("person_id", flat=True)
    assert set(by_slip) == {school.staff[0].id, school.staff[1].id}
    assert Slip.objects.filter(pulse=pulse).count() == 2


# --- what is refused --------------------------------------------------------------------------------------------------
def test_nobody_and_too_few_to_ask_are_refused_at_opening() -> None:
    school = worlds.build_school(teams=(5,))
    nobody = worlds.prepare(school.unit, school.steward, levels=[ReportingLevel.MIDDLE])
    for pulse, code in ((nobody, "nobody_to_ask"), (worlds.prepare(school.unit, school.steward), "too_few_to_ask")):
        with pytest.raises(Invalid) as refused:
            worlds.open_at_start(pulse, school.steward)
        assert refused.value.code == code
        pulse.refresh_from_db()
        assert pulse.state == PulseState.DRAFT
        assert not Invitation.objects.filter(pulse=pulse).exists()


def test_people_who_left_since_it_was_prepared_are_not_asked() -> None:
    school = worlds.build_school(teams=(12,))
    pulse = worlds.prepare(school.unit, school.steward)
    leaver = school.staff[0]
    leaver.posts.update(ends_on=worlds.START.date())
    with time.at(pulse.opens_at + dt.timedelta(days=1)):
        opening.open_pulse(actor=make.actor_of(school.steward), pulse=pulse)
    assert Invitation.objects.filter(pulse=pulse).count() == 11
    assert not Invitation.objects.filter(pulse=pulse, person=leaver).exists()


def test_a_draft_is_opened_once_and_not_after_its_closing_time() -> None:
    school = worlds.build_school(teams=(8,))
    pulse = worlds.prepare(school.unit, school.steward)
    same = Pulse.objects.get(id=pulse.id)
    worlds.open_at_start(pulse, school.steward)
    with pytest.raises(Conflict, match="pulse_not_draft"):
        worlds.open_at_start(same, school.steward)
    assert Invitation.objects.filter(pulse=pulse).count() == 8
    late = worlds.prepare(school.unit, school.steward)
    with time.at(late.closes_at), pytest.raises(Invalid, match="closes_in_past"):
        opening.open_pulse(actor=make.actor_of(school.steward), pulse=late)


def test_a_reason_that_is_too_long_is_refused_and_not_cut() -> None:
    school = worlds.build_school(teams=(1,))
    with pytest.raises(Invalid, match="text_too_long"):
        worlds.prepare(school.unit, school.steward, why="x" * 2001)
    assert worlds.prepare(school.unit, school.steward, why=" x" * 1000 + "\r\n").why == "x" + " x" * 999


def test_units_outside_and_things_of_others_are_refused() -> None:
    school = worlds.build_school(teams=(8,))
    beside = worlds.build_school(school.community, teams=(8,))
    with pytest.raises(Invalid, match="unit_not_inside"):
        worlds.prepare(school.unit, school.steward, units=[beside.unit])
    elsewhere = worlds.build_school(teams=(8,))
    for foreign in ({"units": [elsewhere.unit]}, {"version": worlds.keep_instrument(elsewhere.community)}):
        with pytest.raises(Invalid, match="other_community"):
            worlds.prepare(school.unit, school.steward, **foreign)
    for group in (make.make_group(elsewhere.unit), make.make_group(beside.unit)):
        with pytest.raises(Invalid, match="unknown_group"):
            worlds.prepare(school.unit, school.steward, group=group)


# --- pulses that come back --------------------------------------------------------------------------------------------
def begin(school: worlds.School, *, weeks: int, parts: int, at: dt.datetime) -> Pulse:
    pulse = worlds.prepare(school.unit, school.steward, at=at, closes_at=at + dt.timedelta(days=5))
    with time.at(at):
        actor = make.actor_of(school.steward)
        recurring.set_recurrence(actor=actor, pulse=pulse, every_weeks=weeks, parts=parts)
        opening.open_pulse(actor=actor, pulse=pulse)
    return pulse


def live(until: dt.date, *, since: dt.date, down: tuple[dt.date, dt.date] | None = None) -> None:
    """Let the days go by; at midnight, as the worker does, what is due begins."""
    day = since
    while day < until:
        day += dt.timedelta(days=1)
        if down is None or not down[0] <= day < down[1]:
            with time.at(dt.datetime.combine(day, dt.time(0, 0, 20), tzinfo=LONDON)):
                recurring.start_due()


def days_asked() -> dict[uuid.UUID, list[dt.date]]:
    found: dict[uuid.UUID, list[dt.date]] = defaultdict(list)
    rows = Invitation.objects.values_list("person_id", "pulse__opens_at", "pulse__opened_at")
    for person, opens_at, opened_at in rows:
        found[person].append(localtime(max(opens_at, opened_at or opens_at)).date())
    return {person: sorted(days) for person, days in found.items()}


def shortest_rest(days: list[dt.date]) -> float:
    return min(((later - earlier).days / 7 for earlier, later in itertools.pairwise(days)), default=99.0)


def test_over_a_year_nobody_is_asked_more_often_than_they_agreed() -> None:
    """Two series at once, two people with limits of their own, both changes of the clock, a server down for weeks."""
    start = dt.datetime(2026, 2, 2, 14, 0, tzinfo=LONDON)
    school = worlds.build_school(teams=(40,))
    rarely, often = school.staff[:2]
    for person, weeks in ((rarely, 13), (often, 1)):
        recurring.limit_asking(actor=make.actor_of(person), weeks_between=weeks)
    begin(school, weeks=2, parts=3, at=start)
    begin(school, weeks=4, parts=1, at=start + dt.timedelta(days=7))
    live(
        dt.date(2027, 2, 1),
        since=dt.date(2026, 2, 9),
        down=(dt.date(2026, 6, 3), dt.date(2026, 7, 9)),
    )
    asked = days_asked()
    assert asked.keys() == {person.id for person in school.staff}
    assert shortest_rest(asked.pop(rarely.id)) >= 13
    assert shortest_rest(asked.pop(often.id)) >= 1
    assert all(shortest_rest(days) >= USUAL_WEEKS for days in asked.values())
    assert min(len(days) for days in asked.values()) >= 6  # and nobody is forgotten
    opened = [localtime(opens_at) for opens_at in Pulse.objects.values_list("opens_at", flat=True)]
    assert {(each.hour, each.minute) for each in opened} == {(14, 0)}
    assert {each.utcoffset() for each in opened} == {dt.timedelta(0), dt.timedelta(hours=1)}


def test_what_comes_back_every_four_weeks_asks_everybody_each_time() -> None:
    """Opened by hand at two, and at midnight from then on."""
    start = dt.datetime(2026, 3, 2, 14, 0, tzinfo=LONDON)
    school = worlds.build_school(teams=(8,))
    begin(school, weeks=4, parts=1, at=start)
    live(dt.date(2026, 6, 1), since=start.date())
    assert list(Pulse.objects.order_by("opens_at").values_list("opens_at", flat=True)) == [
        start + dt.timedelta(weeks=weeks) for weeks in (0, 4, 8, 12)
    ]
    assert {len(days) for days in days_asked().values()} == {4}


def test_after_weeks_without_a_server_one_pulse_begins_and_not_four() -> None:
    start = dt.datetime(2026, 3, 2, 14, 0, tzinfo=LONDON)
    school = worlds.build_school(teams=(8,))
    first = begin(school, weeks=4, parts=1, at=start)
    live(dt.date(2026, 7, 19), since=start.date(), down=(dt.date(2026, 3, 20), dt.date(2026, 7, 10)))
    assert Pulse.objects.count() == 1
    assert Event.objects.filter(verb="series.left_out", object_id=first.series_id).count() == 1
    live(dt.date(2026, 7, 21), since=dt.date(2026, 7, 19))
    assert localtime(Pulse.objects.latest("opens_at").opens_at).date() == dt.date(2026, 7, 20)


def test_a_first_pulse_that_waited_as_a_draft_does_not_come_back_the_next_day() -> None:
    start = dt.datetime(2026, 3, 2, 14, 0, tzinfo=LONDON)
    school = worlds.build_school(teams=(8,))
    pulse = worlds.prepare(
        school.unit,
        school.steward,
        at=start,
        closes_at=start + dt.timedelta(days=30),
        results_at=start + dt.timedelta(days=31),
    )
    actor = make.actor_of(school.steward)
    with time.at(start):
        recurring.set_recurrence(actor=actor, pulse=pulse, every_weeks=2, parts=1)
    with time.at(start + dt.timedelta(days=20)):
        recurring.start_due()
        opening.open_pulse(actor=actor, pulse=pulse)
        recurring.start_due()
    assert Pulse.objects.count() == 1
    assert PulseSeries.objects.get().next_on == dt.date(2026, 4, 5)


def test_one_may_change_ones_mind_about_coming_back_until_it_opens() -> None:
    school = worlds.build_school(teams=(8,))
    pulse = worlds.prepare(school.unit, school.steward)
    actor = make.actor_of(school.steward)
    with time.at(worlds.START):
        recurring.set_recurrence(actor=actor, pulse=pulse, every_weeks=2, parts=2)
        recurring.set_recurrence(actor=actor, pulse=pulse, every_weeks=6, parts=1)
        series = PulseSeries.objects.get()
        assert (series.every_weeks, series.parts, pulse.series) == (6, 1, series)
        with pytest.raises(Invalid, match="series_out_of_range"):
            recurring.set_recurrence(actor=actor, pulse=pulse, every_weeks=6, parts=7)
        recurring.set_recurrence(actor=actor, pulse=pulse, every_weeks=0, parts=1)
        assert not PulseSeries.objects.exists()
        recurring.set_recurrence(actor=actor, pulse=pulse, every_weeks=3, parts=1)
        preparing.discard_pulse(actor=actor, pulse=pulse)
    assert not PulseSeries.objects.exists()
    with pytest.raises(Invalid, match="series_out_of_range"):
        recurring.limit_asking(actor=actor, weeks_between=53)


def test_an_ended_series_begins_nothing_more() -> None:
    school = worlds.build_school(teams=(8,))
    pulse = begin(school, weeks=4, parts=1, at=worlds.START)
    assert pulse.series is not None
    for person in (school.steward, school.steward):
        recurring.end_series(actor=make.actor_of(person), series=pulse.series)
    with pytest.raises(NotAllowed):
        recurring.end_series(actor=make.actor_of(school.staff[0]), series=pulse.series)
    live(dt.date(2026, 6, 1), since=dt.date(2026, 3, 2))
    assert Pulse.objects.count() == 1
    assert Event.objects.filter(verb="series.ended").count() == 1


# --- what those above may see -----------------------------------------------------------------------------------------
def test_a_school_itself_lets_those_above_see_it_until_the_results_are_out() -> None:
    community = make.make_community()
    alliance = make.make_unit(community, kind=UnitKind.ALLIANCE)
    school = worlds.build_school(community, teams=(8,), within=alliance)
    above = make.steward_of(alliance)
    pulse = worlds.open_at_start(worlds.prepare(alliance, above), above)

    def consented(unit: Unit) -> bool:
        return NamingConsent.objects.filter(pulse=pulse, unit=unit).exists()

    own = make.actor_of(school.steward)
    with time.at(pulse.opens_at), pytest.raises(NotAllowed, match="own_stewards_only"):
        naming.give_consent(actor=make.actor_of(above), pulse=pulse, unit=school.unit)
    with time.at(pulse.opens_at):
        for _twice in range(2):
            naming.give_consent(actor=own, pulse=pulse, unit=school.unit)
        assert consented(school.unit)
        naming.take_back_consent(actor=own, pulse=pulse, unit=school.unit)
        assert not consented(school.unit)
        naming.give_consent(actor=own, pulse=pulse, unit=school.unit)
        with pytest.raises(Invalid, match="naming_not_needed"):
            naming.give_consent(actor=make.actor_of(above), pulse=pulse, unit=alliance)
    with time.at(pulse.results_at), pytest.raises(Conflict, match="naming_seen"):
        naming.take_back_consent(actor=own, pulse=pulse, unit=school.unit)
    assert consented(school.unit)
    told = sorted(Event.objects.filter(verb__startswith="naming.").values_list("verb", flat=True))
    assert told == ["naming.given", "naming.given", "naming.taken_back"]
