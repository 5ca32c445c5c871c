"""What each stage asks, by the kind of enquiry: a question to begin with, never a field that must be filled."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collegium.enquire.enums import Stage, Template

ABOUT: Mapping[Template, Promise] = {
    Template.CLASSROOM: _("One question about teaching, tried in one classroom or a few."),
    Template.LESSON_STUDY: _("Plan a lesson together, watch pupils learn in it, and plan the next one."),
    Template.PDSA: _("Small tests one after another, each with a prediction: plan, do, study, act."),
    Template.APPRECIATIVE: _("Begin with what works well already, and find out how to have more of it."),
    Template.LEARNING_WALK: _("Visit lessons with one question in mind, and talk about what was seen."),
}

_USUAL: Mapping[Stage, Promise] = {
    Stage.CONTEXT: _("What do you see, and where? What do pupils and colleagues say about it?"),
    Stage.PURPOSE: _("What should become true, for whom, by when? How would you know?"),
    Stage.EVIDENCE: _("What do the numbers, the work and the observations say? What speaks against it?"),
    Stage.ACTION: _("What will you try, who does it, from when? What do you predict?"),
    Stage.EFFECT: _("What changed, for whom? What else could explain it? What would you do again?"),
}
_OWN: Mapping[Template, Mapping[Stage, Promise]] = {
    Template.LESSON_STUDY: {
        Stage.CONTEXT: _(
            "Which idea do pupils find hard? Which few pupils will you watch, as types and without names?"
        ),
        Stage.PURPOSE: _("What should each of them be able to do at the end of the lesson?"),
        Stage.EVIDENCE: _("What did they do and say in the lesson, beside what you predicted?"),
        Stage.ACTION: _("Plan the lesson together, and who watches what."),
        Stage.EFFECT: _("What will you change in the next lesson, and what did watching teach you?"),
    },
    Template.PDSA: {
        Stage.PURPOSE: _("What are you trying to accomplish, by how much, by when?"),
        Stage.EVIDENCE: _("How will you know that a change is an improvement?"),
        Stage.ACTION: _("What change can you try by next Tuesday, as small as possible?"),
    },
    Template.APPRECIATIVE: {
        Stage.CONTEXT: _("When did this go really well? Tell the story. What made it possible?"),
        Stage.PURPOSE: _("What would it look like if that were usual?"),
        Stage.EVIDENCE: _("What do the stories have in common?"),
        Stage.ACTION: _("What is the first thing you will do more of?"),
        Stage.EFFECT: _("What is there more of now, and who noticed?"),
    },
    Template.LEARNING_WALK: {
        Stage.CONTEXT: _("Which one question do you walk with? Who knows that you are coming?"),
        Stage.EVIDENCE: _("What did you see pupils do? Write what was there, not what you think of it."),
        Stage.EFFECT: _("What will those who were visited hear, and from whom?"),
    },
}


def prompt_of(template: Template, stage: Stage) -> str:
    """Return what a stage asks in this kind of enquiry."""
    return str(_OWN.get(template, {}).get(stage, _USUAL[stage]))
