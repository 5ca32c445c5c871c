"""Every page that only shows: what it says, to whom, on which day."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from collegium.base import time
from collegium.base.models import Event
from collegium.people.enums import Role, UnitKind
from collegium.people.models import Post, UnitRole
from tests import factories as make
from tests.people import worlds
from tests.people.worlds import World, client_of

pytestmark = pytest.mark.django_db
UNIT_PAGES = [
    "unit_home",
    "unit_people",
    "unit_over_time",
    "unit_organisation",
    "unit_groups",
    "unit_roles",
    "unit_audit",
]


@pytest.fixture
def world() -> World:
    return worlds.build()


def read(client: Client, name: str, *args: object, status: int = 200, **query: str) -> str:
    response = client.get(reverse(f"people:{name}", args=args), query)
    assert response.status_code == status, response.status_code
    page = response.content.decode()
    return page[page.index("<main") : page.index("</main>")]


def test_the_door_says_what_it_is_and_where_to_sign_in(world: World) -> None:
    page = read(Client(), "home")
    assert reverse("account_login") in page
    assert "Leading together" in page


def test_signing_in_leads_to_ones_own_unit(world: World) -> None:
    response = client_of(world.teacher).get("/")
    assert response["Location"] == reverse("people:unit_home", args=["saltmarsh"])


def test_an_account_without_community_or_unit_is_told_what_to_do(world: World) -> None:
    nobody = make.make_person(world.community, account=True)
    assert "no unit yet" in read(client_of(nobody), "home")
    account = make.make_account()
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert account.email in read(client, "home")
    assert client.get(reverse("people:unit_list"))["Location"] == "/"


def test_one_login_of_two_communities_chooses(world: World) -> None:
    second = make.make_community("Hillside")
    hill = make.make_unit(second, "Hill School", slug="hill")
    assert world.steward.account is not None
    twin = make.make_person(second, "Şule", "Demir", account=world.steward.account)
    make.make_post(twin, hill)
    client = client_of(world.steward)
    assert "Hillside" in read(client, "my_part")
    client.post(reverse("people:switch_community"), {"person": str(twin.id)})
    assert client.get("/")["Location"] == reverse("people:unit_home", args=["hill"])
    assert client.get(reverse("people:unit_home", args=["saltmarsh"])).status_code == 404
    assert client.post(reverse("people:switch_community"), {"person": str(world.teacher.id)}).status_code == 404


@pytest.mark.parametrize("name", UNIT_PAGES)
@pytest.mark.parametrize("slug", ["saltmarsh", "maths", "district", "alliance"])
@pytest.mark.parametrize("as_of", ["", "2024-01-15", "2030-01-01"])
def test_every_page_of_every_kind_of_unit_opens_for_any_day(world: World, name: str, slug: str, as_of: str) -> None:
    for unit in (world.district, world.alliance):
        make.make_role(world.steward, unit)
    page = read(client_of(world.steward), name, slug, as_of=as_of)
    assert page.count("<h1") == 1
    assert ("Back to today" in page) is bool(as_of)


def test_a_day_that_cannot_be_read_is_said(world: World) -> None:
    for text in ("soon", "0001-01-01", "1599-12-31", "3000-01-01", "9999-12-31", "0000-00-00"):
        assert "is not a date" in read(client_of(world.steward), "unit_home", "saltmarsh", as_of=text, status=422)
    for text in ("1600-01-01", "2999-12-31"):
        read(client_of(world.steward), "unit_over_time", "saltmarsh", as_of=text)


def test_home_names_the_one_steward_and_asks_who_could_carry_it_on(world: World) -> None:
    page = read(client_of(world.teacher), "unit_home", "saltmarsh")
    assert "who could carry it on" in page
    assert "Şule Demir" in page
    make.make_role(world.lead, world.school, Role.STEWARD)
    assert "who could carry it on" not in read(client_of(world.teacher), "unit_home", "saltmarsh")


def test_home_shows_no_names_to_people_of_other_units(world: World) -> None:
    page = read(client_of(world.stranger), "unit_home", "saltmarsh")
    assert "Şule Demir" not in page
    for name in ("unit_people", "unit_roles", "unit_groups", "unit_over_time", "unit_audit"):
        read(client_of(world.stranger), name, "saltmarsh", status=403)


def test_first_steps_lead_the_steward_of_a_new_unit(world: World) -> None:
    new = make.make_unit(world.community, "New School", slug="new")
    make.make_role(world.steward, new)
    page = read(client_of(world.steward), "unit_home", "new")
    for step in ("people:roster_start", "listen:pulse_add", "intend:challenge_write"):
        assert f'<a href="{reverse(step, args=["new"])}' in page, step
    assert page.index("Bring your people") < page.index("Take a first pulse") < page.index("Agree one challenge")
    assert "(done)" not in page
    make.make_post(world.teacher, new)
    assert "Bring your people</span>" in read(client_of(world.steward), "unit_home", "new")
    assert "First steps" not in read(client_of(world.teacher), "unit_home", "saltmarsh")


def test_people_are_listed_by_team_and_found_by_name_post_and_level(world: World) -> None:
    client = client_of(world.teacher)
    page = read(client, "unit_people", "saltmarsh")
    assert page.index("Maths team") < page.index("Wanjiru Kamau") < page.index("Ieuan Prys")
    assert "Olga Novak" not in page
    assert "Ieuan Prys" not in read(client, "unit_people", "saltmarsh", q="kamau")
    assert "Wanjiru Kamau" in read(client, "unit_people", "saltmarsh", q="head maths")
    assert "Wanjiru Kamau" not in read(client, "unit_people", "saltmarsh", level="classroom")
    assert "Nobody fits" in read(client, "unit_people", "saltmarsh", q="zzz")
    assert "Wanjiru Kamau" in read(client, "unit_people", "saltmarsh", level="nonsense")


def test_looking_back_shows_who_was_there(world: World) -> None:
    day = (time.today() - dt.timedelta(days=90)).isoformat()
    page = read(client_of(world.teacher), "unit_people", "saltmarsh", as_of=day)
    assert "Olga Novak" in page
    assert "You are looking at" in page
    assert reverse("people:person_add", args=["saltmarsh"]) not in read(
        client_of(world.steward), "unit_people", "saltmarsh", as_of=day
    )


def test_long_lists_have_pages_and_keep_the_search(world: World) -> None:
    for number in range(60):
        make.make_post(make.make_person(world.community, "Many", f"People{number:02}"), world.team, f"Post {number}")
    client = client_of(world.teacher)
    first = read(client, "unit_people", "saltmarsh", q="many")
    assert "Many People49" in first
    assert "Many People50" not in first
    assert "q=many&amp;page=2" in first
    assert "Many People50" in read(client, "unit_people", "saltmarsh", q="many", page="2")


def test_a_district_lists_its_schools_with_counts_and_who_looks_after_them(world: World) -> None:
    page = read(client_of(world.teacher), "unit_people", "district")
    assert "Saltmarsh School" in page
    assert "Şule Demir" in page
    assert "nobody" in page  # Ferry Road has no steward.
    assert "Ieuan Prys" not in page
    office = make.make_person(world.community, "Rosa", "Vega")
    make.make_post(office, world.district, "Adviser")
    assert "Rosa Vega" in read(client_of(world.teacher), "unit_people", "district", show="itself")


def test_over_time_counts_years_and_names_who_came_and_went(world: World) -> None:
    page = read(client_of(world.teacher), "unit_over_time", "saltmarsh")
    assert "Olga Novak" in page
    assert "ended as Teacher of physics" in page


def test_the_picture_of_the_organisation_has_a_table_twin(world: World) -> None:
    page = read(client_of(world.teacher), "unit_organisation", "saltmarsh")
    for words in ("Estuary District", "Estuary Alliance", "we have a written agreement", "Maths team", "Partner"):
        assert words in page


def test_the_home_of_another_school_leads_nowhere_that_is_closed(world: World) -> None:
    page = read(client_of(world.stranger), "unit_home", "saltmarsh")
    assert "Posts by level" in page
    for name in ("unit_people", "unit_over_time", "unit_groups", "unit_roles"):
        assert reverse(f"people:{name}", args=["saltmarsh"]) not in page


def test_a_group_shows_where_its_members_come_from(world: World) -> None:
    make.make_membership(world.stranger, world.group)
    page = read(client_of(world.stranger), "group", world.group.id)
    assert "Ferry Road School" in page
    assert "Saltmarsh School" in page
    assert "Olga Novak" in page
    assert "Fractions" in read(client_of(world.teacher), "unit_groups", "saltmarsh")


def test_a_group_is_not_found_by_people_who_may_not_see_it(world: World) -> None:
    read(client_of(world.stranger), "group", world.group.id, status=404)


def test_looking_after_it_asks_for_a_second_steward(world: World) -> None:
    page = read(client_of(world.steward), "unit_roles", "saltmarsh")
    assert "Only one steward" in page
    assert reverse("people:role_give", args=["saltmarsh"]) in page
    UnitRole.objects.filter(role=Role.STEWARD).delete()
    assert "Nobody looks after this unit" in read(client_of(world.teacher), "unit_roles", "saltmarsh")


def test_a_colleague_sees_posts_groups_and_strengths_but_no_address(world: World) -> None:
    page = read(client_of(world.lead), "person", world.teacher.id)
    assert "Calming a loud room" in page
    assert "Teacher of maths" in page
    assert world.teacher.email not in page
    assert world.teacher.email in read(client_of(world.steward), "person", world.teacher.id)
    read(client_of(world.stranger), "person", world.teacher.id, status=404)


def test_my_part_and_what_is_known_of_me(world: World) -> None:
    make.make_external_id(world.teacher, "T-17", source="hr", imported={"given_name": "Ieuan"})
    client = client_of(world.teacher)
    assert "Fractions" in read(client, "my_part")
    page = read(client, "my_data")
    for words in (world.teacher.email, "T-17", "The roster “hr”", "Calming a loud room", "Teacher of maths"):
        assert words in page
    assert client.get(reverse("people:person", args=[world.teacher.id]))["Location"] == reverse("people:my_part")


def test_the_only_steward_reads_so_on_their_own_page(world: World) -> None:
    assert "Nobody but you looks after Saltmarsh School" in read(client_of(world.steward), "my_part")


def test_units_are_found_by_name_and_kind(world: World) -> None:
    client = client_of(world.teacher)
    assert "Ferry Road School" in read(client, "unit_list", q="ferry", kind="school")
    assert "No unit fits" in read(client, "unit_list", q="ferry", kind="team")


@pytest.mark.parametrize("name", UNIT_PAGES)
def test_signed_out_people_are_sent_to_sign_in(world: World, name: str) -> None:
    url = reverse(f"people:{name}", args=["saltmarsh"])
    assert Client().get(url)["Location"] == f"{reverse('account_login')}?next={url}"


@pytest.mark.parametrize("name", [*UNIT_PAGES, "unit_rename", "unit_end", "person_add", "role_give", "tie_add"])
def test_people_of_another_community_find_nothing(world: World, name: str) -> None:
    elsewhere = make.make_unit(make.make_community(), slug="elsewhere")
    client = client_of(make.steward_of(elsewhere))
    assert client.get(reverse(f"people:{name}", args=["saltmarsh"])).status_code == 404
    assert client.get(reverse("people:person", args=[world.teacher.id])).status_code == 404
    assert client.get(reverse("people:group", args=[world.group.id])).status_code == 404


def test_the_same_address_in_two_communities_shows_each_its_own(world: World) -> None:
    theirs = make.make_unit(make.make_community(), "Other Saltmarsh", slug="saltmarsh")
    assert "Other Saltmarsh" in read(client_of(make.steward_of(theirs)), "unit_home", "saltmarsh")
    assert "Other Saltmarsh" not in read(client_of(world.teacher), "unit_home", "saltmarsh")


def test_a_unit_that_has_ended_says_so_and_can_still_be_read(world: World) -> None:
    world.team.ends_on = time.today()
    world.team.save()
    assert "ended on" in read(client_of(world.steward), "unit_home", "maths")


def test_an_erased_person_is_counted_and_not_named(world: World) -> None:
    from collegium.people.services import persons

    day = (time.today() - dt.timedelta(days=1)).isoformat()
    persons.erase_person(actor=make.actor_of(world.teacher), person=world.teacher)
    assert Post.objects.filter(person=world.teacher).exists()
    page = read(client_of(world.steward), "unit_people", "saltmarsh", as_of=day)
    assert "name was erased" in page
    assert "Prys" not in page
    read(client_of(world.steward), "person", world.teacher.id, status=404)


def test_a_unit_of_any_kind_can_be_named(world: World) -> None:
    for kind in UnitKind:
        unit = make.make_unit(world.community, kind=kind)
        make.make_role(world.steward, unit)
        read(client_of(world.steward), "unit_home", unit.slug)


def test_members_of_a_district_read_no_names_of_other_schools(world: World) -> None:
    make.make_membership(world.stranger, make.make_group(world.other_school, "Ferry choir"), "facilitator")
    make.make_group(world.district, "Heads of the district")
    where = {"community_id": world.community.id, "unit_id": world.other_school.id}
    Event.objects.create(verb="person.added", object_kind="person", at=time.now(), actor_id=world.stranger.id, **where)
    client = client_of(world.teacher)
    groups = read(client, "unit_groups", "district")
    assert "Fractions" in groups  # The group of one's own school.
    assert "Heads of the district" in groups
    assert "Ferry choir" not in groups
    for name in ("unit_home", "unit_people", "unit_over_time", "unit_groups", "unit_organisation"):
        assert "Amina Sesay" not in read(client, name, "district")
    make.make_role(world.teacher, world.district, Role.SUPPORTER)
    assert "Ferry choir" in read(client, "unit_groups", "district")
    assert "Amina Sesay" in read(client, "unit_home", "district")
