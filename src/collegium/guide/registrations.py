"""What this room puts into the registries of `base`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base import errors, navigation
from collegium.base.navigation import Entry
from collegium.guide import policies, tasks
from collegium.guide.errors import WORDINGS
from collegium.people.actors import Actor
from collegium.people.places import Place


def register_all() -> None:
    """Register the room's navigation, panels, indicators and words."""
    errors.register_wordings(WORDINGS)
    tasks.register_all()
    for entry in ENTRIES:
        navigation.register(entry)


def _sees_guide(actor: Actor, place: Place | None) -> bool:
    # Without a place the entry leads to the actor's own unit, whose guide they may see.
    return place is None or policies.can_view_guide(actor, place)


ENTRIES = (Entry("guide.guide", _("Guide"), "guide:indicators", "guide", 900, True, _sees_guide),)
