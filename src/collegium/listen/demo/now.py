"""What is under way on the last day of the story: an open pulse, a draft, a pulse that comes back, notes, consents."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.utils.timezone import localdate

from collegium.base import time
from collegium.listen.answers import trays
from collegium.listen.answers.trays import Laid
from collegium.listen.cells import ReportingPlan
from collegium.listen.demo import rounds, story, words
from collegium.listen.demo.telling import AFTERNOON, MORNING, Sheets, Teller, draw_sheets
from collegium.listen.models import Invitation, NamingConsent, Pulse, PulseSeries, SenseNote
from collegium.listen.queries import asking
from collegium.listen.services import opening, preparing
from collegium.listen.services.preparing import Draft
from collegium.people.demo import story as people_story
from collegium.people.demo.book import instant
from collegium.people.models import Person


def begin_series(teller: Teller) -> PulseSeries:
    """Write down the pulse that comes back."""
    unit = teller.units[story.SERIES_SCHOOL]
    last = rounds.series_last_on(teller.calendar)
    return PulseSeries.objects.create(
        id=teller.new_id("series"),
        community=teller.community,
        unit=unit,
        title=rounds.series_title(),
        every_weeks=story.SERIES_WEEKS,
        parts=story.SERIES_PARTS,
        next_on=last + dt.timedelta(weeks=story.SERIES_WEEKS),
        created_by=teller.leader_of(unit, teller.calendar.today),
    )


def tell_open(teller: Teller) -> Pulse:
    """Open a pulse of the alliance; some have answered, and nobody of those whom the story puts forward."""
    opens_on = teller.calendar.today - dt.timedelta(days=story.OPEN_SINCE_DAYS)
    closes_on = opens_on + dt.timedelta(days=story.OPEN_FOR_DAYS)
    alliance = teller.units[story.ALLIANCE]
    leader = teller.leader_of(alliance, opens_on)
    with time.at(instant(opens_on, MORNING)):
        pulse = Pulse.objects.create(
            id=teller.new_id("open"),
            community=teller.community,
            unit=alliance,
            title=rounds.heartbeat_title(opens_on),
            why=rounds.HEARTBEAT_WHY,
            instrument=teller.version(story.HEARTBEAT),
            referent="teachers",
            language="en",
            levels=list(rounds.EVERYBODY),
            opens_at=time.now(),
            closes_at=instant(closes_on, AFTERNOON),
            results_at=instant(closes_on + dt.timedelta(days=story.RESULTS_AFTER_DAYS), MORNING),
            created_by=leader,
            invited_at=time.now(),  # nobody of the demo gets mail
        )
        reporting = asking.plan(pulse)
        opening.open_pulse(actor=teller.actor(leader, opens_on), pulse=pulse)
    _answer(teller, pulse, reporting)
    return pulse


def _answer(teller: Teller, pulse: Pulse, reporting: ReportingPlan) -> None:
    cast = frozenset(
        Person.objects.filter(community=teller.community, email__in=_addresses()).values_list("id", flat=True)
    )
    sheets = draw_sheets(teller, pulse, reporting, share=story.OPEN_SHARE, without=cast)
    tray_of = {cell.number: cell.mixed_in for cell in reporting.cells}
    by_tray = defaultdict(list)
    for place, cell in enumerate(sheets.cells):
        by_tray[tray_of[cell]].append(place)
    for unit_id, places in sorted(by_tray.items()):
        trays.put_all(pulse.id, unit_id, [_sheet(sheets, place) for place in places])
    Invitation.objects.filter(pulse=pulse, person_id__in=sheets.people).update(answered=True)


def _addresses() -> Iterable[str]:
    return [part.name.email for part in people_story.CAST]


def _sheet(sheets: Sheets, place: int) -> Laid:
    said = sheets.remarks.get(place)
    return Laid(sheets.cells[place], sheets.answers[place], [(sheets.item, said)] if said else [])


def tell_draft(teller: Teller) -> Pulse:
    """Let the acting principal prepare a pulse that is not open yet."""
    today = teller.calendar.today
    school = teller.units[story.DRAFT_SCHOOL]
    with time.at(instant(today, MORNING)):
        return preparing.prepare_pulse(
            actor=teller.actor(teller.leader_of(school, today), today),
            unit=school,
            draft=Draft(
                title="How we learn from each other",
                why="To see where the time for working together should go next.",
                instrument=teller.version(story.COMMUNITY_OF_LEARNERS),
                opens_at=instant(today + dt.timedelta(days=14), MORNING),
                closes_at=instant(today + dt.timedelta(days=24), AFTERNOON),
                results_at=instant(today + dt.timedelta(days=27), MORNING),
            ),
        )


def tell_notes(teller: Teller) -> None:
    """Keep what two schools made of the first heartbeat after the leader of one had left."""
    pulse = teller.first_heartbeat_of(2)
    day = localdate(pulse.results_at) + dt.timedelta(days=2)
    SenseNote.objects.bulk_create(
        SenseNote(
            community=teller.community,
            pulse=pulse,
            unit=teller.units[slug],
            question=question,
            text=text,
            written_at=instant(day, AFTERNOON, minute),
            written_by=teller.leader_of(teller.units[slug], day),
        )
        for slug, notes in words.NOTES.items()
        for minute, (question, text) in enumerate(notes)
    )


def tell_consents(teller: Teller) -> None:
    """Let some schools agree that their names stand in the picture of the alliance."""
    NamingConsent.objects.bulk_create(
        NamingConsent(
            community=teller.community,
            pulse=pulse,
            unit=teller.units[slug],
            given_at=pulse.opens_at,
            given_by=teller.leader_of(teller.units[slug], localdate(pulse.opens_at)),
        )
        for pulse in teller.pulses
        if pulse.unit.slug == story.ALLIANCE
        for slug in story.NAMED_SCHOOLS
    )
