"""Which column holds what: guessed by its title and by what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from collegium.enquire.charting.files import parse_number
from collegium.enquire.charting.moments import read_days
from collegium.enquire.intake.sheets import Sheet
from collegium.people.rosters.cells import key, word_set

_WORDS = {
    "date": word_set(
        """date day week weekcommencing weekbeginning month period term year schoolyear academicyear when on datum woche
        monat jahr semaine mois annee fecha semana mes ano maand jaar"""
    ),
    "measure": word_set("measure indicator metric kpi whatismeasured mass kennzahl indicateur indicador maat"),
    "value": word_set(
        "value count number n events numerator score average mean result wert anzahl valeur nombre valor numero waarde"
    ),
    "of": word_set("of outof denominator total base ofhowmany nenner von sur denominateur denominador noemer"),
    "note": word_set("note notes comment comments remark reason annotation notiz bemerkung remarque nota opmerking"),
    "by": word_set(
        """group segment class form school site district team unit organisation org orgcode yeargroup subject klasse
        gruppe schule classe groupe ecole clase grupo escuela klas groep"""
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The titles of the columns that hold what; "" where none does."""

    date: str
    value: str
    of: str = ""
    by: str = ""
    by_too: str = ""
    measure: str = ""
    note: str = ""

    @property
    def used(self) -> list[str]:
        """The titles that say something, each once."""
        return list(dict.fromkeys(filter(None, asdict(self).values())))


def guess_columns(sheet: Sheet) -> Columns:
    """Return what the columns seem to hold; "" for a date or value of which there is no sign."""
    free = list(sheet.titles)
    date = _take(free, "date") or _first(free, sheet, _are_days)
    free = [title for title in free if title != date]
    found = {name: _take(free, name) for name in ("measure", "note", "value", "of")}
    numeric = [title for title in free if _are_numbers(sheet.column(title))]
    if not found["value"] and numeric:
        found["value"] = numeric[0]
        free.remove(numeric[0])
    groups = [title for title in free if key(title) in _WORDS["by"]]
    groups += [
        title for title in free if title not in groups and title not in numeric and _differs(sheet.column(title))
    ]
    by, by_too, *_ = [*groups, "", ""]
    return Columns(date=date, by=by, by_too=by_too if by else "", **found)


def _take(free: list[str], name: str) -> str:
    title = next((title for title in free if key(title) in _WORDS[name]), "")
    if title:
        free.remove(title)
    return title


def _first(titles: Sequence[str], sheet: Sheet, fits: object) -> str:
    return next((title for title in titles if fits(sheet.column(title))), "")  # type: ignore[operator]


def _are_days(cells: Sequence[str]) -> bool:
    said = [cell for cell in cells if cell]
    return bool(said) and all(read_days(said)[1].get(cell) for cell in said)


def _are_numbers(cells: Sequence[str]) -> bool:
    """Whether most cells are numbers: a slip among them does not make another column of it."""
    known = sum(_is_number(cell) for cell in cells)
    return known > 0 and known >= 0.6 * sum(bool(cell) for cell in cells)


def _is_number(cell: str) -> bool:
    try:
        return parse_number(cell) is not None
    except ValueError:
        return False


def _differs(cells: Sequence[str]) -> bool:
    return len(set(cells)) > 1
