"""The pages of a unit's line: the overview, one vision, one intent."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.base import prose
from collegium.intend import policies
from collegium.intend.enums import ConversationFormat, LinkKind, Standing
from collegium.intend.models import Challenge, Conversation, Dissent, Intent, IntentLink, Vision
from collegium.intend.models.line import Standable
from collegium.intend.presenters.hope import HopeBox, present_hope
from collegium.intend.presenters.tabs import TabLink, tabs_of
from collegium.intend.presenters.wordings import VersionRow, label_of, list_wordings
from collegium.intend.queries import line, names
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of

SLUGS = {Vision: "visions", Intent: "intents", Challenge: "challenges"}


def url_of(thing: Standable, slug: str) -> str:
    """Return the page of a vision, an intent or a challenge."""
    return reverse(f"intend:{type(thing).__name__.lower()}", args=[slug, thing.id])


def act_url(thing: Standable, slug: str, act: str) -> str:
    """Return where something is done with it: reword, history, publish, withdraw."""
    return reverse(f"intend:thing_{act}", args=[slug, SLUGS[type(thing)], thing.id])


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingBox:
    """How far a text has come, and what the reader may do with it."""

    state: str
    state_label: str
    withdrawn_because: str
    withdrawn_at: dt.datetime | None
    changed_at: dt.datetime
    version: int
    history_url: str
    reword_url: str
    publish_url: str
    withdraw_url: str


def box_of(actor: Actor, place: Place, thing: Standable) -> StandingBox:
    """Return how far a text has come."""
    stands = thing.standing != Standing.WITHDRAWN
    may_reword = stands and policies.can_reword(actor, place, thing.is_public)
    may_publish = thing.standing == Standing.DRAFT and policies.can_keep(actor, place)
    return StandingBox(
        state=thing.standing,
        state_label=str(Standing(thing.standing).label),
        withdrawn_because=thing.withdrawn_because,
        withdrawn_at=thing.withdrawn_at,
        changed_at=thing.text.changed_at,
        version=thing.text.version,
        history_url=act_url(thing, place.slug, "history"),
        reword_url=act_url(thing, place.slug, "reword") if may_reword else "",
        publish_url=act_url(thing, place.slug, "publish") if may_publish else "",
        withdraw_url=act_url(thing, place.slug, "withdraw") if may_reword else "",
    )


# --- the overview -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeLine:
    """A challenge in a list."""

    title: str
    url: str
    by_on: dt.date
    is_draft: bool
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentCard:
    """An intent with its challenges."""

    title: str
    url: str
    about: str
    horizon_on: dt.date | None
    is_draft: bool
    challenges: tuple[ChallengeLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisionCard:
    """A vision."""

    title: str
    url: str
    about: str
    is_draft: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationRow:
    """A conversation that was held."""

    held_on: dt.date
    where: str
    who: str
    outcome: str
    about: str
    withdraw_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IntendPage:
    """Where a unit is going, at a glance."""

    unit: UnitFrame
    tabs: tuple[TabLink, ...]
    visions: tuple[VisionCard, ...]
    intents: tuple[IntentCard, ...]
    loose: tuple[ChallengeLine, ...]
    conversations: tuple[ConversationRow, ...]
    shows_conversations: bool
    can_draft: bool
    urls: dict[str, str]
    withdrawn: tuple[tuple[str, str], ...]


def present_overview(actor: Actor, place: Place) -> IntendPage:
    """Return the visions, intents, challenges and conversations of a unit."""
    challenges = line.list_challenges_for(actor, place)
    intents = line.list_intents_for(actor, place)
    own = {intent.id for intent in intents}
    slug = place.slug
    return IntendPage(
        unit=frame_of(actor, place),
        tabs=tabs_of(actor, place, "line"),
        visions=tuple(
            VisionCard(
                title=vision.title,
                url=url_of(vision, slug),
                about=prose.to_line(vision.text.parts.get("body", ""), limit=300),
                is_draft=not vision.is_public,
            )
            for vision in line.list_visions_for(actor, place)
        ),
        intents=tuple(
            IntentCard(
                title=intent.title,
                url=url_of(intent, slug),
                about=prose.to_line(intent.text.parts.get("direction", ""), limit=300),
                horizon_on=intent.horizon_on,
                is_draft=not intent.is_public,
                challenges=tuple(line_of(each, slug) for each in challenges if each.intent_id == intent.id),
            )
            for intent in intents
        ),
        loose=tuple(line_of(each, slug) for each in challenges if each.intent_id not in own),
        conversations=_conversations(actor, place, line.list_conversations_for(actor, place)),
        shows_conversations=policies.can_view_drafts(actor, place),
        can_draft=place.ends_on is None and policies.can_draft(actor, place),
        urls={
            name: reverse(f"intend:{name}", args=[slug])
            for name in ("vision_write", "intent_write", "challenge_write", "conversation_add")
        },
        withdrawn=tuple((thing.title, url_of(thing, slug)) for thing in line.list_withdrawn_for(actor, place)),
    )


def line_of(challenge: Challenge, slug: str) -> ChallengeLine:
    """Return a challenge as a line of a list."""
    return ChallengeLine(
        title=challenge.title,
        url=url_of(challenge, slug),
        by_on=challenge.by_on,
        is_draft=not challenge.is_public,
        state="closed" if challenge.closed_at else "started" if challenge.started_at else "",
    )


def _conversations(actor: Actor, place: Place, rows: list[Conversation]) -> tuple[ConversationRow, ...]:
    keeps = policies.can_keep(actor, place)
    return tuple(
        ConversationRow(
            held_on=row.held_on,
            where=str(ConversationFormat(row.format).label),
            who=row.who,
            outcome=row.outcome,
            about=row.intent.title if row.intent else "",
            withdraw_url=reverse("intend:conversation_withdraw", args=[place.slug, row.id])
            if keeps or (row.recorded_by_id is not None and row.recorded_by_id == actor.recorded_id)
            else "",
        )
        for row in rows
    )


# --- one vision -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class VisionPage:
    """A vision, and the intents that come from it."""

    unit: UnitFrame
    title: str
    body: str
    box: StandingBox
    intents: tuple[tuple[str, str], ...]


def present_vision(actor: Actor, place: Place, vision: Vision) -> VisionPage:
    """Return the page of a vision."""
    intents = [intent for intent in line.list_intents_for(actor, place) if intent.vision_id == vision.id]
    return VisionPage(
        unit=frame_of(actor, place),
        title=vision.title,
        body=vision.text.parts.get("body", ""),
        box=box_of(actor, place, vision),
        intents=tuple((intent.title, url_of(intent, place.slug)) for intent in intents),
    )


# --- one intent -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """An intent of another unit that stands above or below."""

    title: str
    url: str
    unit_name: str
    kind_label: str
    note: str
    unlink_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DissentRow:
    """Somebody who sees it otherwise, and what was answered."""

    by: str
    said_at: dt.datetime
    body: str
    answer: str
    answered_by: str
    answered_at: dt.datetime | None
    take_back_url: str
    answer_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentPage:
    """An intent: its words, where it comes from, what serves it, and who sees it otherwise."""

    unit: UnitFrame
    title: str
    parts: tuple[tuple[str, str], ...]
    box: StandingBox
    horizon_on: dt.date | None
    vision: tuple[str, str] | None
    above: tuple[LinkRow, ...]
    below: tuple[LinkRow, ...]
    challenges: tuple[ChallengeLine, ...]
    conversations: tuple[ConversationRow, ...]
    hope: HopeBox | None
    dissent: tuple[DissentRow, ...]
    shows_dissent: bool
    arrange_url: str
    link_url: str
    dissent_url: str
    challenge_url: str
    conversation_url: str


def present_intent(actor: Actor, place: Place, intent: Intent) -> IntentPage:
    """Return the page of an intent."""
    slug = place.slug
    box = box_of(actor, place, intent)
    stands = intent.standing != Standing.WITHDRAWN
    keeps = stands and policies.can_keep(actor, place)
    drafts = stands and policies.can_draft(actor, place)
    links = line.list_links_for(actor, intent)
    dissent = line.list_dissent_for(actor, place, intent)
    has_said = any(row.person_id == actor.recorded_id for row in dissent)
    return IntentPage(
        unit=frame_of(actor, place),
        title=intent.title,
        parts=_parts(intent),
        box=box,
        horizon_on=intent.horizon_on,
        vision=_vision_of(actor, place, intent),
        above=tuple(_link(intent, link, link.upper, slug if keeps else "") for link in links.above),
        below=tuple(_link(intent, link, link.lower, "") for link in links.below),
        challenges=tuple(
            line_of(each, slug) for each in line.list_challenges_for(actor, place) if each.intent_id == intent.id
        ),
        conversations=_conversations(actor, place, line.list_conversations_for(actor, place, intent)),
        hope=present_hope(actor, place, intent),
        dissent=_dissent(actor, place, intent, dissent),
        shows_dissent=policies.can_view_drafts(actor, place),
        arrange_url=reverse("intend:intent_arrange", args=[slug, intent.id]) if box.reword_url else "",
        link_url=reverse("intend:link_add", args=[slug, intent.id]) if keeps else "",
        dissent_url=reverse("intend:dissent_add", args=[slug, intent.id])
        if drafts and not has_said and not actor.is_operator
        else "",
        challenge_url=f"{reverse('intend:challenge_write', args=[slug])}?intent={intent.id}" if drafts else "",
        conversation_url=f"{reverse('intend:conversation_add', args=[slug])}?intent={intent.id}" if drafts else "",
    )


def _parts(intent: Intent) -> tuple[tuple[str, str], ...]:
    parts = intent.text.parts
    return tuple(
        (label_of(part), parts[part]) for part in ("direction", "discovery", "destiny", "belief") if parts.get(part)
    )


def _vision_of(actor: Actor, place: Place, intent: Intent) -> tuple[str, str] | None:
    vision = intent.vision
    if vision is None or vision.standing == Standing.WITHDRAWN:
        return None
    if not vision.is_public and not (vision.unit_id == place.unit_id and policies.can_view_drafts(actor, place)):
        return None
    return vision.title, url_of(vision, vision.unit.slug)


def _link(intent: Intent, link: IntentLink, other: Intent, slug: str) -> LinkRow:
    return LinkRow(
        title=other.title,
        url=url_of(other, other.unit.slug),
        unit_name=other.unit.name,
        kind_label=str(LinkKind(link.kind).label),
        note=link.note,
        unlink_url=reverse("intend:link_end", args=[slug, intent.id, link.id]) if slug else "",
    )


def _dissent(actor: Actor, place: Place, intent: Intent, rows: list[Dissent]) -> tuple[DissentRow, ...]:
    known = names.get_names_for(actor, [each for row in rows for each in (row.person_id, row.answered_by_id)])
    keeps = policies.can_keep(actor, place)
    return tuple(
        DissentRow(
            by=known.get(row.person_id) or _("A colleague"),
            said_at=row.said_at,
            body=row.body,
            answer=row.answer,
            answered_by=known.get(row.answered_by_id, "") if row.answered_by_id else "",
            answered_at=row.answered_at,
            take_back_url=reverse("intend:dissent_withdraw", args=[place.slug, intent.id, row.id])
            if row.person_id == actor.recorded_id
            else "",
            answer_url=reverse("intend:dissent_answer", args=[place.slug, intent.id, row.id]) if keeps else "",
        )
        for row in rows
    )


# --- how a text came to be --------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """The wordings of a vision, an intent or a challenge."""

    unit: UnitFrame
    title: str
    url: str
    wordings: tuple[VersionRow, ...]


def present_history(actor: Actor, place: Place, thing: Standable) -> HistoryPage:
    """Return how a text came to be."""
    return HistoryPage(
        unit=frame_of(actor, place),
        title=thing.title,
        url=url_of(thing, place.slug),
        wordings=list_wordings(actor, thing.text),
    )


def overview_url(place: Place) -> str:
    """Return the page of where a unit is going."""
    return reverse("intend:unit_intend", args=[place.slug])
