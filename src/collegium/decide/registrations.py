"""What this room puts into the registries of `base`, `people` and `talk`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base import calendars, errors, events, indicators, navigation, openings, own_part, panels, shared_work
from collegium.base.navigation import Entry
from collegium.base.openings import Opening
from collegium.decide import phrases, policies, talking, tasks
from collegium.decide.errors import WORDINGS
from collegium.decide.indicators import INDICATORS
from collegium.decide.presenters import left, meetings
from collegium.decide.presenters import own as own_presenter
from collegium.decide.presenters.panels import PANELS
from collegium.decide.queries import draws
from collegium.decide.queries import own as own_queries
from collegium.decide.services import own as own_services
from collegium.people import erasure
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters import persons
from collegium.people.queries import own_data
from collegium.talk import subjects


def register_all() -> None:
    """Register the room's navigation, panels, indicators and words."""
    errors.register_wordings(WORDINGS)
    events.register_phrases(phrases.PHRASES)
    events.register_kinds(phrases.KINDS)
    tasks.register_all()
    subjects.register(talking.KIND, talking.load)
    own_data.register("draws", draws.dump)
    erasure.register(
        own_services.forget_person,
        consequence=_(
            "Reasons beside your open ballots, your dissent and your questions about decisions are deleted. What you "
            "proposed, and your ideas, stay without your name."
        ),
    )
    own_data.register("decisions", own_queries.dump)
    persons.register_known(own_presenter.list_known)
    for entry in ENTRIES:
        navigation.register(entry)
    for indicator in INDICATORS:
        indicators.register(indicator)
    for panel in PANELS:
        panels.register(panel)
    for section in (*own_presenter.SECTIONS, *meetings.SECTIONS):
        own_part.register(section)
    openings.register(OPENING)
    shared_work.register_together(left.TOGETHER)
    shared_work.register_left(left.list_left)
    calendars.register("meetings", meetings.list_dates)


def _sees(actor: Actor, place: Place | None) -> bool:
    return place is None or policies.can_view_decisions(actor, place)


ENTRIES = (Entry("decide.unit", _("Decide"), "decide:unit_decide", "decide", 400, True, _sees, ("decide/",)),)
OPENING = Opening("proposal", _("Ask a question"), "decide:matter_add", policies.can_start, {"reason": "background"})
