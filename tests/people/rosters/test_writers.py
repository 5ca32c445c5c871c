"""What is written reads back as the same records, and no cell of it can run as a formula."""

from __future__ import annotations

import csv
import io
import tempfile
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import python_calamine
from hypothesis import example, given, settings
from hypothesis import strategies as st

from collegium.people import rosters
from collegium.people.rosters import (
    PLAIN_MAPPING,
    Dialect,
    Format,
    PersonRecord,
    PostRecord,
    Roster,
    RowRef,
    UnitRecord,
    cells,
)

NOWHERE = RowRef("", 0)
ZIPS = [Format.ONEROSTER_1_1, Format.ONEROSTER_1_2, Format.SDS_2_1]
LISTS = [Format.CSV, Format.XLSX]

TRICKY = [
    "=cmd|'/c calc'!A1",
    "'Aisha",
    "-5",
    "+49",
    "@home",
    "''=x",
    "'-5",
    "山田 太郎",
    "Zoë",
    "👩🏽‍🏫",
    "a,b;c",
    'say "hi"',
    "|",
]
texts = st.one_of(
    st.sampled_from(TRICKY),
    st.text(st.characters(exclude_categories=["Cs", "Cn"]), min_size=1, max_size=30),
).map(cells.normal)
names = texts.filter(bool)
ids = names.filter(lambda text: len(text) <= 60)
days = st.dates(date(1970, 1, 1), date(2060, 12, 31))
emails = st.sampled_from(["", "a@b.org", "zoë.müller@schule.example", "-x@b.org"])
kinds: Any = st.sampled_from(["team", "school", "district", "trust", "alliance", "state", None])
levels: Any = st.sampled_from(["classroom", "middle", "senior", "executive", "support", "governance"])


@st.composite
def a_roster(draw: st.DrawFn, *, ended: bool) -> Roster:
    """Units, people and posts of any shape; units tie to earlier ones only, so that no unit contains itself."""
    flags = st.booleans() if ended else st.just(False)
    units: list[UnitRecord] = []
    for unit_id in draw(st.lists(ids, min_size=1, max_size=4, unique=True)):
        parents = draw(st.lists(st.sampled_from(units), max_size=2, unique=True)) if units else []
        above = tuple(unit.source_id for unit in parents)
        units.append(UnitRecord(unit_id, draw(names), draw(kinds), above, draw(texts), draw(flags), NOWHERE))
    persons = [
        PersonRecord(
            person_id,
            draw(texts),
            draw(names),
            draw(emails),
            draw(flags),
            NOWHERE,
            tuple(draw(st.lists(ids, max_size=2))),
        )
        for person_id in draw(st.lists(ids, min_size=1, max_size=4, unique=True))
    ]
    posts = []
    for post_id in draw(st.lists(ids, max_size=5, unique=True)):
        starts, ends = sorted([draw(days), draw(days)])
        person, unit = draw(st.sampled_from(persons)), draw(st.sampled_from(units))
        posts.append(
            PostRecord(
                post_id, person.source_id, unit.source_id, draw(names), draw(levels),
                draw(st.sampled_from([None, starts])), draw(st.sampled_from([None, ends])),
                draw(st.booleans()), draw(flags), NOWHERE,
            )
        )  # fmt: skip
    return Roster(Dialect.COLUMNS, False, tuple(units), tuple(persons), tuple(posts))


def there_and_back(roster: Roster, form: Format) -> Roster:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"roster.{form.extension}"
        with path.open("wb") as out:
            rosters.write(out, roster, form)
        return rosters.read(path, mapping=None if form in ZIPS else PLAIN_MAPPING)


def content(roster: Roster) -> tuple[list[Any], list[Any], list[Any]]:
    """The records without where they stood, in a settled order."""
    return (
        sorted((replace(unit, ref=NOWHERE) for unit in roster.units), key=lambda r: r.source_id),
        sorted((replace(person, ref=NOWHERE) for person in roster.persons), key=lambda r: r.source_id),
        sorted((replace(post, ref=NOWHERE) for post in roster.posts), key=lambda r: r.source_id),
    )


SMALL = Roster(
    Dialect.COLUMNS,
    False,
    (UnitRecord("s,1", "=Schule", "school", (), "'42", False, NOWHERE),),
    (PersonRecord("-5", "'Aisha", "=cmd", "", False, NOWHERE, ("+1", "@x")),),
    (PostRecord("=p", "-5", "s,1", "-Head of Maths", "middle", date(2020, 1, 2), None, True, False, NOWHERE),),
)


@pytest.mark.parametrize("form", [Format.ONEROSTER_1_1, Format.ONEROSTER_1_2])
@given(roster=a_roster(ended=True))
@example(roster=SMALL)
@settings(max_examples=30)
def test_oneroster_reads_back_unchanged(form: Format, roster: Roster) -> None:
    read = there_and_back(roster, form)

    assert read.refusals == ()
    assert content(read) == content(roster)
    assert read.dialect == Dialect(form.value)


@given(roster=a_roster(ended=False))
@example(roster=SMALL)
@settings(max_examples=30)
def test_sds_reads_back_unchanged(roster: Roster) -> None:
    read = there_and_back(roster, Format.SDS_2_1)

    assert read.refusals == ()
    assert content(read) == content(roster)
    assert read.dialect == Dialect.SDS_2_1


@pytest.mark.parametrize("form", LISTS)
@given(data=st.data())
@settings(max_examples=20)
def test_a_plain_list_reads_back_everybody_who_has_a_post(form: Format, data: st.DataObject) -> None:
    roster = data.draw(a_roster(ended=False).filter(lambda r: r.posts))
    at_work = {post.person_id for post in roster.posts}
    used = {post.unit_id for post in roster.posts}
    plain_units = [replace(u, parent_ids=(), identifier=u.source_id) for u in roster.units if u.source_id in used]
    plain_persons = [replace(p, aliases=()) for p in roster.persons if p.source_id in at_work]
    expected = replace(roster, units=tuple(plain_units), persons=tuple(plain_persons))

    read = there_and_back(roster, form)

    assert content(read) == content(expected)


@pytest.mark.parametrize("form", [Format.ONEROSTER_1_1, Format.ONEROSTER_1_2])
def test_an_ended_person_known_by_id_alone_survives(form: Format) -> None:
    gone = replace(SMALL, persons=(PersonRecord("p9", "", "", "", True, NOWHERE),), posts=())

    assert content(there_and_back(gone, form)) == content(gone)


def cells_of(path: Path) -> list[str]:
    if path.suffix == ".xlsx":
        book = python_calamine.load_workbook(path)
        return [str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row]
    if path.suffix == ".csv":
        return [cell for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"))) for cell in row]
    with zipfile.ZipFile(path) as archive:
        files = [archive.read(name).decode() for name in archive.namelist()]
    return [cell for file in files for row in csv.reader(io.StringIO(file)) for cell in row]


@pytest.mark.parametrize("form", list(Format))
def test_no_cell_can_run_as_a_formula(form: Format, tmp_path: Path) -> None:
    path = tmp_path / f"roster.{form.extension}"
    with path.open("wb") as out:
        rosters.write(out, SMALL, form)

    found = cells_of(path)

    assert "'=cmd" in found
    assert "'Aisha" in found
    assert [cell for cell in found if cell[:1] in {"=", "+", "-", "@", "\t", "\r"}] == []


@given(text=texts)
def test_the_guard_is_taken_away_exactly(text: str) -> None:
    assert cells.clean(cells.guard(text)) == text


@given(text=st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert cells.normal(cells.normal(text)) == cells.normal(text)


@pytest.mark.parametrize("form", ZIPS)
def test_the_same_records_make_the_same_file(form: Format) -> None:
    first, second = io.BytesIO(), io.BytesIO()
    rosters.write(first, SMALL, form)
    rosters.write(second, SMALL, form)

    assert first.getvalue() == second.getvalue()


@pytest.mark.parametrize("form", LISTS)
def test_our_own_list_is_guessed_without_help(form: Format, tmp_path: Path) -> None:
    path = tmp_path / f"staff.{form.extension}"
    with path.open("wb") as out:
        rosters.write(out, SMALL, form)

    sniffed = rosters.sniff(path)

    assert sniffed.guess
    assert sniffed.guess.mapping == PLAIN_MAPPING


def test_a_title_changed_by_hand_in_an_export_counts(tmp_path: Path) -> None:
    """The columns of our own must not overrule what somebody corrected in the standard ones."""
    path = tmp_path / "roster.zip"
    with path.open("wb") as out:
        rosters.write(out, SMALL, Format.ONEROSTER_1_1)
    folder = tmp_path / "edited"
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    users = folder / "users.csv"
    users.write_text(users.read_text().replace('"s,1",teacher', "s2,teacher"))

    read = rosters.read(folder)

    assert [post.unit_id for post in read.posts] == ["s2"]
