"""Change ideas and where they were tried, found for somebody."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from collegium.base import time
from collegium.enquire import policies
from collegium.enquire.errors import NotFound
from collegium.enquire.models import Enquiry, Idea, IdeaOutcome, Measure, Trial, TrialMeasure
from collegium.enquire.policies import Standing
from collegium.enquire.queries import enquiries, measures
from collegium.enquire.queries.measures import Measured
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.queries import places, structure

MOST_IDEAS = 100


@dataclass(frozen=True, slots=True)
class FoundIdea:
    """An idea with its place, and what whoever asked is to the enquiry it comes from."""

    idea: Idea
    place: Place
    standing: Standing


@dataclass(frozen=True, slots=True)
class Tried:
    """A trial with the measure that stands for each outcome of the idea, by outcome."""

    trial: Trial
    measured: dict[uuid.UUID, Measured]


def get_idea_for(actor: Actor, idea_id: uuid.UUID) -> FoundIdea:
    """Return an idea: everybody of a community may read those told in it; NotFound for others."""
    rows = Idea.objects.filter(id=idea_id, community_id=actor.community_id)
    idea = rows.select_related("unit", "origin__unit").first()
    if idea is None:
        raise NotFound
    place = places.locate(idea.unit, time.today())
    if not policies.can_view_idea(actor, place):
        raise NotFound
    origin = idea.origin
    return FoundIdea(idea, place, enquiries.get_standing(actor, origin, place) if origin else Standing())


def get_idea_to_change(actor: Actor, idea_id: uuid.UUID) -> FoundIdea:
    """Return an idea for those who told it; NotAllowed for others."""
    found = get_idea_for(actor, idea_id)
    policies.check_can_share(actor, found.place, found.standing)
    return found


def list_outcomes(idea: Idea) -> list[IdeaOutcome]:
    """Return what everybody who tries an idea measures."""
    return list(IdeaOutcome.objects.filter(idea=idea).order_by("position", "id"))


def list_tried(idea: Idea) -> list[Tried]:
    """Return where an idea was tried, the earliest first, with the numbers of each."""
    trials = list(Trial.objects.filter(idea=idea).select_related("enquiry__unit").order_by("since", "added_at", "id"))
    links = list(TrialMeasure.objects.filter(trial__idea=idea))
    by_measure = {row.measure.id: row for row in measures.list_by_id([link.measure_id for link in links])}
    found: dict[uuid.UUID, dict[uuid.UUID, Measured]] = defaultdict(dict)
    for link in links:
        found[link.trial_id][link.outcome_id] = by_measure[link.measure_id]
    return [Tried(trial, found[trial.id]) for trial in trials]


def get_trial(idea: Idea, enquiry: Enquiry) -> tuple[Trial | None, dict[uuid.UUID, uuid.UUID]]:
    """Return how an enquiry tries an idea, if it does, and its measures by outcome."""
    trial = Trial.objects.filter(idea=idea, enquiry=enquiry).first()
    links = TrialMeasure.objects.filter(trial=trial) if trial else ()
    return trial, {link.outcome_id: link.measure_id for link in links}


def list_trials_of(enquiry: Enquiry) -> list[Trial]:
    """Return which ideas an enquiry tries."""
    return list(Trial.objects.filter(enquiry=enquiry).select_related("idea").order_by("added_at", "id"))


def list_told(enquiry: Enquiry) -> list[Idea]:
    """Return the ideas that come from an enquiry."""
    return list(Idea.objects.filter(origin=enquiry).order_by("created_at", "id"))


def list_measures(enquiry: Enquiry) -> list[Measure]:
    """Return what an enquiry measures."""
    return list(Measure.objects.filter(enquiry=enquiry).order_by("position", "created_at", "id"))


def list_ideas(actor: Actor) -> QuerySet[Idea]:
    """Return the ideas of the reader's community, the newest first; `schools` is in how many units each was tried."""
    rows = Idea.objects.filter(community_id=actor.community_id).select_related("unit")
    return rows.annotate(schools=_schools()).order_by("-created_at", "id")


def list_ideas_of(actor: Actor, place: Place) -> QuerySet[Idea]:
    """Return the ideas that were told or tried in a unit or inside it."""
    inside = structure.inside(place.unit_id, place.as_of)
    tried = Trial.objects.filter(enquiry__unit_id__in=inside).values("idea_id")
    return list_ideas(actor).filter(Q(unit_id__in=inside) | Q(id__in=tried))


def count_replicated(unit_id: uuid.UUID, as_of: dt.date) -> int:
    """Count the ideas that were tried in at least two units by the end of a day, one of them here."""
    end = time.start_of(as_of + dt.timedelta(days=1))
    here = Trial.objects.filter(enquiry__unit_id__in=structure.inside(unit_id, as_of), added_at__lt=end)
    rows = Trial.objects.filter(idea_id__in=here.values("idea_id"), added_at__lt=end).values("idea_id")
    return rows.annotate(schools=Count("enquiry__unit_id", distinct=True)).filter(schools__gte=2).count()


def read_readable(actor: Actor, rows: Collection[Enquiry]) -> set[uuid.UUID]:
    """Return which of these enquiries the reader is surely shown: of their own units, and those they are in."""
    own = actor.member_of | set(actor.given)
    return {row.id for row in rows if row.unit_id in own or actor.is_operator} | enquiries.list_involved(
        actor, list(rows)
    )


def _schools() -> Coalesce:
    of_idea = Trial.objects.filter(idea=OuterRef("id")).order_by().values("idea")
    return Coalesce(Subquery(of_idea.annotate(n=Count("enquiry__unit_id", distinct=True)).values("n")), 0)
