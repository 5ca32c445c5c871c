"""The closed vocabularies of the room."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class UnitKind(TextChoices):
    TEAM = "team", _("team")
    SCHOOL = "school", _("school")
    DISTRICT = "district", _("district")
    TRUST = "trust", _("trust")
    ALLIANCE = "alliance", _("alliance")
    STATE = "state", _("state")


class TieKind(TextChoices):
    CONTAINS = "contains", _("contains")
    PARTNER = "partner", _("is partner of")


class Governance(IntegerChoices):
    """How binding an alliance tie is, from soft to hard (A4)."""

    CONVERSATION = 1, _("we talk when it helps")
    UNDERSTANDING = 2, _("we have a shared understanding")
    AGREEMENT = 3, _("we have a written agreement")
    JOINT_BODY = 4, _("a joint body decides some things for us")
    ONE_BODY = 5, _("one body governs us all")


class Level(TextChoices):
    CLASSROOM = "classroom", _("classroom")
    MIDDLE = "middle", _("middle leadership")
    SENIOR = "senior", _("senior leadership")
    EXECUTIVE = "executive", _("executive leadership")
    SUPPORT = "support", _("support")
    GOVERNANCE = "governance", _("governance")


# Those whose holders have something to decide for others.
LEADERSHIP = (Level.MIDDLE, Level.SENIOR, Level.EXECUTIVE)


class GroupKind(TextChoices):
    TEAM = "team", _("team")
    PLC = "plc", _("learning community")
    COMMITTEE = "committee", _("committee")
    ENQUIRY = "enquiry", _("enquiry group")


class GroupRole(TextChoices):
    FACILITATOR = "facilitator", _("facilitator")
    MEMBER = "member", _("member")
    CRITICAL_FRIEND = "critical_friend", _("critical friend")


class Role(TextChoices):
    """What a person is to a unit. Steward, lead and guest are given; the others can also follow from posts."""

    STEWARD = "steward", _("steward")
    LEAD = "lead", _("lead")
    MEMBER = "member", _("member")
    SUPPORTER = "supporter", _("supporter from above")
    GUEST = "guest", _("guest")

    @property
    def meaning(self) -> str:
        """What the role may do, said to people who have never read a policy."""
        return str(_ROLE_MEANINGS[self])


_ROLE_MEANINGS = {
    Role.STEWARD: _("They keep people, posts, groups and roles right, and read the trail of changes."),
    Role.LEAD: _("They lead the work here: they start groups and say who is in them."),
    Role.SUPPORTER: _("They help from outside or above, and see who works here."),
    Role.MEMBER: _("They belong here without a post, such as a student teacher."),
    Role.GUEST: _("They see who works here for as long as they are needed."),
}


class RosterState(TextChoices):
    """How far the import of a roster has come."""

    UPLOADED = "uploaded", _("uploaded")
    COLUMNS = "columns", _("waiting for its columns")
    READING = "reading", _("being read")
    PREVIEWED = "previewed", _("ready to be looked at")
    APPLYING = "applying", _("being carried out")
    APPLIED = "applied", _("carried out")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")
    UNREADABLE = "unreadable", _("could not be read")
    DISCARDED = "discarded", _("discarded")


class ChangeKind(TextChoices):
    """What a line of a preview is about; a row that could not be read is about none of the three."""

    UNIT = "unit", _("unit")
    PERSON = "person", _("person")
    POST = "post", _("post")
    ROW = "row", _("row")


class ChangeAction(TextChoices):
    """What an import does with a line of the file, or with what the file no longer holds."""

    ADDED = "added", _("added")
    CHANGED = "changed", _("changed")
    ENDED = "ended", _("ended")
    LEFT = "left", _("left alone")
    REFUSED = "refused", _("refused")
