"""The closed vocabularies of promises, roles and the board."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Work(TextChoices):
    """What kinds of work a role does for its group (H6)."""

    GATHERING = "gathering", _("gathering information")
    SOLVING = "solving", _("solving problems")
    IDEAS = "ideas", _("producing ideas")
    RESPONDING = "responding", _("responding flexibly")


class Audience(TextChoices):
    """Whom a promise is made to."""

    COLLEAGUES = "colleagues", _("colleagues here")
    GROUP = "group", _("a group")
    PERSON = "person", _("one person")
    PUPILS = "pupils", _("pupils")
    PARENTS = "parents", _("parents and carers")
    SCHOOL = "school", _("the whole school")
    DISTRICT = "district", _("the district, trust or alliance")


# They have no sign-in here: a group can speak for them.
WITHOUT_ACCOUNTS = frozenset({Audience.PUPILS, Audience.PARENTS})


class PromiseState(TextChoices):
    """How far a promise has come. That it is overdue, the day says."""

    PROPOSED = "proposed", _("proposed")
    MADE = "made", _("made")
    KEPT = "kept", _("kept")
    PARTLY = "partly", _("partly kept")
    NOT_KEPT = "not_kept", _("not kept")
    RELEASED = "released", _("released")


SETTLED = (PromiseState.KEPT, PromiseState.PARTLY, PromiseState.NOT_KEPT, PromiseState.RELEASED)


class Kept(TextChoices):
    """What can be said of a promise by those it was made to, and by whoever asks them."""

    KEPT = "kept", _("kept")
    PARTLY = "partly", _("partly kept")
    NOT_KEPT = "not_kept", _("not kept")


class RoundState(TextChoices):
    """Whether those a promise was made to can still say how they see it."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    STOPPED = "stopped", _("stopped, and what had been said was destroyed unread")


class Going(TextChoices):
    """How a promise goes, said at a check-in."""

    WELL = "well", _("going well")
    SLOWLY = "slowly", _("slower than we thought")
    STUCK = "stuck", _("stuck")
    DONE = "done", _("done, as we see it")


class Question(TextChoices):
    """The five questions of action in leadership (Szabo and Lambert; H4), one at a check-in."""

    PURPOSE = "purpose", _("Purpose")
    DOING = "doing", _("Doing")
    CONSTRUCTING = "constructing", _("Constructing")
    REFRAMING = "reframing", _("Reframing")
    TRANSFORMING = "transforming", _("Transforming")

    @property
    def prompt(self) -> str:
        """The question in full."""
        return str(_PROMPTS[self])


_PROMPTS = {
    Question.PURPOSE: _("What is this promise for, as you see it today?"),
    Question.DOING: _("What have you done since the last time?"),
    Question.CONSTRUCTING: _("What have you learned together while doing it?"),
    Question.REFRAMING: _("What do you see differently now?"),
    Question.TRANSFORMING: _("What has changed for those you promised it to?"),
}


class StepKind(TextChoices):
    """What happened to a promise."""

    PROPOSED = "proposed", _("proposed")
    MADE = "made", _("made")
    REWORDED = "reworded", _("reworded")
    RENEWED = "renewed", _("renewed")
    RELEASED = "released", _("released")
    HANDED = "handed", _("handed over")
    SECOND = "second", _("a second person named")
    PAIRED = "paired", _("answered by another promise")
    ASKED = "asked", _("those it was made to are asked")
    SETTLED = "settled", _("settled")
    NOTE = "note", _("note")
