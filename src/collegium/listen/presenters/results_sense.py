"""Making sense of a result together: a guide for half an hour, and the notes that are kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from collegium.listen.enums import SenseQuestion
from collegium.listen.presenters.results import ResultHead, present_head, waves_of
from collegium.listen.queries import sense
from collegium.listen.queries.results import Result
from collegium.people.actors import Actor
from collegium.people.presenters.frame import UnitFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLine:
    """A note as it is read."""

    text: str
    author: str
    written_at: dt.datetime
    change_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteQuestion:
    """One of the three questions with its notes."""

    text: str
    notes: tuple[NoteLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SensePage:
    """The guide and the notes."""

    head: ResultHead
    questions: tuple[NoteQuestion, ...]
    can_write: bool

    @property
    def unit(self) -> UnitFrame:
        """The unit, for what stands around every page about one."""
        return self.head.unit


def present_sense(actor: Actor, result: Result) -> SensePage:
    """Return the guide and the notes of a result."""
    notes = sense.list_notes(result)
    return SensePage(
        head=present_head(actor, result, waves_of(result)),
        can_write=result.is_own and actor.recorded_id is not None,
        questions=tuple(
            NoteQuestion(
                text=str(question.label),
                notes=tuple(
                    NoteLine(
                        text=note.text,
                        author=note.written_by.full_name if note.written_by else "",
                        written_at=note.written_at,
                        change_url=reverse("listen:note_change", args=[result.place.slug, result.pulse.id, note.id])
                        if note.written_by_id == actor.person_id
                        else "",
                    )
                    for note in notes
                    if note.question == question
                ),
            )
            for question in SenseQuestion
        ),
    )
