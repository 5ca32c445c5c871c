"""Plans from files: read, looked at row by row, brought in at once, and brought in again without harm."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from collegium.base import time
from collegium.intend import line_files, line_tables
from collegium.intend.errors import Conflict, Invalid
from collegium.intend.models import Challenge, Intent, LineImport, Point, TextVersion, Vision
from collegium.intend.queries import line_plans, throughline
from collegium.intend.services import conversing, line_imports
from tests import factories as make
from tests.intend import worlds
from tests.intend.worlds import Line
from tests.people.worlds import client_of

COLUMNS = list(line_files.TEMPLATE_COLUMNS)


def template() -> bytes:
    return line_files.write_template("csv", time.today().year + 1)


def table(*rows: dict[str, str]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def start(world: Line, content: bytes, name: str = "plan.csv") -> LineImport:
    upload = SimpleUploadedFile(name, content)
    return line_imports.start_import(actor=make.actor_of(world.lead), unit=world.school, upload=upload)


def actions(world: Line, made: LineImport) -> dict[str, tuple[str, str]]:
    return {item.key: (str(item.action), item.why) for item in line_plans.plan(make.actor_of(world.lead), made)}


def bring_in(world: Line, content: bytes) -> dict[str, int]:
    made = line_imports.apply(actor=make.actor_of(world.lead), made=start(world, content))
    counts: dict[str, int] = made.counts
    return counts


@pytest.mark.django_db
def test_the_template_becomes_a_line_and_a_second_time_changes_nothing() -> None:
    world = worlds.build()
    assert bring_in(world, template()) == {"added": 8, "changed": 0, "left": 0, "refused": 0}
    assert (Vision.objects.count(), Intent.objects.count(), Challenge.objects.count(), Point.objects.count()) == (
        1,
        1,
        1,
        5,
    )
    found = throughline.read_line_for(make.actor_of(world.lead), make.place_of(world.school)).graph
    above = {
        node.title: [found.nodes[each].title for each in found.above.get(node.id, ())] for node in found.nodes.values()
    }
    assert above["Reading opens every door"] == ["A school of readers"]
    assert above["Science begins in October"] == ["Read aloud once a week"]
    assert bring_in(world, template()) == {"added": 0, "changed": 0, "left": 8, "refused": 0}
    changed = template().replace(b"Two subjects", b"Three subjects").replace(b"talks about it", b"speaks of it")
    assert bring_in(world, changed) == {"added": 0, "changed": 2, "left": 6, "refused": 0}
    assert Point.objects.get(kind="goal").title.startswith("Three")
    vision = Vision.objects.select_related("text").get()
    assert (vision.text.version, vision.text.parts["body"]) == (2, "Everybody here reads, and speaks of it.")
    assert TextVersion.objects.get(text=vision.text, number=2).reason == "plan.csv"


@pytest.mark.django_db
def test_what_was_taken_away_comes_back_as_it_was() -> None:
    world = worlds.build()
    bring_in(world, template())
    upper = worlds.write_intent(world.district, worlds.lead_of(world.district), "Read everywhere")
    actor, client = make.actor_of(world.lead), client_of(world.lead)
    conversing.link_intent(actor=actor, lower=Intent.objects.get(unit=world.school), upper=upper, kind="serves")
    response: Any = client.get(reverse("intend:throughline_file", args=[world.school.slug, "json"]))
    made = start(world, response.content, "line.json")
    assert sorted(actions(world, made).values()) == [("left", "")] * 8 + [("left", "elsewhere")]


@pytest.mark.django_db
def test_each_row_that_makes_no_sense_is_refused_with_its_reason() -> None:
    world = worlds.build()
    other = make.make_community()
    stranger = make.make_person(other, email="far@school.example")
    past, soon = "2020-01-01", f"{time.today().year + 1}-01-01"
    rows = [
        {"id": "v", "kind": "Vision", "title": "Fine"},
        {"id": "no title", "kind": "vision"},
        {"id": "no kind", "kind": "dream", "title": "A dream"},
        {"id": "promise", "kind": "promise", "title": "I promise"},
        {"id": "no day", "kind": "challenge", "title": "No day"},
        {"id": "past", "kind": "challenge", "title": "Past", "by": past},
        {"id": "odd day", "kind": "goal", "title": "Odd day", "by": "soon"},
        {"id": "unknown", "kind": "goal", "title": "Unknown", "serves": "nothing"},
        {"id": "wrong way", "kind": "intent", "title": "Wrong way", "serves": "fine goal"},
        {"id": "fine goal", "kind": "goal", "title": "A goal", "serves": "Fine"},
        {"id": "of refused", "kind": "action", "title": "Of refused", "serves": "odd day"},
        {"id": "stranger", "kind": "goal", "title": "Far", "owner": stranger.email},
        {"id": "twice", "kind": "goal", "title": "Two", "owner": world.lead.email, "second_owner": world.lead.email},
        {"id": "v", "kind": "vision", "title": "Again"},
        {"id": "c", "kind": "challenge", "title": "Not to a vision", "serves": "v", "by": soon},
    ]
    made = start(world, table(*rows))
    found = [(str(item.action), item.why) for item in line_plans.plan(make.actor_of(world.lead), made)]
    refused = [
        *("title_missing", "kind_unknown", "", "by_missing", "by_past", "day_unreadable", "serves_unknown"),
        *("serves_in_order", "", "upper_refused", "owner_unknown", "owner_twice", "doubled", "serves_in_order"),
    ]
    assert [why for action, why in found[1:] if action == "refused"] == [why for why in refused if why]
    assert found[3] == ("left", "own_pages")
    assert (found[0], found[9]) == (("added", ""), ("added", ""))
    line_imports.apply(actor=make.actor_of(world.lead), made=made)
    assert (Vision.objects.count(), Point.objects.count(), Challenge.objects.count()) == (1, 1, 0)
    with pytest.raises(Conflict, match="plan_settled"):
        line_imports.apply(actor=make.actor_of(world.lead), made=made)
    assert LineImport.objects.get().rows == [], "the cells are not kept"


@pytest.mark.django_db
def test_columns_are_guessed_chosen_and_remembered() -> None:
    world = worlds.build()
    client = client_of(world.lead)
    url = reverse("intend:plan_start", args=[world.school.slug])
    content = b"Ref;Category;What we do;Description\n1;Aim;Read more;Every day\n"
    sent: Any = client.post(url, {"upload": SimpleUploadedFile("our plan.csv", content)})
    page = read(client, sent["Location"])
    assert "0" in page
    made = LineImport.objects.get()
    assert made.columns == {"id": "Ref", "kind": "Category", "text": "Description"}
    missing: Any = client.post(sent["Location"], {"kind": "Category"})
    assert missing.status_code == 422
    doubled: Any = client.post(sent["Location"], {"kind": "Category", "title": "Category"})
    assert doubled.status_code == 422
    client.post(sent["Location"], {"kind": "Category", "title": "What we do", "id": "Ref"})
    assert "Read more" in read(client, sent["Location"])
    assert client.post(reverse("intend:plan_apply", args=[world.school.slug, made.id])).status_code == 302
    assert Intent.objects.get().title == "Read more"
    client.post(url, {"upload": SimpleUploadedFile("again.csv", content)})
    again = LineImport.objects.exclude(id=made.id).get()
    assert again.columns == {"kind": "Category", "title": "What we do", "id": "Ref"}
    client.post(reverse("intend:plan_discard", args=[world.school.slug, again.id]))
    assert "left" in read(client, reverse("intend:plan", args=[world.school.slug, again.id])).lower()
    bad: Any = client.post(url, {"upload": SimpleUploadedFile("photo.png", b"\x89PNG\r\n\x1a\n")})
    assert bad.status_code == 422
    xlsx: Any = client.get(reverse("intend:plan_template", args=[world.school.slug, "xlsx"]))
    made_of_sheet = start(world, xlsx.content, "plan.xlsx")
    assert {action for action, _why in actions(world, made_of_sheet).values()} == {"added"}
    with pytest.raises(Invalid, match="plan_unreadable"):
        start(world, b"", "plan.csv")


def read(client: Client, url: str) -> str:
    response: Any = client.get(url)
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.parametrize(
    "content", [b"{", b"[1, 2]", b'{"line": 5}', b"[]", json.dumps([{"a": 1}] * 2001).encode(), b"[" * 100_000]
)
def test_json_that_is_no_plan_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(content)
    with pytest.raises(line_tables.UnreadablePlan):
        line_tables.read_plan(path)
