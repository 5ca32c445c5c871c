"""Schools beside each other: each with its interval, the reader's own marked, the others unnamed unless they agreed.

The order is shuffled, for each pulse and facet anew, by a key that no reader has; it is the same every time and knows
nothing of the scores. One that alone has no name is left out: the names of all others would give it away.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.base.figures import Lineup, Profile, ProfileRow
from collegium.listen import result_words as words
from collegium.listen.presenters.results_reading import Reading
from collegium.listen.publishing.documents import Document, SchoolStanding
from collegium.listen.queries.results import Part, Result
from collegium.listen.reporting import FacetReport
from collegium.people.actors import Actor
from collegium.people.enums import Role
from collegium.science.disclosure.release import ReleasedMean
from collegium.science.results import Interval

# So many schools have a row with their name each; more stand in one picture.
MOST_ROWS = 24
_OWN = frozenset({Role.STEWARD, Role.LEAD, Role.MEMBER, Role.GUEST})


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetChoice:
    """A facet that the picture can be about."""

    title: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSchool:
    """A school that has a name in the picture: the reader's own, or one that agreed."""

    name: str
    url: str
    words: str
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolsPicture:
    """The picture of one facet."""

    choices: tuple[FacetChoice, ...]
    rows: Profile | None
    lineup: Lineup | None
    named: tuple[NamedSchool, ...]
    sentence: str


def present_schools(
    actor: Actor, result: Result, reading: Reading, *, facet: str, names: Mapping[uuid.UUID, Part], base: str
) -> SchoolsPicture | None:
    """Return the picture of a facet, the first where none was chosen; None where fewer than two schools are shown."""
    document = result.document
    if document is None or not document.schools:
        return None
    facets = list(document.report.facets)
    chosen = next((each for each in facets if each.key == facet), facets[0])
    sentence = say_apart(document, chosen.key)
    if find_given_away(document, names):
        sentence += " " + _("One more school is not shown: it would be known by the names of all others.")
    rows = tuple(_rows(actor, result, document, chosen, names, reading))
    low, high = reading.ends(chosen)
    title = _("%(facet)s, school by school") % {"facet": reading.title(chosen)}
    ends = {"title": title, "rows": rows, "lowest": low, "highest": high, "sentence": sentence, "style": "score"}
    is_few = len(rows) <= MOST_ROWS
    return SchoolsPicture(
        choices=tuple(
            FacetChoice(
                title=reading.title(each), url=f"{base}?facet={each.key}#schools", is_current=each.key == chosen.key
            )
            for each in facets
        ),
        rows=Profile(**ends) if is_few else None,  # type: ignore[arg-type]
        lineup=None if is_few else Lineup(**ends),  # type: ignore[arg-type]
        named=() if is_few else tuple(_named(actor, result, document, chosen.key, names, reading)),
        sentence=sentence,
    )


def say_apart(document: Document, facet: str) -> str:
    """Say how many pairs of schools can be told apart."""
    apart, pairs = (document.schools_apart or {}).get(facet, (0, 0))
    numbers = {"n": number_format(apart, force_grouping=True), "m": number_format(pairs, force_grouping=True)}
    if not apart:
        return _("None of the %(m)s pairs of schools can be told apart: what differs may be chance.") % numbers
    text = ngettext(
        "%(n)s of %(m)s pair of schools can be told apart.", "%(n)s of %(m)s pairs of schools can be told apart.", pairs
    )
    return text % numbers


def find_given_away(document: Document, named: Collection[uuid.UUID]) -> SchoolStanding | None:
    """Return the school that alone has no name in the picture, so that a reader knows which it is; mostly None."""
    unnamed = [school for school in document.schools if uuid.UUID(school.unit_id) not in named]
    return unnamed[0] if len(unnamed) == 1 else None


def list_in_picture(
    result: Result, document: Document, facet: str, named: Collection[uuid.UUID]
) -> list[SchoolStanding]:
    """Return the schools of the picture of a facet in its order, where these have names."""
    given_away = find_given_away(document, named)

    def place(school: SchoolStanding) -> bytes:
        return salted_hmac("listen.schools", f"{result.pulse.id}:{facet}:{school.unit_id}").digest()

    return sorted((school for school in document.schools if school is not given_away), key=place)


def is_own_school(actor: Actor, unit_id: uuid.UUID) -> bool:
    """Say whether a school is one the reader belongs to or looks after itself."""
    return unit_id in actor.member_of or bool(_OWN & actor.given.get(unit_id, frozenset()))


def list_named(actor: Actor, document: Document, agreed: frozenset[uuid.UUID]) -> set[uuid.UUID]:
    """Return the schools of the picture whose names the reader is shown."""
    shown = {uuid.UUID(school.unit_id) for school in document.schools}
    return {unit_id for unit_id in shown if unit_id in agreed or is_own_school(actor, unit_id)}


def _rows(
    actor: Actor,
    result: Result,
    document: Document,
    facet: FacetReport,
    names: Mapping[uuid.UUID, Part],
    reading: Reading,
) -> list[ProfileRow]:
    rows, unnamed, hue = [], _("A school"), reading.hue(facet)
    for school in list_in_picture(result, document, facet.key, names):
        unit_id = uuid.UUID(school.unit_id)
        mean, interval = school.means[facet.key], school.intervals[facet.key]
        part = names.get(unit_id)
        name = part.name if part else ""
        is_own = is_own_school(actor, unit_id)
        shown = mean.mean
        is_worded = shown is None or shown.band is not None
        rows.append(
            ProfileRow(
                key=hue,
                label=_("%(name)s (yours)") % {"name": name} if is_own else name or unnamed,
                value=None if shown is None or is_worded else shown.value,
                low=interval.low if interval else None,
                high=interval.high if interval else None,
                words=words.write_mean(mean, reading.fewest),
                is_own=is_own,
                url=_url(actor, result, part) if part else "",
            )
        )
    return rows


def _named(
    actor: Actor, result: Result, document: Document, facet: str, names: Mapping[uuid.UUID, Part], reading: Reading
) -> list[NamedSchool]:
    standings = {uuid.UUID(school.unit_id): school for school in document.schools}
    return [
        NamedSchool(
            name=part.name,
            url=_url(actor, result, part),
            words=_say(standings[part.unit_id].means[facet], standings[part.unit_id].intervals[facet], reading),
            is_own=is_own_school(actor, part.unit_id),
        )
        for part in sorted(names.values(), key=lambda part: part.name)
        if part.unit_id in standings
    ]


def _url(actor: Actor, result: Result, part: Part) -> str:
    """Return the address of a school's own result, for those who may open it."""
    return reverse("listen:result", args=[part.slug, result.pulse.id]) if _may_open(actor, result, part) else ""


def _may_open(actor: Actor, result: Result, part: Part) -> bool:
    # A member of one school belongs to the alliance, but does not support its other schools.
    if is_own_school(actor, part.unit_id) or actor.is_operator:
        return True
    given = actor.given.get(result.place.unit_id, frozenset())
    return bool({Role.STEWARD, Role.LEAD, Role.SUPPORTER} & given)


def _say(mean: ReleasedMean, interval: Interval | None, reading: Reading) -> str:
    text = words.write_mean(mean, reading.fewest)
    if interval is None:
        return text
    return _("%(value)s, very likely %(interval)s") % {"value": text, "interval": words.write_interval(interval)}
