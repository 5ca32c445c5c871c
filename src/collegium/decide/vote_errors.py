"""What can go wrong with a vote, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from collegium.base.errors import Wording

_NOTHING_CHANGED = _("Nothing was changed.")
_NOT_COUNTED = _("Your ballot was not taken.")

VOTE_WORDINGS: dict[str, Wording] = {
    "vote_needed": Wording(
        _("The share that is needed is at most one, and of a qualified majority it is more than half."),
        _("What you wrote is still in the form."),
        _("Write it such as 2/3 or 60%."),
    ),
    "not_on_roll": Wording(
        _("You are not among those who vote on this."), _NOT_COUNTED, _("You can still say what you think.")
    ),
    "vote_over": Wording(_("This vote has closed."), _NOT_COUNTED, _("What came of it stands on its page.")),
    "vote_stopped": Wording(_("This vote was stopped, and its ballots were deleted."), _NOT_COUNTED),
    "voted_already": Wording(
        _("You have voted. A secret ballot cannot be changed, because nobody can find yours among the others."),
        _("The ballot you cast counts."),
    ),
    "vote_closed_box": Wording(
        _("The ballots of this vote cannot be opened on this machine at the moment, so nothing can be added."),
        _("Your ballot was not taken, and you can vote again."),
        _("Tell whoever runs this site."),
    ),
    "ballot_unreadable": Wording(
        _("Something on this ballot is not one of the choices."), _NOT_COUNTED, _("Choose from what is shown.")
    ),
    "ballot_empty": Wording(
        _("Nothing is chosen on this ballot."), _NOT_COUNTED, _("Choose something, or “I abstain”.")
    ),
    "ballot_withdrawn": Wording(
        _("An option on your ballot has been withdrawn since you opened the page."),
        _NOT_COUNTED,
        _("Look at what is left and vote again."),
    ),
    "ballot_too_many": Wording(_("At most {most} can be chosen."), _NOT_COUNTED, _("Take some away.")),
    "ballot_too_high": Wording(_("The highest mark is {highest}."), _NOT_COUNTED, _("Choose a lower one.")),
    "ballot_too_many_dots": Wording(
        _("There are {dots} dots to give, and these are {given}."), _NOT_COUNTED, _("Take some away.")
    ),
    "ballot_ranks": Wording(
        _("A rank is a whole number from 1 to {options}, or nothing."),
        _NOT_COUNTED,
        _("Number those you want, 1 first."),
    ),
    "objection_reason": Wording(
        _("An objection or a block says why: it is the beginning of a better proposal."), _NOT_COUNTED, _("Write why.")
    ),
    "objection_not_yours": Wording(_("Only whoever objected can say that it is worked through."), _NOTHING_CHANGED),
    # opening and stopping
    "vote_closes_past": Wording(_("The closing time has passed."), _NOTHING_CHANGED, _("Choose one to come.")),
    "vote_too_long": Wording(
        _("A vote may stay open for {days} days at most."), _NOTHING_CHANGED, _("Choose an earlier closing time.")
    ),
    "vote_nobody": Wording(_("Nobody would have a vote."), _NOTHING_CHANGED, _("Add who takes part first.")),
    "vote_too_few_secret": Wording(
        _("Only {asked} people have a vote here. Among fewer than {needed} a secret ballot would be no secret."),
        _NOTHING_CHANGED,
        _("Vote openly, or add those who are affected."),
    ),
    "vote_needs_options": Wording(
        _("This method needs at least {needed} options to choose from."), _NOTHING_CHANGED, _("Write one on each line.")
    ),
    "vote_too_many_options": Wording(
        _("A vote has at most {most} options."), _NOTHING_CHANGED, _("Put some together, or take some away.")
    ),
    "vote_same_options": Wording(
        _("Two options have the same name: {title}."), _NOTHING_CHANGED, _("Name each differently.")
    ),
    "vote_needs_proposal": Wording(
        _("This method is about one proposal that stands."), _NOTHING_CHANGED, _("Choose the proposal.")
    ),
    "vote_must_be_open": Wording(
        _("By this method people answer one another, so it cannot be secret."),
        _NOTHING_CHANGED,
        _("Vote openly, or choose another method."),
    ),
    "vote_is_secret": Wording(_("This vote is secret, and cannot be made open."), _NOT_COUNTED),
    "vote_is_open": Wording(_("This vote is open, and cannot be made secret."), _NOT_COUNTED),
    "vote_no_budget": Wording(
        _("There is no money to share out: the budget must be more than zero."),
        _NOTHING_CHANGED,
        _("Write the budget."),
    ),
    "vote_costs": Wording(
        _("Each project needs what it costs, as a whole number more than zero: “{title}” has none."),
        _NOTHING_CHANGED,
        _("Write the cost after a semicolon, such as: Bicycle stand; 1200"),
    ),
    "vote_places": Wording(
        _("There are {options} options, so that many at most can win."), _NOTHING_CHANGED, _("Choose fewer.")
    ),
    "option_withdrawn": Wording(_("This option has been withdrawn already."), _NOTHING_CHANGED),
    "option_last": Wording(
        _("It is the last option that is left."), _NOTHING_CHANGED, _("Stop the vote instead, with the reason.")
    ),
    "option_of_proposal": Wording(
        _("This vote is about one proposal, which cannot be taken out of it."),
        _NOTHING_CHANGED,
        _("Stop the vote instead."),
    ),
}
