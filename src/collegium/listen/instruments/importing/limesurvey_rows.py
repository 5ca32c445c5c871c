"""A LimeSurvey file as questions with their rows and answers, whichever version wrote it.

Older versions repeat a question in each language; newer ones keep the texts in tables of their own (`..._l10ns`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from collegium.listen.instruments.importing.xml_rows import Row, Rows, without_markup
from collegium.listen.instruments.problems import InstrumentProblems, Problem, ProblemCode

ByLanguage = dict[str, str]
KINDS = {"Survey", "Group", "Question"}


@dataclass(slots=True)
class Answer:
    """One answer of a list, or one row of a table."""

    code: str
    text: ByLanguage
    scale: str = "0"


@dataclass(slots=True)
class Question:
    """One question with all that belongs to it."""

    code: str
    kind: str
    group: str
    text: ByLanguage
    rows: list[Answer] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    has_other: bool = False
    mandatory: bool = False
    condition: bool = False


@dataclass(slots=True)
class Survey:
    """The whole file."""

    kind: str
    languages: list[str]
    title: ByLanguage
    purpose: ByLanguage
    groups: dict[str, ByLanguage]
    questions: list[Question]


def read_survey(rows: Rows) -> Survey:
    """The questions in the order in which they are asked. Raises InstrumentProblems for what is no LimeSurvey file."""
    kind = next(iter(rows.values.get("LimeSurveyDocType", [])), "")
    if rows.root != "document" or kind not in KINDS:
        raise InstrumentProblems((Problem(1, "", ProblemCode.NOT_LIMESURVEY),))
    settings = rows.of("surveys_languagesettings")
    return Survey(
        kind=kind,
        languages=_languages(rows),
        title=_texts(settings, "surveyls_language", "surveyls_title"),
        purpose=_texts(settings, "surveyls_language", "surveyls_description")
        or _texts(settings, "surveyls_language", "surveyls_welcometext"),
        groups=_by_id([*rows.of("groups"), *rows.of("group_l10ns")], "gid", "group_name"),
        questions=_questions(rows),
    )


def _languages(rows: Rows) -> list[str]:
    """The base language first."""
    base = [row["language"] for row in rows.of("surveys") if row.get("language")]
    named = rows.values.get("language", [])
    if not base and not named:
        named = [row["language"] for row in rows.of("questions") if row.get("language")]
    return [tag.lower() for tag in dict.fromkeys([*base, *named])]


def _questions(rows: Rows) -> list[Question]:
    texts = _by_id(
        [*rows.of("questions"), *rows.of("subquestions"), *rows.of("question_l10ns"), *rows.of("subquestion_l10ns")],
        "qid",
        "question",
    )
    group_order = {row.get("gid", ""): _number(row, "group_order") for row in rows.of("groups")}
    found: dict[str, Question] = {}
    places: dict[str, tuple[int, int]] = {}
    for row in rows.of("questions"):
        key = row.get("qid", "")
        if _number(row, "parent_qid") or key in found:
            continue
        places[key] = (group_order.get(row.get("gid", ""), 0), _number(row, "question_order"))
        found[key] = Question(
            code=row.get("title", ""),
            kind=row.get("type", ""),
            group=row.get("gid", ""),
            text=texts.get(key, {}),
            has_other=row.get("other") == "Y",
            mandatory=row.get("mandatory") in {"Y", "S"},
            condition=row.get("relevance", "1") not in {"", "1"},
        )
    _add_rows(rows, found, texts)
    _add_answers(rows, found)
    for row in rows.of("question_attributes"):
        if (question := found.get(row.get("qid", ""))) and row.get("value"):
            question.attributes.setdefault(row.get("attribute", ""), row["value"])
    for row in rows.of("conditions"):
        if question := found.get(row.get("qid", "")):
            question.condition = True
    return [found[key] for key in sorted(found, key=lambda key: places[key])]


def _add_rows(rows: Rows, found: Mapping[str, Question], texts: Mapping[str, ByLanguage]) -> None:
    seen = set()
    # In the oldest files the rows of a table stand among the questions.
    below = [*rows.of("subquestions"), *(row for row in rows.of("questions") if _number(row, "parent_qid"))]
    for row in sorted(below, key=lambda row: _number(row, "question_order")):
        question, key = found.get(row.get("parent_qid", "")), row.get("qid", "")
        if question and key not in seen:
            seen.add(key)
            question.rows.append(Answer(row.get("title", ""), texts.get(key, {}), row.get("scale_id") or "0"))


def _add_answers(rows: Rows, found: Mapping[str, Question]) -> None:
    texts = _by_id(rows.of("answer_l10ns"), "aid", "answer")
    known: dict[tuple[str, str, str], Answer] = {}
    for row in sorted(rows.of("answers"), key=lambda row: _number(row, "sortorder")):
        key = (row.get("qid", ""), row.get("scale_id") or "0", row.get("code", ""))
        question = found.get(key[0])
        if question is None:
            continue
        if key not in known:
            known[key] = Answer(key[2], dict(texts.get(row.get("aid", ""), {})), key[1])
            question.answers.append(known[key])
        if row.get("language") and row.get("answer"):
            known[key].text.setdefault(row["language"].lower(), without_markup(row["answer"]))


def _texts(rows: Iterable[Row], language: str, column: str) -> ByLanguage:
    found: ByLanguage = {}
    for row in rows:
        if row.get(language) and (text := without_markup(row.get(column, ""))):
            found.setdefault(row[language].lower(), text)
    return found


def _by_id(rows: Iterable[Row], key: str, column: str) -> dict[str, ByLanguage]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row.get(key, ""), []).append(row)
    return {name: _texts(own, "language", column) for name, own in grouped.items()}


def _number(row: Row, column: str) -> int:
    """A number of a row; 0 where there is none."""
    text = row.get(column, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
