"""How the events of this room read in the trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

KINDS = {"move": _("next moves")}
PHRASES = {
    "move.taken": _("{who} took up what the guide suggests: {title}"),
    "move.put_off": _("{who} put off what the guide suggests: {title}"),
    "move.declined": _("{who} declined what the guide suggests: {title}"),
    "move.finished": _("{who} said what came of: {title}"),
    "move.taken_back": _("{who} took the answer back to: {title}"),
}
