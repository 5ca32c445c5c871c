"""Finding what somebody answers who is not signed in: by ticket, by link, or at the address of a poster.

A ticket says which community it is of; the others look across all of them and find one row or nothing.
"""

from __future__ import annotations

import uuid
from time import monotonic

from collegium.base import tenancy
from collegium.listen.enums import PulseState
from collegium.listen.errors import NotFound
from collegium.listen.models import Invitation, Pulse
from collegium.listen.queries import invitations
from collegium.listen.tickets import Ticket

# What is asked, and until when, stays as it is while a pulse is open; a whole staff may answer within a minute.
KEPT_S = 3.0
_read_lately: dict[uuid.UUID, tuple[float, Pulse | None]] = {}


def find_by_token(token: str) -> Invitation:
    """Return whose personal link this is; NotFound for any other."""
    with tenancy.across_communities():
        return invitations.get_invitation_by_token(token)


def find_pulse(pulse_id: uuid.UUID) -> Pulse:
    """Return a pulse that has been opened, for whoever holds its poster."""
    with tenancy.across_communities():
        pulse = Pulse.objects.exclude(state=PulseState.DRAFT).select_related("unit", "instrument").filter(id=pulse_id)
        found = pulse.first()
    if found is None:
        raise NotFound
    return found


def find_invitation(ticket: Ticket) -> Invitation:
    """Return the invitation of a ticket; call it in the community of the ticket."""
    if ticket.invitation_id is None:
        raise NotFound("link_unknown")
    asked = Invitation.objects.filter(id=ticket.invitation_id, pulse_id=ticket.pulse_id)
    invitation = asked.filter(community_id=ticket.community_id).first()
    if invitation is None:
        raise NotFound("link_unknown")
    return invitation


def find_pulse_of(ticket: Ticket) -> Pulse:
    """Return the pulse of a ticket."""
    until, pulse = _read_lately.get(ticket.pulse_id, (0.0, None))
    if pulse is None or monotonic() > until:
        with tenancy.community_scope(ticket.community_id):
            asked = Pulse.objects.filter(id=ticket.pulse_id, community_id=ticket.community_id)
            pulse = asked.select_related("instrument", "unit").first()
        if pulse is None:
            raise NotFound("link_unknown")
        _read_lately[ticket.pulse_id] = (monotonic() + KEPT_S, pulse)
    return pulse
