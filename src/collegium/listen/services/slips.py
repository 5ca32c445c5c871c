"""Printing the slips of a pulse: on record, because whoever holds the codes could answer with them."""

from __future__ import annotations

from django.db import transaction

from collegium.listen import policies
from collegium.listen.enums import PulseState
from collegium.listen.errors import Conflict
from collegium.listen.models import Pulse
from collegium.listen.queries import slips
from collegium.listen.queries.slips import SlipGroup
from collegium.people.actors import Actor
from collegium.people.services.writing import locate, record


@transaction.atomic
def print_slips(*, actor: Actor, pulse: Pulse) -> list[SlipGroup]:
    """Return the slips of an open pulse for printing; printed again, they are the same."""
    policies.check_can_run_pulse(actor, locate(pulse.unit))
    groups = [group for group in slips.list_groups(pulse) if group.codes] if pulse.state == PulseState.OPEN else []
    if not groups:
        raise Conflict("no_slips")
    record(actor, "pulse.slips_printed", pulse, unit_id=pulse.unit_id, title=pulse.title)
    return groups
