"""Files of reviews of a unit's own: taken away, changed, brought in, used."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from collegium.base import time
from collegium.guide import reviews
from collegium.guide.errors import Conflict, NotAllowed, NotFound
from collegium.guide.models import ReviewFile
from collegium.guide.queries import reviews as queries
from collegium.guide.services import review_files
from collegium.people.enums import UnitKind
from tests import factories as make
from tests.guide import review_worlds as worlds
from tests.guide.review_worlds import NOW, World
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db

SECOND = (
    reviews.get_shipped_file("school_stage").replace("version = 1", "version = 2").replace("Why work", "Why the work")
)


@pytest.fixture
def world() -> World:
    return worlds.build(6)


def bring(world: World, content: bytes | str = SECOND) -> ReviewFile:
    return review_files.bring_file(actor=make.actor_of(world.steward), unit=world.unit, content=content)


def test_a_file_is_taken_away_changed_and_brought_in_through_the_pages(world: World) -> None:
    client = client_of(world.steward)
    taken = client.get(reverse("guide:review_file", args=[world.unit.slug, "school_stage", 1]))
    assert taken["Content-Disposition"] == 'attachment; filename="school_stage-1.toml"'
    assert reviews.read(taken.content) == reviews.get_shipped("school_stage")
    url = reverse("guide:review_bring", args=[world.unit.slug])
    broken = client.post(url, {"pasted": taken.content.decode().replace("version = 1", "version = none")})
    assert broken.status_code == 422
    assert "Line 3" in broken.content.decode()
    assert client.post(url, {}).status_code == 422
    response = client.post(url, {"file": SimpleUploadedFile("ours.toml", SECOND.encode())}, follow=True)
    assert "can be opened here now" in response.content.decode()
    assert "your own" in response.content.decode()
    again = client.post(url, {"pasted": SECOND})
    assert again.status_code == 422
    assert "There is a version 2" in again.content.decode()


def test_an_own_file_takes_the_place_of_the_shipped_one_here_and_within(world: World) -> None:
    bring(world)
    team = make.make_unit(world.unit.community, kind=UnitKind.TEAM, within=world.unit)
    elsewhere = make.make_unit(world.unit.community)
    versions = [
        queries.get_offered(make.place_of(unit), "school_stage").definition.version
        for unit in (world.unit, team, elsewhere)
    ]
    assert versions == [2, 2, 1]
    with pytest.raises(NotFound):
        queries.get_file_text(make.place_of(elsewhere), "school_stage", 2)
    review = worlds.open_review(world, "school_stage")
    assert (review.file.version, review.file.unit) == (2, world.unit)


def test_a_version_that_is_here_never_changes(world: World) -> None:
    with time.at(NOW):
        kept = bring(world)
        with pytest.raises(Conflict, match="review_version_taken"):
            bring(world, SECOND.replace("Why the work", "Why on earth the work"))
        with pytest.raises(Conflict, match="review_version_taken"):
            bring(world, reviews.get_shipped_file("school_stage"))
        review = worlds.open_review(world, "school_stage")
        bring(world, SECOND.replace("version = 2", "version = 3").replace("Why the work", "Why on earth the work"))
    kept.refresh_from_db()
    review.refresh_from_db()
    assert kept.definition == SECOND
    assert worlds.find(world.staff[0], review).definition.claims[0].title == "Why the work gets done"


def test_the_last_time_stands_in_the_words_of_its_own_file(world: World) -> None:
    worlds.go_through(world, "school_stage", "binding")
    with time.at(NOW):
        bring(world, SECOND.replace('title = "Binding"', 'title = "Tied together"'))
    later = NOW + dt.timedelta(days=300)
    review = worlds.open_review(world, "school_stage", later)
    for person in world.staff:
        worlds.judge(person, review, "binding", later)
    after = later + dt.timedelta(days=8)
    worlds.close(review, after)
    with time.at(after):
        shown = client_of(world.steward).get(reverse("guide:review", args=[review.id])).content.decode()
    assert "All who could tell say: Tied together." in shown
    assert "All who could tell say: Binding." in shown
    assert "Last time: Binding (10 Mar 2026)." in shown


def test_only_stewards_bring_files_in(world: World) -> None:
    with pytest.raises(NotAllowed):
        review_files.bring_file(actor=make.actor_of(world.staff[0]), unit=world.unit, content=SECOND)
