"""The page of a result."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from collegium.base.figures import Profile
from collegium.listen import policies
from collegium.listen.models import Pulse
from collegium.listen.presenters.results_around import Comments, Views, present_comments, present_views
from collegium.listen.presenters.results_facets import (
    FacetBlock,
    Question,
    draw_profiles,
    present_facets,
    present_questions,
)
from collegium.listen.presenters.results_reading import Reading
from collegium.listen.presenters.results_schools import SchoolsPicture, list_named, present_schools
from collegium.listen.presenters.results_sentences import (
    Differences,
    name_level,
    say_what_changed,
    say_what_differs,
    say_what_it_shows,
)
from collegium.listen.presenters.results_waves import Waves, is_hidden, write_day
from collegium.listen.queries import results, sense
from collegium.listen.queries.results import Result
from collegium.listen.result_words import write_answered
from collegium.people.actors import Actor
from collegium.people.presenters.frame import UnitFrame, frame_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where a result can be taken from here."""

    itself: str
    paper: str
    summary: str
    slide: str
    csv: str
    codebook: str
    xlsx: str
    sense: str
    formulas: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultHead:
    """What stands at the top of every form of a result."""

    unit: UnitFrame
    title: str
    level: str
    about: str
    asks: str
    lede: str
    changed: str
    answered: str
    closed_on: dt.date
    k: int
    listen_url: str
    addresses: Addresses
    profiles: tuple[Profile, ...]

    @property
    def heading(self) -> str:
        """What the page is headed: the pulse, and whom it is about where that is not the whole unit."""
        return f"{self.title}: {self.level}" if self.level else self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultPage:
    """A result with everything that opens under it. `absent` says why there is none, and what would help."""

    head: ResultHead
    absent: tuple[str, ...]
    facets: tuple[FacetBlock, ...]
    questions: tuple[Question, ...]
    views: Views
    differences: Differences | None
    comments: Comments | None
    schools: SchoolsPicture | None
    earlier: tuple[tuple[str, str], ...]
    notes: int
    can_withhold: bool

    @property
    def unit(self) -> UnitFrame:
        """The unit, for what stands around every page about one."""
        return self.head.unit


def reading_of(result: Result) -> Reading:
    """Return how a result is read."""
    changes = result.document.changes if result.document else ()
    return Reading(
        hidden=frozenset(change.report.facet for change in changes if is_hidden(change.report)),
        instrument=result.instrument,
        language=result.pulse.language,
        referent=result.pulse.referent,
        fewest=result.pulse.k + 1,
    )


def waves_of(result: Result) -> Waves:
    """Return the waves that a result stands beside."""
    changes = result.document.changes if result.document else ()
    return Waves(changes=changes, waves=tuple(results.list_waves(result)))


def address_of(result: Result, name: str) -> str:
    """Return the address of one form of a result."""
    query = f"?level={result.level}" if result.level else ""
    return reverse(f"listen:{name}", args=[result.place.slug, result.pulse.id]) + query


def present_head(actor: Actor, result: Result, waves: Waves, *, has_links: bool = True) -> ResultHead:
    """Return the top of a result."""
    reading, document = reading_of(result), result.document
    lede = say_what_it_shows(reading, document.report) if document else _("There is no result to show here.")
    instrument = result.instrument
    csv = address_of(result, "result_csv")
    return ResultHead(
        unit=frame_of(actor, result.place),
        title=result.pulse.title,
        level=name_level(result.level) if result.level else "",
        about=instrument.fill(instrument.purpose, result.pulse.language, result.pulse.referent),
        asks=instrument.say(instrument.title, result.pulse.language),
        lede=lede,
        changed=say_what_changed(reading, document.report, waves) if document else "",
        answered=write_answered(document.report.n, document.asked) if document else "",
        closed_on=localtime(result.pulse.closes_at).date(),
        k=result.pulse.k,
        listen_url=reverse("listen:unit_listen", args=[result.place.slug])
        if policies.can_view_pulses(actor, result.place)
        else "",
        profiles=tuple(draw_profiles(reading, document.report, has_links=has_links)) if document else (),
        addresses=Addresses(
            itself=address_of(result, "result"),
            paper=address_of(result, "result_print"),
            summary=address_of(result, "result_summary"),
            slide=address_of(result, "result_slide"),
            csv=csv,
            codebook=f"{csv}{'&' if result.level else '?'}part=codebook",
            xlsx=address_of(result, "result_xlsx"),
            # Notes are kept with the unit's result, whichever of its levels is looked at.
            sense=reverse("listen:sense", args=[result.place.slug, result.pulse.id]),
            formulas=reverse("listen:formulas"),
        ),
    )


def present_result(actor: Actor, result: Result, *, facet: str = "", has_links: bool = True) -> ResultPage:
    """Return the page of a result; `facet` chooses what the picture of schools is about."""
    reading, document, waves = reading_of(result), result.document, waves_of(result)
    head = present_head(actor, result, waves, has_links=has_links)
    differences = None
    if document is not None and not result.level:
        differences = say_what_differs(reading, document.levels, results.list_level_reports(result))
    return ResultPage(
        head=head,
        absent=() if document else say_why_absent(result),
        facets=tuple(present_facets(reading, document.report, results.get_reliability(result), waves))
        if document
        else (),
        questions=tuple(present_questions(reading, document.report)) if document else (),
        views=present_views(actor, result),
        differences=differences,
        comments=present_comments(result, reading),
        schools=_schools(actor, result, reading, facet, head.addresses.itself),
        earlier=tuple(
            (f"{wave.title}, {write_day(wave)}", reverse("listen:result", args=[result.place.slug, wave.pulse_id]))
            for wave in reversed(waves.waves)
            if wave.pulse_id != result.pulse.id
        ),
        notes=len(sense.list_notes(result)),
        can_withhold=policies.can_withhold(actor, result.place),
    )


def _schools(actor: Actor, result: Result, reading: Reading, facet: str, base: str) -> SchoolsPicture | None:
    if result.document is None or not result.document.schools:
        return None
    named = list_named(actor, result.document, results.list_agreed(result.pulse))
    names = results.name_units(named)
    return present_schools(actor, result, reading, facet=facet, names=names, base=base)


def say_why_absent(result: Result) -> tuple[str, ...]:
    """Say why there is no result here, and what would help."""
    fewest = result.pulse.k + 1
    if result.view is None:
        why = _("So few people were asked here that a result of their own would point at them.")
    else:
        why = _("Too few people answered here to be shown by themselves: it takes at least %(n)s answers.") % {
            "n": fewest
        }
    lost = _("Nothing is lost: what they answered is counted, together with their neighbours, in the wider result.")
    if result.pulse.unit_id == result.place.unit_id and not result.level:
        lost = _("What was answered is shown nowhere, so that nobody can be picked out.")
    return (
        why,
        lost,
        _("What helps next time: ask more people together, keep the pulse open longer, and say why it is asked."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPage:
    """A result that is not out yet."""

    unit: UnitFrame
    title: str
    results_at: dt.datetime
    closes_at: dt.datetime
    is_late: bool


def present_waiting(actor: Actor, result_place: object, pulse: Pulse, *, now: dt.datetime) -> WaitingPage:
    """Return the page that says when."""
    return WaitingPage(
        unit=frame_of(actor, result_place),  # type: ignore[arg-type]
        title=pulse.title,
        results_at=pulse.results_at,
        closes_at=pulse.closes_at,
        is_late=now >= pulse.results_at,
    )
