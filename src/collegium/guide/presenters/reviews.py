"""Reviews of a unit: the list of them, and one with its claims, evidence, spread, and what was agreed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.base.figures import Distribution, Share
from collegium.base.indicators import Indicator, Reading
from collegium.guide import judgements, policies
from collegium.guide.enums import ReviewState, Whom
from collegium.guide.models import Agreement, Dissenting, Review, Weights
from collegium.guide.presenters.evidence import Evidence, evidence_of, read_kept
from collegium.guide.queries import evidence
from collegium.guide.queries import reviews as queries
from collegium.guide.queries.reviews import FoundReview
from collegium.guide.reviews import Claim, Definition
from collegium.people.actors import Actor
from collegium.people.models import Person
from collegium.people.places import Place
from collegium.people.presenters.forms import FormPage
from collegium.people.presenters.frame import UnitFrame, frame_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """A review in a list."""

    title: str
    url: str
    state: str
    is_open: bool
    opened_at: dt.datetime
    finished_at: dt.datetime | None
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedRow:
    """A review that can be opened here."""

    title: str
    purpose: str
    claims: int
    open_url: str
    file_url: str
    version: int
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewsPage:
    """The reviews of a unit."""

    unit: UnitFrame
    standing: tuple[tuple[str, str, str], ...]  # what, which, the address of the review that says so
    under_way: tuple[ReviewRow, ...]
    earlier: tuple[ReviewRow, ...]
    offered: tuple[OfferedRow, ...]
    bring_url: str


def present_list(actor: Actor, place: Place) -> ReviewsPage:
    """Return the page of the reviews of a unit."""
    frame = frame_of(actor, place)
    rows = queries.list_reviews_for(actor, place)
    may_open = frame.is_today and policies.can_open_review(actor, place)
    offered = [each for each in queries.list_offered(place) if place.kind in each.definition.kinds]
    busy = {row.key for row in rows if row.state in queries.UNDER_WAY}
    return ReviewsPage(
        unit=frame,
        standing=_standing(place),
        under_way=tuple(_row(row) for row in rows if row.state in queries.UNDER_WAY),
        earlier=tuple(_row(row) for row in rows if row.state not in queries.UNDER_WAY),
        offered=tuple(
            OfferedRow(
                title=each.definition.title,
                purpose=each.definition.purpose,
                claims=len(each.definition.claims),
                open_url=reverse("guide:review_open", args=[place.slug, each.definition.key])
                if may_open and each.definition.key not in busy
                else "",
                file_url=reverse("guide:review_file", args=[place.slug, each.definition.key, each.definition.version]),
                version=each.definition.version,
                is_own=each.file is not None,
            )
            for each in offered
        ),
        bring_url=reverse("guide:review_bring", args=[place.slug]) if may_open else "",
    )


def _standing(place: Place) -> tuple[tuple[str, str, str], ...]:
    names = {"phase": _("Phase"), "stage": _("Stage")}
    found = queries.find_outcomes(place.unit_id, place.as_of)
    return tuple(
        (
            names[sets],
            queries.read_file(found[sets].file).name_outcome(found[sets].outcome),
            reverse("guide:review", args=[found[sets].id]),
        )
        for sets in names
        if sets in found
    )


def _row(review: Review) -> ReviewRow:
    return ReviewRow(
        title=review.file.title,
        url=reverse("guide:review", args=[review.id]),
        state=str(ReviewState(review.state).label),
        is_open=review.state == ReviewState.JUDGING,
        opened_at=review.opened_at,
        finished_at=review.finished_at,
        outcome=queries.read_file(review.file).name_outcome(review.outcome),
    )


# --- one review -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class DissentView:
    """What somebody sees differently."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LastView:
    """What was said of a claim the last time."""

    day: dt.datetime | None
    level: str
    spread: Distribution | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """A claim with all that stands beside it."""

    key: str
    title: str
    claim: str
    look_at: str
    is_dial: bool
    weight: int
    descriptors: tuple[tuple[str, str, bool], ...]  # title, text, whether it was agreed
    evidence: Evidence
    spread: Distribution | None
    is_withheld: bool
    last: LastView | None
    is_settled: bool
    agreed: str  # the level; empty where people could not agree
    why: str
    dissents: tuple[DissentView, ...]
    in_schools: tuple[tuple[str, int], ...]
    agree_url: str
    dissent_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """The review of a school that is part of an alliance's."""

    name: str
    url: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """A review, at whatever point it is."""

    unit: UnitFrame
    title: str
    purpose: str
    about: str
    list_url: str
    steps: tuple[str, ...]
    step: int
    is_judging: bool
    is_counting: bool
    is_talking: bool
    is_finished: bool
    stopped: str
    whom: str
    judged: str
    closes_at: dt.datetime
    friend: str
    part_of: str
    part_of_url: str
    parts: tuple[PartView, ...]
    not_shown: str
    fewest: int
    outcome_title: str
    outcome: str
    outcome_before: str
    weights: str
    judge_url: str
    has_judged: bool
    friend_url: str
    weights_url: str
    finish_url: str
    stop_url: str
    claims: tuple[ClaimView, ...]


def present_review(actor: Actor, found: FoundReview) -> ReviewPage:
    """Return the page of a review."""
    review, definition, place = found.review, found.definition, found.place
    state = ReviewState(review.state)
    may_open, may_record = policies.can_open_review(actor, place), policies.can_record_review(actor, place)
    is_talking = state is ReviewState.TALKING
    last = queries.find_last(review)
    weights = queries.find_weights(queries.weighing_unit(review), review.key)
    claims = _claims(actor, found, last, _weights_of(review, weights))
    of_unit = review.part_of is None
    return ReviewPage(
        unit=frame_of(actor, place),
        title=definition.title,
        purpose=definition.purpose,
        about=review.about,
        list_url=reverse("guide:reviews", args=[place.slug]),
        steps=(_("Each judges alone"), _("All see the spread and talk"), _("What was agreed stands")),
        step={ReviewState.JUDGING: 1, ReviewState.TALKING: 2}.get(state, 3),
        is_judging=found.takes_judgements,
        is_counting=state is ReviewState.JUDGING and not found.takes_judgements,
        is_talking=is_talking,
        is_finished=state is ReviewState.AGREED,
        stopped=str(review.result.get("why", "")),
        whom=_say_whom(review),
        judged=_say_judged(review),
        closes_at=review.closes_at,
        friend=name_of(review.friend) if review.friend_id else "",
        part_of=review.part_of.unit.name if review.part_of else "",
        part_of_url=_part_of_url(actor, review),
        parts=_parts(actor, place, review),
        not_shown=_say_not_shown(review) if found.is_closed else "",
        fewest=judgements.FEWEST,
        outcome_title={"phase": _("Phase"), "stage": _("Stage")}.get(review.sets, ""),
        outcome=definition.name_outcome(review.outcome),
        outcome_before=queries.read_file(last.file).name_outcome(last.outcome) if last else "",
        weights=_say_weights(weights) if definition.sets else "",
        judge_url=_address("review_judge", review) if found.waits_for_judgement else "",
        has_judged=found.seat is not None and found.seat.has_judged,
        friend_url=_address("review_friend", review) if may_open and state in queries.UNDER_WAY else "",
        weights_url=reverse("guide:review_weights", args=[place.slug, review.key])
        if may_open and of_unit and definition.sets and state in queries.UNDER_WAY
        else "",
        finish_url=_address("review_finish", review) if may_record and is_talking else "",
        stop_url=_address("review_stop", review) if may_open and state in queries.UNDER_WAY else "",
        claims=claims,
    )


def _address(name: str, review: Review, *more: str) -> str:
    return reverse(f"guide:{name}", args=[review.id, *more])


def _part_of_url(actor: Actor, review: Review) -> str:
    if review.part_of is None:
        return ""
    return _address("review", review.part_of) if queries.can_read(actor, review.part_of) else ""


def _weights_of(review: Review, weights: Weights | None) -> Mapping[str, int]:
    """Return what was weighed with, or would be."""
    kept: dict[str, int] = review.weights if review.state == ReviewState.AGREED else weights.weights if weights else {}
    return kept


def name_of(person: Person | None) -> str:
    """Return what a person is called, in words where the name has been erased."""
    return (person.full_name if person else "") or _("Somebody whose details have been erased")


def _say_whom(review: Review) -> str:
    if review.whom == Whom.GROUP and review.group is not None:
        return _("The group %(name)s") % {"name": review.group.name}
    return {Whom.ALL: _("Everybody who works here"), Whom.LEADERS: _("Those who lead here")}.get(
        Whom(review.whom), _("A group")
    )


def _say_judged(review: Review) -> str:
    judged = queries.count_judged(review)
    if review.state == ReviewState.JUDGING:
        return _("At least %(judged)s of %(asked)s have judged") % {"judged": judged, "asked": review.asked}
    return _("%(judged)s of %(asked)s judged") % {"judged": judged, "asked": review.asked}


def _say_not_shown(review: Review) -> str:
    if review.result.get("withheld"):
        return _(
            "Fewer than %(least)s people judged, so the spread is not shown: it would tell what single people said. "
            "What they judged was not kept. You can talk by the evidence all the same."
        ) % {"least": judgements.FEWEST}
    if review.result.get("lost"):
        return _("The machine has not the keys of the boxes any more, so nobody can say what people judged.")
    return ""


def _say_weights(weights: Weights | None) -> str:
    if weights is None:
        return _("Every claim weighs the same.")
    return _("Weights of %(day)s: %(reason)s") % {
        "day": date_format(localtime(weights.set_at), "DATE_FORMAT"),
        "reason": weights.reason,
    }


def _parts(actor: Actor, place: Place, review: Review) -> tuple[PartView, ...]:
    if review.part_of_id is not None:
        return ()
    rows = queries.list_parts(review)
    opens = policies.can_open_review(actor, place)
    return tuple(
        PartView(
            name=row.unit.name,
            url=_address("review", row) if opens or row.unit_id in actor.member_of else "",
            state=str(ReviewState(row.state).label),
        )
        for row in rows
    )


def _claims(
    actor: Actor, found: FoundReview, last: Review | None, weights: Mapping[str, int]
) -> tuple[ClaimView, ...]:  # fmt: skip
    review, definition = found.review, found.definition
    visible = {each.key: each for each in evidence.list_visible(actor, found.place)}
    readings = _readings(found, visible)
    agreed, dissents = queries.list_agreements(review), queries.list_dissents(review)
    before = _list_before(last) if last and found.is_closed else {}
    shared = queries.count_shared_levels(review) if review.part_of_id is None else {}
    may_record = review.state == ReviewState.TALKING and policies.can_record_review(actor, found.place)
    may_dissent = review.state == ReviewState.TALKING and found.seat is not None
    return tuple(
        ClaimView(
            key=claim.key,
            title=claim.title,
            claim=claim.claim,
            look_at=claim.look_at,
            is_dial=claim.is_dial,
            weight=1 if claim.is_dial else weights.get(claim.key, 1),
            descriptors=_descriptors(claim, agreed.get(claim.key)),
            evidence=evidence_of(claim, visible, readings, found.place),
            spread=_spread(review, claim, _("What people judged")) if found.is_closed else None,
            is_withheld="counts" in review.result and claim.key not in review.result["counts"],
            last=before.get(claim.key),
            is_settled=claim.key in agreed,
            agreed=_name_level(claim, agreed.get(claim.key)),
            why=agreed[claim.key].why if claim.key in agreed else "",
            dissents=tuple(_dissent(each) for each in dissents.get(claim.key, ())),
            in_schools=_in_schools(claim, shared.get(claim.key, {})),
            agree_url=_address("review_agree", review, claim.key) if may_record else "",
            dissent_url=_address("review_dissent", review, claim.key) if may_dissent else "",
        )
        for claim in definition.claims
    )


def _readings(found: FoundReview, visible: Mapping[str, Indicator]) -> Mapping[str, Reading]:
    """Return what was read on the day it closed, or is read now while it is open."""
    if found.is_closed:
        return {str(row["key"]): read_kept(row) for row in found.review.evidence}
    keys = dict.fromkeys(key for claim in found.definition.claims for key in claim.indicators)
    return evidence.read_now(found.place, [visible[key] for key in keys if key in visible])


def read_for_judging(actor: Actor, found: FoundReview) -> dict[str, Evidence]:
    """Return the evidence beside each claim, for whoever is about to judge."""
    visible = {each.key: each for each in evidence.list_visible(actor, found.place)}
    readings = _readings(found, visible)
    return {claim.key: evidence_of(claim, visible, readings, found.place) for claim in found.definition.claims}


def _descriptors(claim: Claim, agreed: Agreement | None) -> tuple[tuple[str, str, bool], ...]:
    level = agreed.level if agreed else ""
    return tuple((each.title, each.text, bool(level) and each.key == level) for each in claim.descriptors)


def _name_level(claim: Claim, agreed: Agreement | None) -> str:
    level = claim.find(agreed.level) if agreed and agreed.level else None
    return level.title if level else ""


def _spread(review: Review, claim: Claim, title: str) -> Distribution | None:
    """Return how many chose each level; None where nothing was counted or this claim was not asked."""
    counts: Sequence[int] | None = review.result.get("counts", {}).get(claim.key)
    if counts is None or len(counts) != len(claim.descriptors):
        return None
    n = sum(counts)
    return Distribution(
        title=f"{title}: {claim.title}",
        shares=tuple(
            Share(label=each.title, count=count) for each, count in zip(claim.descriptors, counts, strict=True)
        ),
        sentence=f"{_say_spread(claim, counts)} {_say_cannot_tell(int(review.result['n']) - n)}".strip(),
        counted=ngettext("%(n)s person", "%(n)s people", n) % {"n": n},
    )


def _say_spread(claim: Claim, counts: Sequence[int]) -> str:
    """Say how far apart people are, without a middle between them."""
    chosen = [each.title for each, count in zip(claim.descriptors, counts, strict=True) if count]
    if len(chosen) == 1:
        return _("All who could tell say: %(level)s.") % {"level": chosen[0]}
    return _("People are spread from %(first)s to %(last)s.") % {"first": chosen[0], "last": chosen[-1]}


def _say_cannot_tell(number: int) -> str:
    if not number:
        return ""
    return ngettext("One more could not tell.", "%(n)s more could not tell.", number) % {"n": number}


def _list_before(last: Review) -> dict[str, LastView]:
    """Return what was said of each claim the last time, in the words of the file of that time."""
    agreed = queries.list_agreements(last)
    return {
        claim.key: LastView(
            day=last.finished_at,
            level=_name_level(claim, agreed.get(claim.key)),
            spread=_spread(last, claim, _("Last time")),
        )
        for claim in queries.read_file(last.file).claims
    }


def _dissent(row: Dissenting) -> DissentView:
    return DissentView(name=name_of(row.person), text=row.text)


def _in_schools(claim: Claim, counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    found = [(each.title, counts.get(each.key, 0)) for each in claim.descriptors]
    found.append((_("could not agree"), counts.get("", 0)))
    return tuple((title, count) for title, count in found if count)


# --- forms ------------------------------------------------------------------------------------------------------------
def form_of_unit(place: Place, heading: str, lede: str, submit: str) -> FormPage:
    """Return what stands around a form that is opened from the list of reviews."""
    return FormPage(
        kicker=place.name,
        home_url=reverse("people:unit_home", args=[place.slug]),
        home_title=place.name,
        back_url=reverse("guide:reviews", args=[place.slug]),
        back_title=_("Reviews"),
        heading=heading,
        lede=lede,
        submit=submit,
    )


def form_of_review(found: FoundReview, *, anchor: str = "", **texts: object) -> FormPage:
    """Return what stands around a form about a review."""
    return FormPage(
        kicker=found.place.name,
        home_url=reverse("guide:reviews", args=[found.place.slug]),
        home_title=_("Reviews"),
        back_url=_address("review", found.review) + (f"#{anchor}" if anchor else ""),
        back_title=found.definition.title,
        **texts,  # type: ignore[arg-type]
    )


def say_rule(definition: Definition) -> str:
    """Say in a sentence how a phase or stage follows."""
    parts = []
    for outcome in definition.outcomes[1:]:
        level = definition.weighed[0].find(outcome.level)
        parts.append(
            _("%(outcome)s where claims of %(percent)s%% of the weight are at “%(level)s” or further")
            % {"outcome": outcome.title, "percent": outcome.percent, "level": level.title if level else outcome.level}
        )
    return "; ".join(parts)
