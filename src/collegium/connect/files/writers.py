"""Writes people and ties so that reading them back gives the same, in formats that other programs open.

Addresses are never written. Every text is guarded against being run as a formula; the reader takes the guard away.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from html import escape
from typing import IO

from collegium.connect.files.records import PersonRow, TieFile, TieRow
from collegium.people.rosters.cells import guard, normal


class Format(StrEnum):
    """What can be written. The first two are zips of CSV files."""

    EDGES = "edges-csv"
    MATRIX_CSV = "matrix-csv"
    MATRIX_XLSX = "matrix-xlsx"
    GRAPHML = "graphml"
    GEXF = "gexf"

    @property
    def extension(self) -> str:
        """The ending of a file in this format."""
        return {Format.EDGES: "zip", Format.MATRIX_CSV: "zip", Format.MATRIX_XLSX: "xlsx"}.get(self, self.value)

    @property
    def is_matrix(self) -> bool:
        """Whether everybody has a row and a column, which is too large for many people."""
        return self in (Format.MATRIX_CSV, Format.MATRIX_XLSX)


Cell = str | float | int
PEOPLE, TIES = "people", "ties"
PEOPLE_COLUMNS = ("id", "school", "team", "level", "post", "answered")
TIE_COLUMNS = ("source", "target", "weight", "layer")
_TITLE_LENGTH = 31  # of a sheet
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")


def write(out: IO[bytes], ties: TieFile, form: Format) -> None:
    """Write to `out`, which stays open. The same ties make the same bytes."""
    if form is Format.EDGES:
        _write_zip(out, {f"{TIES}.csv": _tie_rows(ties), f"{PEOPLE}.csv": _people_rows(ties)})
    elif form is Format.MATRIX_CSV:
        tables = {f"{title}.csv": _matrix_rows(ties, place) for place, title in enumerate(_titles(ties.layers))}
        _write_zip(out, {**tables, f"{PEOPLE}.csv": _people_rows(ties)})
    elif form is Format.MATRIX_XLSX:
        _write_book(out, ties)
    else:
        out.write("".join(_graphml(ties) if form is Format.GRAPHML else _gexf(ties)).encode())


# --- tables -----------------------------------------------------------------------------------------------------------
def _people_rows(ties: TieFile) -> Iterator[Sequence[Cell]]:
    yield PEOPLE_COLUMNS
    for person in ties.people:
        yield (person.id, *_said(person).values())


def _said(person: PersonRow) -> dict[str, str]:
    return {
        "school": person.school,
        "team": person.team,
        "level": person.level,
        "post": _truth(person.has_post),
        "answered": _truth(person.answered),
    }


def _truth(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


def _tie_rows(ties: TieFile) -> Iterator[Sequence[Cell]]:
    yield TIE_COLUMNS
    for tie in ties.ties:
        weight = "" if tie.weight is None else _number(tie.weight)
        yield (ties.people[tie.source].id, ties.people[tie.target].id, weight, ties.layers[tie.layer])


def _number(weight: float) -> float | int:
    return int(weight) if weight.is_integer() else weight


def _matrix_rows(ties: TieFile, layer: int) -> Iterator[Sequence[Cell]]:
    ids = [person.id for person in ties.people]
    of: dict[int, list[TieRow]] = {}
    for tie in ties.ties:
        if tie.layer == layer:
            of.setdefault(tie.source, []).append(tie)
    yield ("", *ids)
    for place, label in enumerate(ids):
        row: list[Cell] = [0] * len(ids)
        for tie in of.get(place, ()):
            row[tie.target] = 1 if tie.weight is None else _number(tie.weight)
        yield (label, *row)


def _titles(layers: Sequence[str]) -> list[str]:
    """The names of files or sheets for kinds of ties: short, without what no name may hold, each another."""
    found: list[str] = []
    taken = {PEOPLE}
    for layer in layers or ("",):
        title = _NOT_IN_TITLES.sub(" ", normal(layer)).strip(" .")[:_TITLE_LENGTH] or TIES
        number = 1
        while title.casefold() in taken:
            number += 1
            title = f"{title[: _TITLE_LENGTH - 4]} {number}"
        taken.add(title.casefold())
        found.append(title)
    return found


def _write_zip(out: IO[bytes], tables: dict[str, Iterator[Sequence[Cell]]]) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            # A fixed date: the same ties make the same file.
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w") as member:
                # Without the mark at the beginning a spreadsheet garbles accents.
                text = io.TextIOWrapper(member, encoding="utf-8-sig", newline="")
                csv.writer(text).writerows(_guarded(row) for row in rows)
                text.flush()
                text.detach()


def _guarded(row: Iterable[Cell]) -> list[Cell]:
    return [guard(normal(cell)) if isinstance(cell, str) else cell for cell in row]


def _write_book(out: IO[bytes], ties: TieFile) -> None:
    from openpyxl import Workbook  # type: ignore[import-untyped]  # slow to load, and only needed here

    book = Workbook(write_only=True)
    for place, title in enumerate(_titles(ties.layers)):
        sheet = book.create_sheet(title)
        for row in _matrix_rows(ties, place):
            sheet.append(_guarded(row))
    sheet = book.create_sheet(PEOPLE)
    for row in _people_rows(ties):
        sheet.append(_guarded(row))
    book.save(out)


# --- XML --------------------------------------------------------------------------------------------------------------
def _text(text: str) -> str:
    return escape(normal(text))


def _graphml(ties: TieFile) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for name in PEOPLE_COLUMNS:
        yield f'  <key id="{name}" for="node" attr.name="{name}" attr.type="string"/>\n'
    yield '  <key id="weight" for="edge" attr.name="weight" attr.type="double"/>\n'
    yield '  <key id="layer" for="edge" attr.name="layer" attr.type="string"/>\n'
    yield '  <graph id="ties" edgedefault="directed">\n'
    for place, person in enumerate(ties.people):
        yield f'    <node id="n{place}">'
        yield from (_data(name, said) for name, said in {"id": person.id, **_said(person)}.items() if said)
        yield "</node>\n"
    for tie in ties.ties:
        yield f'    <edge source="n{tie.source}" target="n{tie.target}">'
        if tie.weight is not None:
            yield _data("weight", str(_number(tie.weight)))
        if ties.layers[tie.layer]:
            yield _data("layer", ties.layers[tie.layer])
        yield "</edge>\n"
    yield "  </graph>\n</graphml>\n"


def _data(name: str, said: str) -> str:
    return f'<data key="{name}">{_text(said)}</data>'


def _gexf(ties: TieFile) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
    yield '  <graph defaultedgetype="directed" mode="static">\n    <attributes class="node">\n'
    for name in PEOPLE_COLUMNS[1:]:
        yield f'      <attribute id="{name}" title="{name}" type="string"/>\n'
    yield "    </attributes>\n    <nodes>\n"
    for place, person in enumerate(ties.people):
        values = "".join(
            f'<attvalue for="{name}" value="{_text(said)}"/>' for name, said in _said(person).items() if said
        )
        inside = f"<attvalues>{values}</attvalues>" if values else ""
        yield f'      <node id="{place}" label="{_text(person.id)}">{inside}</node>\n'
    yield "    </nodes>\n    <edges>\n"
    for place, tie in enumerate(ties.ties):
        kind = f' kind="{_text(ties.layers[tie.layer])}"' if ties.layers[tie.layer] else ""
        weight = "" if tie.weight is None else f' weight="{_number(tie.weight)}"'
        yield f'      <edge id="{place}" source="{tie.source}" target="{tie.target}"{kind}{weight}/>\n'
    yield "    </edges>\n  </graph>\n</gexf>\n"
