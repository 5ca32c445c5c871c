"""How far an enquiry is, as its team says; and asking for help, and no longer."""

from __future__ import annotations

from django.db import transaction

from collegium.base import time
from collegium.enquire.errors import Invalid
from collegium.enquire.models import Enquiry
from collegium.enquire.models.enquiries import MOST
from collegium.enquire.policies import Standing
from collegium.enquire.services.enquiries import check_work, tidy_text
from collegium.people.actors import Actor
from collegium.people.services.writing import record, tidy

WHY_LIMIT = 300


@transaction.atomic
def set_progress(*, actor: Actor, enquiry: Enquiry, standing: Standing, half_steps: int, why: str = "") -> Enquiry:
    """Say how far an enquiry is, in half steps; what was said before stays in the trail."""
    check_work(actor, enquiry, standing)
    if not 1 <= half_steps <= MOST:
        raise Invalid("progress_unknown")
    enquiry.progress = half_steps
    enquiry.progress_why = tidy(why, limit=WHY_LIMIT, required=False)
    enquiry.progress_at = enquiry.touched_at = time.now()
    enquiry.save(update_fields=["progress", "progress_why", "progress_at", "touched_at"])
    record(
        actor, "enquiry.progressed", enquiry, unit_id=enquiry.unit_id, title=enquiry.title, step=f"{half_steps / 2:g}"
    )
    return enquiry


@transaction.atomic
def ask_for_help(*, actor: Actor, enquiry: Enquiry, standing: Standing, wanted: str) -> Enquiry:
    """Say that an enquiry is stuck and what would help; with nothing said it is no longer stuck."""
    check_work(actor, enquiry, standing)
    enquiry.help_wanted = tidy_text(wanted)
    enquiry.help_at = time.now() if enquiry.help_wanted else None
    enquiry.touched_at = time.now()
    enquiry.save(update_fields=["help_wanted", "help_at", "touched_at"])
    verb = "enquiry.help_asked" if enquiry.help_wanted else "enquiry.help_found"
    record(actor, verb, enquiry, unit_id=enquiry.unit_id, title=enquiry.title)
    return enquiry
