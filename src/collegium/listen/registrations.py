"""What this room puts into the registries of `base`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base import errors, events, indicators, navigation, own_part, panels
from collegium.base.navigation import Entry
from collegium.listen import phrases, policies, tasks
from collegium.listen.errors import WORDINGS
from collegium.listen.indicators import INDICATORS
from collegium.listen.presenters.panels import PANELS
from collegium.listen.presenters.pulses_asked import SECTIONS
from collegium.people.actors import Actor
from collegium.people.places import Place


def register_all() -> None:
    """Register the room's navigation, panels, indicators and words."""
    errors.register_wordings(WORDINGS)
    events.register_phrases(phrases.PHRASES)
    tasks.register_all()
    for entry in ENTRIES:
        navigation.register(entry)
    for indicator in INDICATORS:
        indicators.register(indicator)
    for panel in PANELS:
        panels.register(panel)
    for section in SECTIONS:
        own_part.register(section)


def _sees_pulses(actor: Actor, place: Place | None) -> bool:
    # Without a place the entry leads to the actor's own unit, whose pulses they may see.
    return place is None or policies.can_view_pulses(actor, place)


ENTRIES = (Entry("listen.pulses", _("Listen"), "listen:unit_listen", "listen", 100, True, _sees_pulses),)
