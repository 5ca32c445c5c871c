"""An instrument in the making: what an importer finds is put here, made to fit, and checked like any file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from collegium.listen.instruments import limits, texts
from collegium.listen.instruments.building import build
from collegium.listen.instruments.importing.notes import LEFT_OUT, Imported, ImportNote, NoteCode
from collegium.listen.instruments.model import ItemKind
from collegium.listen.instruments.problems import InstrumentProblems, Problem, ProblemCode
from collegium.listen.instruments.tables import LANGUAGE, LONGEST_KEY, shortened

AGREEMENT = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")
ByLanguage = Mapping[str, str]

_EXPRESSION = re.compile(r"\{[^{}]*\}")
_NO_ANSWER = re.compile(
    r"(i )?(don.?t|do not) know|not sure|can.?t say|cannot say|no answer|no opinion|prefer not to (say|answer)"
    r"|n\s*/\s*a|not applicable|does not apply|wei(ß|ss) nicht|keine angabe|trifft nicht zu|ne sais? pas|sans avis"
    r"|no s[eé]|no contesta|weet niet|geen mening",
    re.IGNORECASE,
)


class Draft:
    """What was found so far."""

    def __init__(self, languages: Sequence[str]) -> None:
        tags = [tag for tag in dict.fromkeys(language_tag(language) for language in languages) if tag]
        self.languages = tuple(tags[: limits.MOST_LANGUAGES]) or ("en",)
        self.notes: list[ImportNote] = []
        self._noted: set[object] = set()
        self.scales: dict[str, dict[str, Any]] = {}
        self.facets: dict[str, dict[str, Any]] = {}
        self.items: list[dict[str, Any]] = []
        self._keys: set[str] = set()
        self._facet_shapes: dict[str, object] = {}

    def note(self, where: str, code: NoteCode, /, **data: object) -> None:
        """Write down what was left out or decided, once for each place."""
        facts = {name: str(value) for name, value in data.items()}
        said = (where, code, tuple(facts.items()))
        if said not in self._noted and len(self.notes) < limits.MOST_NOTES:
            self._noted.add(said)
            self.notes.append(ImportNote(where, code, facts))

    @property
    def is_full(self) -> bool:
        """Whether no further item can be taken."""
        return len(self.items) >= limits.MOST_ITEMS

    # --- texts --------------------------------------------------------------------------------------------------------
    def words(self, where: str, by_language: ByLanguage, longest: int, *, fill: bool = True) -> dict[str, str]:
        """A text in every language, cut to what fits; empty where there is none in any."""
        found = {language: self._text(where, by_language.get(language, ""), longest) for language in self.languages}
        there = {language: text for language, text in found.items() if text}
        if not there:
            return {}
        other = next(iter(there))
        for language in self.languages:
            if language not in there and fill:
                self.note(where, NoteCode.LANGUAGE_FILLED, language=language, other=other)
        return {language: there.get(language, there[other]) for language in self.languages}

    def _text(self, where: str, text: str, longest: int) -> str:
        text = texts.one_line(text)
        for expression in _EXPRESSION.findall(text):
            self.note(where, NoteCode.EXPRESSION, value=shortened(expression))
        text = texts.one_line(re.sub(r"\s+([.,;?!])", r"\1", _EXPRESSION.sub("", text)) if "{" in text else text)
        if len(text) > longest:
            self.note(where, NoteCode.TEXT_CUT, limit=longest)
            text = text[: longest - 1].rstrip() + "…"
        return text

    def everywhere(self, text: str) -> dict[str, str]:
        """The same text in every language."""
        return dict.fromkeys(self.languages, text)

    # --- parts --------------------------------------------------------------------------------------------------------
    def key(self, where: str, code: str, otherwise: str) -> str:
        """A key for an item that no other has."""
        wanted = slug(code) or slug(otherwise) or "item"
        key = free_key(wanted, self._keys)
        if key != wanted and code:
            self.note(where, NoteCode.DUPLICATE_CODE, code=shortened(code), key=key)
        self._keys.add(key)
        return key

    def scale(self, where: str, labels: Sequence[ByLanguage]) -> str:
        """The key of a scale with these labels; empty where they make none."""
        if len(labels) > limits.MOST_OPTIONS:
            self.note(where, NoteCode.TOO_MANY_OPTIONS, count=len(labels), limit=limits.MOST_OPTIONS_OF_SCALE)
            return ""
        kept = [words for words in (self.words(where, label, limits.LONGEST_LABEL) for label in labels) if words]
        while kept and _NO_ANSWER.fullmatch(kept[-1][self.languages[0]].strip(" .")):
            self.note(where, NoteCode.NO_ANSWER_OPTION, label=kept.pop()[self.languages[0]])
        if len(kept) < 2:
            self.note(where, NoteCode.NO_OPTIONS)
            return ""
        if len(kept) > limits.MOST_OPTIONS_OF_SCALE:
            self.note(where, NoteCode.TOO_MANY_OPTIONS, count=len(kept), limit=limits.MOST_OPTIONS_OF_SCALE)
            return ""
        table = {
            "lowest": 1,
            "labels": {language: [words[language] for words in kept] for language in self.languages},
        }
        for key, known in self.scales.items():
            if known == table:
                return key
        if len(self.scales) >= limits.MOST_SCALES:
            self.note(where, NoteCode.TOO_MANY_SCALES, limit=limits.MOST_SCALES)
            return ""
        key = f"scale_{len(self.scales) + 1}"
        self.scales[key] = table
        first, last = (words[self.languages[0]] for words in (kept[0], kept[-1]))
        self.note(where, NoteCode.SCALE_ORDER, first=first, last=last)
        return key

    def facet(self, where: str, name: str, title: ByLanguage, shape: object, explanation: ByLanguage) -> str:
        """The key of a facet; another one where items of another shape already belong to it."""
        wanted = slug(name) or "facet"
        key = wanted
        if wanted in self.facets and self._facet_shapes[wanted] != shape:
            others = [other for other in self.facets if other.startswith(wanted) and self._facet_shapes[other] == shape]
            key = others[0] if others else free_key(wanted, set(self.facets))
            self.note(where, NoteCode.FACET_MIXED, key=key)
        if key not in self.facets:
            if len(self.facets) >= limits.MOST_FACETS:
                return ""
            self._facet_shapes[key] = shape
            self.facets[key] = {"key": key, "title": self.words(where, title, limits.LONGEST_LABEL, fill=False)}
            if said := self.words(where, explanation, limits.LONGEST_PASSAGE, fill=False):
                self.facets[key]["explanation"] = said
        return key

    def options(self, where: str, labels: Sequence[tuple[str, ByLanguage]]) -> list[dict[str, Any]]:
        """Answers to choose from, each with a key of its own; none where they are too few or too many."""
        if len(labels) > limits.MOST_OPTIONS:
            self.note(where, NoteCode.TOO_MANY_OPTIONS, count=len(labels), limit=limits.MOST_OPTIONS)
            return []
        keys: set[str] = set()
        found = []
        for code, label in labels:
            if words := self.words(where, label, limits.LONGEST_LABEL):
                key = free_key(slug(code) or "option", keys)
                keys.add(key)
                found.append({"key": key, "label": words})
        if len(found) < 2:
            self.note(where, NoteCode.NO_OPTIONS)
            return []
        return found

    def number(self, where: str, lowest: int, highest: int) -> dict[str, int]:
        """The bounds of a number; none where they are more than can be counted."""
        if not 0 <= lowest < highest <= limits.HIGHEST_NUMBER or highest - lowest > limits.WIDEST_NUMBER:
            self.note(
                where, NoteCode.NUMBER_RANGE, lowest=lowest, highest=highest, most=limits.HIGHEST_NUMBER,
                steps=limits.WIDEST_NUMBER,
            )  # fmt: skip
            return {}
        return {"lowest": lowest, "highest": highest}

    def add(self, where: str, code: str, kind: ItemKind, text: ByLanguage, **own: object) -> None:
        """Add an item, unless it has no text or there are too many."""
        words = self.words(where, text, limits.LONGEST_TEXT)
        if not words and kind != ItemKind.PAIRED:
            self.note(where, NoteCode.NO_TEXT)
        elif self.is_full:
            self.note(where, NoteCode.TOO_MANY_ITEMS, limit=limits.MOST_ITEMS)
        else:
            key = self.key(where, code, next(iter(words.values()), ""))
            item: dict[str, Any] = {"key": key, "kind": kind.value, **({"text": words} if words else {})}
            self.items.append(item | {name: value for name, value in own.items() if value not in ("", None)})

    # --- the end ------------------------------------------------------------------------------------------------------
    def imported(self, *, name: str, title: ByLanguage, purpose: ByLanguage) -> Imported:
        """The whole. Raises InstrumentProblems where there is nothing that can be asked."""
        if all(item["kind"] == ItemKind.TEXT for item in self.items):
            reasons = dict.fromkeys(note.message for note in self.notes if note.code in LEFT_OUT)
            raise InstrumentProblems((Problem(1, "", ProblemCode.NO_ITEMS, {"reasons": " ".join(reasons)}),))
        said = self.words("", title, limits.LONGEST_LABEL) or self.everywhere(name or "Imported questions")
        used = {item.get("facet") for item in self.items if "scale" in item}
        for item in self.items:
            if item.get("facet") not in used:
                item.pop("facet", None)
        document = {
            "key": slug(said[self.languages[0]]) or slug(name) or "imported",
            "version": 1,
            "languages": list(self.languages),
            "title": said,
            "purpose": self.words("", purpose, limits.LONGEST_PASSAGE) or said,
            "scales": {key: table for key, table in self.scales.items() if self._is_used(key)},
            "facets": [facet for key, facet in self.facets.items() if key in used],
            "items": self.items,
        }
        return Imported(build(document), tuple(self.notes))

    def _is_used(self, scale: str) -> bool:
        return any(item.get("scale") == scale for item in self.items)


def slug(text: str) -> str:
    """A text as a key: small letters, digits and underscores, a letter first."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    if words and not words[0].isalpha():
        words = f"q{words}"
    return words[:LONGEST_KEY].rstrip("_")


def language_tag(text: str) -> str:
    """A language as we write it; empty where it is none."""
    tag = text.strip().lower().replace("_", "-")
    return tag if LANGUAGE.fullmatch(tag) else ""


def free_key(wanted: str, taken: set[str]) -> str:
    """`wanted`, with a number where it is taken."""
    number, key = 2, wanted
    while key in taken:
        ending = f"_{number}"
        key, number = wanted[: LONGEST_KEY - len(ending)] + ending, number + 1
    return key
