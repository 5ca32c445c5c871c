"""The draft in which an enquiry lives on: begun when it closes, told better by those who were in it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db import transaction

from collegium.base import time
from collegium.enquire import policies
from collegium.enquire.models import Enquiry, PracticeDraft
from collegium.enquire.models.enquiries import TITLE_LIMIT
from collegium.enquire.policies import Standing
from collegium.enquire.services.enquiries import tidy_text
from collegium.people.actors import Actor
from collegium.people.services.writing import locate, record, tidy


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What others should hear of an enquiry."""

    title: str
    finding: str
    how: str = ""
    again: str = ""
    who_should_know: str = ""


@transaction.atomic
def change(*, actor: Actor, enquiry: Enquiry, standing: Standing, draft: PracticeDraft, told: Told) -> PracticeDraft:
    """Tell it better; the finding of the closed enquiry itself stays as it is."""
    policies.check_can_share(actor, locate(enquiry.unit), standing)
    draft.title = tidy(told.title, limit=TITLE_LIMIT)
    draft.finding = tidy_text(told.finding, required=True)
    draft.how, draft.again = tidy_text(told.how), tidy_text(told.again)
    draft.who_should_know = tidy_text(told.who_should_know)
    draft.changed_at, draft.changed_by_id = time.now(), actor.recorded_id
    draft.save()
    record(actor, "enquiry.practice_changed", enquiry, unit_id=enquiry.unit_id, title=enquiry.title)
    return draft


def forget_person(person_id: uuid.UUID) -> None:
    """Take a name off the drafts; what was told stays."""
    PracticeDraft.objects.filter(changed_by_id=person_id).update(changed_by=None)
