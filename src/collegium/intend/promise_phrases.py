"""How the events about promises, roles and boards read in the trail. What was said in a round is in none of them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

KINDS = {"promise": _("promises"), "work_role": _("roles in groups"), "board": _("public boards")}
PHRASES = {
    "promise.proposed": _("{who} wrote down a promise"),
    "promise.made": _("{who} made a promise"),
    "promise.reworded": _("{who} reworded a promise"),
    "promise.renewed": _("{who} renewed a promise, now for {due_on}"),
    "promise.released": _("{who} let go of a promise, with a reason"),
    "promise.handed": _("{who} handed a promise on"),
    "promise.second": _("{who} changed who could carry a promise on"),
    "promise.checked": _("{who} checked in on a promise"),
    "promise.asked": _("{who} asked {asked} people whether a promise was kept"),
    "promise.settled": _("Those a promise was made to have said how they see it"),
    "work_role.added": _("{who} added the role “{title}” to “{group}”"),
    "work_role.changed": _("{who} changed the role “{title}” in “{group}”"),
    "work_role.ended": _("{who} ended the role “{title}” in “{group}”"),
    "work_role.given": _("{who} gave {whom} the role “{title}” in “{group}”"),
    "work_role.laid_down": _("{who} ended that {whom} holds the role “{title}” in “{group}”"),
    "board.published": _("{who} made the board “{title}” public"),
    "board.hidden": _("{who} took the board “{title}” out of the public"),
    "board.changed": _("{who} changed the board “{title}”"),
    "board.put": _("{who} put a promise on the public board"),
    "board.reworded": _("{who} reworded a promise on the public board"),
    "board.taken_off": _("{who} took a promise off the public board, with a reason"),
}
