"""What the tests of imports of ties share: an import from end to end, in a few lines."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from collegium.connect.enums import ImportState
from collegium.connect.models import Tie, TieImport, TieWave, WaveMember
from collegium.connect.services import imports
from collegium.people.actors import Actor
from collegium.people.models import Unit

DAY = dt.date(2026, 11, 2)


def quiet(_done: int, _total: int, _step: str = "") -> None:
    """Hear how far work has come, and say nothing."""


def upload(name: str, content: str | bytes | Path) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    if isinstance(content, Path):
        content = content.read_bytes()
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def plan_import(
    actor: Actor, unit: Unit, ties: str | bytes | Path, people: str | bytes | Path | None = None, **more: Any
) -> TieImport:
    """Upload a file and make its preview."""
    made = imports.start_import(
        actor=actor,
        unit=unit,
        **{"title": "Who asks whom", "asked_on": DAY, "kind_of_tie": "Advice", **more},
        ties=upload("ties.csv", ties),
        people=None if people is None else upload("people.csv", people),
    )
    return imports.preview(actor=actor, made=made, report=quiet)


def make_import(unit: Unit) -> TieImport:
    """A preview of one person and no tie, without a file."""
    return TieImport.objects.create(
        community_id=unit.community_id,
        unit=unit,
        state=ImportState.PREVIEWED,
        title=f"Ties of {unit.name}",
        asked_on=DAY,
        kind_of_tie="Advice",
        ties_file="ties.csv",
        counts={
            **dict.fromkeys(("by_id", "by_email", "without_school", "answered", "ties", "refused"), 0),
            **{key: [] for key in ("missing_schools", "missing_teams", "unknown_levels", "layers")},
            "people": 1,
            "unknown": 1,
        },
    )


def apply_import(actor: Actor, made: TieImport, *, add_schools: bool = False) -> TieWave:
    """Carry a preview out."""
    done = imports.apply(actor=actor, made=made, add_schools=add_schools, report=quiet)
    assert done.wave is not None
    return done.wave


def reasons(made: TieImport) -> list[tuple[int, str]]:
    """Which rows are not taken, and why."""
    return [(row["row"], row["code"]) for row in made.findings["refusals"]]


def pairs_of(wave: TieWave) -> set[tuple[str, str, float]]:
    """The ties between people who are known, by given name."""
    names = ("source__person__given_name", "target__person__given_name", "weight")
    return set(Tie.objects.filter(layer__wave=wave).values_list(*names))


def members_of(wave: TieWave) -> dict[str, WaveMember]:
    """The members who are known, by given name."""
    known = WaveMember.objects.filter(wave=wave, person__isnull=False).select_related("person", "school", "team")
    return {member.person.given_name: member for member in known if member.person}
