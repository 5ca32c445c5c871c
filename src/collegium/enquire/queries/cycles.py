"""The cycles of an enquiry, read for those who may read the enquiry."""

from __future__ import annotations

import uuid

from collegium.enquire.errors import NotFound
from collegium.enquire.models import Cycle, Enquiry


def list_cycles(enquiry: Enquiry) -> list[Cycle]:
    """Return the cycles of an enquiry that was found for somebody, the first first."""
    return list(Cycle.objects.filter(enquiry=enquiry).order_by("number"))


def get_cycle(enquiry: Enquiry, cycle_id: uuid.UUID) -> Cycle:
    """Return one cycle of the enquiry; NotFound when it is of another one."""
    found = Cycle.objects.filter(enquiry=enquiry, id=cycle_id).first()
    if found is None:
        raise NotFound
    return found
