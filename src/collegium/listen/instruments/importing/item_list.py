"""From a list of items, as a researcher keeps it in a spreadsheet, to an instrument."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Sequence

from collegium.listen.instruments import limits
from collegium.listen.instruments.importing.draft import AGREEMENT, ByLanguage, Draft, language_tag
from collegium.listen.instruments.importing.notes import Imported, NoteCode
from collegium.listen.instruments.model import ItemKind
from collegium.listen.instruments.problems import InstrumentProblems, Problem, ProblemCode
from collegium.listen.instruments.tables import shortened

# Column titles by what they hold, without case, blanks or punctuation. The plainest words come first.
TITLES = {
    "key": """key code id itemid itemcode itemno itemnumber item number no nr variable var name q""",
    "text": """text itemtext question questiontext statement wording label stem prompt description
        frage aussage enonce pregunta vraag""",
    "facet": """facet scale subscale dimension construct factor domain category section group skala faktor""",
    "reversed": """reversed reverse reversescored reversecoded negative negatively keyed keying direction rev r""",
    "options": """options answers answeroptions responses responseoptions responsescale labels choices antworten""",
    "kind": """kind type questiontype itemtype format""",
    "lowest": """lowest min minimum from""",
    "highest": """highest max maximum to""",
    "left": """left leftpole poleleft""",
    "right": """right rightpole poleright""",
}
_TITLES = {meaning: words.split() for meaning, words in TITLES.items()}
KINDS = {
    ItemKind.LIKERT: """likert rating scale agreement matrix array""",
    ItemKind.PAIRED: """paired pair semanticdifferential bipolar""",
    ItemKind.SINGLE: """single singlechoice choice radio list dropdown select""",
    ItemKind.MULTIPLE: """multiple multiplechoice multi checkbox checkboxes selectall""",
    ItemKind.NUMBER: """number numeric integer count slider""",
    ItemKind.TEXT: """text open opentext openended freetext comment string""",
}
_KINDS = {word: kind for kind, words in KINDS.items() for word in words.split()}
_YES = """yes y true t 1 x r rev reverse reversed negative neg minus - -1 ja oui si"""
_OPTION_COLUMN = re.compile(r"(?:option|answer|label|response|choice)(\d{1,2})")
_WITH_LANGUAGE = re.compile(r"^(.+?)\s*(?:[.:_]|[(\[])\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})?)\s*[)\]]?$")


def import_list(content: bytes, name: str) -> Imported:
    """Make an instrument of a table of items. Raises InstrumentProblems where nothing can be made of it."""
    text, encoding = _decoded(content)
    rows = _rows(text)
    columns = _Columns(rows[0][1])
    draft = Draft(columns.languages)
    if encoding:
        draft.note("", NoteCode.ENCODING, encoding=encoding)
    if columns.is_bare:
        draft.note("", NoteCode.NO_HEADER)
    else:
        rows = rows[1:]
    if columns.ignored:
        draft.note("", NoteCode.IGNORED_COLUMNS, columns=", ".join(f"“{shortened(name)}”" for name in columns.ignored))
    for number, cells in rows:
        if draft.is_full:
            draft.note(f"row {number}", NoteCode.TOO_MANY_ITEMS, limit=limits.MOST_ITEMS)
            break
        _Line(draft, columns, number, cells).add()
    return draft.imported(name=name, title={}, purpose={})


def _decoded(content: bytes) -> tuple[str, str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), ""
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), "Windows-1252"


def _rows(text: str) -> list[tuple[int, list[str]]]:
    text = text.replace("\0", "")
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(",;\t|", key=first.count) if first else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except csv.Error:
        raise InstrumentProblems((Problem(reader.line_num, "", ProblemCode.NOT_A_LIST_OF_ITEMS),)) from None
    rows = [(number, cells) for number, cells in rows if any(cells)]
    if not rows:
        raise InstrumentProblems((Problem(1, "", ProblemCode.EMPTY),))
    if len(rows[0][1]) > limits.MOST_COLUMNS:
        raise InstrumentProblems((Problem(rows[0][0], "", ProblemCode.NOT_A_LIST_OF_ITEMS),))
    return rows


class _Columns:
    """Which column holds what, and in which language."""

    def __init__(self, titles: Sequence[str]) -> None:
        self.places: dict[tuple[str, str], int] = {}
        self.option_places: list[int] = []
        self.ignored: list[str] = []
        self.is_bare = False
        waiting = list(enumerate(titles))
        # Titles such as “scale” mean little by themselves, so the plainest words of every meaning come first.
        for rank in range(max(len(words) for words in _TITLES.values())):
            waiting = [(place, title) for place, title in waiting if not self._take(place, title, rank)]
        for place, title in waiting:
            if _OPTION_COLUMN.fullmatch(_bare(title)):
                self.option_places.append(place)
            elif title:
                self.ignored.append(title)
        self._use_items_as_texts(titles)
        tags = [language for meaning, language in self.places if meaning in {"text", "left"} and language]
        self.languages = list(dict.fromkeys(tags)) or ["en"]
        if not any(meaning in {"text", "left"} for meaning, _language in self.places):
            self._do_without_titles(titles)

    def _take(self, place: int, title: str, rank: int) -> bool:
        found = _WITH_LANGUAGE.match(title)
        tag = language_tag(found[2]) if found else ""
        for plain, language in [(title, ""), (found[1], tag)] if found and tag else [(title, "")]:
            for meaning, words in _TITLES.items():
                if _bare(plain) in words[rank : rank + 1] and (meaning, language) not in self.places:
                    self.places[meaning, language] = place
                    return True
        return False

    def _use_items_as_texts(self, titles: Sequence[str]) -> None:
        """A column “item” holds codes beside a column of texts; alone, it holds the texts."""
        has_text = any(meaning in {"text", "left"} for meaning, _language in self.places)
        place = self.places.get(("key", ""))
        if not has_text and place is not None and _bare(titles[place]) in {"item", "name", "variable"}:
            self.places["text", ""] = self.places.pop(("key", ""))

    def _do_without_titles(self, titles: Sequence[str]) -> None:
        """A single column of sentences needs no title."""
        if len([title for title in titles if title]) != 1 or " " not in titles[0]:
            raise InstrumentProblems((Problem(1, "", ProblemCode.NOT_A_LIST_OF_ITEMS),))
        self.is_bare, self.ignored, self.option_places = True, [], []
        self.places = {("text", ""): 0}

    def cell(self, cells: Sequence[str], meaning: str, language: str = "") -> str:
        """What a row has under a meaning."""
        place = self.places.get((meaning, language), len(cells))
        return cells[place] if place < len(cells) else ""

    def by_language(self, cells: Sequence[str], meaning: str) -> ByLanguage:
        """A text of a row in each language; one without a language counts for the first."""
        plain = self.cell(cells, meaning)
        found = {language: self.cell(cells, meaning, language) for language in self.languages}
        return {language: text or plain for language, text in found.items()}


class _Line:
    """One row on its way to becoming an item."""

    def __init__(self, draft: Draft, columns: _Columns, number: int, cells: Sequence[str]) -> None:
        self.draft = draft
        self.columns = columns
        self.cells = cells
        self.text = columns.by_language(cells, "text")
        said = next((text for text in self.text.values() if text), columns.cell(cells, "left"))
        self.where = f"row {number}: {shortened(said)}" if said else f"row {number}"

    def add(self) -> None:
        said = self.columns.cell(self.cells, "kind")
        kind = _KINDS.get(_bare(said)) if said else self._guessed()
        if kind is None:
            self.draft.note(self.where, NoteCode.UNKNOWN_KIND, kind=shortened(said))
        elif (own := self._own(kind)) is not None:
            self.draft.add(self.where, self.columns.cell(self.cells, "key"), kind, self.text, **own)

    def _guessed(self) -> ItemKind:
        if self.columns.cell(self.cells, "left") and self.columns.cell(self.cells, "right"):
            return ItemKind.PAIRED
        return ItemKind.LIKERT

    def _own(self, kind: ItemKind) -> dict[str, object] | None:
        """What an item of this kind has besides its text; None where something is missing."""
        if kind == ItemKind.TEXT:
            return {}
        if kind in {ItemKind.SINGLE, ItemKind.MULTIPLE}:
            options = self.draft.options(self.where, [(label, self._everywhere(label)) for label in self._labels()])
            return {"options": options} if options else None
        if kind == ItemKind.NUMBER:
            return self._number() or None
        labels = self._labels()
        if not labels:
            self.draft.note("", NoteCode.SCALE_ASSUMED)
        scale = self.draft.scale(self.where, [self._everywhere(label) for label in labels or AGREEMENT])
        if not scale:
            return None
        poles = self._poles() if kind == ItemKind.PAIRED else {}
        if poles is None:
            return None
        turned = kind == ItemKind.LIKERT and self.columns.cell(self.cells, "reversed").lower() in _YES.split()
        return {"scale": scale, "facet": self._facet(scale, kind), "reversed": turned or None, **poles}

    def _number(self) -> dict[str, object]:
        bounds = [self.columns.cell(self.cells, meaning) for meaning in ("lowest", "highest")]
        lowest, highest = (int(bound) if re.fullmatch(r"\d{1,9}", bound) else None for bound in bounds)
        if lowest is None or highest is None:
            lowest = lowest or 0
            highest = lowest + limits.WIDEST_NUMBER if highest is None else highest
            self.draft.note(self.where, NoteCode.NUMBER_ASSUMED, lowest=lowest, highest=highest)
        return {**self.draft.number(self.where, lowest, highest)}

    def _poles(self) -> dict[str, object] | None:
        found = {
            side: self.draft.words(self.where, self.columns.by_language(self.cells, side), limits.LONGEST_TEXT)
            for side in ("left", "right")
        }
        if not all(found.values()):
            self.draft.note(self.where, NoteCode.NO_POLES)
            return None
        return {**found}

    def _facet(self, scale: str, kind: ItemKind) -> str:
        name = self.columns.cell(self.cells, "facet")
        if not name:
            return ""
        options = len(self.draft.scales[scale]["labels"][self.draft.languages[0]])
        return self.draft.facet(self.where, name, self._everywhere(name), (kind, options), {})

    def _labels(self) -> list[str]:
        """The answers: from columns of their own, or from one cell, apart by semicolons, bars or slashes."""
        apart = [self.cells[place] for place in self.columns.option_places if place < len(self.cells)]
        if any(apart):
            return [label for label in apart if label]
        cell = self.columns.cell(self.cells, "options")
        for mark in (";", "|", "\n", "/", ","):
            if mark in cell:
                return [label for label in (part.strip() for part in cell.split(mark)) if label]
        return [cell] if cell else []

    def _everywhere(self, text: str) -> ByLanguage:
        return self.draft.everywhere(text)


def _bare(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]", "", plain)
