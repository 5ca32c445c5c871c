"""A series, how it is to be read, and the chart that its numbers allow."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum, unique

import numpy as np

from collegium.science.improvement import charts
from collegium.science.improvement.charts import Chart, Kind
from collegium.science.improvement.fit import Fit, check_fit
from collegium.science.improvement.reading import Reading, read_series
from collegium.science.improvement.runs import Runs, judge_runs
from collegium.science.improvement.special_causes import (
    Assurance,
    Good,
    Signals,
    Variation,
    assurance,
    judge_points,
    variation,
)
from collegium.science.results import BoolArray, FloatArray


@unique
class Shape(StrEnum):
    """What the numbers of a measure are."""

    COUNT = "count"
    PROPORTION = "proportion"
    RATE = "rate"
    AVERAGE = "average"


USUAL = {Shape.COUNT: Kind.C, Shape.PROPORTION: Kind.P, Shape.RATE: Kind.U, Shape.AVERAGE: Kind.XMR}


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Numbers over time, oldest first: None where one is missing. Denominators are as many, or none at all."""

    title: str
    labels: tuple[str, ...]
    values: tuple[float | None, ...]
    denominators: tuple[float | None, ...] = ()
    notes: dict[int, str] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()
    words: dict[int, str] = field(default_factory=dict)  # what stands for a value that is not there
    off: frozenset[int] = frozenset()  # where none was expected: holidays


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How a series is to be read.

    `kind` is the chart somebody chose, None for the usual one. `baseline` is how many points from the first the lines
    rest on, 0 for all. A rate is given `per` so much.
    """

    shape: Shape = Shape.AVERAGE
    good: Good = Good.UP
    kind: Kind | None = None
    baseline: int = 0
    target: float | None = None
    per: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Charted:
    """A series with everything that is said of it. `fit` says why the chart is another one than was wanted."""

    series: Series
    asked: Asked
    fit: Fit
    chart: Chart
    runs: Runs
    signals: Signals | None
    reading: Reading
    variation: Variation
    assurance: Assurance


def make_chart(series: Series, asked: Asked) -> Charted:
    """Return the chart that was asked for, or the nearest that the numbers allow."""
    value = _array(series.values)
    under = _array(series.denominators) if series.denominators else None
    wanted = asked.kind or USUAL[asked.shape]
    fit = check_fit(wanted, value, under)
    kind = wanted if fit.is_fit else fit.instead or Kind.RUN
    # Times between events are not in counts: the chart of them is advice, and what can be drawn is a run chart.
    kind = Kind.RUN if kind is Kind.T and wanted is not Kind.T else kind
    left_out = np.isin(np.arange(len(value)), sorted(series.left_out))
    chart = _draw(kind, value, under, left_out, asked)
    runs = judge_runs(chart)
    signals = None if chart.kind is Kind.RUN else judge_points(chart)
    return Charted(
        series=series,
        asked=asked,
        fit=fit,
        chart=chart,
        runs=runs,
        signals=signals,
        reading=read_series(chart, good=asked.good, runs=runs)[0],
        variation=Variation.UNKNOWN if signals is None else variation(signals, good=asked.good)[0],
        assurance=_assure(chart, asked),
    )


def _assure(chart: Chart, asked: Asked) -> Assurance:
    if chart.kind is Kind.RUN:
        return Assurance.NO_TARGET if asked.target is None else Assurance.UNKNOWN
    return assurance(chart, target=asked.target, good=asked.good)[0]


def _array(values: tuple[float | None, ...]) -> FloatArray:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _draw(kind: Kind, value: FloatArray, under: FloatArray | None, left_out: BoolArray, asked: Asked) -> Chart:
    base = asked.baseline or None
    if under is not None and kind in {Kind.P, Kind.P_PRIME}:
        return charts.p_chart(value, under, baseline=base, exclude=left_out, prime=kind is Kind.P_PRIME)
    if under is not None and kind in {Kind.U, Kind.U_PRIME}:
        prime = kind is Kind.U_PRIME
        return charts.u_chart(value, under, per=asked.per, baseline=base, exclude=left_out, prime=prime)
    if under is not None and asked.shape in {Shape.PROPORTION, Shape.RATE}:
        with np.errstate(divide="ignore", invalid="ignore"):
            value = np.where(under > 0, value / under, np.nan) * (asked.per if asked.shape is Shape.RATE else 1.0)
    if kind is Kind.XMR:
        return charts.xmr_chart(value, baseline=base, exclude=left_out)
    plain = {Kind.C: charts.c_chart, Kind.G: charts.g_chart, Kind.T: charts.t_chart}
    return plain.get(kind, charts.run_chart)(value, baseline=base, exclude=left_out)
