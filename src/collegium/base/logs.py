"""Structured logs without personal data.

Every record is one JSON object. What a person typed or is called has no place in it: fields named like personal data
are dropped, and what looks like an email address or a secret in an address is masked, in message and traceback. What an
error says keeps its own words, but not the values that it quotes, nor the row that a database shows.
"""

from __future__ import annotations

import logging
import re
import traceback
from types import TracebackType
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
# What follows these in an address lets in whoever has it: to confirm, as somebody of the demo, to a pulse.
_SECRET_PATH = re.compile(r"(/(?:account|demo)/[\w-]+/(?:key/|confirm/)?|/a/)[\w:.-]{16,}")


def mask(text: str) -> str:
    """Return the text with email addresses, query strings and secrets in addresses masked."""
    return _SECRET_PATH.sub(r"\1[masked]", _QUERY.sub(r"\1[masked]", _EMAIL.sub("[email]", text)))


_QUOTED = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|“[^”]*”|‘[^’]*’""")
_NAME_IN_CODE = re.compile(r"[a-z0-9_.:/-]*")
_SHOWN_ROW = re.compile(r"^(?:DETAIL|CONTEXT):", re.MULTILINE)
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def _hide_value(found: re.Match[str]) -> str:
    # Keys, columns and templates are what a programmer named; anything else may be what a person typed.
    return found[0] if _NAME_IN_CODE.fullmatch(found[0][1:-1]) else "[value]"


def tell(error: BaseException) -> str:
    """Return the traceback of an error, after those of the errors that led to it, without the values they speak of."""
    told: list[str] = []
    seen: set[int] = set()
    now: BaseException | None = error
    while now is not None and id(now) not in seen:
        seen.add(id(now))
        frames = "".join(traceback.format_tb(now.__traceback__))
        said = _QUOTED.sub(_hide_value, _SHOWN_ROW.split(str(now))[0].strip())
        told.append(f"Traceback (most recent call last):\n{frames}{type(now).__qualname__}: {said}")
        now = now.__cause__ or (None if now.__suppress_context__ else now.__context__)
    return "\n\nwhich led to\n\n".join(reversed(told))


class _QuietTracebacks(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # Another formatter may have left its own there.
        return super().format(record)

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 the name that logging gave it
        return tell(ei[1]) if ei[1] is not None else ""


class QuietJsonFormatter(_QuietTracebacks, JsonFormatter):
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


class QuietFormatter(_QuietTracebacks):
    """One plain line for a terminal, with the same masking."""

    def __init__(self) -> None:
        super().__init__("{levelname} {name}: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        """Format and mask."""
        return mask(super().format(record))
