"""What can go wrong in this room, and how it is worded: what happened, what was kept, what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base.errors import CollegiumError, Conflict, Invalid, NotAllowed, NotFound, Wording

__all__ = ["WORDINGS", "CollegiumError", "Conflict", "Invalid", "NotAllowed", "NotFound"]

WORDINGS: dict[str, Wording] = {
    "guide_of_others": Wording(
        _("What adds up in a unit is for those who belong to it or look after it."),
        to_do=_("Open the guide of your own unit."),
    ),
    "moves_leads_only": Wording(
        _("Those who lead this unit or look after it say what becomes of a suggestion."),
        _("Nothing was changed."),
        _("The page “Looking after it” says who they are."),
    ),
    "move_needs_reason": Wording(
        _("Whoever puts a move off or declines it says why: the next one to read it will ask."),
        _("Nothing was changed."),
        _("Write a sentence."),
    ),
    "move_needs_day": Wording(
        _("A move is put off until a day that is still to come."),
        _("Nothing was changed."),
        _("Choose a later day, within a year."),
    ),
    "move_not_suggested": Wording(
        _("This is not suggested here any more: the numbers have changed, or somebody has answered it."),
        _("Nothing was changed."),
        _("Look at what is suggested now."),
    ),
    "review_leads_only": Wording(
        _("Those who lead this unit or look after it write down what was agreed."),
        _("Nothing was changed."),
        _("The page “Looking after it” says who they are."),
    ),
    "review_asks_others": Wording(
        _("This review asks others."),
        _("Nothing was changed."),
    ),
    "review_judge_first": Wording(
        _("People judge alone first. The conversation opens when the review closes."),
        _("Nothing was changed."),
    ),
    "review_not_for_kind": Wording(
        _("This review is meant for other kinds of units."),
        _("Nothing was opened."),
        _("Choose another, or open it in a unit of that kind."),
    ),
    "review_under_way": Wording(
        _("A review by this file is under way here already."),
        _("Nothing was opened."),
        _("Finish it or stop it first."),
    ),
    "review_too_few": Wording(
        _("It would ask {asked} people. Fewer than {needed} could be told apart by what they say."),
        _("Nothing was opened."),
        _("Ask a larger circle."),
    ),
    "review_closes_past": Wording(
        _("A review closes at a time that is still to come, within ninety days."),
        _("Nothing was opened."),
        _("Choose another day."),
    ),
    "review_over": Wording(
        _("This review takes no judgements any more."),
        _("What you chose was not kept."),
    ),
    "review_judged_already": Wording(
        _("You have judged already. Your judgement lies among the others, and nobody can take it out again."),
        _("Nothing was changed."),
    ),
    "review_closed_box": Wording(
        _("Your judgement could not be taken: this machine cannot open the box it belongs into."),
        _("Nothing was kept, and you are not marked as having judged."),
        _("Tell those who look after the unit. You can try again."),
    ),
    "review_not_closed": Wording(
        _("What people agree is written down once the review has closed."),
        _("Nothing was changed."),
    ),
    "review_finished": Wording(
        _("This review is finished."),
        _("Nothing was changed."),
        _("Open the next one."),
    ),
    "review_level_unknown": Wording(
        _("Choose one of the levels, or say that you could not agree."),
        _("Nothing was changed."),
    ),
    "review_say_why": Wording(
        _("Where people could not agree, say in a sentence between what."),
        _("Nothing was changed."),
    ),
    "review_claims_open": Wording(
        _("Not everything has been talked over: {titles}."),
        _("Nothing was changed."),
        _("Write down for each what you agreed, or that you could not."),
    ),
    "review_friend_asked": Wording(
        _("A critical friend looks on from outside, and this person is asked to judge."),
        _("Nothing was changed."),
        _("Choose somebody else."),
    ),
    "weights_range": Wording(
        _("A weight is a whole number from {lowest} to {highest}."),
        _("Nothing was changed."),
    ),
    "weights_say_why": Wording(
        _("Whoever reads the result will ask why one claim weighs more than another."),
        _("Nothing was changed."),
        _("Write a sentence."),
    ),
    "review_version_taken": Wording(
        _("There is a version {version} of “{key}” already, and a version never changes."),
        _("Nothing was kept."),
        _("Give the file the next number."),
    ),
}
