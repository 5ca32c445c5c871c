"""What people made of a result together."""

from __future__ import annotations

import uuid

from collegium.listen.errors import NotFound
from collegium.listen.models import SenseNote
from collegium.listen.queries.results import Result
from collegium.people.actors import Actor


def list_notes(result: Result) -> list[SenseNote]:
    """Return the notes that are kept with a result, the oldest first."""
    notes = SenseNote.objects.filter(pulse=result.pulse, unit_id=result.place.unit_id)
    return list(notes.select_related("written_by").order_by("written_at", "id"))


def get_note_for(actor: Actor, result: Result, note_id: uuid.UUID) -> SenseNote:
    """Return a note that the actor wrote; NotFound when it is another's."""
    note = SenseNote.objects.filter(
        id=note_id, pulse=result.pulse, unit_id=result.place.unit_id, written_by_id=actor.person_id
    ).first()
    if note is None:
        raise NotFound
    return note
