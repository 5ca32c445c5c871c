"""Words for numbers: how the options of an item may be written in an export, and which code each stands for."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable

from collegium.science.errors import UnusableInput
from collegium.science.measurement.moments import NO_ANSWER

_TAG = re.compile(r"<[^<>]{1,200}>")
_SIGNS = str.maketrans(
    {**dict.fromkeys("‘’‚‛′`´", "'"), **dict.fromkeys("“”„‟″«»", '"'), **dict.fromkeys("‐‑‒–—―−", "-")}
)
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_BLANKS = re.compile(r"\s+")
_ENDS = " \t.:;,!"
_WITH_NUMBER = (
    re.compile(r"^(?P<n>\d+)\s*[-=.):]+\s*(?P<label>\D.*)$"),
    re.compile(r"^(?P<label>.*\S)\s*\((?P<n>\d+)\)$"),
)
_LIME_CODE = re.compile(r"^(?:a|ao|l)0*(?P<n>\d{1,3})$")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split(","))


_NOT_ANSWERED = _words(
    "n/a,na,nan,none,null,-,.,not applicable,prefer not to say,prefer not to answer,don't know,dont know,do not know,"
    "no answer,no response,keine angabe,weiß nicht,nicht zutreffend,sans réponse,ne sait pas,-oth-"
)
_YES = _words("yes,y,true,x,1,ja,oui,sí,si,ticked,selected,checked")
_NO = _words("no,n,false,0,nein,non,not ticked,not selected,unchecked")


def normal(text: str) -> str:
    """Return a text without what only typography and tools make different."""
    text = _TAG.sub(" ", html.unescape(_UNSEEN.sub("", text))).translate(_SIGNS)
    text = unicodedata.normalize("NFKC", text).replace("...", "").translate(_SIGNS)
    return _BLANKS.sub(" ", text).strip(_ENDS).casefold()


class Options:
    """The codes from `lowest` to `highest`, and the labels that stand for them in any language."""

    def __init__(
        self, item: str, lowest: int, highest: int, labels: Iterable[tuple[int, str]] = (), *, is_tick: bool = False
    ) -> None:
        self.item, self.lowest, self.highest, self.is_tick = item, lowest, highest, is_tick
        self.labels: dict[str, int] = {}
        for code, label in labels:
            name = normal(label)
            if not name:
                continue
            other = self.labels.setdefault(name, code)
            UnusableInput.unless(
                other == code,
                "ambiguous_label",
                f"{item}: the label “{label}” stands for two options, {other} and {code}.",
                item=item,
            )

    def code(self, value: str, *, lime: bool = False) -> int | None:
        """Return the code of a cell, NO_ANSWER for a gap, None where it is no option.

        Raises UnusableInput where it could be two.
        """
        text = normal(value)
        if not text or (text in _NOT_ANSWERED and text not in self.labels):
            return 0 if self.is_tick and not text else NO_ANSWER
        found = self._readings(text, lime)
        UnusableInput.unless(
            len(found) <= 1,
            "ambiguous_option",
            f"“{value.strip()}” could be the option {' or '.join(map(str, sorted(found)))} of {self.item}.",
            item=self.item,
        )
        return found.pop() if found else None

    def _readings(self, text: str, lime: bool) -> set[int]:
        found = {self.labels[text]} if text in self.labels else set()
        number = _whole(text)
        if number is not None and self.lowest <= number <= self.highest:
            found.add(number)
        if self.is_tick:
            found |= {1} if text in _YES else {0} if text in _NO else set()
        for pattern in _WITH_NUMBER:
            if (both := pattern.match(text)) and (code := self.labels.get(both["label"].strip(_ENDS))) is not None:
                found.add(code)
                # A number that is no code only counts the answers of a list; one that is a code must be the same.
                if self.lowest <= int(both["n"]) <= self.highest:
                    found.add(int(both["n"]))
        if lime and not found and (coded := _LIME_CODE.match(text)):
            place = int(coded["n"])
            if 1 <= place <= self.highest - self.lowest + 1:
                found.add(self.lowest + place - 1)
        return found

    def said(self) -> str:
        """Return the options as an error names them."""
        if not self.labels:
            return f"{self.lowest} to {self.highest}"
        seen: dict[int, str] = {}
        for label, code in self.labels.items():
            seen.setdefault(code, label)
        return ", ".join(f"{code} “{seen[code]}”" for code in sorted(seen))


def _whole(text: str) -> int | None:
    """Return a whole number, also where a spreadsheet wrote it as 3.0."""
    text = text.removesuffix(".0").removesuffix(",0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None
