"""What is reviewed in the demo, in words; docs/reference/demo.md says what is true of it."""

from __future__ import annotations

# What was agreed on each claim of the alliance review, a year ago and lately.
LEVELS = {
    "context": ("beginning", "developing"),
    "governance": ("developing", "developing"),
    "trust": ("beginning", "developing"),
    "vision": ("developing", "embedding"),
    "communication": ("beginning", "beginning"),
    "distributed": ("beginning", "developing"),
    "leaders": ("beginning", ""),
    "phase": ("developing", "developing"),
    "strategic": ("agreed", "agreed"),
    "operational": ("soft", "agreed"),
    "professional": ("agreed", "shared"),
}
# What spoke for it lately.
WHY_LATELY = {
    "context": "Three schools chose their own part in the reading work; two still follow the plan.",
    "governance": "The page says who decides on money. For the rest we ring the director.",
    "trust": "Kestrel Lane showed its weakest results at the autumn meeting. Nobody else did yet.",
    "vision": "All six plans name reading. Teachers can say what they do for it.",
    "communication": "Most staff learn of a joint day when it is on the calendar. Nothing has changed.",
    "distributed": "Two of five joint pieces of work are led by middle leaders, both of large schools.",
    "leaders": "Some say developing, for there is a preparation now; others have met nobody who had it.",
    "phase": "We stopped the shared calendar because it helped nobody, and said so.",
    "strategic": "The memorandum holds.",
    "operational": "Two training days are shared since the summer.",
    "professional": "All six take part in the reading programme.",
}
WHY_THEN = "As we talked it over in the hall, with the numbers on the wall."
WEIGHTS = {"trust": 3, "communication": 2}
WHY_WEIGHTS = "Everything else rests on trust between the schools, and people hear too little of each other."
DISSENT = (
    "trust",
    "One school on one afternoon is not trust. I would have stayed at beginning until a second one dares.",
)
SAID = (
    ("alliance_leader", "Where we are furthest apart is communication. What did you see that others did not?"),
    ("principal", "Heads get the monthly note. Ask who else does: in my school nobody had read it."),
    ("growing_head", "We could read it out on Mondays. It is five lines."),
    ("governor", "I look on from outside. Which of the two levels could you show me on a visit?"),
)
