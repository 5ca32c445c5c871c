"""Every page that changes something: the form, what it refuses with everything still there, and what comes of it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from collegium.base import time
from collegium.base.models import Event
from collegium.people.enums import Governance, Role, UnitKind
from collegium.people.models import Account, Group, GroupMembership, Person, Post, Unit, UnitRole, UnitTie
from tests import factories as make
from tests.people import worlds
from tests.people.sign_in.helpers import show
from tests.people.worlds import World, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return worlds.build()


def send(client: Client, name: str, /, *args: object, status: int = 302, query: str = "", **data: Any) -> str:
    """Open the form, then send it."""
    url = reverse(f"people:{name}", args=args) + query
    assert client.get(url).status_code == 200
    response = client.post(url, data)
    page = response.content.decode()
    assert response.status_code == status, page
    return page


def test_adding_a_unit(world: World) -> None:
    client = client_of(world.steward)
    page = send(client, "unit_add", "saltmarsh", status=422, kind="team", name="")
    assert "aria-invalid" in page
    send(client, "unit_add", "saltmarsh", kind="team", name="Science team")
    assert UnitTie.objects.get(lower__name="Science team").starts_on == time.today()
    page = send(client, "unit_add", "saltmarsh", status=422, kind="district", name="Upside down")
    assert "Upside down" in page
    assert 'value="district"' not in page, "a kind that this unit cannot contain is not offered"


def test_renaming_a_unit(world: World) -> None:
    send(client_of(world.steward), "unit_rename", "saltmarsh", name="Saltmarsh Academy", identifier="")
    world.school.refresh_from_db()
    assert world.school.name == "Saltmarsh Academy"


def test_ending_a_unit_and_taking_it_back(world: World) -> None:
    client = client_of(world.steward)
    page = send(client, "unit_end", "saltmarsh", status=422, ends_on=str(time.today()))
    assert "still contains" in page
    send(client, "unit_end", "maths", ends_on=str(time.today()))
    assert not Post.objects.on(time.today()).filter(unit=world.team).exists()
    event = Event.objects.get(verb="unit.ended")
    assert (
        reverse("people:ending_undo", args=["maths", event.id])
        in client.get(reverse("people:unit_audit", args=["maths"])).content.decode()
    )
    send(client, "ending_undo", "maths", event.id)
    assert Post.objects.on(time.today()).filter(unit=world.team).count() == 2
    page = send(client, "ending_undo", "maths", event.id, status=422)
    assert "has changed since" in page


def test_tying_units_by_searching_for_the_other(world: World) -> None:
    client = client_of(world.steward)
    find = "?q=ferry"
    data = {"other": str(world.other_school.id), "relation": "contains"}
    page = send(client, "tie_add", "saltmarsh", status=403, query=find, **data)
    assert "Only a steward" in page
    UnitTie.objects.filter(kind="partner").delete()
    send(client, "tie_add", "saltmarsh", query=find, **{**data, "relation": "partner"})
    assert UnitTie.objects.filter(kind="partner").count() == 1
    page = send(client, "tie_add", "saltmarsh", status=422, query="?q=zzz", **{**data, "relation": "partner"})
    assert "Nothing was found" in page


def test_a_tie_that_would_close_a_circle_is_refused_in_words(world: World) -> None:
    make.make_role(world.steward, world.district)
    client = client_of(world.steward)
    data = {"other": str(world.school.id), "relation": "part_of"}
    page = send(client, "tie_add", "district", status=422, query="?q=saltmarsh", **data)
    assert "circle" in page or "cannot contain" in page


def test_changing_and_ending_a_tie(world: World) -> None:
    client = client_of(world.steward)
    make.make_role(world.steward, world.alliance)
    tie = UnitTie.objects.get(upper=world.alliance)
    send(client, "tie_change", "alliance", tie.id, governance=str(Governance.JOINT_BODY))
    tie = UnitTie.objects.on(time.today()).get(upper=world.alliance)
    assert tie.governance == Governance.JOINT_BODY
    send(client, "tie_end", "saltmarsh", tie.id, ends_on=str(time.today()))
    assert not UnitTie.objects.on(time.today()).filter(upper=world.alliance).exists()


def test_adding_a_person_and_a_second_post(world: World) -> None:
    client = client_of(world.steward)
    data = {"given_name": "Nia", "family_name": "Ekwueme", "email": "nia@x.example", "title": "Teacher"}
    page = send(client, "person_add", "maths", status=422, **{**data, "title": ""}, level="classroom")
    assert "Ekwueme" in page
    send(client, "person_add", "maths", **data, level="classroom")
    nia = Person.objects.get(email="nia@x.example")
    page = send(client, "person_add", "maths", status=422, **data, level="classroom")
    assert "already in your community" in page
    page = send(client, "person_add", "maths", status=422, title="Teacher", level="classroom")
    assert "at least one name" in page
    post = {"person": str(nia.id), "title": "Choir", "level": "middle"}
    send(client, "post_add", "saltmarsh", query="?q=ekwueme", **post)
    assert nia.posts.count() == 2


def test_only_whole_addresses_find_people_of_other_schools(world: World) -> None:
    client = client_of(world.steward)
    url = reverse("people:post_add", args=["saltmarsh"])
    assert "Amina Sesay" not in client.get(url, {"q": "sesay"}).content.decode()
    assert "Amina Sesay" in client.get(url, {"q": world.stranger.email.upper()}).content.decode()
    data = {"person": str(world.stranger.id), "title": "Spy", "level": "support"}
    send(client, "post_add", "saltmarsh", status=422, query="?q=prys", **data)
    assert world.stranger.posts.count() == 1


def test_correcting_the_title_of_a_post(world: World) -> None:
    post = Post.objects.get(person=world.teacher)
    client = client_of(world.steward)
    url = reverse("people:post_title", args=["maths", post.id])
    assert url in client.get(reverse("people:unit_people", args=["saltmarsh"])).content.decode()
    assert post.title in client.get(url).content.decode()
    page = send(client, "post_title", "maths", post.id, status=422, title="")
    assert "Please fill this in." in page
    send(client, "post_title", "maths", post.id, title="Leader of mathematics")
    post.refresh_from_db()
    assert post.title == "Leader of mathematics"
    trail = client.get(reverse("people:unit_audit", args=["saltmarsh"])).content.decode()
    assert "“Leader of mathematics”" in trail


def test_units_of_the_same_name_are_told_apart(world: World) -> None:
    make.make_unit(world.community, "Science", kind=UnitKind.TEAM, within=world.school)
    page = client_of(world.steward).get(reverse("people:tie_add", args=["saltmarsh"]), {"q": "science"})
    assert f"Science (team, {world.school.name})" in page.content.decode()


def test_ending_a_post(world: World) -> None:
    post = Post.objects.get(person=world.teacher)
    client = client_of(world.steward)
    page = send(client, "post_end", "maths", post.id, status=422, ends_on="2020-01-01")
    assert "before the first day" in page
    send(client, "post_end", "maths", post.id, ends_on=str(time.today()))
    post.refresh_from_db()
    assert post.ends_on == time.today()


def test_giving_and_ending_roles_never_leaves_a_unit_alone(world: World) -> None:
    client = client_of(world.steward)
    own = UnitRole.objects.get(person=world.steward)
    page = send(client, "role_end", "saltmarsh", own.id, status=422, ends_on=str(time.today()))
    assert "without anybody to look after it" in page
    data = {"person": str(world.lead.id), "role": Role.STEWARD}
    send(client, "role_give", "saltmarsh", query="?q=kamau", **data)
    page = send(client, "role_give", "saltmarsh", query="?q=kamau", status=422, **data)
    assert "already has this role" in page
    send(client, "role_end", "saltmarsh", own.id, ends_on=str(time.today()))
    assert not UnitRole.objects.on(time.today()).filter(person=world.steward).exists()


def test_a_lead_lays_down_their_own_role_and_touches_no_other(world: World) -> None:
    own, other = UnitRole.objects.get(person=world.lead), UnitRole.objects.get(person=world.steward)
    client = client_of(world.lead)
    assert client.get(reverse("people:role_end", args=["saltmarsh", other.id])).status_code == 403
    send(client, "role_end", "saltmarsh", own.id, ends_on=str(time.today()))


def test_a_lead_runs_a_group_from_start_to_end(world: World) -> None:
    client = client_of(world.lead)
    send(client, "group_add", "saltmarsh", name="Phonics", kind="plc", purpose="Everybody reads")
    group = Group.objects.get(name="Phonics")
    assert "already has a group" in send(client, "group_add", "saltmarsh", status=422, name="Phonics", kind="plc")
    send(client, "group_change", group.id, name="Reading", kind="enquiry", purpose="")
    data = {"person": str(world.teacher.id), "role": "member"}
    send(client, "member_add", group.id, query="?q=prys", **data)
    assert "already in the group" in send(client, "member_add", group.id, query="?q=prys", status=422, **data)
    membership = GroupMembership.objects.get(group=group)
    send(client, "member_role", group.id, membership.id, role="facilitator")
    send(client, "member_end", group.id, membership.id, ends_on=str(time.today()))
    send(client, "group_end", group.id, ends_on=str(time.today()))
    assert "ended on" in client.get(reverse("people:group", args=[group.id])).content.decode()
    event = Event.objects.get(verb="group.ended")
    send(client, "ending_undo", "saltmarsh", event.id)
    group.refresh_from_db()
    assert group.ends_on is None


def test_a_member_leaves_a_group_by_themselves(world: World) -> None:
    own = GroupMembership.objects.get(person=world.teacher)
    client = client_of(world.teacher)
    assert client.get(reverse("people:group_end", args=[world.group.id])).status_code == 403
    assert (
        reverse("people:member_end", args=[world.group.id, own.id])
        in client.get(reverse("people:group", args=[world.group.id])).content.decode()
    )
    send(client, "member_end", world.group.id, own.id, ends_on=str(time.today()))


def test_changing_names(world: World) -> None:
    send(client_of(world.teacher), "person_name", world.teacher.id, given_name="Ieuan", family_name="Prys-Jones")
    send(client_of(world.steward), "person_name", world.teacher.id, given_name="Ifan", family_name="Prys")
    world.teacher.refresh_from_db()
    assert world.teacher.full_name == "Ifan Prys"
    assert client_of(world.lead).get(reverse("people:person_name", args=[world.teacher.id])).status_code == 403


def test_declaring_strengths(world: World) -> None:
    client = client_of(world.teacher)
    send(client, "my_strengths", texts="Choir\r\n\r\nChess")
    assert set(world.teacher.strengths.values_list("text", flat=True)) == {"Choir", "Chess"}
    assert "more than 12" in send(client, "my_strengths", status=422, texts="\n".join(map(str, range(13))))
    assert "characters" in send(client, "my_strengths", status=422, texts="x" * 121)


def test_taking_ones_data_away(world: World) -> None:
    client = client_of(world.teacher)
    response = client.post(reverse("people:my_export"))
    data = json.loads(response.content)
    assert data["person"]["email"] == world.teacher.email
    assert data["posts"][0]["title"] == "Teacher of maths"
    assert "attachment" in response["Content-Disposition"]
    assert Event.objects.filter(verb="person.exported").count() == 1


def test_erasing_oneself(world: World) -> None:
    client = client_of(world.teacher)
    assert "aria-invalid" in send(client, "my_erasure", status=422)
    send(client, "my_erasure", understood="on")
    assert not Account.objects.filter(email=world.teacher.email).exists()
    assert "erased" in client.get("/").content.decode()
    assert client.get(reverse("people:my_part")).status_code == 302


def test_the_only_steward_is_told_why_they_cannot_be_erased_yet(world: World) -> None:
    page = send(client_of(world.steward), "my_erasure", status=422, understood="on")
    assert "without anybody to look after it" in page
    assert Person.objects.filter(id=world.steward.id, erased_at__isnull=True).exists()


@pytest.mark.parametrize("name", ["my_erasure", "my_export"])
def test_dangerous_acts_ask_again_who_is_there(world: World, name: str) -> None:
    client = client_of(world.teacher)
    assert world.teacher.account is not None
    show(client, world.teacher.account, seconds_ago=3600)
    response = client.post(reverse(f"people:{name}"), {"understood": "on"})
    assert reverse("account_reauthenticate") in response["Location"]
    assert Person.objects.filter(id=world.teacher.id, erased_at__isnull=True).exists()


def test_the_trail_is_filtered_and_exported_without_formulas(world: World) -> None:
    client = client_of(world.steward)
    send(client, "unit_rename", "saltmarsh", name="=HYPERLINK(1)", identifier="")
    send(client, "unit_add", "saltmarsh", kind="team", name="Science")
    world.lead.given_name = "=cmd"
    world.lead.save()
    send(client_of(world.lead), "group_add", "saltmarsh", name="Phonics", kind="plc")
    url = reverse("people:unit_audit", args=["saltmarsh"])
    page = client.get(url, {"kind": "group", "person": "kamau"}).content.decode()
    assert "Phonics" in page
    assert "Science" not in page
    today = time.today()
    assert "Nothing fits" in client.get(url, {"since": str(today + dt.timedelta(days=1))}).content.decode()
    assert "Science" in client.get(url, {"since": str(today), "until": str(today)}).content.decode()
    assert "Science" in client.get(url, {"since": "nonsense"}).content.decode()
    response = client.post(reverse("people:unit_audit_export", args=["saltmarsh"]))
    rows = list(csv.reader(io.StringIO(response.content.decode())))
    assert len(rows) == 4 + 1
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert any(cell.startswith("'=cmd") for row in rows for cell in row)
    assert (
        "Phonics"
        not in client.post(reverse("people:unit_audit_export", args=["saltmarsh"]) + "?kind=unit").content.decode()
    )


STEWARDS_ONLY = [
    "unit_audit",
    "unit_rename",
    "unit_end",
    "unit_add",
    "tie_add",
    "person_add",
    "post_add",
    "role_give",
]


@pytest.mark.parametrize("name", STEWARDS_ONLY)
def test_members_and_leads_open_no_form_of_stewards(world: World, name: str) -> None:
    for person in (world.teacher, world.lead, world.stranger):
        response = client_of(person).post(reverse(f"people:{name}", args=["saltmarsh"]), {})
        assert response.status_code in (403, 405)
        assert client_of(person).get(reverse(f"people:{name}", args=["saltmarsh"])).status_code == 403


def test_ids_of_one_unit_are_not_found_under_another(world: World) -> None:
    make.make_role(world.steward, world.other_school)
    client = client_of(world.steward)
    post, role = Post.objects.get(person=world.teacher), UnitRole.objects.get(person=world.lead)
    tie = UnitTie.objects.get(upper=world.alliance)
    for name, row in (
        ("post_title", post),
        ("post_end", post),
        ("role_end", role),
        ("tie_end", tie),
        ("tie_change", tie),
    ):
        assert client.get(reverse(f"people:{name}", args=["ferry-road", row.id])).status_code == 404


def make_team(world: World) -> Unit:
    return make.make_unit(world.community, kind=UnitKind.TEAM, within=world.school)


def grow(world: World, number: int) -> None:
    """Make one more of everything."""
    team = make_team(world)
    person = make.make_person(world.community)
    make.make_post(person, team, starts_on=dt.date(2025, 1, 1))
    make.make_role(person, world.school, Role.GUEST)
    make.make_role(person, team, Role.STEWARD)
    make.make_membership(person, make.make_group(team))
    make.make_membership(person, world.group)
    make.make_membership(world.steward, make.make_group(team))
    make.make_post(world.steward, team, f"Extra {number}")
    make.make_strength(world.steward)
    sister = make.make_unit(world.community, within=world.district)
    make.make_role(person, sister, Role.LEAD)
    make.contain(sister, world.school, kind="partner")
    Event.objects.create(
        community_id=world.community.id,
        at=time.now(),
        actor_id=person.id,
        verb="post.added",
        object_kind="post",
        object_id=person.id,
        unit_id=team.id,
        data={"person_id": str(person.id), "title": "Post"},
    )


@pytest.mark.parametrize(
    "name",
    ["unit_home", "unit_people", "unit_over_time", "unit_organisation", "unit_groups", "unit_roles", "unit_audit"],
)
@pytest.mark.parametrize("slug", ["saltmarsh", "district"])
def test_pages_of_units_ask_as_much_of_the_database_for_many_as_for_one(world: World, name: str, slug: str) -> None:
    make.make_role(world.steward, world.district)
    assert_constant(world, reverse(f"people:{name}", args=[slug]), at_most=60 if name == "unit_home" else 40)


@pytest.mark.parametrize("name", ["unit_list", "my_part", "my_data"])
def test_other_pages_ask_as_much_of_the_database_for_many_as_for_one(world: World, name: str) -> None:
    assert_constant(world, reverse(f"people:{name}"), at_most=40 if name == "unit_list" else 46)


def test_pages_of_a_group_and_a_person_ask_as_much_for_many_as_for_one(world: World) -> None:
    assert_constant(world, reverse("people:group", args=[world.group.id]))
    assert_constant(world, reverse("people:person", args=[world.lead.id]))


def assert_constant(world: World, url: str, *, at_most: int = 40) -> None:
    """Load the page with 1, 3 and 30 rows of everything; the number of statements stays.

    A home, My part and one's own data gather from every room, each of which asks for what is its own.
    """
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(world.steward)
    counts: list[int] = []
    for rows in (1, 2, 27):
        for number in range(rows):
            grow(world, len(counts) * 100 + number)
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(url).status_code == 200
        counts.append(len(captured))
    assert len(set(counts)) == 1, counts
    # PostgreSQL is told besides whose rows may be seen, at each step into a community and out of it.
    assert counts[0] <= at_most + (4 if connection.vendor == "postgresql" else 0), counts
