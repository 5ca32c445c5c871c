"""Writing down how a unit decides, and whose decisions are whose."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from collegium.base import events, prose, time
from collegium.decide import policies
from collegium.decide.enums import Method
from collegium.decide.errors import Conflict, Invalid
from collegium.decide.models import DecisionRight, Matter, Norms, Outcome
from collegium.decide.queries import norms as queries
from collegium.decide.queries import standing as standings
from collegium.decide.queries.norms import Seat
from collegium.decide.services import matters, proposals
from collegium.decide.services.matters import Asked, Whom
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.models import Group, Unit
from collegium.people.services.writing import check_same_community, locate, record, tidy

WHAT_LIMIT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How it is decided: in words, by which method unless another is chosen, who is heard, what may fail safely."""

    how: str
    method: str = Method.CONSENT
    quorum_percent: int = 50
    consulted: str = ""
    safe_to_fail: str = ""


@transaction.atomic
def write_norms(*, actor: Actor, unit: Unit, words: Words, group: Group | None = None) -> Norms:
    """Write down how a unit or a group of it decides; the wording before stays."""
    policies.check_can_write_norms(actor, locate(unit))
    if group is not None and group.unit_id != unit.id:
        raise Invalid("group_elsewhere")
    how = prose.tidy(words.how)
    if not how:
        raise Invalid("text_missing")
    Unit.objects.select_for_update().get(id=unit.id)
    last = Norms.objects.filter(unit=unit, group=group).aggregate(last=Max("number"))["last"] or 0
    written = Norms.objects.create(
        community_id=actor.community_id,
        unit=unit,
        group=group,
        number=last + 1,
        how=how,
        method=Method(words.method),
        quorum_percent=words.quorum_percent,
        consulted=prose.tidy(words.consulted),
        safe_to_fail=prose.tidy(words.safe_to_fail),
        written_by_id=actor.recorded_id,
    )
    record(actor, "norms.written", written, unit_id=unit.id, title=group.name if group else unit.name)
    return written


@transaction.atomic
def write_right(
    *,
    actor: Actor,
    unit: Unit,
    what: str,
    holder: Unit,
    lowest: str,
    reason: str = "",
    each: str = "",
    holder_group: Group | None = None,
    right: DecisionRight | None = None,
) -> DecisionRight:
    """Write a line of the register, or change one. Above the lowest sensible level, the reason is asked for."""
    place = locate(unit)
    policies.check_can_write_norms(actor, place)
    check_same_community(actor, unit, holder)
    if Seat(holder, each) not in queries.list_seats(actor, place):
        raise Invalid("right_elsewhere")
    if holder_group is not None and holder_group.unit_id != holder.id:
        raise Invalid("group_elsewhere")
    written = right or DecisionRight(community_id=actor.community_id, unit=unit)
    if (written.holder_id, written.each) != (holder.id, each):
        written.each, written.decided_in, written.moved_because = each, None, ""
    written.what, written.holder, written.holder_group = tidy(what, limit=WHAT_LIMIT), holder, holder_group
    written.lowest, written.reason = UnitKind(lowest), prose.tidy(reason)
    written.written_at = time.now()
    if queries.sits_higher(written) and not written.reason:
        raise Invalid("right_needs_reason")
    written.save()
    record(actor, "right.written", written, unit_id=unit.id, title=written.what)
    return written


@transaction.atomic
def withdraw_right(*, actor: Actor, right: DecisionRight) -> None:
    """Take a line out of the register."""
    policies.check_can_write_norms(actor, locate(right.unit))
    if right.withdrawn_at is None:
        right.withdrawn_at = time.now()
        right.save(update_fields=["withdrawn_at"])
        record(actor, "right.withdrawn", right, unit_id=right.unit_id, title=right.what)


@transaction.atomic
def ask_to_move_down(*, actor: Actor, right: DecisionRight, why: str) -> Matter:
    """Ask that a decision move to the lowest sensible level: a matter of its own, with the proposal written."""
    reason = prose.tidy(why)
    if not reason:
        raise Invalid("why_missing")
    if not queries.sits_higher(right):
        raise Conflict("right_is_lowest")
    seat = queries.find_seat_below(right, locate(right.unit))
    if seat is None:
        raise Conflict("right_is_lowest")
    asked = Asked(
        question=tidy(_("Who decides: %(what)s?") % {"what": right.what[:150]}, limit=matters.QUESTION_LIMIT),
        background=_("It sits with %(holder)s now, because: %(reason)s")
        % {"holder": right.holder.name, "reason": right.reason},
    )
    matter = matters.ask(actor=actor, unit=right.unit, asked=asked, whom=[Whom(unit=right.unit)], moves_right=right)
    proposals.propose(
        actor=actor,
        matter=matter,
        standing=standings.get_standing(actor, matter, locate(right.unit)),
        title=tidy(_("Let it be decided by: %(whom)s") % {"whom": name_seat(seat)}, limit=proposals.TITLE_LIMIT),
        text=reason,
    )
    return matter


def name_seat(seat: Seat) -> str:
    """Return where a decision sits, in words."""
    if not seat.each:
        return seat.unit.name
    return _("each %(kind)s in %(name)s") % {"kind": UnitKind(seat.each).label, "name": seat.unit.name}


def move_down(right: DecisionRight, outcome: Outcome) -> None:
    """Write an accepted request into the register: one level down, with the reason and where it was decided."""
    seat = queries.find_seat_below(right, locate(right.unit))
    if seat is None:
        raise Conflict("right_is_lowest")
    right.holder, right.each, right.holder_group = seat.unit, seat.each, None
    right.decided_in, right.moved_because, right.written_at = outcome.matter, outcome.reasons, time.now()
    if not queries.sits_higher(right):
        right.reason = ""
    right.save()
    events.record(
        "right.moved",
        community_id=right.community_id,
        actor_id=outcome.published_by_id,
        object_kind="right",
        object_id=right.id,
        unit_id=right.unit_id,
        data={"title": right.what},
    )
