"""What is published of a closed secret vote."""

from __future__ import annotations

from django.db.models import QuerySet

from collegium.decide.models.ballots import SecretBallot, SecretReason
from collegium.decide.models.polls import Poll


def list_ballots(poll: Poll) -> QuerySet[SecretBallot]:
    """Return the published ballots by their codes; the caller has found the vote for somebody."""
    return SecretBallot.objects.filter(poll=poll).order_by("code")


def find_ballot(poll: Poll, code: str) -> SecretBallot | None:
    """Return the published ballot of a code, however it was typed."""
    tidied = "".join(letter for letter in code.upper() if letter.isalnum())[:40]
    return SecretBallot.objects.filter(poll=poll, code=tidied).first()


def list_reasons(poll: Poll) -> list[str]:
    """Return the words that stood beside ballots, in the order of the words."""
    return sorted(SecretReason.objects.filter(poll=poll).values_list("text", flat=True))
