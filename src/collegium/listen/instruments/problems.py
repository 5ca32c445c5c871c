"""What may be wrong with an instrument file, and the plain sentence for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ProblemCode(StrEnum):
    """Why an instrument cannot be taken as it is."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_TEXT = "not_text"
    LONG_LINE = "long_line"
    SYNTAX = "syntax"
    MISSING = "missing"
    UNKNOWN_KEY = "unknown_key"
    NOT_A_TEXT = "not_a_text"
    NOT_A_NUMBER = "not_a_number"
    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_A_LIST = "not_a_list"
    NOT_A_TABLE = "not_a_table"
    NOT_A_LIST_OF_TABLES = "not_a_list_of_tables"
    BAD_KEY = "bad_key"
    BAD_LANGUAGE = "bad_language"
    OTHER_LANGUAGE = "other_language"
    LANGUAGE_LACKS = "language_lacks"
    DEFAULT_LANGUAGE = "default_language"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    TOO_FEW = "too_few"
    OUT_OF_RANGE = "out_of_range"
    LOWEST_NOT_BELOW = "lowest_not_below"
    TOO_WIDE = "too_wide"
    TWICE = "twice"
    NOT_KNOWN = "not_known"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_FACET = "unknown_facet"
    UNKNOWN_SCALE = "unknown_scale"
    NOT_FOR_KIND = "not_for_kind"
    REFERENT_MISSING = "referent_missing"
    REFERENT_IN_REFERENT = "referent_in_referent"
    DIFFERENT_LENGTHS = "different_lengths"
    NOT_A_CODE = "not_a_code"
    FACET_WITHOUT_ITEMS = "facet_without_items"
    FACET_MIXED = "facet_mixed"
    NOTHING_TO_CHOOSE = "nothing_to_choose"
    TIES_MIXED = "ties_mixed"
    TIES_FROM_ONE = "ties_from_one"
    MORE = "more"
    WRONG_TYPE = "wrong_type"
    NOT_XML = "not_xml"
    XML_DOCTYPE = "xml_doctype"
    XML_DEEP = "xml_deep"
    NOT_LIMESURVEY = "not_limesurvey"
    NOT_A_LIST_OF_ITEMS = "not_a_list_of_items"
    NO_ITEMS = "no_items"


WORDS: Mapping[ProblemCode, str] = {
    ProblemCode.EMPTY: "The file is empty.",
    ProblemCode.TOO_LARGE: "The file is larger than {limit} KB, which is more than such a file needs.",
    ProblemCode.NOT_TEXT: "The file is not plain text in UTF-8. Save it as UTF-8 and try again.",
    ProblemCode.LONG_LINE: "The line is longer than {limit} characters. Break it between three quotation marks.",
    ProblemCode.SYNTAX: "This is not written as TOML asks: {reason}.",
    ProblemCode.MISSING: "“{key}” is missing.",
    ProblemCode.UNKNOWN_KEY: "“{key}” means nothing here. {hint}",
    ProblemCode.NOT_A_TEXT: "“{key}” must be a text in quotation marks.",
    ProblemCode.NOT_A_NUMBER: "“{key}” must be a whole number, without quotation marks.",
    ProblemCode.NOT_YES_OR_NO: "“{key}” must be true or false, without quotation marks.",
    ProblemCode.NOT_A_LIST: "“{key}” must be a list in square brackets.",
    ProblemCode.NOT_A_TABLE: "“{key}” must be a table, with a heading such as [{key}].",
    ProblemCode.NOT_A_LIST_OF_TABLES: "Each of “{key}” needs a heading of its own: [[{key}]].",
    ProblemCode.BAD_KEY: (
        "“{value}” cannot be a key. Take up to {limit} small letters, digits and underscores, a letter first."
    ),
    ProblemCode.BAD_LANGUAGE: "“{value}” is not a language tag such as en, cy or pt-br, in small letters.",
    ProblemCode.OTHER_LANGUAGE: "“{key}” has a text in {language}, which is not among the languages of the instrument.",
    ProblemCode.LANGUAGE_LACKS: "“{key}” has no text in {language}.",
    ProblemCode.DEFAULT_LANGUAGE: "The default language {value} is not among the languages of the instrument.",
    ProblemCode.TOO_LONG: "“{key}” is longer than {limit} characters.",
    ProblemCode.TOO_MANY: "There are more than {limit} of “{key}”.",
    ProblemCode.TOO_FEW: "“{key}” needs at least {least}.",
    ProblemCode.OUT_OF_RANGE: "“{key}” must be from {lowest} to {highest}.",
    ProblemCode.LOWEST_NOT_BELOW: "“lowest” must be below “highest”.",
    ProblemCode.TOO_WIDE: "From “lowest” to “highest” there may be at most {limit} steps; ask in larger units.",
    ProblemCode.TWICE: "The key “{value}” stands here for the second time; the first is in line {first}.",
    ProblemCode.NOT_KNOWN: "“{key}” names “{value}”, which is nothing that it can be. {hint}",
    ProblemCode.UNKNOWN_KIND: "“{value}” is no kind of item. There are {kinds}.",
    ProblemCode.UNKNOWN_FACET: "There is no facet “{value}”. {hint}",
    ProblemCode.UNKNOWN_SCALE: "There is no scale “{value}”. {hint}",
    ProblemCode.NOT_FOR_KIND: "An item of the kind “{kind}” has no “{key}”.",
    ProblemCode.REFERENT_MISSING: "“{key}” speaks of {{referent}}, but the instrument names no referents.",
    ProblemCode.REFERENT_IN_REFERENT: "A referent cannot hold braces.",
    ProblemCode.DIFFERENT_LENGTHS: "The labels of a scale must be as many in every language.",
    ProblemCode.NOT_A_CODE: "“favourable” names {value}, but the codes of this scale are {lowest} to {highest}.",
    ProblemCode.FACET_WITHOUT_ITEMS: "No item with a scale belongs to this facet.",
    ProblemCode.FACET_MIXED: (
        "The items of this facet cannot be added up: all must be of the same kind and have scales with the same codes."
    ),
    ProblemCode.NOTHING_TO_CHOOSE: "An instrument needs at least one item that is answered by choosing or by a number.",
    ProblemCode.TIES_MIXED: (
        "Ties are answered by name and all else without: an instrument holds either ties or other items, never both."
    ),
    ProblemCode.TIES_FROM_ONE: "The scale of an item about ties must begin at 1 or higher: its codes are weights.",
    ProblemCode.MORE: "More problems follow than are listed. Mend these first.",
    ProblemCode.WRONG_TYPE: (
        "The file looks like {looks_like}. Bring a TOML file, a LimeSurvey survey (.lss or .lsq) or a list as CSV."
    ),
    ProblemCode.NOT_XML: "The file is damaged: it is not well-formed XML. Export it again and try again.",
    ProblemCode.XML_DOCTYPE: "The file declares a document type of its own, which no survey needs. It was not opened.",
    ProblemCode.XML_DEEP: "The file is nested more deeply than a survey is. It was not opened.",
    ProblemCode.NOT_LIMESURVEY: "The file is XML, but not a survey or a question exported from LimeSurvey.",
    ProblemCode.NOT_A_LIST_OF_ITEMS: "No column holds the texts of the items. Give one the title “text”.",
    ProblemCode.NO_ITEMS: "The file holds no question that can be taken over. {reasons}",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: the line of the file, where that is in words, and what is wrong."""

    line: int
    where: str
    code: ProblemCode
    data: Mapping[str, str] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What is wrong, in plain English."""
        return WORDS[self.code].format_map(self.data).strip()

    def __str__(self) -> str:
        place = f"Line {self.line}, {self.where}" if self.where else f"Line {self.line}"
        return f"{place}: {self.message}"


class InstrumentProblems(Exception):
    """The file is not an instrument; `problems` says why, in the order of its lines."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
