"""The throughline of a unit as its people see it."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from collegium.base import time
from collegium.intend import line_indicators
from collegium.intend.errors import Conflict, Invalid
from collegium.intend.models import Commitment, Point, WorkRole
from collegium.intend.queries import throughline as queries
from collegium.intend.services import conversing, line, points
from collegium.people.enums import UnitKind
from collegium.people.models import Person, Unit
from tests import factories as make
from tests.intend import worlds
from tests.intend.worlds import Line
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Line:
    return worlds.build(staff=6)


def promise(unit: Unit, person: Person, what: str = "I read aloud every day.", **fields: Any) -> Commitment:
    """Put a promise that was made into the database."""
    facts = {"state": "made", "made_on": time.today(), "due_on": time.today(), **fields}
    return Commitment.objects.create(
        community=unit.community, unit=unit, by_person=person, audience="colleagues", to_unit=unit, what=what, **facts
    )


def gaps_of(person: Person, unit: Unit) -> set[tuple[str, str]]:
    found = queries.read_line_for(make.actor_of(person), make.place_of(unit))
    return {(gap.kind, found.graph.nodes[gap.of].title) for gap in found.gaps}


def read(client: Client, url: str) -> str:
    response: Any = client.get(url)
    assert response.status_code == 200, url
    return str(response.content.decode())


def url(unit: Unit, name: str = "throughline") -> str:
    return reverse(f"intend:{name}", args=[unit.slug])


def test_the_line_goes_from_the_vision_to_the_standard_and_names_its_gaps(world: Line) -> None:
    school, lead, (one, other) = world.school, world.lead, world.staff[:2]
    vision = worlds.write_vision(school, lead)
    worlds.write_vision(school, lead, "A school in bloom")
    intent = worlds.write_intent(school, lead, vision=vision)
    challenge = worlds.write_challenge(school, lead, intent=intent, owner=one, second_owner=other)
    worlds.write_challenge(school, lead, "No child is alone", intent=intent)
    worlds.write_challenge(school, lead, "A draft", intent=intent, publish=False)
    promise(school, one, second=other, challenge=challenge, pathway="First one class.", standard="Daily.")
    promise(school, one, "I water the plants.")
    group = make.make_group(school)
    WorkRole.objects.create(community=world.community, group=group, title="Note taker")
    role = WorkRole.objects.create(community=world.community, group=group, title="Reader", obligations=["Reads first"])
    assert gaps_of(world.staff[2], school) == {
        ("vision_without_challenge", "A school in bloom"),
        ("challenge_without_commitment", "No child is alone"),
        ("only_one_person", "No child is alone"),
        ("commitment_serves_nothing", "I water the plants."),
        ("only_one_person", "I water the plants."),
        ("role_without_obligations", "Note taker"),
    }
    page = read(client_of(world.staff[2]), url(school))
    for text in ("First one class.", "Daily.", "Reads first", role.title, one.full_name):
        assert text in page
    assert "You have no line yet" in page
    assert "You have a line" in read(client_of(one), url(school))
    table = read(client_of(one), url(school, "throughline_table") + "?gaps=1")
    assert "I water the plants." in table
    assert "Every pupil reads" not in re.sub(r"<td.*?</td>", "", table, flags=re.DOTALL)
    own = read(client_of(other), url(school) + "?of=me")
    assert "I read aloud every day." in own
    assert 'aria-hidden="true">!' not in own


def test_whoever_left_carries_nothing_any_more(world: Line) -> None:
    school, (one, other) = world.school, world.staff[:2]
    challenge = worlds.write_challenge(school, world.lead, owner=one, second_owner=other)
    assert ("only_one_person", challenge.title) not in gaps_of(world.lead, school)
    for person in (one, other):
        person.posts.update(ends_on=time.today())
    assert ("asks_for_owner", challenge.title) in gaps_of(world.lead, school)


def test_drafts_and_the_promises_of_other_schools_stay_with_them(world: Line) -> None:
    beside = make.make_unit(world.community, within=world.district)
    far = make.make_person(world.community, "Farai", account=True)
    make.make_post(far, beside)
    upper = worlds.write_intent(world.district, worlds.lead_of(world.district), "Read everywhere")
    ours = worlds.write_intent(world.school, world.lead)
    make.make_role(world.lead, world.district, "lead")
    conversing.link_intent(actor=make.actor_of(world.lead), lower=ours, upper=upper, kind="serves")
    challenge = worlds.write_challenge(world.school, world.lead, intent=ours)
    worlds.write_intent(world.school, world.lead, "A secret draft", publish=False)
    promise(world.school, world.staff[0], challenge=challenge, pathway="Slowly.")
    seen = read(client_of(far), url(world.district))
    for text in ("Read everywhere", challenge.title):
        assert text in seen
    for text in ("A secret draft", "I read aloud every day.", "Slowly.", world.staff[0].family_name):
        assert text not in seen
    assert ("challenge_without_commitment", challenge.title) not in gaps_of(far, world.district)
    from_above = read(client_of(worlds.lead_of(world.district)), url(world.district))
    assert "I read aloud every day." in from_above
    assert "A secret draft" not in from_above
    own = queries.read_line_for(make.actor_of(world.staff[0]), make.place_of(world.school))
    assert "Read everywhere" in {node.title for node in own.graph.nodes.values()}
    assert not any(own.graph.nodes[gap.of].title == "Read everywhere" for gap in own.gaps), "it is the district's"


def test_a_share_is_said_of_five_and_more_and_never_of_fewer(world: Line) -> None:
    small, large = (make.make_unit(world.community, kind=UnitKind.TEAM, within=world.school) for _each in range(2))
    for team, people in ((small, 3), (large, 7)):
        for _each in range(people):
            make.make_post(make.make_person(world.community), team)
    challenge = worlds.write_challenge(world.school, world.lead, intent=worlds.write_intent(world.school, world.lead))
    promise(world.school, world.staff[0], challenge=challenge)
    actor, place = make.actor_of(world.lead), make.place_of(world.school)
    sight = queries.read_sight(actor, place, queries.read_line_for(actor, place))
    assert (sight.whole.with_line, sight.whole.people) == (1, 16)
    shown = {row.unit.id: row.coverage.with_line for row in sight.rows}
    assert shown == {small.id: None, large.id: 0}
    page = read(client_of(world.lead), url(world.school))
    assert "Teams without a line" in page
    assert url(large) in page, "who leads a school opens the lines of its teams"
    assert url(large) not in read(client_of(world.staff[0]), url(world.school)), "a colleague of another team does not"
    assert "not shown (too few people" in page
    by_school = queries.read_sight(
        actor,
        make.place_of(world.district),
        queries.read_line_for(make.actor_of(worlds.lead_of(world.district)), make.place_of(world.district)),
    )
    assert [(row.unit, row.coverage.people) for row in by_school.rows] == [(world.school, 16)]


def test_points_serve_what_stands_before_them(world: Line) -> None:
    lead, member = make.actor_of(world.lead), client_of(world.staff[0])
    challenge = worlds.write_challenge(world.school, world.lead)
    goal = points.add_point(actor=lead, unit=world.school, kind="goal", title="A goal", serves=[challenge])
    for kind, serves, code in (("vision", [], "point_kind_unknown"), ("goal", [goal], "serves_in_order")):
        with pytest.raises(Invalid, match=code):
            points.add_point(actor=lead, unit=world.school, kind=kind, title="Not so", serves=serves)
    other = make.make_unit(world.community)
    hidden = worlds.write_challenge(other, worlds.lead_of(other))
    with pytest.raises(Invalid, match="serves_unknown"):
        points.add_point(actor=lead, unit=world.school, kind="goal", title="Not so", serves=[hidden])
    first: Any = member.post(url(world.school, "point_add"), {"kind": "action"})
    page = read(member, first["Location"])
    assert "Goal: A goal" in page
    member.post(first["Location"], {"title": "Read every day", "serves": str(goal.id), "owner": str(world.staff[0].id)})
    action = Point.objects.get(kind="action")
    shown = read(member, reverse("intend:point", args=[world.school.slug, action.id]))
    assert f'Goal: <a href="{reverse("intend:point", args=[world.school.slug, goal.id])}">A goal</a>' in shown
    change = reverse("intend:point_change", args=[world.school.slug, action.id])
    same: Any = member.post(change, {"title": "Read", "owner": str(world.lead.id), "second_owner": str(world.lead.id)})
    assert same.status_code == 422
    member.post(change, {"title": "Read twice", "serves": str(goal.id), "serves_also": str(challenge.id)})
    assert "Read twice" in read(member, url(world.school))
    points.withdraw_point(actor=lead, point=action)
    with pytest.raises(Conflict, match="standing_withdrawn"):
        points.change_point(actor=lead, point=action, title="Late")
    assert "Read twice" not in read(member, url(world.school))


def test_no_link_leads_to_a_point_that_the_reader_may_not_open(world: Line) -> None:
    beside = make.make_unit(world.community, kind=UnitKind.SCHOOL, within=world.district)
    lead = make.make_person(world.community)
    make.make_role(lead, beside, "lead")
    challenge = worlds.write_challenge(beside, lead)
    goal = points.add_point(actor=make.actor_of(lead), unit=beside, kind="goal", title="Their goal", serves=[challenge])
    address = reverse("intend:point", args=[beside.slug, goal.id])
    for reader, may_open in ((world.staff[0], False), (worlds.lead_of(world.district), True)):
        client = client_of(reader)
        page = read(client, url(world.district))
        assert "Their goal" in page
        assert (address in page) == may_open
        assert (client.get(address).status_code == 200) == may_open


def test_alignment_shows_who_adopts_or_serves_what_and_who_sees_it_otherwise(world: Line) -> None:
    upper = worlds.write_intent(world.district, worlds.lead_of(world.district), "Read everywhere")
    ours = worlds.write_intent(world.school, world.lead)
    loose = make.make_unit(world.community, "Loose School", within=world.district)
    worlds.write_intent(loose, worlds.lead_of(loose), "Swim")
    conversing.link_intent(actor=make.actor_of(world.lead), lower=ours, upper=upper, kind="adopts")
    conversing.say_dissent(actor=make.actor_of(world.staff[0]), intent=upper, body="Too much.")
    page = read(client_of(world.staff[0]), url(world.district, "alignment"))
    assert "1 sees it otherwise" in page
    rows = dict(re.findall(r'<tr><th scope="row"><a[^>]*>([^<]*)</a></th>(.*?)</tr>', page, flags=re.DOTALL))
    assert "adopts it as its own" in rows[world.school.name]
    assert "not yet, or not" in rows["Loose School"]
    assert rows["Loose School"].rstrip().endswith('<td class="num">1</td>')
    line.withdraw(actor=make.actor_of(world.lead), thing=ours, because="We stopped.")
    assert "adopts it as its own" not in read(client_of(world.staff[0]), url(world.district, "alignment"))


def test_a_line_is_read_in_as_many_questions_however_long_it_is(world: Line) -> None:
    client = client_of(world.lead)
    counted: dict[str, set[int]] = {}
    made = 0
    for wanted in (1, 3, 30):
        for _each in range(wanted - made):
            vision = worlds.write_vision(world.school, world.lead)
            intent = worlds.write_intent(world.school, world.lead, vision=vision)
            challenge = worlds.write_challenge(
                world.school, world.lead, intent=intent, owner=world.staff[0], second_owner=world.staff[1]
            )
            promise(world.school, world.staff[0], challenge=challenge, second=world.staff[1], pathway="So.")
            points.add_point(
                actor=make.actor_of(world.lead), unit=world.school, kind="goal", title="Goal", serves=[challenge]
            )
        made = wanted
        for name in ("throughline", "throughline_table", "alignment"):
            read(client, url(world.school, name))
            with CaptureQueriesContext(connection) as seen:
                read(client, url(world.school, name))
            counted.setdefault(name, set()).add(len(seen))
    assert all(len(each) == 1 for each in counted.values()), counted


def test_the_line_is_taken_away_as_a_table_or_as_json(world: Line) -> None:
    intent = worlds.write_intent(world.school, world.lead)
    challenge = worlds.write_challenge(world.school, world.lead, "=Every pupil reads", intent=intent)
    promise(world.school, world.staff[0], challenge=challenge)
    client = client_of(world.staff[1])

    def fetch(form: str) -> bytes:
        response: Any = client.get(reverse("intend:throughline_file", args=[world.school.slug, form]))
        assert response.status_code == 200
        assert "attachment" in response["Content-Disposition"]
        return bytes(response.content)

    found = {row["kind"]: row for row in json.loads(fetch("json"))["line"]}
    assert found["challenge"]["serves"] == [found["intent"]["id"]]
    assert found["commitment"]["serves"] == [found["challenge"]["id"]]
    assert found["commitment"]["carried_by"] == world.staff[0].full_name
    assert found["commitment"]["missing"] == ["only_one_person"]
    rows = list(csv.DictReader(io.StringIO(fetch("csv").decode("utf-8-sig"))))
    assert "'=Every pupil reads" in [row["title"] for row in rows], "a spreadsheet must not work it out"
    sheet = load_workbook(io.BytesIO(fetch("xlsx"))).active
    assert sheet is not None
    assert sheet.max_row == 1 + len(rows)
    assert client.get(reverse("intend:throughline_file", args=[world.school.slug, "pdf"])).status_code == 404


def test_the_home_and_the_indicators_say_how_far_the_line_goes(world: Line) -> None:
    client = client_of(world.lead)
    home = reverse("people:unit_home", args=[world.school.slug])
    assert "Where are we going?" in read(client, home)
    challenge = worlds.write_challenge(world.school, world.lead, intent=worlds.write_intent(world.school, world.lead))
    promise(world.school, world.staff[0], challenge=challenge)
    assert "Only one person could carry it" in read(client, home)
    today = time.today()
    sight = line_indicators.read_sight(world.school.id, today)
    assert (sight.value, sight.n) == (1 / 6, 6)
    assert line_indicators.read_gaps(world.school.id, today).value == 3, "a wish, and two that rest on one person"
    assert line_indicators.read_gaps(world.school.id, today.replace(year=today.year - 1)).value is None
    small = make.make_unit(world.community)
    assert line_indicators.read_sight(small.id, today).value is None


def test_the_line_is_narrowed_to_what_a_person_carries_whose_name_may_be_seen(world: Line) -> None:
    school, (one, other, reader) = world.school, world.staff[:3]
    intent = worlds.write_intent(school, world.lead)
    challenge = worlds.write_challenge(school, world.lead, intent=intent)
    promise(school, one, "I read aloud.", challenge=challenge)
    promise(school, other, "I water the plants.")
    page = read(client_of(reader), f"{url(school)}?of={one.id}")
    assert f'<option value="{one.id}" selected>{one.full_name}</option>' in page
    picture = page[page.index("line-frame") : page.index("The same as a table")]
    assert "I read aloud." in picture
    assert challenge.title in picture
    assert "I water the plants." not in picture
    guest = make.make_person(world.community, account=True)
    make.make_post(guest, make.make_unit(world.community, within=world.district))
    for unknown in (one.id, guest.id):
        page = read(client_of(guest), f"{url(world.district)}?of={unknown}")
        assert one.full_name not in page
        assert "Nothing of it is on the line." in page


def test_promises_and_roles_serve_goals_and_what_stands_above_their_unit(world: Line) -> None:
    school, (one, other) = world.school, world.staff[:2]
    head = worlds.lead_of(world.district)
    above = worlds.write_intent(world.district, head, "Read everywhere")
    far = worlds.write_challenge(world.district, head, "Every school reads", intent=above)
    worlds.write_challenge(world.district, head, "Nobody here serves it", intent=above)
    challenge = worlds.write_challenge(school, world.lead, intent=worlds.write_intent(school, world.lead))
    goal = points.add_point(actor=make.actor_of(one), unit=school, kind="goal", title="By May", serves=[challenge])
    promise(school, one, "For a goal.", second=other, goal=goal)
    promise(school, other, "For the district.", second=one, challenge=far)
    role = WorkRole.objects.create(
        community=world.community, group=make.make_group(school), title="Reader", obligations=["Reads"], goal=goal
    )
    found = queries.read_line_for(make.actor_of(one), make.place_of(school))
    gaps = {(gap.kind, found.graph.nodes[gap.of].title) for gap in found.gaps}
    assert gaps == {("wish", "Read together"), ("only_one_person", challenge.title)}
    assert found.graph.above[role.id.hex] == (goal.id.hex,)
    assert {"Every school reads", "Read everywhere"} < {node.title for node in found.graph.nodes.values()}
    assert "Nobody here serves it" not in {node.title for node in found.graph.nodes.values()}
    page = read(client_of(one), reverse("intend:challenge", args=[school.slug, challenge.id]))
    assert "For a goal." in page, "a promise for a goal on the way is one for the challenge"
    page = read(client_of(one), reverse("intend:point", args=[school.slug, goal.id]))
    assert "For a goal." in page
    form = re.search(rf'href="([^"]+\?serves={goal.id})"', page)
    assert form
    assert f'<option value="{goal.id}" selected>By May</option>' in read(client_of(one), form[1])
