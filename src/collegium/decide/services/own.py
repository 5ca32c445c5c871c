"""Forgetting somebody who asks to be erased."""

from __future__ import annotations

import uuid

from collegium.decide.models import Dissent, DrawEntry, OpenBallot, Told


def forget_person(person_id: uuid.UUID) -> None:
    """Empty the words that somebody wrote under their name. What they proposed belongs to the group and stays, without
    a name; an open ballot still counts, without its reason; a secret one was never to be found. A number in a draw
    stays, and is nobody's.
    """
    OpenBallot.objects.filter(person_id=person_id).update(reason="", worked_through="")
    Dissent.objects.filter(person_id=person_id).delete()
    Told.objects.filter(person_id=person_id).update(question="")
    DrawEntry.objects.filter(person_id=person_id).update(person=None)
