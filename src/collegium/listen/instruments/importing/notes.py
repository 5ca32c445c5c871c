"""What an import left out or decided, with the place and the reason, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from collegium.listen.instruments.model import Instrument


class NoteCode(StrEnum):
    """Why something did not come over as it was."""

    KIND_UNSUPPORTED = "kind_unsupported"
    ABOUT_THE_PERSON = "about_the_person"
    UNKNOWN_KIND = "unknown_kind"
    NO_TEXT = "no_text"
    NO_OPTIONS = "no_options"
    TOO_MANY_OPTIONS = "too_many_options"
    TOO_MANY_ITEMS = "too_many_items"
    TOO_MANY_SCALES = "too_many_scales"
    NUMBER_RANGE = "number_range"
    NUMBER_ASSUMED = "number_assumed"
    NO_POLES = "no_poles"
    DUPLICATE_CODE = "duplicate_code"
    TEXT_CUT = "text_cut"
    EXPRESSION = "expression"
    LANGUAGE_FILLED = "language_filled"
    CONDITION = "condition"
    MANDATORY = "mandatory"
    OTHER_OPTION = "other_option"
    COMMENT_FIELD = "comment_field"
    NO_ANSWER_OPTION = "no_answer_option"
    STEM_LEFT = "stem_left"
    SCALE_ORDER = "scale_order"
    SCALE_ASSUMED = "scale_assumed"
    ENGLISH_LABELS = "english_labels"
    FACETS_MADE = "facets_made"
    FACET_MIXED = "facet_mixed"
    CONTEXT = "context"
    ENCODING = "encoding"
    IGNORED_COLUMNS = "ignored_columns"
    NO_HEADER = "no_header"


# What is not taken over at all; every other note says how something was taken over.
LEFT_OUT = frozenset(
    {
        NoteCode.KIND_UNSUPPORTED, NoteCode.ABOUT_THE_PERSON, NoteCode.UNKNOWN_KIND, NoteCode.NO_TEXT,
        NoteCode.NO_OPTIONS, NoteCode.TOO_MANY_OPTIONS, NoteCode.TOO_MANY_ITEMS, NoteCode.TOO_MANY_SCALES,
        NoteCode.NUMBER_RANGE, NoteCode.NO_POLES,
    }
)  # fmt: skip

WORDS: Mapping[NoteCode, str] = {
    NoteCode.KIND_UNSUPPORTED: "Left out: questions of the type “{kind}” are not asked here.",
    NoteCode.ABOUT_THE_PERSON: (
        "Left out: it asks what kind of person somebody is. A pulse chooses its reporting groups when it is opened, so "
        "that every group is large enough."
    ),
    NoteCode.UNKNOWN_KIND: "Left out: we do not know the type “{kind}”.",
    NoteCode.NO_TEXT: "Left out: it has no text.",
    NoteCode.NO_OPTIONS: "Left out: it has fewer than two answers to choose from.",
    NoteCode.TOO_MANY_OPTIONS: "Left out: it has {count} answers to choose from, and at most {limit} are possible.",
    NoteCode.TOO_MANY_ITEMS: "Left out with all that follows: a questionnaire holds at most {limit} questions.",
    NoteCode.TOO_MANY_SCALES: "Left out: a questionnaire holds at most {limit} different sets of answers.",
    NoteCode.NUMBER_RANGE: (
        "Left out: its numbers go from {lowest} to {highest}. Whole numbers from 0 to {most} in at most {steps} steps "
        "are possible."
    ),
    NoteCode.NUMBER_ASSUMED: "The file names no bounds for the number; from {lowest} to {highest} was assumed.",
    NoteCode.NO_POLES: "Left out: a pair needs a text on the left and one on the right.",
    NoteCode.DUPLICATE_CODE: "The code “{code}” was used before; this item is called {key}.",
    NoteCode.TEXT_CUT: "The text was longer than {limit} characters and was cut.",
    NoteCode.EXPRESSION: "“{value}” was left out of the text, since nothing is filled in from what a person said.",
    NoteCode.LANGUAGE_FILLED: "There is no text in {language}; the text in {other} stands in.",
    NoteCode.CONDITION: "It was shown under a condition. Here everybody is asked everything.",
    NoteCode.MANDATORY: "Some questions had to be answered. Here every question may be left out.",
    NoteCode.OTHER_OPTION: "The answer “other”, with a field to write in, was left out.",
    NoteCode.COMMENT_FIELD: "The field for a comment was left out.",
    NoteCode.NO_ANSWER_OPTION: "The answer “{label}” was left out of the scale; leaving a question out says the same.",
    NoteCode.STEM_LEFT: "The sentence above the rows is not repeated with each: “{text}” Check that each reads well.",
    NoteCode.SCALE_ORDER: "The scale runs from “{first}” to “{last}”. Check that the last is the good end.",
    NoteCode.SCALE_ASSUMED: "The file names no answers; five degrees of agreement were assumed.",
    NoteCode.ENGLISH_LABELS: "The file holds no words for these answers; they are in English.",
    NoteCode.FACETS_MADE: "Each table of rows became a facet. Check that its items measure one thing.",
    NoteCode.FACET_MIXED: "Its items cannot be added up with those of the facet before it; the facet is “{key}”.",
    NoteCode.CONTEXT: "The file holds one question and not the survey around it.",
    NoteCode.ENCODING: "The file is not in UTF-8; it was read as {encoding}. Check letters with accents.",
    NoteCode.IGNORED_COLUMNS: "These columns were not used: {columns}.",
    NoteCode.NO_HEADER: "The file has no column titles; its first column was read as texts.",
}


@dataclass(frozen=True, slots=True)
class ImportNote:
    """One thing that was left out or decided: where in the file, and why."""

    where: str
    code: NoteCode
    data: Mapping[str, str] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """Why, in plain English."""
        return WORDS[self.code].format_map(self.data)

    @property
    def is_left_out(self) -> bool:
        """Whether something is missing because of it."""
        return self.code in LEFT_OUT


@dataclass(frozen=True, slots=True)
class Imported:
    """An instrument made of another file, and what to know about it."""

    instrument: Instrument
    notes: tuple[ImportNote, ...]
