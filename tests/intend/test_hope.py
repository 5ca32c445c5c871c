"""An intent's page says whether belief, a pathway and somebody who acts are there, where, and what is missing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from collegium.base import time
from collegium.intend.models import Commitment, Intent
from collegium.intend.presenters.hope import HopeBox, present_hope
from collegium.intend.promise_enums import Audience, PromiseState
from collegium.intend.queries.throughline import read_line_for
from collegium.intend.services import line, promising
from collegium.intend.services.promising import By, To, Words
from collegium.people.models import Person
from collegium.people.queries import places
from tests import factories as make
from tests.intend import worlds
from tests.intend.worlds import Line
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Line:
    return worlds.build()


def promise(world: Line, intent: Intent, what: str = "We read aloud", pathway: str = "") -> Commitment:
    return promising.propose_promise(
        actor=make.actor_of(world.staff[0]),
        unit=world.school,
        words=Words(what=what, pathway=pathway, serves=worlds.write_challenge(world.school, world.lead, intent=intent)),
        by=By(person=world.staff[0]),
        to=To(audience=Audience.COLLEAGUES, unit=world.school),
        due_on=time.today() + dt.timedelta(days=30),
    )


def hope_of(person: Person, intent: Intent) -> HopeBox | None:
    return present_hope(make.actor_of(person), places.locate(intent.unit, time.today()), intent)


def told(found: HopeBox | None) -> list[tuple[bool, list[str]]]:
    assert found is not None
    return [(part.is_there, [title for title, _url in part.found]) for part in found.parts]


def test_what_is_missing_is_named_and_what_is_there_is_found(world: Line) -> None:
    intent = worlds.write_intent(world.school, world.lead)
    found = hope_of(world.staff[1], intent)
    assert told(found) == [(True, []), (False, []), (False, [])]
    assert found is not None
    assert found.sentence.endswith("it waits for a pathway and somebody who acts.")
    made = promise(world, intent)
    assert told(hope_of(world.staff[1], intent)) == [(True, []), (False, []), (True, ["We read aloud"])]
    again = promise(world, intent, "We lend books", pathway="First one class, then all")
    found = hope_of(world.staff[1], intent)
    assert found is not None
    assert [title for title, _url in found.parts[1].found] == ["First one class, then all"]
    assert {title for title, _url in found.parts[2].found} == {"We read aloud", "We lend books"}
    assert not found.is_wish
    assert "all there" in found.sentence
    page: Any = client_of(world.lead).get(reverse("intend:intent", args=[world.school.slug, intent.id]))
    text = page.content.decode()
    for row in (made, again):
        assert reverse("intend:promise", args=[row.id]) in text
    assert "See where its line ends" not in text


def test_belief_is_asked_of_a_draft_as_well_and_nothing_of_what_was_withdrawn(world: Line) -> None:
    actor = make.actor_of(world.lead)
    parts = {"title": "Read", "direction": "We read.", "discovery": "", "destiny": "", "belief": ""}
    draft = line.write_intent(actor=actor, unit=world.school, parts=parts)
    found = hope_of(world.staff[0], draft)
    assert told(found)[0] == (False, [])
    assert found is not None
    assert "belief, a pathway and somebody who acts" in found.sentence
    published = worlds.write_intent(world.school, world.lead)
    assert hope_of(world.lead, line.withdraw(actor=actor, thing=published, because="No")) is None


def test_a_promise_that_was_released_is_no_action(world: Line) -> None:
    intent = worlds.write_intent(world.school, world.lead)
    made = promise(world, intent, pathway="Step by step")
    assert told(hope_of(world.lead, intent))[1:] == [(True, ["Step by step"]), (True, ["We read aloud"])]
    Commitment.objects.filter(id=made.id).update(state=PromiseState.RELEASED, settled_on=time.today())
    assert told(hope_of(world.lead, intent))[1:] == [(False, []), (False, [])]


def test_a_promise_that_says_everything_is_found_with_its_pathway(world: Line) -> None:
    intent = worlds.write_intent(world.school, world.lead)
    made = promise(world, intent, pathway="Step by step")
    Commitment.objects.filter(id=made.id).update(strategy="A book of the month", standard="Every pupil")
    assert told(hope_of(world.lead, intent)) == [(True, []), (True, ["Step by step"]), (True, ["We read aloud"])]
    graph = read_line_for(make.actor_of(world.lead), places.locate(world.school, time.today())).graph
    titles = {node.title: key for key, node in graph.nodes.items()}
    assert graph.below[titles["A book of the month"]] == (titles["Step by step"],)
    assert graph.below[titles["Step by step"]] == (titles["Every pupil"],)


def test_those_who_read_no_promise_are_told_that_it_is_there_and_not_its_words(world: Line) -> None:
    intent = worlds.write_intent(world.district, worlds.lead_of(world.district))
    challenge = worlds.write_challenge(world.district, worlds.lead_of(world.district), intent=intent)
    promising.propose_promise(
        actor=make.actor_of(world.staff[0]),
        unit=world.school,
        words=Words(what="We read aloud", pathway="Step by step", serves=challenge),
        by=By(person=world.staff[0]),
        to=To(audience=Audience.COLLEAGUES, unit=world.school),
        due_on=time.today() + dt.timedelta(days=30),
    )
    neighbour = make.make_person(world.community, account=True)
    make.make_post(neighbour, make.make_unit(world.community, within=world.district))
    found = hope_of(neighbour, intent)
    assert told(found) == [(True, []), (True, []), (True, [])]
    assert found is not None
    assert found.parts[2].words == "In work that is read where it is done."
    stranger = make.make_person(world.community, account=True)
    make.make_post(stranger, make.make_unit(world.community))
    assert hope_of(stranger, intent) is None
