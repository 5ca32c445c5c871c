"""How the events of this room read in the trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

KINDS = {
    "person": _("people"),
    "post": _("posts"),
    "role": _("roles"),
    "group": _("groups"),
    "membership": _("who is in groups"),
    "unit": _("units"),
    "tie": _("ties between units"),
    "roster": _("rosters"),
    "token": _("tokens of programs"),
}
PHRASES = {
    "unit.added": _("{who} added the {kind} “{name}”"),
    "unit.renamed": _("{who} changed what this unit is called, from “{was}” to “{name}”"),
    "unit.ended": _("{who} ended this unit from {ends_on}"),
    "unit.reopened": _("{who} took back the ending of this unit"),
    "tie.added": _("{who} tied this unit to “{other}”"),
    "tie.changed": _("{who} changed how binding the tie to “{other}” is: {governance}"),
    "tie.ended": _("{who} ended the tie to “{other}” from {ends_on}"),
    "tie.reopened": _("{who} took back the ending of the tie to “{other}”"),
    "person.added": _("{who} added {whom}"),
    "person.renamed": _("{who} corrected the name of {whom}"),
    "person.strengths_declared": _("{who} declared strengths"),
    "person.exported": _("{who} exported what is known of them"),
    "person.erased": _("Somebody’s details were erased at their own wish"),
    "post.added": _("{who} gave {whom} the post “{title}”"),
    "post.retitled": _("{who} corrected the title of {whom} from “{before}” to “{title}”"),
    "post.ended": _("{who} ended the post “{title}” of {whom} from {ends_on}"),
    "post.reopened": _("{who} took back the ending of the post “{title}” of {whom}"),
    "group.added": _("{who} started the group “{name}”"),
    "group.changed": _("{who} changed the group “{name}”"),
    "group.ended": _("{who} ended the group “{name}” from {ends_on}"),
    "group.reopened": _("{who} took back the ending of the group “{name}”"),
    "membership.added": _("{who} added {whom} to “{name}”"),
    "membership.changed": _("{who} made {whom} {role} in “{name}”"),
    "membership.ended": _("{who} ended the part of {whom} in “{name}” from {ends_on}"),
    "membership.reopened": _("{who} took back that {whom} leaves “{name}”"),
    "role.given": _("{who} made {whom} {role}"),
    "role.ended": _("{who} ended the role of {whom} as {role} from {ends_on}"),
    "role.reopened": _("{who} took back that {whom} is no longer {role}"),
    "token.made": _("{who} made a token for a program of theirs"),
    "token.ended": _("{who} ended a token of a program of theirs"),
    "trail.exported": _("{who} exported this trail"),
}
