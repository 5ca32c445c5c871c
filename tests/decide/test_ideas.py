"""Ideas: said and seen so too before anything is judged, turned into proposals, and never lost."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.decide.enums import Stage
from collegium.decide.errors import Conflict, Invalid, NotAllowed, NotFound
from collegium.decide.models import Idea, IdeaMark, Proposal
from collegium.decide.policies import Standing
from collegium.decide.presenters import ideas as presenter
from collegium.decide.queries import ideas as queries
from collegium.decide.queries import own
from collegium.decide.services import ideas, matters, proposals
from collegium.people.models import Person
from tests import factories as make
from tests.decide import worlds
from tests.decide.worlds import World
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    world = worlds.build()
    matters.move(**world.by(world.ada), matter=world.matter, stage=Stage.IDEAS)
    return world


def say(world: World, person: Person, text: str = "Meet in the garden") -> Idea:
    world.matter.refresh_from_db()
    return ideas.say(**world.by(person), matter=world.matter, text=text)


def mark(world: World, idea: Idea, person: Person, *, is_on: bool = True) -> None:
    ideas.mark(**world.by(person), idea=queries.get_idea_for(make.actor_of(person), idea.id).idea, is_on=is_on)


def part(world: World, person: Person) -> presenter.IdeasPart:
    return presenter.present_ideas(make.actor_of(person), world.found(person))


def test_whoever_takes_part_says_ideas_and_sees_others_so_too(world: World) -> None:
    garden, hall = say(world, world.cleo), say(world, world.guest, "Meet in the hall")
    assert (garden.number, hall.number) == (1, 2)
    for person in (world.ada, world.guest, world.guest):
        mark(world, hall, person)
    mark(world, garden, world.ada)
    mark(world, garden, world.ada, is_on=False)
    rows = part(world, world.ada).rows
    assert [(row.text, row.marks, row.is_marked) for row in rows] == [
        ("Meet in the hall", 2, True),
        ("Meet in the garden", 0, False),
    ]
    with pytest.raises(NotAllowed):
        ideas.say(actor=make.actor_of(world.colleague), matter=world.matter, standing=Standing(), text="Mine")
    with pytest.raises(NotFound):
        queries.get_idea_for(make.actor_of(world.colleague), hall.id)
    with pytest.raises(Invalid, match="text_missing"):
        say(world, world.cleo, " ")
    with pytest.raises(Invalid, match="text_too_long"):
        say(world, world.cleo, "a" * 601)


def test_ideas_become_a_proposal_that_says_where_it_comes_from(world: World) -> None:
    garden, hall, left = say(world, world.cleo), say(world, world.ben, "Tea"), say(world, world.guest, "Cake")
    by = {**world.by(world.ada), "matter": world.matter, "title": "Tea in the garden", "text": "Fridays."}
    made = proposals.propose(**by, ideas=[garden, hall])
    rows = {row.text: row.proposal for row in part(world, world.cleo).rows}
    assert rows == {"Meet in the garden": "Tea in the garden", "Tea": "Tea in the garden", "Cake": ""}
    assert [idea.text for idea in queries.list_of(made)] == ["Meet in the garden", "Tea"]
    with pytest.raises(Conflict, match="idea_is_proposal"):
        proposals.propose(**by, ideas=[hall, left])
    assert Proposal.objects.count() == 1, "nothing is made of half of them"
    assert queries.list_open(world.matter) == [left]
    with pytest.raises(Conflict, match="idea_is_proposal"):
        ideas.withdraw(**world.by(world.cleo), idea=garden, why="Too cold")
    assert own.dump(world.cleo.id)["ideas"][0]["text"] == "Meet in the garden"


def test_an_idea_that_is_set_aside_stays_with_its_reason(world: World) -> None:
    idea = say(world, world.cleo)
    with pytest.raises(NotAllowed, match="proposal_of_another"):
        ideas.withdraw(**world.by(world.staff[3]), idea=idea, why="No")
    with pytest.raises(Invalid, match="why_missing"):
        ideas.withdraw(**world.by(world.cleo), idea=idea, why="")
    ideas.withdraw(**world.by(world.cleo), idea=idea, why="Too cold")
    (row,) = part(world, world.ben).rows
    assert (row.text, row.withdrawn, row.mark_url) == ("Meet in the garden", "Too cold", "")
    assert queries.list_open(world.matter) == []


def test_when_ideas_are_not_asked_for_they_stay_and_none_are_added(world: World) -> None:
    idea = say(world, world.cleo)
    matters.move(**world.by(world.ada), matter=world.matter, stage=Stage.PROPOSALS)
    with pytest.raises(Conflict, match="ideas_over"):
        say(world, world.cleo)
    with pytest.raises(Conflict, match="ideas_over"):
        mark(world, idea, world.ben)
    seen = part(world, world.cleo)
    assert (len(seen.rows), seen.say_url, seen.rows[0].mark_url) == (1, "", "")
    assert part(world, world.ada).propose_url, "those who facilitate can still turn it into a proposal"


def test_ideas_are_said_marked_and_proposed_on_pages(world: World) -> None:
    cleo, ada = client_of(world.cleo), client_of(world.ada)
    here = reverse("decide:matter", args=[world.matter.id])
    say_url = reverse("decide:idea_say", args=[world.matter.id])
    assert say_url in cleo.get(here).text
    assert cleo.post(say_url, {"text": ""}).status_code == 422
    assert cleo.post(say_url, {"text": "Meet in the garden"}).status_code == 302
    idea = Idea.objects.get()
    mark_url = reverse("decide:idea_mark", args=[idea.id])
    assert ada.post(mark_url, {"on": "yes"}).status_code == 302
    page = cleo.get(here).text
    assert "1 sees it so too" in page
    assert world.ada.full_name not in page.split('id="ideas"')[1].split("</section>")[0], "a mark is counted, not named"
    assert ada.post(mark_url, {"on": "no"}).status_code == 302
    assert not IdeaMark.objects.exists()
    propose = reverse("decide:propose_from_ideas", args=[world.matter.id])
    assert propose not in cleo.get(here).text
    assert "Meet in the garden (Cleo" in ada.get(propose).text
    sent = {"title": "The garden", "text": "On Fridays."}
    assert ada.post(propose, sent).status_code == 422
    made = ada.post(propose, {**sent, "ideas": [str(idea.id)]})["Location"]
    assert "The ideas that went into it" in cleo.get(made).text
    assert made in cleo.get(here).text
    other = say(world, world.cleo, "Tea")
    aside = reverse("decide:idea_withdraw", args=[other.id])
    assert ada.post(aside, {"why": "Said twice."}).status_code == 302
    assert "Said twice." in cleo.get(here).text


def test_the_page_takes_as_many_statements_whatever_ideas_there_are(world: World) -> None:
    counts = []
    for number in (1, 3, 12):
        while Idea.objects.count() < number:
            mark(world, say(world, world.cleo, f"Idea {Idea.objects.count()}"), world.ben)
        with CaptureQueriesContext(connection) as statements:
            part(world, world.ada)
        counts.append(len(statements))
    assert len(set(counts)) == 1, counts
