"""What of a wave leaves in a file: what its reader may see on the map, in any format, and no more."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from collegium.base.models import Event
from collegium.connect import files
from collegium.connect.files import Format, TieFile
from collegium.connect.models import NamePermission, TieWave, WaveMember
from collegium.connect.presenters import exports as presenter
from collegium.connect.services import analysing
from collegium.people.enums import Level, Role, UnitKind
from collegium.people.models import Person, Unit
from tests import factories
from tests.connect.importing import apply_import, plan_import, quiet
from tests.people.sign_in.helpers import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> Unit:
    community = factories.make_community()
    district = factories.make_unit(community, "Valley", kind=UnitKind.DISTRICT, slug="valley")
    return factories.make_unit(community, "Oak", slug="oak", within=district)


@pytest.fixture
def staff(school: Unit) -> list[Person]:
    """Seven of Maths and six of Science, one of whom leads; and two more whose team is theirs alone."""
    found = []
    for name, size in (("Maths", 7), ("Science", 6), ("Music", 2)):
        team = factories.make_unit(school.community, name, kind=UnitKind.TEAM, within=school)
        for number in range(size):
            person = factories.make_person(
                school.community, f"{name}{number}", email=f"{name}{number}@oak.example".lower(), account=number == 0
            )
            leads = name == "Science" and number == 0
            factories.make_post(person, team, level=Level.MIDDLE if leads else Level.CLASSROOM)
            found.append(person)
    return found


@pytest.fixture
def wave(school: Unit, staff: list[Person]) -> TieWave:
    """A ring of advice, and one confidential kind of tie."""
    n = len(staff)
    rows = [f"{staff[i].email},{staff[(i + 1) % n].email},1,Advice" for i in range(n)]
    rows += [f"{staff[0].email},{staff[3].email},1,In confidence"]
    actor = factories.actor_of(factories.steward_of(school))
    made = apply_import(actor, plan_import(actor, school, "from,to,weight,layer\n" + "\n".join(rows)))
    analysing.analyse(report=quiet, wave_id=str(made.id))
    return made


def ask(client: Client, wave: TieWave, form: str = "edges-csv", slug: str = "oak") -> HttpResponse:
    """Send the form of the download."""
    return client.post(reverse("connect:web_export", args=[slug, wave.id]), {"form": form})


def read(answer: HttpResponse, form: Format = Format.EDGES) -> TieFile:
    """Read what came back."""
    assert answer.status_code == 200, answer.content[:300]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"ties.{form.extension}"
        path.write_bytes(answer.content)
        return files.read(path)


def test_the_people_of_a_school_take_marks_that_lead_nowhere(wave: TieWave, staff: list[Person]) -> None:
    member = client_of(staff[1]) if staff[1].account else client_of(staff[0])
    page = member.get(reverse("connect:web_export", args=["oak", wave.id])).content.decode()
    assert "15 marks of people, without names" in page
    first, second = read(ask(member, wave)), read(ask(member, wave))
    assert [person.id for person in first.people] == [str(number) for number in range(1, 16)]
    assert {tie[:2] for tie in first.ties} != {tie[:2] for tie in second.ties}, "numbered anew"
    assert first.layers == ("Advice",), "what is confidential has no lines between people"
    assert len(first.ties) == 30, "each line is written both ways"
    assert Event.objects.filter(verb="tie_wave.exported").count() == 2


def test_teams_and_levels_of_few_stand_beside_no_mark(wave: TieWave, staff: list[Person]) -> None:
    found = read(ask(client_of(staff[0]), wave))
    said = Counter((person.team, person.level) for person in found.people)
    assert min(said.values()) >= 5
    assert "Music" not in {team for team, _level in said}
    assert "middle" not in {level for _team, level in said}


def test_names_that_somebody_lets_a_reader_see_are_not_in_the_file(wave: TieWave, staff: list[Person]) -> None:
    reader, owner = staff[0], staff[13]
    NamePermission.objects.create(community=owner.community, owner=owner, viewer=reader)
    answer = ask(client_of(reader), wave)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    assert owner.given_name.encode() not in content
    assert b"oak.example" not in content
    assert "Music" not in {person.team for person in read(answer).people}, "nor what stands beside such a mark"


def test_who_declined_to_be_drawn_is_not_in_the_file(wave: TieWave, staff: list[Person]) -> None:
    WaveMember.objects.filter(wave=wave, person=staff[2]).update(shown=False)
    analysing.analyse(report=quiet, wave_id=str(wave.id))
    found = read(ask(client_of(staff[0]), wave))
    assert (len(found.people), len(found.ties)) == (14, 26)


def test_from_above_only_groups_are_taken(wave: TieWave, school: Unit) -> None:
    supporter = factories.make_person(school.community, "Above", account=True)
    factories.make_role(supporter, Unit.objects.get(slug="valley"), Role.SUPPORTER)
    client = client_of(supporter)
    page = client.get(reverse("connect:web_export", args=["oak", wave.id])).content.decode()
    assert "groups of at least 5 people each" in page
    found = read(ask(client, wave))
    assert all("Maths" in person.id or "Science" in person.id for person in found.people)
    assert all(tie.weight is not None for tie in found.ties)


def test_every_format_comes_as_a_file_of_its_kind(wave: TieWave, staff: list[Person]) -> None:
    client = client_of(staff[0])
    for form in Format:
        answer = ask(client, wave, form.value)
        assert answer.status_code == 200
        assert answer["Content-Type"] == presenter.TYPES[form.extension]
        assert answer["Content-Disposition"] == f'attachment; filename="oak-ties-2026-11-02.{form.extension}"'
        if form is not Format.GEXF:
            assert len(read(answer, form).people) == 15


def test_a_format_that_is_none_and_a_matrix_too_large_are_refused(
    wave: TieWave, staff: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(staff[0])
    assert ask(client, wave, "word").status_code == 422
    monkeypatch.setattr("collegium.connect.services.exporting.DEFAULT", files.Limits(matrix=10))
    large = ask(client, wave, "matrix-xlsx")
    assert large.status_code == 422
    assert "A matrix of 15 people has too many cells" in large.content.decode()
    assert not Event.objects.filter(verb="tie_wave.exported").exists()


def test_a_wave_that_is_not_theirs_is_not_found(wave: TieWave, school: Unit) -> None:
    beside = factories.make_unit(school.community, "Elm", slug="elm")
    other = factories.make_person(school.community, "Other", account=True)
    factories.make_post(other, beside)
    assert ask(client_of(other), wave).status_code == 403
    assert ask(client_of(other), wave, slug="elm").status_code == 404
