"""A ticket: what a page of questions carries, signed, so that what comes back is the sheet of somebody who is asked.

It is in a cookie of the pulse's own addresses for a few hours, and in the form. The server keeps no copy, so that the
moment somebody began, which the grace after closing needs, is stored nowhere.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.core import signing
from django.utils.crypto import salted_hmac

from collegium.base import time
from collegium.listen.models import Pulse

_SALT = "collegium.listen.ticket"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """Whose sheet it will be: an invitation's, or that of a code on a slip."""

    community_id: uuid.UUID
    pulse_id: uuid.UUID
    started_at: dt.datetime
    invitation_id: uuid.UUID | None = None
    code: str = ""
    is_shared: bool = False


def write(ticket: Ticket) -> str:
    """Return the ticket as text that nobody else can make."""
    return signing.dumps(
        [
            ticket.community_id.hex,
            ticket.pulse_id.hex,
            int(ticket.started_at.timestamp()),
            ticket.invitation_id.hex if ticket.invitation_id else "",
            ticket.code,
            ticket.is_shared,
        ],
        salt=_SALT,
    )


def read(text: str, pulse_id: uuid.UUID) -> Ticket | None:
    """Return a ticket for this pulse, or None for anything else."""
    try:
        community, pulse, started, invitation, code, is_shared = signing.loads(text, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    if pulse != pulse_id.hex:
        return None
    return Ticket(
        community_id=uuid.UUID(community),
        pulse_id=pulse_id,
        started_at=dt.datetime.fromtimestamp(started, tz=dt.UTC),
        invitation_id=uuid.UUID(invitation) if invitation else None,
        code=code,
        is_shared=is_shared,
    )


def begin(pulse: Pulse, *, invitation_id: uuid.UUID | None = None, code: str = "", is_shared: bool = False) -> Ticket:
    """Return a ticket for somebody who begins now."""
    return Ticket(
        community_id=pulse.community_id,
        pulse_id=pulse.id,
        started_at=time.now(),
        invitation_id=invitation_id,
        code=code,
        is_shared=is_shared,
    )


def draft_name(ticket: Ticket) -> str:
    """Return under which name a device keeps half-finished answers, so that two people who share it find their own."""
    whose = ticket.invitation_id.hex if ticket.invitation_id else ticket.code
    return f"{ticket.pulse_id}.{salted_hmac('collegium.listen.draft', whose, algorithm='sha256').hexdigest()[:16]}"
