"""Every address of the site, walked by everybody who has no business there: signed out, of another community with our
ids in hand, a colleague of another school, a guest, a member; and by a steward, who may.

The table says what each meets. An address without a row fails: whoever adds a page says here who may see it.
"""

from __future__ import annotations

import copy
import datetime as dt
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker

from collegium.base import events, tenancy, time
from collegium.listen.enums import PulseState, ReportingLevel, SenseQuestion, ViewKind
from collegium.listen.models import Cell, Pulse, PulseSeries, PulseView, SenseNote
from collegium.people.enums import Role, TieKind, UnitKind
from collegium.people.models import Community, Person, Unit
from tests import factories
from tests.connect.importing import make_import
from tests.connect.rows import make_survey, make_web_of
from tests.decide import rows as decisions
from tests.enquire import rows as enquiries
from tests.guide.rows import make_record, make_review
from tests.intend import promise_rows
from tests.intend import rows as lines
from tests.intend import value_rows as values
from tests.listen import published
from tests.listen.owned import make_instrument
from tests.listen.published import Told
from tests.listen.worlds import keep_instrument
from tests.people.sign_in.helpers import client_of
from tests.security.urls_of_the_house import TABLE, VISITORS
from tests.talk import worlds as talks

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Names of ours that a stranger must never read, on any page.
RESULTS = {
    *(f"listen:result{form}" for form in ("", "_print", "_summary", "_slide", "_csv", "_xlsx")),
    *("listen:sense", "listen:note_change", "listen:comment_withhold"),
}
WEBS = "connect:web"  # what a closed tie wave says
CANARIES = ("Wrenfield", "Siskin", "Fieldfare", "Dunlin", "Whimbrel")


@dataclass
class World:
    """A school full of canaries, and somebody of each kind before it."""

    community: Community
    arguments: dict[str, Any]
    visitors: dict[str, Client]
    of_results: dict[str, Any]
    of_webs: dict[str, Any]

    def arguments_of(self, name: str, needed: list[str]) -> dict[str, Any]:
        """Return what an address is reversed with; a result is that of a pulse that is out."""
        known = self.arguments | (self.of_results if name in RESULTS else {})
        known |= self.of_webs if name.startswith(WEBS) else {}
        return {argument: known[argument] for argument in needed}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The world, made once: whatever a test does in it is undone after that test, and the world itself at the end."""
    with django_db_blocker.unblock(), transaction.atomic(), tenancy.across_communities():
        yield make_world()
        transaction.set_rollback(True)


def make_world() -> World:
    community = factories.make_community("Wrenfield Schools")
    district = factories.make_unit(community, "Wrenfield District", kind=UnitKind.DISTRICT)
    school = factories.make_unit(community, "Wrenfield High", slug="a-school", within=district)
    beside = factories.make_unit(community, "Fieldfare Lower")
    tie = factories.contain(school, beside, kind=TieKind.PARTNER)
    teacher = factories.make_person(community, "Siskin", "Dunlin", account=True)
    post = factories.make_post(teacher, school, "Teacher of Whimbrel")
    role = factories.make_role(teacher, school, Role.LEAD)
    group = factories.make_group(school, "Whimbrel circle")
    membership = factories.make_membership(teacher, group)
    event = events.record(
        "post.ended",
        community_id=community.id,
        actor_id=teacher.id,
        object_kind="post",
        object_id=post.id,
        unit_id=school.id,
    )
    pulse = make_pulse(school)
    arguments = {
        "slug": school.slug,
        "person_id": teacher.id,
        "tie_id": tie.id,
        "post_id": post.id,
        "role_id": role.id,
        "group_id": group.id,
        "membership_id": membership.id,
        "event_id": event.id,
        "import_id": factories.make_roster_import(school, label="Siskin Dunlin").id,
        "tie_import_id": make_import(school).id,
        "pulse_id": pulse.id,
        "series_id": pulse.series_id,
        "provider_id": "school",
        "token": "made-up",
        "indicator_key": "people.staff_count",
        "move_key": "hold_a_trust_hour",
        "panel_key": "people-who",
        "record_id": make_record(school, teacher).id,
        **make_instrument(school, "Whimbrel questions"),
        **promise_rows.fill(school, teacher, group),
    }
    member = with_post(community, school)
    arguments |= make_survey(school, member, teacher)
    arguments |= talks.fill(school, member)
    arguments |= decisions.fill(school, member)
    arguments |= enquiries.fill(school, member)
    arguments |= make_review(school, member)
    arguments |= lines.fill(school, teacher)
    arguments |= values.fill(school, teacher, writer=member)
    other = factories.make_community()
    visitors = {
        "out": Client(),
        "stranger": client_of(factories.steward_of(factories.make_unit(other))),
        "colleague": client_of(with_post(community, beside)),
        "guest": client_of(with_role(community, school, Role.GUEST)),
        "member": client_of(member),
        "steward": client_of(with_role(community, school, Role.STEWARD)),
    }
    return World(community, arguments, visitors, make_result(school, teacher), {"wave_id": make_web_of(school).id})


def make_pulse(school: Unit) -> Pulse:
    """Make an open pulse of a school, one that comes back; with too few people for anybody to answer it."""
    series = PulseSeries.objects.create(
        community_id=school.community_id,
        unit=school,
        title="Whimbrel weeks",
        every_weeks=4,
        next_on=time.today() + dt.timedelta(days=20),
    )
    now = time.now()
    pulse = Pulse.objects.create(
        community_id=school.community_id,
        unit=school,
        series=series,
        title="Whimbrel week",
        instrument=keep_instrument(school.community),
        language="en",
        state=PulseState.OPEN,
        opens_at=now - dt.timedelta(days=1),
        opened_at=now - dt.timedelta(days=1),
        closes_at=now + dt.timedelta(days=6),
        results_at=now + dt.timedelta(days=7),
    )
    cell = Cell.objects.create(
        community_id=school.community_id,
        pulse=pulse,
        number=1,
        mixed_in=school,
        parts=[[str(school.id), ReportingLevel.CLASSROOM]],
        asked=9,
    )
    PulseView.objects.create(
        community_id=school.community_id, pulse=pulse, kind=ViewKind.WHOLE, unit=school, cells=[cell.number], asked=9
    )
    return pulse


def make_result(school: Unit, author: Person) -> dict[str, Any]:
    """Make a result that is out, with a comment and somebody's note, and return the ids of its addresses."""
    pulse = published.make_pulse(school, at=time.now() - dt.timedelta(days=9), title="Whimbrel term")
    published.tell(pulse, school, Told(means={"trust": 3.1, "voice": 2.9}))
    comment_ids = published.write_comments(pulse, school, ["Whimbrels are never heard."])
    note = SenseNote.objects.create(
        community_id=school.community_id,
        pulse=pulse,
        unit=school,
        question=SenseQuestion.KEEP,
        text="Siskins sing.",
        written_by=author,
    )
    return {"pulse_id": pulse.id, "comment_id": comment_ids[0], "note_id": note.id}


def with_post(community: Community, unit: Any) -> Person:
    person = factories.make_person(community)
    factories.make_post(person, unit)
    return person


def with_role(community: Community, unit: Any, role: Role) -> Person:
    person = factories.make_person(community)
    factories.make_role(person, unit, role)
    return person


def list_addresses(resolver: URLResolver | None = None, prefix: str = "") -> dict[str, list[str]]:
    """Return every address of the site by its name, with the names of its arguments."""
    found: dict[str, list[str]] = {}
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{entry.namespace}:" if entry.namespace else ""
            found |= list_addresses(entry, prefix + inner)
        elif isinstance(entry, URLPattern):
            assert entry.name, f"the address {entry.pattern} has no name"
            found[prefix + entry.name] = list(entry.pattern.converters)
    return found


WORDS = {200: "yes", 201: "yes", 401: "token", 422: "yes", 403: "no", 404: "none", 405: "never"}


def meet(client: Client, method: str, url: str) -> tuple[str, HttpResponse]:
    """Say in one word what somebody meets at an address; nothing that happens there stays."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        response: Any = getattr(client, method)(url)
        transaction.set_rollback(True)
    client.cookies = cookies
    return describe(response), response


def describe(response: Any) -> str:
    if response.status_code != 302:
        return WORDS.get(response.status_code, str(response.status_code))
    if response["Location"].startswith("/account/login/?next="):
        return "in"
    return "ask" if response["Location"].startswith("/account/confirm/?next=") else "yes"


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    addresses = set(list_addresses())
    assert not addresses - set(TABLE), "Say in tests/security/urls_of_the_house.py who may see these."
    assert not set(TABLE) - addresses, "These rows are about addresses that are gone."


@pytest.mark.parametrize("name", sorted(TABLE))
def test_everybody_meets_what_the_table_says(world: World, name: str) -> None:
    needed = list_addresses()[name]
    url = reverse(name, kwargs=world.arguments_of(name, needed))
    found = {}
    for method in ("get", "post"):
        words = []
        for visitor in VISITORS:
            word, response = meet(world.visitors[visitor], method, url)
            words.append(word)
            if visitor in ("out", "stranger"):
                assert_no_canary(response, f"{visitor} {method} {name}")
        found[method] = " ".join(words)
    assert found == {"get": " ".join(TABLE[name][0].split()), "post": " ".join(TABLE[name][1].split())}


def assert_no_canary(response: HttpResponse, what: str) -> None:
    text = response.content.decode() + str(response.headers)
    for canary in CANARIES:
        assert canary.lower() not in text.lower(), f"{what} reads {canary}"


def test_an_id_that_nobody_has_is_answered_like_one_of_others(world: World) -> None:
    """Otherwise the answers themselves would tell which ids exist."""
    stranger = world.visitors["stranger"]
    for name, needed in list_addresses().items():
        if not needed or not (
            name.startswith(("people:", "connect:", "talk:", "decide:", "enquire:"))
            or (name.startswith("listen:") and "slug" in needed)
        ):
            continue
        theirs = world.arguments_of(name, needed)
        nobodys = {key: nobodys_id(value) for key, value in theirs.items()}
        answers = [meet(stranger, "get", reverse(name, kwargs=kwargs)) for kwargs in (theirs, nobodys)]
        assert answers[0][0] == answers[1][0], name
        assert readable(answers[0][1]) == readable(answers[1][1]), name


def nobodys_id(value: Any) -> Any:
    """Return an id that nobody has; which question of a survey it is stays."""
    if isinstance(value, int):
        return value
    return uuid.uuid4() if isinstance(value, uuid.UUID) else "no-such"


def readable(response: HttpResponse) -> str:
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    return re.sub(r'name="next" value="[^"]+"', "", text)
