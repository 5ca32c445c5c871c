"""What can go wrong in this room, and how it is worded: what happened, what was kept, what to do."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from collegium.base.errors import CollegiumError, Conflict, Invalid, NotAllowed, NotFound, Wording

__all__ = ["WORDINGS", "CollegiumError", "Conflict", "Invalid", "NotAllowed", "NotFound", "TextMovedOn"]

_NOTHING_CHANGED = _("Nothing was changed.")
_TYPED_IS_KEPT = _("What you typed is kept below.")


class TextMovedOn(Conflict):
    """Somebody else has reworded a text since the form was opened; `version` is the number it has now."""

    code = "text_moved_on"

    def __init__(self, *, version: int, **data: Any) -> None:
        super().__init__(version=version, **data)
        self.version = version


WORDINGS: dict[str, Wording] = {
    # texts
    "text_moved_on": Wording(
        _("Somebody else changed this text while you were writing."),
        _("Both wordings are kept, and stand side by side below."),
        _("Bring them together in the form, and save again."),
    ),
    "text_reason_missing": Wording(
        _("A changed text says why it was changed."), _TYPED_IS_KEPT, _("Write the reason in a sentence.")
    ),
    "text_unchanged": Wording(
        _("This is the wording that stands already."), _TYPED_IS_KEPT, _("Change something, or leave the page.")
    ),
    "text_part_missing": Wording(
        _("Something that this text needs is empty."), _TYPED_IS_KEPT, _("Fill in what is marked.")
    ),
    # who may do what
    "drafts_of_others": Wording(_("A draft is seen by those who belong to the unit.")),
    "members_only": Wording(
        _("Only those who belong to this unit can do that."),
        _NOTHING_CHANGED,
        _("Ask somebody there to do it with you."),
    ),
    "leads_only": Wording(
        _("Only those who lead or look after this unit can do that."),
        _NOTHING_CHANGED,
        _("The page “Looking after it” says who they are."),
    ),
    # standing
    "standing_withdrawn": Wording(
        _("This was withdrawn and cannot be changed any more."), _NOTHING_CHANGED, _("Write a new one instead.")
    ),
    "standing_published_already": Wording(_("This is published already."), _NOTHING_CHANGED),
    "serves_unknown": Wording(
        _("What this should serve is not there any more, or not for you to see."),
        _NOTHING_CHANGED,
        _("Choose from the list again."),
    ),
    "horizon_past": Wording(
        _("An intent looks forward, and this day has passed."), _TYPED_IS_KEPT, _("Choose a day some years from now.")
    ),
    # conversations and dissent
    "conversation_to_come": Wording(
        _("This conversation is still to come."), _TYPED_IS_KEPT, _("Record it once it was held.")
    ),
    "conversation_too_long": Wording(
        _("What came of a conversation fits into {lines} lines and {limit} characters."),
        _TYPED_IS_KEPT,
        _("Keep what somebody who was not there needs to know."),
    ),
    "dissent_said_already": Wording(
        _("You have said already that you see this otherwise."),
        _NOTHING_CHANGED,
        _("Take back what you said, and say it anew."),
    ),
    # intents above
    "link_to_itself": Wording(_("An intent cannot adopt or serve itself."), _NOTHING_CHANGED, _("Choose another one.")),
    "link_within_unit": Wording(
        _("That intent belongs to the same unit."),
        _NOTHING_CHANGED,
        _("Choose one of another unit: of the district, the alliance, or a partner."),
    ),
    "link_not_published": Wording(
        _("That intent is not published, or was withdrawn."), _NOTHING_CHANGED, _("Choose from the list again.")
    ),
    "link_there_already": Wording(_("It adopts or serves that intent already."), _NOTHING_CHANGED),
    "link_in_a_circle": Wording(
        _("That intent serves this one already, directly or through others. Both cannot serve each other."),
        _NOTHING_CHANGED,
        _("Decide which of the two comes first."),
    ),
    "point_kind_unknown": Wording(_("That is no kind of point."), _NOTHING_CHANGED, _("Choose from the list again.")),
    "serves_in_order": Wording(
        _("On the line, what stands later serves what stands before it, and not the other way round."),
        _NOTHING_CHANGED,
        _("Choose something that stands before it."),
    ),
    # plans from files
    "plan_unreadable": Wording(
        _("This file holds no table that can be read, or more than {rows} rows."),
        _NOTHING_CHANGED,
        _("Save it as CSV or as a spreadsheet with the titles in the first row, and try again."),
    ),
    "plan_columns_missing": Wording(
        _("A plan needs a column that says what each row is, and one with its title."),
        _NOTHING_CHANGED,
        _("Choose both."),
    ),
    "plan_columns_doubled": Wording(
        _("One column was chosen for two things."), _NOTHING_CHANGED, _("Choose another one for one of them.")
    ),
    "plan_settled": Wording(
        _("This file was brought in or left already."), _NOTHING_CHANGED, _("Upload it again if you need to.")
    ),
    # challenges
    "challenge_past": Wording(
        _("The day by which it should be true, {by_on}, has passed."), _TYPED_IS_KEPT, _("Choose one still to come.")
    ),
    "challenge_dates": Wording(
        _("Work on it would begin after it should be true."), _TYPED_IS_KEPT, _("Look at both days again.")
    ),
    "challenge_two_people": Wording(
        _("Two different people own a challenge, so that it lives on when one leaves."),
        _NOTHING_CHANGED,
        _("Choose somebody else as the second."),
    ),
    "challenge_needs_two": Wording(
        _("Only one person could carry this challenge, or nobody."),
        _NOTHING_CHANGED,
        _("Name a second owner, then start it."),
    ),
    "challenge_not_published": Wording(
        _("This challenge is a draft."),
        _NOTHING_CHANGED,
        _("Publish it first: people cannot join what they cannot read."),
    ),
    "challenge_not_checked": Wording(
        _("Nobody has gone through the change check yet."), _NOTHING_CHANGED, _("Do that first; it takes some minutes.")
    ),
    "challenge_started_already": Wording(_("It has started already."), _NOTHING_CHANGED),
    "challenge_not_started": Wording(
        _("It has not started, so it cannot have ended."), _NOTHING_CHANGED, _("Withdraw it if it will not be done.")
    ),
    "challenge_closed": Wording(
        _("This challenge was closed on {closed_on}."), _NOTHING_CHANGED, _("Write a new one for what comes next.")
    ),
    "challenge_learned_missing": Wording(
        _("What was not met is worth as much, when it says what was learned."),
        _TYPED_IS_KEPT,
        _("Write what you would tell others who try it."),
    ),
    "check_incomplete": Wording(_("An answer is missing."), _TYPED_IS_KEPT, _("Answer each question.")),
    "citation_unknown": Wording(
        _("That number is not there any more, or not for you to see."),
        _NOTHING_CHANGED,
        _("Choose from the list again."),
    ),
    "citation_there_already": Wording(_("The challenge cites that number already."), _NOTHING_CHANGED),
    "not_signed_on": Wording(_("You have not signed on."), _NOTHING_CHANGED),
    "withdrawal_reason_missing": Wording(
        _("Whatever is withdrawn stays visible with its reason."), _NOTHING_CHANGED, _("Write why in a sentence.")
    ),
}
