"""What the page about one's own data says of the line."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.intend.queries import own_line
from collegium.people.actors import Actor
from collegium.people.presenters.persons import KnownFact


def list_known(actor: Actor) -> tuple[KnownFact, ...]:
    """Return what one owns, signed on to, sees otherwise and worded."""
    own = own_line.get_own(actor.person_id)
    worded = ngettext("%(n)s wording of a text", "%(n)s wordings of texts", own.wordings) % {"n": own.wordings}
    rows = (
        (_("What you own on the line"), own.owned, _("Whoever may see the people of your school")),
        (_("Challenges you signed on to"), own.signed, _("Those who belong to the unit")),
        (_("Intents you see otherwise"), own.dissent, _("Those who belong to the unit")),
        (_("Texts you worded"), [worded] if own.wordings else [], _("Whoever may read the text")),
    )
    return tuple(
        KnownFact(term=term, values=tuple(values), seen_by=seen_by, source=_("You, on the pages of Intend"))
        for term, values, seen_by in rows
        if values
    )
