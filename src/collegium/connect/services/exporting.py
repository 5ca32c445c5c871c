"""Ties on the way out."""

from __future__ import annotations

import io

from django.db import transaction

from collegium.connect import files, policies
from collegium.connect.errors import Invalid
from collegium.connect.files import DEFAULT, Format, TieFile
from collegium.connect.models import TieWave
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.services.writing import record


@transaction.atomic
def export(*, actor: Actor, place: Place, wave: TieWave, ties: TieFile, form: Format) -> bytes:
    """Write what the actor may see of a wave in a format that other programs read; the trail says that it left."""
    policies.check_can_view_waves(actor, place)
    if form.is_matrix and len(ties.people) > DEFAULT.matrix:
        raise Invalid("ties_export_large", people=len(ties.people))
    out = io.BytesIO()
    files.write(out, ties, form)
    record(actor, "tie_wave.exported", wave, unit_id=place.unit_id, form=form.value)
    return out.getvalue()
