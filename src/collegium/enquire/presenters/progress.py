"""How far an enquiry is, beside what can be seen of it; and who could help one that is stuck."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from collegium.enquire.enums import Signal
from collegium.enquire.models import Enquiry
from collegium.enquire.presenters.frame import address_of, name_of
from collegium.enquire.progress import STEPS, find_missing, find_supported
from collegium.enquire.queries import portfolio
from collegium.enquire.queries.enquiries import FoundEnquiry
from collegium.people.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class NearShown:
    """An enquiry elsewhere whose people may know."""

    where: str
    title: str
    url: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressShown:
    """How far an enquiry is: what its team says, and what is missing for that; and what would help it."""

    step: str
    says: str
    why: str
    said_at: dt.datetime | None
    missing: tuple[str, ...]
    supported: str
    supported_says: str
    signal: str
    set_url: str
    help_wanted: str
    help_at: dt.datetime | None
    help_url: str
    near: tuple[NearShown, ...]


def present_progress(actor: Actor, found: FoundEnquiry, *, owners: int, can_work: bool) -> ProgressShown:
    """Return how far an enquiry is, for its page."""
    row = found.enquiry
    evidence = portfolio.read_evidence(row, owners)
    supported = find_supported(evidence)
    near = portfolio.list_near(actor, row) if row.help_at and not found.is_closed else []
    return ProgressShown(
        step=write_step(row.progress),
        says=str(STEPS[row.progress]) if row.progress else "",
        why=row.progress_why,
        said_at=row.progress_at,
        missing=find_missing(row.progress, evidence),
        supported=write_step(supported),
        supported_says=str(STEPS[supported]),
        signal=str(Signal(row.signal).label) if row.signal else "",
        set_url=address_of(row, "progress_set") if can_work else "",
        help_wanted=row.help_wanted,
        help_at=row.help_at,
        help_url=address_of(row, "help_ask") if can_work else "",
        near=tuple(
            NearShown(
                where=one.enquiry.unit.name,
                title=one.enquiry.title if one.may_read or one.is_told else _("An enquiry"),
                url=address_of(one.enquiry) if one.may_read else "",
                who=_owners(one.enquiry) if one.may_read else "",
            )
            for one in near
        ),
    )


def _owners(row: Enquiry) -> str:
    return ", ".join(name for name in (name_of(row.owner), name_of(row.second_owner)) if name)


def write_step(half_steps: int) -> str:
    """Return a step as it is written, such as 3.5; nothing where none was said."""
    return f"{half_steps / 2:g}" if half_steps else ""
