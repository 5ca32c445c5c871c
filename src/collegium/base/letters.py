"""Mail that goes to many, one by one: each letter is filled from the two templates of its kind."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string

from collegium.base.jobs import Report

logger = logging.getLogger(__name__)

Letter = tuple[str, Mapping[str, Any]]  # an address, and what the templates see


def send_letters(template: str, letters: Iterable[Letter], *, total: int, report: Report) -> int:
    """Send each letter from `template`_subject.txt and `template`.txt, and return how many went out."""
    sent = 0
    with get_connection() as connection:
        for place, (address, context) in enumerate(letters, start=1):
            subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
            text = render_to_string(f"{template}.txt", context)
            try:
                EmailMessage(subject, text, to=[address], connection=connection).send()
                sent += 1
            except SMTPRecipientsRefused:  # one address that is wrong keeps nobody else from hearing
                logger.warning("a mail was refused for its recipient")
            report(place, total, "")
    return sent
