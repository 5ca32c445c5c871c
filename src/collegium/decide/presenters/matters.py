"""The page of a matter."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.base import time
from collegium.decide import policies, talking
from collegium.decide.enums import BEFORE_OUTCOME, Public, Readers, Stage, Voice
from collegium.decide.models import Matter, Part, Proposal
from collegium.decide.presenters import draws, polls
from collegium.decide.presenters.draws import DrawLine
from collegium.decide.presenters.frame import name_of
from collegium.decide.presenters.ideas import IdeasPart, present_ideas
from collegium.decide.presenters.meetings import MeetingRow, list_rows_of
from collegium.decide.presenters.outcomes import OutcomePart, present_part
from collegium.decide.presenters.polls import PollCard
from collegium.decide.presenters.public import public_url
from collegium.decide.queries import matters, standing
from collegium.decide.queries.matters import FoundMatter
from collegium.people.actors import Actor
from collegium.people.presenters.frame import UnitFrame, frame_of
from collegium.talk.presenters import threads as talk
from collegium.talk.presenters.threads import Talk


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRow:
    """Who takes part, and what they have."""

    name: str
    has_vote: bool
    remove_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalCard:
    """A proposal on the page of its matter."""

    number: int
    title: str
    author: str
    text: str
    version: int
    withdrawn: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterPage:
    """A matter: the question, how far it has come, who takes part, what is proposed, what is said."""

    unit: UnitFrame
    id: str
    question: str
    background: str
    whose: str
    stages: tuple[str, ...]
    stage_number: int
    stage_says: str
    is_closed: bool
    readers: str
    facilitators: tuple[str, ...]
    needs_second: bool
    decide_by: dt.date | None
    is_late: bool
    meetings: tuple[MeetingRow, ...]
    parts: tuple[PartRow, ...]
    with_vote: int
    with_voice: int
    own_voice: str
    ideas: IdeasPart
    proposals: tuple[ProposalCard, ...]
    draws: tuple[DrawLine, ...]
    polls: tuple[PollCard, ...]
    outcome: OutcomePart
    talk: Talk
    vote_url: str
    propose_url: str
    change_url: str
    stage_url: str
    close_url: str
    add_person_url: str
    add_many_url: str
    draw_url: str
    public_says: str
    public_url: str
    make_public_url: str


_SAYS = {
    Stage.FRAMING: gettext_lazy("Say in the conversation what the question really is."),
    Stage.IDEAS: gettext_lazy("Say what could be done. Nothing is judged yet."),
    Stage.PROPOSALS: gettext_lazy("Ideas become proposals; say what would have to change for you to support one."),
    Stage.DECIDING: gettext_lazy("The vote is on, or will be opened soon."),
    Stage.CARRYING_OUT: gettext_lazy("It is decided, and is being carried out."),
    Stage.REVIEW: gettext_lazy("It is time to look at what was promised and what happened."),
    Stage.CLOSED: gettext_lazy("It is closed."),
}


def present_matter(actor: Actor, found: FoundMatter, talk_page: int = 1) -> MatterPage:
    """Return the page of a matter."""
    matter, place = found.matter, found.place
    runs = policies.can_facilitate(actor, place, found.standing) and matter.stage != Stage.CLOSED
    before = matter.stage in BEFORE_OUTCOME
    taking_part = standing.list_taking_part(matter, time.today())
    stages = [Stage(stage) for stage in Stage]
    own = found.standing.voice
    return MatterPage(
        unit=frame_of(actor, place),
        id=str(matter.id),
        question=matter.question,
        background=matter.background,
        whose=matter.group.name if matter.group else place.name,
        stages=tuple(capfirst(str(stage.label)) for stage in stages),
        stage_number=stages.index(Stage(matter.stage)) + 1,
        stage_says=str(_SAYS[Stage(matter.stage)]),
        is_closed=matter.stage == Stage.CLOSED,
        readers=capfirst(str(Readers(matter.readers).label)),
        facilitators=tuple(name_of(each) for each in (matter.facilitator, matter.second) if each is not None),
        needs_second=matter.second is None or matter.facilitator is None,
        decide_by=matter.decide_by,
        is_late=before and matter.decide_by is not None and matter.decide_by < time.today(),
        meetings=list_rows_of(actor, found),
        parts=tuple(_part(part, runs) for part in matters.list_parts(matter)),
        with_vote=sum(each.voice == Voice.VOTE for each in taking_part),
        with_voice=sum(each.voice == Voice.VOICE for each in taking_part),
        own_voice=_("You have %(voice)s in this.") % {"voice": own.label} if own else "",
        ideas=present_ideas(actor, found),
        proposals=tuple(card_of(proposal) for proposal in matters.list_proposals(matter)),
        draws=draws.list_lines(matter),
        polls=polls.present_cards(matter, time.now()),
        outcome=present_part(actor, found),
        vote_url=_url("poll_add", matter, polls.may_open(actor, found)),
        talk=talk.present_talk(actor, talking.subject_of(actor, found), talk_page),
        propose_url=_url("propose", matter, before and policies.can_speak(actor, place, matter.stage, found.standing)),
        change_url=_url("matter_change", matter, runs),
        stage_url=_url("matter_stage", matter, runs and before),
        close_url=_url("matter_close", matter, runs and before),
        add_person_url=_url("part_add_person", matter, runs),
        add_many_url=_url("part_add_many", matter, runs),
        draw_url=_url("draw_announce", matter, runs),
        public_says=str(Public(matter.public).label) if matter.public != Public.NOBODY else "",
        public_url=public_url(matter),
        make_public_url=_url("matter_public", matter, policies.can_make_public(actor, place)),
    )


def _url(name: str, matter: Matter, is_open: bool) -> str:
    return reverse(f"decide:{name}", args=[matter.id]) if is_open else ""


def _part(part: Part, runs: bool) -> PartRow:
    if part.unit is not None:
        name = _("Everybody in %(name)s") % {"name": part.unit.name}
    elif part.group is not None:
        name = _("The group %(name)s") % {"name": part.group.name}
    else:
        name = name_of(part.person)
    return PartRow(
        name=name,
        has_vote=part.voice == Voice.VOTE,
        remove_url=reverse("decide:part_remove", args=[part.matter_id, part.id]) if runs else "",
    )


def card_of(proposal: Proposal) -> ProposalCard:
    """Return a proposal as the page of its matter shows it."""
    return ProposalCard(
        number=proposal.number,
        title=proposal.title,
        author=name_of(proposal.author),
        text=proposal.text,
        version=proposal.version,
        withdrawn=proposal.withdrawn_because if proposal.withdrawn_at else "",
        url=reverse("decide:proposal", args=[proposal.id]),
    )
