"""The normal form of texts, so that what is written is what is read."""

from __future__ import annotations

import re
import unicodedata

_BLANKS = re.compile(r"[ \t\n\r\f\v]+")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
# Marks that reverse the direction of text and can make it look like another on screen, and what is no character.
_UNWANTED = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, 0xFFFE, 0xFFFF])


def one_line(text: str) -> str:
    """`text` on one line: composed letters, single blanks, nothing invisible that controls a screen."""
    return _BLANKS.sub(" ", _plain(text)).strip()


def passage(text: str) -> str:
    """`text` as paragraphs with an empty line between them; how the lines were broken does not matter."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = (one_line(part) for part in _PARAGRAPHS.split(text))
    return "\n\n".join(part for part in parts if part)


def _plain(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text.translate(_UNWANTED))
    return "".join(" " if unicodedata.category(letter) in {"Cc", "Cs"} else letter for letter in text)
