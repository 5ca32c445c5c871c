"""How numbers are written: three significant figures at most, percentages whole, counts exact."""

from __future__ import annotations

import math
from functools import lru_cache

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from collegium.base.figures import Style

SIGNIFICANT = 3


def write_measure(value: float) -> str:
    """Write a measured value in three significant figures, as the reader's locale writes numbers."""
    if value == 0:
        return number_format(0, use_l10n=True)
    rounded = round(value, _places_of(value))
    # Rounding may have carried 9.996 over to 10, which has one place less.
    return _with_minus(number_format(rounded, max(0, _places_of(rounded)), use_l10n=True, force_grouping=True))


def write_score(value: float) -> str:
    """Write a score that was rounded to one decimal before it was shown: never more of them, and never fewer."""
    return _score(round(value, 1), get_language())


@lru_cache(maxsize=1024)
def _score(value: float, _language: str | None) -> str:
    # There are few of them, and a page of many schools writes each often.
    return _with_minus(number_format(value, 1, use_l10n=True))


def write_percent(share: float) -> str:
    """Write a share between 0 and 1 as a whole percentage, halves rounded up."""
    # Half up, because people check these by hand and were not taught banker's rounding.
    whole = math.floor(share * 100 + 0.5)
    return _("%(number)s%%") % {"number": _with_minus(number_format(whole, use_l10n=True))}


def write_count(count: float) -> str:
    """Write a whole number in full."""
    return _with_minus(number_format(round(count), use_l10n=True, force_grouping=True))


def write_value(value: float, style: Style) -> str:
    """Write a value in the style of its figure."""
    writers = {"measure": write_measure, "score": write_score, "percent": write_percent, "count": write_count}
    return writers[style](value)


def write_row(value: float | None, words: str, style: Style) -> str:
    """Write a value, or the words that stand for it, or why it is absent."""
    return words or (write_not_shown() if value is None else write_value(value, style))


def write_range(low: float, high: float, style: Style) -> str:
    """Write an interval in words."""
    return _range(low, high, style, get_language())


@lru_cache(maxsize=4096)
def _range(low: float, high: float, style: Style, _language: str | None) -> str:
    return _("%(low)s to %(high)s") % {"low": write_value(low, style), "high": write_value(high, style)}


def write_n(n: int) -> str:
    """Write how many answered."""
    return ngettext("%(count)s answer", "%(count)s answers", n) % {"count": write_count(n)}


def write_not_shown() -> str:
    """Say why a number is absent."""
    return _("Not shown (fewer than 5 answers)")


def _places_of(value: float) -> int:
    return SIGNIFICANT - 1 - math.floor(math.log10(abs(value)))


def _with_minus(text: str) -> str:
    return "−" + text[1:] if text.startswith("-") else text
