"""After a backup has been put back: what was in sealed trays is not in it, so open pulses ask everybody again.

A backup holds trays as they lay, and never their keys. With the keys, two backups taken a day apart would tell what
those said who answered in between.
"""

from __future__ import annotations

import uuid

from django.db import transaction

from collegium.base import tenancy
from collegium.listen import codes
from collegium.listen.answers import trays
from collegium.listen.models import Invitation, Pulse, Slip
from collegium.listen.services import opening


def count_lost() -> int:
    """Return how many trays of open pulses this machine has no key for."""
    with tenancy.across_communities():
        return len(trays.list_lost())


def ask_again() -> int:
    """Let everybody of a school whose tray is lost answer anew; returns how many pulses that touches."""
    with tenancy.across_communities(), transaction.atomic():
        lost = trays.list_lost()
        for tray in lost:
            pulse = Pulse.objects.select_related("instrument").get(id=tray.pulse_id)
            trays.lay_out_again(tray, opening.capacity_of(pulse, _ask_again(pulse, tray.unit_id)))
        return len({tray.pulse_id for tray in lost})


def _ask_again(pulse: Pulse, unit_id: uuid.UUID) -> int:
    asked = Invitation.objects.filter(pulse=pulse, cell__mixed_in_id=unit_id)
    asked.update(answered=False)
    slips = list(Slip.objects.filter(pulse=pulse, cell__mixed_in_id=unit_id))
    for slip in slips:  # a restored site may have another key, and then other codes
        slip.used, slip.code_hash = False, codes.hash_code(codes.slip_code(slip.id))
    Slip.objects.bulk_update(slips, ["used", "code_hash"])
    return asked.count()
