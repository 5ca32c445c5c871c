"""Mail that goes to many, one by one: each letter is filled from the two templates of its kind."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string

from collegium.base.jobs import Report

logger = logging.getLogger(__name__)

Letter = tuple[str, Mapping[str, Any]]  # an address, and what the templates see


def send_letters(template: str, letters: Iterable[Letter], *, total: int, report: Report) -> int:
    """Send each letter from `template`_subject.txt and `template`.txt, and return how many went out."""
    sent = 0
    with get_connection() as connection:
        for place, (address, context) in enumerate(letters, start=1):
            sent += deliver(write_letter(template, context, to=address), connection)
            report(place, total, "")
    return sent


def write_letter(
    template: str, context: Mapping[str, Any], *, to: str, headers: Mapping[str, str] | None = None
) -> EmailMultiAlternatives:
    """Return the letter from `template`_subject.txt and `template`.txt."""
    subject = " ".join(render_to_string(f"{template}_subject.txt", dict(context)).split())
    text = render_to_string(f"{template}.txt", dict(context))
    return EmailMultiAlternatives(subject, text, to=[to], headers=dict(headers or {}))


def deliver(message: EmailMultiAlternatives, connection: BaseEmailBackend) -> bool:
    """Send a letter, and say whether it went out: one address that is wrong keeps nobody else from hearing."""
    message.connection = connection
    try:
        message.send()
    except SMTPRecipientsRefused:
        logger.warning("a mail was refused for its recipient")
        return False
    return True
