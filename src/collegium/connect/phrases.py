"""How the events of this room read in the trail. What one person said, or withdrew, is in none of them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

KINDS = {"wave": _("tie surveys"), "tie_import": _("imports of ties")}
PHRASES = {
    "wave.opened": _("{who} opened the tie survey “{title}”, which asks {asked} people"),
    "wave.stopped": _("{who} stopped the tie survey “{title}”, and what had been handed in was deleted"),
    "wave.closed": _("The tie survey “{title}” closed, as announced"),
}
