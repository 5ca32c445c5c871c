"""Whatever is uploaded, the reader gives a roster or raises UnreadableRoster, and nothing else."""

from __future__ import annotations

import contextlib
import functools
import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.people import rosters
from collegium.people.rosters import ColumnMapping, Refusal
from tests.people.rosters.making import ORGS, ROLES, USERS, USERS_1_2
from tests.shared import SHARED

pytestmark = pytest.mark.slow

ROSTERS = SHARED / "data" / "rosters"
# Small files of every dialect; the heavy tables of Ed-Fi add nothing here.
SAMPLES = sorted(path for path in ROSTERS.rglob("*.csv") if path.stat().st_size < 12_000)
ZIPS = sorted(ROSTERS.rglob("*.zip"))
NASTY = [
    b'"',
    b",",
    b"\r",
    b"\n",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b";",
    b"\t",
    b"'",
    b"=",
    b"\x80",
    b"9" * 30,
    b'""',
]


def read_anyhow(path: Path) -> None:
    """Sniff and read, with the guessed mapping if one is needed; say everything that is to be said."""
    with contextlib.suppress(rosters.UnreadableRoster):
        sniffed = rosters.sniff(path)
        mapping = sniffed.guess.mapping if sniffed.guess else None
        roster = rosters.read(path, mapping=mapping)
        told: list[Any] = [*roster.refusals, *roster.notes]
        assert all(rosters.sentence(each) for each in told)
        assert all(refusal.ref.row >= 1 for refusal in told if isinstance(refusal, Refusal))
        assert len({person.source_id for person in roster.persons}) == len(roster.persons)
        assert len({post.source_id for post in roster.posts}) == len(roster.posts)
        assert all(
            post.starts_on is None or post.ends_on is None or post.starts_on <= post.ends_on for post in roster.posts
        )


def mutated(data: st.DataObject, content: bytes) -> bytes:
    """`content` with a few bytes cut, doubled, swapped for nasty ones or torn off."""
    changed = bytearray(content)
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(changed)))
        end = min(len(changed), start + data.draw(st.integers(0, 40)))
        how = data.draw(st.sampled_from(["insert", "delete", "double", "tear"]))
        if how == "insert":
            changed[start:start] = data.draw(st.sampled_from(NASTY) | st.binary(max_size=20))
        elif how == "delete":
            del changed[start:end]
        elif how == "double":
            changed[start:start] = changed[start:end]
        else:
            del changed[max(start, 1) :]
    return bytes(changed)


@given(content=st.binary(max_size=400), ending=st.sampled_from([".csv", ".zip", ".xlsx", ".xls"]))
@settings(max_examples=80)
def test_any_bytes(content: bytes, ending: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"staff{ending}"
        path.write_bytes(content)
        read_anyhow(path)


@given(data=st.data())
@settings(max_examples=50)
def test_any_real_file_with_something_wrong(data: st.DataObject) -> None:
    sample = data.draw(st.sampled_from(SAMPLES))
    broken = mutated(data, sample.read_bytes())
    with tempfile.TemporaryDirectory() as folder:
        for beside in (path for path in SAMPLES if path.parent == sample.parent):
            (Path(folder) / beside.name).write_bytes(broken if beside == sample else beside.read_bytes())
        read_anyhow(Path(folder))
        read_anyhow(Path(folder) / sample.name)


@given(data=st.data())
@settings(max_examples=100)
def test_any_real_zip_with_something_wrong(data: st.DataObject) -> None:
    content = mutated(data, data.draw(st.sampled_from(ZIPS)).read_bytes())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.zip"
        path.write_bytes(content)
        read_anyhow(path)


@functools.cache
def a_spreadsheet() -> bytes:
    """A small staff list; made once, because the date of its making stands in it."""
    made = io.BytesIO()
    one = rosters.PersonRecord("1", "Ada", "L", "a@b.org", False, rosters.RowRef("", 0))
    post = rosters.PostRecord("p", "1", "s", "Teacher", "classroom", None, None, True, False, rosters.RowRef("", 0))
    rosters.write(made, rosters.Roster(rosters.Dialect.COLUMNS, False, (), (one,), (post,)), rosters.Format.XLSX)
    return made.getvalue()


@given(data=st.data())
@settings(max_examples=15)
def test_any_spreadsheet_with_something_wrong(data: st.DataObject) -> None:
    if data.draw(st.booleans()):
        content = mutated(data, a_spreadsheet())
    else:
        # Damage inside of a member that is packed properly reaches further.
        packed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(a_spreadsheet())) as old, zipfile.ZipFile(packed, "w") as new:
            for name in old.namelist():
                broken = name.endswith(("sheet1.xml", "workbook.xml"))
                new.writestr(name, mutated(data, old.read(name)) if broken else old.read(name))
        content = packed.getvalue()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "staff.xlsx"
        path.write_bytes(content)
        read_anyhow(path)


cell = st.sampled_from(
    [
        "",
        "1",
        "2",
        "s1",
        "s2",
        "teacher",
        "student",
        "active",
        "tobedeleted",
        "2024-01-01",
        "1/2/24",
        "a@b.org",
        "=x",
        "[]",
        "[[",
        "x" * 300,
    ]
) | st.text(max_size=12)


@given(
    rows=st.lists(st.lists(cell, max_size=10), max_size=8),
    header=st.sampled_from([ORGS, USERS, ROLES, USERS_1_2, "Name,School,Email,Start,End"]),
)
@settings(max_examples=100)
def test_any_rows_under_known_titles(rows: list[list[str]], header: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "staff.csv"
        body = "\n".join(",".join(row) for row in rows)
        path.write_text(f"{header},metadata.collegium.posts,metadata.collegium.parents\n{body}\n", errors="replace")
        read_anyhow(path)


@given(
    text=st.text(max_size=200),
    mapping=st.builds(ColumnMapping, full_name=st.text(max_size=4), unit_name=st.text(max_size=4)),
)
@settings(max_examples=60)
def test_any_mapping(text: str, mapping: ColumnMapping) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "staff.csv"
        path.write_text(f"Name,School\n{text}", errors="replace")
        with contextlib.suppress(rosters.UnreadableRoster):
            rosters.read(path, mapping=mapping)
        with contextlib.suppress(rosters.UnreadableRoster):
            ColumnMapping.from_json(text)
