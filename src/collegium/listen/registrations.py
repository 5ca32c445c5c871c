"""What this room puts into the registries of `base`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base import errors, events, indicators, navigation, numbers, openings, own_part, panels
from collegium.base.navigation import Entry
from collegium.base.openings import FirstStep, Opening
from collegium.listen import phrases, policies, tasks
from collegium.listen.errors import WORDINGS
from collegium.listen.indicators import INDICATORS
from collegium.listen.presenters.numbers import FACETS
from collegium.listen.presenters.own_asking import build_known
from collegium.listen.presenters.panels import PANELS
from collegium.listen.presenters.pulses_asked import SECTIONS
from collegium.listen.queries import heartbeat, own_asking
from collegium.listen.survey_indicators import list_survey_indicators
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.persons import register_known
from collegium.people.queries import own_data


def register_all() -> None:
    """Register the room's navigation, panels, indicators and words."""
    errors.register_wordings(WORDINGS)
    events.register_phrases(phrases.PHRASES)
    events.register_kinds(phrases.KINDS)
    tasks.register_all()
    for entry in ENTRIES:
        navigation.register(entry)
    openings.register(OPENING)
    for indicator in (*INDICATORS, *list_survey_indicators()):
        indicators.register(indicator)
    indicators.register_clock(heartbeat.list_come_out)
    numbers.register(FACETS)
    for panel in PANELS:
        panels.register(panel)
    for section in SECTIONS:
        own_part.register(section)
    register_known(build_known)
    own_data.register("pulses", own_asking.dump)


def _sees_pulses(actor: Actor, place: Place | None) -> bool:
    # Without a place the entry leads to the actor's own unit, whose pulses they may see.
    return place is None or policies.can_view_pulses(actor, place)


ENTRIES = (Entry("listen.pulses", _("Listen"), "listen:unit_listen", "listen", 100, True, _sees_pulses),)
OPENING = Opening(
    "pulse",
    _("Open a pulse"),
    "listen:pulse_add",
    policies.can_run_pulse,
    {"reason": "why"},
    FirstStep(
        20,
        _("Take a first pulse"),
        _("Then you know how trust, collaboration and belief stand, and people have seen that nobody is picked out."),
        heartbeat.has_asked,
    ),
)
