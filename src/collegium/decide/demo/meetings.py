"""Two meetings of Thornmere: one of a group, with its minutes and a decision; one of everybody, still to come."""

from __future__ import annotations

import datetime as dt

from collegium.base import time
from collegium.decide.demo import story
from collegium.decide.demo.telling import Teller
from collegium.decide.enums import Presence
from collegium.decide.models import AgendaItem, Matter, Meeting
from collegium.decide.queries import meetings as queries
from collegium.decide.services import mailing, meetings, outcomes
from collegium.decide.services.meetings import Item, Minutes, Planned
from collegium.people.demo.book import instant
from collegium.people.demo.calendar import weekday
from collegium.people.demo.story import DUPLICATES
from collegium.people.models import Group
from collegium.people.services.writing import locate


def tell_meetings(teller: Teller) -> None:
    """The group that reads across subjects met and agreed; the whole staff meets next week on the hour."""
    _tell_past(teller)
    _tell_next(teller)


def _tell_past(teller: Teller) -> None:
    unit, keeper = teller.units[story.THORNMERE], teller.cast["facilitator"]
    actor = teller.actor(keeper)
    group = Group.objects.get(community=teller.community, unit=unit, name=DUPLICATES[0])
    with teller.days_ago(16):
        planned = Planned(
            title=story.GROUP_MEETING,
            starts_at=instant(teller.calendar.lately(9), 15),
            minutes=45,
            where="Library",
            group=group,
        )
        meeting = meetings.plan(actor=actor, unit=unit, planned=planned, is_in_group=True)
        items = [
            Item(title=title, minutes=minutes, brought_by=teller.cast[who])
            for title, minutes, who in story.GROUP_AGENDA
        ]
        meetings.set_agenda(actor=actor, meeting=meeting, is_theirs=True, items=items)
    with teller.days_ago(9, hour=16):
        people = queries.list_expected(meeting, locate(unit))
        absent = next(person for person in people if person not in teller.cast.values())
        presence = {person: Presence.APOLOGIES if person == absent else Presence.THERE for person in people}
        points = list(AgendaItem.objects.filter(meeting=meeting).order_by("position"))
        said = [(point, text, None) for point, text in zip(points, story.GROUP_MINUTES, strict=True)]
        minutes = Minutes(presence=presence, said=said)
        meetings.write_minutes(actor=actor, meeting=meeting, is_theirs=True, minutes=minutes)
        outcome = meetings.record_decision(
            actor=actor,
            meeting=meeting,
            is_theirs=True,
            question=story.GROUP_QUESTION,
            words=outcomes.Words(
                statement=story.GROUP_DECISION,
                reasons="Everybody could live with it, and two weeks cost little.",
                review_on=time.today() + dt.timedelta(days=45),
            ),
            item=points[1],
        )
        mailing.skip(outcome=outcome)


def _tell_next(teller: Teller) -> None:
    unit, head = teller.units[story.THORNMERE], teller.cast["principal"]
    actor = teller.actor(head)
    hour = Matter.objects.get(community=teller.community, question=story.HOUR.question)
    with teller.days_ago(2):
        day = weekday(teller.calendar.today + dt.timedelta(days=8))
        planned = Planned(title=story.STAFF_MEETING, starts_at=instant(day, 15), minutes=60, where="Hall")
        meeting: Meeting = meetings.plan(actor=actor, unit=unit, planned=planned)
        items = [
            Item(matter=hour, minutes=25, brought_by=teller.cast["facilitator"]),
            Item(title="Reports to parents: what helps, what does not", minutes=20, brought_by=teller.cast["teacher"]),
            Item(title="What we thank each other for", minutes=10, brought_by=head),
        ]
        meetings.set_agenda(actor=actor, meeting=meeting, is_theirs=True, items=items)
