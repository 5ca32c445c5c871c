"""LimeSurvey files for the tests, as its older and its newer versions write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

Row = Mapping[str, object]


def document(kind: str, languages: Iterable[str], sections: Mapping[str, Iterable[Row]], version: int = 640) -> str:
    """A file of these sections; every value in CDATA, as LimeSurvey does it."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<document>"]
    lines += [f" <LimeSurveyDocType>{kind}</LimeSurveyDocType>", f" <DBVersion>{version}</DBVersion>", " <languages>"]
    lines += [f"  <language>{language}</language>" for language in languages]
    lines.append(" </languages>")
    for name, section in sections.items():
        rows = list(section)
        lines += [f" <{name}>", "  <fields>"]
        lines += [f"   <fieldname>{escape(field)}</fieldname>" for field in (rows[0] if rows else {})]
        lines += ["  </fields>", "  <rows>"]
        for row in rows:
            lines.append("   <row>")
            lines += [
                f"    <{field}><![CDATA[{value}]]></{field}>" if value != "" else f"    <{field}/>"
                for field, value in row.items()
            ]
            lines.append("   </row>")
        lines += ["  </rows>", f" </{name}>"]
    return "\n".join([*lines, "</document>", ""])


QUESTIONS = [
    # qid, gid, type, code, text, order, further columns
    (10, 1, "F", "MEET", "<p>How far do you agree?</p>", 1, {}),
    (20, 1, "L", "WHEN", "When do you meet?", 2, {"other": "Y"}),
    (30, 1, "M", "HELP", "What helps?", 3, {}),
    (40, 1, "N", "HOURS", "How many hours a week?", 4, {}),
    (50, 2, "F", "CAN", "How confident are you that you can:", 1, {"relevance": "((MEET_1.NAOK > 2))"}),
    (60, 2, "R", "RANK", "Put these in order", 2, {}),
    (70, 2, "G", "SEX", "Your gender", 3, {}),
    (80, 2, "T", "WORDS", "Dear {TOKEN:FIRSTNAME}, anything else?", 4, {"mandatory": "Y"}),
    (90, 2, "X", "INFO", "Thank you for your time.", 5, {}),
]
SUBQUESTIONS = [
    (11, 10, "1", "We end on time.", 1),
    (12, 10, "2", "We know what was decided &amp; why.", 2),
    (31, 30, "SQ001", "An agenda", 1),
    (32, 30, "SQ002", "Tea", 2),
    (51, 50, "a", "speak up?", 2),
    (52, 50, "b", "ask for help?", 1),
]
AGREEMENT = ["Disagree", "Rather disagree", "Rather agree", "Agree", "Don't know"]
ANSWERS = [
    *((10, f"A{place}", label, place) for place, label in enumerate(AGREEMENT, 1)),
    (20, "A1", "In the morning", 1),
    (20, "A2", "In the evening", 2),
    *((50, f"{place}", label, place) for place, label in enumerate(["Not at all", "Rather", "Very"], 1)),
]
ATTRIBUTES = [
    {"qid": 40, "attribute": "min_num_value_n", "value": "0", "language": ""},
    {"qid": 40, "attribute": "max_num_value_n", "value": "20", "language": ""},
]
SETTINGS = {
    "surveyls_survey_id": 7,
    "surveyls_language": "en",
    "surveyls_title": "Our meetings",
    "surveyls_description": "<p>How our meetings&nbsp;feel.</p><script>alert(1)</script>",
}


def new_survey() -> str:
    """As versions since 4 write it: texts in tables of their own."""
    return document(
        "Survey",
        ["en"],
        {
            "answers": [
                {"aid": place, "qid": qid, "code": code, "sortorder": order, "assessment_value": 0, "scale_id": 0}
                for place, (qid, code, _text, order) in enumerate(ANSWERS)
            ],
            "answer_l10ns": [
                {"id": place, "aid": place, "answer": text, "language": "en"}
                for place, (_qid, _code, text, _order) in enumerate(ANSWERS)
            ],
            "groups": [{"gid": 1, "sid": 7, "group_order": 2}, {"gid": 2, "sid": 7, "group_order": 1}],
            "group_l10ns": [
                {"id": 1, "gid": 1, "group_name": "Meetings", "description": "", "language": "en"},
                {"id": 2, "gid": 2, "group_name": "You", "description": "", "language": "en"},
            ],
            "questions": [
                {"qid": qid, "parent_qid": 0, "sid": 7, "gid": gid, "type": kind, "title": code, "other": "N"}
                | {"mandatory": "N", "question_order": order, "relevance": "1"}
                | more
                for qid, gid, kind, code, _text, order, more in QUESTIONS
            ],
            "subquestions": [
                {"qid": qid, "parent_qid": parent, "sid": 7, "gid": 1, "type": "T", "title": code, "scale_id": 0}
                | {"question_order": order}
                for qid, parent, code, _text, order in SUBQUESTIONS
            ],
            "question_l10ns": [
                {"id": qid, "qid": qid, "question": text, "help": "", "script": "", "language": "en"}
                for qid, text in [(row[0], row[4]) for row in QUESTIONS] + [(row[0], row[3]) for row in SUBQUESTIONS]
            ],
            "question_attributes": ATTRIBUTES,
            "surveys": [{"sid": 7, "gsid": 1, "admin": "", "language": "en", "anonymized": "Y"}],
            "surveys_languagesettings": [SETTINGS],
        },
    )


def old_survey(languages: Iterable[str] = ("en",)) -> str:
    """As versions before 4 write it: a row for each language."""
    tags = list(languages)

    def said(text: str, tag: str) -> str:
        return text if tag == "en" else f"{tag}: {text}"

    return document(
        "Survey",
        tags,
        {
            "answers": [
                {"qid": qid, "code": code, "answer": said(text, tag), "sortorder": order, "language": tag}
                | {"assessment_value": 0, "scale_id": 0}
                for tag in tags
                for qid, code, text, order in ANSWERS
            ],
            "groups": [
                {"gid": gid, "sid": 7, "group_name": said(name, tag), "group_order": order, "language": tag}
                for tag in tags
                for gid, name, order in [(1, "Meetings", 2), (2, "You", 1)]
            ],
            "questions": [
                {"qid": qid, "parent_qid": 0, "sid": 7, "gid": gid, "type": kind, "title": code}
                | {"question": said(text, tag), "other": "N", "mandatory": "N", "question_order": order}
                | {"language": tag, "relevance": "1"}
                | more
                for tag in tags
                for qid, gid, kind, code, text, order, more in QUESTIONS
            ],
            "subquestions": [
                {"qid": qid, "parent_qid": parent, "sid": 7, "gid": 1, "type": "T", "title": code}
                | {"question": said(text, tag), "question_order": order, "language": tag, "scale_id": 0}
                for tag in tags
                for qid, parent, code, text, order in SUBQUESTIONS
            ],
            "question_attributes": ATTRIBUTES,
            "surveys": [{"sid": 7, "admin": "", "language": tags[0], "anonymized": "N"}],
            "surveys_languagesettings": [
                SETTINGS | {"surveyls_language": tag, "surveyls_title": said("Our meetings", tag)} for tag in tags
            ],
        },
        version=177,
    )


def question(kind: str, answers: Iterable[str] = (), rows: Iterable[str] = (), **columns: object) -> str:
    """One question, as LimeSurvey exports it by itself (.lsq)."""
    return document(
        "Question",
        ["en"],
        {
            "questions": [
                {"qid": 1, "parent_qid": 0, "gid": 1, "type": kind, "title": "ONE", "question_order": 1, **columns}
            ],
            "subquestions": [
                {"qid": place + 2, "parent_qid": 1, "title": f"SQ{place}", "question_order": place, "scale_id": 0}
                for place, _text in enumerate(rows)
            ],
            "question_l10ns": [
                {"qid": place, "question": text, "language": "en"}
                for place, text in [(1, "Is it so?"), *((place + 2, text) for place, text in enumerate(rows))]
            ],
            "answers": [
                {"aid": place, "qid": 1, "code": f"A{place}", "sortorder": place, "scale_id": 0}
                for place, _text in enumerate(answers)
            ],
            "answer_l10ns": [{"aid": place, "answer": text, "language": "en"} for place, text in enumerate(answers)],
        },
    )
