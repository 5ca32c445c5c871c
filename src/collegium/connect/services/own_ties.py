"""What somebody decides on their own ties, mark and name.

No event is recorded: a steward who reads the trail must not learn who withdrew or declined, or trusts whom.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import transaction

from collegium.connect import policies
from collegium.connect.enums import WaveState
from collegium.connect.errors import Conflict, Invalid
from collegium.connect.models import MapRefusal, NamePermission, Tie, TieWave, WaveMember
from collegium.connect.services import analysing
from collegium.people.actors import Actor
from collegium.people.models import Person, Unit

MOST_VIEWERS = 50


@transaction.atomic
def withdraw_tie(*, actor: Actor, tie: Tie) -> None:
    """Delete one tie that somebody said, in an open wave or a closed one."""
    policies.check_can_decide_on_ties(actor, tie.source.person_id)
    tie.delete()
    _work_out_anew([tie.source.wave])


@transaction.atomic
def withdraw_ties(*, actor: Actor, member: WaveMember) -> None:
    """Delete everything that somebody said in a wave: they count as one who did not answer."""
    policies.check_can_decide_on_ties(actor, member.person_id)
    Tie.objects.filter(source=member).delete()
    WaveMember.objects.filter(id=member.id).update(answered=False, draft={})
    _work_out_anew([member.wave])


@transaction.atomic
def choose_to_be_shown(*, actor: Actor, shown: bool) -> None:
    """Say whether one's mark may be drawn on maps, those of past waves and of all to come."""
    refusals = MapRefusal.objects.filter(person_id=actor.person_id)
    if shown:
        refusals.delete()
    else:
        MapRefusal.objects.get_or_create(person_id=actor.person_id, defaults={"community_id": actor.community_id})
    own = WaveMember.objects.filter(person_id=actor.person_id, community_id=actor.community_id)
    changed = own.exclude(shown=shown)
    waves = list(TieWave.objects.filter(id__in=changed.values("wave_id")))
    changed.update(shown=shown)
    _work_out_anew(waves)


@transaction.atomic
def let_colleague_see(*, actor: Actor, viewer: Person) -> NamePermission:
    """Let one colleague see one's name beside one's mark."""
    if viewer.id == actor.person_id:
        raise Invalid("name_to_yourself")
    if viewer.community_id != actor.community_id or viewer.erased_at is not None:
        raise Invalid("name_elsewhere")
    own = NamePermission.objects.select_for_update().filter(owner_id=actor.person_id)
    if own.filter(viewer=viewer).exists():
        raise Conflict("name_seen_already")
    if own.filter(viewer__isnull=False).count() >= MOST_VIEWERS:
        raise Invalid("too_many_names", limit=MOST_VIEWERS)
    return NamePermission.objects.create(community_id=actor.community_id, owner_id=actor.person_id, viewer=viewer)


@transaction.atomic
def let_unit_see(*, actor: Actor, unit: Unit) -> NamePermission:
    """Let everybody who works in one's own team or school see one's name."""
    policies.check_can_let_see(actor, unit.id, unit.kind)
    permission, made = NamePermission.objects.get_or_create(
        owner_id=actor.person_id, unit=unit, defaults={"community_id": actor.community_id}
    )
    if not made:
        raise Conflict("name_seen_already")
    return permission


@transaction.atomic
def hide_name(*, actor: Actor, permission: NamePermission) -> None:
    """Take back that somebody may see one's name; they see it no more from the next page on."""
    policies.check_can_decide_on_ties(actor, permission.owner_id)
    permission.delete()


def forget_person(person_id: uuid.UUID) -> None:
    """Forget an erased person: what they said is deleted, and their mark stays as one that nobody is drawn for.

    What others said of them stays as theirs, pointing at nobody in particular.
    """
    own = WaveMember.objects.filter(person_id=person_id)
    waves = list(TieWave.objects.filter(id__in=own.values("wave_id")))
    Tie.objects.filter(source__in=own).delete()
    NamePermission.objects.filter(owner_id=person_id).delete()
    NamePermission.objects.filter(viewer_id=person_id).delete()
    MapRefusal.objects.filter(person_id=person_id).delete()
    own.update(person=None, answered=False, shown=False, draft={})
    _forget_in_drafts(person_id)
    _work_out_anew(waves)


def _forget_in_drafts(person_id: uuid.UUID) -> None:
    """Whom others have chosen and not handed in yet is named by person."""
    written = str(person_id)
    for member in WaveMember.objects.filter(wave__state=WaveState.OPEN).exclude(draft={}):
        if any(written in named for named in member.draft.values()):
            member.draft = {
                key: {person: weight for person, weight in named.items() if person != written}
                for key, named in member.draft.items()
            }
            member.save(update_fields=["draft"])


def _work_out_anew(waves: Iterable[TieWave]) -> None:
    for wave in waves:
        if wave.state == WaveState.CLOSED:
            analysing.analyse_later(wave)
