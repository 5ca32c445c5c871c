"""What is decided in the demo, in words; docs/reference/demo.md says what is true of it."""

from __future__ import annotations

from dataclasses import dataclass

from collegium.people.demo.story import CASTLEWICK, THORNMERE

__all__ = ["CASTLEWICK", "CORRIDORS", "HOUR", "MEETINGS", "NORMS", "RIGHTS", "THORNMERE", "Told"]


@dataclass(frozen=True, slots=True)
class Told:
    """A question, what is behind it, and the proposal that answers it."""

    question: str
    background: str
    title: str
    text: str


MEETINGS = Told(
    "When does the whole staff meet?",
    "Monday meetings begin when many are still with pupils, and end when the late bus has left.",
    "Meet on Friday at two",
    "The whole staff meets on **Fridays from two to three**. Clubs move to Thursday.",
)
CORRIDORS = Told(
    "Whose questions open our lessons?",
    "Pupils told the council that nobody asks them what they want to know.",
    "A question wall in every corridor",
    "Each corridor has a wall on which pupils write what they want to know. Every team opens a lesson a week with one.",
)
HOUR = Told(
    "What do we do with the hour that Wednesdays give back?",
    "The new timetable frees an hour for everybody on Wednesdays. It is ours to fill, and too short for everything.",
    "Plan lessons together",
    "Teams plan a lesson together each week, and one of them is visited by a colleague of another team.",
)
HOUR_OPTIONS = ("Plan lessons together", "Visit each other's lessons", "Meet as learning communities", "Leave it free")
HOUR_IDEAS = (
    # who says it, what, and how many others see it so too
    ("teacher", "We plan one lesson a week together, in teams.", 14),
    ("facilitator", "We visit each other's lessons first, before we plan anything.", 9),
    ("principal", "We leave it free until Easter and see what grows.", 4),
)
NORMS = (
    "What affects everybody is asked of everybody, before a proposal is written. A working decision is taken by "
    "consent: good enough for now, safe enough to try, and looked at again on a day we name.\n\n"
    "What affects one team, that team decides."
)
SAFE = "Anything that can be undone within a term, costs less than 500 and touches no pupil's marks."
RIGHTS = (
    # what, whether it sits with the district, the lowest sensible level, why higher
    ("Which books a subject buys", False, "team", "The library budget is one, and was never split."),
    ("Who covers lessons", False, "school", ""),
    ("How many places each school has", True, "district", ""),
)
GROUP_MEETING, STAFF_MEETING = "Reading across subjects, fourth meeting", "Staff meeting"
GROUP_AGENDA = (
    # what, how many minutes, who brings it
    ("What the pairs of readers told us", 15, "teacher"),
    ("Which text do we all read in the next two weeks?", 20, "facilitator"),
    ("Who looks in on whom", 10, "teacher"),
)
GROUP_MINUTES = (
    "Readers stumble over the first long sentence and give up there. They wait for somebody to ask.",
    "A page of a science book, since words there mean something else than at home.",
    "In pairs, across subjects. Each looks in once.",
)
GROUP_QUESTION = GROUP_AGENDA[1][0]
GROUP_DECISION = (
    "We all read the same page of the science book with our classes, and stop after its first long sentence."
)
