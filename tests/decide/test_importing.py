"""Decisions that were taken elsewhere: seen first, then kept as closed matters, all or none, and once."""

from __future__ import annotations

import datetime as dt
import io
import json
import re

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from collegium.decide.enums import Stage
from collegium.decide.errors import Invalid, NotAllowed
from collegium.decide.files.histories import Past, plain
from collegium.decide.models import Matter
from collegium.decide.services import importing
from tests import factories as make
from tests.decide import worlds
from tests.decide.test_loomio_files import GROUP, NEWER
from tests.decide.test_matter_pages import read
from tests.decide.worlds import World
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db
LOOMIO = "\n".join(json.dumps({"table": table, "record": record}) for table, record in [*GROUP, *NEWER])


@pytest.fixture
def world() -> World:
    return worlds.build()


def upload(text: str, name: str, question: str = "", *, is_ranking: bool = False) -> tuple[Past, ...]:
    return importing.read_upload(ContentFile(text.encode(), name=name), question, is_ranking=is_ranking)


def test_a_group_of_loomio_becomes_closed_matters(world: World) -> None:
    pasts = upload(LOOMIO, "group.json")
    # The open poll stays where it is, and so does the deleted one.
    assert [(past.question, past.cast, past.asked, past.closed_on) for past in pasts] == [
        ("Which?", 2, 3, dt.date(2025, 2, 1))
    ]
    actor = make.actor_of(world.steward)
    assert importing.bring_in(actor=actor, unit=world.unit, pasts=pasts) == importing.Brought(1, 0)
    matter = Matter.objects.get(question="Which?")
    assert (matter.stage, matter.closed_at.date() if matter.closed_at else None) == (Stage.CLOSED, dt.date(2025, 2, 1))
    for words in ("1. Trees, Pond (level)\n2. Benches", "2 of 3 voted.", "> We plant trees"):
        assert words in matter.background
    assert importing.bring_in(actor=actor, unit=world.unit, pasts=pasts) == importing.Brought(0, 1)


@pytest.mark.parametrize(
    ("text", "name", "is_ranking", "figures"),
    [
        ("Hill,Vale\n1,\n1,1\n", "b.csv", False, (("Hill", 2), ("Vale", 1))),
        ("Hill,Vale\n2,1\n2,1\n", "b.csv", True, (("Vale", 1), ("Hill", 2))),
        ("position\nyes\nno\nyes\n-\n", "b.csv", False, (("yes", 2), ("no", 1))),
    ],
)
def test_ballots_of_one_vote_are_counted(
    text: str, name: str, is_ranking: bool, figures: tuple[tuple[str, int], ...]
) -> None:
    (past,) = upload(text, name, "Where?", is_ranking=is_ranking)
    assert (past.question, past.figures, past.is_ranking) == ("Where?", figures, is_ranking)


@pytest.mark.parametrize(
    ("text", "name", "question", "code"),
    [
        ("Hill,Hill\n1,2\n", "b.csv", "Q?", "import_unreadable"),
        ("not json", "b.json", "", "import_unreadable"),
        ("Hill,Vale\n1,2\n", "b.csv", " ", "import_question_missing"),
        ('{"table": "groups", "record": {"id": 1, "name": "G"}}', "b.json", "", "import_nothing"),
        ("Hill,Vale\n1,2\n", "../../etc/passwd", "", "import_question_missing"),
    ],
)
def test_files_that_cannot_be_brought_in_are_refused(text: str, name: str, question: str, code: str) -> None:
    with pytest.raises(Invalid, match=code):
        upload(text, name, question)
    assert not Matter.objects.exists()


def test_what_is_too_long_is_said_first_and_left_out_whole(world: World) -> None:
    steward = client_of(world.steward)
    pasts = [Past(question="Long?", details="x" * 20_001), Past(question="y" * 201), Past(question="Short?")]
    records = [
        {"table": "groups", "record": {"id": 1, "name": "G"}},
        *({"table": "polls", "record": poll(number, past)} for number, past in enumerate(pasts, 1)),
        *({"table": "poll_options", "record": {"id": number, "poll_id": number, "name": "A"}} for number in (1, 2, 3)),
    ]
    file = io.BytesIO("\n".join(map(json.dumps, records)).encode())
    file.name = "group.json"
    text = steward.post(reverse("decide:bring", args=[world.unit.slug]), {"file": file}).content.decode()
    assert text.count("Too long: it will be left out.") == 2
    assert "20000" in text.replace(",", "")
    token = re.search(r'name="kept" value="([^"]+)"', text)
    assert token
    done = steward.post(reverse("decide:bring_keep", args=[world.unit.slug]), {"kept": token[1]})
    assert "1 decision was brought in. 2 were too long and left out." in read(steward, done["Location"])
    assert set(Matter.objects.filter(stage=Stage.CLOSED).values_list("question", flat=True)) == {"Short?"}


def poll(number: int, past: Past) -> dict[str, object]:
    return {"id": number, "title": past.question, "details": past.details, "closed_at": "2025-02-01T10:00:00Z"}


def test_only_those_who_lead_or_look_after_the_unit_bring_in(world: World) -> None:
    with pytest.raises(NotAllowed):
        importing.bring_in(actor=make.actor_of(world.cleo), unit=world.unit, pasts=[Past(question="Q?")])


def test_a_preview_is_of_one_unit_and_cannot_be_changed(world: World) -> None:
    pasts = (Past(question="Q?", figures=(("A", 1),), outcomes=("So",), closed_on=dt.date(2025, 1, 1)),)
    token = importing.keep(world.unit, pasts)
    assert importing.open_kept(world.unit, token) == pasts
    for unit, text in ((worlds.build().unit, token), (world.unit, token[:-2] + "xx"), (world.unit, "")):
        with pytest.raises(Invalid, match="import_old"):
            importing.open_kept(unit, text)


def test_words_from_elsewhere_stay_words() -> None:
    assert plain("<p>Go <b>on</b></p><script>x</script><p>*Now* &lt;b&gt;</p>") == "Go on\n\n\\*Now\\* \\<b\\>"
    assert plain("# Title [x](javascript:y)").startswith("\\# Title \\[x\\]")


def test_the_pages_show_first_and_keep_then(world: World) -> None:
    steward = client_of(world.steward)
    url = reverse("decide:bring", args=[world.unit.slug])
    assert url in read(steward, reverse("decide:unit_decide", args=[world.unit.slug]))
    assert 'enctype="multipart/form-data"' in read(steward, url)
    bad = steward.post(url, {"file": io.BytesIO(b"nothing"), "question": ""})
    assert bad.status_code == 422
    file = io.BytesIO(LOOMIO.encode())
    file.name = "group.json"
    page = steward.post(url, {"file": file})
    assert page.status_code == 200
    text = page.content.decode()
    assert "Which?" in text
    assert Matter.objects.count() == 1
    token = re.search(r'name="kept" value="([^"]+)"', text)
    assert token
    done = steward.post(reverse("decide:bring_keep", args=[world.unit.slug]), {"kept": token[1]})
    assert done.status_code == 302
    assert "1 decision was brought in." in read(steward, done["Location"])
    matter = Matter.objects.get(question="Which?")
    assert "<strong>" in read(client_of(world.cleo), reverse("decide:matter", args=[matter.id]))
    assert steward.post(reverse("decide:bring_keep", args=[world.unit.slug]), {"kept": "x"}).status_code == 422
