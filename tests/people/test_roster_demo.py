"""The demo exported in every format, unit by unit, and every file imported again without effect."""

from __future__ import annotations

from pathlib import Path

import pytest

from collegium.base import time
from collegium.people import demo
from collegium.people import rosters as files
from collegium.people.actors import operator_of
from collegium.people.models import Community, Unit
from collegium.people.rosters import Format
from collegium.people.services import rosters
from tests.people.roster_helpers import apply_import, picture, plan_import

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def community() -> Community:
    return demo.build(seed=demo.SEED, today=time.today())


def export(unit: Unit, form: Format, folder: Path) -> Path:
    file = folder / f"{unit.slug}.{form.extension}"
    with rosters.export(actor=operator_of(unit.community_id), unit=unit, source="", form=form) as content:
        file.write_bytes(content.read())
    return file


def guess(file: Path) -> files.ColumnMapping | None:
    """How the page would read the columns before anybody touches them."""
    sniffed = files.sniff(file)
    return sniffed.guess.mapping if sniffed.needs_mapping and sniffed.guess else None


@pytest.mark.parametrize("form", Format)
def test_what_is_exported_imports_again_unchanged(community: Community, form: Format, tmp_path: Path) -> None:
    before = picture()
    for unit in Unit.objects.filter(community=community).exclude(kind="team").order_by("slug"):
        file = export(unit, form, tmp_path)
        made = plan_import(unit, file, mapping=guess(file))
        told = [(x.kind, x.action, x.reason, x.label, x.before, x.after) for x in made.changes.all()]
        assert not {"added", "changed", "ended", "refused"} & set(made.counts["actions"]), (unit.slug, told[:20])
        if unit.kind != "school":
            apply_import(made)
            assert picture() == before, unit.slug
