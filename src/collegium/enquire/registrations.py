"""What this room puts into the registries of `base`, `people` and `talk`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base import errors, events, indicators, navigation, numbers, openings, panels, shared_work
from collegium.base.navigation import Entry
from collegium.base.openings import Opening
from collegium.enquire import phrases, policies, talking
from collegium.enquire.errors import WORDINGS
from collegium.enquire.indicators import INDICATORS
from collegium.enquire.presenters import left
from collegium.enquire.presenters import own as own_presenter
from collegium.enquire.presenters.numbers import MEASURES
from collegium.enquire.presenters.panels import PANELS
from collegium.enquire.queries import own
from collegium.enquire.services import cycles, drivers, enquiries, evidence, ideas, practices
from collegium.people import erasure
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters import persons
from collegium.people.queries import own_data
from collegium.talk import subjects


def register_all() -> None:
    """Register the room's navigation, panel, indicators, words, and what it holds of a person."""
    errors.register_wordings(WORDINGS)
    events.register_phrases(phrases.PHRASES)
    events.register_kinds(phrases.KINDS)
    erasure.register(
        enquiries.forget_person,
        consequence=_("You are taken out of every enquiry. What you wrote there stays, without your name."),
    )
    erasure.register(cycles.forget_person)
    erasure.register(drivers.forget_person)
    erasure.register(evidence.forget_person)
    erasure.register(ideas.forget_person)
    erasure.register(practices.forget_person)
    own_data.register("enquiries", own.dump)
    persons.register_known(own_presenter.list_known)
    for entry in ENTRIES:
        navigation.register(entry)
    for indicator in INDICATORS:
        indicators.register(indicator)
    for panel in PANELS:
        panels.register(panel)
    openings.register(OPENING)
    numbers.register(MEASURES)
    subjects.register(talking.KIND, talking.load)
    shared_work.register_together(left.TOGETHER)
    shared_work.register_left(left.list_left)


def _sees(actor: Actor, place: Place | None) -> bool:
    return place is None or policies.can_view_enquiries(actor, place)


ENTRIES = (Entry("enquire.unit", _("Enquire"), "enquire:unit_enquire", "enquire", 500, True, _sees),)
OPENING = Opening("enquiry", _("Begin an enquiry"), "enquire:enquiry_add", policies.can_begin, {"reason": "aim"})
