"""What this room knows of a reader, in words, for the page about their own data."""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.listen.queries import own_asking
from collegium.people.actors import Actor
from collegium.people.presenters.persons import KnownFact


def build_known(actor: Actor) -> tuple[KnownFact, ...]:
    """Say in which pulses the reader was asked, how often they may be, and what they wrote with a result."""
    own = own_asking.get_own_asking(actor.person_id)
    return (
        KnownFact(
            term=_("Pulses you were asked in"),
            values=tuple(
                (_("%(pulse)s, %(day)s: handed in") if row.answered else _("%(pulse)s, %(day)s: not handed in"))
                % {"pulse": row.pulse.title, "day": date_format(row.pulse.opens_at, "DATE_FORMAT")}
                for row in own.invitations
            ),
            seen_by=_("You. Nobody can tell which answers are yours"),
            source=_("Whoever opened the pulse"),
        ),
        KnownFact(
            term=_("How often you may be asked"),
            values=(
                ngettext(
                    "At most every week by pulses that come back",
                    "At most every %(count)d weeks by pulses that come back",
                    own.weeks_between,
                )
                % {"count": own.weeks_between},
            )
            if own.weeks_between
            else (),
            seen_by=_("You"),
            source=_("You"),
            change_url=reverse("listen:my_asking"),
        ),
        KnownFact(
            term=_("Notes you wrote with results"),
            values=tuple(
                _("%(text)s (%(pulse)s, %(unit)s)")
                % {"text": row.text, "pulse": row.pulse.title, "unit": row.unit.name}
                for row in own.notes
            ),
            seen_by=_("Everybody who sees the result"),
            source=_("You"),
        ),
    )
