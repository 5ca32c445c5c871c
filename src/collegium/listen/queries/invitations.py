"""Who is asked: for those who answer, and as rates that move in steps for everybody else."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from collegium.base import time
from collegium.listen import codes, policies
from collegium.listen.enums import PulseState, WayIn
from collegium.listen.errors import NotFound
from collegium.listen.models import Cell, Invitation, Pulse, Slip
from collegium.people.actors import Actor


def get_invitation_for(actor: Actor, pulse_id: uuid.UUID) -> Invitation:
    """Return the actor's own invitation to a pulse; NotFound when they are not asked."""
    invitation = _with_pulse().filter(pulse_id=pulse_id, person_id=actor.person_id).first()
    if invitation is None or not policies.can_answer(actor, invitation.person_id):
        raise NotFound
    return invitation


def get_invitation_by_token(token: str) -> Invitation:
    """Return whose personal link this is; call it across communities, and enter theirs."""
    invitation_id = codes.read_link_token(token)
    invitation = _with_pulse().filter(id=invitation_id).first() if invitation_id else None
    if invitation is None:
        raise NotFound("link_unknown")
    return invitation


def _with_pulse() -> QuerySet[Invitation]:
    return Invitation.objects.select_related("pulse__unit", "pulse__instrument", "pulse__community", "cell")


def list_waiting_for(actor: Actor) -> list[Invitation]:
    """Return what the actor is asked now and has not answered, what closes first on top."""
    now = time.now()
    waiting = _with_pulse().filter(
        person_id=actor.person_id,
        answered=False,
        pulse__state=PulseState.OPEN,
        pulse__opens_at__lte=now,
        pulse__closes_at__gt=now,
    )
    return list(waiting.order_by("pulse__closes_at", "id"))


def list_pulses_asked(actor: Actor, limit: int) -> list[Invitation]:
    """Return the pulses that the actor was asked in, the latest first."""
    asked = _with_pulse().filter(person_id=actor.person_id).exclude(pulse__state=PulseState.DRAFT)
    return list(asked.order_by("-pulse__opens_at", "id")[:limit])


def is_asked(actor: Actor, pulse: Pulse, unit_cells: list[int] | None = None) -> bool:
    """Say whether the actor was asked in a pulse; with the numbers of cells, whether in one of those."""
    asked = Invitation.objects.filter(pulse=pulse, person_id=actor.person_id)
    if unit_cells is not None:
        asked = asked.filter(cell__number__in=unit_cells)
    return asked.exists()


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of those asked have answered, in steps of k so that nobody can watch one person answer."""

    asked: int
    at_least: int

    @property
    def percent(self) -> int:
        """Whole percent of what is shown."""
        return round(100 * self.at_least / self.asked) if self.asked else 0


def get_rates(pulse: Pulse) -> dict[int, Rate]:
    """Return the rate of every cell of a pulse by its number; sums of them are rates of views."""
    links = dict(
        Invitation.objects.filter(pulse=pulse, way=WayIn.LINK, answered=True)
        .values_list("cell__number")
        .annotate(Count("id"))
    )
    slips = dict(Slip.objects.filter(pulse=pulse, used=True).values_list("cell__number").annotate(Count("id")))
    cells = Cell.objects.filter(pulse=pulse).values_list("number", "asked")
    return {number: Rate(asked, links.get(number, 0) + slips.get(number, 0)) for number, asked in cells}


def rate_of(pulse: Pulse, rates: dict[int, Rate], cells: list[int]) -> Rate:
    """Return the rate of some cells together, rounded down to a step of k; all together only at the very end.

    `get_rates` counts exactly and is never shown: this is.
    """
    asked = sum(rates[number].asked for number in cells)
    answered = sum(rates[number].at_least for number in cells)
    step = pulse.k
    return Rate(asked, answered // step * step)


def list_unanswered(pulse: Pulse) -> QuerySet[Invitation]:
    """Return who has not answered: for reminders alone, never for a page."""
    unanswered = Invitation.objects.filter(pulse=pulse, way=WayIn.LINK, answered=False)
    return unanswered.filter(~Q(person__email=""), person__erased_at__isnull=True).select_related("person")
