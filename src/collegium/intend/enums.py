"""The closed vocabularies of the room."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Standing(TextChoices):
    """How far a text has come. Nothing is deleted, it is withdrawn."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class LinkKind(TextChoices):
    """How an intent stands to one above it."""

    ADOPTS = "adopts", _("adopts it as its own")
    SERVES = "serves", _("serves it in its own way")


class ConversationFormat(TextChoices):
    """Where a strategic conversation was held (I2)."""

    CORRIDOR = "corridor", _("in passing")
    MEETING = "meeting", _("in a staff meeting")
    TEAM = "team", _("in a team meeting")
    OPEN_SPACE = "open_space", _("in an open space or workshop")
    PUPILS = "pupils", _("with pupils")
    PARENTS = "parents", _("with parents")
    BOARD = "board", _("with governors or the board")
    PARTNERS = "partners", _("with other schools")


class Measured(TextChoices):
    """How people will know that a challenge was met."""

    STATEMENT = "statement", _("by what we will see and hear")
    INDICATOR = "indicator", _("by a number that is kept here")
    ENQUIRY = "enquiry", _("by a measure of an enquiry")


class Outcome(TextChoices):
    """What became of a challenge."""

    MET = "met", _("met")
    PARTLY = "partly", _("partly met")
    NOT_MET = "not_met", _("not met, and here is what we learned")


class CitationKind(TextChoices):
    """What a challenge cites as its evidence."""

    FACET = "facet", _("a facet of a pulse")
    NETWORK = "network", _("a figure of a network")
    INDICATOR = "indicator", _("an indicator")
    MEASURE = "measure", _("a measure of an enquiry")


class Belief(TextChoices):
    """An answer to a question of the change check."""

    YES = "yes", _("yes")
    PARTLY = "partly", _("partly")
    NO = "no", _("not yet")


class NodeKind(TextChoices):
    """The kinds of points on the line, in the order in which one leads to the next (H5)."""

    VISION = "vision", _("vision")
    INTENT = "intent", _("intent")
    CHALLENGE = "challenge", _("challenge")
    GOAL = "goal", _("goal")
    ROLE = "role", _("role")
    OBLIGATION = "obligation", _("obligation")
    COMMITMENT = "commitment", _("promise")
    STRATEGY = "strategy", _("strategy")
    ACTION = "action", _("action")
    PATHWAY = "pathway", _("pathway")
    STANDARD = "standard", _("standard")


# Those that are written as plain points; the others have tables of their own.
POINT_KINDS = (
    NodeKind.GOAL,
    NodeKind.OBLIGATION,
    NodeKind.STRATEGY,
    NodeKind.ACTION,
    NodeKind.PATHWAY,
    NodeKind.STANDARD,
)


class Gateway(TextChoices):
    """The nine gateways to personalising learning, by the deep each belongs to (D1)."""

    VOICE = "voice", _("pupil voice")
    ASSESSMENT = "assessment", _("assessment for learning")
    LEARNING_TO_LEARN = "learning_to_learn", _("learning to learn")
    TECHNOLOGIES = "technologies", _("new technologies")
    CURRICULUM = "curriculum", _("curriculum")
    ADVICE = "advice", _("advice and guidance")
    MENTORING = "mentoring", _("mentoring and coaching")
    WORKFORCE = "workforce", _("workforce development")
    DESIGN = "design", _("school organisation and design")


class Agenda(TextChoices):
    """What leadership that focuses on learning works at (L2)."""

    DIRECTION = "direction", _("setting direction")
    PEOPLE = "people", _("developing people")
    ORGANISATION = "organisation", _("redesigning the organisation")


class Side(TextChoices):
    """The three mindscapes (H2): what people value, what they think makes it so, what they do."""

    HEART = "heart", _("heart")
    HEAD = "head", _("head")
    HAND = "hand", _("hand")


class Path(TextChoices):
    """The two ways to begin (H7)."""

    TRUST_FIRST = "trust", _("trust first")
    VISION_FIRST = "vision", _("vision first")


class StepKind(TextChoices):
    """The steps of a path (H7)."""

    TRUST = "trust", _("build trust")
    VISION = "vision", _("say what we want to be")
    STRATEGY = "strategy", _("choose where to begin")
    ACTION = "action", _("act together")
    REVISIT = "revisit", _("revisit vision and strategy")
    USE = "use", _("use the trust gained")


class LineImportState(TextChoices):
    """How far a plan from a file has come."""

    OPEN = "open", _("to be looked at")
    APPLIED = "applied", _("brought in")
    DISCARDED = "discarded", _("left")
