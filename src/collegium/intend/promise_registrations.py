"""What promises, roles and boards put into the registries of `base` and `people`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base import calendars, errors, events, indicators, jobs, openings, own_part, panels, shared_work
from collegium.base.openings import Opening
from collegium.intend import promise_errors, promise_phrases
from collegium.intend import promise_policies as policies
from collegium.intend.presenters import own_promises as own_presenter
from collegium.intend.presenters.calendars import list_dates
from collegium.intend.presenters.promise_panels import PANELS
from collegium.intend.presenters.promises_left import list_left
from collegium.intend.promise_indicators import INDICATORS
from collegium.intend.queries import own_promises as own_queries
from collegium.intend.services import confirming, reminding
from collegium.intend.services import own_promises as own_services
from collegium.people import erasure
from collegium.people.presenters import persons
from collegium.people.queries import own_data


def register_all() -> None:
    """Register words, jobs, what is shown on "My part", and what is known of a person."""
    errors.register_wordings(promise_errors.WORDINGS)
    events.register_phrases(promise_phrases.PHRASES)
    events.register_kinds(promise_phrases.KINDS)
    jobs.register(confirming.CLOSE_JOB)(confirming.close)
    jobs.register(reminding.REMIND_JOB)(reminding.remind)
    for section in own_presenter.SECTIONS:
        own_part.register(section)
    for panel in PANELS:
        panels.register(panel)
    for indicator in INDICATORS:
        indicators.register(indicator)
    persons.register_known(own_presenter.list_known)
    shared_work.register_left(list_left)
    calendars.register("promises", list_dates)
    own_data.register("promises", own_queries.dump)
    erasure.register(
        own_services.forget_person,
        consequence=_(
            "What you promised stays without your name and asks for a new owner; what you wrote of it is deleted."
        ),
    )
    openings.register(Opening("promise", _("Promise something"), "intend:promise_add", policies.can_propose))
