"""The words that enquiries are kept in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Template(models.TextChoices):
    """The kind of enquiry, which says what each stage asks."""

    CLASSROOM = "classroom", _("Classroom enquiry")
    LESSON_STUDY = "lesson_study", _("Lesson study")
    PDSA = "pdsa", _("Series of small tests (PDSA)")
    APPRECIATIVE = "appreciative", _("Appreciative enquiry")
    LEARNING_WALK = "learning_walk", _("Learning walk")


class Stage(models.TextChoices):
    """The five elements of collaborative action enquiry (A10). An enquiry may go back to any of them."""

    CONTEXT = "context", _("Understanding context")
    PURPOSE = "purpose", _("Defining purposes")
    EVIDENCE = "evidence", _("Analysing evidence")
    ACTION = "action", _("Taking action")
    EFFECT = "effect", _("Evaluating influence and effects")


class NoteKind(models.TextChoices):
    """What somebody wrote at a stage."""

    NOTE = "note", _("Note")
    REFLECTION = "reflection", _("Reflection")
    QUESTION = "question", _("Question from a critical friend")


class Ending(models.TextChoices):
    """How an enquiry ended. Each of them is learning."""

    ADOPT = "adopt", _("We adopt it")
    ADAPT = "adapt", _("We adapt it")
    ABANDON = "abandon", _("We abandon it")


class Decision(models.TextChoices):
    """What follows from one cycle."""

    ADOPT = "adopt", _("Adopt it")
    ADAPT = "adapt", _("Adapt it and test again")
    ABANDON = "abandon", _("Abandon it")
    SCALE = "scale", _("Test again at a larger scale")


class Role(models.TextChoices):
    """What a measure is for."""

    OUTCOME = "outcome", _("Outcome: what should become better")
    PROCESS = "process", _("Process: whether we do what we meant to do")
    BALANCING = "balancing", _("Balancing: what might become worse by it")


class Numbers(models.TextChoices):
    """What the numbers of a measure are; the values are those of `charting.making.Shape`."""

    PROPORTION = "proportion", _("So many of so many (yes or no)")
    COUNT = "count", _("How many, in periods that are alike")
    RATE = "rate", _("How often in so much (events in lessons, days)")
    AVERAGE = "average", _("An average, or one measurement")


class Direction(models.TextChoices):
    """Which way is better; the values are those of `special_causes.Good`."""

    UP = "up", _("Higher is better")
    DOWN = "down", _("Lower is better")
    NEITHER = "neither", _("Neither")


class Frequency(models.TextChoices):
    """How often a number is taken."""

    DAY = "day", _("Every day")
    WEEK = "week", _("Every week")
    MONTH = "month", _("Every month")
    TERM = "term", _("Every term")
    YEAR = "year", _("Every year")


class SpanKind(models.TextChoices):
    """What a stretch of the school calendar is."""

    TERM = "term", _("Term")
    HOLIDAY = "holiday", _("Holiday")


class Setting(models.TextChoices):
    """Where an idea was tried, in the words that its results are laid beside each other by."""

    EARLY = "early", _("Early years")
    PRIMARY = "primary", _("Primary school")
    SECONDARY = "secondary", _("Secondary school")
    OLDER = "older", _("From sixteen on")
    OTHER = "other", _("Elsewhere")


class Fidelity(models.TextChoices):
    """How far an idea was done as it is told."""

    AS_TOLD = "as_told", _("As it is told")
    MOSTLY = "mostly", _("Mostly, with changes")
    PARTLY = "partly", _("In part")


class Signal(models.TextChoices):
    """What the outcomes of an enquiry say, as everybody may see them."""

    EARLY = "early", _("Too early to say")
    STEADY = "steady", _("No change to be seen")
    BETTER = "better", _("A change for the better")
    WORSE = "worse", _("A change for the worse")
    MIXED = "mixed", _("Better here, worse there")
    DIFFERENT = "different", _("Something has changed")


class Freshness(models.TextChoices):
    """How long ago somebody worked on an enquiry."""

    FRESH = "fresh", _("In the last six weeks")
    QUIET = "quiet", _("Not for six weeks")
    SILENT = "silent", _("Not for a term")


class DriverKind(models.TextChoices):
    """What a box of a driver diagram is, from left to right."""

    AIM = "aim", _("Aim")
    PRIMARY = "primary", _("Primary driver")
    SECONDARY = "secondary", _("Secondary driver")
    IDEA = "idea", _("Change idea")
    MEASURE = "measure", _("Measure")


class DriverChange(models.TextChoices):
    """What was done to a driver diagram."""

    ADDED = "added", _("added")
    CHANGED = "changed", _("reworded")
    MOVED = "moved", _("moved")
    REMOVED = "removed", _("taken off")
    RESTORED = "restored", _("an earlier version taken up again")


class EvidenceKind(models.TextChoices):
    """What a stage rests on beside numbers, whose kinds are those of `base.numbers` and of citations."""

    FILE = "file", _("File")
    LINK = "link", _("Link")
