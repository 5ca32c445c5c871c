"""A unit on one sheet, and its pictures one by one."""

from __future__ import annotations

import dataclasses
import re
import time as clock
from dataclasses import dataclass

import pytest
from django.urls import reverse
from fpdf import FPDF

from collegium.base import panels, time
from collegium.base.figures import Style
from collegium.base.panels import Panel, PanelContent, Sentence
from collegium.guide import words
from collegium.guide.presenters.report import present_report, present_sheet
from collegium.guide.sheet import Sheet, SheetPart, draw_sheet
from collegium.people.models import Person, Unit
from collegium.site.charts import numbers
from tests import factories as make
from tests.listen import published
from tests.listen.published import Told
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db

DAY = published.CLOSED.date().replace(year=published.CLOSED.year + 1)
A_FIGURE = re.compile(r"\d[\d.,]*\d|\d")


@pytest.fixture
def school() -> Unit:
    unit = make.make_unit(make.make_community(), "Saltmarsh")
    for _number in range(6):
        make.make_post(make.make_person(unit.community), unit)
    pulse = published.make_pulse(unit, at=published.CLOSED)
    published.tell(pulse, unit, Told(means={"trust": 3.9, "collaboration": 3.2, "efficacy": 3.4, "voice": 3.1}))
    return unit


def test_the_report_holds_the_pictures_of_the_home_without_what_leads_on(school: Unit) -> None:
    steward = make.steward_of(school)
    with time.at(DAY):
        response = client_of(steward).get(reverse("guide:unit_report", args=[school.slug]))
    page = response.content.decode()
    assert response.status_code == 200
    assert "Saltmarsh" in page
    assert "Heartbeat" in page
    assert "Who we are" in page
    assert "First steps" not in page
    assert "What changed lately" not in page


def test_one_picture_is_shown_by_itself(school: Unit) -> None:
    client = client_of(make.steward_of(school))
    with time.at(DAY):
        slide = client.get(reverse("guide:unit_slide", args=[school.slug, "listen-heartbeat"])).content.decode()
        assert client.get(reverse("guide:unit_slide", args=[school.slug, "nothing"])).status_code == 404
        assert client.get(reverse("guide:unit_slide", args=[school.slug, "people-lately"])).status_code == 404
    assert "Heartbeat" in slide
    assert "Who we are" not in slide
    assert "<svg" in slide


def test_the_report_is_for_those_who_belong(school: Unit) -> None:
    colleague = make.make_person(school.community, account=True)
    make.make_post(colleague, make.make_unit(school.community))
    client = client_of(colleague)
    assert client.get(reverse("guide:unit_report", args=[school.slug])).status_code == 403
    assert client.get(reverse("guide:unit_slide", args=[school.slug, "people-who"])).status_code == 403
    assert client.get(reverse("guide:unit_report_file", args=[school.slug])).status_code == 403
    stranger = client_of(make.steward_of(make.make_unit(make.make_community())))
    assert stranger.get(reverse("guide:unit_report_file", args=[school.slug])).status_code == 404


# --- as PDF -----------------------------------------------------------------------------------------------------------
def sheet_of(unit: Unit, reader: Person) -> Sheet:
    with time.at(DAY):
        return present_sheet(present_report(make.actor_of(reader), make.place_of(unit, DAY)))


def words_of(sheet: Sheet) -> list[str]:
    numbers = [text for one in sheet.numbers for text in (one.label, one.value, one.beside)]
    said = [text for part in sheet.parts for text in (part.title, *part.sentences)]
    return [sheet.kicker, sheet.title, sheet.lede, *numbers, *said]


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


@dataclass
class Drawn:
    """A line of text where it was drawn, in millimetres."""

    text: str
    right: float
    bottom: float


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Drawn]:
    """What is drawn, in its order: the letters in the file itself are packed and numbered anew."""
    lines: list[Drawn] = []
    draw = FPDF.cell

    def cell(pdf: FPDF, width: float, height: float, text: str) -> bool:
        lines.append(Drawn(text, pdf.get_x() + pdf.get_string_width(text), pdf.get_y() + height))
        return draw(pdf, width, height, text)

    monkeypatch.setattr(FPDF, "cell", cell)
    return lines


def check_on_a4(lines: list[Drawn]) -> None:
    assert max(line.right for line in lines) < 210 - 15
    assert max(line.bottom for line in lines) < 297 - 8


def test_the_report_is_downloaded_as_one_page_from_the_page_itself(school: Unit) -> None:
    client = client_of(make.steward_of(school))
    with time.at(DAY):
        then = {"as_of": DAY.replace(month=1).isoformat()}
        page = client.get(reverse("guide:unit_report", args=[school.slug]), then).content.decode()
        address = reverse("guide:unit_report_file", args=[school.slug]) + f"?as_of={then['as_of']}"
        response = client.get(address)
    assert f'href="{address}"' in page
    assert response["Content-Type"] == "application/pdf"
    assert f'filename="{school.slug}-{then["as_of"]}.pdf"' in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    assert pages_of(response.content) == 1
    assert re.search(rb"/Lang \(en", response.content)
    assert b"/DisplayDocTitle true" in response.content


def test_the_file_says_what_the_page_says_and_no_other_figure(school: Unit, drawn: list[Drawn]) -> None:
    steward = make.steward_of(school)
    with time.at(DAY):
        page = client_of(steward).get(reverse("guide:unit_report", args=[school.slug])).content.decode()
    sheet = sheet_of(school, steward)
    written = words_of(sheet)
    shown = set(A_FIGURE.findall(re.sub(r"<[^>]*>", " ", page)))
    said = set(A_FIGURE.findall(" ".join(written)))
    assert {"3.9", "3.2", "3.4", "3.1"} <= said
    assert said <= shown
    assert pages_of(draw_sheet(sheet)) == 1
    assert " ".join(line.text for line in drawn).split() == " ".join([*written, sheet.source]).split()
    check_on_a4(drawn)


@pytest.mark.parametrize(
    ("value", "style"), [(0.125, "percent"), (0.005, "percent"), (50_123, "count"), (0, "count"), (3.25, "score")]
)
def test_a_number_is_written_as_the_page_writes_it(value: float, style: Style) -> None:
    assert words.write_value(value, style) == numbers.write_value(value, style)


def test_a_unit_of_which_nothing_is_known_says_so_on_one_page(drawn: list[Drawn]) -> None:
    unit = make.make_unit(make.make_community(), "Nowhere yet")
    sheet = sheet_of(unit, make.steward_of(unit))
    assert all(number.value or number.beside for number in sheet.numbers)
    assert pages_of(draw_sheet(sheet)) == 1
    assert "Nobody has been asked yet." in " ".join(line.text for line in drawn)
    assert sheet.source in " ".join(line.text for line in drawn)


def test_what_has_no_room_is_left_out_from_the_end_and_the_page_says_so(
    school: Unit, drawn: list[Drawn], monkeypatch: pytest.MonkeyPatch
) -> None:
    at_length = tuple(Sentence(f"Sentence {n}: " + "what is said here, at length. " * 40) for n in range(40))
    many = {f"test.{n:02}": f"{n:02} " + "A room with a long name " * 30 for n in range(40)}

    def build(*_asked: object) -> PanelContent:
        return PanelContent("", sentences=at_length)

    monkeypatch.setattr(panels, "_panels", {key: Panel(key, title, 1, build) for key, title in many.items()})
    school.name = "Saltmarsh-under-the-hill " * 8
    school.save()
    sheet = sheet_of(school, make.steward_of(school))
    assert [len(part.sentences) for part in sheet.parts] == [40] * 40
    started = clock.process_time()
    assert pages_of(draw_sheet(sheet)) == 1
    assert clock.process_time() - started < 4
    check_on_a4(drawn)
    text = " ".join(line.text for line in drawn)
    begun = [int(n) for n in re.findall(r"Sentence (\d+): what is said", text)]
    assert len(begun) > 10
    assert begun == list(range(len(begun)))
    assert "01 A room" not in text
    assert text.endswith(sheet.more)
    assert sheet.source not in text


def test_letters_become_smaller_before_anything_is_left_out(school: Unit, drawn: list[Drawn]) -> None:
    sheet = sheet_of(school, make.steward_of(school))
    for count in (4, 40, 70):
        part = SheetPart(
            title="Decisions", sentences=tuple(f"Sentence {n} of some length, as most are." for n in range(count))
        )
        drawn.clear()
        draw_sheet(dataclasses.replace(sheet, parts=(part,)))
        text = " ".join(line.text for line in drawn)
        assert text.endswith(sheet.source)
        assert f"Sentence {count - 1} of" in text
        check_on_a4(drawn)
