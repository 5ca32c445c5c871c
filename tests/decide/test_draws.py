"""Drawing people by lot: announced before the seed is known, done once, and done again by anybody."""

from __future__ import annotations

import csv
import hashlib
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.decide.enums import DrawBy, Readers
from collegium.decide.errors import Conflict, Invalid, NotAllowed, NotFound
from collegium.decide.models import Draw, DrawEntry
from collegium.decide.presenters import draws as presenter
from collegium.decide.queries import draws as queries
from collegium.decide.services import draws, matters, own
from collegium.decide.services.draws import Announced
from collegium.people.enums import Level, UnitKind
from collegium.science.choices.sortition import draw as draw_again
from tests import factories as make
from tests.decide import worlds
from tests.decide.test_matter_pages import read
from tests.decide.worlds import World
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db
SEED = "17 4 33 8 21 6"


@pytest.fixture
def world() -> World:
    return worlds.build(8)


def announce(world: World, places: int = 3, by: DrawBy = DrawBy.ALL) -> Draw:
    announced = Announced(purpose="The timetable group", places=places, by=by, seed_from="Saturday's lottery")
    return draws.announce(**world.by(world.ada), matter=world.matter, announced=announced)


def do(world: World, draw: Draw, seed: str = SEED) -> list[int]:
    draws.do(**world.by(world.ben), draw=draw, seed=seed)
    return [entry.number for entry in queries.list_places(draw)]


def test_the_list_is_closed_when_the_draw_is_announced(world: World) -> None:
    draw = announce(world)
    late = make.make_person(world.unit.community)
    make.make_post(late, world.unit)
    entries = queries.list_entries(draw)
    # Guests have a voice and no vote; numbers follow the names, so nobody chooses them.
    assert [(entry.number, entry.person.given_name) for entry in entries if entry.person] == [
        (number, name) for number, name in enumerate(worlds.NAMES[:8], start=1)
    ]
    assert do(world, draw) != []
    assert DrawEntry.objects.filter(draw=draw).count() == 8


def test_anybody_does_it_again_from_the_list_and_the_seed(world: World) -> None:
    draw = announce(world)
    drawn = do(world, draw)
    row = queries.get_draw_for(make.actor_of(world.cleo), draw.id)
    table = list(csv.DictReader(io.StringIO(presenter.write_list(row))))
    digests = {line["number"]: hashlib.sha256(f"{SEED}\n{line['number']}".encode()).hexdigest() for line in table}
    again = sorted(digests, key=digests.__getitem__)
    assert [str(number) for number in drawn] == again[:3]
    assert {line["number"] for line in table if line["place"]} == set(again[:3])
    assert [entry.number for entry in queries.list_next(draw)] == [int(number) for number in again[3:6]]


def test_groups_get_places_by_their_size(world: World) -> None:
    team = make.make_unit(world.unit.community, kind=UnitKind.TEAM, within=world.unit)
    for person in world.staff[:4]:
        make.make_post(person, team, level=Level.MIDDLE)
    draw = announce(world, places=4, by=DrawBy.TEAM)
    do(world, draw)
    sizes = dict(queries.count_groups(draw))
    again = draw_again({str(e.number): e.part_of for e in queries.list_entries(draw)}, 4, SEED)
    assert sum(sizes.values()) == 8
    assert {str(entry.number) for entry in queries.list_places(draw)} == set(again.drawn)
    assert all(again.places[group] <= size for group, size in sizes.items())
    level = announce(world, places=2, by=DrawBy.LEVEL)
    assert {group for group, _count in queries.count_groups(level)} <= set(Level.values)


def test_a_draw_is_done_once_and_only_by_those_who_facilitate(world: World) -> None:
    draw = announce(world)
    with pytest.raises(NotAllowed, match="facilitators_only"):
        draws.do(**world.by(world.cleo), draw=draw, seed=SEED)
    announced = Announced(purpose="Mine", places=1, by=DrawBy.ALL, seed_from="Me")
    with pytest.raises(NotAllowed, match="facilitators_only"):
        draws.announce(**world.by(world.cleo), matter=world.matter, announced=announced)
    with pytest.raises(Invalid, match="text_missing"):
        draws.do(**world.by(world.ada), draw=draw, seed="  ")
    first = do(world, draw)
    with pytest.raises(Conflict, match="draw_done"):
        draws.do(**world.by(world.ada), draw=draw, seed="another")
    assert [entry.number for entry in queries.list_places(draw)] == first


@pytest.mark.parametrize("places", [0, 9])
def test_more_places_than_people_are_refused(world: World, places: int) -> None:
    with pytest.raises(Invalid, match="draw_too_many_places"):
        announce(world, places=places)
    assert not Draw.objects.exists()


def test_nothing_is_drawn_for_a_matter_that_is_closed(world: World) -> None:
    matters.close(**world.by(world.ada), matter=world.matter, why="Done.")
    with pytest.raises(Conflict, match="matter_closed"):
        announce(world)


def test_whoever_declines_passes_the_place_on(world: World) -> None:
    draw = announce(world, places=7)
    with pytest.raises(Conflict, match="draw_not_done"):
        draws.pass_on(**world.by(world.ada), draw=draw, entry=queries.list_entries(draw)[0])
    do(world, draw)
    first, second = queries.list_places(draw)[:2]
    (waiting,) = queries.list_next(draw)
    assert draws.pass_on(**world.by(world.ada), draw=draw, entry=first) == waiting
    assert draws.pass_on(**world.by(world.ada), draw=draw, entry=second) is None
    with pytest.raises(Conflict, match="draw_no_place"):
        draws.pass_on(**world.by(world.ada), draw=draw, entry=first)
    page = presenter.present_draw(make.actor_of(world.ada), queries.get_draw_for(make.actor_of(world.ada), draw.id))
    assert (len(page.drawn), page.empty_places, len(page.declined)) == (6, 1, 2)
    assert queries.dump(first.person_id)[0]["declined"] is True  # type: ignore[arg-type]


def test_others_of_the_community_see_numbers_and_no_names() -> None:
    world = worlds.build(4, readers=Readers.COMMUNITY)
    draw = announce(world, places=2)
    do(world, draw)
    for person, sees in ((world.cleo, True), (world.colleague, False)):
        row = queries.get_draw_for(make.actor_of(person), draw.id)
        page = presenter.present_draw(make.actor_of(person), row)
        assert ("Ada" in presenter.write_list(row), bool(page.drawn[0].name)) == (sees, sees)
        assert page.own_number == (3 if sees else None)
    with pytest.raises(NotFound):
        queries.get_draw_for(make.actor_of(worlds.build().steward), draw.id)


def test_whoever_is_erased_leaves_a_number_and_the_draw_still_comes_out(world: World) -> None:
    draw = announce(world)
    drawn = do(world, draw)
    own.forget_person(world.cleo.id)
    assert not DrawEntry.objects.filter(person=world.cleo).exists()
    again = draw_again({str(entry.number): entry.part_of for entry in queries.list_entries(draw)}, 3, SEED)
    assert [str(number) for number in drawn] == list(again.drawn)
    row = queries.get_draw_for(make.actor_of(world.ada), draw.id)
    assert "Somebody whose details have been erased" in presenter.write_list(row)


def test_the_pages_of_a_draw(world: World) -> None:
    ada, cleo = client_of(world.ada), client_of(world.cleo)
    url = reverse("decide:draw_announce", args=[world.matter.id])
    assert url in read(ada, reverse("decide:matter", args=[world.matter.id]))
    assert url not in read(cleo, reverse("decide:matter", args=[world.matter.id]))
    sent = {"purpose": "The <group>", "places": "2", "by": "all", "seed_from": "Lottery"}
    assert ada.post(url, {**sent, "places": "99"}).status_code == 422
    assert ada.post(url, {**sent, "seed_from": ""}).status_code == 422
    address = ada.post(url, sent)["Location"]
    draw = Draw.objects.get()
    page = read(cleo, address)
    assert "Your number is 3." in page
    assert "The &lt;group&gt;" in page
    assert reverse("decide:draw_do", args=[draw.id]) not in page
    assert "waits for Lottery" in read(cleo, reverse("decide:matter", args=[world.matter.id]))
    assert ada.post(reverse("decide:draw_do", args=[draw.id]), {"seed": " "}).status_code == 422
    assert ada.post(reverse("decide:draw_do", args=[draw.id]), {"seed": SEED}).status_code == 302
    assert SEED in read(cleo, address)
    listed = cleo.get(reverse("decide:draw_list", args=[draw.id]))
    assert listed["Content-Type"].startswith("text/csv")
    assert listed.content.decode().count("yes") == 2
    entry = queries.list_places(draw)[0]
    passed = ada.post(reverse("decide:draw_pass_on", args=[draw.id, entry.id]), {"confirm": "on"})
    assert passed.status_code == 302, passed.content.decode()[-500:]
    assert "Passed their place on" in read(cleo, address)


def test_the_page_of_a_draw_takes_as_many_statements_whatever_there_is() -> None:
    counts = []
    for people in (1, 3, 30):
        world = worlds.build(max(people, 2))
        draw = announce(world, places=max(people - 1, 1))
        do(world, draw)
        actor = make.actor_of(world.ada)
        with CaptureQueriesContext(connection) as taken:
            presenter.present_draw(actor, queries.get_draw_for(actor, draw.id))
        counts.append(len(taken))
    assert len(set(counts)) == 1, counts
