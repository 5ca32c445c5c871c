"""Notes of what people made of a result together."""

from __future__ import annotations

from django.db import transaction

from collegium.base import prose, time
from collegium.listen.enums import SenseQuestion
from collegium.listen.errors import Invalid, NotAllowed, NotFound
from collegium.listen.models import SenseNote
from collegium.listen.queries.results import Result
from collegium.people.actors import Actor
from collegium.people.services.writing import record

NOTE_LIMIT = 2000


@transaction.atomic
def write_note(*, actor: Actor, result: Result, question: str, text: str) -> SenseNote:
    """Keep a note with a result; everybody whom the result is about may write one."""
    if not result.is_own or actor.recorded_id is None:
        raise NotAllowed("notes_of_others")
    if question not in SenseQuestion.values:
        raise Invalid("unknown_sense_question")
    note = SenseNote.objects.create(
        community_id=actor.community_id,
        pulse=result.pulse,
        unit_id=result.place.unit_id,
        question=question,
        text=_tidy(text),
        written_by_id=actor.recorded_id,
    )
    record(actor, "pulse.note_written", result.pulse, unit_id=result.place.unit_id, title=result.pulse.title)
    return note


@transaction.atomic
def change_note(*, actor: Actor, note: SenseNote, text: str) -> None:
    """Change one's own note; one without words is taken away."""
    if note.written_by_id is None or note.written_by_id != actor.recorded_id:
        raise NotFound
    if not text.strip():
        note.delete()
        return
    note.text, note.written_at = _tidy(text), time.now()
    note.save(update_fields=["text", "written_at"])


def _tidy(text: str) -> str:
    tidied = prose.tidy(text, limit=NOTE_LIMIT)
    if not tidied:
        raise Invalid("text_missing")
    return tidied
