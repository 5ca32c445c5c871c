"""The catalogue of indicators, on the page and as a file: everything explained, nothing shown to the wrong person."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.base import indicators, readings, time
from collegium.people.enums import Role, UnitKind
from collegium.people.models import Unit
from tests import factories as make
from tests.listen import published
from tests.listen.published import Told
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db

TERMS = (dt.date(2025, 11, 3), dt.date(2026, 2, 2), dt.date(2026, 5, 4))


def tell_trust(school: Unit, *means: float, n: int = 40) -> None:
    """Publish a heartbeat a term, and read what is known after each."""
    for day, mean in zip(TERMS, means, strict=False):
        pulse = published.make_pulse(school, at=time.start_of(day), title=f"Heartbeat {day.year}")
        published.tell(pulse, school, Told(means={"trust": mean}, n=n, asked=n + 4))
        readings.refresh(school.community_id, school.id, day + dt.timedelta(days=3))


def get(person: Any, name: str, school: Unit, *args: str) -> Any:
    return client_of(person).get(reverse(f"guide:{name}", args=[school.slug, *args]))


@pytest.mark.parametrize("indicator", indicators.list_indicators(), ids=lambda each: each.key)
def test_every_indicator_says_what_it_is_and_what_it_is_not(indicator: indicators.Indicator) -> None:
    meaning = indicator.meaning
    for text in (meaning.definition, meaning.formula, meaning.how_to_read, meaning.how_not_to_read):
        assert len(str(text)) > 20
        assert str(text).endswith((".", "?"))
    assert indicator.unit_of_measure in ("count", "percent", "score", "measure")
    assert indicator.page, "a reader wants to see what is behind the number"


def test_the_catalogue_shows_each_indicator_with_its_page() -> None:
    school = make.make_unit(make.make_community(), "Saltmarsh")
    steward = make.steward_of(school)
    tell_trust(school, 3.9, 3.1, 3.0)
    page = get(steward, "indicators", school).content.decode()
    for indicator in indicators.list_indicators():
        assert reverse("guide:indicator", args=[school.slug, indicator.key]) in page, indicator.key
    detail = get(steward, "indicator", school, "listen.trust").content.decode()
    assert "3.0" in detail
    assert "n = 40" in detail
    assert "Not as a mark for anybody" in detail
    assert "<svg" in detail
    assert get(steward, "indicator", school, "listen.nothing").status_code == 404


def test_what_somebody_may_not_see_is_in_neither_list_nor_page_nor_file() -> None:
    """Guests see who works in a school, and no results of its pulses."""
    school = make.make_unit(make.make_community())
    tell_trust(school, 3.9)
    guest = make.make_person(school.community, account=True)
    make.make_role(guest, school, Role.GUEST)
    shown = client_of(guest).get(reverse("listen:unit_listen", args=[school.slug])).content.decode()
    sees = "Heartbeat 2025" in shown
    page = get(guest, "indicators", school).content.decode()
    assert ("listen.trust/" in page) is sees
    assert get(guest, "indicator", school, "listen.trust").status_code == (200 if sees else 404)
    colleague = make.make_person(school.community, account=True)
    make.make_post(colleague, make.make_unit(school.community))
    assert get(colleague, "indicators", school).status_code == 403
    assert get(colleague, "indicators_file", school).status_code == 403


def test_the_file_holds_every_change_by_unit() -> None:
    community = make.make_community()
    district = make.make_unit(community, "District", kind=UnitKind.DISTRICT)
    school = make.make_unit(community, "=Saltmarsh", within=district)
    tell_trust(school, 3.9, 3.1)
    steward = make.steward_of(school)
    rows = list(csv.DictReader(io.StringIO(get(steward, "indicators_file", school).content.decode())))
    trust = [row for row in rows if row["indicator"] == "listen.trust"]
    assert [(row["unit"], row["value"], row["n"]) for row in trust] == [
        ("'=Saltmarsh", "3.9", "40"),
        ("'=Saltmarsh", "3.1", "40"),
    ]
    assert [row["on"] for row in trust] == ["2025-11-06", "2026-02-05"]
    assert all(float(row["low"]) < float(row["value"]) < float(row["high"]) for row in trust)
    # Who looks after the district takes away what may be seen from above: how many there are, not what they said.
    above = get(make.steward_of(district), "indicators_file", district).content.decode()
    assert "Saltmarsh,people.staff_count" in above
    assert "listen.trust" not in above
    # Who belongs to the district through one school takes away nothing of the others.
    teacher = make.make_person(community, account=True)
    make.make_post(teacher, make.make_unit(community, "Ferry Road", within=district))
    own = get(teacher, "indicators_file", district).content.decode()
    assert "Saltmarsh" not in own


def test_the_number_of_queries_does_not_depend_on_how_long_the_history_is() -> None:
    counts = []
    for terms in (1, 3):
        school = make.make_unit(make.make_community())
        tell_trust(school, *(3.9, 3.4, 3.1)[:terms])
        client = client_of(make.steward_of(school))
        url = reverse("guide:indicators", args=[school.slug])
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_trust_that_fell_twice_running_reads_below_nought() -> None:
    """The fall counts from the wave before the last two, and the smaller of the two differences is told."""
    fell, stood, once = (make.make_unit(make.make_community()) for _number in range(3))
    tell_trust(fell, 3.9, 3.0, 3.1)
    tell_trust(stood, 3.9, 3.9, 3.8)
    tell_trust(once, 3.9, 3.1, 3.9)
    day = TERMS[-1] + dt.timedelta(days=3)
    found = [indicators.read("listen.trust_fall", school.id, day) for school in (fell, stood, once)]
    assert found[0].value == pytest.approx(-0.8)
    assert [each.interval is not None and each.interval[1] < 0 for each in found] == [True, False, False]
    assert indicators.read("listen.trust_fall", fell.id, TERMS[1] + dt.timedelta(days=3)).value is None
