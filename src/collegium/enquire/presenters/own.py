"""What this room says of a reader on the page about their own data."""

from __future__ import annotations

from django.utils.translation import gettext as _

from collegium.enquire.queries import own
from collegium.people.actors import Actor
from collegium.people.presenters.persons import KnownFact


def list_known(actor: Actor) -> tuple[KnownFact, ...]:
    """Say which enquiries one is in."""
    return (
        KnownFact(
            term=_("Enquiries you are in"),
            values=tuple(row.title for row in own.list_own(actor.person_id)),
            seen_by=_("Everybody who belongs to the unit of the enquiry, and its team"),
            source=_("You, or an owner of the enquiry"),
        ),
    )
