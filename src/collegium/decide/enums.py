"""The closed vocabularies of the room."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from collegium.decide import method_words


class Stage(TextChoices):
    """How far a matter has come; those who facilitate move it on, and back."""

    FRAMING = "framing", _("finding the question")
    IDEAS = "ideas", _("ideas")
    PROPOSALS = "proposals", _("proposals")
    DECIDING = "deciding", _("deciding")
    CARRYING_OUT = "carrying", _("carrying out")
    REVIEW = "review", _("review")
    CLOSED = "closed", _("closed")


# Those among which the facilitators move it by hand; the others follow from an outcome and its review.
BEFORE_OUTCOME = (Stage.FRAMING, Stage.IDEAS, Stage.PROPOSALS, Stage.DECIDING)


class Readers(TextChoices):
    """Who may read a matter besides those who take part in it."""

    INVOLVED = "involved", _("nobody else")
    UNIT = "unit", _("everybody in the unit")
    COMMUNITY = "community", _("everybody in the community")


class Public(TextChoices):
    """Who reads without signing in what was decided in a matter, and why."""

    NOBODY = "nobody", _("nobody")
    ADDRESS = "address", _("whoever has the address")
    EVERYBODY = "all", _("everybody, and search engines may find it")


class Voice(TextChoices):
    """What somebody who takes part has."""

    VOTE = "vote", _("a voice and a vote")
    VOICE = "voice", _("a voice and no vote")


class Method(TextChoices):
    """How a group decides; collegium.decide.methods says what each is good for, and its rules."""

    SENSE = "sense", method_words.SENSE
    ADVICE = "advice", method_words.ADVICE
    CONSENT = "consent", method_words.CONSENT
    CONSENSUS = "consensus", method_words.CONSENSUS
    GRADIENTS = "gradients", method_words.GRADIENTS
    MAJORITY = "majority", method_words.MAJORITY
    QUALIFIED = "qualified", method_words.QUALIFIED
    APPROVAL = "approval", method_words.APPROVAL
    SCORE = "score", method_words.SCORE
    DOTS = "dots", method_words.DOTS
    RANKED = "ranked", method_words.RANKED
    TIME = "time", method_words.TIME
    BUDGET = "budget", method_words.BUDGET


class DrawBy(TextChoices):
    """Whether people are drawn from all, or so many of each group as its size asks for."""

    ALL = "all", _("no groups: everybody is as likely as anybody")
    TEAM = "team", _("teams or schools")
    LEVEL = "level", _("levels of posts")


class PollState(TextChoices):
    """How far a vote has come. Whether an open one takes ballots yet, or still, time says."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    STOPPED = "stopped", _("stopped, and its ballots deleted")


class Answer(TextChoices):
    """What came of what people said."""

    TAKEN_UP = "taken", _("taken up")
    CHANGED = "changed", _("it changed the proposal")
    NOT_TAKEN_UP = "not", _("not taken up")


class Verdict(TextChoices):
    """What a review found."""

    KEEP = "keep", _("it stands")
    CHANGE = "change", _("it is changed: a new proposal is needed")
    REVERSE = "reverse", _("it is reversed")


class Heard(TextChoices):
    """What somebody who is affected says of an outcome."""

    SENT = "sent", _("sent")
    UNDERSTOOD = "known", _("knows and understands")
    ASKS = "asks", _("asks")


class Presence(TextChoices):
    """Whether somebody was at a meeting."""

    THERE = "there", _("was there")
    APOLOGIES = "apologies", _("sent apologies")
