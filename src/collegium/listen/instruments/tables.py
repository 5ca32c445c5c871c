"""One table of an instrument file, read key by key; whatever is wrong is noted with its line, and reading goes on."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from collegium.listen.instruments import limits, texts
from collegium.listen.instruments.keyed import Words
from collegium.listen.instruments.model import REFERENT, REFERENT_FIRST
from collegium.listen.instruments.positions import Path, Positions
from collegium.listen.instruments.problems import Problem, ProblemCode

LONGEST_KEY = 40
KEY = re.compile(rf"[a-z][a-z0-9_]{{0,{LONGEST_KEY - 1}}}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}")


class Notebook:
    """Every problem found so far, and what all tables must know to find more."""

    def __init__(self, positions: Positions) -> None:
        self.positions = positions
        self.problems: list[Problem] = []
        self.languages: tuple[str, ...] = ()
        self.default_language = ""
        self.has_referents = False

    def note(self, path: Path, where: str, code: ProblemCode, **data: object) -> None:
        """Write down one problem."""
        if len(self.problems) > 2 * limits.MOST_PROBLEMS:
            return  # nobody reads on, and a file may mean harm
        facts = {name: str(value) for name, value in data.items()}
        self.problems.append(Problem(self.positions.line(path), where, code, facts))


class Table:
    """One table: its values, where it stands, and which of its keys were asked for."""

    def __init__(self, notebook: Notebook, path: Path, where: str, values: Mapping[str, Any]) -> None:
        self.notebook = notebook
        self.path = path
        self.where = where
        self._values = values
        self._known: set[str] = set()

    def note(self, place: str, code: ProblemCode, **data: object) -> None:
        """Write down a problem of the key at `place`; it may be empty for the table as a whole."""
        path = (*self.path, *place.split(".")) if place else self.path
        self.notebook.note(path, self.where, code, **({"key": place} | data))

    def has(self, key: str) -> bool:
        """Whether the key is there at all."""
        self._known.add(key)
        return key in self._values

    def get(self, key: str) -> Any:
        """The value as it stands; None where there is none."""
        self._known.add(key)
        return self._values.get(key)

    def close(self) -> None:
        """Name the keys that nobody asked for."""
        unknown = [key for key in self._values if key not in self._known]
        for key in unknown[: limits.MOST_PROBLEMS]:
            self.note(key, ProblemCode.UNKNOWN_KEY, key=shortened(key), hint=suggestion(key, self._known))

    # --- one value ----------------------------------------------------------------------------------------------------
    def key(self, key: str = "key", *, required: bool = True) -> str:
        """A short name, such as an item's."""
        value = self.get(key)
        if value is None:
            if required:
                self.note(key, ProblemCode.MISSING)
            return ""
        if not isinstance(value, str):
            self.note(key, ProblemCode.NOT_A_TEXT)
            return ""
        return self.checked_key(key, value)

    def checked_key(self, place: str, value: str) -> str:
        """`value` if it can be a key; else nothing, and the reason is noted at `place`."""
        if KEY.fullmatch(value):
            return value
        self.note(place, ProblemCode.BAD_KEY, value=shortened(value), limit=LONGEST_KEY)
        return ""

    def text(self, key: str, *, longest: int, required: bool = True) -> str:
        """A text that is the same in every language."""
        return self._text(key, self.get(key), longest, texts.one_line, required=required)

    def integer(self, key: str, *, lowest: int, highest: int, otherwise: int | None = None) -> int:
        """A whole number within bounds."""
        value = self.get(key)
        if value is None and otherwise is not None:
            return otherwise
        if value is None:
            self.note(key, ProblemCode.MISSING)
        elif isinstance(value, bool) or not isinstance(value, int):
            self.note(key, ProblemCode.NOT_A_NUMBER)
        elif not lowest <= value <= highest:
            self.note(key, ProblemCode.OUT_OF_RANGE, lowest=lowest, highest=highest)
        else:
            return value
        return lowest if otherwise is None else otherwise

    def yes(self, key: str) -> bool:
        """True or false; false where it is not said."""
        value = self.get(key)
        if value is not None and not isinstance(value, bool):
            self.note(key, ProblemCode.NOT_YES_OR_NO)
        return value is True

    # --- words in each language ---------------------------------------------------------------------------------------
    def words(self, key: str, *, longest: int, required: bool = True, referent: bool = False) -> Words:
        """A short text in each language."""
        return self._words(key, longest, texts.one_line, required=required, referent=referent)

    def passage(self, key: str, *, required: bool = False) -> Words:
        """A longer text in each language, in paragraphs."""
        return self._words(key, limits.LONGEST_PASSAGE, texts.passage, required=required, referent=False)

    def by_language(self, key: str, *, required: bool = True) -> Mapping[str, Any]:
        """The values under a key by language; a value that is no table counts for the default language."""
        value = self.get(key)
        if value is None:
            if required:
                self.note(key, ProblemCode.MISSING)
            return {}
        found = value if isinstance(value, dict) else {self.notebook.default_language: value}
        for language in found:
            if language not in self.notebook.languages:
                self.note(f"{key}.{language}", ProblemCode.OTHER_LANGUAGE, key=key, language=shortened(language))
        for language in self.notebook.languages:
            if language not in found:
                self.note(key, ProblemCode.LANGUAGE_LACKS, language=language)
        return {language: found[language] for language in self.notebook.languages if language in found}

    def _words(self, key: str, longest: int, normal: Callable[[str], str], *, required: bool, referent: bool) -> Words:
        by_language = self.by_language(key, required=required)
        found = {
            language: self._text(f"{key}.{language}", value, longest, normal, required=True, name=key)
            for language, value in by_language.items()
        }
        if not referent or self.notebook.has_referents:
            return Words(found)
        for language, text in found.items():
            if REFERENT in text or REFERENT_FIRST in text:
                self.note(f"{key}.{language}", ProblemCode.REFERENT_MISSING, key=key)
        return Words(found)

    def _text(
        self, key: str, value: object, longest: int, normal: Callable[[str], str], *, required: bool, name: str = ""
    ) -> str:
        name = name or key
        if value is None:
            if required:
                self.note(key, ProblemCode.MISSING, key=name)
            return ""
        if not isinstance(value, str):
            self.note(key, ProblemCode.NOT_A_TEXT, key=name)
            return ""
        text = normal(value)
        if required and not text:
            self.note(key, ProblemCode.MISSING, key=name)
        if len(text) > longest:
            self.note(key, ProblemCode.TOO_LONG, key=name, limit=longest)
        return text

    # --- several values -----------------------------------------------------------------------------------------------
    def values(self, key: str, *, most: int) -> list[Any]:
        """A list of anything; none where it is not there or has too many."""
        value = self.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.note(key, ProblemCode.NOT_A_LIST)
            return []
        if len(value) > most:
            self.note(key, ProblemCode.TOO_MANY, limit=most)
            return []
        return value

    def text_list(self, key: str, value: object, *, longest: int, most: int, name: str = "") -> tuple[str, ...]:
        """A list of short texts."""
        name = name or key
        if not isinstance(value, list):
            self.note(key, ProblemCode.NOT_A_LIST, key=name)
            return ()
        if len(value) > most:
            self.note(key, ProblemCode.TOO_MANY, key=name, limit=most)
            return ()
        return tuple(self._text(key, text, longest, texts.one_line, required=True, name=name) for text in value)

    def tables(self, key: str, *, most: int, called: str) -> list[Table]:
        """The tables of a list, each called by its key or by its place."""
        value = self.get(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            self.note(key, ProblemCode.NOT_A_LIST_OF_TABLES)
            return []
        if len(value) > most:
            self.note(key, ProblemCode.TOO_MANY, limit=most)
            value = value[:most]
        return [self._within((key, place), called, place + 1, entry) for place, entry in enumerate(value)]

    def tables_by_key(self, key: str, *, most: int, called: str) -> dict[str, Table]:
        """The tables under headings such as [scales.agreement], by their last word."""
        value = self.get(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.note(key, ProblemCode.NOT_A_TABLE)
            return {}
        if len(value) > most:
            self.note(key, ProblemCode.TOO_MANY, limit=most)
            return {}
        found = {}
        for name, entry in value.items():
            inner = Table(self.notebook, (*self.path, key, name), f"{called} “{shortened(name)}”", {})
            if not isinstance(entry, dict):
                inner.note("", ProblemCode.NOT_A_TABLE, key=f"{key}.{shortened(name)}")
            elif inner.checked_key("", name):
                inner._values = entry
                found[name] = inner
        return found

    def _within(self, path: Path, called: str, number: int, entry: Mapping[str, Any]) -> Table:
        key = entry.get("key")
        name = f"{called} “{shortened(key)}”" if isinstance(key, str) and key else f"{called} {number}"
        where = f"{self.where}, {name}" if self.where else name
        return Table(self.notebook, (*self.path, *path), where, entry)


def suggestion(word: str, known: Iterable[str]) -> str:
    """What may have been meant, as a sentence; empty where nothing is near."""
    near = difflib.get_close_matches(word[:100], sorted(known), n=1)
    return f"Did you mean “{near[0]}”?" if near else ""


def shortened(value: str) -> str:
    """A value as it may be quoted in a message."""
    value = texts.one_line(value)
    return value if len(value) <= 60 else f"{value[:59]}…"
