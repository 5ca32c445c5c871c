"""Withholding a comment that identifies somebody."""

from __future__ import annotations

import uuid

from django.db import transaction

from collegium.listen import policies
from collegium.listen.answers import reading
from collegium.listen.errors import NotFound
from collegium.listen.queries import comments
from collegium.listen.queries.results import Result
from collegium.people.actors import Actor
from collegium.people.services.writing import record


@transaction.atomic
def withhold_comment(*, actor: Actor, result: Result, comment_id: uuid.UUID) -> None:
    """Withhold a comment that is shown with a result, for everybody and for good; how many were is shown to all."""
    policies.check_can_withhold(actor, result.place)
    if comments.find_shown(result, comment_id) is None:
        raise NotFound
    reading.withhold_comment(result.pulse, comment_id, actor.recorded_id)
    # Neither the comment nor its question: the trail must not tell what was written.
    record(actor, "pulse.comment_withheld", result.pulse, unit_id=result.place.unit_id, title=result.pulse.title)
