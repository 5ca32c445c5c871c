"""Earlier waves of a pulse: what it is compared with."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence

from collegium.listen.enums import PulseState
from collegium.listen.models import Invitation, Publication, PublishedView, Pulse, PulseView
from collegium.listen.publishing import storing
from collegium.listen.publishing.working_out import Earlier
from collegium.listen.queries import versions
from collegium.listen.reporting import Moved, Rules, Survey


def list_earlier(pulse: Pulse, views: Sequence[PulseView]) -> list[Earlier]:
    """Return the waves that the views of a pulse can be compared with: of each view, the latest before it."""
    latest = _latest_before(pulse, views)
    by_wave: dict[uuid.UUID, list[str]] = defaultdict(list)
    for key, pulse_id in latest.items():
        by_wave[pulse_id].append(key)
    own = _people(pulse)
    now = {f"{view.unit_id}:{view.level}": view for view in views}
    return [_wave(pulse_id, keys, now, own) for pulse_id, keys in sorted(by_wave.items())]


def _latest_before(pulse: Pulse, views: Sequence[PulseView]) -> dict[str, uuid.UUID]:
    earlier = (
        PulseView.objects.filter(
            unit_id__in={view.unit_id for view in views},
            pulse__state=PulseState.CLOSED,
            pulse__instrument__key=pulse.instrument.key,
            pulse__instrument__unit=pulse.instrument.unit_id,
            pulse__referent=pulse.referent,
            pulse__closes_at__lt=pulse.closes_at,
            published__n__isnull=False,
        )
        .exclude(pulse=pulse)
        .order_by("pulse__closes_at", "pulse_id")
        .values_list("unit_id", "level", "pulse_id")
    )
    wanted = {f"{view.unit_id}:{view.level}" for view in views}
    return {key: pulse_id for unit_id, level, pulse_id in earlier if (key := f"{unit_id}:{level}") in wanted}


def _wave(
    pulse_id: uuid.UUID, keys: Sequence[str], now: Mapping[str, PulseView], own: Mapping[uuid.UUID, int]
) -> Earlier:
    pulse = Pulse.objects.select_related("instrument").get(id=pulse_id)
    published = PublishedView.objects.filter(pulse=pulse, n__isnull=False).select_related("view")
    then = {f"{each.view.unit_id}:{each.view.level}": each for each in published}
    before = _people(pulse)
    return Earlier(
        pulse_id=pulse_id,
        survey=load_survey(pulse, {key: tuple(then[key].atoms) for key in keys}),
        asked={key: then[key].view.asked for key in keys},
        moved={key: _moved(before, then[key].view.cells, own, now[key].cells) for key in keys},
    )


def load_survey(pulse: Pulse, views: Mapping[str, tuple[int, ...]]) -> Survey:
    """Return what was counted of a closed pulse, with some of its views."""
    publication = Publication.objects.get(pulse=pulse)
    layout = versions.read(pulse.instrument).layout()
    moments = storing.unpack_moments(layout, bytes(publication.moments))
    return Survey(moments=moments, views=views, rules=Rules(k=pulse.k))


def _people(pulse: Pulse) -> dict[uuid.UUID, int]:
    """Return the cell of everybody who was asked."""
    return dict(Invitation.objects.filter(pulse=pulse).values_list("person_id", "cell__number"))


def _moved(
    before: Mapping[uuid.UUID, int], cells_before: Sequence[int], after: Mapping[uuid.UUID, int], cells: Sequence[int]
) -> Moved:
    held_before, held = set(cells_before), set(cells)
    then = {person for person, cell in before.items() if cell in held_before}
    now = {person for person, cell in after.items() if cell in held}
    return Moved(joined=len(now - then), left=len(then - now))
