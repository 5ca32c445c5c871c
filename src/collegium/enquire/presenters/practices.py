"""The draft in which an enquiry lives on: as a page, and as Markdown to take along."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from collegium.enquire import policies
from collegium.enquire.enums import Ending
from collegium.enquire.models import PracticeDraft
from collegium.enquire.presenters.frame import address_of, name_of
from collegium.enquire.queries import evidence as queries
from collegium.enquire.queries.enquiries import FoundEnquiry
from collegium.people.actors import Actor
from collegium.people.presenters.frame import UnitFrame, frame_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticePage:
    """What others should hear of an enquiry."""

    unit: UnitFrame
    enquiry: str
    enquiry_url: str
    ending: str
    title: str
    parts: tuple[tuple[str, str], ...]
    changed_at: dt.datetime
    changed_by: str
    change_url: str
    file_url: str


def present_practice(actor: Actor, found: FoundEnquiry) -> PracticePage:
    """Return the draft of a closed enquiry."""
    draft, row = queries.get_draft(found.enquiry), found.enquiry
    can_share = policies.can_share(actor, found.place, found.standing)
    return PracticePage(
        unit=frame_of(actor, found.place),
        enquiry=row.title,
        enquiry_url=address_of(row),
        ending=str(Ending(row.ending).label) if row.ending else "",
        title=draft.title,
        parts=_parts(draft),
        changed_at=draft.changed_at,
        changed_by=name_of(draft.changed_by),
        change_url=address_of(row, "practice_change") if can_share else "",
        file_url=address_of(row, "practice_file"),
    )


def write_markdown(found: FoundEnquiry) -> str:
    """Return the draft as Markdown."""
    draft, row = queries.get_draft(found.enquiry), found.enquiry
    ended = date_format(row.closed_at, "DATE_FORMAT") if row.closed_at else ""
    said = {"unit": found.place.name, "day": ended, "ending": Ending(row.ending).label if row.ending else ""}
    head = [f"# {draft.title}", _("%(unit)s, %(day)s. %(ending)s.") % said, f"**{_('Question')}:** {row.question}"]
    return "\n\n".join([*head, *(f"## {title}\n\n{text}" for title, text in _parts(draft))]) + "\n"


def _parts(draft: PracticeDraft) -> tuple[tuple[str, str], ...]:
    parts = (
        (_("What we found"), draft.finding),
        (_("How it is done"), draft.how),
        (_("What we would do again"), draft.again),
        (_("Who should know"), draft.who_should_know),
    )
    return tuple((title, text) for title, text in parts if text)
