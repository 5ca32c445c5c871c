"""The pages of a unit's line, as browsers without script send them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.base import time
from collegium.intend.models import Challenge, Conversation, Intent, TextVersion, Vision
from collegium.intend.services import conversing
from tests import factories as make
from tests.intend import worlds
from tests.intend.worlds import Line
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Line:
    return worlds.build()


def url(world: Line, name: str, *args: Any) -> str:
    return reverse(f"intend:{name}", args=[world.school.slug, *args])


def read(client: Client, address: str) -> str:
    response: Any = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return str(response.content.decode())


def test_a_school_writes_a_vision_an_intent_and_a_challenge(world: Line) -> None:
    member, lead = client_of(world.staff[0]), client_of(world.lead)
    assert "Nothing is written yet" in read(member, url(world, "unit_intend"))
    assert "Nothing is published yet" in read(client_of(worlds.lead_of(world.district)), url(world, "unit_intend"))
    sent: Any = member.post(
        url(world, "vision_write"), {"title": "Readers", "body": "**Everybody** reads.<script>x</script>"}
    )
    vision = Vision.objects.get()
    assert sent["Location"] == url(world, "vision", vision.id)
    page = read(member, sent["Location"])
    assert "<strong>Everybody</strong> reads.&lt;script&gt;" in page
    assert url(world, "thing_publish", "visions", vision.id) not in page
    assert url(world, "thing_publish", "visions", vision.id) in read(lead, sent["Location"])
    assert lead.post(url(world, "thing_publish", "visions", vision.id)).status_code == 302
    form = read(lead, url(world, "intent_write"))
    assert f'value="{vision.id}" selected' in form
    missing: Any = lead.post(url(world, "intent_write"), {"title": "Read", "direction": ""})
    assert missing.status_code == 422
    lead.post(url(world, "intent_write"), {"title": "Read", "direction": "We read.", "vision": str(vision.id)})
    intent = Intent.objects.get()
    today = time.today().isoformat()
    place = {"intent": str(intent.id), "starts_on": today, "by_on": today, "measured": "statement"}
    words = {"title": "Introduce a scheme", "what": "Every pupil reads a book."}
    sent = lead.post(url(world, "challenge_write"), {**words, **place})
    page = read(lead, url(world, "challenge", Challenge.objects.get().id))
    assert "This may prescribe means" in page
    assert "nobody yet" in page, "it asks for a second owner"
    overview = read(lead, url(world, "unit_intend"))
    for text in ("Readers", "Read", "Introduce a scheme"):
        assert text in overview


def test_the_second_of_two_writers_sees_both_texts(world: Line) -> None:
    first, second = client_of(world.lead), client_of(worlds.lead_of(world.school))
    vision = worlds.write_vision(world.school, world.lead)
    address = url(world, "thing_reword", "visions", vision.id)
    form = read(second, address)
    assert re.search(r'name="from_version" value="1"', form)
    without_reason: Any = first.post(address, {"title": "Readers", "body": "All read.", "from_version": 1})
    assert without_reason.status_code == 422
    first.post(address, {"title": "Readers", "body": "All read.", "reason": "Shorter", "from_version": 1})
    late = {"title": "Writers", "body": "Everybody writes.", "reason": "Because", "from_version": 1}
    met: Any = second.post(address, late)
    assert met.status_code == 409
    page = met.content.decode()
    for text in ("All read.", "Everybody writes.", "Shorter", 'name="from_version" value="2"'):
        assert text in page
    assert TextVersion.objects.filter(text=vision.text).count() == 2
    again: Any = second.post(address, {**late, "body": "All read and write.", "from_version": 2})
    assert again.status_code == 302
    history = read(second, url(world, "thing_history", "visions", vision.id))
    assert history.index("Wording 3") < history.index("Wording 2") < history.index("Wording 1")
    assert "<del>" in history
    made_up: Any = second.post(address, {**late, "from_version": "x"})
    assert made_up.status_code == 422


def test_dissent_stands_beside_the_intent_with_its_answer(world: Line) -> None:
    member, lead = client_of(world.staff[0]), client_of(world.lead)
    intent = worlds.write_intent(world.school, world.lead)
    member.post(url(world, "dissent_add", intent.id), {"body": "It comes <b>too</b> soon."})
    page = read(lead, url(world, "intent", intent.id))
    assert "It comes &lt;b&gt;too&lt;/b&gt; soon." in page
    assert world.staff[0].full_name in page
    (said,) = intent_dissent(intent)
    lead.post(url(world, "dissent_answer", intent.id, said.id), {"answer": "One class first."})
    assert "One class first." in read(member, url(world, "intent", intent.id))
    outside = read(client_of(worlds.lead_of(world.district)), url(world, "intent", intent.id))
    assert "too" not in re.sub(r"<[^>]+>", "", outside).split("Intents of other units")[-1].split("wording")[0]
    member.post(url(world, "dissent_withdraw", intent.id, said.id))
    assert "One class first." not in read(lead, url(world, "intent", intent.id))


def intent_dissent(intent: Intent) -> list[Any]:
    from collegium.intend.models import Dissent

    return list(Dissent.objects.filter(intent=intent))


def test_a_conversation_and_a_link_find_their_way(world: Line) -> None:
    lead = client_of(world.lead)
    intent = worlds.write_intent(world.school, world.lead)
    above = worlds.write_intent(world.district, worlds.lead_of(world.district), "Read everywhere")
    lead.post(
        url(world, "conversation_add"),
        {"held_on": time.today(), "format": "team", "outcome": "We begin small.", "intent": str(intent.id)},
    )
    page = read(lead, url(world, "intent", intent.id))
    assert "We begin small." in page
    lead.post(url(world, "conversation_withdraw", Conversation.objects.get().id))
    assert "We begin small." not in read(lead, url(world, "unit_intend"))
    offered = read(lead, url(world, "link_add", intent.id))
    assert "Read everywhere" in offered
    lead.post(url(world, "link_add", intent.id), {"upper": str(above.id), "kind": "adopts", "note": ""})
    assert "Adopts it as its own" in read(lead, url(world, "intent", intent.id))
    other = reverse("intend:intent", args=[world.district.slug, above.id])
    assert intent.title in read(lead, other)
    refused: Any = lead.post(url(world, "link_add", intent.id), {"upper": str(above.id), "kind": "adopts"})
    assert refused.status_code == 422


def test_a_challenge_is_checked_started_signed_and_closed(world: Line) -> None:
    lead, member = client_of(world.lead), client_of(world.staff[0])
    challenge = worlds.write_challenge(world.school, world.lead)
    busy = worlds.write_challenge(world.school, world.lead, "Another thing")
    found = read(lead, url(world, "challenge_second_owner", challenge.id) + f"?q={world.staff[0].family_name}")
    assert str(world.staff[0].id) in found
    lead.post(
        url(world, "challenge_second_owner", challenge.id) + f"?q={world.staff[0].family_name}",
        {"person": str(world.staff[0].id)},
    )
    assert busy.title in read(member, url(world, "challenge_check", challenge.id))
    answers = dict.fromkeys(("not_isolated", "fits_priorities", "clear_why", "clear_what", "believed"), "yes")
    half: Any = member.post(url(world, "challenge_check", challenge.id), {"believed": "no"})
    assert half.status_code == 422
    member.post(url(world, "challenge_check", challenge.id), {**answers, "believed": "no"})
    page = read(member, url(world, "challenge", challenge.id))
    assert "1 answer is not yet a yes" in page
    member.post(url(world, "challenge_sign", challenge.id))
    assert "1 person has signed on" in read(lead, url(world, "challenge", challenge.id))
    lead.post(url(world, "challenge_start", challenge.id))
    lead.post(url(world, "challenge_close", challenge.id), {"outcome": "met"})
    assert "Closed on" in read(member, url(world, "challenge", challenge.id))
    late: Any = lead.post(url(world, "challenge_close", challenge.id), {"outcome": "met"})
    assert late.status_code == 422


def test_evidence_is_cited_and_shown_then_and_now(world: Line) -> None:
    lead = client_of(world.lead)
    challenge = worlds.write_challenge(world.school, world.lead)
    assert "People with a post: 2" in read(lead, url(world, "challenge_cite", challenge.id))
    lead.post(url(world, "challenge_cite", challenge.id), {"cited": "people.staff_count", "note": "Too few"})
    make.make_post(make.make_person(world.community), world.school)
    page = read(lead, url(world, "challenge", challenge.id))
    row = page[page.index("Too few") : page.index("Take it off")]
    assert re.findall(r'data-label="(?:When cited|Now)">(\d+)', row) == ["2", "3"]


def test_pages_ask_the_database_as_often_for_many_as_for_few(world: Line) -> None:
    client, actor = client_of(world.lead), make.actor_of(world.lead)
    intent = worlds.write_intent(world.school, world.lead, vision=worlds.write_vision(world.school, world.lead))
    counted: dict[str, set[int]] = {}
    written = 0
    for wanted in (1, 3, 12):
        for _each in range(wanted - written):
            worlds.write_challenge(world.school, world.lead, intent=intent)
            conversing.record_conversation(
                actor=actor,
                unit=world.school,
                held_on=time.today(),
                who="",
                format="team",
                outcome="Yes.",
                intent=intent,
            )
            conversing.say_dissent(actor=make.actor_of(member_of(world)), intent=intent, body="No.")
            upper = make.make_unit(world.community)
            conversing.link_intent(
                actor=actor, lower=intent, upper=worlds.write_intent(upper, worlds.lead_of(upper)), kind="serves"
            )
        written = wanted
        some = Challenge.objects.order_by("created_at")[0]
        for name, args in (
            ("unit_intend", ()),
            ("intent", (intent.id,)),
            ("challenge", (some.id,)),
            ("challenge_check", (some.id,)),
        ):
            read(client, url(world, name, *args))
            with CaptureQueriesContext(
                connection,
            ) as seen:
                read(client, url(world, name, *args))
            counted.setdefault(name, set()).add(len(seen))
    assert {name: len(counts) for name, counts in counted.items()} == dict.fromkeys(counted, 1), counted


def member_of(world: Line) -> Any:
    person = make.make_person(world.community)
    make.make_post(person, world.school)
    return person


def test_pages_of_the_line_say_that_they_show_today(world: Line) -> None:
    client = client_of(world.lead)
    for name in ("unit_intend", "throughline", "throughline_table"):
        page = read(client, url(world, name) + "?as_of=2026-01-05")
        assert "What was intended and promised on 5 Jan 2026 is not drawn again" in page
        assert "as it is known today" not in page
