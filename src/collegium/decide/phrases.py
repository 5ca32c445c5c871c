"""How the events of this room read in the trail. What somebody voted, or that they voted in secret, is in none."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

KINDS = {
    "matter": _("matters that are decided"),
    "proposal": _("proposals"),
    "norms": _("ways of deciding"),
    "draw": _("draws by lot"),
    "right": _("whose decisions are whose"),
    "theme": _("what people said in a matter"),
    "outcome": _("outcomes"),
    "poll": _("votes"),
    "ballot": _("open ballots"),
}
PHRASES = {
    "matter.asked": _("{who} asked the question “{title}”"),
    "matter.changed": _("{who} changed what is said about “{title}”"),
    "matter.moved": _("{who} moved “{title}” to another stage"),
    "matter.closed": _("{who} closed “{title}” without a decision"),
    "matter.brought_in": _("{who} brought the earlier decision “{title}” in"),
    "matter.part_added": _("{who} let somebody more take part in “{title}”"),
    "matter.part_removed": _("{who} let somebody take part in “{title}” no more"),
    "proposal.made": _("{who} proposed “{title}”"),
    "proposal.amended": _("{who} changed the proposal “{title}”"),
    "proposal.withdrawn": _("{who} withdrew the proposal “{title}”"),
    "draw.announced": _("{who} announced a draw by lot: “{title}”"),
    "draw.done": _("{who} did the draw “{title}”"),
    "draw.passed_on": _("{who} passed a place on in the draw “{title}”"),
    "norms.written": _("{who} wrote down how {title} decides"),
    "right.written": _("{who} wrote down whose decision it is: “{title}”"),
    "poll.opened": _("{who} opened the vote “{title}”"),
    "poll.closed": _("The vote “{title}” closed, as announced"),
    "poll.stopped": _("{who} stopped the vote “{title}”, and its ballots were deleted"),
    "poll.option_withdrawn": _("{who} withdrew an option from the vote “{title}”"),
    "poll.worked_through": _("{who} said that an objection in the vote “{title}” is worked through"),
    "ballot.cast": _("{who} voted openly in “{title}”"),
    "theme.made": _("{who} put what people said under “{title}”"),
    "theme.answered": _("{who} answered what people said under “{title}”"),
    "matter.dissent": _("{who} sees “{title}” otherwise, and said so"),
    "outcome.published": _("{who} published what was decided on “{title}”"),
    "outcome.known": _("{who} knows and understands what was decided on “{title}”"),
    "outcome.asks": _("{who} asked about what was decided on “{title}”"),
    "outcome.sent": _("{who} took back what they said of “{title}”"),
    "outcome.reopened": _("The day came to look again at “{title}”"),
    "outcome.reviewed": _("{who} said what the review of “{title}” found"),
    "right.withdrawn": _("{who} took “{title}” out of the register of decisions"),
}
