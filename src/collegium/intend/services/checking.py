"""Check-ins: how a promise goes, in under a minute."""

from __future__ import annotations

from django.db import transaction

from collegium.base import prose, time
from collegium.intend import promise_policies as policies
from collegium.intend.errors import Conflict
from collegium.intend.models import CheckIn, Commitment
from collegium.intend.promise_enums import Going, PromiseState, Question
from collegium.intend.queries.carriers import list_carriers
from collegium.people.actors import Actor
from collegium.people.services.writing import record, tidy

TEXT_LIMIT, NEXT_LIMIT = 600, 200


@transaction.atomic
def check_in(
    *, actor: Actor, promise: Commitment, going: str, question: str = "", text: str = "", next_step: str = ""
) -> CheckIn:
    """Say how a promise goes and, if one likes, one of the five answers and what comes next."""
    promise.refresh_from_db(from_queryset=Commitment.objects.select_for_update())
    policies.check_can_carry(actor, list_carriers([promise])[promise.id].ids)
    if promise.state == PromiseState.PROPOSED:
        raise Conflict("promise_not_made")
    if promise.state != PromiseState.MADE:
        raise Conflict("promise_settled", state=PromiseState(promise.state).label)
    text, next_step = prose.tidy(text, limit=TEXT_LIMIT), tidy(next_step, limit=NEXT_LIMIT, required=False)
    today = time.today()
    made = CheckIn.objects.create(
        community_id=promise.community_id,
        commitment=promise,
        by_id=actor.recorded_id,
        on=today,
        at=time.now(),
        going=Going(going),
        question=Question(question) if question and text else "",
        text=text,
        next_step=next_step,
    )
    if promise.going != made.going:
        promise.going, promise.going_since = made.going, today
    promise.checked_on = today
    promise.save(update_fields=["going", "going_since", "checked_on"])
    record(actor, "promise.checked", promise, unit_id=promise.unit_id, going=made.going)
    return made
