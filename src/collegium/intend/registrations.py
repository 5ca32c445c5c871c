"""What this room puts into the registries of `base`, `people` and `talk`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base import errors, events, indicators, navigation, openings, own_part, panels
from collegium.base.navigation import Entry
from collegium.base.openings import FirstStep, Opening
from collegium.intend import (
    line_indicators,
    phrases,
    policies,
    promise_registrations,
    talking,
    value_indicators,
    values_errors,
)
from collegium.intend.errors import WORDINGS
from collegium.intend.presenters import line_panels, own_line
from collegium.intend.presenters import mindscapes as mindscape_presenter
from collegium.intend.presenters import paths as path_presenter
from collegium.intend.queries import challenges as challenge_queries
from collegium.intend.queries import mindscapes as mindscape_queries
from collegium.intend.queries import own_line as own_line_queries
from collegium.intend.queries import paths as path_queries
from collegium.intend.queries import values as values_queries
from collegium.intend.services import mindscapes as mindscape_services
from collegium.intend.services import own_line as own_line_services
from collegium.intend.services import paths as path_services
from collegium.people import erasure
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters import persons
from collegium.people.queries import own_data
from collegium.talk import subjects


def register_all() -> None:
    """Register the room's navigation, panels, indicators and words."""
    errors.register_wordings(WORDINGS)
    _register_line()
    promise_registrations.register_all()
    _register_values()


def _register_line() -> None:
    events.register_phrases(phrases.PHRASES)
    events.register_kinds(phrases.KINDS)
    own_data.register("line", own_line_queries.dump)
    persons.register_known(own_line.list_known)
    erasure.register(
        own_line_services.forget_person,
        consequence=_("That you see an intent otherwise, and that you signed on to challenges, is deleted."),
    )
    for entry in ENTRIES:
        navigation.register(entry)
    openings.register(OPENING)
    subjects.register(talking.KIND, talking.load)
    for panel in line_panels.PANELS:
        panels.register(panel)
    for indicator in line_indicators.INDICATORS:
        indicators.register(indicator)


def _register_values() -> None:
    events.register_phrases(values_errors.PHRASES)
    events.register_kinds(values_errors.KINDS)
    errors.register_wordings(values_errors.WORDINGS)
    erasure.register(
        mindscape_services.forget_person,
        consequence=_(
            "What you wrote of your values is deleted, shared or not, and your name is taken off statements."
        ),
    )
    erasure.register(path_services.forget_person)
    own_data.register("values", mindscape_queries.dump)
    own_data.register("values_signed", values_queries.dump_signatures)
    own_data.register("how_units_begin", path_queries.dump)
    persons.register_known(mindscape_presenter.list_known)
    for panel in path_presenter.PANELS:
        panels.register(panel)
    for section in (*mindscape_presenter.SECTIONS, *path_presenter.SECTIONS):
        own_part.register(section)
    for indicator in value_indicators.INDICATORS:
        indicators.register(indicator)


def _sees_line(actor: Actor, place: Place | None) -> bool:
    return place is None or policies.can_view_line(actor, place)


_AROUND = ("promises/", "values/", "work-roles/", "u/{slug}/promises/", "u/{slug}/board/", "u/{slug}/work-roles/")
ENTRIES = (Entry("intend.line", _("Intend"), "intend:unit_intend", "intend", 300, True, _sees_line, _AROUND),)
OPENING = Opening(
    "challenge",
    _("Write a challenge"),
    "intend:challenge_write",
    policies.can_draft,
    {"reason": "why_now"},
    FirstStep(
        30,
        _("Agree one challenge"),
        _("Then everybody knows what should become true, by when, and how you will know; teams find the way."),
        challenge_queries.has_any,
    ),
)
