"""Every number on every form of a result is the one that was released: nothing is worked out anew on the way."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from collegium.base import indicators, panels, time
from collegium.listen import result_words as words
from collegium.listen.models import Pulse
from collegium.listen.publishing.documents import Document
from collegium.people.models import Person, Unit
from collegium.science.disclosure.release import Shown
from tests import factories as make
from tests.listen import published
from tests.listen.published import Told
from tests.people.sign_in.helpers import client_of

pytestmark = pytest.mark.django_db

THEN = Told(means={"trust": 3.8, "collaboration": 3.1, "efficacy": 3.4, "voice": 2.2}, n=39)
NOW = Told(means={"trust": 3.1, "collaboration": 3.2, "efficacy": 3.4, "voice": 2.9})
FIRST = published.CLOSED - dt.timedelta(days=90)


@dataclass
class World:
    """A school with two heartbeats behind it."""

    school: Unit
    pulses: tuple[Pulse, Pulse]
    documents: tuple[Document, Document]
    teacher: Person

    @property
    def client(self) -> Client:
        """A teacher's browser."""
        return client_of(self.teacher)

    def url(self, name: str) -> str:
        """Return an address of the later result."""
        return reverse(f"listen:{name}", args=[self.school.slug, self.pulses[1].id])


@pytest.fixture
def world() -> Iterator[World]:
    school = make.make_unit(make.make_community(), "Saltmarsh")
    teacher = make.make_person(school.community, account=True)
    make.make_post(teacher, school)
    first = published.make_pulse(school, at=FIRST, title="Winter")
    second = published.make_pulse(school, title="Spring")
    documents = (
        published.tell(first, school, THEN, seed=3),
        published.tell(second, school, NOW, before=(first, THEN), seed=4),
    )
    assert documents[0]
    assert documents[1]
    with time.at(published.CLOSED + dt.timedelta(days=3)):
        yield World(school, (first, second), (documents[0], documents[1]), teacher)


def scores_of(document: Document) -> set[float]:
    """Every score that a document holds."""
    found: set[float] = set()
    for facet in document.report.facets:
        found |= {facet.mean.mean.value} if facet.mean.mean else set()
        found |= {facet.interval.low, facet.interval.high} if facet.interval else set()
    for change in document.changes:
        report = change.report
        found |= {report.difference} if report.difference is not None else set()
        found |= {report.interval.low, report.interval.high} if report.interval else set()
    return {round(value, 1) for value in found}


def shares_of(document: Document) -> set[str]:
    """Every share that a document holds, as it is written."""
    shown: list[Shown] = []
    for facet in document.report.facets:
        parts = [facet.shares, *(item.shares for item in facet.items)]
        shown += [share for part in parts if part and part.shares for share in part.shares]
        shown += [each for each in (facet.favourable, *(item.favourable for item in facet.items)) if each]
    return {words.write_share(share) for share in shown}


def text_of(client: Client, url: str) -> str:
    """Return what a page says, without what draws its axes."""
    response = client.get(url)
    assert response.status_code == 200
    page = response.content.decode()
    page = page[page.index("<main") : page.index("</main>")]
    page = re.sub(r'<text class="tick".*?</text>', " ", page)
    return html.unescape(re.sub(r"<[^>]+>", " ", page)).replace("−", "-").replace("+", " ")


def test_every_page_says_the_released_numbers_and_no_others(world: World) -> None:
    now, then = (scores_of(document) for document in reversed(world.documents))
    means = {facet.mean.mean.value for facet in world.documents[1].report.facets if facet.mean.mean}
    coefficient = {0.55, 0.4, 0.7}
    percents = {part for share in shares_of(world.documents[1]) for part in re.findall(r"\d+%", share)}
    for name in ("result", "result_print", "result_summary", "result_slide", "sense"):
        text = text_of(world.client, world.url(name))
        found = {float(number) for number in re.findall(r"-?\d+\.\d+", text)}
        assert found <= now | then | coefficient, name
        if name != "sense":
            assert means <= found, name
            assert "40 of 44 people answered" in text
        assert set(re.findall(r"\d+%", text)) <= percents, name


def test_the_files_hold_the_same_figures(world: World) -> None:
    document = world.documents[1]
    lines = list(csv.DictReader(io.StringIO(world.client.get(world.url("result_csv")).content.decode())))
    means = {row["facet"]: row for row in lines if (row["part"], row["measure"]) == ("facet", "mean")}
    for facet in document.report.facets:
        assert facet.mean.mean
        assert facet.interval
        row = means[facet.key]
        shown = (float(row["value"]), float(row["low"]), float(row["high"]), int(row["n"]))
        assert shown == (facet.mean.mean.value, facet.interval.low, facet.interval.high, facet.n)
    assert {row["as shown"] for row in lines if row["measure"] in ("share", "favourable")} >= shares_of(document)
    alphas = {
        row["facet"]: (float(row["value"]), float(row["low"])) for row in lines if row["measure"] == "reliability"
    }
    assert alphas == {found.facet: (found.alpha, 0.4) for found in document.reliability}
    differences = {row["facet"]: float(row["value"]) for row in lines if row["part"] == "change"}
    assert differences == {change.report.facet: change.report.difference for change in document.changes}
    book = load_workbook(io.BytesIO(world.client.get(world.url("result_xlsx")).content))
    sheet = [["" if cell is None else str(cell) for cell in row] for row in book["Result"].values][1:]
    plain = [[value.removesuffix(".0") for value in row.values()] for row in lines]
    assert [[cell.removesuffix(".0") for cell in row] for row in sheet] == plain
    assert book["Codebook"].max_row > 30


def test_indicators_and_the_panel_read_the_same_and_know_the_day(world: World) -> None:
    today = time.today()
    for facet in world.documents[1].report.facets:
        reading = indicators.read(f"listen.{facet.key}", world.school.id, today)
        assert facet.mean.mean
        assert facet.interval
        assert (reading.value, reading.n) == (facet.mean.mean.value, facet.n)
        assert reading.interval == (facet.interval.low, facet.interval.high)
        assert "Spring" in reading.source
    between = (FIRST + dt.timedelta(days=9)).date()
    assert indicators.read("listen.trust", world.school.id, between).value == 3.8
    assert indicators.read("listen.trust", world.school.id, FIRST.date()).value is None
    series = panel_of(world.teacher, world.school, today)["series"]
    found = {one.key: [moment.value for moment in one.moments] for one in series}
    assert found == {f"heartbeat.{key}": [THEN.means[key], NOW.means[key]] for key in NOW.means}
    assert len(panel_of(world.teacher, world.school, between)["series"][0].moments) == 1


def panel_of(person: Person, unit: Unit, day: dt.date) -> dict[str, Any]:
    panel = next(panel for panel in panels.list_panels() if panel.key == "listen.heartbeat")
    content = panel.build(make.actor_of(person), make.place_of(unit, day), day)
    return content.context if content else {}


def test_nobody_else_reads_anything_of_it_on_the_home(world: World) -> None:
    beside = make.make_unit(world.school.community)
    colleague = make.make_person(world.school.community, account=True)
    make.make_post(colleague, beside)
    above = make.make_unit(world.school.community, kind="district")
    make.contain(above, world.school)
    supporter = make.steward_of(above)
    trust = next(each for each in indicators.list_indicators() if each.key == "listen.trust")
    for person, sees in ((world.teacher, True), (colleague, False), (supporter, False)):
        assert trust.visible(make.actor_of(person), make.place_of(world.school)) is sees
        assert bool(panel_of(person, world.school, time.today()).get("series")) is sees
        home = client_of(person).get(reverse("people:unit_home", args=[world.school.slug])).content.decode()
        assert ("Heartbeat" in home) is sees


def test_a_unit_without_a_heartbeat_is_offered_one_by_those_who_may_open_it() -> None:
    school = make.make_unit(make.make_community())
    teacher, steward = make.make_person(school.community), make.steward_of(school)
    make.make_post(teacher, school)
    assert panel_of(steward, school, time.today())["begin_url"] == reverse("listen:pulse_add", args=[school.slug])
    assert panel_of(teacher, school, time.today()) == {}
