"""Saying everything round the questions in the language of a pulse."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

from django.conf import settings
from django.utils.translation import check_for_language, get_language, override


def speaking(language: str) -> AbstractContextManager[None]:
    """Speak a language where this house knows it, and the reader does not read another kind of it already."""
    is_spoken = language in dict(settings.LANGUAGES) and check_for_language(language)
    is_read = (get_language() or "").partition("-")[0] == language.partition("-")[0]
    return override(language) if is_spoken and not is_read else nullcontext()
