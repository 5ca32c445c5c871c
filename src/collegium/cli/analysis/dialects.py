"""Whose export a table is: Qualtrics, Google Forms, Microsoft Forms, LimeSurvey, or nobody's in particular.

Each has its own rows above the answers, its own way to name a column, and its own columns about the respondent. Those
about the respondent (addresses, names, times, networks) are never read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from collegium.cli.analysis.labels import normal


class Dialect(StrEnum):
    """Which program wrote the file."""

    QUALTRICS = "Qualtrics"
    GOOGLE = "Google Forms"
    MICROSOFT = "Microsoft Forms"
    LIMESURVEY = "LimeSurvey"
    PLAIN = "a plain table"


_QUALTRICS = (
    "StartDate,EndDate,Status,IPAddress,Progress,Duration (in seconds),Finished,RecordedDate,ResponseId,ResponseID,"
    "RecipientLastName,RecipientFirstName,RecipientEmail,ExternalReference,ExternalDataReference,LocationLatitude,"
    "LocationLongitude,LocationAccuracy,DistributionChannel,UserLanguage,ResponseSet,Name,EmailAddress,"
    "Start Date,End Date,Response Type,IP Address,Recorded Date,Response ID,Recipient Last Name,Recipient First Name,"
    "Recipient Email,External Data Reference,Location Latitude,Location Longitude,Distribution Channel,User Language"
)
_GOOGLE = (
    "Timestamp,Zeitstempel,Horodateur,Marca temporal,Tijdstempel,Informazioni cronologiche,Carimbo de data/hora,"
    "Sygnatura czasowa,Email Address,Email address,E-Mail-Adresse,Adresse e-mail,Dirección de correo electrónico,"
    "Username,Nutzername,Score,Punkte"
)
_MICROSOFT = (
    "ID,Id,Start time,Completion time,Email,Name,Last modified time,Language,Total points,Quiz feedback,Startzeit,"
    "Fertigstellungszeit,E-Mail,Zeitpunkt der letzten Änderung,Sprache,Heure de début,Heure de fin,"
    "Adresse de messagerie,Nom,Hora de inicio,Hora de finalización,Correo electrónico,Nombre"
)
_LIMESURVEY = (
    "id,submitdate,lastpage,startlanguage,seed,startdate,datestamp,ipaddr,refurl,token,firstname,lastname,email,"
    "Response ID,Date submitted,Last page,Start language,Seed,Date started,Date last action,IP address,Referrer URL,"
    "Access code,Token,First name,Last name,Email address,interviewtime,Total time"
)


def _names(text: str) -> frozenset[str]:
    return frozenset(normal(name) for name in text.split(","))


METADATA = {
    Dialect.QUALTRICS: _names(_QUALTRICS),
    Dialect.GOOGLE: _names(_GOOGLE),
    Dialect.MICROSOFT: _names(_MICROSOFT),
    Dialect.LIMESURVEY: _names(_LIMESURVEY),
    Dialect.PLAIN: _names(f"{_QUALTRICS},{_GOOGLE},{_LIMESURVEY},Email,E-mail,Start time,Completion time,Phone,IP"),
}
_TIMES = (
    _names("Start time,Startzeit,Heure de début,Hora de inicio"),
    _names("Completion time,Fertigstellungszeit,Heure de fin,Hora de finalización"),
)
_GOOGLE_FIRST = _names(_GOOGLE.partition(",Email")[0])
_LIME_SURE = _names("submitdate,lastpage,startlanguage,Date submitted,Last page,Start language")
_LIME_TIMING = re.compile(r"(group|question)(time|\s+time)", re.IGNORECASE)

_BRACKET = re.compile(r"^(?P<stem>.*?)\s*\[(?P<part>[^\[\]]*)\]\s*$", re.DOTALL)
_NUMBERED = re.compile(r"^(?:Q?\d+(?:[._]\d+)*[.):]|[A-Za-z]\w{0,19}\.)\s+(?P<rest>\S.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Head:
    """The rows above the answers: each column's name, its other names, and how many rows they take."""

    dialect: Dialect
    headers: tuple[str, ...]
    aliases: tuple[tuple[str, ...], ...]
    rows: int

    def is_metadata(self, place: int) -> bool:
        """Say whether a column is about the respondent and not an answer."""
        name = normal(self.headers[place])
        timing = self.dialect is Dialect.LIMESURVEY and bool(_LIME_TIMING.match(name))
        return name in METADATA[self.dialect] or timing


def read_head(first_rows: Sequence[Sequence[str]]) -> Head:
    """Look at the first rows of a table, of which at least one is there."""
    headers = tuple(cell.strip() for cell in first_rows[0])
    texts: Sequence[str] = ()
    rows = 1
    dialect = _dialect(headers)
    if len(first_rows) > 2 and any('"ImportId"' in cell for cell in first_rows[2]):
        dialect, texts, rows = Dialect.QUALTRICS, first_rows[1], 3
    aliases = tuple(
        _aliases(header, texts[place] if place < len(texts) else "", dialect) for place, header in enumerate(headers)
    )
    return Head(dialect, headers, aliases, rows)


def _dialect(headers: Sequence[str]) -> Dialect:
    names = [normal(header) for header in headers]
    if names and names[0] in _GOOGLE_FIRST:
        return Dialect.GOOGLE
    if all(set(names) & wanted for wanted in _TIMES):
        return Dialect.MICROSOFT
    if len(set(names) & _LIME_SURE) >= 2 or any(name in _names("submitdate,startlanguage") for name in names):
        return Dialect.LIMESURVEY
    if len(set(names) & METADATA[Dialect.QUALTRICS]) >= 6:
        return Dialect.QUALTRICS
    return Dialect.PLAIN


def _aliases(header: str, text: str, dialect: Dialect) -> tuple[str, ...]:
    """Return what a column may be called: its name, its question, the row of a grid that it is."""
    found = [header]
    for name in (header, text):
        if not name.strip():
            continue
        found.append(name)
        if inside := _BRACKET.match(name):
            found += [inside["part"], f"{inside['stem']}.{inside['part']}"]
        if numbered := _NUMBERED.match(name):
            found.append(numbered["rest"])
            if inside := _BRACKET.match(numbered["rest"]):
                found.append(inside["part"])
        if dialect is Dialect.LIMESURVEY and "." in name:
            found.append(name.partition(".")[0])
    if " - " in text:
        found.append(text.rpartition(" - ")[2])
    return tuple(dict.fromkeys(name for name in (each.strip() for each in found) if name))
