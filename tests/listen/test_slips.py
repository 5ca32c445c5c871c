"""Slips of paper: by group, never by name; the same when printed again; and no print tells that one was used."""

from __future__ import annotations

import re
import time as clock

import pytest
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from collegium.base import time
from collegium.base.models import Event
from collegium.listen import codes, printing
from collegium.listen.models import Pulse, Slip
from collegium.listen.queries import slips
from tests.listen import answering_helpers as answer
from tests.listen import worlds
from tests.people.sign_in.helpers import client_of

pytestmark = pytest.mark.django_db

IN_TIME = worlds.START + answer.HOUR


def address(name: str, pulse: Pulse) -> str:
    return reverse(f"listen:{name}", args=[pulse.unit.slug, pulse.id])


def use(*used: str) -> None:
    """Mark slips as used, as handing in does."""
    Slip.objects.filter(code_hash__in=[codes.hash_code(code) for code in used]).update(used=True)


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


# --- which are printed ------------------------------------------------------------------------------------------------
def test_groups_are_the_cells_and_name_nobody() -> None:
    school, pulse = answer.open_pulse(worlds.build_school(teams=(8, 7), support=6), by_slip=21)
    groups = slips.list_groups(pulse)
    assert sorted(len(group.codes) for group in groups) == [6, 7, 8]
    words = repr(groups)
    for person in school.staff:
        assert person.family_name not in words
    for group in groups:
        cells = {answer.cell_of(pulse, code).id for code in group.codes}
        assert len(cells) == 1
        assert list(group.codes) == sorted(group.codes)  # in no order of who was asked


def test_printed_again_they_are_the_same() -> None:
    _school, pulse = answer.open_pulse(by_slip=15)
    first = slips.list_groups(pulse)
    assert slips.list_groups(pulse) == first
    assert {code for group in first for code in group.codes} == set(answer.codes_of(pulse))


def test_no_print_tells_that_a_single_slip_was_used() -> None:
    """Whatever is used next, what is printed stays as it was, or five and more go at once."""
    _school, pulse = answer.open_pulse(worlds.build_school(teams=(23,)), by_slip=23)
    (group,) = slips.list_groups(pulse)
    printed = set(group.codes)
    steps = []
    for code in sorted(group.codes, reverse=True):
        use(code)
        after = {code for group in slips.list_groups(pulse) for code in group.codes}
        assert after <= printed
        if gone := printed - after:
            steps.append(len(gone))
        printed = after
    assert steps == [8, 5, 5, 5]
    assert not printed


def test_a_group_with_fewer_slips_than_five_is_always_printed_whole() -> None:
    _school, pulse = answer.open_pulse(worlds.build_school(teams=(9,)), by_slip=4)
    (group,) = slips.list_groups(pulse)
    use(*group.codes)
    assert slips.list_groups(pulse) == [group]


# --- printing ---------------------------------------------------------------------------------------------------------
def test_printing_gives_a_page_for_each_group_and_is_on_record() -> None:
    school, pulse = answer.open_pulse(worlds.build_school(teams=(8, 7), support=6), by_slip=21)
    client = client_of(school.steward)
    with time.at(IN_TIME):
        page = client.get(address("slips", pulse)).content.decode()
        printed = client.post(address("slips", pulse), {"paper": "letter"})
    assert "Print the slips" in page
    assert f"/p/{pulse.id}/?shared=1" in page
    assert printed["Content-Type"] == "application/pdf"
    assert "no-store" in printed["Cache-Control"]
    assert pages_of(printed.content) == 3
    event = Event.objects.get(verb="pulse.slips_printed")
    assert event.actor_id == school.steward.id
    assert not any(code in repr(event.data) for code in answer.codes_of(pulse))


def test_a_slip_says_its_code_and_nothing_of_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    school, pulse = answer.open_pulse(by_slip=15)
    drawn: list[object] = []

    def draw(*words: object, **more: object) -> bytes:
        drawn.extend((words, more))
        return b""

    monkeypatch.setattr(printing, "draw_slips", draw)
    with time.at(IN_TIME):
        client_of(school.steward).post(address("slips", pulse), {"paper": "a4"})
    words = repr(drawn)
    for code in answer.codes_of(pulse):
        assert f"{code[:5]} {code[5:]}" in words
        assert f"/p/{pulse.id}/#{code}" in words
    for person in school.staff:
        assert person.family_name not in words


def test_there_is_nothing_to_print_without_slips_or_after_closing() -> None:
    school, pulse = answer.open_pulse()
    client = client_of(school.steward)
    with time.at(IN_TIME):
        assert "everybody has a personal link" in client.get(address("slips", pulse)).content.decode()
        refused = client.post(address("slips", pulse), {"paper": "a4"})
    assert refused.status_code == 422
    assert "There are no slips to print" in refused.content.decode()
    _school, other = answer.open_pulse(school, by_slip=15)
    worlds.close(other)
    with time.at(other.closes_at + answer.HOUR):
        assert "This one is not" in client.get(address("slips", other)).content.decode()
        assert client.post(address("slips", other), {"paper": "a4"}).status_code == 422
    assert not Event.objects.filter(verb="pulse.slips_printed").exists()


def test_only_those_who_run_a_pulse_print() -> None:
    school, pulse = answer.open_pulse(by_slip=15)
    for person, status in ((school.staff[0], 403), (worlds.build_school().steward, 404)):
        client = client_of(person)
        assert client.get(address("slips", pulse)).status_code == status
        assert client.post(address("slips", pulse), {"paper": "a4"}).status_code == status
        assert client.get(address("poster", pulse)).status_code == status


def test_the_poster_is_one_page_and_holds_no_code() -> None:
    school, pulse = answer.open_pulse(by_slip=15)
    client = client_of(school.steward)
    for paper in ("a4", "letter", "napkin"):
        with time.at(IN_TIME):
            response = client.get(address("poster", pulse), {"paper": paper})
        assert response["Content-Type"] == "application/pdf"
        assert pages_of(response.content) == 1


def test_the_page_asks_the_same_however_many_groups(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    asked = set()
    for teams in ((7,), (7, 7, 7), (7,) * 12):
        _school, pulse = answer.open_pulse(worlds.build_school(teams=teams), by_slip=84)
        with django_assert_max_num_queries(3) as found:
            assert len(slips.list_groups(pulse)) == len(teams)
        asked.add(len(found))
    assert asked == {3}


# --- what is drawn ----------------------------------------------------------------------------------------------------
WORDS = printing.SlipWords(title="How are we doing?", label="Your code:", how="Scan or type.", fine="Anonymous.")


def group_of(count: int, heading: str = "Team (classroom)") -> printing.PrintedGroup:
    slip = printing.PrintedSlip(code="ABCDE FGHJK", address="https://collegium.example.org/p/x/#ABCDEFGHJK")
    return printing.PrintedGroup(heading=heading, note="Cut.", slips=(slip,) * count)


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_ten_slips_a_page_and_every_group_on_its_own(paper: str) -> None:
    pdf = printing.draw_slips(WORDS, [group_of(1), group_of(10), group_of(11)], paper=paper)
    assert pages_of(pdf) == 4
    (width, height) = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)[0]
    assert (round(float(width)), round(float(height))) == {"a4": (595, 842), "letter": (612, 792)}[paper]


def test_names_in_other_scripts_and_long_ones_are_drawn() -> None:
    headings = ["Szkoła Łódź, Żółć", "Школа № 5", "Σχολείο", "学校", "A very long name " * 40]
    pdf = printing.draw_slips(WORDS, [group_of(1, heading) for heading in headings], paper="a4")
    assert pages_of(pdf) == len(headings)


def test_a_hundred_slips_are_drawn_while_one_waits() -> None:
    started = clock.process_time()
    printing.draw_slips(WORDS, [group_of(100)], paper="a4")
    assert clock.process_time() - started < 4
