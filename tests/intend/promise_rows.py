"""A row in every table of promises, roles and boards, for tests that ask who can reach them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from collegium.base import sealing, time
from collegium.intend.models import (
    AskingChoice,
    Board,
    BoardEntry,
    CalendarFeed,
    CheckIn,
    Commitment,
    Confirmation,
    ConfirmationRound,
    NamedAnswer,
    PromiseStep,
    RoleHolding,
    WorkRole,
)
from collegium.intend.promise_enums import Audience, Going, Kept, PromiseState, Question, StepKind
from collegium.people.models import Group, Person, Unit


def fill(unit: Unit, person: Person, group: Group) -> dict[str, Any]:
    """Put a promise that a person made to the whole unit, and all around it, into the database; return the ids."""
    owner = {"community": unit.community}
    now, today = time.now(), time.today()
    role = WorkRole.objects.create(**owner, group=group, title="Keeper of Whimbrels", obligations=["Count them."])
    holding = RoleHolding.objects.create(**owner, role=role, person=person)
    promise = Commitment.objects.create(
        **owner,
        unit=unit,
        by_person=person,
        audience=Audience.COLLEAGUES,
        to_unit=unit,
        what="No Whimbrel is left alone.",
        due_on=today + dt.timedelta(days=30),
        state=PromiseState.MADE,
        made_on=today,
    )
    PromiseStep.objects.create(**owner, commitment=promise, kind=StepKind.MADE, by=person)
    CheckIn.objects.create(
        **owner, commitment=promise, by=person, on=today, going=Going.WELL, question=Question.DOING, text="Whimbrel"
    )
    asking = ConfirmationRound(
        **owner, commitment=promise, claim=Kept.KEPT, opened_at=now, closes_at=now + dt.timedelta(days=9), asked=9
    )
    asking.sealed = sealing.seal(asking.id, 0, bytes(12))
    asking.save()
    Confirmation.objects.create(**owner, round=asking, person=person)
    NamedAnswer.objects.create(**owner, round=asking, person=person, said=Kept.KEPT)
    AskingChoice.objects.create(**owner, person=person)
    CalendarFeed.objects.create(**owner, person=person, digest=unit.id.hex)
    board = Board.objects.create(**owner, unit=unit, address=f"board-{unit.id.hex[:8]}", title="Whimbrel board")
    entry = BoardEntry.objects.create(**owner, board=board, commitment=promise, words="Whimbrels.", shown_on=today)
    return {
        "promise_id": promise.id,
        "work_role_id": role.id,
        "holding_id": holding.id,
        "board_entry_id": entry.id,
        "address": board.address,
        "secret": "made-up",
    }
