"""How the events of this room read in the trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

KINDS = {
    "vision": _("visions"),
    "intent": _("intents"),
    "challenge": _("challenges"),
    "conversation": _("conversations"),
    "line_import": _("plans from files"),
    "point": _("other points of the line"),
    "dissent": _("those who see it otherwise"),
}
PHRASES = {
    "vision.drafted": _("{who} drafted a vision"),
    "vision.reworded": _("{who} reworded a vision"),
    "vision.published": _("{who} published a vision"),
    "vision.withdrawn": _("{who} withdrew a vision"),
    "intent.drafted": _("{who} drafted an intent"),
    "intent.arranged": _("{who} changed where an intent comes from"),
    "intent.reworded": _("{who} reworded an intent"),
    "intent.published": _("{who} published an intent"),
    "intent.withdrawn": _("{who} withdrew an intent"),
    "intent.linked": _("{who} let an intent adopt or serve one of another unit"),
    "intent.unlinked": _("{who} ended that an intent adopts or serves another"),
    "challenge.drafted": _("{who} drafted a challenge"),
    "challenge.arranged": _("{who} changed the dates or the place of a challenge"),
    "challenge.reworded": _("{who} reworded a challenge"),
    "challenge.published": _("{who} published a challenge"),
    "challenge.withdrawn": _("{who} withdrew a challenge"),
    "challenge.owner_named": _("{who} named {whom} as an owner of a challenge"),
    "challenge.cited": _("{who} cited a number in a challenge"),
    "challenge.citation_withdrawn": _("{who} took a citation off a challenge"),
    "challenge.checked": _("{who} kept a change check"),
    "challenge.started": _("{who} started a challenge"),
    "challenge.closed": _("{who} closed a challenge"),
    "challenge.signed": _("{who} signed on to a challenge"),
    "challenge.unsigned": _("{who} took a sign-on back"),
    "line_import.started": _("{who} uploaded a plan"),
    "line_import.applied": _("{who} brought a plan in from a file"),
    "line_import.discarded": _("{who} left a plan that was uploaded"),
    "point.added": _("{who} added a point to the line"),
    "point.changed": _("{who} changed a point of the line"),
    "point.withdrawn": _("{who} took a point off the line"),
    "conversation.recorded": _("{who} recorded a conversation"),
    "conversation.withdrawn": _("{who} took a conversation off the page"),
    "dissent.said": _("{who} said that they see an intent otherwise"),
    "dissent.withdrawn": _("{who} took back that they see an intent otherwise"),
    "dissent.answered": _("{who} answered somebody who sees an intent otherwise"),
}
