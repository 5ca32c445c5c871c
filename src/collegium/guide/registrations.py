"""What this room puts into the registries of `base`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base import errors, events, jobs, navigation, openings, own_part, panels
from collegium.base.navigation import Entry
from collegium.base.openings import Opening
from collegium.guide import mailing, phrases, policies, talking, tasks
from collegium.guide.errors import WORDINGS
from collegium.guide.presenters.own import SECTIONS, build_known
from collegium.guide.presenters.panels import PANELS
from collegium.guide.queries import own
from collegium.guide.services import answering_moves, digests
from collegium.people import erasure
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.persons import register_known
from collegium.people.queries import own_data
from collegium.talk import subjects


def register_all() -> None:
    """Register the room's navigation, panels, indicators and words."""
    errors.register_wordings(WORDINGS)
    events.register_phrases(phrases.PHRASES)
    events.register_kinds(phrases.KINDS)
    tasks.register_all()
    erasure.register(
        answering_moves.forget_person,
        consequence=_("Your dissent in reviews is deleted. What you judged was never yours to find."),
    )
    own_data.register("moves", own.dump)
    own_data.register("reviews", own.dump_reviews)
    subjects.register(talking.KIND, talking.load)
    erasure.register(digests.forget_person)
    own_data.register("digest", own.dump_digest)
    jobs.register(digests.SEND_JOB)(mailing.send)
    register_known(build_known)
    for section in SECTIONS:
        own_part.register(section)
    for panel in PANELS:
        panels.register(panel)
    for entry in ENTRIES:
        navigation.register(entry)
    openings.register(OPENING)


def _sees_guide(actor: Actor, place: Place | None) -> bool:
    # Without a place the entry leads to the actor's own unit, whose guide they may see.
    return place is None or policies.can_view_guide(actor, place)


ENTRIES = (Entry("guide.guide", _("Guide"), "guide:unit_guide", "guide", 900, True, _sees_guide),)
OPENING = Opening("review", _("Open a review"), "guide:reviews", policies.can_open_review)
