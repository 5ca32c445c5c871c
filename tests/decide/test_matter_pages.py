"""The pages on which matters are asked and proposals written, as browsers without script send them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from collegium.decide.models import DecisionRight, Matter, Norms, Part, Proposal
from tests.decide import worlds
from tests.decide.worlds import World
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return worlds.build()


def read(client: Any, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    page = str(response.content.decode())
    assert not re.search(r"\{[{%]|>None<", page), url
    return page


def of_unit(name: str, world: World, *more: Any) -> str:
    return reverse(f"decide:{name}", args=[world.unit.slug, *more])


def test_a_question_is_asked_and_answered_by_proposals(world: World) -> None:
    cleo, ada = client_of(world.cleo), client_of(world.ada)
    assert of_unit("matter_add", world) in read(cleo, of_unit("unit_decide", world))
    form = read(cleo, of_unit("matter_add", world))
    assert "Ada Teacher0" in form
    sent = {"question": "Which day?", "whom": [f"unit:{world.unit.id}"], "readers": "unit", "second": str(world.ben.id)}
    assert cleo.post(of_unit("matter_add", world), {**sent, "question": ""}).status_code == 422
    assert cleo.post(of_unit("matter_add", world), {**sent, "second": str(world.guest.id)}).status_code == 422
    page = cleo.post(of_unit("matter_add", world), {**sent, "facilitator": str(world.cleo.id)})["Location"]
    assert "Which day?" in read(ada, page)
    matter = Matter.objects.get(question="Which day?")
    assert (matter.facilitator, matter.second) == (world.cleo, world.ben)
    made = ada.post(reverse("decide:propose", args=[matter.id]), {"title": "Friday", "text": "At **two**."})
    assert "<strong>two</strong>" in read(cleo, made["Location"])
    proposal = Proposal.objects.get(matter=matter)
    amend = reverse("decide:proposal_amend", args=[proposal.id])
    words = {"title": "Friday", "text": "At three.", "why": "Buses.", "written_from": "1"}
    assert ada.post(amend, words).status_code == 302
    overtaken = cleo.post(amend, {**words, "text": "At four."})
    assert overtaken.status_code == 422
    text = overtaken.content.decode()
    assert "At four." in text
    assert "<ins>" in text
    assert 'name="written_from" value="2"' in text
    assert client_of(world.ben).get(amend).status_code == 200
    assert "<del>" in read(client_of(world.ben), reverse("decide:proposal", args=[proposal.id]))


def test_those_who_facilitate_run_a_matter_on_its_pages(world: World) -> None:
    ada = client_of(world.ada)
    here = reverse("decide:matter", args=[world.matter.id])

    def at(name: str, *more: Any) -> str:
        return reverse(f"decide:{name}", args=[world.matter.id, *more])

    assert ada.post(at("matter_stage"), {"stage": "review"}).status_code == 422
    assert ada.post(at("matter_stage"), {"stage": "ideas"})["Location"] == here
    change = {"question": "When do we really meet?", "readers": "community", "facilitator": str(world.ada.id)}
    assert ada.post(at("matter_change"), change).status_code == 302
    assert "When do we really meet?" in read(client_of(world.colleague), here)
    assert "Two people facilitate a matter" in read(ada, here)
    found = read(ada, at("part_add_person") + "?q=" + world.colleague.email)
    assert str(world.colleague.id) in found
    add = at("part_add_person") + "?q=" + world.colleague.email
    assert ada.post(add, {"person": str(world.colleague.id), "voice": "voice"}).status_code == 302
    assert ada.post(at("part_add_many"), {"whom": f"group:{world.group.id}", "voice": "vote"}).status_code == 302
    assert ada.post(at("part_add_many"), {"whom": "unit:nobody", "voice": "vote"}).status_code == 422
    part = Part.objects.get(person=world.colleague)
    assert ada.post(at("part_remove", part.id)).status_code == 302
    assert client_of(world.cleo).get(at("matter_change")).status_code == 403
    assert ada.post(at("matter_close"), {"why": "Settled."}).status_code == 302
    assert "Settled." in read(ada, here)


def test_how_and_where_it_is_decided_is_written_down(world: World) -> None:
    steward, cleo = client_of(world.steward), client_of(world.cleo)
    assert "Nothing is written yet" in read(cleo, of_unit("norms", world))
    words = {"group": "", "how": "By consent.", "method": "consent", "quorum_percent": "50"}
    assert steward.post(of_unit("norms_write", world), {**words, "quorum_percent": "101"}).status_code == 422
    assert steward.post(of_unit("norms_write", world), words).status_code == 302
    assert "By consent." in read(cleo, of_unit("norms", world))
    assert "By consent." in read(steward, of_unit("norms_write", world))
    line = {"what": "Who buys books", "holder": f"{world.unit.id}:", "lowest": "team", "reason": ""}
    assert steward.post(of_unit("right_add", world), line).status_code == 422
    assert steward.post(of_unit("right_add", world), {**line, "reason": "One key."}).status_code == 302
    right = DecisionRight.objects.get()
    assert "higher than needed" in read(cleo, of_unit("rights", world))
    read(steward, of_unit("right_change", world, right.id))
    moved = cleo.post(of_unit("right_move", world, right.id), {"why": "Teams know."})
    assert "Let it be decided by: each team in" in read(cleo, moved["Location"])
    steward.post(of_unit("right_withdraw", world, right.id))
    assert "The register is empty" in read(cleo, of_unit("rights", world))
    assert Norms.objects.count() == 1
