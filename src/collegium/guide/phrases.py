"""How the events of this room read in the trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

KINDS = {
    "move": _("next moves"),
    "review": _("reviews"),
    "reviewfile": _("files of reviews"),
    "weights": _("weights of reviews"),
}
PHRASES = {
    "move.taken": _("{who} took up what the guide suggests: {title}"),
    "move.put_off": _("{who} put off what the guide suggests: {title}"),
    "move.declined": _("{who} declined what the guide suggests: {title}"),
    "move.finished": _("{who} said what came of: {title}"),
    "move.taken_back": _("{who} took the answer back to: {title}"),
    "review.opened": _("{who} opened a review: {title}"),
    "review.closed": _("A review closed, and the conversation about it opened: {title}"),
    "review.stopped": _("{who} stopped a review: {title}"),
    "review.friend_invited": _("{who} invited a critical friend to a review: {title}"),
    "review.agreed": _("{who} wrote down what was agreed in a review: {title}"),
    "review.finished": _("{who} finished a review: {title}"),
    "reviewfile.brought_in": _("{who} brought in a file of reviews: {title}"),
    "weights.set": _("{who} set the weights of a review: {title}"),
}
