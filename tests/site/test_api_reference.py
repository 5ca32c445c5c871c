"""The commands of docs/reference/api.md, sent as they stand there, and what the page says comes back."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from string import Template
from typing import Any

import pytest
from django.test import Client

from collegium.base import readings, time
from tests import factories as make
from tests.enquire.rows import make_enquiry, make_measure, make_segment

pytestmark = pytest.mark.django_db
DOCUMENT = Path(__file__).parents[2] / "docs" / "reference" / "api.md"
BLOCK = re.compile(r"```(sh|json)\n(.*?)```", re.DOTALL)


def test_every_command_of_the_reference_answers_as_it_says() -> None:
    school = make.make_unit(make.make_community(), "Oakfield", slug="oakfield")
    make.contain(make.make_unit(school.community, kind="alliance", slug="fen"), school)
    person = make.make_person(school.community)
    make.make_post(person, school)
    measure = make_measure(make_enquiry(school, person))
    make_segment(measure)
    readings.refresh(school.community_id, school.id, time.today())
    known = {
        "TOKEN": make.make_token(person, can_write=True),
        "COLLEGIUM": "/api/v1",
        "ENQUIRY": str(measure.enquiry_id),
        "MEASURE": str(measure.id),
    }
    found = BLOCK.findall(DOCUMENT.read_text("utf-8"))
    blocks = [(kind, body) for kind, body in found if not body.startswith("export")]
    ran = 0
    for place, (kind, body) in enumerate(blocks):
        if kind != "sh":
            continue
        answer = run(Template(body).substitute(known))
        assert answer.status_code in (200, 201), body
        ran += 1
        said = blocks[place + 1 : place + 2]
        if said and said[0][0] == "json":
            assert shape_of(answer.json()) == shape_of(json.loads(said[0][1])), body
        else:
            assert answer["Content-Type"].startswith("text/csv")
    assert ran == 8


def run(command: str) -> Any:
    """Send what a `curl` command would."""
    words = iter(shlex.split(command.replace("\\\n", " "))[1:])
    method, headers, data, url = "get", {}, "", ""
    for word in words:
        match word:
            case "-X":
                method = next(words).lower()
            case "-H":
                name, _colon, value = next(words).partition(": ")
                headers[name] = value
            case "-d":
                data = next(words)
            case "-o":
                next(words)
            case _:
                url = word
    sent = {"data": data, "content_type": headers["Content-Type"]} if data else {}
    return getattr(Client(), method)(url, headers={"Authorization": headers["Authorization"]}, **sent)


def shape_of(value: Any) -> Any:
    """Return the names of what is said and no values; of a list, what its first entry is like."""
    if isinstance(value, dict):
        return {key: shape_of(each) for key, each in value.items()}
    return [shape_of(each) for each in value[:1]] if isinstance(value, list) else ""
