"""What each figure of a report is called, and how it is told: the vocabulary of the report's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureWords:
    """What a figure is called, and what it means to somebody who has never heard of it."""

    title: Any
    about: Any = ""


_EI = gettext_lazy("The E-I index: 1 where all ties go across, −1 where all stay inside.")

FIGURES: dict[str, FigureWords] = {
    "named": FigureWords(title=gettext_lazy("Colleagues named by each person, on average")),
    "density": FigureWords(
        title=gettext_lazy("Of all ties there could be, how many there are"),
        about=gettext_lazy("Density. It falls as a staff grows, as nobody can know two hundred people well."),
    ),
    "unnamed": FigureWords(title=gettext_lazy("People whom nobody turns to")),
    "isolates": FigureWords(
        title=gettext_lazy("People who turn to nobody and whom nobody turns to"),
        about=gettext_lazy("Isolates. They may be new, work alone, or have others to turn to elsewhere."),
    ),
    "largest": FigureWords(
        title=gettext_lazy("People who are joined to one another, however far round"),
        about=gettext_lazy("The largest component."),
    ),
    "parts": FigureWords(
        title=gettext_lazy("Circles that no tie joins to one another"),
        about=gettext_lazy("Components; those of too few people are not counted. One: the staff hangs together."),
    ),
    "two_steps": FigureWords(
        title=gettext_lazy("Colleagues reached in two steps: those I turn to, and those they turn to"),
        about=gettext_lazy("Two-step reach. It says how far an idea comes by being passed on once."),
    ),
    "mutual": FigureWords(
        title=gettext_lazy("Pairs who turn to each other, of all pairs with a tie"),
        about=gettext_lazy("Reciprocity of pairs."),
    ),
    "returned": FigureWords(
        title=gettext_lazy("Ties that are returned, of all ties to people who answered"),
        about=gettext_lazy("Reciprocity of ties."),
    ),
    "closed": FigureWords(
        title=gettext_lazy("How often two whom somebody is tied to are tied themselves"),
        about=gettext_lazy("Transitivity. High means close circles, low means that people know different others."),
    ),
    "innermost": FigureWords(
        title=gettext_lazy("Ties within the closest circle, of each person in it, at least"),
        about=gettext_lazy("The innermost k-core."),
    ),
    "outgoing": FigureWords(
        title=gettext_lazy("How near it comes to one person turning to all"),
        about=gettext_lazy("Freeman’s centralisation of naming."),
    ),
    "to_silent": FigureWords(
        title=gettext_lazy("Ties that lead to people who did not answer"),
        about=gettext_lazy("Far more than beside it, and those who are turned to most are missing."),
    ),
    "team_inside": FigureWords(title=gettext_lazy("Ties that stay in one team")),
    "team_ei": FigureWords(
        title=gettext_lazy("Across teams against within, from −1 to 1"),
        about=_EI,
    ),
    "team_inside_only": FigureWords(title=gettext_lazy("People who turn to no one outside their team")),
    "team_often": FigureWords(
        title=gettext_lazy("Ties across teams that are frequent"),
        about=gettext_lazy("The more frequent half of the answers that could be given."),
    ),
    "school_inside": FigureWords(title=gettext_lazy("Ties that stay in one school")),
    "school_ei": FigureWords(
        title=gettext_lazy("Across schools against within, from −1 to 1"),
        about=_EI,
    ),
    "school_inside_only": FigureWords(title=gettext_lazy("People who turn to no one outside their school")),
    "school_often": FigureWords(
        title=gettext_lazy("Ties across schools that are frequent"),
        about=gettext_lazy("The more frequent half of the answers that could be given."),
    ),
    "schools_joined": FigureWords(title=gettext_lazy("Pairs of schools with a tie between them")),
    "horizontal": FigureWords(
        title=gettext_lazy("Ties across schools at the same level"),
        about=gettext_lazy("Horizontal links, of all ties: such as from one classroom teacher to another elsewhere."),
    ),
    "vertical": FigureWords(
        title=gettext_lazy("Ties between levels, in one school or across"),
        about=gettext_lazy("Vertical links, of all ties: such as from a classroom teacher to a head."),
    ),
    "level_same": FigureWords(title=gettext_lazy("Ties between people of the same level")),
    "level_ei": FigureWords(title=gettext_lazy("Across levels against within, from −1 to 1"), about=_EI),
    "upwards": FigureWords(title=gettext_lazy("Ties that lead to a higher level")),
    "downwards": FigureWords(title=gettext_lazy("Ties that lead to a lower level")),
    "post_standing": FigureWords(
        title=gettext_lazy("How far those with higher posts are turned to more, from −1 to 1"),
        about=gettext_lazy("The rank correlation of levels and of how often people are named."),
    ),
    "top_without_post": FigureWords(
        title=gettext_lazy("People without a post of leadership among the tenth who are turned to most")
    ),
    "to_no_post": FigureWords(
        title=gettext_lazy("Ties that lead to people without a post of leadership"),
        about=gettext_lazy("Those with the ability lead, whether or not they hold a post."),
    ),
    "carriers": FigureWords(title=gettext_lazy("The fewest people through whom half of all ties run")),
    "top_tenth": FigureWords(title=gettext_lazy("Ties that lead to the tenth who are turned to most")),
    "gini": FigureWords(
        title=gettext_lazy("How unequally people are turned to, from 0 to 1"),
        about=gettext_lazy("The Gini index: 0 where all are turned to alike, near 1 where all turn to one."),
    ),
    "centralisation": FigureWords(
        title=gettext_lazy("How near it comes to all turning to one person"),
        about=gettext_lazy("Freeman’s centralisation of being named."),
    ),
    "points": FigureWords(
        title=gettext_lazy("People without whom somebody would be cut off from the rest"),
        about=gettext_lazy("Articulation points."),
    ),
    "cut_off": FigureWords(title=gettext_lazy("Cut off from the rest when one colleague leaves, at most")),
    "reach_lost": FigureWords(
        title=gettext_lazy("Reach that the others lose if the five who are turned to most leave"),
        about=gettext_lazy("Of all pairs who come to each other in two steps."),
    ),
    "crossing_lost": FigureWords(title=gettext_lazy("Ties across that go if the five who are turned to most leave")),
    "loss_reach": FigureWords(
        title=gettext_lazy("Reach that those who stay lose"),
        about=gettext_lazy("Of all pairs of them who come to each other in two steps."),
    ),
    "loss_ties": FigureWords(title=gettext_lazy("Ties that go")),
    "loss_crossing": FigureWords(title=gettext_lazy("Ties across teams or schools that go")),
    "loss_outside": FigureWords(title=gettext_lazy("Colleagues who lose their last tie across")),
    "loss_isolated": FigureWords(title=gettext_lazy("Colleagues who lose their last tie at all")),
    "loss_cut_off": FigureWords(title=gettext_lazy("Colleagues who are cut off from the rest")),
    "coordinator": FigureWords(
        title=gettext_lazy("Go-betweens inside one group"),
        about=gettext_lazy("Coordinators: all three belong to the same team or school."),
    ),
    "representative": FigureWords(
        title=gettext_lazy("Go-betweens who carry out of their group"),
        about=gettext_lazy("Representatives: somebody of their own turns to them, and they turn to somebody outside."),
    ),
    "gatekeeper": FigureWords(
        title=gettext_lazy("Go-betweens who carry into their group"),
        about=gettext_lazy("Gatekeepers: somebody outside turns to them, and they turn to somebody of their own."),
    ),
    "liaison": FigureWords(
        title=gettext_lazy("Go-betweens between two other groups"),
        about=gettext_lazy("Liaisons: all three belong to different teams or schools."),
    ),
    "before": FigureWords(title=gettext_lazy("Ties there were")),
    "kept": FigureWords(title=gettext_lazy("Of these, kept")),
    "lost": FigureWords(
        title=gettext_lazy("Of these, gone"),
        about=gettext_lazy("Of some nobody knows: who told of them did not answer again."),
    ),
    "made": FigureWords(title=gettext_lazy("New ties")),
    "persistence": FigureWords(title=gettext_lazy("Ties kept among those who are still here")),
    "people_left": FigureWords(title=gettext_lazy("People who have left since")),
    "people_new": FigureWords(title=gettext_lazy("People who have come since")),
    "lost_by_leaving": FigureWords(title=gettext_lazy("Ties gone because somebody left")),
    "made_by_joining": FigureWords(title=gettext_lazy("New ties because somebody came")),
    "standing": FigureWords(
        title=gettext_lazy("How far the same people are turned to, from −1 to 1"),
        about=gettext_lazy("The rank correlation of how often people were named then and now."),
    ),
    "leaver": FigureWords(title=gettext_lazy("Lose their only tie outwards when one colleague leaves, at most")),
    "inside": FigureWords(title=gettext_lazy("People who turn to no one outside")),
}


FINE = frozenset({"gini", "team_ei", "level_ei", "school_ei", "standing", "post_standing"})  # from −1 or 0 to 1
COUNTED = frozenset({"people", "ties", "count"})
# What a reader comes for; the others stand one click away.
MAIN = frozenset({
    *("named", "unnamed", "isolates", "largest", "two_steps", "mutual"),
    *("team_inside", "team_inside_only", "to_no_post", "level_same"),
    *("school_inside", "school_inside_only", "schools_joined", "horizontal", "vertical"),
    *("top_tenth", "points", "cut_off", "reach_lost", "crossing_lost"),
    *("before", "kept", "lost", "made", "people_left", "people_new"),
})  # fmt: skip
