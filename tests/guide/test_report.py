"""A unit on one sheet, and its pictures one by one."""

from __future__ import annotations

import pytest
from django.urls import reverse

from collegium.base import time
from collegium.people.models import Unit
from tests import factories as make
from tests.listen import published
from tests.listen.published import Told
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db


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
    with time.at(published.CLOSED.date().replace(year=published.CLOSED.year + 1)):
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
    with time.at(published.CLOSED.date().replace(year=published.CLOSED.year + 1)):
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
