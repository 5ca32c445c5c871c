"""The pages of how a unit begins, as browsers without script read and send them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.base import time
from collegium.intend.enums import Path, StepKind
from collegium.intend.models import Intent, TrustPath, TrustStep, Vision
from collegium.intend.services import paths as services
from collegium.people.models import Post
from tests import factories as make
from tests.intend import staffroom
from tests.intend.staffroom import Staffroom
from tests.intend.test_paths import finish, publish, step_of
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db


def read(client: Client, name: str, room: Staffroom, *args: Any, status: int = 200) -> str:
    response: Any = client.get(reverse(f"intend:{name}", args=[room.school.slug, *args]))
    assert response.status_code == status, (name, response.status_code)
    return str(response.content.decode())


def send(client: Client, name: str, room: Staffroom, *args: Any, **data: Any) -> Any:
    return client.post(reverse(f"intend:{name}", args=[room.school.slug, *args]), data)


def test_a_unit_that_was_never_asked_is_told_that_we_do_not_know() -> None:
    room = staffroom.build(accounts=True)
    page = read(client_of(room.lead), "unit_beginning", room)
    assert "We don&#x27;t know yet." in page
    assert reverse("intend:beginning_choose", args=[room.school.slug]) in page
    assert reverse("intend:beginning_choose", args=[room.school.slug]) not in read(
        client_of(room.people[0]), "unit_beginning", room
    )


def test_a_path_is_chosen_planned_and_walked() -> None:
    room = staffroom.build(accounts=True)
    staffroom.tell_trust(room.school, 2.4)
    lead = client_of(room.lead)
    page = read(lead, "unit_beginning", room)
    assert "Trust first." in page
    assert "2.4" in page
    assert send(lead, "beginning_choose", room, path="vision", why="").status_code == 422
    assert send(lead, "beginning_choose", room, path="trust", why="").status_code == 302
    step = step_of(TrustPath.objects.get(), StepKind.TRUST)
    owner, second = room.people[:2]
    data = {"owner": owner.id, "second": second.id, "due_on": (time.today() + dt.timedelta(days=9)).isoformat()}
    assert send(lead, "step_plan", room, step.id, **(data | {"second": owner.id})).status_code == 422
    assert send(lead, "step_plan", room, step.id, **(data | {"owner": room.outsider.id})).status_code == 422
    assert send(lead, "step_plan", room, step.id, **data).status_code == 302
    page = read(client_of(room.people[3]), "unit_beginning", room)
    assert owner.full_name in page
    assert f"{second.full_name} could carry it on" in page
    mine = client_of(owner)
    assert "Build trust" in mine.get(reverse("people:my_part")).content.decode().replace("build trust", "Build trust")
    assert send(mine, "step_done", room, step.id, learned="").status_code == 422
    assert send(mine, "step_done", room, step.id, learned="We kept\n\nour word.").status_code == 302
    assert "<p>our word.</p>" in read(lead, "unit_beginning", room)
    assert send(mine, "step_undo", room, step.id).status_code == 302
    assert send(lead, "beginning_leave", room, because="We begin anew").status_code == 302
    assert "We begin anew" in read(lead, "unit_beginning", room)
    read(lead, "beginning_leave", room, status=404)


def test_choosing_otherwise_is_said_with_its_reason() -> None:
    room = staffroom.build(accounts=True)
    staffroom.tell_trust(room.school, 2.4)
    services.choose_path(actor=room.keeper, unit=room.school, path=Path.VISION_FIRST, why="The merger will not wait.")
    page = read(client_of(room.people[0]), "unit_beginning", room)
    assert "Chosen otherwise than suggested" in page
    assert "The merger will not wait." in page
    assert "Trust stood at 2.4 of 5" in page


def test_figures_are_for_those_who_may_see_the_result() -> None:
    room = staffroom.build(accounts=True)
    staffroom.tell_trust(room.school, 2.4)
    services.choose_path(actor=room.keeper, unit=room.school, path=Path.VISION_FIRST, why="The merger.")
    district = make.make_unit(room.community, kind="district")
    make.contain(district, room.school)
    above = make.make_person(room.community, account=True)
    make.make_role(above, district, "lead")
    assert "2.4" in read(client_of(room.people[0]), "unit_beginning", room)
    page = read(client_of(above), "unit_beginning", room)
    assert "2.4" not in page
    assert "it is for those who were asked" in page
    assert "The guidance says: We don&#x27;t know yet." in page
    assert "Chosen otherwise" not in page


def test_revisiting_leads_to_the_texts_and_ends_when_each_is_settled() -> None:
    room = staffroom.build(accounts=True)
    lead = client_of(room.lead)
    path = services.choose_path(actor=room.keeper, unit=room.school, path=Path.TRUST_FIRST)
    finish(room, path, StepKind.TRUST, StepKind.VISION, StepKind.STRATEGY, StepKind.ACTION)
    vision, intent = publish(room, Vision), publish(room, Intent)
    step = step_of(path, StepKind.REVISIT)
    page = read(lead, "unit_beginning", room)
    assert "not looked at again yet" in page
    assert "What action taught us." in read(lead, "step_revisit", room, step.id, vision.text_id)
    assert send(lead, "step_done", room, step.id, learned="Much").status_code == 422
    response = send(lead, "step_revisit", room, step.id, vision.text_id, learned="Parents want in.", outcome="reword")
    assert response["Location"] == reverse("intend:thing_reword", args=[room.school.slug, "visions", vision.id])
    assert lead.get(response["Location"]).status_code == 200
    data = {"learned": "It held.", "outcome": "stands"}
    assert send(lead, "step_revisit", room, step.id, intent.text_id, **data).status_code == 422
    sent = send(lead, "step_revisit", room, step.id, intent.text_id, **data, stands_because="It fits.")
    assert sent.status_code == 302
    page = read(lead, "unit_beginning", room)
    assert "opened again, and not reworded yet" in page
    assert "It fits." in page
    read(lead, "step_revisit", room, step.id, path.id, status=404)


def test_the_home_of_a_unit_says_what_comes_next_and_who_is_missing() -> None:
    room = staffroom.build(accounts=True)
    home = reverse("people:unit_home", args=[room.school.slug])
    assert "Choose how you begin" in client_of(room.lead).get(home).content.decode()
    assert "How we begin" not in client_of(room.people[0]).get(home).content.decode()
    path = services.choose_path(actor=room.keeper, unit=room.school, path=Path.TRUST_FIRST)
    step = step_of(path, StepKind.TRUST)
    services.plan_step(
        actor=room.keeper,
        step=step,
        owner_id=room.people[0].id,
        second_id=None,
        due_on=time.today() + dt.timedelta(days=3),
    )
    page = client_of(room.people[1]).get(home).content.decode()
    assert "Step 1 of 6: Build trust" in page
    assert "only one person could carry it" in page
    Post.objects.filter(person=room.people[0]).update(ends_on=time.today())
    page = client_of(room.people[1]).get(home).content.decode()
    assert "needs a new owner" in page


@pytest.mark.parametrize("done", [0, 3])
def test_the_page_asks_no_more_however_far_the_unit_has_come(done: int) -> None:
    room = staffroom.build(accounts=True)
    path = services.choose_path(actor=room.keeper, unit=room.school, path=Path.TRUST_FIRST)
    finish(room, path, *(StepKind(step.kind) for step in TrustStep.objects.filter(path=path, place__lte=done)))
    client = client_of(room.people[0])
    with CaptureQueriesContext(connection) as asked:
        read(client, "unit_beginning", room)
    assert len(asked) <= 20
