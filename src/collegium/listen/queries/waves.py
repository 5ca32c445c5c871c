"""Earlier waves of a pulse: what it is compared with."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db import connection

from collegium.base import statements
from collegium.listen.enums import PulseState
from collegium.listen.instruments import Instrument
from collegium.listen.instruments.comparing import layout_as_of_now
from collegium.listen.models import Publication, PublishedView, Pulse, PulseView
from collegium.listen.publishing import storing
from collegium.listen.publishing.coarsening import Page
from collegium.listen.publishing.documents import read_means
from collegium.listen.publishing.working_out import Earlier
from collegium.listen.queries import versions
from collegium.listen.reporting import Moved, Rules, Survey

People = Mapping[int, set[object]]  # as the database writes ids
WAVES = 8  # as many earlier waves are looked at for who came and went since


def list_earlier(pulse: Pulse, views: Sequence[PulseView]) -> list[Earlier]:
    """Return the waves that the views of a pulse can be compared with: of each view, the latest before it."""
    now = {view.key: view for view in views}
    before = _list_before(pulse, now)
    by_wave: dict[uuid.UUID, list[str]] = defaultdict(list)
    for key, older in before.items():
        by_wave[older[-1].pulse_id].append(key)
    crowd = _Crowd(_people(pulse.id), Rules(k=pulse.k).fewest)
    asks = versions.read(pulse.instrument)
    return [_wave(pulse_id, asks, keys, now, before, crowd) for pulse_id, keys in sorted(by_wave.items())]


def _list_before(pulse: Pulse, now: Mapping[str, PulseView]) -> dict[str, list[PulseView]]:
    """Return, for each view, the same view in the waves before, the latest last."""
    earlier = (
        PulseView.objects.filter(
            unit_id__in={view.unit_id for view in now.values()},
            pulse__state=PulseState.CLOSED,
            pulse__instrument__key=pulse.instrument.key,
            pulse__instrument__unit=pulse.instrument.unit_id,
            pulse__referent=pulse.referent,
            pulse__closes_at__lt=pulse.closes_at,
            published__n__isnull=False,
        )
        .exclude(pulse=pulse)
        .select_related("published")
        .defer("published__document")
        .order_by("pulse__closes_at", "pulse_id")
    )
    before: dict[str, list[PulseView]] = defaultdict(list)
    for view in earlier:
        if view.key in now:
            before[view.key] = [*before[view.key][1 - WAVES :], view]
    return before


class _Crowd:
    """Who was asked in this wave, and in those before it."""

    def __init__(self, own: People, fewest: int) -> None:
        self._own = own
        self._fewest = fewest
        self._before: dict[uuid.UUID, People] = {}

    def compare(self, view: PulseView, older: Sequence[PulseView]) -> tuple[Moved, list[Page]]:
        """Count who came and went since the latest of the older waves, and since the one that differs least; and return
        what stands on the pages of those since which so few moved that it may tell of them.
        """
        each = [self._since(view, wave) for wave in older]
        joined, left = each[-1]
        telling = [came + went for came, went in each if came + went]
        moved = Moved(joined=joined, left=left, fewest=min(telling, default=0))
        # Who was silent then cannot be told apart from those who moved.
        few = {
            wave.id: came + went
            for wave, (came, went) in zip(older, each, strict=True)
            if came + went and came + went + wave.asked - (wave.published.n or 0) < self._fewest
        }
        return moved, _pages(few) if few else []

    def _since(self, view: PulseView, older: PulseView) -> tuple[int, int]:
        if older.pulse_id not in self._before:
            self._before[older.pulse_id] = _people(older.pulse_id)
        then, now = _held(self._before[older.pulse_id], older.cells), _held(self._own, view.cells)
        return len(now - then), len(then - now)


def _wave(
    pulse_id: uuid.UUID,
    asks: Instrument,
    keys: Sequence[str],
    now: Mapping[str, PulseView],
    before: Mapping[str, Sequence[PulseView]],
    crowd: _Crowd,
) -> Earlier:
    pulse = Pulse.objects.select_related("instrument").get(id=pulse_id)
    published = PublishedView.objects.filter(pulse=pulse, n__isnull=False).select_related("view")
    then = {each.view.key: each for each in published}
    compared = {key: crowd.compare(now[key], before[key]) for key in keys}
    return Earlier(
        pulse_id=pulse_id,
        survey=load_survey(pulse, {key: tuple(then[key].atoms) for key in keys}, asks),
        asked={key: then[key].view.asked for key in keys},
        shown={key: read_means(then[key].document) for key in keys},
        pages={key: pages for key, (_moved, pages) in compared.items()},
        moved={key: moved for key, (moved, _pages) in compared.items()},
    )


def _pages(moved: Mapping[uuid.UUID, int]) -> list[Page]:
    """Return what stands on the pages of some views, with how many have moved since."""
    published = PublishedView.objects.filter(view__in=moved).select_related("view").order_by("id")
    return [
        Page(means=read_means(page.document), n=page.n or 0, asked=page.view.asked, moved=moved[page.view_id])
        for page in published
    ]


def load_survey(pulse: Pulse, views: Mapping[str, tuple[int, ...]], asks: Instrument | None = None) -> Survey:
    """Return what was counted of a closed pulse, some of its views, in the names of the version that asks now."""
    publication = Publication.objects.get(pulse=pulse)
    asked = versions.read(pulse.instrument)
    layout = layout_as_of_now(asked, asks or asked)
    moments = storing.unpack_moments(layout, bytes(publication.moments))
    return Survey(moments=moments, views=views, rules=Rules(k=pulse.k))


def _people(pulse_id: uuid.UUID) -> People:
    """Return who was asked, by the number of their cell.

    Said as a statement: of tens of thousands, making ids of what the database answers takes longer than asking.
    """
    people: dict[int, set[object]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, [statements.write_id(pulse_id)])
        for person_id, cell in cursor:
            people[cell].add(person_id)
    return people


_ASKED = (
    "SELECT asked.person_id, cell.number FROM listen_invitation asked"
    " JOIN listen_cell cell ON cell.id = asked.cell_id WHERE asked.pulse_id = %s"
)


def _held(people: People, cells: Sequence[int]) -> set[object]:
    empty: set[object] = set()
    return empty.union(*(people.get(cell, empty) for cell in cells))
