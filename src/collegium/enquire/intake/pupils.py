"""Telling a table about groups from a table about single pupils, before anything of it is kept.

It looks at titles of columns, at what single cells look like, and at whether a column tells every row apart. It is made
to stop too often rather than too rarely: whoever is stopped takes the column out and tries again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, unique

from collegium.enquire.intake.given_names import GIVEN_NAMES
from collegium.enquire.intake.sheets import Sheet
from collegium.people.rosters.cells import email_or_none, key, word_set
from collegium.people.rosters.dates import parse


@unique
class Why(StrEnum):
    """What makes a column look like one about single people."""

    TITLE = "title"
    ADDRESS = "address"
    NUMBER = "number"
    NAMES = "names"
    BIRTH = "birth"
    EACH_ROW = "each_row"


@dataclass(frozen=True, slots=True)
class Sign:
    """A column that looks like one about single people, by its title. What stands in it is not repeated."""

    column: str
    why: Why


# Titles that only columns about single people have, in six languages.
_TITLES = word_set(
    """pupil pupilname pupilid pupilno pupilnumber pupilref pupilcode student studentname studentid studentno
    studentnumber studentref studentcode learner learnername learnerid learnernumber child childname childid upn uln uci
    sasid candidatenumber candidateno admissionnumber admissionno admno forename forenames firstname givenname
    givennames preferredname middlename surname familyname lastname fullname legalname dob dateofbirth birthdate
    birthday doborn nhsnumber ssn socialsecuritynumber email emailaddress mail phone telephone mobile address postcode
    homeaddress guardian guardianname parent parentname parent1 carer username login;
    schueler schuelerin schuelername schuelerid schuelernummer vorname nachname familienname geburtsdatum geburtstag
    erziehungsberechtigte; eleve nomeleve ine prenom nomdefamille datedenaissance responsablelegal; alumno alumna
    nombrealumno apellidos fechadenacimiento tutorlegal dni; leerling leerlingnaam leerlingnummer voornaam achternaam
    geboortedatum bsn; 児童 生徒 生徒番号 氏名 生年月日 保護者"""
)
_PERHAPS_TITLES = word_set("id uid ref reference code number no key identifier name names who person initials")
_PUPIL_NUMBER = re.compile(r"[A-HJ-NP-RT-Z]\d{11}[\dA-Z]")  # as England numbers its pupils
_CODE = re.compile(r"(?=.*[A-Za-z])(?=.*\d)[A-Za-z0-9_/-]{5,}")
# Words of which at least one stands in the name of a class, a school or a place, and hardly in that of a person.
_OF_GROUPS = word_set(
    """school schools academy academies college primary secondary junior infant infants high middle elementary grammar
    nursery kindergarten campus district districts trust federation alliance network county city town village region
    area state class form group set year grade team band cohort key stage term week total all pupils students staff
    department faculty house site centre center hospital clinic service services programme program lane street road
    avenue park hill green wood woods field fields house hall mount valley bridge river lake north south east west
    upper lower english maths mathematics science history geography art music sport sports language languages reading
    writing boys girls male female other unknown none yes no not free meals premium language
    schule grundschule gymnasium realschule klasse gruppe ecole college lycee classe colegio escuela instituto grupo
    basisschool klas groep universitat church saint st public charter regional technical community"""
)
_PARTICLES = frozenset(
    {"van", "von", "de", "del", "da", "di", "der", "den", "bin", "al", "el", "la", "le", "ap", "dos"}
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_INITIAL = re.compile(r"(?:[A-Z]\.? ?){1,2} ?[A-Z][a-z'’-]{2,}|[A-Z][a-z'’-]{2,},? [A-Z]\.?")
FEWEST_ROWS = 8  # of one day, to see whether a column tells them all apart
MANY = 15  # different words in capitals: more than a school has departments, fewer than a class has pupils


def find_signs(sheet: Sheet) -> list[Sign]:
    """Return the columns that look like ones about single people, with why; none for a table about groups."""
    columns = {title: sheet.column(title) for title in sheet.titles}
    days = _find_days(columns.values())
    has_groups = any(_tells_apart(cells, days) and _is_of_groups(cells) for cells in columns.values())
    signs = (_look(title, cells, days, has_groups=has_groups) for title, cells in columns.items())
    return [sign for sign in signs if sign] or _find_births(columns)


def _look(title: str, cells: Sequence[str], days: Sequence[str], *, has_groups: bool) -> Sign | None:
    said = [cell for cell in cells if cell]
    if key(title) in _TITLES:
        return Sign(title, Why.TITLE)
    if any("@" in cell and any(map(email_or_none, cell.split())) for cell in said):
        return Sign(title, Why.ADDRESS)
    if any(_PUPIL_NUMBER.fullmatch(cell) for cell in said):
        return Sign(title, Why.NUMBER)
    if _are_names(said) or _could_be_names(said):
        return Sign(title, Why.NAMES)
    if has_groups or not _tells_apart(cells, days):
        return None
    is_code = sum(bool(_CODE.fullmatch(cell)) for cell in said) >= 0.8 * len(said)
    if is_code or key(title) in _PERHAPS_TITLES or _are_many_words(said):
        return Sign(title, Why.EACH_ROW)
    return None


def _find_days(columns: Iterable[Sequence[str]]) -> Sequence[str]:
    """Return the first column of dates, or nothing."""
    return next((cells for cells in columns if all(not cell or parse(cell) for cell in cells) and any(cells)), ())


def _tells_apart(cells: Sequence[str], days: Sequence[str]) -> bool:
    """Whether hardly two rows of a day have the same in a column, and days have enough rows to see it."""
    by_day: dict[str, list[str]] = defaultdict(list)
    for place, cell in enumerate(cells):
        by_day[days[place] if days else ""].append(cell)
    enough = [each for each in by_day.values() if len(each) >= FEWEST_ROWS]
    return bool(enough) and all(len(set(each)) >= 0.9 * len(each) for each in enough)


def _is_of_groups(cells: Sequence[str]) -> bool:
    distinct = set(filter(None, cells))
    return bool(distinct) and sum(_names_a_group(cell) for cell in distinct) >= 0.5 * len(distinct)


def _names_a_group(text: str) -> bool:
    return any(key(word) in _OF_GROUPS for word in _WORD.findall(text))


def _are_names(said: Sequence[str]) -> bool:
    """Whether a column holds names of people, by given names that are common or by initials."""
    distinct = set(said)
    like = sum(_is_name(cell) for cell in distinct)
    return like >= 2 and like >= 0.3 * len(distinct)


def _is_name(text: str) -> bool:
    if any(character.isdigit() for character in text) or len(text) > 60 or _names_a_group(text):
        return False
    words = [word for word in _WORD.findall(text) if word.casefold() not in _PARTICLES]
    if not 1 <= len(words) <= 5 or not all(word[0].isupper() or not word[0].isascii() for word in words):
        return False
    if any(key(part) in GIVEN_NAMES for word in words for part in word.split("-")):
        return True
    return bool(_INITIAL.fullmatch(text)) or bool(re.fullmatch(r"[^\W\d_]{2,}, [^\W\d_]{2,}", text))


def _could_be_names(said: Sequence[str]) -> bool:
    """Whether nearly all cells are two or three words with capitals that name no group: names of any language."""
    distinct = set(said)
    return len(distinct) >= 6 and sum(_is_capital(cell, 2, 3) for cell in distinct) >= 0.8 * len(distinct)


def _are_many_words(said: Sequence[str]) -> bool:
    """Whether cells are single words with a capital, as many as a class has pupils."""
    distinct = set(said)
    return len(distinct) >= MANY and sum(_is_capital(cell, 1, 1) for cell in distinct) >= 0.8 * len(distinct)


def _is_capital(text: str, least: int, most: int) -> bool:
    words = text.split()
    fits = least <= len(words) <= most and all(word[:1].isupper() and _WORD.fullmatch(word) for word in words)
    return fits and not _names_a_group(text)


def _find_births(columns: Mapping[str, Sequence[str]]) -> list[Sign]:
    """Return a column of days that lie as far before those of another as pupils are old."""
    days = {title: [day for cell in cells if (day := parse(cell))] for title, cells in columns.items()}
    dates = {title: found for title, found in days.items() if len(found) >= 0.8 * len(columns[title])}
    for title, found in dates.items():
        latest = max((max(other) for name, other in dates.items() if name != title), default=None)
        if latest and len(set(found)) >= 5 and all(_is_age((latest - day).days / 365.25) for day in found):
            return [Sign(title, Why.BIRTH)]
    return []


def _is_age(years: float) -> bool:
    return 3 <= years <= 21


def is_row_each(places: Iterable[tuple[object, dt.date]]) -> bool:
    """Whether most rows say something of the same group and period as another: as if each were about one pupil."""
    found: dict[tuple[object, dt.date], int] = defaultdict(int)
    for place in places:
        found[place] += 1
    rows = sum(found.values())
    return rows >= FEWEST_ROWS and sum(count for count in found.values() if count > 1) >= 0.5 * rows
