"""Instruments for the tests: one that has everything, as text, and a way to change one line of it."""

from __future__ import annotations

FULL = '''# A comment with = and [brackets] in it.
key = "meetings"
version = 3
languages = ["en", "cy"]
default_language = "en"
sources = ["A source (2019)", "Another = source"]

[title]
en = "Meetings"
cy = "Cyfarfodydd"

[purpose]
en = """
How meetings feel
to those who sit in them.

A second paragraph with [[items]] in it."""
cy = "Sut mae cyfarfodydd yn teimlo."

[referents.team]
en = "the people in my team"
cy = "y bobl yn fy nhîm"

[referents.school]
en = "the teachers in my school"
cy = "yr athrawon yn fy ysgol"

[scales.agreement]
labels.en = ["Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"]
labels.cy = [
    "Anghytuno'n gryf",  # a comment
    "Anghytuno", "Y naill na'r llall", "Cytuno", "Cytuno'n gryf",
]

[scales.how_much]
lowest = 0
favourable = [3]
labels = { en = ["Not", "A little", "Much", "Very much"], cy = ["Dim", "Ychydig", "Llawer", "Yn fawr"] }

[[facets]]
key = "use"
construct = "C5"
title.en = "Use"
title.cy = "Defnydd"
source = "Somebody (2001)"
explanation.en = "What a meeting is good for."
explanation.cy = "Beth yw pwrpas cyfarfod."

[[facets]]
key = "balance"
title = { en = "Balance", cy = "Cydbwysedd" }

[[items]]
key = "use_decide"
kind = "likert"
facet = "use"
scale = "agreement"
text.en = "{Referent} leave meetings knowing what was decided."
text.cy = "Mae {referent} yn gwybod beth a benderfynwyd."

[[items]]
key = "use_wasted"
same_as = "use_waste"
kind = "likert"
facet = "use"
scale = "agreement"
reversed = true
text.en = "Our meetings could have been a message."
text.cy = "Gallai ein cyfarfodydd fod yn neges."

[[items]]
key = "talk_act"
kind = "paired"
facet = "balance"
scale = "how_much"
text.en = "How much of each is there in meetings of {referent}?"
text.cy = "Faint o bob un sydd?"
left.en = "Talking"
left.cy = "Siarad"
right.en = "Doing"
right.cy = "Gwneud"

[[items]]
key = "when"
kind = "single"
text.en = "When do you meet?"
text.cy = "Pryd ydych chi'n cwrdd?"

[[items.options]]
key = "morning"
label.en = "In the morning"
label.cy = "Yn y bore"

[[items.options]]
key = "evening"
label.en = "In the evening"
label.cy = "Gyda'r nos"

[[items]]
key = "helps"
kind = "multiple"
text.en = "What helps?"
text.cy = "Beth sy'n helpu?"

[[items.options]]
key = "agenda"
label.en = "An agenda"
label.cy = "Agenda"

[[items.options]]
key = "tea"
label.en = "Tea"
label.cy = "Te"

[[items]]
key = "hours"
kind = "number"
lowest = 1
highest = 20
text.en = "How many hours a week do you meet?"
text.cy = "Sawl awr yr wythnos?"

[[items]]
key = "comment"
kind = "text"
text.en = "What else?"
text.cy = "Beth arall?"
'''

# The smallest instrument there can be.
SMALL = """key = "small"
version = 1
languages = ["en"]
title = "Small"
purpose = "As little as possible."

[scales.agreement]
labels.en = ["No", "Yes"]

[[items]]
key = "only"
kind = "likert"
scale = "agreement"
text = "We meet."
"""


def line_of(text: str, beginning: str, occurrence: int = 1) -> int:
    """The number of the line that begins so."""
    found = [number for number, line in enumerate(text.splitlines(), 1) if line.startswith(beginning)]
    return found[occurrence - 1]


def changed(text: str, *changes: tuple[str, str]) -> str:
    """`text` with the first of each old part replaced; an old part must be there."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text
