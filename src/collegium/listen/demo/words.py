"""What people of the story write: open answers, and what schools made of their results. None names anybody."""

from __future__ import annotations

from collegium.people.demo import story as people

ANYWHERE = (
    "More time to plan with the others in my year would help most.",
    "The new reading hour works. Please keep it.",
    "Too many messages on too many channels.",
    "Cover for absence falls on the same people every week.",
    "Visiting another school was the best training I have had in years.",
    "The photocopier. Again.",
    "I would like to hear what came of the last survey.",
    "Good term. Tired, but good.",
    "We could start meetings with what went well in lessons.",
    "Behaviour in the corridors is better since we agreed on one rule.",
    "I do not see how the trips and the new assessments fit in the same month.",
    "Thank you to whoever sorts out the minibus.",
    "Parents ask more than we can answer by email.",
    "The quiet room for staff is worth its weight in gold.",
)
AFTER_THE_LEADER_LEFT = (
    "Nobody tells us whether the post will be filled.",
    "Decisions come late and without reasons.",
    "What was said in September no longer holds.",
    "We hear things from parents first.",
    "Colleagues leave and we find out when the timetable changes.",
    "I keep my door closed more than I used to.",
    "Things are promised in meetings and then nothing happens.",
    "People are kind to each other, but nobody knows what comes next.",
    "We used to see each other's lessons. That has stopped.",
    "It would help to know who decides what.",
)
WHERE_IT_GROWS = (
    "The newcomers ask good questions, and we answer them together.",
    "Planning on Wednesdays in one room has changed how I teach.",
    "I have taken over an idea from a colleague and it works.",
    "For the first time we caught up with everybody who had fallen behind.",
    "It is getting crowded in the staff room, in a good way.",
    "Looking at pupils' work together is the best hour of the week.",
    "We finish what we start now.",
    "I would not want to lose the half hour for settling in.",
)

# What two schools made of the first result of year 2: a question of the half hour together, and what was written down.
NOTES: dict[str, tuple[tuple[str, str], ...]] = {
    people.LEADER_LEFT: (
        ("surprise", "That all three questions on trust fell, and by so much. We had expected voice to fall instead."),
        ("keep", "People still offer help when somebody has a hard time. We want to hold on to that."),
        ("change", "Say every Friday what was decided, by whom and why, even when the answer is that nothing was."),
    ),
    people.GROWING: (
        ("surprise", "How much the belief that pupils can catch up has risen since we plan together."),
        ("keep", "Wednesday afternoon in one room, and the group that welcomes new colleagues."),
        ("change", "Let support staff join the planning, an hour a fortnight to begin with."),
    ),
}


def comments_for(school: str, year: int) -> tuple[str, ...]:
    """Return what may be heard in a school in a school year."""
    if school == people.LEADER_LEFT and year >= 2:
        return AFTER_THE_LEADER_LEFT
    if school == people.GROWING and year >= 2:
        return (*WHERE_IT_GROWS, *ANYWHERE[:4])
    return ANYWHERE
