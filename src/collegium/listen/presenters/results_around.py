"""What stands around a result: the views beside it, and what people wrote."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from collegium.listen import result_words as words
from collegium.listen.presenters.results_reading import Reading
from collegium.listen.presenters.results_schools import is_own_school
from collegium.listen.presenters.results_sentences import name_level, say_withheld
from collegium.listen.queries import comments, results
from collegium.listen.queries.results import Part, Result
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.queries import units


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewLink:
    """A view that can be opened, or why it cannot."""

    title: str
    url: str
    people: str
    absent: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """The views of one result: levels, and the units in it that the reader may open."""

    whole: ViewLink
    levels: tuple[ViewLink, ...]
    units: tuple[ViewLink, ...]
    units_title: str

    @property
    def has_levels(self) -> bool:
        """Whether any level can be opened."""
        return any(level.url for level in self.levels)


def present_views(actor: Actor, result: Result) -> Views:
    """Return which views there are. Everybody of a school may open all of the school's; of others, their own."""
    fewest = result.pulse.k + 1
    within = _units_to_open(actor, result)
    parts = results.list_parts(result, within)
    levels = tuple(_link(result, part, fewest) for part in parts if part.level)
    shown = [part for part in parts if not part.level and part.unit_id != result.place.unit_id]
    found = {part.unit_id for part in shown}
    missing = [
        ViewLink(
            title=name,
            url="",
            people="",
            absent=_("Not shown: too few were asked to stand alone; they are counted in the whole."),
            is_current=False,
        )
        for unit_id, name in within.items()
        if unit_id not in found and unit_id != result.place.unit_id
    ]
    return Views(
        whole=ViewLink(
            title=_("Everybody"),
            url=reverse("listen:result", args=[result.place.slug, result.pulse.id]),
            people="",
            absent="",
            is_current=not result.level,
        ),
        levels=levels,
        units=(*(_link(result, part, fewest) for part in shown), *missing) if not result.level else (),
        units_title=_("By team") if result.place.kind == UnitKind.SCHOOL else _("Results you can open from here"),
    )


def _units_to_open(actor: Actor, result: Result) -> dict[uuid.UUID, str]:
    """Return names of the units inside this one whose own results the reader may see."""
    if result.place.kind in (UnitKind.TEAM, UnitKind.SCHOOL):
        opened = localdate(result.pulse.opened_at) if result.pulse.opened_at else result.place.as_of
        inside = units.get_within(result.place.unit_id, opened).units
        return {unit_id: name.name for unit_id, name in inside.items()}
    own = {unit_id for unit_id in {*actor.member_of, *actor.given} if is_own_school(actor, unit_id)}
    own.discard(result.place.unit_id)
    if result.reach.is_own(result.pulse.id) and actor.given.get(result.place.unit_id):
        own |= results.list_agreed(result.pulse)
    # Whatever of these is not inside this result has no view in it, and is not listed.
    parts = {part.unit_id for part in results.list_parts(result, own)}
    names = results.name_units(own & parts)
    return {unit_id: part.name for unit_id, part in names.items()}


def _link(result: Result, part: Part, fewest: int) -> ViewLink:
    query = f"?level={part.level}" if part.level else ""
    absent = ""
    if part.n is None:
        absent = _("Not shown (fewer than %(n)s answers): counted together with its neighbours.") % {"n": fewest}
    return ViewLink(
        title=name_level(part.level).capitalize() if part.level else part.name,
        url=reverse("listen:result", args=[part.slug, result.pulse.id]) + query if part.n is not None else "",
        people=words.write_people(part.n) if part.n is not None else "",
        absent=absent,
        is_current=bool(part.level) and part.level == result.level,
    )


# --- what people wrote ------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class CommentLine:
    """One comment as it may be read."""

    text: str
    withhold_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentQuestion:
    """One open question with what was written."""

    text: str
    comments: tuple[CommentLine, ...]
    withheld: str
    absent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comments:
    """All open questions. `elsewhere` says where the comments are, where they are not here."""

    questions: tuple[CommentQuestion, ...]
    elsewhere: str


def present_comments(result: Result, reading: Reading) -> Comments | None:
    """Return what people wrote; None where nothing was asked in their own words, or nothing is shown at all."""
    if result.document is None or not result.instrument.text_items:
        return None
    remarks = comments.list_remarks(result)
    if not remarks and result.level:
        return Comments(questions=(), elsewhere=_("What people wrote stands with the result of everybody here."))
    if not remarks:
        return Comments(questions=(), elsewhere=_("What people wrote stands with the result of their own school."))
    return Comments(questions=tuple(_question(result, reading, each) for each in remarks), elsewhere="")


def _question(result: Result, reading: Reading, remarks: comments.Remarks) -> CommentQuestion:
    text = reading.instrument.text(reading.instrument.item(remarks.item), reading.language, reading.referent)
    if remarks.released is None:
        absent = _("Not shown: comments are shown where at least 10 people answered.")
        return CommentQuestion(text=text, comments=(), withheld="", absent=absent)
    lines = tuple(
        CommentLine(
            text=comment.text,
            withhold_url=reverse("listen:comment_withhold", args=[result.place.slug, result.pulse.id, comment.key]),
        )
        for comment in remarks.released.comments
    )
    return CommentQuestion(
        text=text,
        comments=lines,
        withheld=say_withheld(remarks.released.withheld) if remarks.released.withheld else "",
        absent="" if lines or remarks.released.withheld else _("Nobody wrote anything."),
    )
