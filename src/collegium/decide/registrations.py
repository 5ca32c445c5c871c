"""What this room puts into the registries of `base`, `people` and `talk`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base import errors, events, navigation, openings
from collegium.base.navigation import Entry
from collegium.base.openings import Opening
from collegium.decide import phrases, policies, talking
from collegium.decide.errors import WORDINGS
from collegium.decide.queries import draws
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.queries import own_data
from collegium.talk import subjects


def register_all() -> None:
    """Register the room's navigation, panels, indicators and words."""
    errors.register_wordings(WORDINGS)
    events.register_phrases(phrases.PHRASES)
    events.register_kinds(phrases.KINDS)
    subjects.register(talking.KIND, talking.load)
    own_data.register("draws", draws.dump)
    for entry in ENTRIES:
        navigation.register(entry)
    openings.register(OPENING)


def _sees(actor: Actor, place: Place | None) -> bool:
    return place is None or policies.can_view_decisions(actor, place)


ENTRIES = (Entry("decide.unit", _("Decide"), "decide:unit_decide", "decide", 400, True, _sees),)
OPENING = Opening("proposal", _("Ask a question"), "decide:matter_add", policies.can_start, {"reason": "background"})
