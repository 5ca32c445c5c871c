"""Who is due a reminder: people who carry promises that nobody has checked in on, and those who are asked of one."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from collegium.base import time
from collegium.intend.models import AskingChoice, Commitment, Confirmation
from collegium.intend.promise_enums import PromiseState, RoundState
from collegium.intend.queries.carriers import Carriers, list_carriers
from collegium.intend.queries.own_promises import USUAL_WEEKS
from collegium.people.models import Person

SHORTEST_WEEKS = 1


@dataclass
class Reminder:
    """What a person is reminded of."""

    person: Person
    quiet: list[Commitment] = field(default_factory=list)
    overdue: list[Commitment] = field(default_factory=list)
    asked: list[Commitment] = field(default_factory=list)


def list_due(community_id: uuid.UUID) -> list[Reminder]:
    """Return who may be written to today and has something to be reminded of; each at most once a week."""
    today = time.today()
    promises = list(Commitment.objects.filter(community_id=community_id, state=PromiseState.MADE))
    carriers = list_carriers(promises)
    own: dict[uuid.UUID, list[Commitment]] = defaultdict(list)
    for promise in promises:
        for person_id in _reminded(carriers[promise.id]):
            own[person_id].append(promise)
    asked: dict[uuid.UUID, list[Commitment]] = defaultdict(list)
    rows = Confirmation.objects.filter(
        community_id=community_id, answered=False, round__state=RoundState.OPEN, round__closes_at__gt=time.now()
    )
    for row in rows.select_related("round__commitment"):
        asked[row.person_id].append(row.round.commitment)
    people = Person.objects.filter(id__in={*own, *asked}, erased_at__isnull=True).exclude(email="").order_by("id")
    weeks = _weeks_of({*own, *asked}, today)
    found = [_remind(each, own[each.id], asked[each.id], weeks.get(each.id, USUAL_WEEKS), today) for each in people]
    return [each for each in found if each.quiet or each.overdue or each.asked]


def _reminded(carriers: Carriers) -> Collection[uuid.UUID]:
    """In a group those who call it together are reminded, or everybody where nobody does; else whoever promised."""
    leading = {each.person_id for each in carriers.owners if each.leads}
    if leading or carriers.owners:
        return leading or carriers.owner_ids
    return [carriers.second.person_id] if carriers.second else []


def _weeks_of(person_ids: Collection[uuid.UUID], today: dt.date) -> dict[uuid.UUID, int]:
    """Return after how many weeks each is reminded; 0 for those who want none, or were written to too lately."""
    found = {}
    for row in AskingChoice.objects.filter(person_id__in=person_ids):
        days = 7 * max(row.weeks_between, SHORTEST_WEEKS)
        is_lately = row.sent_on is not None and (today - row.sent_on).days < days
        found[row.person_id] = 0 if is_lately else row.weeks_between
    return found


def _remind(person: Person, own: list[Commitment], asked: list[Commitment], weeks: int, today: dt.date) -> Reminder:
    made = Reminder(person)
    if not weeks:
        return made
    quiet_since = today - dt.timedelta(weeks=weeks)
    for promise in sorted(own, key=lambda row: (row.due_on, str(row.id))):
        last = promise.checked_on or promise.made_on or today
        if promise.due_on < today:
            made.overdue.append(promise)
        elif last <= quiet_since:
            made.quiet.append(promise)
    made.asked = sorted(asked, key=lambda row: str(row.id))
    return made
