"""Structured logs without personal data.

Every record is one JSON object. What a person typed or is called has no place in it: fields named like personal data
are dropped, and what looks like an email address or a secret in an address is masked, in message and traceback.
"""

from __future__ import annotations

import logging
import re
from typing import Any

from pythonjsonlogger.json import JsonFormatter

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_QUERY = re.compile(r"(\?)[^\s\"']+")
_PERSONAL = frozenset(
    {
        "email",
        "name",
        "given_name",
        "family_name",
        "username",
        "user",
        "password",
        "token",
        "code",
        "request",
        "session",
    }
)
_SECRET_PATH = re.compile(r"(/(?:account|demo)/[\w-]+/(?:key/|confirm/)?)[\w:.-]{16,}")


def mask(text: str) -> str:
    """Return the text with email addresses, query strings and secrets in addresses masked."""
    return _SECRET_PATH.sub(r"\1[masked]", _QUERY.sub(r"\1[masked]", _EMAIL.sub("[email]", text)))


class QuietJsonFormatter(JsonFormatter):
    """JSON lines with personal data left out."""

    def __init__(self) -> None:
        super().__init__(
            "{levelname}{name}{message}",
            style="{",
            rename_fields={"levelname": "level", "name": "logger"},
            timestamp="at",
        )

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """Drop and mask what could be personal."""
        kept = {key: value for key, value in log_data.items() if key not in _PERSONAL}
        return {key: mask(value) if isinstance(value, str) else value for key, value in kept.items()}


class QuietFormatter(logging.Formatter):
    """One plain line for a terminal, with the same masking."""

    def __init__(self) -> None:
        super().__init__("{levelname} {name}: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        """Format and mask."""
        return mask(super().format(record))
