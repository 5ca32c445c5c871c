"""The pages of questionnaires: read, copied, changed, brought in; and a version in use, which never changes."""

from __future__ import annotations

import datetime as dt
import html
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from collegium.base import time
from collegium.base.models import Event
from collegium.listen import instruments
from collegium.listen.instruments.shipped import KEYS
from collegium.listen.models import InstrumentVersion, Pulse
from collegium.listen.queries import versions
from collegium.listen.services import preparing
from collegium.people.enums import Role
from tests import factories as make
from tests.listen import worlds
from tests.listen.instruments import lime
from tests.listen.instruments.samples import FULL, changed, line_of
from tests.people.sign_in.helpers import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> worlds.School:
    return worlds.build_school(teams=(3,))


@pytest.fixture
def client(school: worlds.School) -> Client:
    person = make.make_person(school.community, account=True)
    make.make_role(person, school.unit, Role.STEWARD)
    return client_of(person)


def at(school: worlds.School, name: str, *args: object) -> str:
    return reverse(f"listen:{name}", args=[school.unit.slug, *args])


def read(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def send(client: Client, url: str, data: dict[str, Any], status: int = 302) -> str:
    response = client.post(url, data)
    page = response.content.decode()
    assert response.status_code == status, page
    return page


def form_of(client: Client, url: str) -> dict[str, Any]:
    """What a browser would send if nobody touched the form."""
    form = client.get(url).context["form"]
    return {name: value for name in form.fields if (value := form[name].value()) not in (None, False)}


@pytest.fixture
def copy(client: Client, school: worlds.School) -> InstrumentVersion:
    """A questionnaire of the school's own."""
    send(client, at(school, "instrument_copy", "heartbeat"), {"title": "Our pulse"})
    return InstrumentVersion.objects.get(unit=school.unit)


def take(school: worlds.School, version: InstrumentVersion) -> Pulse:
    """Let a pulse take a version."""
    now = time.now()
    draft = preparing.Draft(
        title="Spring",
        instrument=version,
        opens_at=now + dt.timedelta(days=1),
        closes_at=now + dt.timedelta(days=8),
        results_at=now + dt.timedelta(days=9),
    )
    return preparing.prepare_pulse(actor=make.actor_of(school.steward), unit=school.unit, draft=draft)


# --- reading ----------------------------------------------------------------------------------------------------------
def test_all_questionnaires_are_listed_with_their_minutes(client: Client, school: worlds.School) -> None:
    page = read(client, at(school, "instruments"))
    for instrument in instruments.list_shipped():
        assert instrument.say(instrument.title) in page
    assert page.count('data-label="Minutes"') == len(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_each_is_shown_as_respondents_see_it(client: Client, school: worlds.School, key: str) -> None:
    page = read(client, at(school, "instrument", key))
    instrument = instruments.get_shipped(key)
    assert "{" not in page[page.index("<main") :].replace("{% ", "")
    assert page.count('<ol class="questions"') >= len(instrument.facets)
    for item in instrument.items:
        assert html.escape(instrument.text(item)) in page
    assert "How not to read it" in page


def test_the_referent_can_be_chosen(client: Client, school: worlds.School) -> None:
    assert "The teachers in my school offer help" in read(client, at(school, "instrument", "trust"))
    page = read(client, at(school, "instrument", "trust") + "?referent=partners")
    assert "Our partner schools offer help" in page


def test_the_file_is_the_questionnaire(client: Client, school: worlds.School) -> None:
    response = client.get(at(school, "instrument_file", "trust"))
    assert instruments.read(response.content) == instruments.get_shipped("trust")
    assert response["Content-Disposition"] == 'attachment; filename="trust-1.toml"'


@pytest.mark.parametrize("query", ["?version=2", "?version=x", "?version=-1", "?version=٣"])
def test_a_version_that_is_not_there_is_not_found(client: Client, school: worlds.School, query: str) -> None:
    assert client.get(at(school, "instrument", "trust") + query).status_code == 404


def test_members_read_and_do_not_change(school: worlds.School, copy: InstrumentVersion) -> None:
    person = make.make_person(school.community, account=True)
    make.make_post(person, school.unit)
    member = client_of(person)
    page = read(member, at(school, "instrument", copy.key))
    assert at(school, "instrument_edit", copy.key) not in page
    for name in ("instrument_edit", "instrument_text", "instrument_copy", "instrument_discard"):
        assert member.get(at(school, name, copy.key)).status_code == 403
    assert member.get(at(school, "instrument_import")).status_code == 403


def test_pages_ask_the_database_the_same_for_one_and_for_many(
    client: Client, school: worlds.School, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in range(3):
        send(client, at(school, "instrument_copy", "heartbeat"), {"title": f"Copy {number}"})
        read(client, at(school, "instruments"))
        with CaptureQueriesContext(connection) as queries:
            read(client, at(school, "instruments"))
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


# --- a copy -----------------------------------------------------------------------------------------------------------
def test_a_copy_is_the_units_own(school: worlds.School, copy: InstrumentVersion) -> None:
    made = versions.read(copy)
    assert (copy.key, copy.version, copy.title) == ("our_heartbeat", 1, "Our pulse")
    assert made.items == instruments.get_shipped("heartbeat").items
    assert Event.objects.get(verb="instrument.copied").unit_id == school.unit.id


def test_other_units_do_not_see_it(school: worlds.School, copy: InstrumentVersion) -> None:
    other = worlds.build_school(school.community, teams=(2,), name="Elsewhere")
    person = make.make_person(school.community, account=True)
    make.make_role(person, other.unit, Role.STEWARD)
    stranger = client_of(person)
    assert stranger.get(at(other, "instrument", copy.key)).status_code == 404
    assert "Our pulse" not in read(stranger, at(other, "instruments"))


# --- the editor -------------------------------------------------------------------------------------------------------
def test_questions_are_changed_added_moved_and_removed(
    client: Client, school: worlds.School, copy: InstrumentVersion
) -> None:
    edit = at(school, "instrument_edit", copy.key)
    url = at(school, "instrument_item", copy.key, "benevolence_help")
    send(client, url, {**form_of(client, url), "text_en": "People here help."})
    add = at(school, "instrument_item_add", copy.key)
    assert "How will it be answered?" in read(client, add)
    data = {**form_of(client, f"{add}?kind=likert"), "text_en": "We laugh together.", "new_facet": "Joy"}
    send(client, f"{add}?kind=likert", data)
    page = read(client, edit)
    assert "People here help." in page
    assert "Joy" in page
    seen = client.get(edit).context["page"].seen
    send(client, at(school, "instrument_item_step", copy.key, "honesty_private"), {"step": "up", "seen": seen})
    seen = client.get(edit).context["page"].seen
    send(client, at(school, "instrument_item_step", copy.key, "reliability_do"), {"step": "remove", "seen": seen})
    copy.refresh_from_db()
    made = versions.read(copy)
    assert [item.key for item in made.items][:2] == ["honesty_private", "benevolence_help"]
    assert made.facet(made.item("we_laugh_together").facet).title["en"] == "Joy"
    assert "reliability_do" not in {item.key for item in made.items}
    assert InstrumentVersion.objects.filter(unit=school.unit).count() == 1, "nobody has taken it, so it has no versions"


@pytest.mark.parametrize(
    ("kind", "more", "asked"),
    [
        ("paired", {"left_en": "As it is", "right_en": "As we want it"}, "As we want it"),
        ("single", {"options_en": "Morning\nEvening\n"}, "Morning · Evening"),
        ("multiple", {"options_en": "Tea\nCoffee"}, "Tea · Coffee"),
        ("number", {"lowest": "1", "highest": "40"}, "a number from 1 to 40"),
        ("text", {}, "Answer in your own words"),
    ],
)
def test_every_kind_of_question_can_be_added(
    client: Client, school: worlds.School, copy: InstrumentVersion, kind: str, more: dict[str, str], asked: str
) -> None:
    url = at(school, "instrument_item_add", copy.key) + f"?kind={kind}"
    send(client, url, {**form_of(client, url), "text_en": "And this?", **more})
    page = read(client, at(school, "instrument_edit", copy.key))
    assert "And this?" in page
    assert asked in page


@pytest.mark.parametrize(
    ("kind", "more", "said"),
    [
        ("single", {"options_en": "Only one"}, "needs at least 2"),
        ("number", {"lowest": "9", "highest": "9"}, "must be below"),
        ("number", {"lowest": "0", "highest": "5000"}, "1000"),
        ("likert", {"text_en": ""}, "text_en"),
    ],
)
def test_what_cannot_be_asked_is_said_and_nothing_is_lost(
    client: Client, school: worlds.School, copy: InstrumentVersion, kind: str, more: dict[str, str], said: str
) -> None:
    url = at(school, "instrument_item_add", copy.key) + f"?kind={kind}"
    page = send(client, url, {**form_of(client, url), "text_en": "And this?", **more}, status=422)
    assert said in page
    assert "text_en" in more or "And this?" in page
    assert versions.read(copy).items == instruments.get_shipped("heartbeat").items


def test_answers_facets_and_the_head_can_be_changed(
    client: Client, school: worlds.School, copy: InstrumentVersion
) -> None:
    url = at(school, "instrument_scale", copy.key, "agreement")
    send(client, url, {**form_of(client, url), "labels_en": "No\nRather not\nPartly\nRather\nYes"})
    url = at(school, "instrument_scale_add", copy.key)
    send(client, url, {**form_of(client, url), "labels_en": "Bad\nGood"})
    url = at(school, "instrument_facet", copy.key, "trust")
    send(client, url, {**form_of(client, url), "title_en": "Reliance"})
    url = at(school, "instrument_head", copy.key)
    send(client, url, {**form_of(client, url), "title_en": "How we are"})
    copy.refresh_from_db()
    made = versions.read(copy)
    assert copy.title == made.title["en"] == "How we are"
    assert made.scales["agreement"].labels["en"][0] == "No"
    assert "bad" in made.scales
    assert made.facet("trust").title["en"] == "Reliance"


@pytest.mark.parametrize("name", ["instrument_item", "instrument_facet", "instrument_scale"])
def test_parts_that_are_not_there_are_not_found(
    client: Client, school: worlds.School, copy: InstrumentVersion, name: str
) -> None:
    assert client.get(at(school, name, copy.key, "nothing")).status_code == 404
    assert client.get(at(school, name, "trust", "openness")).status_code == 404, "shipped ones are not changed"


def test_the_second_of_two_writers_overwrites_nothing(
    client: Client, school: worlds.School, copy: InstrumentVersion
) -> None:
    url = at(school, "instrument_head", copy.key)
    stale = form_of(client, url)
    send(client, url, {**stale, "title_en": "The first"})
    page = send(client, url, {**stale, "title_en": "The second"}, status=422)
    assert "Somebody else has changed" in page
    assert "The second" in page
    copy.refresh_from_db()
    assert copy.title == "The first"


# --- versions ---------------------------------------------------------------------------------------------------------
def test_a_version_in_use_never_changes(client: Client, school: worlds.School, copy: InstrumentVersion) -> None:
    pulse = take(school, copy)
    before = copy.definition
    assert "Your first change begins version 2" in read(client, at(school, "instrument_edit", copy.key))
    url = at(school, "instrument_item", copy.key, "benevolence_help")
    send(client, url, {**form_of(client, url), "text_en": "People here help."})
    url = at(school, "instrument_item", copy.key, "honesty_private")
    assert form_of(client, url)["meaning"] == "same"
    send(client, url, {**form_of(client, url), "text_en": "People are honest.", "meaning": "other"})
    copy.refresh_from_db()
    pulse.refresh_from_db()
    assert (copy.definition, pulse.instrument_id) == (before, copy.id)
    second = InstrumentVersion.objects.get(unit=school.unit, version=2)
    assert versions.read(second).version == 2
    page = read(client, at(school, "instrument", copy.key))
    assert "worded anew, comparable" in page
    assert "no longer asked" in page
    assert "11 questions are exactly as they were in version 1" in page
    assert "collaboration" in page.lower()
    assert "People here help." not in read(client, at(school, "instrument", copy.key) + "?version=1")


def test_only_an_unused_version_can_be_deleted(client: Client, school: worlds.School, copy: InstrumentVersion) -> None:
    take(school, copy)
    url = at(school, "instrument_discard", copy.key)
    assert "A pulse has taken this version" in send(client, url, {}, status=422)
    head = at(school, "instrument_head", copy.key)
    send(client, head, {**form_of(client, head), "title_en": "Second"})
    send(client, url, {})
    assert [row.version for row in InstrumentVersion.objects.filter(unit=school.unit)] == [1]


# --- as text ----------------------------------------------------------------------------------------------------------
def test_the_text_says_each_problem_beside_its_line(
    client: Client, school: worlds.School, copy: InstrumentVersion
) -> None:
    url = at(school, "instrument_text", copy.key)
    data = form_of(client, url)
    wrong = data["definition"].replace('scale = "agreement"', 'scale = "agrement"', 1)
    page = send(client, url, {**data, "definition": wrong}, status=422)
    assert f"Line {line_of(wrong, 'scale = &quot;'.replace('&quot;', chr(34)))}" in page
    assert "Did you mean “agreement”?" in page
    right = data["definition"].replace('title.en = "Our pulse"', 'title.en = "As text"')
    send(client, url, {**data, "definition": right})
    copy.refresh_from_db()
    assert copy.title == "As text"
    other = data["definition"].replace('key = "our_heartbeat"', 'key = "mine"', 1)
    fresh = form_of(client, url)
    assert "stays so" in send(client, url, {**fresh, "definition": other}, status=422)


# --- bringing in ------------------------------------------------------------------------------------------------------
def test_a_limesurvey_file_is_shown_before_it_is_kept(client: Client, school: worlds.School) -> None:
    url = at(school, "instrument_import")
    read(client, url)
    file = SimpleUploadedFile("meetings.lss", lime.new_survey().encode())
    page = send(client, url, {"file": file}, status=200)
    assert "Left out: questions of the type “Ranking” are not asked here." in page
    assert "Check that the last is the good end" in page
    assert not InstrumentVersion.objects.exists()
    definition = client.post(url, {"file": SimpleUploadedFile("m.lss", lime.new_survey().encode())}).context["page"]
    send(client, url, {"definition": definition.file_text})
    made = InstrumentVersion.objects.get(unit=school.unit)
    assert (made.key, made.title) == ("our_meetings", "Our meetings")


def test_a_file_of_the_same_key_becomes_the_next_version(client: Client, school: worlds.School) -> None:
    url = at(school, "instrument_import")
    send(client, url, {"definition": FULL})
    take(school, InstrumentVersion.objects.get(unit=school.unit))
    text = changed(FULL, ("Our meetings could have been", "Most meetings could have been"))
    page = send(client, url, {"pasted": text}, status=200)
    assert "You have it already" in page
    assert "worded anew, comparable" in page
    send(client, url, {"definition": text})
    assert [row.version for row in InstrumentVersion.objects.order_by("version")] == [1, 2]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Choose a file, or paste a text."),
        ({"pasted": "key = "}, "Line 1"),
        ({"file": SimpleUploadedFile("a.lss", b"<!DOCTYPE d []><document/>")}, "declares a document type"),
        ({"file": SimpleUploadedFile("a.csv", b"PK\x03\x04....")}, "The file looks like"),
        ({"file": SimpleUploadedFile("a.csv", b"\xff\xfe")}, "The file is empty"),
        ({"definition": "key = 3"}, "is missing"),
    ],
)
def test_what_cannot_be_brought_in_is_said(
    client: Client, school: worlds.School, data: dict[str, Any], said: str
) -> None:
    page = send(client, at(school, "instrument_import"), data, status=422)
    assert said in page
    assert not InstrumentVersion.objects.exists()


def test_a_shipped_file_brought_in_gets_a_name_of_its_own(client: Client, school: worlds.School) -> None:
    send(client, at(school, "instrument_import"), {"definition": instruments.shipped.get_shipped_file("trust")})
    assert InstrumentVersion.objects.get(unit=school.unit).key == "our_trust"
