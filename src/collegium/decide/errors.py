"""What can go wrong in this room, and how it is worded: what happened, what was kept, what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base.errors import CollegiumError, Conflict, Invalid, NotAllowed, NotFound, Wording
from collegium.decide.draw_errors import DRAW_WORDINGS
from collegium.decide.import_errors import IMPORT_WORDINGS
from collegium.decide.meeting_errors import MEETING_WORDINGS
from collegium.decide.vote_errors import VOTE_WORDINGS

__all__ = ["WORDINGS", "CollegiumError", "Conflict", "Invalid", "NotAllowed", "NotFound"]

_NOTHING_CHANGED = _("Nothing was changed.")

WORDINGS: dict[str, Wording] = {
    # who may do what
    "matter_of_others": Wording(
        _("This is for those who take part in it, and you are not one of them."),
        _NOTHING_CHANGED,
        _("Ask those who facilitate it to add you if it affects you."),
    ),
    "matter_closed": Wording(
        _("This matter is closed."), _NOTHING_CHANGED, _("Ask the question anew if it has come up.")
    ),
    "facilitators_only": Wording(_("Only the two who facilitate this matter can do that."), _NOTHING_CHANGED),
    "proposal_of_another": Wording(
        _("Only whoever wrote a proposal, or those who facilitate, can change it."),
        _NOTHING_CHANGED,
        _("Write in the conversation what you would change, or propose something of your own."),
    ),
    # matters
    "facilitators_same": Wording(
        _("Two different people facilitate a matter, so that it does not hang on one."),
        _NOTHING_CHANGED,
        _("Choose somebody else as the second."),
    ),
    "decide_by_past": Wording(_("The day to decide by has passed."), _NOTHING_CHANGED, _("Choose a day to come.")),
    "nobody_takes_part": Wording(
        _("Nobody would have a vote in this."), _NOTHING_CHANGED, _("Choose at least one unit, group or person.")
    ),
    "takes_part_already": Wording(_("They take part already."), _NOTHING_CHANGED),
    "stage_by_itself": Wording(
        _("That stage follows by itself from an outcome or its review."),
        _NOTHING_CHANGED,
        _("Publish the outcome first."),
    ),
    "outcome_is_out": Wording(
        _("An outcome has been published, so the matter goes on from there."),
        _NOTHING_CHANGED,
        _("The review can open it again."),
    ),
    "group_elsewhere": Wording(_("That group is of another unit."), _NOTHING_CHANGED, _("Choose one from the list.")),
    # proposals
    "proposal_moved_on": Wording(
        _("Somebody else changed this proposal while you were writing."),
        _("Your words are still in the form, and what was changed is shown above it."),
        _("Look at both, put them together and send it again."),
    ),
    "proposal_same": Wording(_("Nothing is different from how it reads now."), _NOTHING_CHANGED),
    "proposal_withdrawn": Wording(_("This proposal has been withdrawn."), _NOTHING_CHANGED),
    "proposal_voted_on": Wording(
        _("This proposal is being voted on as it reads."),
        _NOTHING_CHANGED,
        _("Wait until the vote has closed, or stop the vote first."),
    ),
    "ideas_over": Wording(
        _("Ideas are not asked for at this stage."),
        _NOTHING_CHANGED,
        _("Write in the conversation, or make a proposal."),
    ),
    "idea_is_proposal": Wording(
        _("An idea of these has gone into a proposal, or was set aside."),
        _NOTHING_CHANGED,
        _("Look at the page again."),
    ),
    "why_missing": Wording(_("Say why, so that others can follow."), _NOTHING_CHANGED),
    # decision rights
    "right_needs_reason": Wording(
        _("This decision sits above the lowest sensible level, and no reason is given."),
        _NOTHING_CHANGED,
        _("Say why it cannot be decided lower down, or let it sit there."),
    ),
    "right_is_lowest": Wording(_("This decision sits at the lowest sensible level already."), _NOTHING_CHANGED),
    "right_is_gone": Wording(
        _("That decision is not in the register any more."),
        _("What you wrote is still in the form."),
        _("Publish without moving it."),
    ),
    "move_not_carried": Wording(
        _("A vote that carried moves a decision down, or somebody who writes the register."),
        _("What you wrote is still in the form."),
        _("Choose the vote that carried, or ask somebody who leads the unit to publish this."),
    ),
    "right_elsewhere": Wording(
        _("A decision of this unit can sit with it, with what it contains, or with what contains it."),
        _NOTHING_CHANGED,
        _("Choose one from the list."),
    ),
    # being heard, and outcomes
    "point_elsewhere": Wording(_("That comment is not in this matter."), _NOTHING_CHANGED),
    "themes_unanswered": Wording(
        _("{count} themes have no answer yet. Whoever said something must hear what came of it."),
        _("What you wrote is still in the form."),
        _("Answer every theme under “Being heard”, then publish."),
    ),
    "points_left_over": Wording(
        _("{count} comments that people asked to be answered are in no theme yet."),
        _("What you wrote is still in the form."),
        _("Put each into a theme under “Being heard”, answer it, then publish."),
    ),
    "polls_running": Wording(
        _("A vote is still open in this matter."),
        _("What you wrote is still in the form."),
        _("Wait until it has closed."),
    ),
    "review_past": Wording(
        _("The day of the review must be later than today."), _("What you wrote is still in the form.")
    ),
    "nothing_to_review": Wording(_("There is no outcome to review here, or it has been reviewed."), _NOTHING_CHANGED),
    "not_told": Wording(_("This outcome was not sent to you."), _NOTHING_CHANGED),
    "outcome_missing": Wording(_("There is no outcome yet."), _NOTHING_CHANGED),
    **VOTE_WORDINGS,
    **DRAW_WORDINGS,
    **IMPORT_WORDINGS,
    **MEETING_WORDINGS,
}
