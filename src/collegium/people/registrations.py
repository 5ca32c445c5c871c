"""What this room puts into the registries of `base`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base import errors, events, indicators, navigation, openings, panels
from collegium.base.navigation import Entry
from collegium.base.openings import FirstStep, Opening
from collegium.people import erasure, operator_words, phrases, policies, roster_errors, sign_in_errors, tasks, wording
from collegium.people.actors import Actor
from collegium.people.indicators import INDICATORS
from collegium.people.places import Place
from collegium.people.presenters.panels import PANELS
from collegium.people.queries import own_data, staff
from collegium.people.queries import tokens as token_queries
from collegium.people.services import rosters, tokens


def register_all() -> None:
    """Register the room's navigation, panels, indicators and words."""
    errors.register_wordings(wording.WORDINGS)
    errors.register_wordings(sign_in_errors.WORDINGS)
    errors.register_wordings(roster_errors.WORDINGS)
    errors.register_wordings(operator_words.WORDINGS)
    events.register_phrases(phrases.PHRASES)
    events.register_kinds(phrases.KINDS)
    events.register_phrases(roster_errors.PHRASES)
    events.register_phrases(operator_words.PHRASES)
    erasure.register(rosters.forget_person)
    erasure.register(tokens.forget_person, consequence=_("Programs that use a token of yours are let in no more."))
    own_data.register("tokens", token_queries.dump)
    tasks.register_all()
    for indicator in INDICATORS:
        indicators.register(indicator)
    for panel in PANELS:
        panels.register(panel)
    for entry in ENTRIES:
        navigation.register(entry)
    for opening in OPENINGS:
        openings.register(opening)


def _sees_people(actor: Actor, place: Place | None) -> bool:
    # Without a place the entry leads to the actor's own unit, whose people they may see.
    return place is None or policies.can_view_people(actor, place)


def _stewards(actor: Actor, place: Place | None) -> bool:
    return place is not None and policies.can_steward(actor, place)


ENTRIES = (
    Entry("people.home", _("Home"), "people:unit_home", "home", 0, True),
    Entry("people.people", _("People"), "people:unit_people", "people", 800, True, _sees_people),
    Entry("people.groups", _("Groups"), "people:unit_groups", "groups", 810, True, _sees_people),
    Entry("people.organisation", _("Organisation"), "people:unit_organisation", "grow", 820, True),
    Entry("people.roles", _("Looking after it"), "people:unit_roles", "look-after", 830, True, _sees_people),
    Entry("people.rosters", _("Rosters"), "people:roster_start", "upload", 835, True, _stewards),
    Entry("people.trail", _("Trail of changes"), "people:unit_audit", "history", 840, True, _stewards),
)

OPENINGS = (
    Opening("person", _("Add a person"), "people:person_add", policies.can_steward),
    Opening(
        "roster",
        _("Bring in a roster"),
        "people:roster_start",
        policies.can_steward,
        first_step=FirstStep(
            10,
            _("Bring your people"),
            _("Then everybody has a part here. A roster brings them all at once; a few can be added by hand."),
            lambda place: staff.has_people(place.unit_id, place.as_of),
        ),
    ),
    Opening("role", _("Give a role"), "people:role_give", policies.can_steward),
    Opening("group", _("Start a group"), "people:group_add", policies.can_lead, {"reason": "purpose"}),
)
