"""What this room puts into the registries of `base`."""

from __future__ import annotations

from collegium.base import errors, events
from collegium.connect import import_errors, phrases, tasks
from collegium.connect.errors import WORDINGS
from collegium.connect.queries import own_ties, waves
from collegium.connect.services import own_ties as own_tie_services
from collegium.listen.queries import instruments
from collegium.people import erasure
from collegium.people.queries import own_data


def register_all() -> None:
    """Register the room's navigation, panels, indicators and words."""
    errors.register_wordings(WORDINGS)
    errors.register_wordings(import_errors.WORDINGS)
    events.register_phrases(phrases.PHRASES)
    events.register_phrases(import_errors.PHRASES)
    tasks.register_all()
    erasure.register(own_tie_services.forget_person)
    own_data.register("ties", own_ties.dump)
    instruments.register_use(waves.is_asked)
