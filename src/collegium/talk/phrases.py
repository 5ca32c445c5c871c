"""How the events of this room read in the trail. What was written is in none of them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

KINDS = {"comment": _("conversations")}
PHRASES = {
    "comment.written": _("{who} wrote in the conversation about “{title}”"),
    "comment.changed": _("{who} changed a comment of theirs about “{title}”"),
    "comment.withdrawn": _("{who} withdrew a comment of theirs about “{title}”"),
    "comment.hidden": _("{who} took a comment out of the conversation about “{title}”"),
    "comment.appealed": _("{who} asked for another look at a comment that was taken out of “{title}”"),
    "comment.restored": _("{who} looked again at a comment about “{title}”, and put it back"),
    "comment.kept_hidden": _("{who} looked again at a comment about “{title}”, and it stays out"),
}
