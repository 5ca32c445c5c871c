"""Small things in a line of text: tags, initials, numbers as people write them."""

from __future__ import annotations

import unicodedata

from django.utils.html import format_html
from django.utils.safestring import SafeString

from collegium.base import prose as base_prose
from collegium.site.charts import numbers as writing
from collegium.site.components.registry import check_choice, register

TAG_KINDS = ("plain", "accent", "look", "problem")
MARK_SIZES = ("s", "l")
MARK_TINTS = 5


@register.simple_tag
def tag(*, text: str, kind: str = "plain") -> SafeString:
    """Draw a word or two that sort a thing; `look` where it needs attention."""
    check_choice("kind", kind, TAG_KINDS)
    return format_html('<span class="tag tag-{}">{}</span>', kind, text)


@register.simple_tag
def person_mark(*, name: str, size: str = "s") -> SafeString:
    """Draw a person's initials; silent for screen readers, as the name stands beside it."""
    check_choice("size", size, MARK_SIZES)
    return format_html(
        '<span class="person-mark person-mark-{}" data-tint="{}" aria-hidden="true">{}</span>',
        size,
        sum(map(ord, name)) % MARK_TINTS + 1,
        initials_of(name),
    )


def initials_of(name: str) -> str:
    """Return the first letter of the first and of the last word of a name."""
    words = [word for word in name.split() if unicodedata.category(word[0])[0] == "L"]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"


@register.filter
def measure(value: float) -> str:
    """Write a measured value in at most three significant figures."""
    return writing.write_measure(value)


@register.filter
def percent(share: float) -> str:
    """Write a share between 0 and 1 as a whole percentage."""
    return writing.write_percent(share)


@register.filter
def count(number: int) -> str:
    """Write a whole number in full."""
    return writing.write_count(number)


@register.filter
def prose(text: str) -> SafeString:
    """Draw what somebody wrote in Markdown, cleaned."""
    return base_prose.to_html(text)


@register.filter
def plain(text: str) -> str:
    """Write Markdown as words alone, on one line and not for ever."""
    return base_prose.to_line(text)
