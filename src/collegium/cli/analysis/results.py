"""The same figures for programs and spreadsheets: JSON, and tables as CSV that no spreadsheet works out as formulas."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from collegium.base import sheets
from collegium.cli.analysis.computing import Analysis
from collegium.listen.reporting import FacetReport, GroupComparison, ItemReport
from collegium.science.disclosure.release import Decision, ReleasedMean, ReleasedShares, Shown
from collegium.science.results import Interval

FORMAT = 1
NOT_SHOWN = "not shown"


def as_json(found: Analysis, files: Sequence[str], version: str) -> dict[str, Any]:
    """Return everything that is shown, and nothing else."""
    titles = {view.key: view.title for view in found.grouped.views}
    return {
        "format": FORMAT,
        "collegium": version,
        "files": list(files),
        "questions": found.asked.source,
        "k": found.survey.rules.k,
        "fewest": found.survey.rules.fewest,
        "level": found.level,
        "waves": list(found.waves),
        "views": [
            {
                "title": view.title,
                "kind": str(view.kind),
                "group": view.school,
                "district": view.district,
                "level": view.level,
                "note": view.note,
                "n": found.reports[view.key].n,
                "facets": [_facet(facet) for facet in found.reports[view.key].facets],
                "items": [_item(item) for item in found.reports[view.key].items],
            }
            for view in found.grouped.views
        ],
        "not_shown": [{"title": view.title, "kind": str(view.kind)} for view in found.grouped.lost],
        "reliability": [
            {
                "facet": one.facet,
                "items": one.items,
                "n": one.n,
                "alpha": one.alpha,
                "alpha_interval": _interval(one.alpha_interval),
                "omega": one.omega,
                "icc1": one.icc1,
                "icc2": one.icc2,
            }
            for one in found.reliability
        ],
        "comparisons": [_comparison(one, titles) for one in found.comparisons],
        "changes": [
            {
                "view": titles[one.view],
                "facet": one.facet,
                "n_before": one.n_before,
                "n_after": one.n_after,
                "decision": str(one.released.decision),
                "step": one.released.step,
                "difference": one.difference,
                "interval": _interval(one.interval),
                "words": None if one.released.decision is Decision.WITHHOLD else str(one.verdict),
            }
            for one in found.changes
        ],
        "log": [{"kind": str(note.kind), "subject": note.subject, "reason": note.reason} for note in found.log.notes],
    }


def _facet(facet: FacetReport) -> dict[str, Any]:
    return {
        "key": facet.key,
        **_mean(facet.mean),
        "interval": _interval(facet.interval),
        "shares": None if facet.shares is None else _shares(facet.shares),
        "favourable": _shown(facet.favourable),
        "agreement": None if facet.agreement is None else str(facet.agreement),
        "cautions": [caution.name.lower() for caution in facet.cautions],
        "items": [_item(item) for item in facet.items],
    }


def _item(item: ItemReport) -> dict[str, Any]:
    made = {"key": item.key, "n": item.n, "shares": _shares(item.shares), "favourable": _shown(item.favourable)}
    return made if item.mean is None else {**made, **_mean(item.mean)}


def _mean(mean: ReleasedMean) -> dict[str, Any]:
    return {"n": mean.n, "mean": _shown(mean.mean)}


# What is rounded alike is written down alike: one and the same for thousands of groups.
@lru_cache(maxsize=1 << 15)
def _shares(shares: ReleasedShares) -> list[dict[str, Any] | None] | None:
    return None if shares.shares is None else [_shown(each) for each in shares.shares]


@lru_cache(maxsize=1 << 15)
def _shown(shown: Shown | None) -> dict[str, Any] | None:
    if shown is None:
        return None
    if shown.band is not None:
        return {"words": str(shown.band)}
    return {"value": shown.value, "low": round(shown.low, 4), "high": round(shown.high, 4)}


def _interval(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [interval.low, interval.high]


def _comparison(one: GroupComparison, titles: Mapping[str, str]) -> dict[str, Any]:
    return {
        "facet": one.facet,
        "average": _mean(one.average),
        "average_interval": _interval(one.average_interval),
        "pairs": one.pairs,
        "pairs_told_apart": one.pairs_apart,
        "with_districts": one.has_districts,
        "groups": [
            {
                "title": titles[group],
                **_mean(mean),
                "interval": _interval(interval),
                "words": None if standing is None else str(standing),
                "differs_from": int(one.differ[place].sum()),
            }
            for place, (group, mean, interval, standing) in enumerate(
                zip(one.groups, one.means, one.intervals, one.standings, strict=True)
            )
        ],
    }


def write_json(data: Mapping[str, Any]) -> str:
    """Return JSON as it is written to the file."""
    return json.dumps(data, ensure_ascii=False) + "\n"


# --- tables -----------------------------------------------------------------------------------------------------------
def as_tables(data: Mapping[str, Any]) -> dict[str, str]:
    """Return the tables by their file names, each as CSV."""
    made = {"facets.csv": _facets_table(data), "items.csv": _items_table(data)}
    if data["reliability"]:
        made["reliability.csv"] = _reliability_table(data)
    if data["comparisons"]:
        made["groups.csv"] = _groups_table(data)
    if data["changes"]:
        made["changes.csv"] = _changes_table(data)
    return {name: _csv(rows) for name, rows in made.items()}


Rows = Iterator[Sequence[object]]


def _facets_table(data: Mapping[str, Any]) -> Rows:
    yield ["view", "kind", "sheets", "facet", "n", "mean", "low", "high", "favourable", "agreement"]
    for view in data["views"]:
        for facet in view["facets"]:
            numbers = [facet["n"], _said(facet["mean"]), *_ends(facet["interval"])]
            good = _said(facet["favourable"], absent="")
            yield [view["title"], view["kind"], view["n"], facet["key"], *numbers, good, facet["agreement"]]


def _items_table(data: Mapping[str, Any]) -> Rows:
    yield ["view", "kind", "item", "n", "option", "share"]
    for view in data["views"]:
        items = [*view["items"], *(item for facet in view["facets"] for item in facet["items"])]
        for item in items:
            begin = [view["title"], view["kind"], item["key"], item["n"]]
            for place, share in enumerate(item["shares"] or [], 1):
                yield [*begin, place, _said(share)]
            if not item["shares"]:
                yield [*begin, "mean" if "mean" in item else "", _said(item.get("mean"))]


def _reliability_table(data: Mapping[str, Any]) -> Rows:
    yield ["facet", "items", "n", "alpha", "low", "high", "omega", "icc1", "icc2"]
    for one in data["reliability"]:
        ends = _ends(one["alpha_interval"])
        yield [one["facet"], one["items"], one["n"], one["alpha"], *ends, one["omega"], one["icc1"], one["icc2"]]


def _groups_table(data: Mapping[str, Any]) -> Rows:
    yield ["facet", "group", "n", "estimate", "low", "high", "beside the average", "groups it differs from"]
    for one in data["comparisons"]:
        for group in one["groups"]:
            numbers = [group["n"], _said(group["mean"]), *_ends(group["interval"])]
            yield [one["facet"], group["title"], *numbers, group["words"], group["differs_from"]]


def _changes_table(data: Mapping[str, Any]) -> Rows:
    yield ["view", "facet", "n before", "n after", "change", "low", "high", "in words"]
    for one in data["changes"]:
        change = NOT_SHOWN if one["difference"] is None else one["difference"]
        ends = _ends(one["interval"])
        numbers = [one["n_before"], one["n_after"], change, *ends]
        yield [one["view"], one["facet"], *numbers, one["words"] or NOT_SHOWN]


def _said(shown: Mapping[str, Any] | None, absent: str = NOT_SHOWN) -> object:
    if shown is None:
        return absent
    return shown["words"] if "words" in shown else shown["value"]


def _ends(interval: Sequence[float] | None) -> list[object]:
    return ["", ""] if interval is None else list(interval)


class _Guarded(dict[str, str]):
    """Words that no spreadsheet works out; the same ones come again and again."""

    def __missing__(self, word: str) -> str:
        self[word] = sheets.guard(word)
        return self[word]


def _csv(rows: Rows) -> str:
    """Write rows. Words are guarded; a number below zero is a number, and must not be guarded as a formula would be."""
    buffer = io.StringIO()
    guarded = _Guarded()
    csv.writer(buffer).writerows([guarded[cell] if isinstance(cell, str) else cell for cell in row] for row in rows)
    return buffer.getvalue()
