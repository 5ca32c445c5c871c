"""From a LimeSurvey survey, group or question to an instrument."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping

from collegium.listen.instruments import limits
from collegium.listen.instruments.importing.draft import Draft
from collegium.listen.instruments.importing.limesurvey_rows import Answer, ByLanguage, Question, Survey, read_survey
from collegium.listen.instruments.importing.notes import Imported, NoteCode
from collegium.listen.instruments.importing.xml_rows import read_rows
from collegium.listen.instruments.model import ItemKind
from collegium.listen.instruments.tables import shortened

# What LimeSurvey can ask and we do not, by its letter, in its own words.
UNSUPPORTED = {
    "1": "Array dual scale",
    ":": "Array (numbers)",
    ";": "Array (texts)",
    "D": "Date/time",
    "R": "Ranking",
    "|": "File upload",
    "X": "Text display",
    "I": "Language switch",
    "*": "Equation",
}
# Tables and scales whose answers LimeSurvey knows by itself, the best last.
FIXED = {
    "A": ("1", "2", "3", "4", "5"),
    "5": ("1", "2", "3", "4", "5"),
    "B": ("1", "2", "3", "4", "5", "6", "7", "8", "9", "10"),
    "C": ("No", "Uncertain", "Yes"),
    "E": ("Decrease", "Same", "Increase"),
}
TABLES = frozenset("FHABCE")
_COMMENTED = {"O", "P"}
_LEADS_ON = re.compile(r"(:|…|\.\.\.)$")


def import_limesurvey(content: bytes, name: str) -> Imported:
    """Make an instrument of a file's content. Raises InstrumentProblems where nothing can be made of it."""
    survey = read_survey(read_rows(content))
    return _Importer(survey).run(name)


class _Importer:
    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.draft = Draft(survey.languages)
        self.tables = Counter(question.group for question in survey.questions if question.kind in TABLES)
        self.makers: Mapping[str, Callable[[Question, str], None]] = {
            **dict.fromkeys(TABLES, self._table),
            **dict.fromkeys("L!O", self._single),
            **dict.fromkeys("MP", self._multiple),
            **dict.fromkeys("STU", self._open),
            "Q": self._several_open,
            "5": self._rating,
            "Y": self._yes_or_no,
            "N": self._number,
            "K": self._several_numbers,
        }

    def run(self, name: str) -> Imported:
        if self.survey.kind != "Survey":
            self.draft.note("", NoteCode.CONTEXT)
        for question in self.survey.questions:
            if self.draft.is_full:
                self.draft.note(question.code, NoteCode.TOO_MANY_ITEMS, limit=limits.MOST_ITEMS)
                break
            self._question(question)
        if any(question.mandatory for question in self.survey.questions):
            self.draft.note("", NoteCode.MANDATORY)
        if self.draft.facets:
            self.draft.note("", NoteCode.FACETS_MADE)
        title = self.survey.title
        if not title and len(self.survey.groups) == 1:
            title = next(iter(self.survey.groups.values()))
        return self.draft.imported(name=name, title=title, purpose=self.survey.purpose)

    def _question(self, question: Question) -> None:
        text = next(iter(question.text.values()), "")
        where = f"{question.code or '?'}: {shortened(text)}" if text else question.code or "?"
        if question.kind == "G":
            self.draft.note(where, NoteCode.ABOUT_THE_PERSON)
        elif question.kind in UNSUPPORTED:
            self.draft.note(where, NoteCode.KIND_UNSUPPORTED, kind=UNSUPPORTED[question.kind])
        elif question.kind not in self.makers:
            self.draft.note(where, NoteCode.UNKNOWN_KIND, kind=shortened(question.kind) or "?")
        else:
            self.makers[question.kind](question, where)
            if question.condition:
                self.draft.note(where, NoteCode.CONDITION)
            if question.has_other:
                self.draft.note(where, NoteCode.OTHER_OPTION)
            if question.kind in _COMMENTED:
                self.draft.note(where, NoteCode.COMMENT_FIELD)

    # --- kinds of questions -------------------------------------------------------------------------------------------
    def _table(self, question: Question, where: str) -> None:
        scale = self._scale(question, where)
        if not scale:
            return
        joined = self._stems(question, where)
        facet = self._facet(question, where, scale, joined)
        for row in self._rows(question):
            text = _joined(question.text, row.text) if joined else row.text
            place = f"{where}, {row.code}: {shortened(next(iter(row.text.values()), ''))}"
            code = f"{question.code}_{row.code}"
            self.draft.add(place, code, ItemKind.LIKERT, text, facet=facet, scale=scale)

    def _scale(self, question: Question, where: str) -> str:
        if labels := FIXED.get(question.kind):
            if question.kind in "CE":
                self.draft.note(where, NoteCode.ENGLISH_LABELS)
            return self.draft.scale(where, [self.draft.everywhere(label) for label in labels])
        return self.draft.scale(where, [answer.text for answer in question.answers if answer.scale == "0"])

    def _stems(self, question: Question, where: str) -> bool:
        """Whether the sentence above the rows leads on into them, so that each needs it."""
        stem = next(iter(question.text.values()), "")
        if _LEADS_ON.search(stem):
            return True
        if stem and question.rows:
            self.draft.note(where, NoteCode.STEM_LEFT, text=shortened(stem))
        return False

    def _facet(self, question: Question, where: str, scale: str, joined: bool) -> str:
        if len(self._rows(question)) < 2:
            return ""
        alone = self.tables[question.group] == 1
        group = self.survey.groups.get(question.group, {})
        title = group if alone and group else question.text or self.draft.everywhere(question.code)
        explanation = {} if joined or title is question.text else question.text
        return self.draft.facet(where, question.code, title, scale, explanation)

    @staticmethod
    def _rows(question: Question) -> list[Answer]:
        return [row for row in question.rows if row.scale == "0"]

    def _rating(self, question: Question, where: str) -> None:
        if scale := self._scale(question, where):
            self.draft.add(where, question.code, ItemKind.LIKERT, question.text, scale=scale)

    def _single(self, question: Question, where: str) -> None:
        if options := self.draft.options(where, [(answer.code, answer.text) for answer in question.answers]):
            self.draft.add(where, question.code, ItemKind.SINGLE, question.text, options=options)

    def _yes_or_no(self, question: Question, where: str) -> None:
        self.draft.note(where, NoteCode.ENGLISH_LABELS)
        answers = [("yes", self.draft.everywhere("Yes")), ("no", self.draft.everywhere("No"))]
        options = self.draft.options(where, answers)
        self.draft.add(where, question.code, ItemKind.SINGLE, question.text, options=options)

    def _multiple(self, question: Question, where: str) -> None:
        if options := self.draft.options(where, [(row.code, row.text) for row in self._rows(question)]):
            self.draft.add(where, question.code, ItemKind.MULTIPLE, question.text, options=options)

    def _number(self, question: Question, where: str) -> None:
        if bounds := self._bounds(question, where):
            self.draft.add(where, question.code, ItemKind.NUMBER, question.text, **bounds)

    def _several_numbers(self, question: Question, where: str) -> None:
        if bounds := self._bounds(question, where):
            self._each(question, where, ItemKind.NUMBER, bounds)

    def _bounds(self, question: Question, where: str) -> dict[str, int]:
        lowest = _whole(question.attributes.get("min_num_value_n") or question.attributes.get("min_num_value", ""))
        highest = _whole(question.attributes.get("max_num_value_n") or question.attributes.get("max_num_value", ""))
        if lowest is None or highest is None:
            lowest = lowest or 0
            highest = lowest + limits.WIDEST_NUMBER if highest is None else highest
            self.draft.note(where, NoteCode.NUMBER_ASSUMED, lowest=lowest, highest=highest)
        return self.draft.number(where, lowest, highest)

    def _open(self, question: Question, where: str) -> None:
        self.draft.add(where, question.code, ItemKind.TEXT, question.text)

    def _several_open(self, question: Question, where: str) -> None:
        self._each(question, where, ItemKind.TEXT, {})

    def _each(self, question: Question, where: str, kind: ItemKind, own: Mapping[str, object]) -> None:
        for row in self._rows(question):
            place = f"{where}, {row.code}"
            self.draft.add(place, f"{question.code}_{row.code}", kind, _joined(question.text, row.text), **own)


def _joined(stem: ByLanguage, row: ByLanguage) -> ByLanguage:
    return {language: f"{stem.get(language, '')} {text}".strip() for language, text in row.items()}


def _whole(text: str) -> int | None:
    found = re.fullmatch(r"\s*(-?\d{1,9})(?:\.0*)?\s*", text)
    return int(found[1]) if found else None
