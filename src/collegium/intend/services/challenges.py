"""Writing challenges, and taking them from the change check to their end."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from collegium.base import indicators, prose, time
from collegium.intend import policies
from collegium.intend.enums import Agenda, Belief, CitationKind, Gateway, Measured, Outcome, Standing
from collegium.intend.errors import Conflict, Invalid, NotAllowed
from collegium.intend.models import Challenge, ChallengeAsk, ChangeCheck, Citation, Intent, SignOn
from collegium.intend.queries import evidence
from collegium.intend.services.line import check_standing, draft
from collegium.people.actors import Actor
from collegium.people.models import Person, Unit
from collegium.people.queries import structure
from collegium.people.services.writing import check_same_community, locate, record, tidy

CURRICULUM_LIMIT, NOTE_LIMIT = 80, 500


@transaction.atomic
def write_challenge(
    *,
    actor: Actor,
    unit: Unit,
    parts: Mapping[str, str],
    starts_on: dt.date,
    by_on: dt.date,
    intent: Intent | None = None,
    measured: str = Measured.STATEMENT,
    indicator_key: str = "",
    measure_id: uuid.UUID | None = None,
    asks: Sequence[Unit] = (),
    gateways: Sequence[str] = (),
    agenda: Sequence[str] = (),
    curriculum: str = "",
    owner: Person | None = None,
    second_owner: Person | None = None,
) -> Challenge:
    """Draft a challenge for a unit. Whoever writes it owns it until somebody else is named."""
    if by_on < time.today():
        raise Invalid("challenge_past", by_on=by_on)
    told = _check_told(actor, unit, measured, indicator_key, measure_id)
    place = _place(actor, unit, intent, starts_on, by_on, told, gateways, agenda, curriculum)
    owner_id = owner.id if owner else actor.recorded_id
    _check_owners(actor, owner_id, second_owner.id if second_owner else None)
    challenge = draft(
        actor,
        Challenge,
        unit,
        parts,
        **place,
        owner_id=owner_id,
        second_owner_id=second_owner.id if second_owner else None,
    )
    _write_asks(challenge, asks)
    record(actor, "challenge.drafted", challenge, unit_id=unit.id)
    return challenge


@transaction.atomic
def arrange_challenge(
    *,
    actor: Actor,
    challenge: Challenge,
    starts_on: dt.date,
    by_on: dt.date,
    intent: Intent | None = None,
    measured: str = Measured.STATEMENT,
    indicator_key: str = "",
    measure_id: uuid.UUID | None = None,
    asks: Sequence[Unit] = (),
    gateways: Sequence[str] = (),
    agenda: Sequence[str] = (),
    curriculum: str = "",
) -> Challenge:
    """Change when, for whom, how it is known, and what it belongs to; its words stay."""
    policies.check_can_reword(actor, locate(challenge.unit), challenge.is_public)
    _check_open(challenge)
    if by_on != challenge.by_on and by_on < time.today():
        raise Invalid("challenge_past", by_on=by_on)
    unit = challenge.unit
    told = _check_told(actor, unit, measured, indicator_key, measure_id, kept=challenge.measure_id)
    place = _place(actor, unit, intent, starts_on, by_on, told, gateways, agenda, curriculum)
    for name, value in place.items():
        setattr(challenge, name, value)
    challenge.save(update_fields=list(place))
    _write_asks(challenge, asks)
    record(actor, "challenge.arranged", challenge, unit_id=unit.id)
    return challenge


@transaction.atomic
def name_owner(*, actor: Actor, challenge: Challenge, person: Person, is_second: bool) -> Challenge:
    """Name who owns a challenge, or who could carry it on; the two are two people."""
    policies.check_can_reword(actor, locate(challenge.unit), challenge.is_public)
    check_same_community(actor, person)
    challenge.refresh_from_db(from_queryset=Challenge.objects.select_for_update())
    _check_open(challenge)
    owner_id, second_id = challenge.owner_id, challenge.second_owner_id
    owner_id, second_id = (owner_id, person.id) if is_second else (person.id, second_id)
    _check_owners(actor, owner_id, second_id)
    challenge.owner_id, challenge.second_owner_id = owner_id, second_id
    challenge.save(update_fields=["owner", "second_owner"])
    record(actor, "challenge.owner_named", challenge, unit_id=challenge.unit_id, person_id=person.id, second=is_second)
    return challenge


# --- evidence ---------------------------------------------------------------------------------------------------------
@transaction.atomic
def cite(*, actor: Actor, challenge: Challenge, code: str, note: str = "") -> Citation:
    """Cite a number about the challenge's unit, by its code, as it is today; its page shows how it is later."""
    place = locate(challenge.unit)
    policies.check_can_reword(actor, place, challenge.is_public)
    _check_open(challenge)
    found = next((each for each in evidence.list_citable_for(actor, place) if each.code == code), None)
    if found is None:
        raise Invalid("citation_unknown")
    cited = {"kind": found.kind, "key": found.key, "source_id": found.source_id}
    if Citation.objects.filter(challenge=challenge, withdrawn_at__isnull=True, **cited).exists():
        raise Conflict("citation_there_already")
    reading = found.reading
    low, high = reading.interval or (None, None)
    citation = Citation.objects.create(
        community_id=actor.community_id,
        challenge=challenge,
        **cited,
        unit_id=challenge.unit_id,
        value=reading.value,
        low=low,
        high=high,
        n=reading.n,
        source=(f"{found.whole}: {reading.source}" if found.kind == CitationKind.MEASURE else reading.source)[:300],
        note=tidy(note, limit=NOTE_LIMIT, required=False),
        cited_at=time.now(),
        cited_by_id=actor.recorded_id,
    )
    record(actor, "challenge.cited", challenge, unit_id=challenge.unit_id, key=found.key)
    return citation


@transaction.atomic
def withdraw_citation(*, actor: Actor, citation: Citation) -> Citation:
    """No longer cite a number."""
    challenge = citation.challenge
    policies.check_can_reword(actor, locate(challenge.unit), challenge.is_public)
    _check_open(challenge)
    if citation.withdrawn_at is not None:
        raise Conflict("standing_withdrawn")
    citation.withdrawn_at = time.now()
    citation.save(update_fields=["withdrawn_at"])
    record(actor, "challenge.citation_withdrawn", challenge, unit_id=challenge.unit_id, key=citation.key)
    return citation


# --- from the check to the end ----------------------------------------------------------------------------------------
@transaction.atomic
def keep_check(
    *,
    actor: Actor,
    challenge: Challenge,
    not_isolated: str,
    fits_priorities: str,
    clear_why: str,
    clear_what: str,
    believed: str,
    design_work: str = "",
    pilot: str = "",
    note: str = "",
) -> ChangeCheck:
    """Keep what people answered to the change check; earlier ones stay beside it."""
    policies.check_can_draft(actor, locate(challenge.unit))
    _check_open(challenge)
    answers = {
        "not_isolated": not_isolated,
        "fits_priorities": fits_priorities,
        "clear_why": clear_why,
        "clear_what": clear_what,
        "believed": believed,
    }
    if any(answer not in Belief.values for answer in answers.values()):
        raise Invalid("check_incomplete")
    kept = ChangeCheck.objects.create(
        community_id=actor.community_id,
        challenge=challenge,
        **answers,
        design_work=prose.tidy(design_work),
        pilot=prose.tidy(pilot),
        note=prose.tidy(note),
        checked_at=time.now(),
        checked_by_id=actor.recorded_id,
    )
    record(actor, "challenge.checked", challenge, unit_id=challenge.unit_id)
    return kept


@transaction.atomic
def start(*, actor: Actor, challenge: Challenge) -> Challenge:
    """Start a published challenge: after a change check, with two people who own it."""
    policies.check_can_keep(actor, locate(challenge.unit))
    challenge.refresh_from_db(from_queryset=Challenge.objects.select_for_update())
    _check_open(challenge)
    if challenge.started_at is not None:
        raise Conflict("challenge_started_already")
    if challenge.standing != Standing.PUBLISHED:
        raise Invalid("challenge_not_published")
    if challenge.owner_id is None or challenge.second_owner_id is None:
        raise Invalid("challenge_needs_two")
    if not ChangeCheck.objects.filter(challenge=challenge).exists():
        raise Invalid("challenge_not_checked")
    challenge.started_at = time.now()
    challenge.save(update_fields=["started_at"])
    record(actor, "challenge.started", challenge, unit_id=challenge.unit_id)
    return challenge


@transaction.atomic
def close(*, actor: Actor, challenge: Challenge, outcome: str, learned: str = "") -> Challenge:
    """Say what became of a challenge; one that was not met says what was learned."""
    policies.check_can_keep(actor, locate(challenge.unit))
    challenge.refresh_from_db(from_queryset=Challenge.objects.select_for_update())
    _check_open(challenge)
    if challenge.started_at is None:
        raise Invalid("challenge_not_started")
    if outcome not in Outcome.values:
        raise Invalid("check_incomplete")
    learned = prose.tidy(learned)
    if outcome != Outcome.MET and not learned:
        raise Invalid("challenge_learned_missing")
    challenge.closed_at, challenge.outcome, challenge.learned = time.now(), outcome, learned
    challenge.save(update_fields=["closed_at", "outcome", "learned"])
    record(actor, "challenge.closed", challenge, unit_id=challenge.unit_id, outcome=outcome)
    return challenge


@transaction.atomic
def sign_on(*, actor: Actor, challenge: Challenge) -> SignOn:
    """Say that one is in."""
    policies.check_can_draft(actor, locate(challenge.unit))
    _check_open(challenge)
    if actor.recorded_id is None:
        raise NotAllowed("members_only")
    if challenge.standing != Standing.PUBLISHED:
        raise Invalid("challenge_not_published")
    signed, _is_new = SignOn.objects.get_or_create(
        challenge=challenge,
        person_id=actor.person_id,
        defaults={"community_id": actor.community_id, "signed_at": time.now()},
    )
    record(actor, "challenge.signed", challenge, unit_id=challenge.unit_id)
    return signed


@transaction.atomic
def sign_off(*, actor: Actor, challenge: Challenge) -> None:
    """Take one's own sign-on back."""
    own = SignOn.objects.filter(challenge=challenge, person_id=actor.person_id, community_id=actor.community_id)
    if actor.recorded_id is None or not own.delete()[0]:
        raise Conflict("not_signed_on")
    record(actor, "challenge.unsigned", challenge, unit_id=challenge.unit_id)


# --- what the above share ---------------------------------------------------------------------------------------------
def _check_open(challenge: Challenge) -> None:
    check_standing(challenge)
    if challenge.closed_at is not None:
        raise Conflict("challenge_closed", closed_on=challenge.closed_at.date())


def _check_owners(actor: Actor, owner_id: uuid.UUID | None, second_id: uuid.UUID | None) -> None:
    if owner_id is not None and owner_id == second_id:
        raise Invalid("challenge_two_people")
    ids = {each for each in (owner_id, second_id) if each}
    known = Person.objects.filter(id__in=ids, community_id=actor.community_id, erased_at__isnull=True).count()
    if known != len(ids):
        raise Invalid("other_community")


def _check_told(
    actor: Actor,
    unit: Unit,
    measured: str,
    indicator_key: str,
    measure_id: uuid.UUID | None,
    *,
    kept: uuid.UUID | None = None,
) -> dict[str, Any]:
    """Return how people will know. An enquiry may set its measure up later; one that was chosen before may be kept."""
    is_number, is_enquired = measured == Measured.INDICATOR, measured == Measured.ENQUIRY
    if is_number and indicator_key not in {each.key for each in indicators.list_indicators()}:
        raise Invalid("citation_unknown")
    measure_id = measure_id if is_enquired else None
    if measure_id not in (None, kept):
        offered = evidence.list_enquired_for(actor, locate(unit))
        if measure_id not in {each.ref.source_id for each in offered}:
            raise Invalid("citation_unknown")
    return {"measured": measured, "indicator_key": indicator_key if is_number else "", "measure_id": measure_id}


def _place(
    actor: Actor,
    unit: Unit,
    intent: Intent | None,
    starts_on: dt.date,
    by_on: dt.date,
    told: dict[str, Any],
    gateways: Sequence[str],
    agenda: Sequence[str],
    curriculum: str,
) -> dict[str, Any]:
    if by_on < starts_on:
        raise Invalid("challenge_dates")
    if intent is not None:
        check_same_community(actor, intent)
        own_or_above = {unit.id} | structure.ids_above([unit.id], time.today())
        hidden = intent.unit_id != unit.id and intent.standing != Standing.PUBLISHED
        if intent.standing == Standing.WITHDRAWN or hidden or intent.unit_id not in own_or_above:
            raise Invalid("serves_unknown")
    return {
        "intent": intent,
        "starts_on": starts_on,
        "by_on": by_on,
        **told,
        "gateways": [each for each in Gateway.values if each in gateways],
        "agenda": [each for each in Agenda.values if each in agenda],
        "curriculum": tidy(curriculum, limit=CURRICULUM_LIMIT, required=False),
    }


def _write_asks(challenge: Challenge, units: Sequence[Unit]) -> None:
    """Keep whom a challenge asks; only the unit itself and units within it can be asked."""
    allowed = {challenge.unit_id} | structure.ids_within([challenge.unit_id], time.today())
    if any(unit.id not in allowed for unit in units):
        raise Invalid("serves_unknown")
    ChallengeAsk.objects.filter(challenge=challenge).delete()
    ChallengeAsk.objects.bulk_create(
        ChallengeAsk(community_id=challenge.community_id, challenge=challenge, unit=unit)
        for unit in {unit.id: unit for unit in units}.values()
    )
