"""Finding out whether a challenge prescribes means where it should say what becomes true (rule 5: ends, not means).

Rules about words, in English, each with its explanation. They advise and never refuse: whoever writes knows better.
What pupils do is an end; what adults buy, introduce, attend or fill in is a means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_DOERS = (
    r"(?:we|staff|teachers|all teachers|every teacher|all staff|leaders|the (?:school|team|department|head|district))"
)
_ACTS = (
    r"(?:introduc|implement|roll(?:ing|s|ed)? ?out|launch|adopt|buy|bought|purchas|procur|hir|recruit|appoint|train|"
    r"deliver|set(?:ting)? up|install|establish|schedul|timetabl|pilot|organis|organiz|run|hold|attend|complet|"
    r"fill(?:ing|s|ed)? in|writ(?:e|ing) (?:a|the) (?:policy|plan|report)|use (?:the|a|our)|creat(?:e|ing) (?:a|the)|"
    r"provid(?:e|ing) (?:training|cpd|courses))"
)
_BEGINS = (
    r"(?:introduce|implement|roll out|launch|adopt|buy|purchase|procure|hire|recruit|appoint|train|deliver|set up|"
    r"install|establish|schedule|timetable|pilot|organise|organize|run|hold|attend|complete|fill in|provide|create|"
    r"develop|use|write|extend|expand|replace|restructure)"
)
_THINGS = (
    r"(?:programme|program|scheme|software|app|platform|system|policy|timetable|committee|working group|training|"
    r"courses?|workshops?|inset|cpd|package|toolkit|laptops?|tablets?|chromebooks?|whiteboards?)"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule about words: what it looks for, and why that is likely to be a means."""

    key: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Finding:
    """Words that are likely to prescribe means, and the key of the rule that found them."""

    rule: str
    words: str


RULES: tuple[Rule, ...] = (
    # "Introduce a phonics scheme": it begins with something to do.
    Rule(
        "begins_with_doing",
        re.compile(rf"(?:^|[.!?\n]\s*|^\s*[-*]\s*)({_BEGINS}\b[^.,;\n]{{0,60}})", re.IGNORECASE | re.MULTILINE),
    ),
    # "We will train all teachers": adults carry out a measure.
    Rule(
        "adults_do",
        re.compile(
            rf"\b({_DOERS}\s+(?:will\s+|are\s+going\s+to\s+|must\s+|should\s+|have\s+to\s+|need\s+to\s+)?{_ACTS}\w*"
            rf"[^.,;\n]{{0,50}})",
            re.IGNORECASE,
        ),
    ),
    # "by introducing", "through weekly meetings": a way is named.
    Rule(
        "names_a_way",
        re.compile(
            rf"\b((?:by|through|via|with the help of|by means of)\s+(?:(?:\w+\s+){{0,2}}{_ACTS}\w*ing\b|{_ACTS}ing\b|"
            rf"(?:\w+\s+){{0,3}}(?:{_THINGS}|meetings?))[^.,;\n]{{0,40}})",
            re.IGNORECASE,
        ),
    ),
    # "a new reading programme": a thing to have.
    Rule(
        "names_a_thing",
        re.compile(
            rf"\b((?:a|an|the|one|our)\s+(?:(?:new|common|shared|single|whole-school)\s+){{1,2}}(?:\w+\s+){{0,2}}{_THINGS})\b",
            re.IGNORECASE,
        ),
    ),
    # "all staff have been trained", "100% attendance at training": doing it is counted, not what it brought.
    Rule(
        "counts_the_doing",
        re.compile(
            r"\b((?:staff|teachers?|lessons?|meetings?|observations?)\b[^.;\n]{0,30}\b(?:trained|attended|completed|observed|"
            r"held|delivered|scrutinised|implemented|rolled out|in place)\b[^.;\n]{0,30})",
            re.IGNORECASE,
        ),
    ),
)


def find_means(text: str) -> tuple[Finding, ...]:
    """Return the words that are likely to prescribe means, each stretch once, in the order of the text."""
    found: list[tuple[int, int, Finding]] = []
    for rule in RULES:
        for match in rule.pattern.finditer(text):
            start, end = match.span(1)
            if not any(start < other_end and other_start < end for other_start, other_end, _finding in found):
                found.append((start, end, Finding(rule.key, " ".join(match.group(1).split()))))
    return tuple(finding for _start, _end, finding in sorted(found, key=lambda each: each[0]))
