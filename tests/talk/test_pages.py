"""The pages of a conversation, as browsers without script send them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from collegium.talk.models import Attachment, Comment, Mention, Reaction
from tests.people.worlds import client_of
from tests.talk import worlds
from tests.talk.worlds import KIND, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return worlds.build()


def read(client: Any, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return str(response.content.decode())


def test_a_conversation_without_script(world: World) -> None:
    ada, ben = client_of(world.ada), client_of(world.ben)
    thread = reverse("talk:thread", args=[KIND, world.unit.id])
    write = reverse("talk:write", args=[KIND, world.unit.id])
    assert "Nobody has written yet" in read(ada, thread)
    empty = ada.post(write, {"text": "  "})
    assert empty.status_code == 422
    assert "There is nothing in this comment" in empty.content.decode()
    sent = ada.post(
        write,
        {
            "text": "What of **Fridays**, @Ben Okri? <script>x</script>",
            "uploads": [SimpleUploadedFile("plan.txt", b"x")],
        },
    )
    assert sent.status_code == 302
    page = read(ben, thread)
    assert "<strong>Fridays</strong>" in page
    assert "<script>x" not in page
    assert "plan.txt" in page
    file = ben.get(reverse("talk:attachment", args=[Attachment.objects.get().id]))
    assert file["Content-Disposition"].startswith("attachment")
    said = Comment.objects.get()
    ben.post(reverse("talk:react", args=[said.id]), {"press": "agree:yes", "from": thread})
    assert Reaction.objects.count() == 1
    assert ben.post(reverse("talk:react", args=[said.id]), {"press": "like:yes"}).status_code == 422
    elsewhere = ben.post(reverse("talk:react", args=[said.id]), {"press": "agree:no", "from": "//evil.example/"})
    assert elsewhere["Location"].startswith(reverse("talk:comment", args=[said.id]))
    reply = ben.post(f"{write}?to={said.id}&quote={said.id}", {"text": "Fridays are full."})
    assert reply["Location"] == reverse("talk:comment", args=[said.id]) + "#c2"
    assert "Fridays are full." in read(ada, reverse("talk:comment", args=[said.id]))
    assert "Where you are mentioned" in read(ben, reverse("people:my_part"))
    ben.post(reverse("talk:mention_seen", args=[Mention.objects.get().id]))
    assert "Where you are mentioned" not in read(ben, reverse("people:my_part"))


def test_changing_withdrawing_and_taking_out_on_pages(world: World) -> None:
    ada, steward, other = (client_of(person) for person in (world.ada, world.steward, world.other_steward))
    said = world.write(world.ada, "First words")
    ada.post(reverse("talk:edit", args=[said.id]), {"text": "Second words"})
    assert "First words" in read(ada, reverse("talk:history", args=[said.id]))
    assert steward.post(reverse("talk:hide", args=[said.id]), {"reason": ""}).status_code == 422
    steward.post(reverse("talk:hide", args=[said.id]), {"reason": "It names a pupil."})
    thread = reverse("talk:thread", args=[KIND, world.unit.id])
    assert "Second words" not in read(client_of(world.ben), thread)
    ada.post(reverse("talk:appeal", args=[said.id]), {"text": "It does not."})
    assert steward.get(reverse("talk:appeal_answer", args=[said.id])).status_code == 403
    page = read(other, reverse("talk:appeal_answer", args=[said.id]))
    assert "It names a pupil." in page
    other.post(reverse("talk:appeal_answer", args=[said.id]), {"restore": "yes", "answer": "Right."})
    assert "Second words" in read(client_of(world.ben), thread)
    ada.post(reverse("talk:withdraw", args=[said.id]))
    assert "Withdrawn by whoever wrote it" in read(steward, thread)


def test_a_page_number_that_is_none_shows_the_first_part(world: World) -> None:
    world.write(world.ada, "Here")
    for asked in ("x", "-1", "0", "9" * 30, "²"):
        assert "Here" in read(
            client_of(world.ada), reverse("talk:thread", args=[KIND, world.unit.id]) + f"?page={asked}"
        )


def test_a_signed_in_reader_meets_no_word_of_a_template(world: World) -> None:
    world.write(world.ada, "Here")
    page = read(client_of(world.ada), reverse("talk:thread", args=[KIND, world.unit.id]))
    assert not re.search(r"\{[{%]|None", page)
