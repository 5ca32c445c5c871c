"""The text of one cell: cleaned when read, guarded against formulas when written."""

from __future__ import annotations

import hashlib
import re
import unicodedata

# A spreadsheet runs a cell that begins so. The guard is one leading apostrophe; a text that already looks guarded gets
# one more, so that taking one away always gives back what was written.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_BLANKS = re.compile(r"\s+")
_EMAIL = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+\.[^\s@,;<>\".]+")
_KEY_NOISE = re.compile(r"[\s_\-./()\[\]:*#°'’]+")
# Marks that reverse the direction of text, and can make one name look like another on screen; and what is no character.
_UNWANTED = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, 0xFFFE, 0xFFFF])


def guard(text: str) -> str:
    """`text` as it may stand in a spreadsheet without being run as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """`text` without the apostrophe that `guard` put before it; any other text as it is."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def clean(text: str) -> str:
    """`text` in normal form: composed characters, single blanks, nothing invisible that controls a screen."""
    text = text.strip()
    if not text:
        return ""
    return normal(unguard(text) if text[0] == "'" else text)


def normal(text: str) -> str:
    """The normal form of any text, guarded or not."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()  # nearly every cell there is
    text = unicodedata.normalize("NFC", text.translate(_UNWANTED))
    text = "".join(" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text)
    return _BLANKS.sub(" ", text).strip()


def key(text: str) -> str:
    """A column title, role or type reduced to what identifies it: no case, accents, blanks or punctuation."""
    if not text.isascii():
        # Only Latin letters lose their marks: in Japanese the mark makes another letter.
        parts = unicodedata.normalize("NFKC", text)
        text = "".join(unicodedata.normalize("NFD", c)[0] if ord(c) < 0x250 else c for c in parts)
    return _KEY_NOISE.sub("", text.casefold())


def word_set(text: str) -> frozenset[str]:
    """The words of `text`, each reduced to its key; a semicolon may stand between groups of words."""
    return frozenset(key(word) for word in text.replace(";", " ").split())


def email_or_none(text: str) -> str | None:
    """The address in lower case; "" when there is none, None when the text is not an address."""
    text = text.lower()
    return text if not text or (len(text) <= 254 and _EMAIL.fullmatch(text)) else None


def derived_id(*parts: str) -> str:
    """An id made of others, the same every time; long ones are hashed so that they fit a column."""
    joined = "|".join(part.replace("|", "||") for part in parts)
    return joined if len(joined) <= 200 else hashlib.sha256(joined.encode()).hexdigest()
