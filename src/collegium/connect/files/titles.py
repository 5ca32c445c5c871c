"""The words by which the columns of lists of people and ties are known, reduced by `rosters.cells.key`."""

from __future__ import annotations

from collections.abc import Mapping

from collegium.people.rosters import header_words
from collegium.people.rosters.cells import word_set

_STAFF = header_words.WORDS

# Who is who. A name can be an id in a small network; it stands last, and is only an id then.
ID = word_set("id nodeid node vertex personid person actor member key code ego number") | _STAFF["person_id"]
NAME = word_set("label") | _STAFF["full_name"]
PERSON: Mapping[str, frozenset[str]] = {
    "email": _STAFF["email"],
    "school": _STAFF["unit_name"] | _STAFF["unit_id"] | word_set("group"),
    "team": _STAFF["team"] | word_set("yearteam gradeteam"),
    "level": _STAFF["level"],
    "post": word_set("post haspost formal formalleader leader leadershippost fuehrungsaufgabe responsabilite cargo"),
    "answered": word_set("answered respondent responded hasanswered response geantwortet repondu respondio"),
}

# The two ends of a tie. Both must be of one pair: "from" with "to", never "from" with "target".
ENDS = (
    ("source", "target"),
    ("from", "to"),
    ("sender", "receiver"),
    ("ego", "alter"),
    ("seeker", "adviser"),
    ("seeker", "advisor"),
    ("asker", "asked"),
    ("respondent", "nominee"),
    ("nominator", "nominee"),
    ("giver", "receiver"),
    ("von", "zu"),
    ("von", "an"),
    ("de", "a"),
    ("de", "vers"),
    ("van", "naar"),
    ("i", "j"),
)
WEIGHT = word_set("weight strength frequency howoften value times gewicht haeufigkeit poids frequence peso frecuencia")
LAYER = word_set("layer kind kindoftie tie tietype relation relationship network type question ebene relacion couche")
