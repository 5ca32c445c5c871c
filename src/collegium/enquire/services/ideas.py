"""Change ideas: told by those who tried them, tried by others, each with measures of their own."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from collegium.base import time
from collegium.enquire import policies
from collegium.enquire.enums import Fidelity, Setting
from collegium.enquire.errors import Invalid
from collegium.enquire.models import Enquiry, Idea, IdeaOutcome, Measure, Trial, TrialMeasure
from collegium.enquire.models.enquiries import TITLE_LIMIT
from collegium.enquire.policies import Standing
from collegium.enquire.services.enquiries import tidy_text
from collegium.people.actors import Actor
from collegium.people.services.writing import check_same_community, locate, record, tidy


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An idea, so that somebody elsewhere could do it."""

    title: str
    how: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """How an idea is tried in an enquiry, and which of its measures stand for the outcomes of the idea."""

    since: dt.date
    setting: Setting
    fidelity: Fidelity
    context: str
    adaptation: str = ""
    measures: Mapping[uuid.UUID, Measure] = field(default_factory=dict)  # by outcome


@transaction.atomic
def tell_idea(*, actor: Actor, enquiry: Enquiry, standing: Standing, told: Told, outcomes: Sequence[Measure]) -> Idea:
    """Tell what an enquiry tried as an idea that others can try; `outcomes` are the measures that all of them take."""
    policies.check_can_share(actor, locate(enquiry.unit), standing)
    if not outcomes or any(measure.enquiry_id != enquiry.id for measure in outcomes):
        raise Invalid("idea_measures_nothing")
    idea = Idea(community_id=enquiry.community_id, unit=enquiry.unit, origin=enquiry, created_by_id=actor.recorded_id)
    _fill(idea, told)
    idea.save(force_insert=True)
    IdeaOutcome.objects.bulk_create(
        IdeaOutcome(
            community_id=enquiry.community_id,
            idea=idea,
            title=measure.title,
            numbers=measure.numbers,
            direction=measure.direction,
            position=place,
        )
        for place, measure in enumerate({measure.title: measure for measure in outcomes}.values())
    )
    record(actor, "change_idea.told", idea, unit_id=idea.unit_id, title=idea.title)
    return idea


@transaction.atomic
def change_idea(*, actor: Actor, idea: Idea, standing: Standing, told: Told) -> Idea:
    """Tell an idea better."""
    policies.check_can_share(actor, locate(idea.unit), standing)
    _fill(idea, told)
    idea.save(update_fields=["title", "how", "why"])
    record(actor, "change_idea.changed", idea, unit_id=idea.unit_id, title=idea.title)
    return idea


@transaction.atomic
def keep_trial(*, actor: Actor, enquiry: Enquiry, standing: Standing, idea: Idea, tried: Tried) -> Trial:
    """Keep that an enquiry tries an idea, or change what was said of it."""
    policies.check_can_share(actor, locate(enquiry.unit), standing)
    check_same_community(actor, idea)
    if tried.since > time.today():
        raise Invalid("point_later")
    outcomes = set(IdeaOutcome.objects.filter(idea=idea).values_list("id", flat=True))
    if not set(tried.measures) <= outcomes or any(row.enquiry_id != enquiry.id for row in tried.measures.values()):
        raise Invalid("idea_measures_nothing")
    trial = Trial.objects.filter(idea=idea, enquiry=enquiry).first()
    is_new = trial is None
    trial = trial or Trial(community_id=enquiry.community_id, idea=idea, enquiry=enquiry, added_by_id=actor.recorded_id)
    trial.since, trial.setting, trial.fidelity = tried.since, tried.setting, tried.fidelity
    trial.context, trial.adaptation = tidy_text(tried.context, required=True), tidy_text(tried.adaptation)
    trial.save()
    TrialMeasure.objects.filter(trial=trial).delete()
    TrialMeasure.objects.bulk_create(
        TrialMeasure(community_id=enquiry.community_id, trial=trial, outcome_id=outcome, measure=measure)
        for outcome, measure in tried.measures.items()
    )
    verb = "change_idea.tried" if is_new else "change_idea.trial_changed"
    record(actor, verb, idea, unit_id=enquiry.unit_id, title=idea.title)
    return trial


def forget_person(person_id: uuid.UUID) -> None:
    """Take a name off ideas and trials; what was told stays."""
    Idea.objects.filter(created_by_id=person_id).update(created_by=None)
    Trial.objects.filter(added_by_id=person_id).update(added_by=None)


def _fill(idea: Idea, told: Told) -> None:
    idea.title = tidy(told.title, limit=TITLE_LIMIT)
    idea.how, idea.why = tidy_text(told.how, required=True), tidy_text(told.why)
