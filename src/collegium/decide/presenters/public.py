"""What was decided, as anybody reads it without signing in: no name of a person is among it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language

from collegium import __version__
from collegium.decide.enums import Public, Verdict
from collegium.decide.models import Matter, Outcome
from collegium.decide.queries.public import PublicMatter


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicOutcome:
    """What was decided, why, what would make us stop, when it is looked at again, and what was found."""

    statement: str
    reasons: str
    stop_if: str
    published_on: dt.date
    review_on: dt.date
    verdict: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPage:
    """The public page of a decision."""

    unit_name: str
    question: str
    outcomes: tuple[PublicOutcome, ...]
    is_found: bool  # by search engines
    url: str
    etag: str


def present_public(found: PublicMatter) -> PublicPage:
    """Return what the public reads."""
    matter = found.matter
    outcomes = present_outcomes(found.outcomes)
    shown = repr((__version__, get_language(), matter.unit.name, matter.question, matter.public, outcomes))
    return PublicPage(
        unit_name=matter.unit.name,
        question=matter.question,
        outcomes=outcomes,
        is_found=matter.public == Public.EVERYBODY,
        url=public_url(matter),
        etag=f'"{hashlib.sha256(shown.encode()).hexdigest()[:32]}"',
    )


def present_outcomes(outcomes: Sequence[Outcome]) -> tuple[PublicOutcome, ...]:
    """Return outcomes as the public reads them."""
    return tuple(
        PublicOutcome(
            statement=row.statement,
            reasons=row.reasons,
            stop_if=row.stop_if,
            published_on=row.published_at.date(),
            review_on=row.review_on,
            verdict=capfirst(str(Verdict(row.verdict).label)) if row.verdict else "",
            found=row.found,
        )
        for row in outcomes
    )


def public_url(matter: Matter) -> str:
    """Return where anybody reads what was decided."""
    return str(settings.BASE_URL) + reverse("decide:public", args=[matter.id])
