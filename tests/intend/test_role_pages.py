"""Roles in groups: who adds, gives, lays down and ends them, and which work nobody does yet."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.base import time
from collegium.base.errors import Conflict, Invalid
from collegium.intend.models import RoleHolding, WorkRole
from collegium.intend.services import roles
from tests import factories as make
from tests.intend import promised
from tests.intend.promised import NOON
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db


def test_a_facilitator_adds_a_role_gives_it_and_ends_it_and_holders_lay_theirs_down() -> None:
    school = promised.build_school(accounts=True)
    client, url = client_of(school.staff[0]), reverse("intend:work_roles", args=[school.unit.slug])
    add = reverse("intend:work_role_add", args=[school.group.id])

    def post(name: str, *more: Any, **data: Any) -> Any:
        return client.post(reverse(f"intend:work_role_{name}", args=[WorkRole.objects.get().id, *more]), data)

    with time.at(NOON):
        assert "has named no roles yet" in client.get(url).content.decode()
        sent = {"title": "Keeper of time", "obligations": "Start on time.\n\nEnd on time.", "works": ["responding"]}
        assert client.post(add, sent | {"title": ""}).status_code == 422
        assert client.post(add, sent)["Location"] == url
        assert "called “Keeper of time” in this group already" in client.post(add, sent).content.decode()
        page = client.get(url).content.decode()
        assert all(words in page for words in ("Start on time.", "End on time.", "nobody yet"))
        assert "No role of this group does: gathering information, solving problems and producing ideas." in page
        assert post("give", person=str(school.staff[5].id)).status_code == 422, "not of the group"
        assert post("give", person=str(school.staff[1].id))["Location"] == url
        assert post("give", person=str(school.staff[1].id)).status_code == 422
        assert post("change", title="Keeper of hours", works=["ideas"])["Location"] == url
        assert "nothing yet" in client.get(url).content.decode()
        held = RoleHolding.objects.get()
        down = reverse("intend:work_role_lay_down", args=[held.role_id, held.id])
        assert client_of(school.staff[2]).post(down).status_code == 403
        assert client_of(school.staff[1]).post(down)["Location"] == url
        assert post("end")["Location"] == url
        assert "has named no roles yet" in client.get(url).content.decode()
        assert add not in client_of(school.staff[4]).get(url).content.decode()


def test_what_makes_no_sense_is_refused() -> None:
    school = promised.build_school()
    actor = make.actor_of(school.head)
    with time.at(NOON):
        with pytest.raises(Invalid, match="too_many_obligations"):
            roles.add_role(actor=actor, group=school.group, title="A", obligations=["x"] * 13)
        with pytest.raises(ValueError, match="juggling"):
            roles.add_role(actor=actor, group=school.group, title="A", works=["juggling"])
        role = roles.add_role(actor=actor, group=school.group, title="A")
        roles.end_role(actor=actor, role=role)
        with pytest.raises(Conflict, match="role_ended"):
            roles.give_role(actor=actor, role=role, person=school.head)


def test_the_page_asks_the_database_as_often_for_one_group_as_for_fifteen() -> None:
    school = promised.build_school(accounts=True)
    client, counts = client_of(school.head), []
    for number in (1, 14):
        for _each in range(number):
            with time.at(NOON):
                actor = make.actor_of(school.head)
                role = roles.add_role(actor=actor, group=make.make_group(school.unit), title="A", works=["ideas"])
                roles.give_role(actor=actor, role=role, person=school.staff[0])
        with time.at(NOON), CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("intend:work_roles", args=[school.unit.slug])).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
