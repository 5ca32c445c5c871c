"""What a stage rests on, the icons, the ramp of cycles, and what lives on of an enquiry that has closed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.base import time
from collegium.base.errors import CollegiumError
from collegium.enquire.enums import Decision, Stage
from collegium.enquire.errors import Conflict, Invalid, NotAllowed, NotFound
from collegium.enquire.models import Cycle, Enquiry, Evidence, Point, PracticeDraft
from collegium.enquire.policies import Standing
from collegium.enquire.presenters import enquiries as presenter
from collegium.enquire.presenters import glance
from collegium.enquire.presenters.cycles import draw_ramp
from collegium.enquire.presenters.evidence import present_evidence
from collegium.enquire.queries import enquiries as queries
from collegium.enquire.queries import own
from collegium.enquire.services import evidence as services
from collegium.enquire.services import practices
from collegium.people.models import Person, Unit
from collegium.people.queries import places
from tests import factories as make
from tests.enquire.rows import make_enquiry, make_measure, make_segment

pytestmark = pytest.mark.django_db
IN = Standing(owns=True)
PDF = b"%PDF-1.7 whimbrel"


@pytest.fixture
def unit() -> Unit:
    return make.make_unit(make.make_community(), "Hill")


@pytest.fixture
def ada(unit: Unit) -> Person:
    person = make.make_person(unit.community, "Ada", "Hill", account=True)
    make.make_post(person, unit)
    return person


@pytest.fixture
def enquiry(unit: Unit, ada: Person) -> Enquiry:
    return make_enquiry(unit, ada)


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person.account)
    return client


def page_of(person: Person, enquiry: Enquiry) -> presenter.EnquiryPage:
    actor = make.actor_of(person)
    return presenter.present_enquiry(actor, queries.get_enquiry_for(actor, enquiry.id))


# --- evidence ---------------------------------------------------------------------------------------------------------
def test_a_file_is_kept_handed_out_and_gone_when_it_is_taken_off(enquiry: Enquiry, ada: Person) -> None:
    client = client_of(ada)
    url = reverse("enquire:evidence_files", args=[enquiry.id, "context"])
    wrong = SimpleUploadedFile("seen.pdf", b"<script>")
    assert client.post(url, {"uploads": [wrong]}).status_code == 422
    assert client.post(url, {"note": "none"}).status_code == 422
    assert not Evidence.objects.exists()
    sent = {"uploads": [SimpleUploadedFile("what we saw.pdf", PDF)], "note": "In the third lesson"}
    text = client.post(url, sent, follow=True).content.decode()
    assert "what we saw.pdf" in text
    assert "In the third lesson" in text
    row = Evidence.objects.get()
    kept = client.get(reverse("enquire:evidence_file", args=[enquiry.id, row.id]))
    assert (kept.content, kept["Content-Type"]) == (PDF, "application/pdf")
    assert kept["Content-Disposition"].startswith("attachment")
    off = reverse("enquire:evidence_withdraw", args=[enquiry.id, row.id])
    assert "what we saw.pdf" not in client.post(off, follow=True).content.decode()
    row.refresh_from_db()
    assert (row.content, row.withdrawn_at is None) == (None, False)
    assert client.get(reverse("enquire:evidence_file", args=[enquiry.id, row.id])).status_code == 404
    with pytest.raises(Conflict):
        services.withdraw(actor=make.actor_of(ada), enquiry=enquiry, standing=IN, evidence=row)


def test_files_do_not_pile_up_without_end(enquiry: Enquiry, ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_FILES", 1)
    add = {"actor": make.actor_of(ada), "enquiry": enquiry, "standing": IN, "stage": Stage.EFFECT}
    services.add_files(**add, uploads=[SimpleUploadedFile("a.txt", b"a")])
    with pytest.raises(Invalid, match="evidence_too_many"):
        services.add_files(**add, uploads=[SimpleUploadedFile("b.txt", b"b")])


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org", "nowhere at all"])
def test_a_link_leads_to_the_web_or_is_refused(enquiry: Enquiry, ada: Person, url: str) -> None:
    client = client_of(ada)
    add = reverse("enquire:evidence_link", args=[enquiry.id, "evidence"])
    assert client.post(add, {"url": url, "title": "Study"}).status_code == 422
    assert not Evidence.objects.exists()


def test_a_link_is_kept(enquiry: Enquiry, ada: Person) -> None:
    client = client_of(ada)
    add = reverse("enquire:evidence_link", args=[enquiry.id, "evidence"])
    text = client.post(add, {"url": "https://example.org/study", "title": "A <study>"}, follow=True).content.decode()
    assert 'href="https://example.org/study"' in text
    assert "A &lt;study&gt;" in text


def test_a_number_is_kept_as_it_was_beside_how_it_is(enquiry: Enquiry, ada: Person, unit: Unit) -> None:
    client = client_of(ada)
    url = reverse("enquire:evidence_cite", args=[enquiry.id, "purpose"])
    assert client.post(url, {"code": "no.such"}).status_code == 422
    with pytest.raises(CollegiumError):
        services.cite(actor=make.actor_of(ada), enquiry=enquiry, standing=IN, stage=Stage.PURPOSE, code="no.such")
    assert client.post(url, {"code": "enquire.running", "note": "So few"}).status_code == 302
    make_enquiry(unit, ada, title="One more")
    (row,) = page_of(ada, enquiry).stages[1].evidence
    assert (row.then, row.now, row.note) == ("1", "2", "So few")
    friend = make.make_person(make.make_unit(unit.community).community)
    Enquiry.objects.filter(id=enquiry.id).update(critical_friend=friend)
    (hidden,) = page_of(friend, enquiry).stages[1].evidence
    assert (hidden.title, hidden.then, hidden.now) == ("A number that is not yours to see", "", "")


def test_others_add_nothing_and_what_is_elsewhere_is_not_there(enquiry: Enquiry, unit: Unit, ada: Person) -> None:
    other = make.make_person(unit.community, account=True)
    make.make_post(other, unit)
    with pytest.raises(NotAllowed):
        services.add_link(
            actor=make.actor_of(other), enquiry=enquiry, standing=Standing(), stage=Stage.EFFECT, url="https://x.org",
            title="x",
        )  # fmt: skip
    elsewhere = make_enquiry(unit, ada)
    (row,) = services.add_files(
        actor=make.actor_of(ada), enquiry=elsewhere, standing=IN, stage=Stage.EFFECT,
        uploads=[SimpleUploadedFile("a.txt", b"a")],
    )  # fmt: skip
    assert client_of(ada).get(reverse("enquire:evidence_file", args=[enquiry.id, row.id])).status_code == 404
    assert client_of(ada).get(reverse("enquire:evidence_link", args=[enquiry.id, "nowhere"])).status_code == 404


def test_the_stages_ask_as_often_for_much_as_for_little(enquiry: Enquiry, ada: Person) -> None:
    def count() -> int:
        actor = make.actor_of(ada)
        found = queries.get_enquiry_for(actor, enquiry.id)
        with CaptureQueriesContext(connection) as asked:
            present_evidence(actor, found, can_work=True)
        return len(asked)

    add = {"actor": make.actor_of(ada), "enquiry": enquiry, "standing": IN}
    services.cite(**add, stage=Stage.CONTEXT, code="people.staff_count")
    one = count()
    for stage in Stage:
        services.cite(**add, stage=stage, code="people.staff_count")
        services.add_link(**add, stage=stage, url="https://example.org", title="x")
    assert count() == one


# --- icons ------------------------------------------------------------------------------------------------------------
def measure(enquiry: Enquiry, shares: list[float], of: int = 40, target: float | None = None) -> None:
    row = make_measure(enquiry, target=target, baseline_points=12, baseline_reason="Before")
    segment = make_segment(row)
    first = dt.date(2026, 1, 5)
    Point.objects.bulk_create(
        Point(
            community=enquiry.community,
            segment=segment,
            on=first + dt.timedelta(weeks=week),
            value=round(share * of),
            denominator=of,
        )
        for week, share in enumerate(shares)
    )


LEVEL = [0.4, 0.5] * 6


def test_two_icons_say_what_the_newest_point_and_the_target_say(enquiry: Enquiry, ada: Person) -> None:
    measure(enquiry, [*LEVEL, *[0.9] * 8], target=0.1)
    measure(enquiry, [0.5, 0.4])
    actor = make.actor_of(ada)
    (part,) = glance.present_enquiry(actor, queries.get_enquiry_for(actor, enquiry.id)).parts
    assert [(row.variation.words, row.variation.letter, row.assurance.words) for row in part.rows] == [
        ("Better: higher", "H", "Meets its target every time"),
        ("As usual", "", "No target"),
    ]
    text = client_of(ada).get(reverse("enquire:unit_glance", args=[enquiry.unit.slug])).content.decode()
    assert 'aria-label="Better: higher"' in text
    assert 'aria-label="Meets its target every time"' in text


def test_icons_of_shares_of_few_are_for_the_team(enquiry: Enquiry, ada: Person, unit: Unit) -> None:
    measure(enquiry, [*LEVEL, *[1.0] * 8], of=4)
    other = make.make_person(unit.community)
    make.make_post(other, unit)
    shown = {}
    for person in (ada, other):
        page = glance.present_unit(make.actor_of(person), places.locate(unit, time.today()), 1)
        shown[person] = page.parts[0].rows[0].variation.words
    assert shown[ada] != "Too early to say"
    assert shown[other] == "Too early to say"


def test_icons_ask_as_often_for_many_as_for_one(enquiry: Enquiry, ada: Person, unit: Unit) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            glance.present_unit(make.actor_of(ada), places.locate(unit, time.today()), 1)
        return len(asked)

    measure(enquiry, LEVEL)
    one = count()
    for place in range(5):
        measure(make_enquiry(unit, ada, title=f"Number {place}"), LEVEL)
    assert count() == one


# --- the ramp ---------------------------------------------------------------------------------------------------------
def test_cycles_rise_on_a_ramp_from_the_second_on(enquiry: Enquiry, ada: Person) -> None:
    now = time.now()
    for number, decision in enumerate((Decision.SCALE, Decision.ADAPT, ""), start=1):
        ended = {"found": "x", "studied_at": now, "locked_at": now} if decision else {}
        Cycle.objects.create(community=enquiry.community, enquiry=enquiry, number=number, plan="a", prediction="b",
                             decision=decision, **ended)  # fmt: skip
    rows = list(Cycle.objects.order_by("number"))
    assert draw_ramp(rows[:1]) is None
    ramp = draw_ramp(rows)
    assert ramp is not None
    assert [step.decision for step in ramp.steps] == ["larger", "adapt", "running"]
    assert ramp.steps[0].y > ramp.steps[1].y > ramp.steps[2].y > 0
    assert all(0 < step.x < ramp.width and step.words_y < ramp.height for step in ramp.steps)
    text = client_of(ada).get(reverse("enquire:enquiry", args=[enquiry.id])).content.decode()
    assert "cycle 3: running" in text


# --- what lives on ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("ending", ["adopt", "abandon"])
def test_what_was_found_lives_on_as_a_draft_whichever_way_it_went(enquiry: Enquiry, ada: Person, ending: str) -> None:
    client = client_of(ada)
    page = reverse("enquire:practice", args=[enquiry.id])
    assert client.get(page).status_code == 404
    said = {"ending": ending, "finding": "It *helped* few.", "again": "Ask first", "who_should_know": "All heads"}
    closed = client.post(reverse("enquire:enquiry_close", args=[enquiry.id]), said, follow=True).content.decode()
    assert page in closed
    change = reverse("enquire:practice_change", args=[enquiry.id])
    told = {"title": "Ask before you build", "finding": "It helped few.", "how": "Ask ten pupils", "again": "Ask first"}
    assert client.post(change, {**told, "finding": ""}).status_code == 422
    text = client.post(change, told, follow=True).content.decode()
    assert "Ask ten pupils" in text
    file = client.get(reverse("enquire:practice_file", args=[enquiry.id]))
    assert file.content.decode().startswith("# Ask before you build\n\nHill, ")
    assert "## How it is done\n\nAsk ten pupils" in file.content.decode()
    assert 'filename="practice.md"' in file["Content-Disposition"]
    enquiry.refresh_from_db()
    assert enquiry.finding == "It *helped* few."


def test_who_added_and_told_is_in_their_data_and_is_forgotten(enquiry: Enquiry, ada: Person) -> None:
    by = {"actor": make.actor_of(ada), "enquiry": enquiry, "standing": IN}
    services.add_link(**by, stage=Stage.EFFECT, url="https://example.org", title="A study")
    draft = PracticeDraft.objects.create(community=enquiry.community, enquiry=enquiry, title="x", finding="y")
    practices.change(**by, draft=draft, told=practices.Told(title="Told", finding="So"))
    held = own.dump(ada.id)
    assert (held["evidence_added"][0]["title"], held["practices_told"][0]["title"]) == ("A study", "Told")
    services.forget_person(ada.id)
    practices.forget_person(ada.id)
    held = own.dump(ada.id)
    assert (held["evidence_added"], held["practices_told"]) == ([], [])
    with pytest.raises(NotFound):
        queries.get_enquiry_for(make.actor_of(make.make_person(make.make_community())), enquiry.id)
