"""What this room puts into the registries of `base` and `people`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base import errors, events, own_part
from collegium.people import erasure
from collegium.people.presenters import persons
from collegium.people.queries import own_data
from collegium.talk import phrases
from collegium.talk.errors import WORDINGS
from collegium.talk.presenters import own as own_presenter
from collegium.talk.queries import own
from collegium.talk.services import comments


def register_all() -> None:
    """Register the room's words, and what it knows of a person."""
    errors.register_wordings(WORDINGS)
    events.register_phrases(phrases.PHRASES)
    events.register_kinds(phrases.KINDS)
    erasure.register(
        comments.forget_person,
        consequence=_("What you wrote in conversations is emptied, with the files you added; answers to it stay."),
    )
    own_data.register("conversations", own.dump)
    persons.register_known(own_presenter.list_known)
    for section in own_presenter.SECTIONS:
        own_part.register(section)
