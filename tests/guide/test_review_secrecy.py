"""People judge one after the other, at known times. Whoever then takes the whole disk learns who judged, and nothing of
what anybody judged, nor in which order. docs/explanation/anonymity.md says so.
"""

from __future__ import annotations

import random

import pytest
from cryptography.exceptions import InvalidTag
from django.apps import apps

from collegium.base import sealing
from collegium.base.models import Event
from collegium.guide.judgements import BOXES
from collegium.guide.models import JudgementBox, Seat
from tests.guide import review_worlds as worlds
from tests.listen.disk import Disk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_the_disk_holds_no_former_key_and_nothing_leads_from_a_person_to_a_judgement() -> None:
    world = worlds.build(12)
    review = worlds.open_review(world, "alliance")
    claims = [claim.key for claim in worlds.find(world.staff[0], review).definition.weighed]
    dice = random.Random(7)
    states, signs = [], []
    for person in dice.sample(world.staff, len(world.staff)):
        box = JudgementBox.objects.get(review=review)
        places = sealing._path(box.id, BOXES.folder).read_bytes()
        start = box.number % 2 * 40 + 8
        states.append((box.number, bytes(box.sealed), places[start : start + 32]))
        levels = {key: dice.choice(worlds.LEVELS) for key in claims}
        worlds.judge(person, review, levels)
        signs.append("".join(str(worlds.LEVELS.index(levels[key])) for key in claims))
    box = JudgementBox.objects.get(review=review)
    disk = Disk()
    assert disk.which([key for _number, _sealed, key in states]) == [], "a former key can still be found"
    assert disk.which([each.encode() for each in signs]) == [], "a judgement lies open"
    for number, sealed, _key in states:
        with pytest.raises((sealing.KeyMissing, InvalidTag)):
            sealing.unseal(box.id, number, sealed, folder=BOXES.folder)
    held = [slip[0] for slip in BOXES.look_into(box)]
    assert held == sorted(held), "their order tells who came when"
    assert sorted(each[: len(claims)] for each in held) == sorted(signs)
    assert len({len(sealed) for _number, sealed, _key in states}) == 1, "its size tells who judged"
    assert not Event.objects.exclude(verb="review.opened").exists()
    worlds.close(review)
    assert Disk().which([each.encode() for each in signs]) == [], "what one person said of two claims is kept together"
    assert not sealing._path(box.id, BOXES.folder).exists()


def test_nothing_in_the_tables_leads_from_whoever_is_asked_to_a_judgement() -> None:
    assert {field.name for field in Seat._meta.get_fields()} == {"id", "community", "review", "person", "has_judged"}
    assert {field.name for field in JudgementBox._meta.get_fields()} == {
        "id", "community", "review", "position", "number", "sealed",
    }  # fmt: skip
    reached = [
        related.name
        for model in apps.get_models()
        for related in model._meta.related_objects
        if related.related_model is JudgementBox and not related.hidden
    ]
    assert reached == [], "something leads to single judgements from behind"
