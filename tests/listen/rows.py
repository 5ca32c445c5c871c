"""A row in every table of the room, for tests that ask who can reach them."""

from __future__ import annotations

import datetime as dt

from collegium.base import time
from collegium.listen.enums import PulseState, ViewKind
from collegium.listen.models import (
    AskingLimit,
    Cell,
    Comment,
    Invitation,
    NamingConsent,
    Publication,
    PublishedView,
    Pulse,
    PulseSeries,
    PulseUnit,
    PulseView,
    SenseNote,
    Sheet,
    Slip,
    Tray,
)
from collegium.people.models import Person, Unit
from tests.listen import worlds


def fill(unit: Unit, person: Person) -> Pulse:
    """Put a pulse of the unit with everything about it into the database, however little sense it makes together."""
    owner = {"community": unit.community}
    now = time.now()
    version = worlds.keep_instrument(unit.community)
    series = PulseSeries.objects.create(**owner, unit=unit, title="Often", every_weeks=4, next_on=now.date())
    pulse = Pulse.objects.create(
        **owner,
        unit=unit,
        series=series,
        title="A pulse",
        instrument=version,
        language="en",
        state=PulseState.CLOSED,
        opens_at=now - dt.timedelta(days=9),
        closes_at=now - dt.timedelta(days=2),
        results_at=now - dt.timedelta(days=1),
    )
    PulseUnit.objects.create(**owner, pulse=pulse, unit=unit)
    cell = Cell.objects.create(
        **owner, pulse=pulse, number=1, mixed_in=unit, parts=[[str(unit.id), "classroom"]], asked=9
    )
    view = PulseView.objects.create(**owner, pulse=pulse, kind=ViewKind.WHOLE, unit=unit, cells=[1], asked=9)
    Invitation.objects.create(**owner, pulse=pulse, person=person, cell=cell)
    Slip.objects.create(**owner, pulse=pulse, cell=cell, code_hash=pulse.id.hex)
    AskingLimit.objects.create(**owner, person=person)
    Tray.objects.create(**owner, pulse=pulse, unit=unit)
    Sheet.objects.create(**owner, pulse=pulse, atom=0, answers=b"")
    Comment.objects.create(**owner, pulse=pulse, atom=0, item="wish", text="More time.")
    Publication.objects.create(**owner, pulse=pulse, atoms=[[1]], sheets=9, moments=b"")
    PublishedView.objects.create(**owner, pulse=pulse, view=view)
    NamingConsent.objects.create(**owner, pulse=pulse, unit=unit)
    SenseNote.objects.create(**owner, pulse=pulse, unit=unit, question="surprise", text="Hm.")
    return pulse
