"""Numbers of single things on a challenge: own questionnaires, older rounds, measures of enquiries."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.enquire.models import Measure, Point
from collegium.intend.enums import CitationKind, Measured
from collegium.intend.errors import Invalid
from collegium.intend.models import Challenge
from collegium.intend.queries import evidence
from collegium.intend.services import challenges
from collegium.listen.models import InstrumentVersion, Pulse
from collegium.people.models import Person
from tests import factories as make
from tests.enquire.rows import make_enquiry, make_measure, make_segment
from tests.intend import worlds
from tests.intend.worlds import Line
from tests.listen import published
from tests.listen.published import CLOSED, Told
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db

FACET, MEASURE = CitationKind.FACET, CitationKind.MEASURE
TERM = dt.timedelta(days=30)


@pytest.fixture
def world() -> Line:
    return worlds.build()


def read(person: Person, challenge: Challenge) -> str:
    address = reverse("intend:challenge", args=[challenge.unit.slug, challenge.id])
    response: Any = client_of(person).get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def add_round(world: Line, mean: float, terms: int, before: tuple[Pulse, Told] | None = None) -> tuple[Pulse, Told]:
    """Publish a round of a questionnaire of the school's own."""
    pulse = published.make_pulse(world.school, at=CLOSED + terms * TERM, title=f"Ours, round {terms}")
    shipped = pulse.instrument
    pulse.instrument, _is_new = InstrumentVersion.objects.get_or_create(
        community=world.community,
        unit=world.school,
        key=shipped.key,
        defaults={"version": 1, "title": "Ours", "definition": shipped.definition},
    )
    pulse.save()
    told = Told(means={"trust": mean})
    published.tell(pulse, world.school, told, before=before)
    return pulse, told


def add_measure(world: Line, *points: tuple[float, float], owner: Person | None = None, **more: Any) -> Measure:
    """Let an enquiry of the school measure a share each week."""
    measure = make_measure(make_enquiry(world.school, owner or world.staff[0]), **more)
    segment = make_segment(measure)
    for week, (value, of) in enumerate(points):
        day = dt.date(2026, 1, 5) + dt.timedelta(days=7 * week)
        Point.objects.create(community=world.community, segment=segment, on=day, value=value, denominator=of)
    return measure


def code_of(kind: str, source: Pulse | Measure, key: str) -> str:
    return f"{kind}:{source.id}:{key}"


def test_an_own_questionnaire_and_an_older_round_are_cited_and_followed_to_the_newest(world: Line) -> None:
    lead, place = make.actor_of(world.lead), make.place_of(world.school)
    first = add_round(world, 3.0, 0)
    second = add_round(world, 3.4, 1, first)
    challenge = worlds.write_challenge(world.school, world.lead)
    for pulse, _told in (first, second):
        challenges.cite(actor=lead, challenge=challenge, code=code_of(FACET, pulse, "trust"))
    add_round(world, 4.1, 2, second)
    add_round(world, 2.0, 3)  # asked something else: not comparable, and not followed
    cited = evidence.list_cited_for(lead, place, challenge)
    assert [(each.citation.value, each.now.value if each.now else None) for each in cited] == [(3.0, 4.1), (3.4, 4.1)]
    page = read(world.lead, challenge)
    assert "Ours, round 1, closed on" in page
    assert "Ours, round 2, closed on" in page
    assert "round 3" not in page
    outsider = make.make_person(world.community, account=True)
    make.make_post(outsider, make.make_unit(world.community))
    page = read(outsider, challenge)
    assert "A number that is not yours to see" in page
    assert "Ours" not in page


def test_the_newest_round_of_a_shipped_questionnaire_is_offered_once(world: Line) -> None:
    pulses = [published.make_pulse(world.school, at=CLOSED + terms * TERM, title=f"{terms}") for terms in (0, 1)]
    for pulse in pulses:
        published.tell(pulse, world.school, Told(means={"trust": 3.0}))
    offered = evidence.list_citable_for(make.actor_of(world.lead), make.place_of(world.school))
    codes = {each.code for each in offered if each.kind == FACET and each.key.endswith("trust")}
    assert codes == {"listen.trust", code_of(FACET, pulses[0], "trust")}


def test_a_measure_of_an_enquiry_tells_whether_a_challenge_is_met(world: Line) -> None:
    measure = add_measure(world, (5, 20), (8, 20), (12, 20))
    challenge = worlds.write_challenge(world.school, world.lead, measured=Measured.ENQUIRY)
    assert "By a measure of an enquiry" in read(world.lead, challenge)
    place = {name: getattr(challenge, name) for name in ("starts_on", "by_on")} | {"measured": Measured.ENQUIRY}
    form = reverse("intend:challenge_arrange", args=[world.school.slug, challenge.id])
    client_of(world.lead).post(form, {**place, "measure_id": str(measure.id)})
    page = read(world.staff[1], challenge)
    link = reverse("enquire:measure", args=[measure.enquiry_id, measure.id])
    assert f'<a href="{link}">On time</a>: 60%' in page
    assert "Too few points to tell: 3 so far" in page
    outsider = make.make_person(world.community, account=True)
    make.make_post(outsider, make.make_unit(world.community))
    page = read(outsider, challenge)
    assert "By a measure of an enquiry" in page
    assert "On time" not in page


def test_a_measure_is_cited_without_shares_of_few_even_by_its_team(world: Line) -> None:
    team, place = make.actor_of(world.lead), make.place_of(world.school)
    measure = add_measure(world, (12, 20), (1, 3), owner=world.lead)
    hidden = add_measure(world, (1, 3), owner=world.lead)
    grouped = make_measure(measure.enquiry, title="By year")
    for title in ("Year 7", "Year 8"):
        make_segment(grouped, title)
    offered = {each.code: each for each in evidence.list_citable_for(team, place) if each.kind == MEASURE}
    assert [(code, each.reading.value) for code, each in offered.items()] == [(code_of(MEASURE, measure, "only"), 0.6)]
    challenge = worlds.write_challenge(world.school, world.lead)
    with pytest.raises(Invalid, match="citation_unknown"):
        challenges.cite(actor=team, challenge=challenge, code=code_of(MEASURE, hidden, "only"))
    challenges.cite(actor=team, challenge=challenge, code=code_of(MEASURE, measure, "only"))
    Point.objects.filter(segment__measure=measure, denominator=3).update(value=18, denominator=20)
    (cited,) = evidence.list_cited_for(team, place, challenge)
    assert (cited.citation.value, cited.now and cited.now.value) == (0.6, 0.9)


def test_a_measure_of_another_school_is_refused_and_one_that_was_chosen_is_kept(world: Line) -> None:
    lead = make.actor_of(world.lead)
    other = worlds.build(world.community)
    foreign = add_measure(other, (5, 20))
    with pytest.raises(Invalid, match="citation_unknown"):
        worlds.write_challenge(world.school, world.lead, measured=Measured.ENQUIRY, measure_id=foreign.id)
    challenge = worlds.write_challenge(world.school, world.lead, measured=Measured.ENQUIRY)
    Challenge.objects.filter(id=challenge.id).update(measure_id=foreign.id)
    challenge.refresh_from_db()
    page = client_of(world.lead).get(reverse("intend:challenge_arrange", args=[world.school.slug, challenge.id]))
    assert "which is not yours to read" in page.content.decode()
    days = {"starts_on": challenge.starts_on, "by_on": challenge.by_on}
    told = {"measured": Measured.ENQUIRY, "measure_id": foreign.id}
    challenges.arrange_challenge(actor=lead, challenge=challenge, **days, **told, curriculum="Maths")
    assert Challenge.objects.get(id=challenge.id).measure_id == foreign.id


def test_a_challenge_asks_the_database_as_often_for_many_numbers_as_for_few(world: Line) -> None:
    lead, client = make.actor_of(world.lead), client_of(world.lead)
    challenge = worlds.write_challenge(world.school, world.lead)
    address = reverse("intend:challenge", args=[world.school.slug, challenge.id])
    before, counted, cited = None, [], 0
    for wanted in (1, 3, 8):
        for number in range(cited, wanted):
            before = add_round(world, 3.0, number, before)
            challenges.cite(actor=lead, challenge=challenge, code=code_of(FACET, before[0], "trust"))
            measure = add_measure(world, (12, 20))
            challenges.cite(actor=lead, challenge=challenge, code=code_of(MEASURE, measure, "only"))
        cited = wanted
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        counted.append(len(seen))
    assert len(set(counted)) == 1, counted
    assert counted[0] <= 40
