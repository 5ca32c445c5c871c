"""What this room knows of a reader, in words, for the page about their own data."""

from __future__ import annotations

from django.utils.translation import gettext as _

from collegium.guide.queries import own
from collegium.people.actors import Actor
from collegium.people.presenters.persons import KnownFact


def build_known(actor: Actor) -> tuple[KnownFact, ...]:
    """Say which suggestions the reader answered."""
    rows = own.list_own_answers(actor.person_id)
    return (
        KnownFact(
            term=_("Suggestions of the guide that you answered"),
            values=tuple(_("%(move)s (%(unit)s)") % {"move": _(row.title), "unit": row.unit.name} for row in rows),
            seen_by=_("Whoever reads the trail of the unit; the guide shows the answer without your name"),
            source=_("You"),
        ),
    )
