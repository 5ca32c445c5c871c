"""All enquiries of a unit at once: narrowed, counted, and who could help one that is stuck."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from collegium.base import time
from collegium.enquire.enums import Decision, Freshness
from collegium.enquire.models import Cycle, Enquiry, Measure, Point, Trial
from collegium.enquire.progress import Evidence
from collegium.enquire.queries import ideas
from collegium.intend.models import Challenge
from collegium.people.actors import Actor
from collegium.people.models import Group

QUIET, SILENT = dt.timedelta(days=42), dt.timedelta(days=91)  # longer than a holiday lasts; a term
MOST_NEAR = 6


@dataclass(frozen=True, slots=True)
class Counted:
    """How many enquiries there are by stage and by what their outcomes say; how many are running, and ask for help."""

    running: int
    ended: int
    asking: int
    stages: Counter[str]
    signals: Counter[str]


def narrow(rows: QuerySet[Enquiry], wanted: Mapping[str, str]) -> QuerySet[Enquiry]:
    """Keep the enquiries that somebody asked for; what is not said narrows nothing."""
    same = {
        name: wanted[field]
        for name, field in (
            ("challenge_id", "challenge"),
            ("group_id", "group"),
            ("stage", "stage"),
            ("signal", "signal"),
        )
        if wanted.get(field)
    }
    rows = rows.filter(**same)
    if wanted.get("show") == "running":
        rows = rows.filter(closed_at__isnull=True)
    elif wanted.get("show") == "ended":
        rows = rows.filter(closed_at__isnull=False)
    elif wanted.get("show") == "help":
        rows = rows.filter(closed_at__isnull=True, help_at__isnull=False)
    return _narrow_by_age(rows, wanted.get("freshness", ""))


def _narrow_by_age(rows: QuerySet[Enquiry], freshness: str) -> QuerySet[Enquiry]:
    now = time.now()
    if freshness == Freshness.FRESH:
        return rows.filter(touched_at__gte=now - QUIET)
    if freshness == Freshness.QUIET:
        return rows.filter(closed_at__isnull=True, touched_at__lt=now - QUIET, touched_at__gte=now - SILENT)
    if freshness == Freshness.SILENT:
        return rows.filter(closed_at__isnull=True, touched_at__lt=now - SILENT)
    return rows


def freshness_of(enquiry: Enquiry, now: dt.datetime) -> Freshness:
    """Return how long ago somebody worked on an enquiry."""
    age = now - enquiry.touched_at
    return Freshness.SILENT if age > SILENT else Freshness.QUIET if age > QUIET else Freshness.FRESH


def count(rows: QuerySet[Enquiry]) -> Counted:
    """Count enquiries by stage, and by what their outcomes say; of the running ones."""
    is_open = Q(closed_at__isnull=True)
    found = (
        rows.order_by()
        .values("stage", "signal")
        .annotate(
            running=Count("id", filter=is_open),
            ended=Count("id", filter=~is_open),
            asking=Count("id", filter=is_open & Q(help_at__isnull=False)),
        )
    )
    stages: Counter[str] = Counter()
    signals: Counter[str] = Counter()
    running = ended = asking = 0
    for row in found:
        stages[row["stage"]] += row["running"]
        signals[row["signal"]] += row["running"]
        running, ended, asking = running + row["running"], ended + row["ended"], asking + row["asking"]
    return Counted(running, ended, asking, stages, signals)


def list_challenges_of(rows: QuerySet[Enquiry]) -> list[Challenge]:
    """Return the challenges that these enquiries serve."""
    served = rows.order_by().filter(challenge__isnull=False).values("challenge_id")
    return list(Challenge.objects.filter(id__in=served).order_by("title", "id"))


def list_groups_of(rows: QuerySet[Enquiry]) -> list[Group]:
    """Return the groups that these enquiries are worked on in."""
    working = rows.order_by().filter(group__isnull=False).values("group_id")
    return list(Group.objects.filter(id__in=working).order_by("name", "id"))


def read_evidence(enquiry: Enquiry, owners: int) -> Evidence:
    """Return what can be seen of an enquiry, for the scale of progress."""
    cycles = list(Cycle.objects.filter(enquiry=enquiry).values_list("decision", "studied_at"))
    adopted = [at for decision, at in cycles if decision == Decision.ADOPT and at]
    own = Trial.objects.filter(enquiry=enquiry).values("idea_id")
    places = Trial.objects.filter(Q(idea_id__in=own) | Q(idea__origin=enquiry)).values("enquiry__unit_id").distinct()
    points = Point.objects.filter(segment__measure__enquiry=enquiry, replaced_at__isnull=True, value__isnull=False)
    return Evidence(
        owners=owners,
        measures=Measure.objects.filter(enquiry=enquiry).count(),
        points=points.count(),
        cycles=len(cycles),
        studied=sum(bool(decision) for decision, _at in cycles),
        adopted=len(adopted),
        signal=enquiry.signal,
        has_held=bool(adopted) and min(adopted) <= time.now() - SILENT,
        places=places.count(),
    )


@dataclass(frozen=True, slots=True)
class Near:
    """An enquiry whose people know of the same. Told of a school's is what it told itself, or what the reader reads."""

    enquiry: Enquiry
    may_read: bool
    is_told: bool


def list_near(actor: Actor, enquiry: Enquiry) -> list[Near]:
    """Return enquiries whose people know of the same: the same idea, challenge or group, ended ones first."""
    tried = Trial.objects.filter(enquiry=enquiry).values("idea_id")
    told = set(Trial.objects.filter(idea_id__in=tried).values_list("enquiry_id", flat=True))
    same = Q(id__in=told)
    if enquiry.challenge_id:
        same |= Q(challenge_id=enquiry.challenge_id)
    if enquiry.group_id:
        same |= Q(group_id=enquiry.group_id)
    rows = Enquiry.objects.filter(same, community_id=enquiry.community_id).exclude(id=enquiry.id)
    near = list(
        rows.select_related("unit", "owner", "second_owner").order_by("-closed_at", "-progress", "id")[:MOST_NEAR]
    )
    readable = ideas.read_readable(actor, near)
    return [Near(row, row.id in readable, row.id in told) for row in near]


def list_groups_to_choose(unit_ids: set[uuid.UUID], also: Group | None, today: dt.date) -> list[Group]:
    """Return the groups of a unit and of those above it, in which people of several schools may work together."""
    rows = list(Group.objects.on(today).filter(unit_id__in=unit_ids).order_by("name", "id")[:60])
    return rows if also is None or also in rows else [also, *rows]
