"""Longer texts that people write: Markdown in, cleaned HTML or plain words out.

Markdown's own HTML is off, and what is made of the rest is cleaned once more by a list of what is allowed: no image, no
script, no style, no address but of the web and of mail. Headings begin under those of the page.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from html import unescape

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from collegium.base.errors import Invalid

LIMIT = 20_000
FIRST_HEADING = 3  # a page has its own first and second level
_TAGS = {"a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "strong", "ul"}
_BLOCKS = re.compile(r"</(?:p|li|h\d|blockquote|pre)>|<(?:br|hr)[^>]*>")
_BLANK_LINES = re.compile(r"\n\s*\n+")


def tidy(text: str, *, limit: int = LIMIT) -> str:
    """Return a longer text as it is kept: composed letters, one kind of line end. Invalid when it is too long."""
    lines = unicodedata.normalize("NFC", text.replace("\0", "")).replace("\r\n", "\n").replace("\r", "\n")
    tidied = lines.strip()
    if len(tidied) > limit:
        raise Invalid("text_too_long", limit=limit)
    return tidied


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "linkify": False}).disable("image")


def to_html(text: str) -> SafeString:
    """Return Markdown as HTML that is safe to put into a page."""
    reader = _reader()
    tokens = reader.parse(text.replace("\0", ""))
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1:]) + FIRST_HEADING - 1, 6)}"
    drawn = reader.renderer.render(tokens, reader.options, {})
    cleaned = nh3.clean(
        drawn,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener noreferrer",
    )
    return mark_safe(cleaned)  # noqa: S308 cleaned on the line above


def to_plain(text: str) -> str:
    """Return Markdown as words alone, a line for each paragraph or point: for mail, search and spreadsheets."""
    with_breaks = _BLOCKS.sub(lambda found: f"{found.group()}\n", str(to_html(text)))
    words = unescape(nh3.clean(with_breaks, tags=set()))
    return _BLANK_LINES.sub("\n", words).strip()


def to_line(text: str, *, limit: int = 160) -> str:
    """Return the beginning of a text on one line, cut between two words."""
    line = " ".join(to_plain(text).split())
    return line if len(line) <= limit else line[:limit].rsplit(" ", 1)[0] + " …"
