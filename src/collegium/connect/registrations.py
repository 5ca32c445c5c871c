"""What this room puts into the registries of `base`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base import errors, events, indicators, navigation, openings, own_part, panels, shared_work
from collegium.base.navigation import Entry
from collegium.base.openings import Opening
from collegium.base.shared_work import Together
from collegium.connect import import_errors, phrases, policies, tasks
from collegium.connect.errors import WORDINGS
from collegium.connect.indicators import INDICATORS
from collegium.connect.presenters import own_ties as own_tie_presenter
from collegium.connect.presenters.web_panels import PANELS
from collegium.connect.queries import own_ties, waves, webs
from collegium.connect.services import own_ties as own_tie_services
from collegium.listen.queries import instruments
from collegium.people import erasure
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters import persons
from collegium.people.queries import own_data


def register_all() -> None:
    """Register the room's navigation, panels, indicators and words."""
    errors.register_wordings(WORDINGS)
    errors.register_wordings(import_errors.WORDINGS)
    events.register_phrases(phrases.PHRASES)
    events.register_kinds(phrases.KINDS)
    events.register_phrases(import_errors.PHRASES)
    tasks.register_all()
    erasure.register(
        own_tie_services.forget_person,
        consequence=_("What you said of whom you turn to is deleted, and your mark is taken off every map."),
    )
    own_data.register("ties", own_ties.dump)
    instruments.register_use(waves.is_asked)
    persons.register_known(own_tie_presenter.list_known)
    for entry in ENTRIES:
        navigation.register(entry)
    openings.register(OPENING)
    shared_work.register_together(TOGETHER)
    for indicator in INDICATORS:
        indicators.register(indicator)
    for panel in PANELS:
        panels.register(panel)
    for section in own_tie_presenter.SECTIONS:
        own_part.register(section)


def _sees_web(actor: Actor, place: Place | None) -> bool:
    # Without a place the entry leads to the actor's own unit, whose web they may see.
    return place is None or policies.can_view_waves(actor, place)


ENTRIES = (Entry("connect.web", _("Connect"), "connect:unit_connect", "connect", 110, True, _sees_web),)
TOGETHER = Together(
    key="groups",
    title=_("In a group together"),
    inside=_("being in a group together"),
    find=webs.find_in_groups,
)
OPENING = Opening("tie_survey", _("Open a tie survey"), "connect:wave_add", policies.can_open_wave, {"reason": "why"})
