"""The gallery: complete, and only where it should be."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

import collegium.site
from collegium.site import gallery_data
from collegium.site.components.tags import register

EXAMPLES = Path(collegium.site.__file__).parent / "templates" / "site" / "gallery"


def test_it_shows_every_component_and_every_example() -> None:
    listed = [name for _, entries in gallery_data.SECTIONS for name, _, _ in entries]
    assert sorted(listed) == sorted(path.stem for path in EXAMPLES.glob("*.html"))
    calls = "".join(path.read_text(encoding="utf-8") for path in EXAMPLES.glob("*.html"))
    unseen = {name for name in register.tags if f"{{% {name} " not in calls}
    # The table behind a picture is drawn by the picture.
    assert unseen == {"numbers"}
    assert {name for name in register.filters if f"|{name}" not in calls} == set()


def test_every_call_is_written_down_for_page_authors() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "design.md").read_text(encoding="utf-8")
    assert {name for name in register.tags if f"{{% {name} " not in page} == set()


@pytest.mark.django_db
def test_it_is_there_in_the_demo_and_nowhere_else(settings: Settings) -> None:
    settings.DEBUG = settings.DEMO = False
    assert Client().get("/gallery/").status_code == 404
    settings.DEMO = True
    page = Client().get("/gallery/")
    assert page.status_code == 200
    assert page.content.decode().count('class="example"') == len(list(EXAMPLES.glob("*.html")))
