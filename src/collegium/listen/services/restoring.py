"""After a backup has been put back: what was in sealed trays is not in it, so open pulses ask everybody again.

A backup holds trays as they lay, and never their keys. With the keys, two backups taken a day apart would tell what
those said who answered in between.
"""

from __future__ import annotations

from django.db import transaction

from collegium.base import tenancy
from collegium.listen import codes
from collegium.listen.answers import keys, trays
from collegium.listen.models import Invitation, Pulse, Slip, Tray
from collegium.listen.services import opening


def count_lost() -> int:
    """Return how many trays of open pulses this machine has no key for."""
    with tenancy.across_communities():
        return sum(not _opens(tray) for tray in Tray.objects.iterator())


@transaction.atomic
def ask_again() -> int:
    """Let everybody of a school whose tray is lost answer anew; returns how many pulses that touches."""
    with tenancy.across_communities():
        lost = [tray for tray in Tray.objects.select_for_update() if not _opens(tray)]
        for tray in lost:
            _ask_again(tray)
        return len({tray.pulse_id for tray in lost})


def _opens(tray: Tray) -> bool:
    try:
        trays.look_into(tray)
    except keys.KeyMissing:
        return False
    return True


def _ask_again(tray: Tray) -> None:
    pulse = Pulse.objects.select_related("instrument").get(id=tray.pulse_id)
    asked = Invitation.objects.filter(pulse=pulse, cell__mixed_in_id=tray.unit_id)
    asked.update(answered=False)
    slips = list(Slip.objects.filter(pulse=pulse, cell__mixed_in_id=tray.unit_id))
    for slip in slips:  # a restored site may have another key, and then other codes
        slip.used, slip.code_hash = False, codes.hash_code(codes.slip_code(slip.id))
    Slip.objects.bulk_update(slips, ["used", "code_hash"])
    trays.lay_out_again(tray, opening.capacity_of(pulse, asked.count()))
