"""Results put into the database as they are kept, without anybody having answered: quick, and as large as need be."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from collegium.listen import instruments
from collegium.listen.enums import PulseState, ViewKind
from collegium.listen.instruments import Instrument
from collegium.listen.models import Cell, Comment, InstrumentVersion, Publication, PublishedView, Pulse, PulseView
from collegium.listen.publishing.documents import Document, EarlierWave, SchoolStanding, write_document
from collegium.listen.reporting import Agreement, ChangeReport, FacetReliability, FacetReport, ItemReport, ViewReport
from collegium.people.models import Unit
from collegium.science.disclosure.favourable import release_favourable
from collegium.science.disclosure.release import (
    Decision,
    ReleasedChange,
    ReleasedMean,
    release_change,
    release_mean,
    release_shares,
)
from collegium.science.measurement.change import Verdict
from collegium.science.results import Interval

CLOSED = dt.datetime(2026, 3, 9, 12, 0, tzinfo=dt.UTC)
FEWEST = 6


@dataclass(frozen=True, kw_only=True)
class Told:
    """What one view is made to say: means by facet, and how many answered of those asked."""

    means: Mapping[str, float]
    n: int = 40
    asked: int = 44


def keep_version(unit: Unit, key: str) -> InstrumentVersion:
    """Keep a shipped instrument as a version of the community."""
    shipped = instruments.get_shipped(key)
    version, _is_new = InstrumentVersion.objects.get_or_create(
        community=unit.community,
        unit=None,
        key=key,
        version=shipped.version,
        defaults={"title": shipped.say(shipped.title), "definition": instruments.write(shipped)},
    )
    return version


def make_pulse(unit: Unit, key: str = "heartbeat", *, at: dt.datetime = CLOSED, title: str = "How are we?") -> Pulse:
    """Make a pulse that closed at a time; its results came out a day later."""
    shipped = instruments.get_shipped(key)
    return Pulse.objects.create(
        community=unit.community,
        unit=unit,
        title=title,
        instrument=keep_version(unit, key),
        referent=next(iter(shipped.referents), ""),
        language="en",
        state=PulseState.CLOSED,
        opens_at=at - dt.timedelta(days=7),
        closes_at=at,
        results_at=at + dt.timedelta(days=1),
        opened_at=at - dt.timedelta(days=7),
        closed_at=at,
    )


def make_report(instrument: Instrument, told: Told, *, seed: int = 1) -> ViewReport:
    """Return a report with these means, and answers drawn to go with them, all released as answers are."""
    dice = random.Random(seed)
    return ViewReport(
        key="view", n=told.n, facets=tuple(_facet(instrument, key, told, dice) for key in told.means), items=()
    )


def _facet(instrument: Instrument, key: str, told: Told, dice: random.Random) -> FacetReport:
    columns = [column for column in instrument.columns if column.item.facet == key]
    lowest, highest = columns[0].lowest, columns[0].highest
    mean = told.means[key]
    counts = {column.key: _counts(mean, told.n, lowest, highest, dice) for column in columns}
    pooled = [sum(each) for each in zip(*counts.values(), strict=True)]
    k = FEWEST * len(columns)
    half = 1.2 / told.n**0.5
    released = release_mean(mean, told.n, lowest=lowest, highest=highest, k=FEWEST)
    low, high = max(lowest, round(mean - half, 1)), min(highest, round(mean + half, 1))
    return FacetReport(
        key=key,
        mean=released,
        interval=Interval(low=low, high=high) if released.mean and released.mean.band is None else None,
        shares=release_shares(pooled, k=k),
        favourable=release_favourable(pooled, {3, 4}, k=k),
        agreement=Agreement.MODERATE,
        items=tuple(
            ItemReport(
                key=column.key,
                shares=release_shares(counts[column.key], k=FEWEST),
                favourable=release_favourable(counts[column.key], {3, 4}, k=FEWEST),
            )
            for column in columns
        ),
    )


def _counts(mean: float, n: int, lowest: int, highest: int, dice: random.Random) -> list[int]:
    counts = [0] * (highest - lowest + 1)
    for _person in range(n):
        counts[min(highest, max(lowest, round(dice.gauss(mean, 1)))) - lowest] += 1
    return counts


def tell(
    pulse: Pulse,
    unit: Unit,
    told: Told | None,
    *,
    level: str = "",
    cells: Sequence[int] = (1,),
    before: tuple[Pulse, Told] | None = None,
    moved: tuple[int, int] = (0, 0),
    schools: Sequence[SchoolStanding] = (),
    apart: tuple[int, int] = (0, 0),
    seed: int = 1,
) -> Document | None:
    """Publish one view of a pulse; without anything told it is not shown."""
    instrument = instruments.get_shipped(pulse.instrument.key)
    kind = ViewKind.LEVEL if level else (ViewKind.WHOLE if unit.id == pulse.unit_id else ViewKind.UNIT)
    asked = told.asked if told else 9
    view = PulseView.objects.create(
        community=pulse.community, pulse=pulse, kind=kind, unit=unit, level=level, cells=list(cells), asked=asked
    )
    document = None
    if told is not None:
        report = make_report(instrument, told, seed=seed)
        document = Document(
            report=report,
            asked=asked,
            changes=_changes(told, before, report, moved),
            reliability=_reliability(told) if kind == ViewKind.WHOLE else (),
            schools=tuple(schools),
            schools_apart=dict.fromkeys(told.means, apart) if schools else None,
        )
    PublishedView.objects.create(
        community=pulse.community,
        pulse=pulse,
        view=view,
        atoms=[number - 1 for number in cells] if told else [],
        n=told.n if told else None,
        document=write_document(document) if document else {},
    )
    return document


def _reliability(told: Told) -> tuple[FacetReliability, ...]:
    ends = Interval(low=0.4, high=0.7)
    return tuple(
        FacetReliability(
            facet=key, n=told.n, items=3, alpha=0.55, alpha_interval=ends, omega=None, icc1=None, icc2=None
        )
        for key in told.means
    )


def _changes(
    told: Told, before: tuple[Pulse, Told] | None, report: ViewReport, moved: tuple[int, int]
) -> tuple[EarlierWave, ...]:
    if before is None:
        return ()
    pulse, then = before
    released = release_change(joined=moved[0], left=moved[1], n_before=then.n, n_after=told.n, span=4, k=FEWEST)
    return tuple(
        EarlierWave(pulse_id=str(pulse.id), report=_change(facet, then, told, released)) for facet in report.facets
    )


def _change(facet: FacetReport, then: Told, now: Told, released: ReleasedChange) -> ChangeReport:
    gap = round(now.means[facet.key] - then.means[facet.key], 1)
    is_shown = released.decision is not Decision.WITHHOLD
    verdict = Verdict.UNCLEAR if abs(gap) < 0.4 or not is_shown else (Verdict.UP if gap > 0 else Verdict.DOWN)
    return ChangeReport(
        view="view",
        facet=facet.key,
        n_before=then.n,
        n_after=now.n,
        released=released,
        before=release_mean(then.means[facet.key], then.n, lowest=1, highest=5, k=FEWEST) if is_shown else None,
        after=facet.mean,
        difference=gap if is_shown else None,
        interval=Interval(low=round(gap - 0.3, 1), high=round(gap + 0.3, 1)) if is_shown else None,
        verdict=verdict,
    )


def stand(unit_id: uuid.UUID, means: Mapping[str, float], n: int) -> SchoolStanding:
    """Return one school of a picture."""
    shown = {key: release_mean(mean, n, lowest=1, highest=5, k=FEWEST) for key, mean in means.items()}
    return SchoolStanding(unit_id=str(unit_id), means=shown, intervals={key: _around(shown[key]) for key in shown})


def _around(mean: ReleasedMean) -> Interval | None:
    if mean.mean is None or mean.mean.band is not None:
        return None
    return Interval(low=round(mean.mean.value - 0.3, 1), high=round(mean.mean.value + 0.3, 1))


def write_comments(
    pulse: Pulse, unit: Unit, texts: Sequence[str], *, number: int = 1, sheets: int = 40
) -> list[uuid.UUID]:
    """Keep comments of a cell whose sheets are mixed in a unit, and return their ids."""
    Cell.objects.create(
        community=pulse.community, pulse=pulse, number=number, mixed_in=unit, parts=[], asked=sheets + 4
    )
    Publication.objects.get_or_create(
        pulse=pulse,
        defaults={"community": pulse.community, "atoms": [[number]], "sheets": sheets, "moments": b""},
    )
    question = instruments.get_shipped(pulse.instrument.key).text_items[0].key
    made = Comment.objects.bulk_create(
        Comment(community=pulse.community, pulse=pulse, atom=number - 1, item=question, text=text) for text in texts
    )
    return [comment.id for comment in made]
