"""The conversation on a challenge: for those who belong to its unit or look after it."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from collegium.intend import talking
from collegium.intend.errors import NotFound
from collegium.intend.models import Challenge
from collegium.intend.services import line
from collegium.people.models import Person
from collegium.talk import policies as talk_policies
from tests import factories as make
from tests.intend import worlds
from tests.intend.worlds import Line
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Line:
    return worlds.build()


def read(person: Person, challenge: Challenge) -> str:
    response: Any = client_of(person).get(reverse("intend:challenge", args=[challenge.unit.slug, challenge.id]))
    assert response.status_code == 200
    return str(response.content.decode())


def test_members_talk_about_a_challenge_and_leads_keep_order(world: Line) -> None:
    challenge = worlds.write_challenge(world.school, world.lead)
    write = reverse("talk:write", args=[talking.KIND, challenge.id])
    client_of(world.staff[0]).post(write, {"text": "Whom shall we ask first?"})
    assert "Whom shall we ask first?" in read(world.staff[1], challenge)
    for person, may_moderate in ((world.lead, True), (world.staff[0], False)):
        subject = talking.load(make.actor_of(person), challenge.id)
        assert talk_policies.can_moderate(make.actor_of(person), subject) == may_moderate
        assert set(subject.list_people()) == {each.id for each in world.staff}
    line.withdraw(actor=make.actor_of(world.lead), thing=challenge, because="We chose another.")
    page = read(world.staff[1], challenge)
    assert "Whom shall we ask first?" in page
    assert write not in page


def test_others_read_the_challenge_and_not_what_is_said_of_it(world: Line) -> None:
    outsider = make.make_person(world.community, account=True)
    make.make_post(outsider, make.make_unit(world.community))
    challenge = worlds.write_challenge(world.school, world.lead)
    assert "Conversation" not in read(outsider, challenge)
    draft = worlds.write_challenge(world.school, world.lead, publish=False)
    stranger = make.make_person(make.make_community(), account=True)
    for person in (outsider, stranger):
        for each in (challenge, draft):
            with pytest.raises(NotFound):
                talking.load(make.actor_of(person), each.id)
            thread = client_of(person).get(reverse("talk:thread", args=[talking.KIND, each.id]))
            assert thread.status_code == 404
