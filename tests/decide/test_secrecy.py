"""People vote in secret one after the other, at known times. Whoever then takes the whole disk learns who voted, and
nothing of what anybody voted, nor which ballot came when. docs/explanation/anonymity.md says so.
"""

from __future__ import annotations

import random

import pytest
from cryptography.exceptions import InvalidTag
from django.apps import apps

from collegium.base import sealing
from collegium.base.models import Event
from collegium.decide.ballots import boxes
from collegium.decide.enums import Method
from collegium.decide.models import Poll, Voter
from collegium.decide.models.ballots import Box, SecretBallot, SecretReason
from tests.decide import worlds
from tests.decide.test_polls import close, open_poll, vote
from tests.decide.worlds import World
from tests.listen.disk import Disk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PEOPLE = 20


@pytest.fixture
def world() -> World:
    return worlds.build(PEOPLE)


def test_the_disk_holds_no_former_key_no_word_and_no_order(world: World) -> None:
    poll = open_poll(world, Method.RANKED, is_secret=True)
    dice = random.Random(4)
    states, codes, words = [], [], []
    for person in dice.sample(world.staff, PEOPLE):
        box = Box.objects.get(poll=poll)
        with sealing._opened(box.id, boxes.FOLDER):
            key = sealing._path(box.id, boxes.FOLDER).read_bytes()
        states.append((box.number, bytes(box.sealed), _key_of(key, box.number)))
        words.append(f"only in a box {poll.id.hex} {dice.random()}")
        codes.append(vote(poll, person, dice.choice([[1, 2, 3], [3, 2, 1], [2, None, 1]]), words[-1]))
    box = Box.objects.get(poll=poll)
    disk = Disk()
    assert disk.which([key for _number, _sealed, key in states]) == []
    assert disk.which([word.encode() for word in words]) == []
    assert disk.which([code.encode() for code in codes]) == []
    for number, sealed, _key in states:
        with pytest.raises(sealing.KeyMissing):
            sealing.unseal(box.id, number, sealed, folder=boxes.FOLDER)
        with pytest.raises((sealing.KeyMissing, InvalidTag)):
            sealing.unseal(box.id, box.number, sealed, folder=boxes.FOLDER)
    assert [code for code, _marks, _reason in boxes.BOXES.look_into(box)] == sorted(codes)
    assert len({len(sealed) for _number, sealed, _key in states}) == 1, "its size tells who wrote"
    assert not Event.objects.filter(verb__startswith="ballot").exists()
    close(poll)
    assert [row.code for row in SecretBallot.objects.order_by("code")] == sorted(codes)
    assert disk.which([box.id.bytes]) == disk.which([box.id.bytes])
    assert not sealing._path(box.id, boxes.FOLDER).exists()


def _key_of(places: bytes, number: int) -> bytes:
    start = number % 2 * 40 + 8
    return places[start : start + 32]


def test_nothing_in_the_tables_leads_from_a_voter_to_a_ballot(world: World) -> None:
    poll = open_poll(world, is_secret=True)
    for person in world.staff:
        vote(poll, person, [1, None, None], "Because")
    close(poll)
    assert {field.name for field in Voter._meta.get_fields()} == {
        *("id", "community", "poll", "person", "has_voted"),
        "mailed",  # true of all once a vote has been announced, of those who voted before it too
    }
    of_ballots = {Box: {"position", "number", "sealed"}, SecretBallot: {"code", "marks"}, SecretReason: {"text"}}
    for model, more in of_ballots.items():
        assert {field.name for field in model._meta.get_fields()} == {"id", "community", "poll", *more}
    ids = {row.id for row in SecretBallot.objects.all()} | {row.id for row in SecretReason.objects.all()}
    assert not ids & {row.id for row in Voter.objects.all()}
    reached = {
        related.name
        for model in apps.get_models()
        for related in model._meta.related_objects
        if related.related_model in of_ballots and not related.hidden
    }
    assert reached == set(), "something leads to single ballots from behind"


def test_upkeep_overwrites_what_a_killed_process_left(world: World) -> None:
    from collegium.base import time

    poll = open_poll(world, is_secret=True)
    box = Box.objects.get(poll=poll)
    before = bytes(box.sealed)
    vote(poll, world.ada, [1, None, None])
    box.refresh_from_db()
    # As if the process had been killed between the commit and the forgetting: the key is put back.
    sealing.seal(box.id, box.number - 1, b"left", folder=boxes.FOLDER)
    boxes.BOXES.forget_old_keys(time.now())
    with pytest.raises(sealing.KeyMissing):
        sealing.unseal(box.id, box.number - 1, before, folder=boxes.FOLDER)
    assert len(boxes.BOXES.look_into(box)) == 1
    Poll.objects.all().delete()
    boxes.BOXES.forget_old_keys(time.now() + boxes_age())
    assert not sealing._path(box.id, boxes.FOLDER).exists()


def boxes_age() -> object:
    import datetime as dt

    return dt.timedelta(days=2)
